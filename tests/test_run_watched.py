"""Runs whose parser is watched: a page that hangs it or kills it costs that page, and for one run."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import monotonic, perf_counter

import pytest

from scraper.parsers import parse_page
from scraper.records import Page
from scraper.replica import Replica, ReplicaServer
from scraper.watchdog import Watchdog
from tests import hostile
from tests.installation import article, ask, install, rss, run_once
from tests.servers import Server, answer
from tests.test_run import START, Scene

ROOT = Path(__file__).parent.parent
XML = {"Content_Type": "application/rss+xml"}
HOSTILE = {3: "SPIN", 5: "DIE", 6: "SWELL", 9: "SPIN"}
CODES = {"SPIN": "parse_timed_out", "DIE": "parse_crashed", "SWELL": "parse_crashed"}
PAGES = 12


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let config.yaml decide how long a parse may take."""
    monkeypatch.delenv("NAVNENYT_FETCH__PARSE_DEADLINE")


def site() -> Server:
    routes = {f"/art/{n}": answer(article(n, HOSTILE.get(n, "")), ETag=f'"{n}"') for n in range(PAGES)}
    return Server(dict(routes) | {"/rss": answer(rss(f"/art/{n}" for n in range(PAGES)), **XML)})


@pytest.mark.scorecard
def test_a_run_goes_on_after_pages_that_hang_or_kill_its_parser(tmp_path, monkeypatch, record_property):
    """Each such page is a problem with its own code and is asked for whole again; all others are read."""
    monkeypatch.setattr("scraper.visit.parse_page", hostile.parse_or_spin)
    with site() as server:
        settings = install(tmp_path, server.base, fetch={"parse_deadline": 1})
        summary = run_once(settings)
        assert summary.sources[0].fetched == PAGES
        assert ask(settings, "SELECT count(*) FROM move") == [(PAGES - len(HOSTILE),)]
        stored = ask(
            settings,
            "SELECT page.identity, code FROM problem JOIN page ON page.id = problem.page_id ORDER BY 1",
        )
        assert stored == [(str(n), CODES[word]) for n, word in sorted(HOSTILE.items())]
        assert len(list((tmp_path / "data" / "archive").glob("*.warc.gz"))) == 1

        monkeypatch.undo()  # a better parser
        asked = Counter(server.paths())
        run_once(settings)
        assert ask(settings, "SELECT count(*) FROM move") == [(PAGES,)]
        for n in range(PAGES):
            again = [seen for seen in server.log if seen.path == f"/art/{n}"][asked[f"/art/{n}"] :]
            assert ["if-none-match" in request.headers for request in again] == [n not in HOSTILE]
    record_property(
        "scorecard",
        f"13|pages that hang or kill the parser, the others read|{len(HOSTILE)} cut of {len(HOSTILE)},"
        f" {PAGES - len(HOSTILE)} others read|see next line",
    )


UNWATCHED = """
import sys
from pathlib import Path
import scraper.visit
from tests import hostile
from tests.installation import install, run_once
scraper.visit.parse_page = hostile.parse_or_spin
run_once(install(Path(sys.argv[1]), sys.argv[2], fetch={"parse_deadline": float(sys.argv[3])}))
"""


@pytest.mark.scorecard
@pytest.mark.parametrize(("deadline", "ends"), [(1, True), (0, False)])
def test_without_the_watchdog_the_same_run_hangs(deadline, ends, tmp_path, record_property):
    """The control: with the watchdog off, the first such page is the end of the run."""
    with site() as server:
        command = [sys.executable, "-c", UNWATCHED, str(tmp_path), server.base, str(deadline)]
        process = subprocess.Popen(command, cwd=ROOT)
        try:
            until = monotonic() + 60
            while not ends and "/art/3" not in server.paths() and monotonic() < until:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    pytest.fail(f"the run ended with {process.wait(timeout=0.2)}")
            assert process.wait(timeout=60 if ends else 4) == 0
            assert ends
        except subprocess.TimeoutExpired:
            assert not ends
        finally:
            process.kill()
            process.wait()
        asked = len(server.paths())
    if not ends:
        record_property("scorecard", f"13|the same run unwatched|all pages asked for|hangs after {asked - 1} pages")
        assert asked < PAGES


COMPARED = (
    "kind, person, company, role, start_date, label, text, evidence, rule FROM move",
    "company, title, region, posted, deadline, employment_type, identifier, rule FROM job_ad",
    "code, message, text FROM problem",
    "text, reason FROM unparsed",
)


@pytest.mark.scorecard
def test_a_watched_run_stores_what_an_unwatched_one_stores(tmp_path):
    """On the replica the watchdog changes no row."""
    stored = []
    for deadline in (0.0, 20.0):
        folder = tmp_path / str(deadline)
        folder.mkdir()
        with ReplicaServer(Replica(seed=3, start=START, draw="fixed", articles=40), slow=0.01) as server:
            scene = Scene(server, folder)
            limits = scene.settings.fetch.model_copy(update={"parse_deadline": deadline})
            scene.settings = scene.settings.model_copy(update={"fetch": limits})
            scene.run()
            stored.append([sorted(map(str, scene.ask(f"SELECT {columns}"))) for columns in COMPARED])
    assert stored[0] == stored[1]
    assert all(stored[0][:2])


def test_a_kept_announcement_that_hangs_the_parser_waits_on(tmp_path, monkeypatch):
    """When a newer parser reads again what an older one left, a text that hangs it is left for a better one."""
    routes = {
        "/art/0": answer(article(0)),
        "/art/1": answer(article(1)),
        "/rss": answer(rss(["/art/0", "/art/1"]), **XML),
    }
    with Server(dict(routes)) as server:
        settings = install(tmp_path, server.base, fetch={"parse_deadline": 1})
        monkeypatch.setattr("scraper.run.PARSER_VERSION", "0")
        monkeypatch.setattr("scraper.visit.parse_page", hostile.leave_unread)
        run_once(settings)
    monkeypatch.setattr("scraper.run.PARSER_VERSION", "1")
    monkeypatch.setattr("scraper.run.read_announcement", hostile.read_or_spin)
    assert run_once(settings).reread == 1
    read = ask(settings, "SELECT text LIKE '%Alma%', resolved_at IS NULL FROM unparsed ORDER BY 1")
    assert read == [(0, 0), (1, 1)]


@pytest.mark.scorecard
def test_the_watchdog_costs_little(record_property):
    """A page parsed in the other process takes under 10 ms more than here."""
    page = Page(url="https://bladet.example/art/1", body=article(1, "<p>Et afsnit med nogle ord i.</p>" * 600))
    watched, here = [], []
    with Watchdog(20) as watchdog:
        watchdog.call(parse_page, page)
        for _ in range(100):  # turn by turn, since what else the machine does changes
            for times, parse in ((watched, watchdog.call), (here, lambda function, page: function(page))):
                began = perf_counter()
                parse(parse_page, page)
                times.append(perf_counter() - began)
    more = (min(watched) - min(here)) * 1000  # the least of each: whatever else the machine does only adds
    record_property(
        "scorecard",
        f"13|cost of the watchdog for a page of {len(page.body) // 1000} kB|{more:.1f} ms|{min(here) * 1000:.0f} ms to parse it here",
    )
    assert more < 10
