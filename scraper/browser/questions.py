"""The questions of `db/trends` as pages ask them: filters from an address in, an answer out."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from db.query import Result
from db.trends import Trend
from scraper.browser.reader import Reader, state_of
from scraper.show.filters import checked

MOST_ROWS = 2000
SECONDS = 10.0
"""After so long a question is given up."""
KEPT = 40
"""Answers that are kept until the database has changed: a page, its plots and its files are of one."""


def given(question: Trend, args: Any) -> dict[str, str]:
    """The filters that an address sets, as they were typed, of those that the question has."""
    filters = {name: (args.get(name) or "").strip()[:200] for name in question.parameters}
    return {name: value for name, value in filters.items() if value}


def answer(connection: sqlite3.Connection, question: Trend, filters: Mapping[str, str]) -> Result:
    """The question's answer; a filter that was not given is NULL, which leaves it out.

    Raises QueryError for a value that a filter does not take, with those that it does.
    """
    values = {**dict.fromkeys(question.parameters), **checked(question, filters)}
    cursor = connection.execute(question.sql, values)
    columns = tuple(column[0] for column in cursor.description)
    rows = [tuple(row) for row in cursor.fetchmany(MOST_ROWS + 1)]
    return Result(columns, rows[:MOST_ROWS], len(rows) > MOST_ROWS)


class Answers:
    """Asks questions, and keeps the answers that were given last. Used in one event loop."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: OrderedDict[object, Result] = OrderedDict()

    async def to(self, question: Trend, filters: Mapping[str, str]) -> Result:
        """The question's answer. Raises QueryError."""
        key = (question.name, tuple(sorted(filters.items())), state_of(self._reader.path))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        found = await self._reader.ask(lambda connection: answer(connection, question, filters), seconds=SECONDS)
        self._kept[key] = found
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found
