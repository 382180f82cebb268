"""What the tests of the replay share: installations scraped by a crippled parser, and what a database says."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from db.engine import make_engine
from db.facts import refresh_all
from db.replay_compare import Action
from scraper.config import Settings
from scraper.parsers import PARSER_VERSION, parse_page
from scraper.records import Extraction, JobAd, Move, Page, Unparsed
from scraper.replay import replay
from scraper.replica import Replica, ReplicaServer
from tests.test_run import START, Scene

Cripple = Callable[[Extraction], Extraction]
LATER = date(2026, 2, 2)


def scrape(folder: Path, cripple: Cripple | None = None) -> Settings:
    """Two runs over a replica, three weeks apart, with a parser that does something wrong, or the real one."""
    with pytest.MonkeyPatch.context() as patch, ReplicaServer(Replica(seed=3, start=START), slow=0.01) as server:
        if cripple is not None:
            patch.setattr("scraper.visit.parse_page", lambda page, *, headings=(): cripple(parse(page, headings)))
            patch.setattr("scraper.run.PARSER_VERSION", "0")
        scene = Scene(server, folder, pages_per_run=5)
        scene.run()
        scene.replica.advance(weeks=3)
        scene.run()
        return scene.settings


def parse(page: Page, headings: tuple[str, ...] = ()) -> Extraction:
    return parse_page(page, headings=headings)


def moves(change: Callable[[Move], Move]) -> Cripple:
    return lambda said: replace(said, moves=tuple(change(move) for move in said.moves))


def ads(change: Callable[[JobAd], JobAd]) -> Cripple:
    return lambda said: replace(said, job_ads=tuple(change(ad) for ad in said.job_ads))


def unread(said: Extraction) -> Extraction:
    kept = tuple(Unparsed(text=move.text, reason="an older parser", label=move.label) for move in said.moves)
    return replace(said, moves=(), unparsed=(*said.unparsed, *kept))


def ghosts(said: Extraction) -> Extraction:
    return replace(
        said, moves=(*said.moves, *(replace(move, person="Spøgelse Fraser", text="Se mere") for move in said.moves[:1]))
    )


def broken(_said: Extraction) -> Extraction:
    raise RecursionError("too deep")


CRIPPLES: dict[str, Cripple] = {
    "fields dropped": moves(lambda move: replace(move, education=(), previous_company=None, focus=None)),
    "a company's boundary": moves(lambda move: replace(move, company=f"{move.company} har" if move.company else None)),
    "a person's boundary": moves(lambda move: replace(move, person=f"Direktør {move.person}")),
    "half the announcement": moves(lambda move: replace(move, text=move.text[: len(move.text) * 2 // 3])),
    "dates misread": moves(lambda move: replace(move, start_date=None, start_date_text=None)),
    "announcements unread": unread,
    "ads without region": ads(lambda ad: replace(ad, region=None, employment_type="Fuldtid")),
    "titles cut": ads(lambda ad: replace(ad, title=ad.title[:6], identifier=None)),
    "moves that are none": ghosts,
    "nothing found": lambda _said: Extraction(),
    "the parser fails": broken,
}
"""What an older parser may have done wrong."""
QUICK = ("a company's boundary",)
SAME_IDS = ("fields dropped", "a company's boundary", "a person's boundary", "dates misread")


def rows(settings: Settings, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as connection:
        return connection.execute(sql).fetchall()


def whole(settings: Settings, *, without: tuple[str, ...] = ()) -> list[str]:
    """Everything in the database, row by row; of the full-text index the words, not the pages that hold it."""
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as connection:
        return [
            line
            for line in sorted(connection.iterdump())
            if not any(line.startswith(f'INSERT INTO "{table}"') for table in without)
            and not re.match(r"INSERT INTO \"search_|INSERT INTO sqlite_master", line)
        ]


MEANT = {
    "moves": (
        "SELECT m.key, m.kind, m.person, m.age, m.company, c.name, c.key, m.role, m.role_folded, m.unit, m.location,"
        " m.start_date, m.start_date_first, m.start_date_text, m.previous_role, m.previous_company, b.name,"
        " m.earlier_companies, m.education, m.institution, m.focus, m.label, m.text, m.evidence, m.rule"
        " FROM move m LEFT JOIN company c ON c.id = m.company_id LEFT JOIN company b ON b.id = m.previous_company_id"
    ),
    "job_ads": (
        "SELECT a.key, s.name, a.identifier, a.company, c.name, a.title, a.title_folded, a.region, a.url, a.posted,"
        " a.deadline, a.employment_type, a.text, a.evidence, a.rule FROM job_ad a JOIN company c ON c.id = a.company_id"
        " LEFT JOIN source s ON s.id = a.identified_by_source_id"
    ),
    "move sightings": "SELECT m.key, i.fetch_id, i.seen_at, i.text FROM move_sighting i JOIN move m ON m.id = i.move_id",
    "job ad sightings": (
        "SELECT a.key, i.fetch_id, i.seen_at, i.text, i.facts FROM job_ad_sighting i JOIN job_ad a ON a.id = i.job_ad_id"
    ),
    "unparsed": (
        "SELECT u.key, u.text, u.reason, u.label, i.fetch_id, i.seen_at FROM unparsed u"
        " JOIN unparsed_sighting i ON i.unparsed_id = u.id WHERE u.resolved_at IS NULL"
    ),
    "problems": (
        "SELECT p.key, p.page_id, p.code, p.message, p.text, i.fetch_id FROM problem p"
        " JOIN problem_sighting i ON i.problem_id = p.id"
    ),
    "people": (
        "SELECT p.name, p.name_key, group_concat(m.key) FROM person p JOIN"
        " (SELECT * FROM move ORDER BY key) m ON m.person_id = p.id GROUP BY p.id"
    ),
    "companies": "SELECT key, name, name_folded FROM company",
    "spellings": "SELECT c.key, n.name, n.first_fetch_id FROM company_name n JOIN company c ON c.id = n.company_id",
    "headings": "SELECT id, headings FROM fetch",
}
"""What a database says, its own numbers aside."""


def meaning(settings: Settings) -> dict[str, list[str]]:
    """What the database says; the ports of the two replicas differ, and a run's clock ticks at each line it logs."""
    return {
        name: sorted(re.sub(r"(?<=127\.0\.0\.1):\d+|(?<=:00)\.\d{6}", "", repr(row)) for row in rows(settings, sql))
        for name, sql in MEANT.items()
    }


SORTED = ("company_block",)
"""How a new name finds those it is compared with: it stays when a replay is taken back, and hinders nothing."""
OWNER = {"company_alias": "company_id", "person_tie": "move_id"}
"""Tables whose rows are kept by the number of what they belong to."""


def check_mended(name: str, folder: Path, good: Settings) -> None:
    settings = scrape(folder, CRIPPLES[name])
    wrong, before = meaning(settings), whole(settings)
    recorded = whole(settings, without=SORTED)
    right = meaning(good)
    assert wrong["moves"] != right["moves"] or wrong["job_ads"] != right["job_ads"], "the control: it was spoilt"
    ids = dict(rows(settings, "SELECT text, id FROM move GROUP BY text HAVING count(*) = 1"))
    shown = replay(settings)
    assert whole(settings) == before
    done = replay(settings, apply=True)
    assert done.changes == shown.changes
    assert done.followed == shown.followed
    assert meaning(settings) == right
    if name in SAME_IDS:
        assert {done.count(Action.ADDED), done.count(Action.DROPPED)} == {0}
        now = dict(rows(settings, "SELECT text, id FROM move"))
        assert {text: now[text] for text in ids} == ids
    changed = {change.row_id for change in done.changes if change.action is Action.CHANGED and change.table == "move"}
    versions = dict(rows(settings, "SELECT id, parser_version FROM move"))
    assert {versions[number] for number in changed} <= {PARSER_VERSION}
    assert rows(settings, "PRAGMA foreign_key_check") == []
    after = whole(settings)
    again = replay(settings, apply=True)
    assert (again.changes, again.replay_id) == ([], None)
    assert whole(settings) == after
    taken_back(settings, done.replay_id)
    assert whole(settings, without=("replay", "replaced", *SORTED)) == recorded


def taken_back(settings: Settings, replay_id: int | None) -> None:
    """Undo a replay with nothing but what it kept, and work out from that what follows from it."""
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as connection, connection:
        kept = connection.execute(
            "SELECT table_name, row_id, before FROM replaced WHERE replay_id = ? ORDER BY id", (replay_id,)
        ).fetchall()
        kept = [(table, row_id, json.loads(before)) for table, row_id, before in kept]
        for table, row_id, before in kept:
            if table in OWNER:
                connection.execute(f"DELETE FROM {table} WHERE {OWNER[table]} = ?", (row_id,))
            elif table.endswith("_sighting"):
                column = table.removesuffix("_sighting") + "_id"
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (row_id,))
                for seen in before["sightings"]:
                    put_back(connection, table, seen)
            else:
                connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
                if before:
                    put_back(connection, table, before)
        for table, _, before in kept:
            for row in before["rows"] if table in OWNER else ():
                put_back(connection, table, row)
        for kind in ("move", "job_ad", "unparsed", "problem"):
            connection.execute(f"DELETE FROM {kind}_sighting WHERE {kind}_id NOT IN (SELECT id FROM {kind})")
        connection.execute("DELETE FROM move_earlier")
    engine = make_engine(settings.database)
    with engine.begin() as ours:
        refresh_all(ours)
    engine.dispose()


def put_back(connection: sqlite3.Connection, table: str, row: dict) -> None:
    values = {name: stored(name, value) for name, value in row.items()}
    places = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", values)


def stored(name: str, value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    if name.endswith("_at") or name == "at":
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?\+00:00", str(value))
        return f"{found[1]} {found[2]}{found[3] or '.000000'}" if found else value
    return value
