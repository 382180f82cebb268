"""What a replay does to rows: which are the same, what stays out of reach, and whom and what they name then."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.replay_apply import apply
from db.replay_compare import Action, Change, compare
from db.replay_follow import Followed
from db.replay_match import Unpaired, match
from db.replayable import Plan
from db.shadow import Shadow
from scraper.records import Extraction, FetchOutcome, JobAd, Move, PageKind, Problem, Unparsed
from tests.db.conftest import START, Desk, _of, ad, dump, hire
from tests.replaying import put_back

Said = Mapping[str, Sequence[Move | JobAd | Unparsed | Problem]]
WRONG = hire(company="Nordlys Data har", text="Nordlys Data har ansat Signe Lundegaard.")
RIGHT = hire(company="Nordlys Data", text="Nordlys Data har ansat Signe Lundegaard.")


def mend(desk: Desk, said: Said, *, parser: str = "2", do: bool = True) -> list[Change]:
    """Replay the desk's pages, named by identity; those that are not in `said` are not in the archive."""
    return replayed(desk, said, parser=parser, do=do)[0]


def replayed(desk: Desk, said: Said, *, parser: str = "2", do: bool = True) -> tuple[list[Change], list[Followed]]:
    """The same, with what follows from the changes."""
    engine = desk.store.engine
    with Shadow(parser_version=parser) as shadow:
        for showing in Plan(engine):
            records = said.get(showing.url.rpartition("/")[2])
            if shadow.knows(showing):
                shadow.keep_unchanged(showing)
            elif records is not None:
                extraction = Extraction(
                    moves=_of(records, Move),
                    job_ads=_of(records, JobAd),
                    unparsed=_of(records, Unparsed),
                    problems=_of(records, Problem),
                )
                shadow.keep(showing, extraction)
        with reading(engine) as connection:
            changes = list(compare(connection, shadow))
        with engine.connect() as connection, connection.begin() as transaction:
            done = apply(connection, changes, shadow, at=START, since=None, sources=["bladet"], keep=do)
            if not do:
                transaction.rollback()
    return changes, done.followed


def actions(changes: list[Change]) -> list[tuple[str, str]]:
    return [(change.action.value, change.table) for change in changes]


def test_a_company_whose_boundary_was_wrong_is_a_change(desk: Desk) -> None:
    """The row keeps its id, its sightings and their times; the wrong company is no more."""
    desk.page(WRONG, identity="1")
    desk.page(WRONG, identity="2")
    first = desk.row("SELECT first_seen, last_seen FROM moves")
    (change,) = mend(desk, {"1": [RIGHT], "2": [RIGHT]})
    assert (change.action, set(change.fields)) == (Action.CHANGED, {"company"})
    assert desk.row("SELECT id, company, parser_version FROM move") == {
        "id": 1,
        "company": "Nordlys Data",
        "parser_version": "2",
    }
    assert desk.row("SELECT first_seen, last_seen FROM moves") == first
    assert desk.column("SELECT name FROM company") == ["Nordlys Data"]
    assert desk.column("SELECT name FROM company_name") == ["Nordlys Data"]
    assert mend(desk, {"1": [RIGHT], "2": [RIGHT]}, parser="3") == []


def test_a_row_also_seen_where_nobody_can_look_keeps_that_sighting(desk: Desk) -> None:
    """A mended row keeps the sightings of pages that are gone from the archive, with the words seen there."""
    desk.page(WRONG, identity="gone")
    desk.page(WRONG, identity="2")
    other = hire(company="Nordlys Data", text="Nordlys Data har ansat Signe Lundegaard. Nyt job")
    (change,) = mend(desk, {"2": [other]})
    assert change.action is Action.CHANGED
    assert desk.column("SELECT company FROM move") == ["Nordlys Data"]
    assert desk.rows("SELECT fetch_id, text FROM move_sighting") == [
        {"fetch_id": 1, "text": WRONG.text},
        {"fetch_id": 2, "text": None},
    ]


def test_a_row_whose_words_are_of_a_page_out_of_reach_stays(desk: Desk) -> None:
    """Where the page that gave a row its words is gone, another page that words it otherwise changes nothing."""
    desk.page(hire(text="Signe er ansat som udvikler.", age=40), identity="gone")
    desk.page(hire(text="Ny mand.", age=41), identity="2")
    assert mend(desk, {"2": [hire(text="Ny mand.", age=41)]}) == []
    (change,) = mend(desk, {"2": [hire(text="Ny mand ansat.", age=41)]})
    assert (change.action, change.sightings and change.sightings[1]["text"]) == (Action.SIGHTED, "Ny mand ansat.")
    assert desk.column("SELECT age FROM move") == [40]


def test_a_row_out_of_reach_of_the_same_words_is_mended(desk: Desk) -> None:
    """The same words on a page that is still there are read anew for the row of a page that is not."""
    desk.page(hire(), identity="gone")
    desk.page(hire(), identity="2")
    (change,) = mend(desk, {"2": [hire(age=44)]})
    assert change.fields["age"].new == 44
    assert desk.row("SELECT age, (SELECT count(*) FROM move_sighting) AS seen FROM move") == {"age": 44, "seen": 2}


def test_what_no_page_shows_any_more_is_dropped_only_when_all_could_be_read(desk: Desk) -> None:
    """Dropped: seen on read pages only. Kept: also seen on a page that is gone; its other sightings go."""
    desk.page(hire(), hire("Bo Tværsted", "Alfa"), identity="1")
    desk.page(hire(), identity="gone")
    assert actions(mend(desk, {"1": []})) == [("sighted", "move"), ("dropped", "move")]
    assert desk.column("SELECT person FROM move") == ["Signe Lundegaard"]
    assert desk.column("SELECT fetch_id FROM move_sighting") == [2]
    assert desk.column("SELECT name FROM person") == ["Signe Lundegaard"]
    assert desk.column("SELECT key FROM company") == ["nordlys data"]


def test_an_unread_announcement_that_is_read_now_is_resolved(desk: Desk) -> None:
    """It is kept with its sightings, marked as read; the move was seen all along. One that is not stays open."""
    odd, worse = Unparsed(text=RIGHT.text, reason="no verb"), Unparsed(text="Uforståeligt.", reason="no verb")
    desk.page(odd, worse, identity="1")
    desk.unchanged("1")
    changes = mend(desk, {"1": [RIGHT, worse]})
    assert actions(changes) == [("added", "move"), ("changed", "unparsed")]
    assert desk.rows("SELECT is_open, resolved_by, times_seen FROM unparsed_announcements ORDER BY id") == [
        {"is_open": 0, "resolved_by": "2", "times_seen": 2},
        {"is_open": 1, "resolved_by": None, "times_seen": 2},
    ]
    assert desk.column("SELECT times_seen FROM moves") == [2]
    assert actions(mend(desk, {"1": [odd, worse]}, parser="3")) == [("dropped", "move"), ("changed", "unparsed")]
    assert desk.column("SELECT is_open FROM unparsed_announcements") == [1, 1]


def test_an_unread_announcement_of_a_page_out_of_reach_stays_open(desk: Desk) -> None:
    """What cannot be looked at is not called read."""
    odd = Unparsed(text=RIGHT.text, reason="no verb")
    desk.page(odd, identity="1")
    desk.page(odd, identity="gone")
    assert actions(mend(desk, {"1": [RIGHT]})) == [("added", "move")]
    assert desk.column("SELECT is_open FROM unparsed_announcements") == [1]


def test_a_problem_that_is_mended_goes(desk: Desk) -> None:
    """A problem that today's parser does not have is dropped, a new one added, one out of reach kept."""
    old, new = Problem(code="parse_failed", message="x"), Problem(code="empty_section", message="y")
    desk.page(old, identity="1")
    desk.page(old, identity="gone")
    assert sorted(actions(mend(desk, {"1": [new]}))) == [("added", "problem"), ("dropped", "problem")]
    assert desk.column("SELECT code FROM problem ORDER BY id") == ["parse_failed", "empty_section"]


def test_two_persons_that_a_mended_company_ties_become_one(desk: Desk) -> None:
    """And a person whose moves no longer hang together becomes two."""
    desk.page(hire(company="Nordlys Data har", text="a b c"), identity="1")
    desk.page(hire(company="Nordlys Data", role="Chef", text="d e f"), identity="2")
    assert len(desk.column("SELECT id FROM person")) == 2
    mend(
        desk,
        {
            "1": [hire(company="Nordlys Data", text="a b c")],
            "2": [hire(company="Nordlys Data", role="Chef", text="d e f")],
        },
    )
    assert desk.column("SELECT DISTINCT person_id FROM move") == [1]
    assert desk.column("SELECT id FROM person") == [1]
    mend(
        desk,
        {"1": [hire(company="Alfa", text="a b c")], "2": [hire(company="Nordlys Data", role="Chef", text="d e f")]},
    )
    assert desk.column("SELECT count(DISTINCT person_id) FROM move") == [2]
    assert desk.column("SELECT count(*) FROM person") == [2]


def test_a_mended_name_is_the_same_person(desk: Desk) -> None:
    """Where a person's name was cut wrongly, the person's row is mended and keeps its id."""
    desk.page(hire("Direktør Signe Lundegaard", text="a b c"), identity="1")
    (change,) = mend(desk, {"1": [hire(text="a b c")]})
    assert change.fields["person"].new == "Signe Lundegaard"
    assert desk.row("SELECT id, name, name_key, name_folded FROM person") == {
        "id": 1,
        "name": "Signe Lundegaard",
        "name_key": "signe lundegaard",
        "name_folded": "signe lundegaard",
    }


def test_a_companys_name_is_the_first_spelling_read_today(desk: Desk) -> None:
    """A wrong first spelling gives way to the right one; a spelling that another row has stays."""
    desk.page(hire(company="NORDLYS DATA", text="a b c"), identity="1")
    desk.page(hire("Bo Tværsted", company="Nordlys Data ApS", text="d e f"), identity="2")
    said = {
        "1": [hire(company="Nordlys Data", text="a b c")],
        "2": [hire("Bo Tværsted", company="Nordlys Data ApS", text="d e f")],
    }
    mend(desk, said)
    assert desk.row("SELECT name, name_folded FROM company") == {"name": "Nordlys Data", "name_folded": "nordlys data"}
    assert desk.column("SELECT name FROM company_name ORDER BY first_fetch_id") == ["Nordlys Data", "Nordlys Data ApS"]


def test_what_several_pages_know_of_an_ad_is_not_lost(desk: Desk) -> None:
    """Facts of an ad from a page that is gone stay, those of the pages that are there are read anew."""
    desk.page(ad(deadline=date(2026, 3, 1)), identity="gone")
    desk.page(ad(url="https://bladet.example/job/1"), identity="2")
    desk.page(ad(url="https://bladet.example/job/2"), identity="3")
    same = {"2": [ad(url="https://bladet.example/job/1")], "3": [ad(url="https://bladet.example/job/2")]}
    assert mend(desk, same) == []
    assert mend(desk, {"3": same["3"]}) == []
    other = {**same, "2": [ad(url="https://bladet.example/job/1", employment_type="Fuldtid")]}
    (change,) = mend(desk, other)
    assert change.fields["employment_type"].new == "Fuldtid"
    assert desk.row("SELECT deadline, url, employment_type FROM job_ad") == {
        "deadline": "2026-03-01",
        "url": "https://bladet.example/job/1",
        "employment_type": "Fuldtid",
    }
    assert desk.column("SELECT facts FROM job_ad_sighting ORDER BY fetch_id")[2] == (
        '{"url": "https://bladet.example/job/2"}'
    )


def test_a_new_sighting_of_an_ad_out_of_reach_says_what_it_says_otherwise(desk: Desk) -> None:
    """A page on which the ad is found only today is a sighting, with what it says otherwise than the row."""
    desk.page(ad(url="https://bladet.example/job/1"), identity="gone")
    desk.page(identity="2")
    (change,) = mend(desk, {"2": [ad(url="https://bladet.example/job/2", text="andre ord")]})
    assert change.action is Action.SIGHTED
    assert desk.rows("SELECT fetch_id, text, facts FROM job_ad_sighting ORDER BY fetch_id")[1] == {
        "fetch_id": 2,
        "text": "andre ord",
        "facts": '{"url": "https://bladet.example/job/2"}',
    }


def test_a_title_that_was_cut_is_a_change_of_the_ad(desk: Desk) -> None:
    """An ad that leads to the same page is the same ad, whatever its words were taken for."""
    desk.page(ad(title="Soft", url="https://bladet.example/job/1", text="x"), identity="1")
    (change,) = mend(desk, {"1": [ad(url="https://bladet.example/job/1", text="helt andet")]})
    assert change.fields["title"].new == "Softwarearkitekt"
    assert desk.column("SELECT id FROM job_ad") == [1]


def test_headings_read_today_are_kept_with_the_fetch(desk: Desk) -> None:
    """The headings of a page, by which a source's health is judged, are those of today's parser."""
    desk.page(hire(), headings=("Navnenyt",))
    assert mend(desk, {"1": [hire()]}) == []
    assert desk.column("SELECT headings FROM fetch") == [None]
    assert desk.column("SELECT before FROM replaced WHERE table_name = 'fetch'")[0].count("Navnenyt") == 1


def test_what_was_replaced_is_kept_as_it_was(desk: Desk) -> None:
    """Each row that changed or went is there with all its columns and sightings; of a new one, that there was none."""
    desk.page(WRONG, hire("Bo Tværsted", "Alfa", text="x y z"), identity="1")
    mend(desk, {"1": [RIGHT, hire("Eva Skov", "Beta", text="q r s")]})
    kept = {(row["table_name"], row["row_id"]): row["before"] for row in desk.rows("SELECT * FROM replaced")}
    assert '"company": "Nordlys Data har"' in kept["move", 1]
    assert '"person": "Bo Tværsted"' in kept["move", 2]
    assert '"fetch_id": 1' in kept["move_sighting", 2]
    assert desk.column("SELECT id FROM move ORDER BY id")[0] == 1
    assert desk.rows("SELECT added, changed, dropped, pages, parser_version FROM replay") == [
        {"added": 1, "changed": 1, "dropped": 1, "pages": 1, "parser_version": "2"}
    ]


def test_only_looking_writes_nothing(desk: Desk) -> None:
    """Comparing leaves the file as it is."""
    desk.page(WRONG, identity="1")
    before = dump(desk.path)
    assert actions(mend(desk, {"1": [RIGHT]}, do=False)) == [("changed", "move")]
    assert dump(desk.path) == before


def test_a_fetch_that_says_unchanged_is_read_from_the_answer_it_speaks_of(desk: Desk, engine: Engine) -> None:
    """The origin is the newest answer of that very address; feeds, failures and reserved pages are not read."""
    desk.page(identity="1", url="https://bladet.example/a/1")
    desk.page(identity="1", url="https://bladet.example/b/1")
    desk.unchanged("1", url="https://bladet.example/a/1")
    desk.unchanged("1", url="https://bladet.example/c/1")
    desk.failed("1")
    desk.page(identity="rss", kind=PageKind.FEED)
    desk.unchanged("2")
    desk.page(identity="3")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE fetch SET reservation = 'header' WHERE id = 8")
    assert [(showing.fetch_id, showing.origin) for showing in Plan(engine)] == [(1, 1), (2, 2), (3, 1), (4, 1)]
    assert desk.column("SELECT outcome FROM fetch WHERE id = 7") == [FetchOutcome.UNCHANGED.value]


@pytest.mark.parametrize(
    ("new", "same"),
    [
        ({"company": "Nordlys"}, True),
        ({"text": "Nordlys Data har ansat Signe Lundegaard. Hun er 40."}, True),
        ({"text": "Nordlys Data har nu ansat Signe Lundegaard."}, True),
        ({"text": "Noget ganske andet."}, False),
        ({"person": "Bo Tværsted"}, False),
        ({"fetches": frozenset({2})}, False),
    ],
)
def test_when_two_rows_are_one_event(new: dict[str, Any], same: bool) -> None:
    """The same page, the same words or nearly, and a name in common."""
    row = {"person": "Signe Lundegaard", "company": "Nordlys har", "text": "Nordlys Data har ansat Signe Lundegaard."}
    row |= dict.fromkeys(("kind", "role", "start_date", "unit", "previous_company"))
    fetches = new.pop("fetches", frozenset({1}))
    found = match("move", [Unpaired(row, frozenset({1}))], [Unpaired({**row, **new}, fetches)])
    assert found == ({0: 0} if same else {})


def test_of_two_that_fit_the_better_is_taken() -> None:
    """An announcement of two people: each keeps the row that bears the name."""
    base = {"text": "Alfa har ansat Bo Holm og Eva Holm.", "company": "Alfa har"}
    base |= dict.fromkeys(("kind", "role", "start_date", "unit", "previous_company"))
    old = [Unpaired({**base, "person": name}, frozenset({1})) for name in ("Bo Holm", "Eva Holm")]
    new = [Unpaired({**base, "company": "Alfa", "person": name}, frozenset({1})) for name in ("Eva Holm", "Bo Holm")]
    assert match("move", old, new) == {0: 1, 1: 0}


LONG = "Kvarnbo Virksomheds Beregning"


def test_what_follows_from_a_replay_is_told_before_and_after_and_kept(desk: Desk) -> None:
    """A name that is read now shows two companies to be one: rows that no page was read for stand elsewhere then.

    The report beforehand, the report of what was done, and what is kept to take it back, say the same.
    """
    desk.page(hire("Bo Tværsted", "KVB"), ad("KVB"), hire("Ida Bro", "KVB"), identity="gone")
    desk.page(hire("Bo Tværsted", LONG), identity="gone too")
    desk.page(hire("Eva Ny", f"{LONG} har"), identity="3")
    before = {table: desk.rows(f"SELECT * FROM {table}") for table in KEPT_BY}
    read = {"3": [hire("Eva Ny", f"{LONG} (KVB)")]}
    shown = replayed(desk, read, do=False)
    assert {table: desk.rows(f"SELECT * FROM {table}") for table in KEPT_BY} == before, "nothing was changed"
    done = replayed(desk, read)
    assert done == shown
    told = [(one.change, one.table, one.about, one.was, one.now) for one in done[1]]
    assert ("changed", "company_alias", "kvarnbo virksomheds beregning", LONG, "KVB") in told
    assert ("changed", "move", "1 of them", LONG, "KVB") in told
    assert ("dropped", "company", LONG, LONG, None) in told
    assert [one for one in told if one[1] == "company_decision" and "KVB" in str(one[2])]
    (event,) = [one for one in done[1] if one.field == "same_as_id"]
    assert (event.table, event.was, event.now) == ("move", None, "1")
    assert desk.column("SELECT count(*) FROM moves WHERE person = 'Bo Tværsted'") == [1]
    take_back(desk)
    assert {table: desk.rows(f"SELECT * FROM {table}") for table in KEPT_BY} == before


KEPT_BY = {
    **dict.fromkeys(("company", "company_name", "company_decision", "person", "move", "job_ad"), "id"),
    "company_alias": "company_id",
    "person_tie": "move_id",
    "move_sighting": "move_id",
}
"""The tables of which a replay keeps what it replaces, and the column by which."""


def take_back(desk: Desk) -> None:
    """Undo the last replay with nothing but what it kept."""
    kept = desk.rows("SELECT table_name, row_id, before FROM replaced ORDER BY id")
    with closing(sqlite3.connect(desk.path)) as plain, plain:
        for row in kept:
            if row["table_name"] in KEPT_BY:
                plain.execute(
                    f"DELETE FROM {row['table_name']} WHERE {KEPT_BY[row['table_name']]} = ?", (row["row_id"],)
                )
        for row in kept:
            said = json.loads(row["before"])
            for values in said.get("rows", said.get("sightings", [said] if said else [])):
                put_back(plain, row["table_name"], values)
