"""Companies after a replay: as they would be, had every page been read as it is read today.

A name that no row has any more goes, and with it the key by which it led to its company, and whatever it alone held
together. What a person or the register decided stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from db import decisions
from db.company_rows import exact_key, keys_of, lookup, lookup_keys, part
from db.decisions import JOINING, STANDING
from db.identity import company_key, fold
from db.models import Company, CompanyAlias, CompanyName, JobAd, Move, MoveEarlier
from db.rows import add_row
from db.same_company import judge
from db.same_event import NoteRow
from db.shadow import Shadow

Seen = tuple[int, int]
"""The fetch that showed a spelling first, and the place among those of that fetch."""


def mend_companies(connection: Connection, shadow: Shadow, keys: set[str], note: NoteRow) -> None:
    """Mend the companies that these keys lead to. `note(table, id)` is called before a row is changed or deleted."""
    for company_id in sorted(set(lookup_keys(connection, keys).values())):
        known = connection.execute(select(CompanyName).where(CompanyName.company_id == company_id)).all()
        used = _spellings(connection, company_id)
        first = _read_today(connection, shadow, company_id)
        _mend_spellings(connection, shadow, company_id, known=known, used=used, first=first, note=note)
        if not used:
            note(Company, company_id)
            connection.execute(delete(CompanyAlias).where(CompanyAlias.company_id == company_id))
            connection.execute(delete(Company).where(Company.id == company_id))
            continue
        names = _in_order(connection, company_id)
        whole = all(row.first_fetch_id in shadow.replayed for row in known)
        _mend_keys(connection, company_id, names, whole=whole, note=note)
        for parted in _parted(connection, company_id, names, note):
            _mend_keys(connection, parted, _in_order(connection, parted), whole=whole, note=note)


def _mend_keys(connection: Connection, company_id: int, names: list[str], *, whole: bool, note: NoteRow) -> None:
    """Only keys of names that are used, or that somebody decided about, lead to a company; its own is the first's.

    Its name too, unless a person gave it one, or it was first seen on pages that were not read anew.
    """
    keys = keys_of(connection, company_id)
    used = {key for name in names for key in (company_key(name), exact_key(name)) if key in keys}
    decided = {row.key_b for row in decisions.about(connection, keys, by=STANDING)}
    decided |= {row.key_a for row in decisions.about(connection, keys, by=STANDING)}
    gone = keys - used - decided
    first = exact_key(names[0]) if exact_key(names[0]) in keys else company_key(names[0])
    company = connection.execute(select(Company).where(Company.id == company_id)).one()
    name = decisions.given_name(connection, keys) or (names[0] if whole else company.name)
    key = first if company.key in gone or whole else company.key
    if (company.key, company.name) != (key, name):
        note(Company, company_id)
        values = {"key": key, "name": name, "name_folded": fold(name)}
        connection.execute(update(Company).where(Company.id == company_id).values(values))
    connection.execute(delete(CompanyAlias).where(CompanyAlias.key.in_(gone)))


def _parted(connection: Connection, company_id: int, names: list[str], note: NoteRow) -> list[int]:
    """The companies of names that no longer hang together with the first, each made one of its own."""
    groups: list[list[str]] = []
    for name in names:
        mine = [group for group in groups if any(_together(connection, name, other) for other in group)]
        groups = [group for group in groups if group not in mine] + [[*(each for g in mine for each in g), name]]
    numbers = []
    for group in groups:
        if names[0] not in group:
            keys = keys_of(connection, company_id)
            own = {key for name in group for key in (company_key(name), exact_key(name)) if key in keys}
            numbers.append(part(connection, own, min(group, key=names.index), note))
    return numbers


def _together(connection: Connection, one: str, other: str) -> bool:
    """Whether two names are one company by a rule or by what somebody decided."""
    if judge(one, other).same:
        return True
    mine, others = {company_key(one), exact_key(one)}, {company_key(other), exact_key(other)}
    return bool(decisions.between(connection, mine, others, verdicts=JOINING, by=STANDING))


def _mend_spellings(
    connection: Connection,
    shadow: Shadow,
    company_id: int,
    *,
    known: Sequence[Any],
    used: frozenset[str],
    first: dict[str, Seen],
    note: NoteRow,
) -> None:
    """The spellings of a company are those of its rows, each with the fetch that showed it first as read today."""
    for row in known:
        replayed = row.first_fetch_id in shadow.replayed
        if not used or (row.name not in used and row.name not in first and replayed):
            note(CompanyName, row.id)
            connection.execute(delete(CompanyName).where(CompanyName.id == row.id))
        elif replayed and row.name in first and first[row.name][0] != row.first_fetch_id:
            note(CompanyName, row.id)
            values = {"first_fetch_id": first[row.name][0]}
            connection.execute(update(CompanyName).where(CompanyName.id == row.id).values(values))
    for name in sorted(set(first) - {row.name for row in known}) if used else ():
        added = {"company_id": company_id, "name": name, "first_fetch_id": first[name][0]}
        add_row(connection, CompanyName, added)


def _read_today(connection: Connection, shadow: Shadow, company_id: int) -> dict[str, Seen]:
    """The spellings that lead to a company, of those read today."""
    owners = set(lookup_keys(shadow.connection, map(_bare, keys_of(connection, company_id))).values())
    said = select(CompanyName.id, CompanyName.name, CompanyName.first_fetch_id)
    rows = shadow.connection.execute(said.where(CompanyName.company_id.in_(owners)))
    found = {row.name: (row.first_fetch_id, row.id) for row in rows}
    leads = lookup(connection, found)
    return {name: seen for name, seen in found.items() if leads.get(name) == company_id}


def _bare(key: str) -> str:
    """The key that a spelling of its own has in the shadow, which knows no such spellings."""
    return company_key(key.removeprefix("=")) if key.startswith("=") else key


def _in_order(connection: Connection, company_id: int) -> list[str]:
    """The spellings of a company, the first first; those of one fetch as they would have come."""
    rows = connection.execute(select(CompanyName).where(CompanyName.company_id == company_id)).all()
    return [row.name for row in sorted(rows, key=lambda row: (row.first_fetch_id, row.id))]


def _spellings(connection: Connection, company_id: int) -> frozenset[str]:
    """The spellings of a company in rows that name it."""
    found: set[str] = set()
    for column, owner in (
        (Move.company, Move.company_id),
        (Move.previous_company, Move.previous_company_id),
        (MoveEarlier.company, MoveEarlier.company_id),
        (JobAd.company, JobAd.company_id),
    ):
        found |= {name for name in connection.scalars(select(column).where(owner == company_id).distinct()) if name}
    return frozenset(found)
