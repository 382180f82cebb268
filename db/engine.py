"""Opening SQLite the safe way.

- A rollback journal: the write-ahead log has a corruption bug with several connections up to SQLite 3.51.2, so it is
  used from 3.51.3 on only.
- `synchronous=EXTRA`: with FULL a power cut right after a commit can bring the journal's name back, and with it the
  state before the commit.
- A writer takes its lock at once (`BEGIN IMMEDIATE`): a transaction that begins by reading and turns into a writer is
  refused by SQLite without any waiting. Readers say so: `reading(engine)`.
- The driver never commits by itself, so a migration is one transaction, tables included.
- What is deleted is overwritten (`secure_delete`), and foreign keys hold.
- What SQLite says comes out as one of our own errors, with what to do next.
"""

from __future__ import annotations

import errno
import json
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import ExceptionContext

from db.functions import add_functions
from scraper.errors import DatabaseLocked, DiskFull, NotOurDatabase, StoreError

WAL_IS_SAFE_FROM = (3, 51, 3)
BUSY_TIMEOUT = 5.0
"""Seconds that SQLite itself waits for a lock before it says so."""
TOTAL_WAIT = 60.0
"""Seconds after which a lock is no longer waited for."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What the system says when no more can be written: no space, a spent quota, a file at its limit."""
_FULL_BELOW = 64 * 1024
"""Bytes of free space under which a failed write is told as a full disk."""


def journal_mode(sqlite_version: tuple[int, ...]) -> str:
    """`delete` (a rollback journal) or, where the runtime has the corrected one, `wal`."""
    return "wal" if sqlite_version >= WAL_IS_SAFE_FROM else "delete"


def sqlite_path(url: str) -> Path:
    """The file of a SQLite URL. Raises StoreError for another database and for one in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        raise StoreError(
            f"{parsed.get_backend_name()} is not supported yet.",
            hint="Name a SQLite file under `database:`, such as sqlite:///data/navnenyt.db.",
        )
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise StoreError(
            "A database in memory would be lost at the end.",
            hint="Name a SQLite file under `database:`, such as sqlite:///data/navnenyt.db.",
        )
    return Path(parsed.database)


def explain(error: BaseException, path: Path) -> StoreError | None:
    """What an error of SQLite means for a person, or None when it is a mistake of the program."""
    name = getattr(error, "sqlite_errorname", "") or ""
    folder = path.parent
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return DatabaseLocked(
            f"{path} is locked by another program.",
            hint="End the program that has it open (a database browser, another run), then run again.",
        )
    full = name.startswith(("SQLITE_IOERR", "SQLITE_CANTOPEN")) and _is_full(path)
    if name.startswith("SQLITE_FULL") or full:
        return DiskFull(f"No space is left for {path}.", hint=f"Free some space under {folder}, then run again.")
    if name.startswith("SQLITE_NOTADB"):
        return NotOurDatabase(
            f"{path} is no SQLite database.", hint="Name another path under `database:` in config.yaml."
        )
    if name.startswith("SQLITE_CORRUPT"):
        return StoreError(f"{path} is damaged: {error}", hint="Restore the newest backup.")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH")):
        return StoreError(
            f"{path} cannot be written: {error}.",
            hint=f"Make sure that the folder {folder} exists and that you may write to it and to the file.",
        )
    if name.startswith("SQLITE_IOERR"):
        return StoreError(f"{path}: the disk failed: {error}.", hint="Check the disk, then run again.")
    return None


def _is_full(path: Path) -> bool:
    """Whether nothing more can be written there: SQLite tells a spent quota or limit as a failure of the disk."""
    try:
        usage = shutil.disk_usage(path.parent)
        if usage.total > 0 and usage.free < _FULL_BELOW:
            return True
        largest = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
        files = [file for file in (path, path.with_name(f"{path.name}-journal")) if file.exists()]
        if largest != resource.RLIM_INFINITY and any(f.stat().st_size + _FULL_BELOW > largest for f in files):
            return True
        with tempfile.TemporaryFile(dir=path.parent, buffering=0) as probe:
            probe.write(bytes(_FULL_BELOW))
    except OSError as error:
        return error.errno in FULL
    return False


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Errors of SQLite inside come out as ours."""
    try:
        yield
    except sqlite3.Error as error:
        if (ours := explain(error, path)) is not None:
            raise ours from error
        raise


def make_engine(
    url: str,
    *,
    busy_timeout: float = BUSY_TIMEOUT,
    total_wait: float = TOTAL_WAIT,
    clock: Callable[[], float] = time.monotonic,
) -> Engine:
    """An engine whose connections are set up as this module says; nothing is opened yet.

    A lock is waited for in rounds of `busy_timeout` seconds until `total_wait` seconds have gone by on `clock`; then
    DatabaseLocked is raised. Raises StoreError for a URL that names no SQLite file.
    """
    path = sqlite_path(url)
    engine = create_engine(
        url,
        connect_args={"isolation_level": None, "timeout": busy_timeout},
        hide_parameters=True,  # an error that reaches a log names no person
        json_serializer=partial(json.dumps, ensure_ascii=False, sort_keys=True),
    )

    def patiently(cursor: sqlite3.Cursor, statement: str) -> None:
        started = clock()
        while True:
            try:
                cursor.execute(statement)
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorname.startswith("SQLITE_BUSY")
                if busy and clock() - started < total_wait:
                    continue
                if (ours := explain(error, path)) is not None:
                    raise ours from error
                raise
            return

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _record: object) -> None:
        with explained(path):
            cursor = connection.cursor()
            wanted = journal_mode(sqlite3.sqlite_version_info)
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != wanted:
                patiently(cursor, f"PRAGMA journal_mode = {wanted}")
            cursor.execute("PRAGMA synchronous = EXTRA")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA secure_delete = ON")
            cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = "BEGIN" if connection.get_execution_options().get("read_only") else "BEGIN IMMEDIATE"
        patiently(_raw(connection).cursor(), statement)

    @event.listens_for(engine, "commit")
    def commit(connection: Connection) -> None:
        # A reader may hold the file just now: COMMIT can be tried again, the driver's own commit() would give up.
        raw = _raw(connection)
        if raw.in_transaction:
            patiently(raw.cursor(), "COMMIT")

    @event.listens_for(engine, "handle_error")
    def handle(context: ExceptionContext) -> None:
        ours = explain(context.original_exception, path)
        if ours is not None:
            raise ours from context.original_exception

    return engine


def _raw(connection: Connection) -> sqlite3.Connection:
    raw: Any = connection.connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that only reads: it takes no writer's lock, and sees one state of the database throughout."""
    with engine.connect().execution_options(read_only=True) as connection:
        yield connection


def connect_read_only(
    path: Path, *, busy_timeout: float = BUSY_TIMEOUT, any_thread: bool = False
) -> sqlite3.Connection:
    """A plain connection that cannot write the file, with the functions of `db.functions`. Raises our errors.

    With `any_thread` another thread may close it.

    After a run that was killed the file waits to be rolled back, which a reader may not do: that is done first.
    """
    if not path.exists():
        raise StoreError(f"There is no database {path}.", hint="Run `navnenyt run` first, or name another in config.")
    uri = f"{path.resolve().as_uri()}?mode=ro"

    def opened() -> sqlite3.Connection:
        return sqlite3.connect(
            uri, uri=True, isolation_level=None, timeout=busy_timeout, check_same_thread=not any_thread
        )

    with explained(path):
        connection = opened()
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            connection.close()
            if error.sqlite_errorname not in {"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY"}:
                raise
            writer = sqlite3.connect(path, timeout=busy_timeout)
            writer.execute("SELECT count(*) FROM sqlite_master").fetchone()
            writer.close()
            connection = opened()
        add_functions(connection)
        return connection
