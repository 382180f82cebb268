"""Clocks that jump, and the two nights on which Denmark changes its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.danish_time import COPENHAGEN, danish_date, danish_day
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene, stored_moves

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2037, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis adds the zone
def test_every_moment_lies_in_its_danish_day(moment):
    """Each moment is in one day of Denmark, and each day begins where the one before ends."""
    begin, end = danish_day(danish_date(moment))
    assert begin <= moment < end
    assert danish_day(danish_date(moment) + timedelta(days=1))[0] == end


@pytest.mark.row
def test_the_two_nights_of_the_clock_change(record_property):
    """The day in spring has 23 hours and the one in autumn 25, none lost and none twice; a UTC day would be wrong."""
    lengths = [danish_day(day)[1] - danish_day(day)[0] for day in (SPRING, AUTUMN, date(2027, 6, 1))]
    assert [length // timedelta(hours=1) for length in lengths] == [23, 25, 24]
    quarters = [
        datetime(night.year, night.month, night.day, tzinfo=UTC) + timedelta(minutes=15 * number)
        for night in (SPRING - timedelta(days=1), AUTUMN - timedelta(days=1))
        for number in range(4 * 48)
    ]
    wrong = sum(danish_date(moment) != moment.astimezone(COPENHAGEN).date() for moment in quarters)
    utc = sum(moment.date() != moment.astimezone(COPENHAGEN).date() for moment in quarters)
    assert wrong == 0
    assert utc > 0
    record_property("scorecard", f"10|quarter hours of both nights on a wrong date|{wrong}|{utc} by UTC")


def test_a_time_without_a_zone_has_no_date():
    """A naive time is refused, whatever zone the machine is in."""
    with pytest.raises(ValueError, match="zone"):
        danish_date(datetime(2027, 3, 28, 2, 30))  # noqa: DTZ001 - that is the test


@pytest.fixture
def scene(tmp_path):
    with ReplicaServer(Replica(seed=3, start=START, articles=40), slow=0.01) as server:
        yield Scene(server, tmp_path, pages_per_run=8)


def test_the_days_budget_turns_at_danish_midnight(scene, monkeypatch):
    """What was spent before midnight in Denmark is not there after it, though by UTC the day is the same."""
    source = scene.settings.enabled_sources()[0].model_copy(update={"pages_per_run": 5, "pages_per_day": 5})
    scene.settings = scene.settings.model_copy(update={"sources": {source.name: source}})
    asked = []
    for hour in (22, 22, 23):  # 23 hours UTC is midnight in the Danish winter
        moment = datetime(2026, 1, 12, hour, 30, tzinfo=UTC)
        monkeypatch.setattr(scene, "clock", lambda moment=moment: moment)
        asked.append(scene.run().sources[0].asked)
    assert asked == [5, 0, 5]


def test_a_date_without_a_year_is_read_by_the_danish_day(scene, monkeypatch):
    """A page asked for half an hour into the Danish new year is read as of that year."""
    moment = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    pages = []

    def keep(page, *, headings=()):
        pages.append(page.published)
        return real(page, headings=headings)

    from scraper.visit import parse_page as real

    monkeypatch.setattr(scene, "clock", lambda: moment)
    monkeypatch.setattr("scraper.visit.parse_page", keep)
    scene.run("kodebladet")
    assert set(pages) == {date(2027, 1, 1)}


@pytest.mark.row
@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-1), timedelta(days=30)])
def test_a_clock_that_jumps(scene, jump, monkeypatch, record_property):
    """Whether the clock jumps back or forth within a run: no negative duration, no page lost, and the next run is fine."""
    looks = 0

    def jumping():
        nonlocal looks
        looks += 1
        return START + timedelta(milliseconds=looks) + (jump if looks > 20 else timedelta())

    monkeypatch.setattr(scene, "clock", jumping)
    scene.run()
    scene.run()
    negative = scene.ask("SELECT count(*) FROM run WHERE finished_at < started_at")[0][0]
    negative += scene.ask("SELECT count(*) FROM fetch WHERE elapsed_ms < 0")[0][0]
    negative += scene.ask("SELECT count(*) FROM moves WHERE last_seen < first_seen")[0][0]
    assert negative == 0
    assert scene.ask("SELECT status, count(*) FROM run GROUP BY status") == [("done", 2)]
    assert scene.ask("SELECT count(*) FROM fetch WHERE allowed_by LIKE 'read from the archive%'") == [(0,)]
    fetched = scene.ask(
        "SELECT archive_file, archive_offset, count(*) FROM fetch WHERE archive_file IS NOT NULL GROUP BY 1, 2 HAVING count(*) > 1"
    )
    assert fetched == []
    assert max(stored_moves(scene).values()) == 1
    if jump == timedelta(days=-400):
        raw = scene.ask("SELECT count(*) FROM fetch f JOIN run r ON r.id = run_id WHERE f.at < r.started_at")[0][0]
        record_property(
            "scorecard",
            f"10|clock jumps: negative durations|{negative}|{raw} times before their run's start, by the raw clock",
        )
