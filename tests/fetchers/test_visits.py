"""A run's manners as a site sees them: its budget, its pauses, its reservations, and what each row tells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scraper.errors import ExitStatus
from scraper.replica import Replica, ReplicaServer
from tests.fetchers.conftest import Time
from tests.fetchers.visited import House, Visited, article
from tests.servers import Server, answer
from tests.test_run import START, Scene


@pytest.fixture
def house(serve: Callable[..., Server], time: Time, tmp_path: Path) -> Callable[..., tuple[House, Visited]]:
    def make(source: dict[str, Any] | None = None, *, articles: int = 3, **routes: Any) -> tuple[House, Visited]:
        site = Visited(serve(), time, articles=articles)
        site.fill(**routes)
        return House(tmp_path, time, {"here": site}, source or {}), site

    return make


def test_each_row_says_which_rule_let_it_through(tmp_path: Path) -> None:
    """On a run over three sites no request went out, to a feed, a list or a page, without a rule that allowed it."""
    with ReplicaServer(Replica(seed=3, start=START), slow=0.01) as server:
        scene = Scene(server, tmp_path, pages_per_run=4)
        scene.run()
        rows = scene.ask("SELECT page_kind, status, allowed_by FROM fetches")
    assert {kind for kind, *_ in rows} == {"feed", "article", "job_ad"}
    asked = [row for row in rows if row[1] is not None]
    assert len(asked) >= 10
    assert not [row for row in asked if not row[2].startswith("robots.txt: ")]


def test_a_row_that_was_refused_says_by_which_rule(house: Callable[..., tuple[House, Visited]]) -> None:
    """A page that robots.txt shuts is not asked for, and its row holds the line that shuts it."""
    made, site = house(robots=answer(b"User-agent: *\nDisallow: /art/2", Content_Type="text/plain"))
    made.run()
    said = made.ask("SELECT allowed_by, status FROM fetches WHERE reason = 'robots_disallowed'")
    assert said == [("robots.txt: Disallow: /art/2", None)]
    assert "/art/2" not in site.asked()


def test_a_host_that_asked_for_peace_is_left_by_the_next_run(
    house: Callable[..., tuple[House, Visited]], time: Time
) -> None:
    """Until its time no run asks it for anything, feeds and robots.txt included; that is no failure, and it is said."""
    made, site = house(art3=answer(status=429, Retry_After="7200"))
    made.run()
    before = len(site.spans)
    time.seconds += 3600
    summary = made.run()
    assert len(site.spans) == before
    assert summary.exit_status is ExitStatus.OK
    [note] = summary.sources[0].notes
    assert note.startswith("The site asked to be left alone until 2026-03-02 10:0")
    assert made.ask("SELECT count(*) FROM fetches WHERE run_id = 2") == [(0,)]


def test_robots_is_asked_for_once_a_day_over_restarts(house: Callable[..., tuple[House, Visited]], time: Time) -> None:
    """Four runs a day cost the site one robots.txt and one tdmrep.json, and the row of each is kept."""
    made, site = house()
    for _ in range(4):
        made.run()
        time.seconds += 5 * 3600
    assert site.asked().count("/robots.txt") == 1
    assert site.asked().count("/.well-known/tdmrep.json") == 1
    time.seconds += 4 * 3600
    made.run()
    assert site.asked().count("/robots.txt") == 2
    rows = made.ask("SELECT path, status, archive_file IS NOT NULL FROM site_file ORDER BY path")
    assert rows == [("/.well-known/tdmrep.json", 404, 1), ("/robots.txt", 404, 1)]


def test_the_daily_cap_counts_over_restarts_and_starts_anew_at_midnight(
    house: Callable[..., tuple[House, Visited]], time: Time
) -> None:
    """No Danish day sees more pages than its cap, however many runs there are and though one goes on over midnight."""
    made, site = house({"pages_per_run": 4, "pages_per_day": 6, "gap": 600}, articles=12)
    time.seconds += 14 * 3600  # 22:00 UTC, 23:00 in Denmark
    began = time.seconds
    for _ in range(5):
        made.run()
    days: dict[int, int] = {}
    for path, at, _ in site.spans:
        if path.startswith("/art/"):
            day = int((at - began + 23 * 3600) // 86400)
            days[day] = days.get(day, 0) + 1
    assert days == {0: 3, 1: 6}  # the first run, of four pages, went on over midnight


def test_a_run_tells_all_its_requests(house: Callable[..., tuple[House, Visited]]) -> None:
    """Feeds and the site's own files are counted beside the pages, in the summary that is kept."""
    made, site = house()
    summary = made.run()
    requests = summary.sources[0].requests
    assert requests == {"feed": 1, "robots.txt": 1, "tdmrep.json": 1, "article": 3}
    assert sum(requests.values()) == len(site.spans)
    assert '"tdmrep.json": 1' in made.ask("SELECT summary FROM run")[0][0]


def test_a_pause_that_begins_in_a_run_ends_the_turn(house: Callable[..., tuple[House, Visited]]) -> None:
    """Once a host wants to be left, its other pages are not asked for and are no failures; the run says so once."""
    made, site = house(articles=6, art5=answer(status=503, Retry_After="3600"))
    summary = made.run().sources[0]
    assert len([path for path in site.asked() if path.startswith("/art/")]) < 6
    assert summary.failed == {"server_error": 1}
    [note] = [note for note in summary.notes if "left alone" in note]
    assert "127.0.0.1" in note


def test_a_site_that_reserves_everything_gives_nothing_and_loses_nothing(
    house: Callable[..., tuple[House, Visited]], time: Time
) -> None:
    """A reservation that comes later stops the reading; what was read before stays, and the run says why."""
    made, site = house()
    made.run()
    assert made.ask("SELECT count(*) FROM moves") == [(3,)]
    before = made.ask("SELECT * FROM move ORDER BY id")
    reserved = answer(b'[{"location": "/", "tdm-reservation": 1}]', Content_Type="application/json")
    site.fill(tdmrep=reserved)
    time.seconds += 90_000
    pages = len([path for path in site.asked() if path.startswith(("/art/", "/rss"))])
    summary = made.run()
    assert summary.exit_status is ExitStatus.SOURCE_FAILED
    assert len([path for path in site.asked() if path.startswith(("/art/", "/rss"))]) == pages
    assert made.ask("SELECT * FROM move ORDER BY id") == before
    said = made.ask("SELECT DISTINCT reason, reservation FROM fetches WHERE run_id = 2")
    assert said == [("reserved", "tdmrep.json: / tdm-reservation: 1")]
    assert any("licence" in note or "reserved" in note for note in summary.sources[0].notes)


def test_a_page_that_becomes_free_again_is_read(house: Callable[..., tuple[House, Visited]], time: Time) -> None:
    """A reservation that is lifted is noticed in the next run, though the page had been seen under it."""
    made, site = house(articles=1, art1=answer(article(1), TDM_Reservation="1", ETag='"a"'))
    made.run()
    assert made.ask("SELECT count(*) FROM moves") == [(0,)]
    site.fill(art1=answer(article(1), ETag='"a"'))
    time.seconds += 3600
    made.run()
    assert made.ask("SELECT count(*) FROM moves") == [(1,)]
