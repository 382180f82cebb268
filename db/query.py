"""A user's SQL, on a connection that cannot write, in bounded time and space.

`mode=ro` alone does not make SQLite read-only: ATTACH and VACUUM INTO still write other files, `zeroblob` takes all
memory, and a recursive query need never end. So an authorizer lets only reading pass, limits cap the size of values,
and a progress handler ends what takes too long.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.engine import connect_read_only, explain, sqlite_path
from scraper.errors import DatabaseLocked, QueryError

MAX_VALUE_BYTES = 1_000_000
"""The largest single text or blob that a query may make or read."""
MAX_RESULT_BYTES = 64_000_000
"""About the most that all values of one answer may take."""
MAX_ROWS = 100_000
_STEPS_BETWEEN_LOOKS = 1000
"""Virtual-machine steps between two looks at the clock: some microseconds."""

_READING = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})
_PRAGMAS = frozenset({"table_info", "table_xinfo", "table_list", "index_list", "index_info", "foreign_key_list"})
"""The pragmas that only tell, whatever they are given."""
_PRAGMAS_BARE = frozenset({"application_id", "schema_version", "data_version"})
"""Those that only tell when they are given no value; full-text search itself asks for `data_version`."""
_FUNCTIONS_REFUSED = frozenset(
    {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "printf", "format"}
)
"""Functions that reach outside the database, and the two that one call can hold up: printf('%.*c', 1000000000, 'x')
runs for many seconds without a step between which the clock could be looked at. round() and || do their work."""
_WRITES = ("not authorized", "prohibited", "cannot modify", "may not be modified")
"""What SQLite says of a statement that would write."""
_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 50),
    (sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
    (sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0),
)


@dataclass(frozen=True, slots=True)
class Result:
    """An answer. `truncated` says that there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    truncated: bool = False


class _Parameters(dict[str, Any]):
    """Named parameters; one that was not given is NULL, by which a question's SQL leaves its filter out."""

    def __missing__(self, name: str) -> None:
        return None


def run_query(
    url: str,
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    limit_seconds: float = 10,
    max_rows: int = MAX_ROWS,
    cut_bytes: int | None = None,
    memory: int | None = None,
    clock: Callable[[], float] = time.monotonic,
) -> Result:
    """The answer to one SELECT on the SQLite database at `url`.

    A named parameter (`:since`) that `parameters` does not give is NULL. `memory` is the most that SQLite may hold in
    all of this process, in bytes, and keeps it from sorting in files; None lets it do both. With `cut_bytes` an answer
    of more than about so many bytes ends there, `truncated`. Raises QueryError when the SQL is wrong, would write, is
    more than one statement, takes more than `limit_seconds` on `clock`, needs more than `memory`, or answers with too
    much; StoreError when there is no such database.
    """
    path = sqlite_path(url)
    with closing(connect_read_only(path)) as connection, _explained(path, limit_seconds):
        if memory is not None:
            connection.execute(f"PRAGMA hard_heap_limit = {memory:d}")
            connection.execute("PRAGMA temp_store = MEMORY")
        confine(connection)
        deadline = clock() + limit_seconds
        connection.set_progress_handler(lambda: clock() >= deadline, _STEPS_BETWEEN_LOOKS)
        cursor = connection.execute(sql, _Parameters(parameters or {}))
        if cursor.description is None:
            raise QueryError("The statement gives no rows.", hint="Ask with SELECT, WITH … SELECT or VALUES.")
        columns = tuple(column[0] for column in cursor.description)
        rows, truncated = _bounded(cursor, max_rows, cut_bytes)
        return Result(columns, rows, truncated)


def confine(connection: sqlite3.Connection) -> None:
    """Let a connection do nothing but read, and make no large values. How long it reads is the caller's to bound."""
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    for limit, value in _LIMITS:
        connection.setlimit(limit, value)
    connection.set_authorizer(_may)


def _may(action: int, first: str | None, second: str | None, _schema: str | None, _inner: str | None) -> int:
    allowed = action in _READING
    if action == sqlite3.SQLITE_UPDATE:
        # What SQLite asks when a table function (json_each) is first used; the schema itself stays read-only.
        allowed = first == "sqlite_master"
    elif action == sqlite3.SQLITE_FUNCTION:
        allowed = (second or "").lower() not in _FUNCTIONS_REFUSED
    elif action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        allowed = name in _PRAGMAS or (name in _PRAGMAS_BARE and second is None)
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _bounded(cursor: sqlite3.Cursor, max_rows: int, cut_bytes: int | None) -> tuple[list[tuple[Any, ...]], bool]:
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        if len(rows) == max_rows:
            return rows, True
        size += sum(len(value) if isinstance(value, str | bytes) else 8 for value in row)
        if cut_bytes is not None and size > cut_bytes and rows:
            return rows, True
        if size > MAX_RESULT_BYTES:
            raise QueryError(
                f"The answer is larger than {MAX_RESULT_BYTES // 1_000_000} MB.",
                hint="Name the columns you need, or add LIMIT.",
            )
        rows.append(row)
    return rows, False


@contextmanager
def _explained(path: Path, limit_seconds: float) -> Iterator[None]:
    """What SQLite says of a statement, as a QueryError with what to do."""
    try:
        yield
    except (sqlite3.Error, sqlite3.Warning) as error:
        if isinstance(ours := explain(error, path), DatabaseLocked):
            raise ours from error
        raise _refusal(str(error), getattr(error, "sqlite_errorname", ""), limit_seconds) from error
    except MemoryError as error:
        raise QueryError(
            "The query needs more memory than it may have.", hint="Ask for less: add WHERE or LIMIT, name the columns."
        ) from error
    except UnicodeEncodeError as error:
        raise QueryError(f"The statement is no text that can be sent: {error.reason}.") from error


def _refusal(said: str, name: str, limit_seconds: float) -> QueryError:
    if name == "SQLITE_INTERRUPT":
        return QueryError(
            f"The query took longer than {limit_seconds:g} s and was ended.",
            hint="Ask for less: add WHERE or LIMIT, and join on the id columns.",
        )
    if name in {"SQLITE_AUTH", "SQLITE_READONLY"} or any(words in said for words in _WRITES):
        return QueryError(
            f"This connection can only read: {said}.", hint="Ask with one SELECT; only `navnenyt` itself writes."
        )
    if "one statement at a time" in said:
        return QueryError("That is more than one statement.", hint="Ask one question at a time.")
    if name == "SQLITE_TOOBIG":
        return QueryError(
            f"The statement, or a value that it makes, is too large: {said}.",
            hint=f"A single value may have {MAX_VALUE_BYTES // 1_000_000} MB.",
        )
    hint = "The views and their columns are in docs/data-model.md."
    if (missing := re.fullmatch(r"no such (table|column): (.+)", said)) is not None:
        return QueryError(f"There is no {missing[1]} {missing[2]}.", hint=hint)
    return QueryError(f"The SQL is wrong: {said}.", hint=hint)
