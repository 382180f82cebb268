"""Whole tables for files: the rows of a view in pieces, each read for itself, so that a run is never kept waiting.

A reader holds up a writer for as long as it reads. A file of a million rows takes longer than a run waits for a lock,
so the rows come in pieces by their ids; a row that is added meanwhile is in the file or is not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from db.engine import connect_read_only, explained, sqlite_path
from scraper.errors import QueryError

PIECE = 5_000
"""Ids in a piece: some ten milliseconds of reading."""
TABLES = ("moves", "job_ads", "companies")
_SINCE = {"moves": "first_seen", "job_ads": "first_seen"}
_LEFT_OUT = ("person_folded", "company_folded", "role_folded", "title_folded", "name_folded")
"""Columns for searching, which say nothing that the others do not."""

_INTEGERS = frozenset(
    "id person_id company_id previous_company_id age lead_days times_seen times_relisted days_open hires moves"
    " hired_away job_ads open_job_ads open_ads".split()
)
_DAYS = frozenset({"start_date_first", "posted", "deadline", "latest_hire_start"})
_TIMES = frozenset({"first_seen", "last_seen", "gone_at"})
_LISTS = frozenset({"earlier_companies", "education", "institution"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a file. `kind` is text, integer, number, truth, day, time (UTC), list (of text) or object."""

    name: str
    kind: str = "text"

    def value(self, stored: Any) -> Any:
        """What SQLite gave, as Python has it. Raises ValueError for what is not of the kind."""
        if stored is None:
            return None
        if self.kind == "time":
            return datetime.fromisoformat(stored).replace(tzinfo=UTC)
        if self.kind == "day":
            return date.fromisoformat(stored)
        if self.kind in {"list", "object"}:
            return json.loads(stored)
        return bool(stored) if self.kind == "truth" else stored


@dataclass(frozen=True, slots=True)
class Table:
    """Rows for a file, made while they are read; their values are as `Column.value` gives them."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterator[list[Any]]


def kind_of(name: str) -> str:
    """The kind of a column of the views, by its name."""
    kinds = (("integer", _INTEGERS), ("day", _DAYS), ("time", _TIMES), ("list", _LISTS))
    found = next((kind for kind, names in kinds if name in names), "text")
    return {"evidence": "object", "is_open": "truth"}.get(name, found)


def table(url: str, name: str, *, since: date | None = None) -> Table:
    """The rows of a view of TABLES, by id; with `since` those first seen on that day (UTC) or later.

    Raises QueryError for another name, and for a view that has no day; StoreError when there is no database.
    """
    if name not in TABLES:
        raise QueryError(f"There is no table {name!r} to write.", hint=f"There are: {', '.join(TABLES)}, trend:NAME.")
    if since is not None and name not in _SINCE:
        raise QueryError(f"{name} are not of a day.", hint="Leave out --since.")
    path = sqlite_path(url)
    with closing(connect_read_only(path)) as connection, explained(path):
        described = connection.execute(f"SELECT * FROM {name} LIMIT 0").description  # noqa: S608 - one of TABLES
        last = connection.execute(f"SELECT max(id) FROM {name}").fetchone()[0] or 0  # noqa: S608 - one of TABLES
    columns = tuple(Column(one[0], kind_of(one[0])) for one in described if one[0] not in _LEFT_OUT)
    return Table(name, columns, _rows(url, name, columns, last, since))


def _rows(url: str, name: str, columns: tuple[Column, ...], last: int, since: date | None) -> Iterator[list[Any]]:
    path = sqlite_path(url)
    listed = ", ".join(column.name for column in columns)
    later = f" AND {_SINCE[name]} >= :since" if since is not None else ""
    sql = f"SELECT {listed} FROM {name} WHERE id > :after AND id <= :upto{later} ORDER BY id"  # noqa: S608 - names of ours
    with closing(connect_read_only(path)) as connection:
        for after in range(0, last, PIECE):
            given = {"after": after, "upto": after + PIECE, "since": since.isoformat() if since else None}
            with explained(path):
                piece: list[sqlite3.Row] = connection.execute(sql, given).fetchall()
            for row in piece:
                yield [column.value(value) for column, value in zip(columns, row, strict=True)]
