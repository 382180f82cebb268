"""The wide views as Datasette asks them, answered in a way that costs no more than what is shown.

Datasette asks in three ways: for a page of rows, for their number, and for the commonest values of a column. Each is
known by its words here and asked of the database in better ones; the answer is the same.
"""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from datasette.database import Database, QueryInterrupted, Results

from scraper.browser.orders import ordered
from scraper.browser.reader import state_of
from scraper.browser.tallies import COLUMNS, Tallies, Tally, of_some
from scraper.errors import QueryError

COUNTED = {"moves": "move_fact", "job_ads": "job_ad_fact", "companies": "company", "people": "person"}
"""Views that have a row for each row of a table, by which they are counted at once."""
COUNTING_MS = 400
"""Milliseconds that counting rows or values may take; a page then says no number."""
WALKING_MS = 500
"""Milliseconds for which rows are read in the order asked for, until a page is full; then they are gathered first."""
LARGE = 50_000
"""Moves from which on what is counted of a whole view is kept."""

_VIEWS = "|".join(COUNTED)
_PAGE = re.compile(
    rf"select (?P<columns>.+) from (?P<view>{_VIEWS}) (?:where (?P<where>.+?) )?"  # noqa: S608 - a pattern
    r'(?:order by "?(?P<by>\w+)"?(?P<down> desc)? ?)?(?P<limit>limit \d+(?: offset \d+)?)'
)
_ANY_PAGE = re.compile(
    r"select (?P<columns>.+) from (?P<table>\w+|\[\w+\]|\"\w+\") (?:where (?P<where>.+?) )?"
    r'(?:order by "?\[?(?P<by>\w+)\]?"?(?P<down> desc)?(?:, \w+)* ?)?(?P<limit>limit \d+)'
)
_TALLIED = "|".join({**COUNTED, **COLUMNS})
_COUNT = re.compile(rf"select count\(\*\) from (?P<view>{_TALLIED}) (?:where (?P<where>.+) )?")  # noqa: S608 - a pattern
_VALUES = re.compile(
    rf'select "?(?P<column>\w+)"? as value, count\(\*\) as count from \( select .+? from (?P<view>{_TALLIED})'  # noqa: S608
    r" ?(?:where (?P<where>.+?) )?\) where .+ limit (?P<most>\d+)"
)
_SELECTIVE = re.compile(r'"?\b(?:id|\w+_id|person|name|company|previous_company|person_folded|company_folded)\b"? = ')
"""Conditions that leave few rows, found by an index."""


class Way(NamedTuple):
    """A way to ask for a page of rows, and the milliseconds that it is given; None is as many as there are."""

    sql: str
    milliseconds: int | None = None


def ways(sql: str) -> list[Way]:
    """The ways to ask for what Datasette asks, in the order in which they are tried; the last is given all its time.

    Of a page the ids are found first, so that columns which take a look elsewhere are worked out for the rows of the
    page alone and not for all that are sorted. A condition that many rows meet is soonest met by reading the rows in
    the order asked for; one that few meet by gathering those. Which it is, is tried.
    """
    if (page := _PAGE.fullmatch(sql)) is None:
        return [Way(sql)]
    columns, view, where, by, down, limit = page.groups()
    direction = "DESC" if down else "ASC"
    order = ordered(view, by, descending=bool(down)) if by else None
    gathered = f"SELECT id FROM {view}{f' WHERE {where}' if where else ''}"  # noqa: S608 - parts of the statement
    if by:
        gathered += f' ORDER BY +"{by}" {direction}, +id {direction}'
    found = [gathered]
    if order and not where:
        found = [order]
    elif order and not _SELECTIVE.search(where):
        # The limit keeps SQLite from taking the order for needless.
        walked = f"(SELECT id AS number FROM ({order}) LIMIT -1) o CROSS JOIN {view} v ON v.id = o.number"  # noqa: S608
        found = [f"SELECT v.id FROM {walked} WHERE {where}", gathered]  # noqa: S608 - parts of the statement
    shown = f'ORDER BY "{by}" {direction}, id {direction}' if by else "ORDER BY id"
    return [
        Way(
            f"SELECT {columns} FROM {view} WHERE id IN (SELECT id FROM ({each} {limit})) {shown}",  # noqa: S608
            WALKING_MS if each is not found[-1] else None,
        )
        for each in found
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """What a page of a table asks, without its limit. With `has_ids` its rows are had by their ids, a few at a time."""

    table: str
    columns: tuple[str, ...]
    found: str
    given: Mapping[str, Any]
    has_ids: bool

    def ids(self, connection: sqlite3.Connection) -> array[int]:
        """The ids of all rows, in order."""
        return array("q", (row[0] for row in connection.execute(self.found, dict(self.given))))

    def rows_of(self, connection: sqlite3.Connection, ids: Sequence[int]) -> list[Sequence[Any]]:
        """The rows of these ids, in that order; one that is gone is left out."""
        listed = ", ".join(f'"{name}"' for name in self.columns)
        sql = f'SELECT id, {listed} FROM "{self.table}" WHERE id IN (SELECT value FROM json_each(?))'  # noqa: S608
        by_id = {row[0]: tuple(row)[1:] for row in connection.execute(sql, (json.dumps(list(ids)),))}
        return [by_id[each] for each in ids if each in by_id]

    def rows(self, connection: sqlite3.Connection, most: int) -> list[Sequence[Any]]:
        """The rows themselves, so many at most, of a table that has no ids."""
        return [tuple(row) for row in connection.execute(self.found, dict(self.given)).fetchmany(most)]


def question(sql: str, given: Mapping[str, Any], columns: Sequence[str], *, has_ids: bool) -> Question:
    """What Datasette asked for a page, in its own words, as a question for all rows. Raises QueryError."""
    if (page := _ANY_PAGE.fullmatch(plain(sql))) is None:
        raise QueryError("That cannot be written to a file.", hint="Sort and filter it otherwise.")
    table, where, by = page["table"].strip('"[]'), page["where"], page["by"]
    all_of = f'SELECT {{}} FROM "{table}"{f" WHERE {where}" if where else ""}'  # noqa: S608 - Datasette's words
    if by:
        all_of += f' ORDER BY "{by}" {"DESC" if page["down"] else "ASC"}'
    if not has_ids:
        listed = ", ".join(f'"{name}"' for name in columns)
        return Question(table, tuple(columns), all_of.format(listed), given, has_ids=False)
    order = ordered(table, by, descending=bool(page["down"])) if by and not where else None
    return Question(table, tuple(columns), order or all_of.format("id"), given, has_ids=True)


def plain(sql: str) -> str:
    """A statement on one line, with single blanks."""
    return " ".join(sql.split())


class Views(Database):  # type: ignore[misc]  # Datasette has no types
    """A database whose wide views are asked the quick way."""

    tallies: Tallies | None = None
    """What is counted of a large database's whole views."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._last: tuple[object, Tally | None] = (None, None)

    async def execute(self, sql: str, params: Any = None, **kwargs: Any) -> Any:
        """What Datasette asks. Counting is given up sooner than showing."""
        given = params if isinstance(params, Mapping) else {}
        if (said := _VALUES.fullmatch(plain(sql))) and said["column"] in COLUMNS.get(said["view"], ()):
            tally = await self._tally(said["view"], said["where"] or "", given)
            if tally is None:
                raise QueryInterrupted(None, sql, params)
            return Results(tally.values(said["column"], int(said["most"])), truncated=False, description=())
        if sql.startswith("select count(*) from "):
            kwargs["custom_time_limit"] = COUNTING_MS
            if (said := _COUNT.fullmatch(sql)) is not None:
                if not said["where"] and said["view"] in COUNTED:
                    sql = f"select count(*) from {COUNTED[said['view']]}"  # noqa: S608 - one of four fixed names
                elif said["view"] in COLUMNS:
                    tally = await self._tally(said["view"], said["where"] or "", given)
                    if tally is None:
                        raise QueryInterrupted(None, sql, params)
                    return Results([(tally.total,)], truncated=False, description=())
        for way in ways(sql):
            limit = {} if way.milliseconds is None else {"custom_time_limit": way.milliseconds, "log_sql_errors": False}
            try:
                return await super().execute(way.sql, params, **{**kwargs, **limit})
            except QueryInterrupted:
                if way.milliseconds is None:
                    raise
        raise AssertionError

    async def _tally(self, view: str, where: str, given: Mapping[str, Any]) -> Tally | None:
        """The values of the rows that conditions leave; None when counting them takes too long."""
        if self.tallies is not None and (kept := await self.tallies.narrowed(view, where, given)) is not None:
            return kept
        asked = (view, where, tuple(sorted(given.items())), state_of(Path(self.path)))
        if self._last[0] != asked:  # its number and the values of each column are asked for in a row
            sql = of_some(view, f"WHERE {where}" if where else "")
            try:
                found = await super().execute(sql, dict(given), truncate=False, custom_time_limit=COUNTING_MS)
            except QueryInterrupted:
                self._last = (asked, None)
            else:
                self._last = (asked, Tally(COLUMNS[view], {tuple(row)[:-1]: row[-1] for row in found.rows}))
        return self._last[1]
