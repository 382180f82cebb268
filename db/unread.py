"""What could not be read: announcements kept until a parser reads them, and the problems of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select, update

from db import sightings
from db.identity import problem_key, unparsed_key
from db.models import Problem as ProblemRow
from db.models import Unparsed as UnparsedRow
from db.models import UnparsedSighting
from db.moves import Kept
from db.rows import add_row
from db.sightings import PROBLEMS, UNPARSED, Seen
from scraper.danish_time import danish_date
from scraper.records import Problem, Unparsed


@dataclass(frozen=True, slots=True)
class Waiting:
    """An announcement that waits for a better parser. `published` is the day in Denmark it was first seen."""

    id: int
    text: str
    label: str | None
    published: date


def keep_unparsed(connection: Connection, unread: Sequence[Unparsed], seen: Seen, *, parser_version: str) -> Kept:
    """Keep announcements that this parser could not read, and note that this fetch showed them.

    One that an earlier parser had read is open again: this one could not.
    """
    by_key: dict[str, Unparsed] = {}
    for item in unread:
        by_key.setdefault(unparsed_key(item.text), item)
    rows = sightings.known(connection, UNPARSED, list(by_key), UnparsedRow.resolved_at, UnparsedRow.parser_version)
    new: list[Unparsed] = []
    sighted: dict[int, dict[str, object]] = {}
    for key, item in by_key.items():
        state = {"reason": item.reason, "parser_version": parser_version, "resolved_at": None, "resolved_by": None}
        if (row := rows.get(key)) is None:
            values = {**state, "key": key, "text": item.text, "label": item.label}
            number = add_row(connection, UnparsedRow, values)
            new.append(item)
        else:
            number = row.id
            if row.resolved_at is not None or row.parser_version != parser_version:
                connection.execute(update(UnparsedRow).where(UnparsedRow.id == number).values(state))
        sighted[number] = {}
    sightings.add(connection, UNPARSED, seen, sighted)
    return Kept(tuple(new), tuple(by_key))


def keep_problems(connection: Connection, problems: Sequence[Problem], seen: Seen, *, page_id: int) -> Kept:
    """Keep the problems of a page, each once for as long as it lasts, and note that this fetch showed them."""
    by_key = {problem_key(page_id, item.code, item.message, item.text): item for item in problems}
    rows = sightings.known(connection, PROBLEMS, list(by_key))
    new: list[Problem] = []
    sighted: dict[int, dict[str, object]] = {}
    for key, item in by_key.items():
        if (row := rows.get(key)) is None:
            values = {"key": key, "page_id": page_id, "code": item.code, "message": item.message, "text": item.text}
            number = add_row(connection, ProblemRow, values)
            new.append(item)
        else:
            number = row.id
        sighted[number] = {}
    sightings.add(connection, PROBLEMS, seen, sighted)
    return Kept(tuple(new), tuple(by_key))


def waiting(connection: Connection, parser_version: str) -> list[Waiting]:
    """The announcements that are open and that this parser has not tried, oldest first."""
    first = (
        select(func.min(UnparsedSighting.seen_at))
        .where(UnparsedSighting.unparsed_id == UnparsedRow.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(UnparsedRow.id, UnparsedRow.text, UnparsedRow.label, first.label("first"))
        .where(UnparsedRow.resolved_at.is_(None), UnparsedRow.parser_version != parser_version)
        .order_by(UnparsedRow.id)
    )
    return [Waiting(row.id, row.text, row.label, danish_date(row.first)) for row in rows]


def fetches_showing(connection: Connection, unparsed_id: int) -> list[Seen]:
    """Each fetch that showed an announcement, oldest first."""
    rows = connection.execute(
        select(UnparsedSighting.fetch_id, UnparsedSighting.seen_at)
        .where(UnparsedSighting.unparsed_id == unparsed_id)
        .order_by(UnparsedSighting.seen_at, UnparsedSighting.fetch_id)
    )
    return [Seen(row.fetch_id, row.seen_at) for row in rows]


def tried(connection: Connection, unparsed_id: int, *, parser_version: str, read_at: datetime | None) -> None:
    """Note that a parser tried an announcement, and when it could be read."""
    values = {
        "parser_version": parser_version,
        "resolved_at": read_at,
        "resolved_by": parser_version if read_at is not None else None,
    }
    connection.execute(update(UnparsedRow).where(UnparsedRow.id == unparsed_id).values(values))
