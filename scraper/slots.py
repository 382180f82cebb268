"""When runs are due: times of day in the schedule's own time zone, as instants in UTC.

A slot is one time of day on one date. The two nights on which clocks change have one instant for each slot: a time that
the spring night leaves out is taken by the clock of before (02:30 is 03:30 summer time), a time that the autumn night
has twice is taken the first time. Slots are compared and kept in UTC, so that no change of clocks doubles or drops one.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


class Slots:
    """The slots of a schedule: `times` of every day in `zone`. `jitter` is the longest delay of a start, in minutes.

    The delay of a slot is drawn once and for all from `seed`, so that a program started anew draws the same.
    """

    def __init__(self, times: Iterable[time], zone: ZoneInfo, *, jitter: float = 0, seed: str = "") -> None:
        self.times = sorted(set(times))
        self.zone = zone
        self.jitter = jitter
        self.seed = seed
        if not self.times:
            raise ValueError("a schedule without a time of day has no slots")

    def start_of(self, slot: datetime) -> datetime:
        """When the run of a slot starts: at the slot, or up to `jitter` minutes later."""
        if not self.jitter:
            return slot
        share = random.Random(f"{self.seed} {slot.isoformat()}").random()  # noqa: S311  spreads load, keeps no secret
        return slot + timedelta(minutes=self.jitter * share)

    def latest(self, now: datetime) -> datetime:
        """The last slot whose start is not after `now` (aware); in UTC."""
        day = now.astimezone(self.zone).date() + _DAY
        while True:
            for slot in reversed(self._of(day)):
                if self.start_of(slot) <= now:
                    return slot
            day -= _DAY

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The slots whose start is after `moment` (aware), in order, without end; in UTC."""
        day = moment.astimezone(self.zone).date() - _DAY
        last: datetime | None = None
        while True:
            for slot in self._of(day):
                if self.start_of(slot) > moment and (last is None or slot > last):
                    last = slot
                    yield slot
            day += _DAY

    def _of(self, day: date) -> list[datetime]:
        """The slots of one date, in order."""
        return sorted({datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC) for at in self.times})
