"""A user's SQL: answered, bounded, and never able to write."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import db.query as room
from db.engine import connect_read_only, make_engine
from db.query import run_query
from db.store import Store
from scraper.errors import DatabaseLocked, NotOurDatabase, QueryError, StoreError
from tests.db.conftest import Desk, ad, hire

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture(scope="module")
def file(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with something in it, for all questions here: none of them can change it."""
    path = Path(shutil.copy(template, tmp_path_factory.mktemp("asked") / "navnenyt.db"))
    engine = make_engine(f"sqlite:///{path}")
    desk = Desk(Store(engine), path)
    desk.begin()
    desk.page(hire(earlier_companies=("Østlys", "Vestlys")), hire("Åse Tværsted"), ad())
    desk.end()
    engine.dispose()
    return path


@pytest.fixture
def asked(file: Path) -> str:
    """Its URL."""
    return f"sqlite:///{file}"


def ticking() -> Iterator[float]:
    second = 0.0
    while True:
        yield second
        second += 1.0


def test_an_answer_has_columns_and_rows(asked: str) -> None:
    """A question gives its columns by name and its rows as values."""
    answer = run_query(asked, "SELECT person, kind FROM moves ORDER BY person")
    assert answer.columns == ("person", "kind")
    assert answer.rows == [("Signe Lundegaard", "hire"), ("Åse Tværsted", "hire")]
    assert not answer.truncated


def test_more_rows_than_wanted(asked: str) -> None:
    """An answer ends at the number of rows asked for and says so."""
    answer = run_query(asked, "SELECT person FROM moves", max_rows=1)
    assert (len(answer.rows), answer.truncated) == (1, True)
    assert not run_query(asked, "SELECT person FROM moves", max_rows=2).truncated


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT e.value FROM moves m, json_each(m.earlier_companies) e",
        "PRAGMA table_info(moves)",
        "SELECT name FROM pragma_table_info('moves')",
        "SELECT name FROM sqlite_schema WHERE type = 'view'",
        "EXPLAIN QUERY PLAN SELECT * FROM moves",
        "VALUES (1), (2)",
        "WITH x AS (SELECT 1) SELECT * FROM x; -- and no more",
        "SELECT count(*) FROM moves WHERE person_folded LIKE '%åse%'",
    ],
)
def test_what_people_ask(asked: str, sql: str) -> None:
    """Everything that only reads is answered: table functions, the schema, plans."""
    assert run_query(asked, sql).rows


def test_parameters(asked: str) -> None:
    """Named parameters are filled in; one that is not given is NULL."""
    sql = "SELECT count(*) FROM moves WHERE :person IS NULL OR person = :person"
    assert run_query(asked, sql).rows == [(2,)]
    assert run_query(asked, sql, {"person": "Åse Tværsted"}).rows == [(1,)]


WRITES = [
    "DELETE FROM move",
    "DELETE FROM moves",
    "UPDATE move SET person = 'x'",
    "INSERT INTO source (name, kind, title) VALUES ('x', 'articles', 'x')",
    "WITH a AS (SELECT 1) INSERT INTO source SELECT 9, 'x', 'articles', 'x'",
    "CREATE TABLE x (a)",
    "CREATE TEMP TABLE x (a)",
    "CREATE TEMP VIEW x AS SELECT 1",
    "CREATE VIRTUAL TABLE x USING fts5(a)",
    "DROP TABLE move",
    "ALTER TABLE move ADD COLUMN x",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "VACUUM INTO '{new}'",
    "ATTACH '{new}' AS other",
    "DETACH main",
    "BEGIN",
    "COMMIT",
    "SAVEPOINT x",
    "PRAGMA journal_mode = wal",
    "PRAGMA writable_schema = 1",
    "PRAGMA query_only = 0",
    "PRAGMA application_id = 1",
    "PRAGMA user_version = 1",
    "PRAGMA hard_heap_limit = 1",
    "UPDATE sqlite_schema SET sql = 'x'",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('x')",
    "SELECT printf('%.*c', 1000000000, 'x')",
    "SELECT format('%.*c', 1000000000, 'x')",
    "EXPLAIN DELETE FROM move",
]


@pytest.mark.parametrize("sql", WRITES)
def test_nothing_that_writes_or_hangs(asked: str, file: Path, tmp_path: Path, sql: str) -> None:
    """Every way to write or to hold up the machine is refused with the reason, and no file is changed or made."""
    before, files = file.read_bytes(), sorted([*tmp_path.iterdir(), *file.parent.iterdir()])
    with pytest.raises(QueryError) as told:
        run_query(asked, sql.format(new=tmp_path / "new.db"))
    assert told.value.hint
    assert file.read_bytes() == before
    assert sorted([*tmp_path.iterdir(), *file.parent.iterdir()]) == files


def test_without_the_authorizer_files_are_written(file: Path, tmp_path: Path) -> None:
    """The control: a connection that is merely opened read-only still makes files."""
    plain = connect_read_only(file)
    plain.execute("VACUUM INTO ?", (str(tmp_path / "copied.db"),))
    plain.execute("ATTACH ? AS other", (str(tmp_path / "attached.db"),))
    plain.execute("CREATE TABLE other.x (a)")
    plain.close()
    assert (tmp_path / "copied.db").exists()
    assert (tmp_path / "attached.db").exists()


def test_an_endless_question_is_ended(asked: str) -> None:
    """A question that never ends is cut at its limit and told to ask for less."""
    clock = ticking()
    with pytest.raises(QueryError, match="longer than 10 s") as told:
        run_query(asked, ENDLESS, clock=lambda: next(clock))
    assert "LIMIT" in told.value.hint
    assert next(clock) < 20


def test_without_the_clock_it_goes_on(asked: str) -> None:
    """The control: with a clock that stands still the same question is not cut at its limit."""
    looks = 0

    def standing() -> float:
        nonlocal looks
        looks += 1
        return 0.0 if looks < 500 else 99.0

    with pytest.raises(QueryError, match="longer"):
        run_query(asked, ENDLESS, clock=standing)
    assert looks == 500


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT zeroblob(1000000000)",
        "SELECT randomblob(1000000000)",
        "SELECT group_concat(hex(zeroblob(300000))) FROM (VALUES (1), (2), (3), (4))",
        "SELECT '" + "x" * 200_000 + "'",
    ],
)
def test_no_giant_values(asked: str, sql: str) -> None:
    """A value or a statement beyond the limit is refused before it takes the memory."""
    with pytest.raises(QueryError, match="too large"):
        run_query(asked, sql)


def test_no_giant_answers(asked: str) -> None:
    """Many large values together are refused too."""
    many = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 100) SELECT zeroblob(900000) FROM n"
    )
    with pytest.raises(QueryError, match="larger than 64 MB"):
        run_query(asked, many)


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("SELECT * FROM nobody", "There is no table nobody"),
        ("SELECT salary FROM moves", "There is no column salary"),
        ("SELEKT 1", "The SQL is wrong: near"),
        ("SELECT", "The SQL is wrong: incomplete"),
        ("SELECT 1; SELECT 2", "more than one statement"),
        ("SELECT 1; DROP TABLE move", "more than one statement"),
        ("", "gives no rows"),
        ("-- only a comment", "gives no rows"),
        ("SELECT ?", "The SQL is wrong"),
        ("SELECT '\x00'", "The SQL is wrong"),
        ("SELECT '\ud800'", "no text"),
        ("SELECT 1 WHERE 'x' LIKE '" + "%" * 300 + "'", "LIKE"),
    ],
)
def test_wrong_sql_says_what_is_wrong(asked: str, sql: str, words: str) -> None:
    """A mistake is told in SQLite's words or plainer ones."""
    with pytest.raises(QueryError) as told:
        run_query(asked, sql)
    assert words in told.value.message


def test_a_database_that_cannot_be_asked(tmp_path: Path) -> None:
    """A missing database and a file that is none are told as that, not as wrong SQL."""
    with pytest.raises(StoreError, match="There is no database"):
        run_query(f"sqlite:///{tmp_path / 'none.db'}", "SELECT 1")
    (tmp_path / "page.html").write_text("<html>" * 100)
    with pytest.raises(NotOurDatabase):
        run_query(f"sqlite:///{tmp_path / 'page.html'}", "SELECT 1")


def test_a_writer_in_the_middle_of_its_commit(asked: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another holds the whole file, the question waits and then names the lock."""
    reader = connect_read_only(file, busy_timeout=0.001)
    monkeypatch.setattr(room, "connect_read_only", lambda _path: reader)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    if other.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        pytest.skip("with a WAL a writer holds up no reader")
    with pytest.raises(DatabaseLocked):
        run_query(asked, "SELECT count(*) FROM moves")
    other.close()
