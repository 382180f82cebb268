"""One event is one row whatever comes: any order of joining and parting, a kill in the middle, an older database."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, insert

from db.base import Base
from db.company_changes import merge, split
from db.models import Move, Person
from db.same_event import Event, leading, loosen, settle
from db.store import Store
from db.upgrade import MIGRATIONS
from scraper.records import JobAd
from scraper.records import Move as Read
from tests.db.conftest import START, Desk, ad, dump, hire
from tests.db.test_one_company import tell
from tests.db.test_one_event import LONG, SHORT, check, meaning, told

NAMES = (LONG, SHORT, "Tindeby", "Tindeby Danmark", "Tindeby ApS")
STEPS = (
    ("merge", LONG, SHORT),
    ("merge", SHORT, "Tindeby"),
    ("split", SHORT, "Tindeby Danmark"),
    ("split", LONG, LONG),
)


def pages(chance: random.Random) -> list[list[Read | JobAd]]:
    """Some pages, each with a few of the same people and ads under any of the names."""
    made: list[list[Read | JobAd]] = []
    for _ in range(8):
        records: list[Read | JobAd] = []
        for _ in range(3):
            name, person = chance.choice(NAMES), chance.choice(("Bo Tværsted", "Ida Bro"))
            age = chance.choice((None, 30, 50))
            records.append(hire(person, name, age=age, previous_company=chance.choice((None, "Fjeldtop", SHORT))))
            records.append(ad(chance.choice(NAMES), "Systemudvikler", url=chance.choice((None, f"https://x/{name}"))))
        made.append(records)
    return made


@pytest.mark.parametrize("seed", range(12))
def test_when_the_names_are_joined_and_parted_decides_nothing(tmp_path: Path, template: Path, seed: int) -> None:
    """Pages stored before, between and after decisions, in any mixture: the rows are the same at the end."""
    chance = random.Random(seed)
    shown = pages(chance)
    first: list[Read | JobAd] = [hire("Eva Ny", name) for name in NAMES]
    ends = []
    for number in range(3):
        places = sorted(chance.randrange(len(shown) + 1) for _ in STEPS) if number else [len(shown)] * len(STEPS)
        path = tmp_path / f"{number}.db"
        path.write_bytes(template.read_bytes())
        desk = Desk(Store(create_engine(f"sqlite:///{path}")), path)
        desk.begin()
        desk.page(*first, identity="first")
        for place in range(len(shown) + 1):
            for (verb, one, other), at in zip(STEPS, places, strict=True):
                if at == place:
                    tell(desk, merge if verb == "merge" else split, one, other)
            if place < len(shown):
                desk.page(*shown[place], identity=str(place))
        desk.end()
        check(desk)
        ends.append(meaning(desk))
        desk.store.engine.dispose()
    assert ends[1] == ends[0]
    assert ends[2] == ends[0]


KILLED = """
import os, sys
from datetime import UTC, datetime
from db import company_rows, facts
from db.company_changes import merge, split
from db.engine import make_engine
path, where, verb = sys.argv[1:]
owner = facts if where == "keep" else company_rows
work = getattr(owner, where)
def die(*given, **more):
    work(*given, **more)
    os._exit(9)
setattr(owner, where, die)
names = ("Kvarnbo Virksomheds Beregning", "Havblik")
with make_engine(f"sqlite:///{path}").begin() as connection:
    (merge if verb == "merge" else split)(connection, *names, at=datetime(2026, 2, 1, tzinfo=UTC))
"""


@pytest.mark.parametrize("verb", ["merge", "split"])
@pytest.mark.parametrize("where", ["loosen", "settle", "regroup", "keep"])
def test_killed_in_the_middle_nothing_is_half_done(desk: Desk, where: str, verb: str) -> None:
    """A merge or split that is killed at any step has changed nothing."""
    desk.page(told(LONG), ad(LONG), told(SHORT), ad(SHORT))
    if verb == "split":
        tell(desk, merge, LONG, SHORT)
    before = dump(desk.path)
    child = subprocess.run(
        [sys.executable, "-c", KILLED, str(desk.path), where, verb], cwd=MIGRATIONS.parent, check=False
    )
    assert child.returncode == 9
    assert dump(desk.path) == before


def test_the_database_refuses_an_event_that_is_there(engine: Engine, desk: Desk) -> None:
    """Nobody can store an event of a company twice, whatever the program does."""
    desk.page(told(LONG))
    twin = "INSERT INTO move SELECT NULL, 'another key'"
    columns = [row["name"] for row in desk.rows("PRAGMA table_info(move)")][2:]
    with pytest.raises(sqlite3.IntegrityError, match="event"), sqlite3.connect(desk.path) as plain:
        plain.execute(f"{twin}, {', '.join(columns)} FROM move")
    plain.close()


def test_an_old_databases_two_rows_are_one_move_after_the_upgrade(tmp_path: Path) -> None:
    """A database of the release before, in which a person had joined two names: their hire and their ad are one."""
    from db.upgrade import open_database

    path = tmp_path / "navnenyt.db"
    with sqlite3.connect(path) as plain:
        plain.executescript((Path(__file__).parent / "old" / "0003.sql").read_text(encoding="utf-8"))
        moves, ads, people = (plain.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in SOME)
    plain.close()
    desk = Desk(Store(open_database(f"sqlite:///{path}", backup_dir=tmp_path / "backups", now=START)), path)
    assert [desk.column(f"SELECT count(*) FROM {name}")[0] for name in SOME] == [moves - 1, ads - 1, people - 1]
    (row,) = desk.rows("SELECT company, times_seen FROM moves WHERE person = 'Bo Tværsted'")
    assert row == {"company": "Kvarnbo Virksomheds Beregning", "times_seen": 4}
    check(desk)
    tell(desk, split, "Kvarnbo Virksomheds Beregning", "KVBA")
    assert desk.column("SELECT times_seen FROM moves WHERE person = 'Bo Tværsted' ORDER BY company") == [2, 2]
    check(desk)
    desk.store.engine.dispose()


SOME: Sequence[str] = ("moves", "job_ads", "people")


def test_what_is_loose_stands_for_nothing_and_is_settled(engine: Engine) -> None:
    """A row taken out of its event is neither found as the event nor in the way of another; the first seen is it."""
    made = create_engine("sqlite://")
    Base.metadata.create_all(made)
    with made.begin() as connection:
        connection.execute(insert(Person), {"id": 1, "name_key": "bo", "name": "Bo", "name_folded": "bo"})
        row = {"kind": "hire", "person_id": 1, "person": "Bo", "company_id": 7, "company": "X", "event": "e"}
        row |= {name: [] for name in ("earlier_companies", "education", "institution")}
        row |= {"text": "", "evidence": {}, "rule": "", "parser_version": "1"}
        connection.execute(insert(Move), {"id": 1, "key": "b", **row})
        assert leading(connection, Move, [Event("e", 7)])[Event("e", 7)].id == 1
        assert loosen(connection, Move, [1]) == {1}
        assert leading(connection, Move, [Event("e", 7)]) == {}
        connection.execute(insert(Move), {"id": 2, "key": "a", **row})
        assert settle(connection, Move, [1, 2]) == {1, 2}
        assert leading(connection, Move, [Event("e", 7)])[Event("e", 7)].id == 2
        assert settle(connection, Move, [1]) == {1, 2}, "all rows of the event"
    made.dispose()
