"""When runs are due: times of day in Copenhagen as instants in UTC, the two nights of the clock change included."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from scraper.slots import Slots

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots(*times: str, **more) -> Slots:
    return Slots([time.fromisoformat(item) for item in times], COPENHAGEN, **more)


def of_days(schedule: Slots, begin: date, days: int) -> list[datetime]:
    start = datetime.combine(begin, time(), tzinfo=COPENHAGEN).astimezone(UTC) - timedelta(seconds=1)
    end = datetime.combine(begin + timedelta(days=days), time(), tzinfo=COPENHAGEN).astimezone(UTC)
    return [slot for slot in islice(schedule.after(start), days * len(schedule.times) + 5) if slot < end]


@pytest.mark.parametrize("night", [SPRING, AUTUMN])
@pytest.mark.parametrize("at", ["00:00", "01:59", "02:00", "02:30", "02:59", "03:00", "23:59"])
def test_each_night_has_each_time_once(night: date, at: str) -> None:
    """A time of day is one run a day, on the nights on which clocks change as on all others."""
    three_days = of_days(slots(at), night - timedelta(days=1), 3)
    assert len(three_days) == 3
    assert [slot.astimezone(COPENHAGEN).date() for slot in three_days] == [
        night + timedelta(days=shift) for shift in (-1, 0, 1)
    ]


@pytest.mark.row
def test_the_usual_trigger_runs_twice_in_autumn(record_property) -> None:
    """The control: APScheduler's own cron trigger has 02:30 twice in the night on which clocks go back."""
    trigger = CronTrigger(hour=2, minute=30, timezone=COPENHAGEN)
    first = trigger.get_next_fire_time(None, datetime(2026, 10, 24, 12, tzinfo=COPENHAGEN))
    second = trigger.get_next_fire_time(first, first + timedelta(seconds=1))
    assert first.date() == second.date() == AUTUMN
    both = [len(of_days(slots("02:30"), night, 1)) for night in (SPRING, AUTUMN)]
    record_property("scorecard", f"10|runs of a slot at 02:30, spring and autumn night|{both[0]} and {both[1]}|1 and 2")


def test_the_hours_of_the_two_nights() -> None:
    """02:30 of the spring night is 03:30 summer time; of the autumn night it is the first of the two."""
    assert of_days(slots("02:30"), SPRING, 1) == [utc("2026-03-29 01:30")]
    assert of_days(slots("02:30"), AUTUMN, 1) == [utc("2026-10-25 00:30")]
    assert of_days(slots("06:15"), SPRING, 1) == [utc("2026-03-29 04:15")]
    assert of_days(slots("06:15"), AUTUMN, 1) == [utc("2026-10-25 05:15")]


def test_two_times_that_the_spring_night_makes_one() -> None:
    """02:30 and 03:30 fall together in the spring night: one run."""
    assert of_days(slots("02:30", "03:30"), SPRING, 1) == [utc("2026-03-29 01:30")]


minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
times_of_day = st.lists(minutes, min_size=1, max_size=6)
moments = st.integers(0, 6 * 365 * 86_400).map(lambda second: utc("2024-01-01") + timedelta(seconds=second))


@given(times_of_day, moments, st.sampled_from([0, 5, 240]))
def test_the_latest_slot_stands_before_the_next(times: list[time], now: datetime, jitter: float) -> None:
    """At any moment the last slot has started, the next has not, and none lies between them without jitter."""
    schedule = Slots(times, COPENHAGEN, jitter=jitter, seed="here")
    latest, following = schedule.latest(now), next(schedule.after(now))
    assert schedule.start_of(latest) <= now < schedule.start_of(following)
    assert timedelta(0) <= schedule.start_of(latest) - latest <= timedelta(minutes=jitter)
    if not jitter:
        assert next(schedule.after(latest)) == following


def test_jitter_is_drawn_once() -> None:
    """A slot's delay is the same after a restart, another for each slot and each installation."""
    one, again = slots("06:15", jitter=10, seed="a"), slots("06:15", jitter=10, seed="a")
    other = slots("06:15", jitter=10, seed="b")
    days = of_days(one, date(2026, 1, 1), 20)
    assert [one.start_of(day) for day in days] == [again.start_of(day) for day in days]
    assert len({one.start_of(day) - day for day in days}) == 20
    assert [one.start_of(day) for day in days] != [other.start_of(day) for day in days]


def test_no_times() -> None:
    """A schedule without times is refused."""
    with pytest.raises(ValueError, match="time of day"):
        Slots([], COPENHAGEN)
