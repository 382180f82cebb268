"""Well-known organisations by their short and their long names, as a table that a person reads and extends.

No spelling tells that DSB is Danske Statsbaner, or which of many firms of three initials is meant: people know.
`db/tables/abbreviations.tsv` holds what everybody knows, one organisation a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from db import tables
from scraper.errors import NavnenytError

TABLE = "abbreviations"


def names_of(line: tables.Line) -> Iterator[str]:
    """The names of an organisation, the short one first. Raises `NavnenytError` for a line that says no long one."""
    longs = [name.strip() for name in line.cells["names"].split("|")]
    if not all(longs):
        raise NavnenytError(f"db/tables/{TABLE}.tsv, line {line.number}: `names` must be names with | between")
    yield line.cells["short"]
    yield from longs


@cache
def houses(key: Callable[[str], str]) -> dict[str, str]:
    """For each name of the table, by `key`, the key of the short name of its organisation.

    Raises `NavnenytError` when two lines have one name: it would make one company of two.
    """
    found: dict[str, str] = {}
    for line in tables.lines(TABLE):
        house = key(line.cells["short"])
        for name in names_of(line):
            if found.setdefault(key(name), house) != house:
                raise NavnenytError(f"db/tables/{TABLE}.tsv, line {line.number}: “{name}” stands in another line too")
    return found
