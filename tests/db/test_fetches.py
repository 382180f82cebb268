"""What earlier runs tell the next: pages, validators, budgets, sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from scraper.records import (
    Candidate,
    Fetch,
    FetchOutcome,
    PageKind,
    Validators,
)
from tests.db.conftest import START, Desk, dump


def test_a_page_keeps_its_identity_over_slugs_and_hosts(desk: Desk) -> None:
    """A page found under another address is the same page; its address and title are the last ones found."""
    desk.page(identity="7", url="https://bladet.example/art/7/old")
    desk.page(identity="7", url="https://www.bladet.example/art/7/new")
    row = desk.row("SELECT url, times_asked FROM pages")
    assert row == {"url": "https://www.bladet.example/art/7/new", "times_asked": 2}


def test_a_page_takes_over_title_and_date_when_they_are_told(desk: Desk) -> None:
    """What a feed tells of a page later is kept; what it no longer tells is not forgotten."""
    fetch = Fetch(url="https://bladet.example/art/1", at=START, outcome=FetchOutcome.FETCHED)
    for title, published in (("", None), ("Overskrift", START), ("", None)):
        page = Candidate(url=fetch.url, identity="1", title=title, published=published)
        desk.store.save_page(desk.run_id, "bladet", page, fetch, None)
    row = desk.row("SELECT title, published_at FROM pages")
    assert row == {"title": "Overskrift", "published_at": "2026-01-12 08:00:00.000000"}


def test_validators_are_those_of_the_last_body(desk: Desk) -> None:
    """What is sent back comes from the last answer with a body, not from a failure or a 304, and of this address only."""
    address = "https://bladet.example/art/1"
    assert desk.store.validators("bladet", address) == Validators()
    known = Validators(etag='"a"', last_modified="Mon, 12 Jan 2026 08:00:00 GMT")
    desk.page(validators=known)
    desk.failed(validators=Validators(etag='"failed"'))
    desk.unchanged()
    assert desk.store.validators("bladet", address) == known
    assert desk.store.validators("bladet", address + "?x") == Validators()
    assert desk.store.validators("another", address) == Validators()
    desk.page()
    assert desk.store.validators("bladet", address) == Validators()


def test_the_days_requests_are_counted_by_the_day_in_denmark(desk: Desk) -> None:
    """A day's budget counts every page that was asked for that day, and nothing that never left the house."""
    desk.page()
    desk.failed(identity="2", reason="not_found")
    desk.failed(identity="3", reason="robots_disallowed")
    desk.failed(identity="4", reason="budget_spent")
    desk.store.save_feed(
        desk.run_id, "bladet", Fetch(url="https://bladet.example/rss", at=desk.now, outcome=FetchOutcome.FETCHED)
    )
    desk.now = START + timedelta(hours=14, minutes=59)  # midnight in Copenhagen is 23 hours UTC
    desk.page(identity="5")
    assert desk.store.pages_fetched_on("bladet", date(2026, 1, 12)) == 2
    assert desk.store.pages_fetched_on("bladet", date(2026, 1, 13)) == 1
    assert desk.store.pages_fetched_on("another", date(2026, 1, 12)) == 0


def test_when_pages_were_asked_for_last(desk: Desk) -> None:
    """Every page tells when it was asked for last, failures too; one that never was is left out."""
    desk.page(identity="1")
    desk.failed(identity="1")
    last = desk.now
    desk.page(identity="2")
    asked = desk.store.last_asked("bladet", ["1", "2", "3", *(f"n{i}" for i in range(1200))])
    assert {identity: page.at for identity, page in asked.items()} == {"1": last, "2": desk.now}
    assert asked["1"].at.tzinfo is UTC


def test_how_pages_were_asked_for_last(desk: Desk) -> None:
    """The end of the last request is told, and the bytes of the last body, even when a later answer had none."""
    desk.page(identity="1", bytes_received=900)
    desk.page(identity="1", bytes_received=700)
    desk.unchanged(identity="1", bytes_received=0)
    desk.failed(identity="2")
    asked = desk.store.last_asked("bladet", ["1", "2"])
    assert (asked["1"].outcome, asked["1"].size) == (FetchOutcome.UNCHANGED, 700)
    assert (asked["2"].outcome, asked["2"].size) == (FetchOutcome.FAILED, None)


def test_new_pages_are_counted(desk: Desk) -> None:
    """Making pages known tells how many of them were not known before."""
    pages = [Candidate(url=f"https://bladet.example/art/{number}", identity=str(number)) for number in range(3)]
    assert desk.store.keep_pages("bladet", pages[:2]) == 2
    assert desk.store.keep_pages("bladet", pages) == 1


def test_known_pages_without_the_gone(desk: Desk) -> None:
    """Pages found earlier are known, newest first; feeds and pages that were twice not found are not among them."""
    desk.page(identity="1")
    for _ in range(2):
        desk.failed(identity="2", reason="not_found")
    desk.page(identity="3")
    desk.failed(identity="3", reason="soft_404")
    desk.failed(identity="4", reason="deadline")
    desk.store.save_feed(
        desk.run_id, "bladet", Fetch(url="https://bladet.example/rss", at=desk.now, outcome=FetchOutcome.FETCHED)
    )
    known = desk.store.known_pages("bladet")
    assert [page.identity for page in known] == ["4", "3", "1"]
    assert known[2] == Candidate(
        url="https://bladet.example/art/1", identity="1", kind=PageKind.ARTICLE, title="Artikel 1"
    )
    assert len(desk.store.known_pages("bladet", limit=1)) == 1


def test_pages_are_known_once_they_are_found(desk: Desk) -> None:
    """What a feed listed is known to later runs, each page once and with what was told of it last, asked for or not."""
    pages = [Candidate(url=f"https://bladet.example/art/{i}", identity=str(i), title="T") for i in range(1200)]
    desk.store.keep_pages("bladet", pages)
    desk.store.keep_pages("bladet", [*pages[:2], replace(pages[0], title="New"), replace(pages[1], published=START)])
    known = desk.store.known_pages("bladet", limit=5000)
    assert [page.identity for page in known] == [str(i) for i in reversed(range(1200))]
    assert (known[-1].title, known[-2].published) == ("New", START)
    assert desk.store.last_asked("bladet", ["0", "1"]) == {}
    before = dump(desk.path)
    desk.store.keep_pages("bladet", [])
    desk.store.keep_pages("bladet", pages[2:])
    assert dump(desk.path) == before


def test_a_source_is_kept_by_name(desk: Desk) -> None:
    """A source has one row for good; its title and kind follow the configuration; an unknown kind is refused."""
    first = desk.store.keep_source("bladet", kind="articles", title="Bladet")
    assert desk.store.keep_source("bladet", kind="job_board", title="Nyt navn") == first
    assert desk.row("SELECT name, kind, title FROM sources") == {
        "name": "bladet",
        "kind": "job_board",
        "title": "Nyt navn",
    }
    with pytest.raises(ValueError, match="blog"):
        desk.store.keep_source("bladet", kind="blog", title="")
