"""The questions of `db/trends` as pages ask them: filters from an address in, an answer out."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from db.query import Result
from db.trends import Trend
from scraper.errors import QueryError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOST_ROWS = 2000


def given(question: Trend, args: Any) -> dict[str, str]:
    """The filters that an address sets, of those that the question has. Raises QueryError for a day that is none."""
    filters = {name: (args.get(name) or "").strip()[:200] for name in question.parameters}
    for name in ("since", "until"):
        if (said := filters.get(name)) and not _DAY.fullmatch(said):
            raise QueryError(f"{name}: {said!r} is no day.", hint="Write it as 2026-01-31.")
    return {name: value for name, value in filters.items() if value}


def answer(connection: sqlite3.Connection, question: Trend, filters: dict[str, str]) -> Result:
    """The question's answer; a filter that was not given is NULL, which leaves it out."""
    values = {name: filters.get(name) for name in question.parameters}
    cursor = connection.execute(question.sql, values)
    columns = tuple(column[0] for column in cursor.description)
    rows = [tuple(row) for row in cursor.fetchmany(MOST_ROWS + 1)]
    return Result(columns, rows[:MOST_ROWS], len(rows) > MOST_ROWS)
