"""The life of a job ad, and what a later page knows of it."""

from __future__ import annotations

from datetime import date, timedelta

from scraper.records import PageKind
from tests.db.conftest import Desk, ad


def open_titles(desk: Desk) -> list[str]:
    return desk.column("SELECT title FROM job_ads WHERE is_open ORDER BY title")


def next_day(desk: Desk) -> None:
    desk.begin(at=desk.now + timedelta(days=1))


def test_later_facts_fill_what_was_unknown(desk: Desk) -> None:
    """An ad seen without its address and deadline gets them from the page that tells them."""
    desk.page(ad(), identity="1")
    desk.page(ad(url="https://x.example/1", posted=date(2026, 1, 3), deadline=date(2026, 2, 1)), identity="2")
    row = desk.row("SELECT url, posted, deadline, times_seen FROM job_ads")
    assert row == {"url": "https://x.example/1", "posted": "2026-01-03", "deadline": "2026-02-01", "times_seen": 2}


def test_what_a_page_says_otherwise_is_kept_with_its_sighting(desk: Desk) -> None:
    """A later deadline does not overwrite the first, and is not lost."""
    desk.page(ad(deadline=date(2026, 2, 1), text="a"), identity="1")
    desk.page(ad(company="NORDLYS DATA A/S", deadline=date(2026, 3, 1), text="b"), identity="2")
    desk.unchanged(identity="2")
    assert desk.column("SELECT deadline FROM job_ads") == ["2026-02-01"]
    facts = '{"company": "NORDLYS DATA A/S", "deadline": "2026-03-01"}'
    assert desk.column("SELECT facts FROM job_ad_sighting ORDER BY fetch_id") == [None, facts, facts]
    assert desk.column("SELECT text FROM job_ad_sighting ORDER BY fetch_id") == [None, "b", "b"]


def test_the_same_ad_twice_on_one_page(desk: Desk) -> None:
    """An ad that a page shows as a triple and again with its address is one ad that knows its address."""
    saved = desk.page(ad(), ad(url="https://x.example/1"))
    assert saved.new_ads == 1
    assert desk.row("SELECT url, times_seen FROM job_ads") == {"url": "https://x.example/1", "times_seen": 1}


def test_one_ad_in_two_regions(desk: Desk) -> None:
    """An ad that runs under two regions is two ads."""
    desk.page(ad(region="Fyn"), ad(region="Bornholm"), ad(region=None))
    assert desk.column("SELECT count(*) FROM job_ads") == [3]


def test_a_board_that_gives_identifiers(desk: Desk) -> None:
    """An identifier names the ad within its board, whatever becomes of the title."""
    desk.page(ad(identifier="7"), identity="1")
    desk.page(ad(identifier="7", title="Softwarearkitekt, Aarhus"), identity="2")
    desk.page(ad(identifier="8"), identity="3")
    assert desk.rows("SELECT identifier, title, times_seen FROM job_ads ORDER BY identifier") == [
        {"identifier": "7", "title": "Softwarearkitekt", "times_seen": 2},
        {"identifier": "8", "title": "Softwarearkitekt", "times_seen": 1},
    ]


def test_an_ad_that_a_whole_look_went_without_is_no_longer_open(desk: Desk) -> None:
    """An ad is open until a later run that looked well at its source does not find it."""
    desk.page(ad(title="A"), ad(title="B"))
    desk.end()
    assert open_titles(desk) == ["A", "B"]
    next_day(desk)
    desk.page(ad(title="B"))
    assert open_titles(desk) == ["A", "B"], "a run that is still on ends nothing"
    desk.end()
    assert open_titles(desk) == ["B"]


def test_no_failure_ends_an_ad(desk: Desk) -> None:
    """Failed fetches, a run cut off, an interrupted run, and a parser that finds nothing leave every ad open."""
    desk.page(ad(title="A"))
    desk.end()
    for number, trouble in enumerate(("failed", "interrupted", "empty", "error", "cut off")):
        next_day(desk)
        if trouble == "failed":
            desk.failed(identity="1")
            desk.page(ad(title="B"), identity="2")
            desk.failed(identity="3")
        elif trouble == "empty":
            desk.page()
        else:
            desk.page(ad(title=f"C{number}"))
        if trouble != "cut off":
            desk.end({"interrupted": "interrupted", "error": "failed"}.get(trouble, "done"))
        assert "A" in open_titles(desk), trouble


def test_an_ad_first_seen_in_a_broken_run_is_open(desk: Desk) -> None:
    """What was seen after the last whole look counts as open."""
    desk.page(ad(title="A"))
    desk.end()
    next_day(desk)
    desk.page(ad(title="B"))
    desk.end("interrupted")
    assert open_titles(desk) == ["A", "B"]


def test_another_sources_look_ends_nothing(desk: Desk) -> None:
    """A run over one source says nothing of the ads of another."""
    desk.page(ad(title="A"))
    desk.end()
    desk.source = "posten"
    next_day(desk)
    desk.page(ad(title="B"))
    desk.end()
    assert open_titles(desk) == ["A", "B"]
    assert desk.column("SELECT sources FROM job_ads ORDER BY title") == ["bladet", "posten"]


def test_an_ad_with_a_page_of_its_own(desk: Desk) -> None:
    """An ad with its own page is open until that page is gone or shows another ad, not until the next run."""
    own = {"kind": PageKind.JOB_AD}
    desk.page(ad(title="A"), identity="a", **own)  # type: ignore[arg-type]
    desk.page(ad(title="B"), identity="b", **own)  # type: ignore[arg-type]
    desk.page(ad(title="C"), identity="c", **own)  # type: ignore[arg-type]
    desk.end()
    next_day(desk)
    desk.page(ad(title="D"), identity="d", **own)  # type: ignore[arg-type]
    desk.failed(identity="a", reason="server_error", **own)
    desk.page(identity="b", **own)  # type: ignore[arg-type]
    desk.end()
    assert open_titles(desk) == ["A", "B", "C", "D"]
    next_day(desk)
    desk.failed(identity="a", reason="not_found", **own)
    desk.page(ad(title="E"), identity="b", **own)  # type: ignore[arg-type]
    desk.unchanged(identity="c", **own)
    assert open_titles(desk) == ["C", "D", "E"]
