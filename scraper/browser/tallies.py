"""How many rows of a wide view have which values: what a reader narrows it down by, and how many rows are left.

All is counted in one look, and of a large database's whole view kept until the database has changed: a choice among its
values is then answered from what is kept.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scraper.browser.reader import Reader, state_of
from scraper.errors import NavnenytError

COLUMNS = {
    "moves": ("kind", "function", "seniority", "region"),
    "job_ads": ("function", "seniority", "region_name", "gone_at"),
    "fetches": ("source", "outcome", "reason"),
}
"""The columns of a view that are counted by; of a moment only whether there is one."""
_WHOLE = {
    "moves": "SELECT kind, function, seniority, region, count(*) FROM move_fact GROUP BY 1, 2, 3, 4",
    "job_ads": (
        "SELECT function, seniority, region, CASE WHEN gone_at IS NULL THEN NULL ELSE '' END, count(*)"
        " FROM job_ad_fact GROUP BY 1, 2, 3, 4"
    ),
    "fetches": (
        "SELECT s.name, f.outcome, f.reason, sum(f.some) FROM (SELECT source_id, outcome, reason, count(*) AS some"
        ' FROM "fetch" GROUP BY 1, 2, 3) f JOIN source s ON s.id = f.source_id GROUP BY 1, 2, 3'
    ),
}
_MOMENTS = frozenset({"gone_at"})
_IS = re.compile(r'"?(\w+)"? (?:= :(\w+)|is (not )?null)')
MOST_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows by their values in some columns of a view."""

    columns: tuple[str, ...]
    rows: Mapping[tuple[Any, ...], int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.rows.values())

    def values(self, column: str, most: int) -> list[dict[str, Any]]:
        """The commonest values of a column, each with its `count`; NULL is none."""
        at = self.columns.index(column)
        found: Counter[Any] = Counter()
        for values, count in self.rows.items():
            if values[at] is not None:
                found[values[at]] += count
        ranked = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
        return [{"value": value, "count": count} for value, count in ranked[:most]]

    def narrowed(self, where: str, given: Mapping[str, Any]) -> Tally | None:
        """Those for which conditions in Datasette's own words hold; None where they ask for something else."""
        kept = self.rows
        for condition in where.split(" and ") if where else ():
            said = _IS.fullmatch(condition.strip())
            if said is None or said[1] not in self.columns or (said[2] and said[1] in _MOMENTS):
                return None
            at, value, is_not = self.columns.index(said[1]), given.get(said[2]) if said[2] else None, bool(said[3])
            kept = {values: count for values, count in kept.items() if (values[at] == value) is not is_not}
        return Tally(self.columns, kept)


def of_whole(connection: sqlite3.Connection, view: str) -> Tally:
    """All rows of a view."""
    return Tally(COLUMNS[view], {tuple(row[:-1]): row[-1] for row in connection.execute(_WHOLE[view])})


def of_some(view: str, where: str) -> str:
    """SQL that counts the rows of a view for which conditions hold, the values first and the number last."""
    asked = ", ".join(
        f"CASE WHEN {name} IS NULL THEN NULL ELSE '' END" if name in _MOMENTS else name for name in COLUMNS[view]
    )
    numbers = ", ".join(str(at) for at in range(1, len(COLUMNS[view]) + 1))
    return f"SELECT {asked}, count(*) FROM {view} {where} GROUP BY {numbers}"  # noqa: S608 - a view and Datasette's words


class Tallies:
    """The tallies of whole views as they were counted last. Used in one event loop."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: dict[str, Tally] = {}
        self._state: object = None
        self._counting: asyncio.Task[None] | None = None

    async def narrowed(self, view: str, where: str, given: Mapping[str, Any]) -> Tally | None:
        """The rows left by conditions; None while nothing is kept, or when they ask for something else.

        Where the database has changed since, all is counted again for the next who asks.
        """
        self.begin()
        kept = self._kept.get(view)
        return None if kept is None else kept.narrowed(where, given)

    def begin(self) -> None:
        """Count, unless that is being done or nothing has changed since."""
        if self._state != state_of(self._reader.path) and (self._counting is None or self._counting.done()):
            self._counting = asyncio.create_task(self._count())

    async def _count(self) -> None:
        state = state_of(self._reader.path)
        for view in COLUMNS:
            try:
                self._kept[view] = await self._reader.ask(lambda c: of_whole(c, view), seconds=MOST_SECONDS)  # noqa: B023
            except NavnenytError:  # taken up by the next who asks
                return
        self._state = state
