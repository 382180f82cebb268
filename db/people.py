"""People as rows. The same name is the same person only where a company ties two of the moves; namesakes stay apart.

A move ties two persons of one name when its companies (joined, left, earlier) meet those of both: then the two rows
were one person all along and become one. So the order in which announcements are seen decides nothing.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, delete, select, update

from db import search
from db.identity import clean, company_key, fold, move_companies, person_key
from db.models import Move as MoveRow
from db.models import MoveFact, Person
from db.rows import add_row
from scraper.records import Move


def person_id(connection: Connection, move: Move) -> int:
    """The row of the person of a new move; made when no row of that name is tied to the move by a company."""
    key = person_key(move.person)
    ties = move_companies(move)
    same = sorted(number for number, companies in _of_that_name(connection, key).items() if companies & ties)
    if not same:
        name = clean(move.person)
        row = {"name_key": key, "name": name, "name_folded": fold(name)}
        number = add_row(connection, Person, row)
        search.index(connection, "person", [number])
        return number
    first, *others = same
    if others:
        for table in (MoveRow, MoveFact):
            connection.execute(update(table).where(table.person_id.in_(others)).values(person_id=first))
        connection.execute(delete(Person).where(Person.id.in_(others)))
        search.index(connection, "person", others)
    return first


def _of_that_name(connection: Connection, key: str) -> dict[int, set[str]]:
    """The persons of one name, each with the keys of all companies of their moves."""
    rows = connection.execute(
        select(MoveRow.person_id, MoveRow.company, MoveRow.previous_company, MoveRow.earlier_companies)
        .join(Person)
        .where(Person.name_key == key)
    )
    people: dict[int, set[str]] = defaultdict(set)
    for number, company, previous, earlier in rows:
        people[number] |= {company_key(name) for name in (company, previous, *earlier) if name}
    return people
