"""Hosts that asked to be left alone: Retry-After, kept until its time over restarts.

A run that ends while a host wants an hour's peace must not let the next run begin by asking it. So what was said is
written down before anything else is done, also where this run waits itself: it may be killed while it waits.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from scraper.fetchers.polite import MOST_PATIENCE, Pace
from scraper.fetchers.site_files import HostMemory
from scraper.records import HostPause

UNSAID = 3600.0
"""Seconds for which a host is left that answers 429 to the last try and does not say how long it wants to be left."""


class Pauses:
    """Which hosts are to be left alone for now. Hosts are named as `site_files.host_of` does."""

    def __init__(self, pace: Pace, memory: HostMemory, clock: Callable[[], datetime]) -> None:
        self._pace = pace
        self._memory = memory
        self._clock = clock
        self._recalled: set[str] = set()

    def left(self, host: str) -> float:
        """Seconds for which `host` is still to be left alone."""
        if host not in self._recalled:
            self._recalled.add(host)
            self._recall(host)
        return self._pace.held(host)

    def until(self, host: str) -> datetime | None:
        """The time until which `host` is to be left alone; None when it may be asked."""
        left = self.left(host)
        return self._clock() + timedelta(seconds=left) if left else None

    def note(self, host: str, seconds: float, said: str) -> None:
        """Write down what a host asked for, for the runs to come."""
        now = self._clock()
        self._memory.keep_pause(host, HostPause(said_at=now, until=now + timedelta(seconds=seconds), said=said))

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone in this run, from now on."""
        self._recalled.add(host)
        self._pace.hold(host, seconds)

    def _recall(self, host: str) -> None:
        """Hold a host that asked for it in an earlier run; never for more than six hours, whatever became of clocks."""
        pause = self._memory.pause(host)
        if pause is None:
            return
        now = self._clock()
        left = min((pause.until - now).total_seconds(), MOST_PATIENCE)
        said_in_the_future = (pause.said_at - now).total_seconds() > MOST_PATIENCE
        if left > self._pace.held(host) and not said_in_the_future:
            self._pace.hold(host, left)
