"""What could not be read is kept, read again, and never deleted."""

from __future__ import annotations

from datetime import date, timedelta

from scraper.records import Problem, Unparsed
from tests.db.conftest import START, Desk, hire

ODD = Unparsed(text="Bo Tværsted ny på Alfa.", reason="no verb", label="Nyt job")
READ = hire("Bo Tværsted", "Alfa", text=ODD.text)


def test_an_unread_announcement_waits_for_the_next_parser(desk: Desk) -> None:
    """An announcement is offered to each parser that has not tried it, with the day it was first seen."""
    desk.page(ODD, identity="1")
    desk.page(ODD, identity="2")
    assert desk.store.unparsed_open("1") == []
    (waiting,) = desk.store.unparsed_open("2")
    assert (waiting.text, waiting.label, waiting.published) == (ODD.text, "Nyt job", date(2026, 1, 12))


def test_what_a_better_parser_reads_was_seen_all_along(desk: Desk) -> None:
    """Once read, the move counts as seen by every fetch that showed the text; the announcement stays, marked as read."""
    desk.page(ODD, identity="1")
    desk.page(ODD, READ, identity="2")
    desk.unchanged(identity="1")
    desk.begin(at=START + timedelta(days=30), parser="2")
    (waiting,) = desk.store.unparsed_open("2")
    assert desk.store.reread(waiting.id, [READ], parser_version="2") == 1
    row = desk.row("SELECT first_seen, times_seen, parser_version FROM moves")
    assert row == {"first_seen": "2026-01-12 08:01:00.000000", "times_seen": 3, "parser_version": "1"}
    kept = desk.row("SELECT is_open, resolved_by, resolved_at, times_seen, reason FROM unparsed_announcements")
    assert kept == {
        "is_open": 0,
        "resolved_by": "2",
        "resolved_at": "2026-02-11 08:00:00.000000",
        "times_seen": 3,
        "reason": "no verb",
    }
    assert desk.store.unparsed_open("3") == []


def test_an_unchanged_page_shows_the_move_that_was_read_since(desk: Desk) -> None:
    """After it was read, an unchanged page shows the move and no longer an unread announcement."""
    desk.page(ODD)
    assert desk.store.reread(1, [READ], parser_version="2") == 1
    saved = desk.unchanged()
    assert (saved.seen_moves, saved.unparsed) == (1, 0)


def test_a_parser_that_cannot_read_it_either(desk: Desk) -> None:
    """What stays unread is tried once by each parser and stays open."""
    desk.page(ODD)
    assert desk.store.reread(1, [], parser_version="2") == 0
    assert desk.store.unparsed_open("2") == []
    assert len(desk.store.unparsed_open("3")) == 1
    assert desk.column("SELECT is_open FROM unparsed_announcements") == [1]


def test_a_parser_that_has_unlearned(desk: Desk) -> None:
    """An announcement that was read once and cannot be read by a later parser is open again."""
    desk.page(ODD)
    desk.store.reread(1, [READ], parser_version="2")
    desk.begin(parser="3")
    desk.page(Unparsed(text=ODD.text, reason="another"))
    row = desk.row("SELECT is_open, reason, resolved_by, parser_version FROM unparsed_announcements")
    assert row == {"is_open": 1, "reason": "another", "resolved_by": None, "parser_version": "3"}


def test_a_problem_is_kept_once_for_as_long_as_it_lasts(desk: Desk) -> None:
    """The same problem on the same page is one row with a first and last day; on another page it is another."""
    problem = Problem(code="empty_section", message="A heading without announcements.", text="Navnenyt")
    desk.page(problem, problem, identity="1")
    desk.page(problem, identity="1", body_sha256="new")
    desk.page(problem, identity="2")
    assert desk.rows("SELECT code, page_url, times_seen FROM problems ORDER BY id") == [
        {"code": "empty_section", "page_url": "https://bladet.example/art/1", "times_seen": 2},
        {"code": "empty_section", "page_url": "https://bladet.example/art/2", "times_seen": 1},
    ]
