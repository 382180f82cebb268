"""SQLite opened the safe way."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from db.engine import connect_read_only, explain, explained, journal_mode, make_engine, reading, sqlite_path
from db.models import Source
from scraper.errors import DatabaseLocked, DiskFull, ExitStatus, NotOurDatabase, StoreError

ROW = {"name": "a", "kind": "articles", "title": "A"}


def ticking(step: float) -> Callable[[], float]:
    """A clock that moves on by a step at each look."""
    ticks: Iterator[float] = iter(step * number for number in range(1_000_000))
    return lambda: next(ticks)


def pragma(engine: Engine, name: str) -> object:
    with reading(engine) as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("version", "mode"),
    [((3, 40, 1), "delete"), ((3, 51, 2), "delete"), ((3, 51, 3), "wal"), ((3, 52, 0), "wal"), ((4, 0, 0), "wal")],
)
def test_the_write_ahead_log_only_where_it_is_sound(version: tuple[int, ...], mode: str) -> None:
    """SQLite's write-ahead log is used from the release on that no longer corrupts with several connections."""
    assert journal_mode(version) == mode


def test_every_connection_is_set_up(engine: Engine) -> None:
    """Synced writes, enforced keys, overwritten deletions, the right journal."""
    assert pragma(engine, "journal_mode") == journal_mode(sqlite3.sqlite_version_info)
    assert pragma(engine, "synchronous") == 3
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "secure_delete") == 1


def test_a_database_in_another_journal_is_brought_back(path: Path, url: str) -> None:
    """A file that another program left in the journal we do not want is changed to the one we do."""
    other = "wal" if journal_mode(sqlite3.sqlite_version_info) == "delete" else "delete"
    plain = sqlite3.connect(path)
    plain.execute(f"PRAGMA journal_mode = {other}")
    plain.close()
    engine = make_engine(url)
    assert pragma(engine, "journal_mode") == journal_mode(sqlite3.sqlite_version_info)
    engine.dispose()


def test_a_lock_is_waited_for_and_then_told(path: Path, url: str) -> None:
    """While another program writes, ours waits in rounds until its time is up, and then names the lock."""
    engine = make_engine(url, busy_timeout=0.001, total_wait=60, clock=ticking(10))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseLocked, match="locked") as told, engine.begin():
        pass
    assert told.value.exit_status is ExitStatus.LOCKED
    assert "End the program" in told.value.hint
    other.execute("ROLLBACK")
    with engine.begin() as connection:
        connection.execute(insert(Source), ROW)
    other.close()
    engine.dispose()


def test_a_lock_that_goes_away_in_time_is_no_error(path: Path, url: str) -> None:
    """A writer that ends while ours waits is simply waited for."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        if looks == 3:
            other.execute("COMMIT")
        return 0.0

    engine = make_engine(url, busy_timeout=0.001, clock=clock)
    with engine.begin() as connection:
        connection.execute(insert(Source), ROW)
    assert looks >= 3
    other.close()
    engine.dispose()


@pytest.mark.skipif(journal_mode(sqlite3.sqlite_version_info) == "wal", reason="with a WAL readers hold up nobody")
def test_a_reader_holds_up_a_commit_but_loses_nothing(path: Path, url: str) -> None:
    """A commit that a reader holds up is tried again, and what was written is there afterwards."""
    reader = sqlite3.connect(path, isolation_level=None)
    looks = 0

    def clock() -> float:
        nonlocal looks
        looks += 1
        if looks == 4:
            reader.execute("COMMIT")
        return 0.0

    engine = make_engine(url, busy_timeout=0.001, clock=clock)
    with engine.begin() as connection:
        connection.execute(insert(Source), ROW)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM source").fetchall()
    assert reader.execute("SELECT count(*) FROM source").fetchone() == (1,)
    reader.close()
    engine.dispose()


@pytest.mark.skipif(journal_mode(sqlite3.sqlite_version_info) == "wal", reason="with a WAL readers hold up nobody")
def test_a_commit_that_never_comes_through_stores_nothing(path: Path, url: str) -> None:
    """When a reader outlasts our patience, the write is told as locked and rolled back whole."""
    engine = make_engine(url, busy_timeout=0.001, clock=ticking(20))
    reader = sqlite3.connect(path, isolation_level=None)

    def write_while_somebody_reads() -> None:
        with engine.begin() as connection:
            connection.execute(insert(Source), ROW)
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM source").fetchall()

    with pytest.raises(DatabaseLocked):
        write_while_somebody_reads()
    reader.execute("COMMIT")
    assert reader.execute("SELECT count(*) FROM source").fetchone() == (0,)
    reader.close()
    engine.dispose()


def test_a_reader_takes_no_writers_lock(engine: Engine, path: Path) -> None:
    """Two can read at once while a third has begun to write."""
    with reading(engine) as one, reading(engine) as two:
        one.execute(text("SELECT 1"))
        two.execute(text("SELECT count(*) FROM source"))
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert one.execute(text("SELECT count(*) FROM source")).scalar() == 0
        other.close()


def test_a_full_disk_is_told_as_such(engine: Engine, path: Path) -> None:
    """When no space is left, the error says so and has an exit status of its own; what was there is whole."""
    rows = [{**ROW, "name": str(number) * 500} for number in range(200)]
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull, match="No space") as told:
            connection.execute(insert(Source), rows)
    assert told.value.exit_status is ExitStatus.DISK_FULL
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert plain.execute("SELECT count(*) FROM source").fetchone() == (0,)
    plain.close()


def test_no_database_at_all(tmp_path: Path) -> None:
    """A file of other bytes, and a place where no file can be, are each told with what to do."""
    page = tmp_path / "page.html"
    page.write_text("<html>" * 1000)
    with pytest.raises(NotOurDatabase, match="no SQLite database"), make_engine(f"sqlite:///{page}").connect():
        pass
    with pytest.raises(StoreError, match="cannot be written"), make_engine("sqlite:////proc/nothing.db").connect():
        pass
    with pytest.raises(StoreError, match="There is no database"):
        connect_read_only(tmp_path / "missing.db")


def sqlite_error(name: str) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError(f"said {name}")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("SQLITE_BUSY_SNAPSHOT", DatabaseLocked, "locked"),
        ("SQLITE_LOCKED_SHAREDCACHE", DatabaseLocked, "locked"),
        ("SQLITE_FULL", DiskFull, "space"),
        ("SQLITE_CORRUPT_INDEX", StoreError, "damaged"),
        ("SQLITE_READONLY_DIRECTORY", StoreError, "cannot be written"),
        ("SQLITE_IOERR_FSYNC", StoreError, "disk failed"),
    ],
)
def test_what_sqlite_says_in_our_words(tmp_path: Path, name: str, kind: type[StoreError], words: str) -> None:
    """Each way in which a database gives out has an error of ours and a next step."""
    ours = explain(sqlite_error(name), tmp_path / "navnenyt.db")
    assert type(ours) is kind
    assert words in ours.message
    assert ours.hint


def test_a_failed_write_on_a_full_disk_is_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite tells some full disks as a failed write or a journal it cannot open; the free space tells them apart."""
    monkeypatch.setattr("db.engine.shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 0, "total": 1}))
    assert isinstance(explain(sqlite_error("SQLITE_IOERR_WRITE"), tmp_path / "x.db"), DiskFull)
    monkeypatch.undo()
    gone = explain(sqlite_error("SQLITE_IOERR_WRITE"), tmp_path / "gone" / "x.db")
    assert type(gone) is StoreError


def test_a_transaction_within_a_transaction(engine: Engine, path: Path) -> None:
    """What is neither a lock nor a full disk is not waited for: it comes out at once as what it is."""
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("BEGIN")
        with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
            connection.begin()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE x (a)")
    with pytest.raises(sqlite3.IntegrityError), explained(path):
        plain.execute("INSERT INTO source (id, name) VALUES (1, 'x')")
    plain.close()


def test_a_mistake_of_the_program_stays_one(engine: Engine, tmp_path: Path) -> None:
    """A broken constraint is no trouble with the database and keeps its own error; it names no values."""
    assert explain(sqlite_error("SQLITE_CONSTRAINT"), tmp_path / "x.db") is None
    assert explain(ValueError("no"), tmp_path / "x.db") is None
    with pytest.raises(Exception, match=r"CHECK") as told, engine.begin() as connection:
        connection.execute(insert(Source), {**ROW, "kind": "blog", "title": "a secret"})
    assert "a secret" not in str(told.value)


@pytest.mark.parametrize(
    "url", ["postgresql://localhost/x", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?uri=true"]
)
def test_only_sqlite_files(url: str) -> None:
    """A database that is none of SQLite's files is refused with an example of one that is."""
    with pytest.raises(StoreError) as told:
        sqlite_path(url)
    assert "sqlite:///" in told.value.hint


def test_a_reader_after_a_killed_writer(path: Path, url: str, tmp_path: Path) -> None:
    """A file that a killed run left in the middle of a commit can be read: it is rolled back first."""
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = delete")
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(300):
        writer.execute("INSERT INTO source (name, kind, title) VALUES (?, 'articles', ?)", (str(number), "x" * 500))
    dead = tmp_path / "dead" / "navnenyt.db"
    dead.parent.mkdir()
    for suffix in ("", "-journal"):
        dead.with_name(dead.name + suffix).write_bytes(path.with_name(path.name + suffix).read_bytes())
    writer.execute("ROLLBACK")
    writer.close()
    reader = connect_read_only(dead)
    assert reader.execute("SELECT count(*) FROM source").fetchone() == (0,)
    assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    reader.close()
