"""Full-text search: by any word, whatever the letters' case and spelling, and always as the records stand."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import search
from db.engine import connect_read_only, make_engine, sqlite_path
from db.query import run_query
from db.store import Store
from tests.db.conftest import Desk, ad, hire


@pytest.fixture(scope="module")
def kept(template, tmp_path_factory) -> str:
    """A database with a few moves and ads, as storing pages leaves it."""
    path = tmp_path_factory.mktemp("search") / "navnenyt.db"
    shutil.copy(template, path)
    engine = make_engine(f"sqlite:///{path}")
    desk = Desk(Store(engine), path)
    desk.begin()
    desk.page(
        hire("Åse Bækgaard", "Nordlys Data A/S", role="projektleder"),
        hire("Aase Holm", "Ågård & Søn", role="Udvikler, C++"),
        hire("René Ørsted-Lind", "Aarhus Tech", role="it-chef"),
        ad("Nordlys Data A/S", "Udvikler", region="Århus"),
    )
    desk.end()
    engine.dispose()
    return f"sqlite:///{path}"


def found(url: str, typed: str, record: str) -> list[str]:
    """The names of what is found."""
    column, table = {"move": ("person", "move"), "job_ad": ("title", "job_ad")}.get(record, ("name", record))
    with closing(connect_read_only(sqlite_path(url))) as connection:
        ids = search.find(connection, typed, record)
        named = f"SELECT {column} FROM {table} WHERE id = ?"
        return [connection.execute(named, (id_,)).fetchone()[0] for id_ in ids]


@pytest.mark.parametrize("typed", ["åse", "ÅSE", "Aase", "aase", "Åse", "a\u030ase", "AASE", "ås"])
def test_aa_finds_aa_however_it_is_written(kept, typed):
    """Å, å, aa, a decomposed one, and the beginning of a word."""
    assert sorted(found(kept, typed, "person")) == ["Aase Holm", "Åse Bækgaard"]


@pytest.mark.parametrize(
    ("typed", "record", "names"),
    [
        ("århus", "company", ["Aarhus Tech"]),
        ("aarhus", "job_ad", ["Udvikler"]),
        ("agård", "company", []),
        ("søn", "company", ["Ågård & Søn"]),
        ("nordlys", "move", ["Åse Bækgaard"]),
        ("projektleder nordlys", "move", ["Åse Bækgaard"]),
        ("nordlys projektleder", "move", ["Åse Bækgaard"]),
        ("rene", "person", ["René Ørsted-Lind"]),
        ("orsted", "person", []),
        ("lind", "person", ["René Ørsted-Lind"]),
        ("c++", "move", ["Aase Holm"]),
        ("it-chef", "move", ["René Ørsted-Lind"]),
        ("nordlys udvikler", "job_ad", ["Udvikler"]),
        ("nordlys udvikler", "move", []),
        ("", "move", []),
        ('"', "move", []),
        ('nordlys" OR "holm', "move", []),
        ("NOT nordlys", "move", []),
        ("*", "move", []),
    ],
)
def test_every_word_must_be_there(kept, typed, record, names):
    """In any order; signs are no commands."""
    assert found(kept, typed, record) == names


@pytest.mark.parametrize("looked_through", [1, 500])
def test_a_beginning_longer_than_the_index_holds_is_found(kept, monkeypatch, looked_through):
    """Whether it is met among the newest that have the indexed part of it or not; what only begins alike is not."""
    monkeypatch.setattr(search, "_INDEXED", 3)
    monkeypatch.setattr(search, "_LOOKED_THROUGH", looked_through)
    for typed in ("bækga", "bækgaard", "åse bækg", "nordl"):
        for record in search.RECORDS:
            assert found(kept, typed, record) == found(kept, f"{typed} ", record) or found(kept, typed, record)
    assert found(kept, "bækgaard", "person")
    assert found(kept, "bækgaarden", "person") == []


@given(st.text(max_size=40))
def test_any_text_can_be_searched_for(kept, typed):
    """No text is a mistake to the search."""
    for record in search.RECORDS:
        found(kept, typed, record)


@given(st.text(max_size=60))
def test_words_are_made_comparable_once_and_for_all(text):
    """Making the words of words changes nothing, and none has a sign in it."""
    words = search.words_of(text)
    assert search.words_of(" ".join(words)) == words
    assert all(word.isalnum() or not word.isascii() for word in words)


def test_the_rows_are_what_a_refresh_would_write(kept):
    """What storing keeps up is what `refresh_all` makes from nothing."""
    rows = "SELECT rowid, record, record_id, words FROM search ORDER BY rowid"
    before = run_query(kept, rows).rows
    assert len(before) >= 4 + 3 + 3
    engine = make_engine(kept)
    with engine.begin() as connection:
        search.refresh_all(connection)
    engine.dispose()
    assert run_query(kept, rows).rows == before


def test_what_is_gone_is_not_found_and_leaves_no_word_in_the_file(kept, tmp_path):
    """A deleted record's row goes, and after `compact` no byte of it is left in the index."""
    target = tmp_path / "navnenyt.db"
    with closing(sqlite3.connect(sqlite_path(kept))) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    engine = make_engine(f"sqlite:///{target}")
    with engine.begin() as connection:
        (id_,) = connection.exec_driver_sql("SELECT id FROM person WHERE name = 'Åse Bækgaard'").one()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(
            "UPDATE person SET name = 'X', name_folded = 'x', name_key = 'x' WHERE id = ?", (id_,)
        )
        connection.exec_driver_sql(
            "UPDATE move SET person = 'X', text = 'X', evidence = '{}' WHERE person_id = ?", (id_,)
        )
        moves = [row[0] for row in connection.exec_driver_sql("SELECT id FROM move WHERE person_id = ?", (id_,))]
        search.index(connection, "person", [id_])
        search.index(connection, "move", moves)
        search.compact(connection)
    engine.dispose()
    assert found(f"sqlite:///{target}", "bækgaard", "person") == []
    assert b"baekgaard" not in target.read_bytes()
    assert "bækgaard".encode() not in target.read_bytes().lower()
