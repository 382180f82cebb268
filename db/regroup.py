"""Giving the moves of a name their persons, anew from all that is known of them.

`db.person_ties` judges; here its judgement becomes rows. A person's row stays with the moves it had as far as they
still hang together; what falls apart becomes a row of its own, what grows together shares the older one. Done when a
move of a known name comes in, and when companies or moves have been changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from db import search
from db.identity import clean, fold, person_key
from db.models import Fetch, Move, MoveEarlier, MoveFact, MoveSighting, Page, Person, PersonTie
from db.person_ties import Career, Link, group
from db.rows import add_row
from db.same_event import NoteRow
from scraper.danish_time import danish_date

_AT_ONCE = 400
_READ = (
    *(Move.id, Move.key, Move.kind, Move.person_id, Move.person, Move.age, Move.company_id, Move.previous_company_id),
    *(Move.start_date_first, Move.start_date_precision, Move.same_as_id),
)


def regroup(connection: Connection, name_keys: Iterable[str], note: NoteRow) -> None:
    """Give the moves of these names their persons. `note(table, id)` is called before a row is changed or deleted."""
    keys = sorted(set(name_keys))
    owners: set[int] = set()
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        owners |= set(connection.scalars(select(Person.id).where(Person.name_key.in_(some))))
    every = _moves(connection, sorted(owners))
    rows = [row for row in every if row.same_as_id in {None, row.id}]
    careers = _careers(connection, rows)
    named: dict[str, list[int]] = defaultdict(list)
    for row in every:
        named[person_key(row.person)].append(row.id)
    moves: dict[str, list[Career]] = defaultdict(list)
    for row in rows:
        moves[person_key(row.person)].append(careers[row.id])
    by_id = {row.id: row for row in rows}
    free, touched = set(owners), set(owners)
    for key in sorted(moves):
        found = group(moves[key])
        for members in found.groups:
            touched.add(_settle(connection, key, [by_id[move.move_id] for move in members], free, note))
        _keep_links(connection, named[key], found.links)
    _follow_the_move(connection, [row for row in every if row.same_as_id not in {None, row.id}], note)
    for number in sorted(free):
        note(Person, number)
        connection.execute(delete(Person).where(Person.id == number))
    search.index(connection, "person", touched)


def people_of(connection: Connection, moves: Iterable[int]) -> set[str]:
    """The keys of the names of the people of these moves."""
    ordered = sorted(moves)
    names: set[str] = set()
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        names |= {person_key(name) for name in connection.scalars(select(Move.person).where(Move.id.in_(some)))}
    return names


def _moves(connection: Connection, owners: Sequence[int]) -> list[Any]:
    """The moves of these persons, each with when and on what a page showed it first."""
    found: list[Any] = []
    for start in range(0, len(owners), _AT_ONCE):
        theirs = Move.person_id.in_(owners[start : start + _AT_ONCE])
        first = (
            select(MoveSighting.move_id, func.min(MoveSighting.fetch_id).label("first"))
            .where(MoveSighting.move_id.in_(select(Move.id).where(theirs)))
            .group_by(MoveSighting.move_id)
            .subquery()
        )
        at_first = (MoveSighting.move_id == first.c.move_id) & (MoveSighting.fetch_id == first.c.first)
        query = (
            select(*_READ, first.c.first, MoveSighting.seen_at, Page.published_at)
            .outerjoin(first, first.c.move_id == Move.id)
            .outerjoin(MoveSighting, at_first)
            .outerjoin(Fetch, Fetch.id == MoveSighting.fetch_id)
            .outerjoin(Page, Page.id == Fetch.page_id)
            .where(theirs)
        )
        found += connection.execute(query).all()
    return found


def _careers(connection: Connection, rows: Sequence[Any]) -> dict[int, Career]:
    """What each move tells of a career, by its id."""
    earlier: dict[int, set[int]] = defaultdict(set)
    ids = [row.id for row in rows]
    for start in range(0, len(ids), _AT_ONCE):
        these = MoveEarlier.move_id.in_(ids[start : start + _AT_ONCE])
        for move_id, company_id in connection.execute(select(MoveEarlier.move_id, MoveEarlier.company_id).where(these)):
            earlier[move_id].add(company_id)
    return {row.id: _career(row, frozenset(earlier[row.id])) for row in rows}


def _career(row: Any, earlier: frozenset[int]) -> Career:
    start = row.start_date_first if row.start_date_precision in {"day", "month"} else None
    told = row.published_at or row.seen_at
    return Career(
        move_id=row.id,
        key=row.key,
        kind=row.kind,
        joined=row.company_id,
        left=row.previous_company_id,
        earlier=earlier,
        age=row.age,
        day=start or (danish_date(told) if told is not None else None),
        start=start,
    )


def _settle(connection: Connection, key: str, members: list[Any], free: set[int], note: NoteRow) -> int:
    """One person's row for a group of moves: the oldest of those they have that nobody took before, or a new one."""
    earliest = min(members, key=lambda row: (row.first or 0, row.id))
    name = clean(earliest.person)
    values = {"name_key": key, "name": name, "name_folded": fold(name)}
    wanted = sorted({row.person_id for row in members} & free)
    if wanted:
        number = int(wanted[0])
        free.discard(number)
        row = connection.execute(select(Person).where(Person.id == number)).one()
        if (row.name_key, row.name) != (key, name):
            note(Person, number)
            connection.execute(update(Person).where(Person.id == number).values(values))
    else:
        number = add_row(connection, Person, values)
    for row in members:
        if row.person_id != number:
            note(Move, row.id)
            connection.execute(update(Move).where(Move.id == row.id).values(person_id=number))
            connection.execute(update(MoveFact).where(MoveFact.move_id == row.id).values(person_id=number))
    return number


def _follow_the_move(connection: Connection, told: Sequence[Any], note: NoteRow) -> None:
    """Rows that tell a move under another name of its company are of its person."""
    whose: dict[int, int] = {}
    for start in range(0, len(told), _AT_ONCE):
        some = Move.id.in_([row.same_as_id for row in told[start : start + _AT_ONCE]])
        whose |= {number: person for number, person in connection.execute(select(Move.id, Move.person_id).where(some))}  # noqa: C416 - dict() loses the types
    for row in told:
        if row.person_id != whose[row.same_as_id]:
            note(Move, row.id)
            person = {"person_id": whose[row.same_as_id]}
            connection.execute(update(Move).where(Move.id == row.id).values(person))
            connection.execute(update(MoveFact).where(MoveFact.move_id == row.id).values(person))


def _keep_links(connection: Connection, moves: Sequence[int], links: Sequence[Link]) -> None:
    """Write down what ties these moves and what keeps them apart, in the place of what was written before."""
    for start in range(0, len(moves), _AT_ONCE):
        connection.execute(delete(PersonTie).where(PersonTie.move_id.in_(moves[start : start + _AT_ONCE])))
    rows = [
        {
            "move_id": link.move_id,
            "other_move_id": link.other_id,
            "is_same": link.same,
            "company_id": link.company,
            "reason": link.reason,
        }
        for link in links
    ]
    if rows:
        connection.execute(insert(PersonTie), rows)
