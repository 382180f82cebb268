"""What each role, title and place that was seen is taken for: one row for each folded text.

The example is the first spelling in the alphabet, so that the order in which spellings turn up decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from db.identity import fold
from db.models import Place, Role
from db.places import region_of
from db.roles import TABLES_VERSION, function_of, seniority_of

_AT_ONCE = 500


class Job(NamedTuple):
    """What a role is about and how senior it is."""

    function: str | None
    seniority: str | None


class Region(NamedTuple):
    """The region of a place."""

    region: str | None
    nuts: str | None


NO_JOB = Job(None, None)
NOWHERE = Region(None, None)


def jobs(connection: Connection, roles: Iterable[str | None]) -> dict[str, Job]:
    """What each role or title is taken for, by the text as given; those not yet known get their row."""
    folded = _by_folded(roles)
    rows = _known(connection, Role, folded)
    new = []
    for text, spellings in folded.items():
        if text not in rows:
            new.append({"folded": text, "example": min(spellings), **role_row(text)})
    if new:
        connection.execute(insert(Role), new)
    found = {row["folded"]: Job(row["function"], row["seniority"]) for row in new}
    found |= {text: Job(row.function, row.seniority) for text, row in rows.items()}
    return {spelling: found[text] for text, spellings in folded.items() for spelling in spellings}


def regions(connection: Connection, places: Iterable[str | None]) -> dict[str, Region]:
    """The region of each place, by the text as given; places not yet known get their row."""
    folded = _by_folded(places)
    rows = _known(connection, Place, folded)
    new = []
    for text, spellings in folded.items():
        if text not in rows:
            new.append({"folded": text, "example": min(spellings), **place_row(text)})
    if new:
        connection.execute(insert(Place), new)
    found = {str(row["folded"]): Region(row["region"], row["nuts"]) for row in new}
    found |= {text: Region(row.region, row.nuts) for text, row in rows.items()}
    return {spelling: found[text] for text, spellings in folded.items() for spelling in spellings}


def role_row(folded: str) -> dict[str, str]:
    """What the tables say of a folded role or title, as the columns of its row."""
    function, of_function = function_of(folded)
    seniority, of_seniority = seniority_of(folded)
    return {
        "function": function,
        "seniority": seniority,
        "rule": f"{function}: {of_function}; {seniority}: {of_seniority}",
        "tables_version": TABLES_VERSION,
    }


def place_row(folded: str) -> dict[str, str | None]:
    """What the tables say of a folded place, as the columns of its row."""
    region, nuts = region_of(folded) or (None, None)
    return {"region": region, "nuts": nuts or None}


def forget_all(connection: Connection) -> None:
    """Take all rows away, for tables that say otherwise now."""
    connection.execute(delete(Role))
    connection.execute(delete(Place))


def is_old(connection: Connection) -> bool:
    """Whether rows stand there that other tables of words made."""
    old = select(Role.folded).where(Role.tables_version != TABLES_VERSION).limit(1)
    return connection.scalar(old) is not None


def _by_folded(texts: Iterable[str | None]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for text in texts:
        if text and (folded := fold(text)):
            found.setdefault(folded, set()).add(text)
    return found


def _known(connection: Connection, table: type[Role | Place], folded: Mapping[str, set[str]]) -> dict[str, Any]:
    """The rows that are there, by folded text; their example follows where a spelling comes before it."""
    rows: dict[str, Any] = {}
    texts = list(folded)
    for start in range(0, len(texts), _AT_ONCE):
        found = connection.execute(select(table).where(table.folded.in_(texts[start : start + _AT_ONCE])))
        rows |= {row.folded: row for row in found}
    for text, row in rows.items():
        if (first := min(folded[text])) < row.example:
            connection.execute(update(table).where(table.folded == text).values(example=first))
    return rows
