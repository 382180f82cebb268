"""Which moves of one name are one person's, decided anew after moves have been changed.

The rule is the one of `db.people`: companies tie moves of a name together. A person's row stays with the moves it had
as far as they still hang together; what falls apart becomes a row of its own, what grows together shares the older one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from db.base import Base
from db.identity import clean, company_key, fold, person_key
from db.models import Move, MoveFact, MoveSighting, Person
from db.rows import add_row

NoteRow = Callable[[type[Base], int], None]


def regroup(connection: Connection, name_keys: Iterable[str], note: NoteRow) -> None:
    """Give the moves of these names their persons. `note(table, id)` is called before a row is changed or deleted."""
    keys = sorted(set(name_keys))
    owners = set(connection.scalars(select(Person.id).where(Person.name_key.in_(keys))).all()) if keys else set()
    moves: dict[str, list[Any]] = defaultdict(list)
    for row in _moves(connection, owners):
        moves[person_key(row.person)].append(row)
    free = set(owners)
    for key in sorted(moves):
        for group in _tied(moves.get(key, [])):
            _settle(connection, key, group, free, note)
    for number in sorted(free):
        note(Person, number)
        connection.execute(delete(Person).where(Person.id == number))


def _moves(connection: Connection, owners: set[int]) -> list[Any]:
    """The moves of these persons, each with the first fetch that showed it, the earliest first."""
    first = select(func.min(MoveSighting.fetch_id)).where(MoveSighting.move_id == Move.id).scalar_subquery()
    columns = (Move.id, Move.person_id, Move.person, Move.company, Move.previous_company, Move.earlier_companies)
    rows = connection.execute(select(*columns, first.label("first")).where(Move.person_id.in_(owners))).all()
    return sorted(rows, key=lambda row: (row.first or 0, row.id))


def _tied(rows: list[Any]) -> list[list[Any]]:
    """The moves in groups that share companies, directly or by way of others; the earliest first."""
    groups: list[tuple[set[str], list[Any]]] = []
    for row in rows:
        companies = {company_key(name) for name in (row.company, row.previous_company, *row.earlier_companies) if name}
        mine: list[Any] = [row]
        apart: list[tuple[set[str], list[Any]]] = []
        for known, members in groups:
            if known & companies:
                companies, mine = companies | known, members + mine
            else:
                apart.append((known, members))
        groups = [*apart, (companies, mine)]
    found = [sorted(members, key=lambda row: (row.first or 0, row.id)) for _, members in groups]
    return sorted(found, key=lambda members: (members[0].first or 0, members[0].id))


def _settle(connection: Connection, key: str, group: list[Any], free: set[int], note: NoteRow) -> None:
    """One person's row for a group of moves: the oldest of those they have that nobody took before, or a new one."""
    name = clean(group[0].person)
    values = {"name_key": key, "name": name, "name_folded": fold(name)}
    wanted = sorted({row.person_id for row in group} & free)
    if wanted:
        number = wanted[0]
        free.discard(number)
        row = connection.execute(select(Person).where(Person.id == number)).one()
        if (row.name_key, row.name) != (key, name):
            note(Person, number)
            connection.execute(update(Person).where(Person.id == number).values(values))
    else:
        number = add_row(connection, Person, values)
    for row in group:
        if row.person_id != number:
            note(Move, row.id)
            connection.execute(update(Move).where(Move.id == row.id).values(person_id=number))
            connection.execute(update(MoveFact).where(MoveFact.move_id == row.id).values(person_id=number))
