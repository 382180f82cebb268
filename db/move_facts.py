"""The fact of a move: what the questions ask of it, in columns that can be compared and counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from db.base import MonthBasis
from db.classified import NO_JOB, NOWHERE, jobs, regions
from db.identity import fold
from db.models import Move, MoveFact, MoveSighting, MoveStudy
from db.same_event import events_of, own_id
from db.sightings import Seen
from scraper.danish_time import danish_date

_READ = (
    *(Move.id, Move.kind, Move.person_id, Move.company_id, Move.previous_company_id),
    *(Move.role, Move.role_folded, Move.previous_role, Move.location, Move.institution, Move.education),
    *(Move.start_date, Move.start_date_first, Move.start_date_precision),
)


def seen_again(connection: Connection, seen: Seen) -> None:
    """Count a fetch with the facts of the moves that it showed and that were known before it."""
    shown = select(own_id(Move)).join(MoveSighting).where(MoveSighting.fetch_id == seen.fetch_id)
    connection.execute(
        update(MoveFact)
        .where(MoveFact.move_id.in_(shown), MoveFact.last_seen < seen.at)
        .values(last_seen=seen.at, times_seen=MoveFact.times_seen + 1)
    )


def stale(connection: Connection, seen: Seen) -> list[int]:
    """The moves that a fetch showed and whose facts do not tell of it: they are new, or it is an older fetch."""
    query = (
        select(own_id(Move))
        .join(MoveSighting)
        .outerjoin(MoveFact, MoveFact.move_id == own_id(Move))
        .where(MoveSighting.fetch_id == seen.fetch_id, MoveFact.last_seen.is_(None) | (MoveFact.last_seen >= seen.at))
    )
    return sorted(set(connection.scalars(query)))


def keep(connection: Connection, ids: Sequence[int]) -> None:
    """Work out the facts of these moves, a few hundred at most, from their rows and sightings.

    A row that tells a move under another name of its company has no facts; its sightings are the move's.
    """
    connection.execute(delete(MoveFact).where(MoveFact.move_id.in_(ids)))
    connection.execute(delete(MoveStudy).where(MoveStudy.move_id.in_(ids)))
    moves = connection.execute(select(*_READ).where(Move.id.in_(ids), Move.same_as_id.is_(None))).all()
    sightings = connection.execute(
        select(
            own_id(Move).label("own_id"),
            func.min(MoveSighting.seen_at).label("first"),
            func.max(MoveSighting.seen_at).label("last"),
            func.count(MoveSighting.fetch_id.distinct()).label("times"),
        )
        .join(MoveSighting)
        .where(Move.id.in_(events_of(Move, (move.id for move in moves))))
        .group_by(own_id(Move))
    )
    seen = {row.own_id: row for row in sightings}
    taken_for = jobs(connection, [text for move in moves for text in (move.role, move.previous_role)])
    lies_in = regions(connection, [move.location for move in moves])
    rows = []
    for move in moves:
        if move.id not in seen:
            continue
        sighted = seen[move.id]
        job = taken_for.get(move.role or "", NO_JOB)
        place = lies_in.get(move.location or "", NOWHERE)
        month, basis = _month(move, danish_date(sighted.first))
        rows.append(
            {
                "move_id": move.id,
                "kind": move.kind,
                "person_id": move.person_id,
                "company_id": move.company_id,
                "previous_company_id": move.previous_company_id,
                "month": month,
                "month_basis": basis.value,
                "start_date_first": move.start_date_first,
                "role": move.role_folded,
                "function": job.function,
                "seniority": job.seniority,
                "previous_function": taken_for.get(move.previous_role or "", NO_JOB).function,
                "region": place.region,
                "nuts": place.nuts,
                "first_seen": sighted.first,
                "last_seen": sighted.last,
                "times_seen": sighted.times,
                "lead_days": _lead(move, danish_date(sighted.first)),
            }
        )
    if rows:
        connection.execute(insert(MoveFact), rows)
    if studies := [study for move in moves if move.id in seen for study in _studies(move)]:
        connection.execute(insert(MoveStudy), studies)


def _studies(move: Any) -> Iterator[dict[str, Any]]:
    """The schools and degrees that a move names, each once."""
    for what, names in (("school", move.institution), ("degree", move.education)):
        for position, (folded, name) in enumerate(_each_once(names)):
            yield {"move_id": move.id, "what": what, "position": position, "name": name, "folded": folded}


def _each_once(names: Sequence[str]) -> list[tuple[str, str]]:
    """Each name with its folded form, in order, of two spellings the first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return list(found.items())


def _month(move: Any, first_seen: date) -> tuple[str, MonthBasis]:
    """The month in which a move counts: that of its start where the announcement tells it."""
    if move.start_date_precision in {"day", "month"}:
        return move.start_date[:7], MonthBasis.START
    return f"{first_seen:%Y-%m}", MonthBasis.SEEN


def _lead(move: Any, first_seen: date) -> int | None:
    """Days from the day in Denmark on which a move was seen first to its start; negative once it had begun."""
    if move.start_date_precision != "day":
        return None
    return int((move.start_date_first - first_seen).days)
