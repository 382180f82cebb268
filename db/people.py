"""People as rows. The same name is one person where the moves tie; namesakes stay apart (`db.person_ties` says when).

A new move of a name that is known is given a person for the moment; once its page is stored, `regroup` looks at all
moves of that name together, so that the order in which announcements are seen decides nothing.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from db import search
from db.identity import clean, fold, person_key
from db.models import Person
from db.rows import add_row
from scraper.records import Move


def person_id(connection: Connection, move: Move) -> tuple[int, bool]:
    """The row of a person of this name for a new move, and whether others of the name are known: then `regroup`."""
    key = person_key(move.person)
    known = connection.scalar(select(func.min(Person.id)).where(Person.name_key == key))
    if known is not None:
        return known, True
    name = clean(move.person)
    number = add_row(connection, Person, {"name_key": key, "name": name, "name_folded": fold(name)})
    search.index(connection, "person", [number])
    return number, False
