"""The earlier employers of moves as rows, so that they can be counted as companies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from db.companies import company_ids
from db.company_rows import lookup
from db.identity import clean
from db.models import CompanyName, Move, MoveEarlier, MoveSighting


def put(connection: Connection, move_id: int, names: Sequence[str], companies: Mapping[str, int]) -> None:
    """Keep the earlier employers of one move; `companies` has the id of each name that is one."""
    connection.execute(delete(MoveEarlier).where(MoveEarlier.move_id == move_id))
    rows = _rows(move_id, names, companies)
    if rows:
        connection.execute(insert(MoveEarlier), rows)


def keep(connection: Connection, ids: Sequence[int]) -> None:
    """Keep those of some moves, a few hundred at most, anew from what the moves name."""
    connection.execute(delete(MoveEarlier).where(MoveEarlier.move_id.in_(ids)))
    moves = connection.execute(select(Move.id, Move.earlier_companies).where(Move.id.in_(ids)).order_by(Move.id))
    named = {number: names for number, names in moves if names}
    if not named:
        return
    companies = _known(connection, [name for names in named.values() for name in names])
    firsts = select(MoveSighting.move_id, func.min(MoveSighting.fetch_id)).where(MoveSighting.move_id.in_(named))
    first = {number: fetch for number, fetch in connection.execute(firsts.group_by(MoveSighting.move_id))}  # noqa: C416 - dict() loses the types
    rows = []
    for number, names in named.items():
        new = [name for name in names if name not in companies]
        if new and number in first:
            companies |= company_ids(connection, new, first[number])
        rows += _rows(number, names, companies)
    if rows:
        connection.execute(insert(MoveEarlier), rows)


def _known(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The companies of the names whose every spelling is known already."""
    spelled = {name: clean(name) for name in names}
    ids = lookup(connection, spelled.values())
    spellings = connection.execute(
        select(CompanyName.company_id, CompanyName.name).where(CompanyName.company_id.in_(set(ids.values())))
    )
    kept = {(company_id, name) for company_id, name in spellings}
    return {name: ids[spelling] for name, spelling in spelled.items() if (ids.get(spelling), spelling) in kept}


def _rows(move_id: int, names: Sequence[str], companies: Mapping[str, int]) -> list[dict[str, object]]:
    return [
        {"move_id": move_id, "position": position, "company": name, "company_id": companies[name]}
        for position, name in enumerate(names)
        if name in companies
    ]
