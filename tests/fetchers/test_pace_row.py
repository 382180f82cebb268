"""Row 17: the pace, held on the log of the server that is asked, and a Retry-After that outlives the run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from scraper.errors import ExitStatus
from scraper.fetchers.pauses import Pauses
from scraper.fetchers.polite import MOST_PATIENCE, Pace
from tests.fetchers.conftest import Time
from tests.fetchers.visited import House, Visited
from tests.servers import Server, answer

GAP, DELAY = 5, 8


def breaches(site: Visited) -> int:
    """How many requests came too early, by the site's own log: after robots.txt is read its crawl-delay counts too."""
    early = 0
    for (_, began, ended), (_, next_began, _) in pairwise(site.spans):
        early += next_began - ended < max(DELAY, GAP, 5 * (ended - began)) - 1e-6
    return early


@pytest.mark.scorecard
def test_the_pace_is_held_on_the_servers_own_log(
    serve: Callable[..., Server],
    time: Time,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, str], None],
) -> None:
    """The largest of gap, crawl-delay and five times the last answer lies between two requests, over a restart too."""

    def visit(folder: Path) -> Visited:
        folder.mkdir()
        site = Visited(serve(), time, articles=12)
        robots = answer(f"User-agent: *\nCrawl-delay: {DELAY}".encode(), Content_Type="text/plain")
        site.fill(robots=robots, art2=site.slow(2, 3), art5=site.slow(5, 1.7), art9=site.slow(9, 20))
        house = House(folder, time, {"here": site}, {"pages_per_run": 12})
        for _ in range(2):
            assert house.run().exit_status is ExitStatus.OK
        assert len(site.spans) == 2 + 2 * 13  # robots.txt and tdmrep.json once, then each run a feed and its pages
        return site

    site = visit(tmp_path / "held")
    held = breaches(site)
    monkeypatch.setattr(Pace, "wait", lambda *_: 0.0)
    without = breaches(visit(tmp_path / "control"))
    pairs = len(site.spans) - 1
    record_property(
        "scorecard",
        f"17|gaps held on the server's log|{pairs - held} of {pairs}, {site.at_once} at once"
        f"|without the wait {pairs - without} of {pairs}",
    )
    assert held == 0
    assert site.at_once == 1
    assert without > pairs / 2


def stamp(form: str) -> Callable[[datetime, float], str]:
    return lambda now, seconds: (now + timedelta(seconds=seconds)).strftime(form)


FORMS: dict[str, tuple[Callable[[datetime, float], str], float]] = {
    "seconds": (lambda _, seconds: str(int(seconds)), 7200),
    "IMF-fixdate": (lambda now, seconds: format_datetime(now + timedelta(seconds=seconds), usegmt=True), 7200),
    "RFC 850 date": (stamp("%A, %d-%b-%y %H:%M:%S GMT"), 7200),
    "asctime date": (stamp("%a %b %d %H:%M:%S %Y"), 7200),
    "seconds past the cap": (lambda _, seconds: str(int(seconds)), 10 * 86400),
    "a date past the cap": (lambda now, seconds: format_datetime(now + timedelta(seconds=seconds), usegmt=True), 9e6),
}


@pytest.mark.scorecard
def test_a_host_is_left_alone_until_its_time_over_restarts(
    serve: Callable[..., Server],
    time: Time,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, str], None],
) -> None:
    """After a Retry-After in any form the next runs ask the host for nothing until then, say so, and go on elsewhere."""

    def kept(form: str, folder: Path) -> bool:
        write, seconds = FORMS[form]
        folder.mkdir()
        tired, other = Visited(serve(), time, articles=3), Visited(serve(), time, articles=1)
        status = 429 if len(form) % 2 else 503
        asks_for = lambda talk: talk.send(answer(status=status, Retry_After=write(time.utc(), seconds)))  # noqa: E731
        tired.fill(art3=asks_for, art2=asks_for, art1=asks_for)
        other.fill()
        house = House(folder, time, {"tired": tired, "other": other})
        house.run()
        said = time.seconds
        until = said + min(seconds, MOST_PATIENCE)
        before = len(tired.spans)
        for moment in (said + 60, until - 60):
            time.seconds = moment
            elsewhere = len(other.spans)
            summary = house.run()
            if len(tired.spans) != before:
                return False
            assert "left alone until" in summary.sources[0].notes[0]
            assert len(other.spans) > elsewhere
            assert summary.exit_status is ExitStatus.OK
        time.seconds = until + 60
        house.run()
        return len(tired.spans) > before

    held = sum(kept(form, tmp_path / str(number)) for number, form in enumerate(FORMS))
    monkeypatch.setattr(Pauses, "_recall", lambda *_: None)
    without = sum(kept(form, tmp_path / f"control {number}") for number, form in enumerate(FORMS))
    record_property(
        "scorecard",
        f"17|Retry-After kept over restarts|{held} of 6 forms, capped at 6 h|without the memory {without} of 6",
    )
    assert held == 6
    assert without == 0
