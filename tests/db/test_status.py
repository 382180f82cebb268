"""What `navnenyt status` says."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine

from db import runs
from db.status import status
from scraper.records import Fetch, FetchOutcome, Unparsed
from tests.db.conftest import START, Desk, ad, hire


def test_a_healthy_source(desk: Desk) -> None:
    """A source tells its last run and success and what it had; nothing needs attention."""
    desk.page(hire(), ad())
    desk.failed(identity="2", reason="not_found")
    desk.end()
    said = status(desk.store.engine)
    (source,) = said.sources
    assert (source.name, source.title, source.kind) == ("bladet", "Bladet", "articles")
    assert source.last_run_at == source.last_success_at == START
    assert (source.pages_answered, source.pages_failed, source.moves_seen, source.job_ads_seen) == (1, 1, 1, 1)
    assert source.failures == {"not_found": 1}
    assert said.counts["moves"] == said.counts["job_ads"] == said.counts["companies"] == said.counts["people"] == 1
    (run,) = said.runs
    assert (run.id, run.status, run.exit_status, run.sources) == (1, "done", 0, ("bladet",))
    assert said.attention == ()


def test_before_the_first_run(engine: Engine) -> None:
    """An empty database says what to do first."""
    said = status(engine)
    assert said.attention == ("Nothing has been scraped yet: run `navnenyt run`.",)
    assert said.sources == said.runs == ()


def test_a_source_that_gives_nothing(desk: Desk) -> None:
    """A source that got no page says why and since when."""
    desk.page(hire())
    desk.end()
    desk.begin(at=START + timedelta(days=1))
    desk.failed(reason="dns")
    desk.failed(reason="dns", identity="2")
    desk.end()
    (sentence,) = status(desk.store.engine).attention
    assert sentence == "bladet: its last run got no page (2 dns); no good look at it since 2026-01-12 08:00 UTC."


def test_a_source_that_never_gave_anything(desk: Desk) -> None:
    """A source whose feed was never had says so."""
    fetch = Fetch(url="https://bladet.example/rss", at=START, outcome=FetchOutcome.FAILED, reason="bad_feed")
    desk.store.save_feed(desk.run_id, "bladet", fetch)
    desk.end()
    (sentence,) = status(desk.store.engine).attention
    assert sentence == "bladet: its last run got no page (1 bad_feed); no good look at it ever."


def test_more_failures_than_answers(desk: Desk) -> None:
    """A source that mostly failed is named with its reasons."""
    desk.page(hire())
    desk.failed(identity="2", reason="wall")
    desk.failed(identity="3", reason="deadline")
    desk.end()
    (sentence,) = status(desk.store.engine).attention
    assert "more pages failed than answered in its last run (1 deadline, 1 wall)" in sentence


def test_pages_with_nothing_on_them(desk: Desk) -> None:
    """Pages that were read and hold neither announcement nor ad point at a changed site."""
    desk.page()
    desk.end()
    (sentence,) = status(desk.store.engine).attention
    assert "read 1 pages and found neither" in sentence


def test_announcements_that_could_not_be_read(desk: Desk) -> None:
    """Unread announcements are counted beside those that were read."""
    desk.page(hire(), Unparsed(text="Ulæst.", reason="r"))
    desk.end()
    (sentence,) = status(desk.store.engine).attention
    assert sentence.startswith("1 announcement could not be read beside 1 move,")


def test_runs_that_ended_badly(desk: Desk) -> None:
    """A run cut off or ended by an error is named until the next one ends well."""
    desk.end("failed", exit_status=7)
    assert status(desk.store.engine).attention[0].startswith("Run 1 ended with an error (exit status 7)")
    desk.begin()
    desk.store.begin_run(at=START, parser_version="1", sources=[])
    said = status(desk.store.engine)
    assert [run.status for run in said.runs] == ["running", "cut_off", "failed"]


def test_a_source_without_a_run(desk: Desk) -> None:
    """A source whose first run is still on has nothing to show yet."""
    assert status(desk.store.engine).attention == ("bladet: no run of it has ended yet.",)


def test_a_cut_off_run_is_told(desk: Desk) -> None:
    """When the newest run in the log was cut off, the first sentence says so."""
    desk.page(hire())
    with desk.store.engine.begin() as connection:
        assert runs.close_cut_off(connection) == 1
    assert status(desk.store.engine).attention[0].startswith("Run 1 was cut off")
