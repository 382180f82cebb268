"""One event is one row, under however many names of its company it is told.

A move, or a job ad, has a row for each spelling of its company under which it was read (`key`), for a spelling may turn
out to be another company's. What makes two rows one event is all that they say but the company's name (`event`), and
that their names lead to one company. Of the rows of an event the one that was seen first is the event: people, facts,
search and views know it alone. The others say in `same_as_id` whose they are, and every row keeps its own sightings. So
joining companies loses nothing, parting them invents nothing, and what came first decides nothing. The database itself
refuses a second row of its own for an event of a company.

Whoever gives rows another company or event calls `loosen` before and `settle` after, in the same transaction; whoever
adds an earlier sighting, `settle`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Connection, bindparam, func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db.base import Base
from db.models import JobAd, Move
from db.sightings import JOB_ADS, MOVES

NoteRow = Callable[[type[Base], int], None]
Telling = type[Move] | type[JobAd]
_AT_ONCE = 400


class Event(NamedTuple):
    """An event of a company: all that is said but the company's name, and the company's id."""

    event: str
    company_id: int | None


class Leading(NamedTuple):
    """The row of an event, and of a move its person's."""

    id: int
    person_id: int | None


def own_id(table: Telling) -> ColumnElement[int]:
    """The id of the row that stands for the event of a row."""
    return func.coalesce(table.same_as_id, table.id)


def events_of(table: Telling, ids: Iterable[int]) -> CompoundSelect[int]:
    """The ids of all rows of these events, by the ids of the rows that stand for them."""
    wanted = list(ids)
    return select(table.id).where(table.id.in_(wanted)).union(select(table.id).where(table.same_as_id.in_(wanted)))


def leading(connection: Connection, table: Telling, events: Iterable[Event]) -> dict[Event, Leading]:
    """The rows that stand for these events, of those that are known."""
    wanted = {each for each in events if each.company_id is not None}
    person = [Move.person_id] if table is Move else []
    found: dict[Event, Leading] = {}
    for some in _some(each.event for each in wanted):
        query = select(table.event, table.company_id, table.id, *person)
        for event, company_id, number, *persons in connection.execute(
            query.where(table.event.in_(some), table.same_as_id.is_(None))
        ):
            if (known := Event(event, company_id)) in wanted:
                found[known] = Leading(number, persons[0] if persons else None)
    return found


def loosen(connection: Connection, table: Telling, ids: Iterable[int]) -> set[int]:
    """Take rows out of their events before their company or event changes; what `settle` has to look at then.

    Until then such a row is its own `same_as_id`, by which it neither stands for an event nor belongs to another row.
    """
    found: set[int] = set()
    for some in _some(ids):
        whose = select(table.id, table.same_as_id).where(table.id.in_(some))
        found |= {number for row in connection.execute(whose) for number in row if number is not None}
        connection.execute(update(table).where(table.id.in_(some)).values(same_as_id=table.id))
    return found


def settle(
    connection: Connection, table: Telling, ids: Iterable[int], note: NoteRow = lambda _table, _id: None
) -> set[int]:
    """Let each event of these rows have the one row that was seen first; the ids of all rows of these events.

    `note(table, id)` is called before a row is changed.
    """
    rows = _with_fellows(connection, table, ids)
    groups: dict[Event | int, list[Any]] = defaultdict(list)
    for row in rows.values():
        groups[row.id if row.company_id is None else Event(row.event, row.company_id)].append(row)
    first = _first_fetches(connection, table, [row.id for group in groups.values() if group[1:] for row in group])
    changed: dict[int, int | None] = {}
    for group in groups.values():
        lead = min(group, key=lambda row: (first.get(row.id, 0), row.key)).id
        belongs = {row.id: None if row.id == lead else lead for row in group}
        changed |= {row.id: belongs[row.id] for row in group if belongs[row.id] != row.same_as_id}
    for number in sorted(changed):
        note(table, number)
    # Those that stand for no event any more come first: an event has one row at any time.
    belong = [{"row": number, "own": to} for number, to in sorted(changed.items()) if to is not None]
    if belong:
        one = update(table).where(table.id == bindparam("row")).values(same_as_id=bindparam("own"))
        connection.execute(one, belong)
    for some in _some(number for number, to in changed.items() if to is None):
        connection.execute(update(table).where(table.id.in_(some)).values(same_as_id=None))
    return set(rows)


def settle_all(connection: Connection, table: Telling) -> set[int]:
    """The same for all events that are told under several names."""
    rows = connection.execute(select(table.id, table.same_as_id).where(table.same_as_id.is_not(None)))
    return settle(connection, table, {number for row in rows for number in row})


def _with_fellows(connection: Connection, table: Telling, ids: Iterable[int]) -> dict[int, Any]:
    """These rows and all that are of one event with one of them, by id."""
    rows: dict[int, Any] = {}

    def take(column: ColumnElement[Any] | InstrumentedAttribute[Any], values: Iterable[int]) -> None:
        read = select(table.id, table.key, table.event, table.company_id, table.same_as_id)
        for some in _some(values):
            rows.update({row.id: row for row in connection.execute(read.where(column.in_(some)))})

    take(table.id, ids)
    take(table.same_as_id, list(rows))
    standing = leading(connection, table, (Event(row.event, row.company_id) for row in rows.values()))
    others = [each.id for each in standing.values() if each.id not in rows]
    take(table.id, others)
    take(table.same_as_id, others)
    return rows


def _first_fetches(connection: Connection, table: Telling, ids: Sequence[int]) -> Mapping[int, int]:
    """The fetch that showed each row first."""
    kind = MOVES if table is Move else JOB_ADS
    first: dict[int, int] = {}
    for some in _some(ids):
        query = select(kind.record_id, func.min(kind.sighting.fetch_id)).where(kind.record_id.in_(some))
        first |= {number: fetch for number, fetch in connection.execute(query.group_by(kind.record_id))}  # noqa: C416 - dict() loses the types
    return first


def _some(values: Iterable[Any]) -> Iterator[list[Any]]:
    ordered = sorted(set(values))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
