"""Runs: begun, ended, cut off; and what a source's row of a run counts."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from scraper.records import Fetch, FetchOutcome, Problem, Unparsed
from tests.db.conftest import START, Desk, ad, hire


def feed(desk: Desk, *, failed: bool = False) -> None:
    fetch = Fetch(
        url="https://bladet.example/rss",
        at=desk.now,
        outcome=FetchOutcome.FAILED if failed else FetchOutcome.FETCHED,
        reason="bad_feed" if failed else None,
    )
    desk.store.save_feed(desk.run_id, "bladet", fetch)


def test_a_run_that_ended(desk: Desk) -> None:
    """A run tells when it began and ended, how, and what it had from each source."""
    feed(desk)
    desk.page(hire(), ad(), Unparsed(text="Ulæst.", reason="r"), Problem(code="c", message="m"))
    desk.page(hire(), ad(title="Tester"), identity="2")
    desk.unchanged(identity="2")
    desk.failed(identity="3", reason="not_found")
    desk.end(exit_status=3, summary={"sources": {"bladet": {"asked": 4}}, "note": "æøå"})
    row = desk.row("SELECT * FROM runs")
    assert row["status"] == "done"
    assert row["exit_status"] == 3
    assert row["started_at"] == "2026-01-12 08:00:00.000000"
    assert row["finished_at"] == "2026-01-12 08:05:00.000000"
    assert json.loads(row["sources"]) == ["bladet"]
    assert json.loads(row["summary"]) == {"sources": {"bladet": {"asked": 4}}, "note": "æøå"}
    counted = desk.row("SELECT * FROM source_runs")
    expected = {
        "source": "bladet",
        "whole": 1,
        "pages_fetched": 2,
        "pages_unchanged": 1,
        "pages_failed": 1,
        "feeds_answered": 1,
        "feeds_failed": 0,
        "moves_seen": 1,
        "job_ads_seen": 2,
        "unparsed_seen": 1,
        "problems_seen": 1,
        "failures": '{"not_found": 1}',
    }
    assert {name: counted[name] for name in expected} == expected
    assert (row["pages_fetched"], row["moves_seen"], row["job_ads_seen"]) == (2, 1, 2)


def test_a_run_that_was_cut_off(desk: Desk) -> None:
    """A run that never ended is marked so by the next, as of its last fetch, and its pages are counted."""
    desk.page(hire())
    last = desk.now
    desk.begin(at=START + timedelta(days=1))
    cut, current = desk.rows("SELECT status, finished_at, exit_status, pages_fetched FROM runs ORDER BY id")
    assert cut == {
        "status": "cut_off",
        "finished_at": f"{last:%Y-%m-%d %H:%M:%S.%f}",
        "exit_status": None,
        "pages_fetched": 1,
    }
    assert current["status"] == "running"
    assert desk.column("SELECT whole FROM source_runs") == [0]


def test_a_run_cut_off_before_its_first_fetch(desk: Desk) -> None:
    """A run that did nothing ended when it began."""
    desk.begin(at=START + timedelta(days=1))
    assert desk.rows("SELECT started_at = finished_at AS at_once FROM runs WHERE id = 1") == [{"at_once": 1}]


def test_a_clock_that_jumps_back(desk: Desk) -> None:
    """No run ends before it began, whatever the clock says."""
    desk.store.finish_run(desk.run_id, at=START - timedelta(hours=3), status="done", exit_status=0, summary={})
    assert desk.column("SELECT finished_at = started_at FROM runs") == [1]


@pytest.mark.parametrize(
    ("pages", "failures", "feed_answers", "status", "whole"),
    [
        (3, 3, True, "done", 1),
        (2, 3, True, "done", 0),
        (0, 0, True, "done", 1),
        (0, 0, False, "done", 0),
        (3, 0, True, "interrupted", 0),
        (3, 0, True, "failed", 0),
    ],
)
def test_a_whole_look(desk: Desk, pages: int, failures: int, feed_answers: bool, status: str, whole: int) -> None:
    """A look at a source is whole when the run ended by itself and answers were at least as many as failures."""
    feed(desk, failed=not feed_answers)
    for number in range(pages):
        desk.page(hire(), identity=f"ok{number}")
    for number in range(failures):
        desk.failed(identity=f"bad{number}")
    desk.end(status)
    assert desk.column("SELECT whole FROM source_runs") == [whole]


def test_a_run_or_word_that_is_not_known(desk: Desk) -> None:
    """A run that was never begun, and a status that is no status, are refused."""
    with pytest.raises(ValueError, match="no run 99"):
        desk.store.finish_run(99, at=START, status="done", exit_status=0, summary={})
    with pytest.raises(ValueError, match="splendid"):
        desk.store.finish_run(1, at=START, status="splendid", exit_status=0, summary={})
