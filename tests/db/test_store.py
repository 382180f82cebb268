"""Pages in, rows out: once each, traceable, in one transaction."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError, StatementError

from db.store import Store
from scraper.records import (
    Candidate,
    Fetch,
    FetchOutcome,
    JobAd,
    Move,
    MoveKind,
    PartialDate,
    Problem,
    Unparsed,
)
from tests.db.conftest import START, Desk, ad, dump, hire


def test_every_field_of_a_move_is_kept(desk: Desk) -> None:
    """Each field that the announcement states stands in its own column, lists and evidence as JSON, letters as they are."""
    text = "Nordlys Data A/S har pr. 1. januar 2026 ansat Signe Lundegaard, 41 år, som Systemudvikler. Nyt job"
    desk.page(
        Move(
            kind=MoveKind.HIRE,
            person="Signe Lundegaard",
            age=41,
            company="Nordlys Data A/S",
            role="Systemudvikler",
            unit="Drift",
            location="Århus",
            start_date=PartialDate(2026, 1, 1),
            start_date_text="1. januar 2026",
            previous_role="Tester",
            previous_company="Sydlys ApS",
            earlier_companies=("Østlys", "Vestlys"),
            education=("cand.merc.",),
            institution=("Rønne Skole",),
            focus="drift og sikkerhed",
            label="Nyt job",
            text=text,
            evidence={"person": (51, 67)},
            rule="form.hire",
        )
    )
    row = desk.row("SELECT * FROM moves")
    expected = {
        "kind": "hire",
        "person": "Signe Lundegaard",
        "age": 41,
        "company": "Nordlys Data A/S",
        "role": "Systemudvikler",
        "unit": "Drift",
        "location": "Århus",
        "start_date": "2026-01-01",
        "start_date_first": "2026-01-01",
        "start_date_precision": "day",
        "start_date_text": "1. januar 2026",
        "previous_role": "Tester",
        "previous_company": "Sydlys ApS",
        "earlier_companies": '["Østlys", "Vestlys"]',
        "education": '["cand.merc."]',
        "institution": '["Rønne Skole"]',
        "focus": "drift og sikkerhed",
        "label": "Nyt job",
        "text": text,
        "evidence": '{"person": [51, 67]}',
        "rule": "form.hire",
        "parser_version": "1",
        "sources": "bladet",
        "page_url": "https://bladet.example/art/1",
        "times_seen": 1,
        "first_seen": "2026-01-12 08:01:00.000000",
        "last_seen": "2026-01-12 08:01:00.000000",
        "person_folded": "signe lundegaard",
        "role_folded": "systemudvikler",
    }
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("start", "first", "precision"),
    [("2026-03-17", "2026-03-17", "day"), ("2026-03", "2026-03-01", "month"), ("2026", "2026-01-01", "year")],
)
def test_partial_dates_sort_and_stay_partial(desk: Desk, start: str, first: str, precision: str) -> None:
    """A month stays a month; beside it stands the first day it may mean, for sorting, and how exact it is."""
    desk.page(hire(start=start))
    row = desk.row("SELECT start_date, start_date_first, start_date_precision FROM moves")
    assert row == {"start_date": start, "start_date_first": first, "start_date_precision": precision}


def test_every_field_of_a_job_ad_is_kept(desk: Desk) -> None:
    """Each fact of an ad stands in its own column."""
    facts = {
        "company": "Nordlys Data A/S",
        "title": "Softwarearkitekt",
        "region": "Midtjylland",
        "url": "https://board.example/77",
        "posted": "2026-01-02",
        "deadline": "2026-02-01",
        "employment_type": "FULL_TIME",
        "identifier": "77",
    }
    desk.page(JobAd(**{**facts, "posted": date(2026, 1, 2), "deadline": date(2026, 2, 1)}))  # type: ignore[arg-type]
    row = desk.row("SELECT * FROM job_ads")
    assert {name: row[name] for name in facts} == facts
    assert row["is_open"] == 1


def test_a_move_is_stored_once_and_each_sighting_kept(desk: Desk) -> None:
    """The same announcement on three pages is one move, seen three times, first and last told."""
    first = desk.page(hire(), identity="1")
    again = desk.page(hire(), identity="2")
    desk.page(hire(), identity="3")
    assert (first.new_moves, first.seen_moves) == (1, 0)
    assert (again.new_moves, again.seen_moves) == (0, 1)
    assert first.moves == (hire(),)
    assert first.sighted == again.sighted
    row = desk.row("SELECT times_seen, first_seen, last_seen, page_url FROM moves")
    assert row == {
        "times_seen": 3,
        "first_seen": "2026-01-12 08:01:00.000000",
        "last_seen": "2026-01-12 08:03:00.000000",
        "page_url": "https://bladet.example/art/1",
    }


def test_a_carousel_shows_a_record_once(desk: Desk) -> None:
    """A page that repeats its first items has shown each of them once."""
    saved = desk.page(hire(), ad(), hire(), ad())
    assert (saved.new_moves, saved.new_ads, len(saved.sighted)) == (1, 1, 2)
    assert desk.column("SELECT times_seen FROM moves UNION ALL SELECT times_seen FROM job_ads") == [1, 1]


def test_other_words_for_a_known_move_are_kept_with_the_sighting(desk: Desk) -> None:
    """A page that words a known move otherwise loses neither wording."""
    desk.page(hire(text="Først sådan."), identity="1")
    desk.page(hire(text="Siden sådan.", age=40), identity="2")
    assert desk.column("SELECT text FROM moves") == ["Først sådan."]
    assert desk.column("SELECT text_here FROM sightings ORDER BY seen_at") == [None, "Siden sådan."]


def test_a_failed_fetch_shows_nothing(desk: Desk) -> None:
    """A page that could not be had leaves its reason and no sighting."""
    desk.page(hire())
    saved = desk.failed(reason="server_error", status=503, detail="The site answered 503.")
    assert (saved.new_moves, saved.seen_moves, saved.sighted) == (0, 0, ())
    row = desk.row("SELECT outcome, reason, status, detail FROM fetches WHERE id = ?", saved.fetch_id)
    assert row == {
        "outcome": "failed",
        "reason": "server_error",
        "status": 503,
        "detail": "The site answered 503.",
    }
    assert desk.column("SELECT times_seen FROM moves") == [1]


def test_a_failure_needs_a_known_reason(desk: Desk) -> None:
    """A failure without a reason, with an unknown one, or a reason without a failure is refused, and nothing stored."""
    before = dump(desk.path)
    for bad in (
        {"outcome": FetchOutcome.FAILED},
        {"outcome": FetchOutcome.FAILED, "reason": "moonlight"},
        {"outcome": FetchOutcome.FETCHED, "reason": "deadline"},
    ):
        with pytest.raises(ValueError, match=r"reason|moonlight"):
            desk.page(hire(), **bad)  # type: ignore[arg-type]
    assert dump(desk.path) == before


def test_an_unchanged_page_shows_what_its_last_answer_showed(desk: Desk) -> None:
    """After a 304 every record of the page counts as seen again, also over failures in between."""
    desk.page(hire(), ad(), Unparsed(text="Ulæst.", reason="no verb"), Problem(code="c", message="m"))
    desk.failed()
    first = desk.unchanged()
    second = desk.unchanged()
    assert (first.seen_moves, first.seen_ads, first.unparsed, first.problems, first.new_moves) == (1, 1, 1, 1, 0)
    assert replace(second, fetch_id=first.fetch_id) == first
    assert len(first.sighted) == 2
    for view in ("moves", "job_ads", "unparsed_announcements", "problems"):
        assert desk.column(f"SELECT times_seen FROM {view}") == [3]


def test_unchanged_words_and_facts_are_copied_too(desk: Desk) -> None:
    """The wording of a page stays with each of its sightings."""
    desk.page(hire(text="Først."), identity="1")
    desk.page(hire(text="Siden."), identity="2")
    desk.unchanged(identity="2")
    assert desk.column("SELECT text_here FROM sightings ORDER BY seen_at") == [None, "Siden.", "Siden."]


def test_the_same_body_without_reading_it_again(desk: Desk) -> None:
    """A body with the hash of the last answer counts as unchanged when it was not read again."""
    desk.page(hire())
    assert desk.page(read=False).seen_moves == 1
    assert desk.page(read=False, body_sha256="another").seen_moves == 0


def test_unchanged_speaks_of_the_address_that_was_asked(desk: Desk) -> None:
    """Validators belong to an address: a 304 means that address's last answer, not another's of the same page."""
    desk.page(hire("Bo Tværsted"), url="https://bladet.example/art/1")
    desk.page(hire("Ida Rønbjerg"), url="https://m.bladet.example/art/1")
    desk.unchanged(url="https://bladet.example/art/1")
    assert desk.rows("SELECT person, times_seen FROM moves ORDER BY person") == [
        {"person": "Bo Tværsted", "times_seen": 2},
        {"person": "Ida Rønbjerg", "times_seen": 1},
    ]


def test_an_unasked_304_shows_nothing(desk: Desk) -> None:
    """A page that is unchanged since never is stored as fetched, with no records."""
    assert desk.unchanged().sighted == ()


def test_the_same_input_changes_no_row_but_the_runs_own(desk: Desk) -> None:
    """A run repeated on unchanged input adds its run, fetches and sightings; the facts count these, and no more."""

    def scrape() -> None:
        desk.page(hire(), ad(), Unparsed(text="Ulæst.", reason="no verb"), Problem(code="c", message="m"))
        desk.page(hire("Bo Tværsted", "nordlys data"), ad(region="Fyn", url="https://x.example/1"), identity="2")
        desk.failed(identity="3")
        desk.end()

    def lasting(lines: list[str]) -> list[str]:
        own = (
            "run",
            "run_source",
            "fetch",
            "move_sighting",
            "job_ad_sighting",
            "unparsed_sighting",
            "problem_sighting",
            "source_day",
            *counting,
        )
        return [line for line in lines if not line.startswith(tuple(f'INSERT INTO "{name}"' for name in own))]

    def uncounted() -> list[dict[str, Any]]:
        rows = [row for name in counting for row in desk.rows(f"SELECT * FROM {name}")]
        counts = {"last_seen", "times_seen", "days_open"}
        return [{name: value for name, value in row.items() if name not in counts} for row in rows]

    counting = ("move_fact", "job_ad_fact", "job_ad_span")
    scrape()
    first, facts = dump(desk.path), uncounted()
    desk.begin(at=desk.now + timedelta(days=1))
    scrape()
    second = dump(desk.path)
    assert lasting(second) == lasting(first)
    assert uncounted() == facts
    assert desk.column("SELECT DISTINCT times_seen FROM move_fact") == [2]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_the_order_of_pages_decides_nothing(order: list[int], template: Path, path: Path, engine: Engine) -> None:
    """Whatever order pages come in, the same moves, people, companies and ads are stored."""
    engine.dispose()
    shutil.copy(template, path)
    sitting = Desk(Store(engine), path)
    sitting.begin()
    pages = [
        [hire("Bo Tværsted", "Alfa A/S")],
        [hire("Bo Tværsted", "Beta", previous_company="Alfa", start="2026-02")],
        [hire("Bo Tværsted", "Gamma", start="2026-03")],
        [hire("Bo Tværsted", "Delta", earlier_companies=("Gamma ApS", "beta"), start="2026-04")],
        [hire("Bo Tværsted", "Omega"), ad("Omega", "Tester")],
        [ad("omega a/s", "TESTER", url="https://x.example/1")],
    ]
    for number in order:
        sitting.page(*pages[number], identity=str(number))
    groups = sitting.column(
        "SELECT group_concat(company_folded) FROM (SELECT person_id, company_folded FROM moves ORDER BY company_folded)"
        " GROUP BY person_id ORDER BY 1"
    )
    assert [re.sub(r" a/s| aps", "", group) for group in groups] == ["alfa,beta,delta,gamma", "omega"]
    assert sitting.column("SELECT count(*) FROM job_ads") == [1]
    assert sitting.column("SELECT count(*) FROM companies") == [5]


def test_half_a_record_is_a_problem(desk: Desk) -> None:
    """A record without its person, company or title is not stored; a problem says so."""
    saved = desk.page(hire("\u200b "), ad(company=" "), ad(title=""), hire("Bo Tværsted", company=" "))
    assert (saved.new_moves, saved.new_ads) == (1, 0)
    assert desk.column("SELECT code FROM problems") == ["incomplete_record"] * 3
    assert saved.problems == 3
    assert desk.column("SELECT company FROM moves") == [None]


def test_a_cpr_number_never_reaches_the_file(desk: Desk) -> None:
    """A personal number in any text of a page is not in the bytes of the database."""
    number = "010190-1234"
    desk.page(
        hire(text=f"Signe {number}", focus=number),
        ad(title=f"Tester {number}"),
        Unparsed(text=f"Ulæst {number}", reason="no verb"),
        Problem(code="c", message="m", text=number),
        headings=(f"Navnenyt {number}",),
    )
    desk.failed(identity="2", detail=number)
    assert number.encode() not in desk.path.read_bytes()
    assert b"xxxxxx-xxxx" in desk.path.read_bytes()


def test_times_are_kept_in_utc(desk: Desk) -> None:
    """A fetch made at nine in Copenhagen is stored at eight UTC, in text that SQLite's date functions read."""
    at = datetime(2026, 1, 12, 9, 0, tzinfo=timezone(timedelta(hours=1)))
    fetch = Fetch(url="https://bladet.example/x", at=at, outcome=FetchOutcome.FETCHED)
    desk.store.save_page(desk.run_id, "bladet", Candidate(url=fetch.url, identity="x"), fetch, None)
    assert desk.column("SELECT at FROM fetches") == ["2026-01-12 08:00:00.000000"]
    assert desk.column("SELECT datetime(at, '+1 hour') FROM fetches") == ["2026-01-12 09:00:00"]
    zoneless = Fetch(url="u", at=at.replace(tzinfo=None), outcome=FetchOutcome.FETCHED)
    with pytest.raises(StatementError, match="without a zone"):
        desk.store.save_page(desk.run_id, "bladet", Candidate(url="u", identity="y"), zoneless, None)


def test_another_store_on_the_same_database_goes_on(desk: Desk) -> None:
    """What one process stored, another knows: source, run and records."""
    desk.page(hire())
    desk.store = Store(desk.store.engine)
    assert desk.page(hire(), identity="2").seen_moves == 1


def test_what_was_never_made_known_is_refused(desk: Desk) -> None:
    """An unknown source or run is a mistake of the caller, told as such."""
    fetch = Fetch(url="u", at=START, outcome=FetchOutcome.FETCHED)
    with pytest.raises(ValueError, match="keep_source"):
        desk.store.save_page(desk.run_id, "ukendt", Candidate(url="u", identity="1"), fetch, None)
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        desk.store.save_page(999, "bladet", Candidate(url="u", identity="1"), fetch, None)


def test_a_page_is_stored_whole_or_not_at_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When storing breaks off in the middle of a page, nothing of that page is in the database."""
    before = dump(desk.path)

    def broken(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("db.keeping.keep_problems", broken)
    with pytest.raises(KeyboardInterrupt):
        desk.page(hire(), ad())
    assert dump(desk.path) == before


def test_headings_are_kept_with_the_fetch(desk: Desk) -> None:
    """The headings a page showed are kept, so that a renamed one can be noticed."""
    saved = desk.page(headings=("Navnenyt fra it-Danmark",))
    (kept,) = desk.column("SELECT headings FROM fetches WHERE id = ?", saved.fetch_id)
    assert json.loads(kept) == ["Navnenyt fra it-Danmark"]
