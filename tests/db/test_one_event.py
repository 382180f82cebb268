"""A hire or an ad that is told under two names of one company is one, and two again when the names are parted."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from db import facts
from db.company_changes import merge, rename, split
from db.cvr import Entry, import_entries
from db.known import moves_of
from db.query import run_query
from db.search import find
from db.store import Store
from db.trends import trends
from db.watches import add, match, matched, note_told, watches
from scraper.records import Move as Read
from scraper.records import MoveKind, Unparsed
from tests.db.conftest import START, Desk, ad, dump, hire
from tests.db.market import open_market
from tests.db.test_one_company import AT, tell

LONG, SHORT = "Kvarnbo Virksomheds Beregning", "Havblik"
"""Two names that no rule takes for one company."""


def told(company: str, **more: Any) -> Read:
    """Bo's new job, as a page tells it that calls the company so."""
    return hire("Bo Tværsted", company, **{"text": f"{company} har ansat Bo Tværsted.", **more})


def check(desk: Desk) -> None:
    """All that must hold of any database: what follows from the records follows, and each event has one row."""
    before = dump(desk.path)
    with desk.store.engine.begin() as connection:
        facts.refresh_all(connection)
    assert dump(desk.path) == before, "the facts are those that would be worked out from nothing"
    assert desk.rows("PRAGMA foreign_key_check") == []
    for table in ("move", "job_ad"):
        chained = f"SELECT v.id FROM {table} v JOIN {table} m ON m.id = v.same_as_id WHERE m.same_as_id IS NOT NULL"
        assert desk.rows(chained) == []
        astray = (
            f"SELECT v.id FROM {table} v JOIN {table} m ON m.id = v.same_as_id"
            " WHERE m.company_id <> v.company_id OR m.event <> v.event"
        )
        assert desk.rows(astray) == []
    other = "SELECT v.id FROM move v JOIN move m ON m.id = v.same_as_id WHERE m.person_id <> v.person_id"
    assert desk.rows(other) == []
    assert desk.rows("SELECT id FROM person WHERE id NOT IN (SELECT person_id FROM move)") == []


MEANT = (
    (
        "SELECT m.key, m.company, c.name, o.key, m.previous_company, pc.name, m.text FROM move m"
        " LEFT JOIN company c ON c.id = m.company_id LEFT JOIN company pc ON pc.id = m.previous_company_id"
        " LEFT JOIN move o ON o.id = m.same_as_id"
    ),
    "SELECT m.key, i.fetch_id, i.seen_at, i.text FROM move_sighting i JOIN move m ON m.id = i.move_id",
    (
        "SELECT a.key, c.name, o.key, a.url, a.posted FROM job_ad a JOIN company c ON c.id = a.company_id"
        " LEFT JOIN job_ad o ON o.id = a.same_as_id"
    ),
    "SELECT a.key, i.fetch_id, i.facts FROM job_ad_sighting i JOIN job_ad a ON a.id = i.job_ad_id",
    (
        "SELECT m.key, c.name, x.month, x.first_seen, x.last_seen, x.times_seen, x.role, x.region FROM move_fact x"
        " JOIN move m ON m.id = x.move_id LEFT JOIN company c ON c.id = x.company_id"
    ),
    (
        "SELECT a.key, c.name, x.first_seen, x.last_seen, x.times_seen, x.gone_at, x.times_relisted FROM job_ad_fact x"
        " JOIN job_ad a ON a.id = x.job_ad_id JOIN company c ON c.id = x.company_id"
    ),
    (
        "SELECT m.key, a.key, h.score, h.days_to_fill FROM hire_ad h JOIN move m ON m.id = h.move_id"
        " JOIN job_ad a ON a.id = h.job_ad_id"
    ),
    "SELECT group_concat(key) FROM (SELECT key, person_id FROM move ORDER BY key) GROUP BY person_id",
    (
        "SELECT m.key, o.key, t.is_same, t.reason FROM person_tie t JOIN move m ON m.id = t.move_id"
        " JOIN move o ON o.id = t.other_move_id"
    ),
    (
        "SELECT m.key, e.position, c.name FROM move_earlier e JOIN move m ON m.id = e.move_id"
        " JOIN company c ON c.id = e.company_id"
    ),
    "SELECT name, names, hires, moves, job_ads FROM companies",
    (
        "SELECT s.record, coalesce(m.key, a.key), s.words FROM search s LEFT JOIN move m ON s.record = 'move' AND m.id ="
        " s.record_id LEFT JOIN job_ad a ON s.record = 'job_ad' AND a.id = s.record_id WHERE s.record IN ('move', 'job_ad')"
    ),
)


def meaning(desk: Desk) -> list[list[str]]:
    """What the database says, its own numbers and the history of decisions aside."""
    return [sorted(repr(tuple(row.values())) for row in desk.rows(sql)) for sql in MEANT]


def test_one_hire_under_two_names_is_one_move_once_the_names_are_one(desk: Desk) -> None:
    """It has the sightings, sentences and links of both, the first and the last time, and both names find it."""
    desk.page(told(LONG), identity="1")
    desk.page(told(SHORT, age=40), identity="2")
    desk.unchanged("2")
    assert desk.column("SELECT count(*) FROM moves") == [2]
    tell(desk, merge, LONG, SHORT)
    (move,) = desk.rows("SELECT * FROM moves")
    assert (move["company"], move["company_written"], move["times_seen"]) == (LONG, LONG, 3)
    assert (move["first_seen"][11:16], move["last_seen"][11:16]) == ("08:01", "08:03")
    assert desk.rows("SELECT record_id, page_url, text_here, company_here FROM sightings ORDER BY seen_at") == [
        {"record_id": 1, "page_url": "https://bladet.example/art/1", "text_here": None, "company_here": LONG},
        *[
            {
                "record_id": 1,
                "page_url": "https://bladet.example/art/2",
                "text_here": f"{SHORT} har ansat Bo Tværsted.",
                "company_here": SHORT,
            }
        ]
        * 2,
    ]
    assert desk.rows("SELECT hires, moves FROM companies") == [{"hires": 1, "moves": 1}]
    assert desk.rows("SELECT moves FROM people") == [{"moves": 1}]
    with sqlite3.connect(desk.path) as plain:
        (known,) = moves_of(plain, [1])
        assert [(page.url, page.times_seen, page.text) for page in known.pages] == [
            ("https://bladet.example/art/1", 1, None),
            ("https://bladet.example/art/2", 2, f"{SHORT} har ansat Bo Tværsted."),
        ]
        assert find(plain, "havblik", "move") == find(plain, "kvarnbo", "move") == [1]
    plain.close()
    check(desk)


def test_parted_again_they_are_what_they_were(desk: Desk) -> None:
    """Split undoes merge: two moves, each with its own sentences, sightings, age and person."""
    desk.page(told(LONG, age=30), ad(LONG), identity="1")
    desk.page(told(SHORT, age=50, earlier_companies=("Fjeldtop",)), ad(SHORT, url="https://h.example"), identity="2")
    desk.unchanged("1")
    before = meaning(desk)
    tell(desk, merge, LONG, SHORT)
    assert desk.column("SELECT count(*) FROM moves") == [1]
    assert desk.rows("SELECT company_written, url, times_seen FROM job_ads") == [
        {"company_written": LONG, "url": "https://h.example", "times_seen": 3}
    ], "what one name's page knew fills what the other's did not"
    tell(desk, split, LONG, SHORT)
    assert meaning(desk) == before
    check(desk)


def test_a_rule_tells_so_from_the_first_page_on(desk: Desk) -> None:
    """Where a rule knows that the names are one, the second page shows a known move and not a new one."""
    assert desk.page(told("Fjeldtop A/S"), ad("Fjeldtop A/S"), identity="1").new_moves == 1
    saved = desk.page(told("Fjeldtop Danmark"), ad("Fjeldtop Danmark"), identity="2")
    assert (saved.new_moves, saved.seen_moves, saved.new_ads, saved.seen_ads) == (0, 1, 0, 1)
    assert desk.row("SELECT times_seen FROM moves") == desk.row("SELECT times_seen FROM job_ads") == {"times_seen": 2}
    desk.end()
    assert desk.row("SELECT moves_seen, job_ads_seen FROM source_runs") == {"moves_seen": 1, "job_ads_seen": 1}
    tell(desk, split, "Fjeldtop", "Fjeldtop Danmark")
    assert desk.column("SELECT company FROM moves ORDER BY company") == ["Fjeldtop A/S", "Fjeldtop Danmark"]
    check(desk)


def test_one_spelling_of_a_company_can_be_parted_with_its_moves(desk: Desk) -> None:
    """`split --exact`: each sighting knows which of two spellings it had, though they differ in legal form alone."""
    desk.page(told("Fjeldtop A/S"), identity="1")
    desk.page(told("Fjeldtop ApS"), identity="2")
    desk.page(told("FJELDTOP  APS"), identity="3")
    assert desk.column("SELECT times_seen FROM moves") == [3]
    tell(desk, split, "Fjeldtop", "Fjeldtop ApS", exact=True)
    assert desk.rows("SELECT company, times_seen FROM moves ORDER BY company") == [
        {"company": "Fjeldtop A/S", "times_seen": 1},
        {"company": "Fjeldtop ApS", "times_seen": 2},
    ]
    check(desk)


def test_both_names_on_one_page(desk: Desk) -> None:
    """A page that shows a hire under both names has shown it once; parted, it has shown each."""
    desk.page(told("Fjeldtop"), told("Fjeldtop Danmark"), ad("Fjeldtop"), ad("Fjeldtop Danmark"))
    desk.unchanged()
    assert desk.column("SELECT times_seen FROM moves") == desk.column("SELECT times_seen FROM job_ads") == [2]
    check(desk)
    tell(desk, split, "Fjeldtop", "Fjeldtop Danmark")
    assert desk.column("SELECT times_seen FROM moves") == desk.column("SELECT times_seen FROM job_ads") == [2, 2]
    check(desk)


def test_the_register_makes_two_moves_one(desk: Desk) -> None:
    """Two names under one CVR number are one company, and their hire is one."""
    desk.page(told(LONG), told(SHORT))
    with desk.store.engine.begin() as connection:
        import_entries(connection, [Entry("10000009", LONG), Entry("10000009", SHORT)], at=AT, source="r.csv")
    assert desk.rows("SELECT moves, cvr FROM companies") == [{"moves": 1, "cvr": "10000009"}]
    check(desk)


def test_a_new_name_for_a_company_is_one_more_that_leads_to_it(desk: Desk) -> None:
    """Renamed, a company's hire is known under the new name when a page has it."""
    desk.page(told(LONG), identity="1")
    tell(desk, rename, LONG, SHORT)
    assert desk.page(told(SHORT), identity="2").new_moves == 0
    assert desk.rows("SELECT company, company_written, times_seen FROM moves") == [
        {"company": SHORT, "company_written": LONG, "times_seen": 2}
    ]
    check(desk)


@pytest.mark.parametrize(
    "other",
    [{"role": "Direktør"}, {"start": "2026-02-01"}, {"kind": MoveKind.BOARD}, {"start": None}],
    ids=["role", "start", "kind", "no start"],
)
def test_what_differs_in_more_than_the_name_stays_two(desk: Desk, other: dict[str, Any]) -> None:
    desk.page(told(LONG), told(SHORT, **other))
    tell(desk, merge, LONG, SHORT)
    assert desk.column("SELECT count(*) FROM moves") == [2]
    check(desk)


def test_namesakes_of_two_companies_become_one_person_with_the_move(desk: Desk) -> None:
    """Two moves of persons whom age kept apart are one person's once they are one move; parted, two again."""
    desk.page(told(LONG, age=30), told(SHORT, age=50))
    tell(desk, merge, LONG, SHORT)
    assert desk.column("SELECT moves FROM people") == [1]
    tell(desk, split, LONG, SHORT)
    assert desk.column("SELECT moves FROM people") == [1, 1]


def test_the_ad_of_a_hire_is_found_under_either_name(desk: Desk) -> None:
    """Ad and hire join though each was read under another name, and part with the names."""
    desk.page(ad(SHORT, "Systemudvikler", posted=date(2025, 11, 1)), ad(LONG, "Systemudvikler"), identity="1")
    desk.begin(at=desk.now + timedelta(days=20))
    desk.page(told(LONG, start="2026-03-01"), identity="2")
    assert len(desk.rows("SELECT * FROM ad_hires")) == 1
    tell(desk, merge, LONG, SHORT)
    (pair,) = desk.rows("SELECT company, days_to_fill FROM ad_hires")
    assert pair == {"company": LONG, "days_to_fill": (date(2026, 3, 1) - date(2025, 11, 1)).days}
    check(desk)
    tell(desk, split, LONG, SHORT)
    assert desk.column("SELECT company FROM ad_hires") == [LONG]
    check(desk)


def test_an_ad_under_two_names_ends_once_neither_is_shown(desk: Desk) -> None:
    """Its life is that of both: up while either is shown, gone when none is."""
    desk.page(ad("Fjeldtop"), ad("Alfa"), identity="1")
    desk.end()
    for records in ([ad("Fjeldtop Danmark"), ad("Alfa")], [ad("Alfa")]):
        desk.begin()
        desk.page(*records, identity="1", body_sha256=str(records))
        desk.end()
        check(desk)
        (known,) = desk.rows("SELECT is_open FROM job_ads WHERE company = 'Fjeldtop'")
        assert known["is_open"] == (len(records) == 2)


def test_a_watch_tells_of_an_event_once(desk: Desk) -> None:
    """Told under one name, a hire is not told again when the other name turns out to be the same company's."""
    with desk.store.engine.begin() as connection:
        add(connection, "role:systemudvikler", at=START)
    desk.page(told(LONG), identity="1")
    desk.end()
    with desk.store.engine.begin() as connection:
        assert match(connection, desk.run_id, now=desk.now) == 1
        note_told(connection, matched(connection, untold=True), at=desk.now)
    desk.begin()
    desk.page(told(SHORT), identity="2")
    desk.end()
    with desk.store.engine.begin() as connection:
        assert match(connection, desk.run_id, now=desk.now) == 1
    tell(desk, merge, LONG, SHORT)
    with desk.store.engine.begin() as connection:
        assert matched(connection, untold=True) == []
        assert [one.found.id for one in matched(connection)] == [1]
        assert [(watch.matches, watch.untold) for watch in watches(connection)] == [(1, 0)]


def test_an_older_sighting_found_later_takes_the_lead(desk: Desk) -> None:
    """A better parser reads an announcement that older pages showed: the move is the one that was seen first."""
    desk.page(Unparsed(text=f"{SHORT} har ansat Bo Tværsted.", reason="no verb"), identity="1")
    desk.page(told(LONG), identity="2")
    tell_both(desk)
    (waiting,) = desk.store.unparsed_open("2")
    desk.store.reread(waiting.id, [told(SHORT)], parser_version="2")
    (move,) = desk.rows("SELECT company_written, times_seen, page_url FROM moves WHERE person = 'Bo Tværsted'")
    assert move == {"company_written": SHORT, "times_seen": 2, "page_url": "https://bladet.example/art/1"}
    check(desk)


def tell_both(desk: Desk) -> None:
    """Let a person say that the two names are one company, of which one has only been heard of."""
    desk.page(hire("Ida Bro", SHORT), identity="names")
    tell(desk, merge, LONG, SHORT)


def test_answers_are_those_of_one_name(tmp_path: Path, template: Path) -> None:
    """Every question and view answers alike, whether pages call a company by one name or by three that are one."""
    answers = []
    for names in (("Nordlys Data A/S",) * 3, ("Nordlys Data A/S", "Nordlys Data Danmark", "Nordlys Data Group")):
        path = tmp_path / f"{len(answers)}.db"
        path.write_bytes(template.read_bytes())
        desk = Desk(Store(create_engine(f"sqlite:///{path}")), path)
        open_market(desk.store, desk)
        desk.begin()
        for number, name in enumerate(names):
            more = {"text": f"Ny mand til {name}.", "previous_company": "Vestlys", "education": ("HD",)}
            records = [told(name, **{**more, "earlier_companies": ("Østlys",)}), ad(name, "Systemudvikler")]
            desk.page(*records, identity=f"event {number}")
        desk.end()
        url = f"sqlite:///{path}"
        said = [run_query(url, question.sql).rows for question in trends()]
        said += [run_query(url, f"SELECT {columns} FROM {view}").rows for view, columns in COUNTED.items()]
        answers.append(said)
        desk.store.engine.dispose()
    assert answers[0] == answers[1]
    assert sum(map(len, answers[0])) > 100


COUNTED = {
    "moves": "id, person, company, role, first_seen, last_seen, times_seen, month, sources, page_url",
    "job_ads": "id, company, title, first_seen, last_seen, times_seen, is_open, days_open, sources, page_url",
    "people": "name, moves, latest_company, first_seen, last_seen",
    "companies": "name, hires, moves, hired_away, latest_hire_start, job_ads, open_job_ads",
    "roles": "role, moves, job_ads",
    "source_runs": "moves_seen, job_ads_seen",
}
