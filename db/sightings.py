"""Sightings: which fetch showed which record, and when. The same for all four kinds of record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from db.models import (
    JobAd,
    JobAdSighting,
    Move,
    MoveSighting,
    Problem,
    ProblemSighting,
    Unparsed,
    UnparsedSighting,
)
from db.times import UtcDateTime


class Seen(NamedTuple):
    """A fetch that showed something, and when it was made."""

    fetch_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record, its sightings, and what a sighting says beyond the fact itself."""

    record: type[Move | JobAd | Unparsed | Problem]
    sighting: type[MoveSighting | JobAdSighting | UnparsedSighting | ProblemSighting]
    record_id: InstrumentedAttribute[int]
    says: tuple[str, ...] = ()


MOVES = Kind(Move, MoveSighting, MoveSighting.move_id, ("text",))
JOB_ADS = Kind(JobAd, JobAdSighting, JobAdSighting.job_ad_id, ("text", "facts"))
UNPARSED = Kind(Unparsed, UnparsedSighting, UnparsedSighting.unparsed_id)
PROBLEMS = Kind(Problem, ProblemSighting, ProblemSighting.problem_id)


def add(connection: Connection, kind: Kind, seen: Seen, records: Mapping[int, Mapping[str, Any]]) -> None:
    """Note that a fetch showed records: their ids, each with what the sighting says of its own."""
    rows = [
        {kind.record_id.key: record_id, "fetch_id": seen.fetch_id, "seen_at": seen.at, **says}
        for record_id, says in records.items()
    ]
    if rows:
        connection.execute(insert(kind.sighting), rows)


def shown(connection: Connection, kind: Kind, fetch_id: int) -> frozenset[str]:
    """The keys of the records that a fetch is known to have shown."""
    table = kind.sighting
    return frozenset(connection.scalars(select(kind.record.key).join(table).where(table.fetch_id == fetch_id)))


def copy(connection: Connection, kind: Kind, earlier_fetch_id: int, seen: Seen) -> list[str]:
    """Note that a fetch showed what an earlier one did, the page being unchanged; gives the keys of the records.

    An announcement that has been read in the meantime is a move now and no longer seen as unread.
    """
    table = kind.sighting
    shown = [table.fetch_id == earlier_fetch_id]
    if kind is UNPARSED:
        shown.append(kind.record_id.in_(select(Unparsed.id).where(Unparsed.resolved_at.is_(None))))
    keys = connection.scalars(select(kind.record.key).join(table).where(*shown).order_by(kind.record_id)).all()
    if keys:
        says = [getattr(table, name) for name in kind.says]
        rows = select(kind.record_id, literal(seen.fetch_id), literal(seen.at, UtcDateTime()), *says).where(*shown)
        columns = [kind.record_id.key, "fetch_id", "seen_at", *kind.says]
        connection.execute(insert(table).from_select(columns, rows))
    return list(keys)


def known(connection: Connection, kind: Kind, keys: Sequence[str], *columns: Any) -> dict[str, Any]:
    """The rows that are there already, by key: their id and the columns asked for."""
    if not keys:
        return {}
    rows = connection.execute(select(kind.record.key, kind.record.id, *columns).where(kind.record.key.in_(keys)))
    return {row.key: row for row in rows}
