"""How we stand with each source, as a run, a day and a site's wishes leave it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

from db.engine import make_engine
from db.upgrade import open_database
from scraper.cli import app
from scraper.config import Settings
from scraper.errors import ExitStatus
from scraper.sources import Standing, standings
from scraper.sources_terminal import print_standings
from tests.fetchers.conftest import Time
from tests.fetchers.visited import House, Visited, article
from tests.servers import Server, answer


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def visited(time: Time, tmp_path: Path) -> Iterator[Callable[..., House]]:
    """An installation beside a site of three articles that answers as told."""
    with ExitStack() as stack:

        def make(source: dict[str, Any] | None = None, **routes: Any) -> House:
            site = Visited(stack.enter_context(Server({}, clock=time.monotonic)), time, articles=3)
            site.fill(**routes)
            return House(tmp_path, time, {"here": site}, source or {})

        yield make


def standing(house: House, **options: Any) -> Standing:
    settings = house.settings()
    engine = make_engine(settings.database)
    try:
        [found] = standings(settings, engine, house.time.utc(), **options)
    finally:
        engine.dispose()
    return found


def text(words: str) -> bytes:
    return answer(words.encode(), Content_Type="text/plain")


def test_before_the_first_run_nothing_is_known(visited: Callable[..., House], time: Time) -> None:
    """Without a database the configuration alone is told, and that no site was asked."""
    [found] = standings(visited({"terms_reviewed": date(2026, 1, 1)}).settings(), None, time.utc())
    assert (found.allowed, found.terms, found.gap, found.gap_because) == ("unknown", "read", 5, "configured")
    assert "has not been asked for yet" in found.why
    assert (found.pages_today, found.last_answer_at, found.next_due, found.reservation) == (0, None, None, "")


def test_after_a_run_the_rule_the_budget_and_the_last_answer_are_told(
    visited: Callable[..., House], time: Time
) -> None:
    """The line of robots.txt that decides, the pace in force and why, pages and feeds of today, the last answer."""
    house = visited({"pages_per_run": 2}, robots=text("User-agent: *\nCrawl-delay: 20\nAllow: /\n"))
    house.run()
    due = datetime(2026, 3, 3, 6, tzinfo=UTC)
    found = standing(house, next_due=due)
    assert (found.allowed, found.why) == ("yes", "robots.txt: Allow: / (2026-03-02 08:00 UTC)")
    assert (found.gap, found.gap_because) == (20, "Crawl-delay in robots.txt")
    assert (found.pages_today, found.pages_per_day, found.feeds_today) == (2, 200, 1)
    assert found.last_answer == "fetched"
    assert found.last_answer_at is not None
    assert found.next_due == due
    time.seconds += timedelta(days=1).total_seconds()
    assert standing(house).pages_today == 0


def test_what_robots_forbids_is_told(visited: Callable[..., House]) -> None:
    """A site that forbids all, and one that forbids the pages alone, are told apart by the line that says so."""
    house = visited(robots=text("User-agent: *\nDisallow: /"))
    house.run()
    found = standing(house)
    assert found.allowed == "no"
    assert found.why.startswith("robots.txt: Disallow: / (")
    house.sites["here"].fill(robots=text("User-agent: *\nDisallow: /art/"))
    house.time.seconds += 90_000
    house.run()
    found = standing(house)
    assert found.allowed == "partly"
    assert "Disallow: /art/" in found.why
    assert "/art/" in found.why.rpartition("for ")[2]


def test_a_robots_file_that_cannot_be_had_is_told(visited: Callable[..., House]) -> None:
    """A server's error for robots.txt shuts the site for now, and the reason is there."""
    house = visited(robots=answer(status=503))
    house.run()
    found = standing(house)
    assert found.allowed == "no"
    assert "server_error" in found.why
    assert found.last_answer == ""


@pytest.mark.parametrize(("rule", "allowed"), [("obey", "no"), ("ignore", "yes")])
def test_a_reservation_is_told_whether_it_is_obeyed_or_not(
    rule: str, allowed: str, visited: Callable[..., House]
) -> None:
    """What the site reserves stands there with its place; it shuts the source only where it is obeyed."""
    house = visited({"tdm": rule}, robots=text("User-agent: *\nContent-Signal: ai-train=no"))
    house.run()
    found = standing(house)
    assert found.reservation == "robots.txt: Content-Signal: ai-train=no"
    assert found.allowed == allowed
    assert found.tdm == rule


def test_a_reservation_that_a_page_itself_says_is_told(visited: Callable[..., House]) -> None:
    """What only a page's own mark-up says is known from the newest run."""
    house = visited(art2=answer(article(2, '<meta name="tdm-reservation" content="1">')))
    summary = house.run()
    assert standing(house).reservation == "meta: tdm-reservation: 1"
    assert standing(house).allowed == "yes"
    [note] = summary.sources[0].notes
    assert "reserved against text and data mining" in note
    assert "meta: tdm-reservation: 1" in note


def test_a_pause_is_told_until_it_is_over(visited: Callable[..., House], time: Time) -> None:
    """A host that wants to be left shows until when, and in its own words."""
    house = visited(art3=answer(status=429, Retry_After="7200"))
    house.run()
    found = standing(house)
    assert found.paused_until is not None
    assert timedelta(hours=1) < found.paused_until - time.utc() <= timedelta(hours=2)
    assert found.paused_because == "Retry-After: 7200"
    assert found.last_answer == "rate_limited"
    time.seconds += 7300
    assert standing(house).paused_until is None


@pytest.mark.parametrize(("read", "terms"), [(None, "unread"), (date(2025, 3, 1), "old"), (date(2025, 3, 3), "read")])
def test_terms_older_than_a_year_are_to_be_read_again(
    read: date | None, terms: str, visited: Callable[..., House], time: Time
) -> None:
    """Nobody has read them, somebody did long ago, or they are as good as new."""
    [found] = standings(visited({"terms_reviewed": read}).settings(), None, time.utc())
    assert found.terms == terms


def test_the_terminal_shows_each_source_in_a_few_lines(visited: Callable[..., House], time: Time) -> None:
    """A person sees at a glance what is allowed and what to mend; a site's words move no cursor."""
    house = visited(
        {"tdm": "ignore", "pages_per_day": 2, "terms_reviewed": date(2024, 1, 1), "title": "Bladet", "enabled": True},
        robots=text("User-agent: *\nContent-Signal: ai-train=no, \x1b[31m\nAllow: /"),
        art3=answer(status=429, Retry_After="7200"),
    )
    house.run()
    out = io.StringIO()
    print_standings(Console(file=out, width=100), [standing(house, next_due=time.utc())])
    said = out.getvalue()
    for words in (
        "here  Bladet",
        "allowed      yes: robots.txt: Allow: /",
        "read on 2024-01-01, more than a year ago",
        "5 s between two requests (configured)",
        "of 2 pages, 1 of feeds and lists",
        "rate_limited",
        "(Retry-After: 7200)",
        "next due",
        "not obeyed: tdm: ignore",
    ):
        assert words in said, words
    assert "\x1b[31m" not in said


# ── the command ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(
        "sources:\n  posten:\n    feeds: [https://posten.example/rss]\n    hosts: [posten.example]\n"
        "  bladet:\n    enabled: false\n    feeds: [https://bladet.example/rss]\n    hosts: [bladet.example]\n",
        encoding="utf-8",
    )
    return path


def sources(config: Path, *arguments: str) -> Any:
    return CliRunner().invoke(app, ["sources", "--config", str(config), *arguments])


def test_the_command_prints_in_every_format(config: Path) -> None:
    """A table for a person, the same as CSV, JSON and lines for a program; no database is made by looking."""
    table = sources(config)
    assert table.exit_code == ExitStatus.OK
    assert "posten" in table.stdout
    assert "bladet  (not enabled)" in table.stdout
    assert "nobody has noted reading them" in table.stdout
    rows = list(csv.DictReader(io.StringIO(sources(config, "--format", "csv").stdout)))
    records = json.loads(sources(config, "--format", "json").stdout)
    lines = [json.loads(line) for line in sources(config, "--format", "jsonl").stdout.splitlines()]
    assert [row["source"] for row in rows] == ["posten", "bladet"]
    assert records == lines
    assert records[0]["next_due"] is None
    text = config.read_text(encoding="utf-8") + 'schedule:\n  times: ["06:15"]\n'
    config.write_text(text, encoding="utf-8")
    due = [row["next_due"] for row in json.loads(sources(config, "--format", "json").stdout)]
    assert due[0] is not None
    assert due[1] is None  # it is not enabled, so the schedule passes it by
    assert (records[0]["allowed"], records[0]["terms"], records[1]["enabled"]) == ("unknown", "unread", False)
    assert not (config.parent / "data").exists()


def test_the_command_reads_the_database(config: Path) -> None:
    """With a database it tells what is kept there."""
    settings = Settings.model_validate({"sources": {"x": {"feeds": ["http://x/"], "hosts": ["x"]}}})
    assert settings.sources
    (config.parent / "data").mkdir()
    url = f"sqlite:///{config.parent}/data/navnenyt.db"
    open_database(url, backup_dir=config.parent, now=datetime(2026, 3, 2, tzinfo=UTC)).dispose()
    assert sources(config).exit_code == ExitStatus.OK


def test_a_database_of_another_release_or_program_is_told(config: Path) -> None:
    """What cannot be read says what to do, in one sentence."""
    import sqlite3

    (config.parent / "data").mkdir()
    connection = sqlite3.connect(config.parent / "data" / "navnenyt.db")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()
    result = sources(config)
    assert result.exit_code == ExitStatus.BAD_DATABASE
    assert "navnenyt run" in result.stderr
