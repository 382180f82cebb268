"""Which pages are asked for first, and when enough was drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.fetches import LastAsked
from scraper.draws import FEWEST, JOB_ADS, MOVES, Draws, in_order, is_list_of_announcements
from scraper.records import Candidate, FetchOutcome

NOW = datetime(2026, 1, 12, 8, tzinfo=UTC)


def candidate(identity: str, *, title: str = "", days: int | None = None) -> Candidate:
    published = None if days is None else NOW - timedelta(days=days)
    return Candidate(url=f"https://a.example/{identity}", identity=identity, title=title, published=published)


def test_the_cheapest_fresh_draw_comes_first():
    """Lists of announcements, then new pages, then the longest not asked, the small before the large; 304s last."""
    fetched, unchanged, failed = FetchOutcome.FETCHED, FetchOutcome.UNCHANGED, FetchOutcome.FAILED
    asked = {
        "large": LastAsked(NOW - timedelta(days=3), fetched, 90_000),
        "small": LastAsked(NOW - timedelta(days=3, hours=-2), fetched, 4_000),
        "recent": LastAsked(NOW, fetched, 100),
        "same": LastAsked(NOW - timedelta(days=9), unchanged, 100),
        "broken": LastAsked(NOW - timedelta(days=8), failed, None),
        "listed": LastAsked(NOW - timedelta(days=1), fetched, 100),
    }
    pages = [candidate(name) for name in ("recent", "large", "same", "small", "broken")]
    pages += [candidate("old", days=4), candidate("new", days=1), candidate("undated")]
    pages += [candidate("names", title="Navnenyt: Ugens nye ansigter", days=30), candidate("listed", title="Navnenyt")]
    assert [page.identity for page in in_order(pages, asked)] == [
        *("names", "new", "old", "undated", "small", "large", "listed", "recent", "same", "broken")
    ]


@pytest.mark.parametrize(
    ("title", "is_list"),
    [
        ("Navnenyt", True),
        ("Navnenyt: Tre nye direktører", True),
        ("Folk i fart - uge 7", True),
        ("Ny direktør skal redde driften", False),
        ("", False),
    ],
)
def test_a_page_that_is_itself_a_list_of_announcements_is_known_by_its_title(title, is_list):
    """Such a page is wanted for itself; the source's own words for one count too."""
    assert is_list_of_announcements(candidate("1", title=title), ["Folk i fart"]) is is_list


def drawn(moves, ads, pages=FEWEST, **settings) -> Draws:
    draws = Draws(**{"target": 0.99, **settings})
    for number in range(pages):
        draws.add(moves(number), ads(number))
    return draws


def same(_):
    return ["a", "b"]


def new(number):
    return [f"{number}x", f"{number}y"]


def none(_):
    return []


@pytest.mark.parametrize(
    ("moves", "ads", "settings", "enough"),
    [
        (same, same, {}, True),
        (same, same, {"pages": FEWEST - 1}, False),
        (same, same, {"target": None}, False),
        (same, new, {}, False),
        (new, same, {}, False),
        (same, none, {}, False),
        (same, none, {"expected": frozenset({MOVES})}, True),
        (same, new, {"expected": frozenset({MOVES})}, False),
        (none, none, {"expected": frozenset()}, False),
    ],
)
def test_enough_is_enough_of_both(moves, ads, settings, enough):
    """The share is reached for announcements and ads apart, after a least number of pages, and never by showing none."""
    assert drawn(moves, ads, **settings).enough() is enough


def test_each_kind_has_an_estimate_of_its_own():
    """Announcements and ads are never mixed; what was not seen has none."""
    assert drawn(same, none).estimates().keys() == {MOVES}
    found = drawn(same, new).estimates()
    assert (found[MOVES].share, found[JOB_ADS].share) == (1, pytest.approx(0, abs=1e-9))
