"""Moves as rows: stored once for each spelling of the company, sighted as often as they are seen.

A move that is known under another name of the company (`db.same_event`) is no new one; its row says whose it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete

from db import earlier, sightings
from db.companies import company_ids
from db.identity import clean, fold, move_event, move_key, person_key
from db.models import Move as MoveRow
from db.models import MoveFact
from db.people import person_id
from db.regroup import regroup
from db.rows import add_row
from db.said_names import said_by
from db.same_event import Event, Leading, leading, settle
from db.sightings import MOVES, Seen
from scraper.records import Move


@dataclass(frozen=True, slots=True)
class Again:
    """A move that was known: which of its fields the row has, and which of those this page's reading has not."""

    key: str
    had: frozenset[str]
    lost: frozenset[str]


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of storing records of one kind: the new ones, and the keys of all that were sighted, each once.

    Told under another name of its company, a known move or ad is not new.
    """

    new: tuple[Any, ...]
    keys: tuple[str, ...]
    again: tuple[Again, ...] = ()


COMPARED = (
    "age",
    "unit",
    "location",
    "previous_role",
    "previous_company",
    "earlier_companies",
    "education",
    "institution",
    "focus",
    "label",
)
"""The fields that two readings of one move may differ in; the others are what makes it one."""


def keep_moves(connection: Connection, moves: Sequence[Move], seen: Seen, *, parser_version: str) -> Kept:
    """Store the moves that are new and note that this fetch showed them all.

    A page that shows a move twice (a carousel) has shown it once. Where the page words a known move otherwise, its
    words are kept with the sighting; the move's own row stays as it is.
    """
    by_key: dict[str, Move] = {}
    for move in moves:
        by_key.setdefault(move_key(move), move)
    compared = [getattr(MoveRow, name) for name in COMPARED]
    rows = sightings.known(connection, MOVES, list(by_key), MoveRow.text, *compared)
    names = [name for move in by_key.values() for name in (move.company, move.previous_company)]
    names += [name for key, move in by_key.items() if key not in rows for name in move.earlier_companies]
    companies = company_ids(connection, [*names, *said_by(by_key.values())], seen.fetch_id)
    events = {
        key: Event(move_event(move), companies.get(move.company or ""))
        for key, move in by_key.items()
        if key not in rows
    }
    leads = leading(connection, MoveRow, events.values())
    new: list[Move] = []
    namesakes: set[str] = set()
    otherwise: dict[int, str] = {}
    again: list[Again] = []
    sighted: dict[int, dict[str, Any]] = {}
    for key, move in by_key.items():
        if (row := rows.get(key)) is not None:
            had = frozenset(name for name in COMPARED if getattr(row, name))
            again.append(Again(key, had, frozenset(name for name in had if not getattr(move, name))))
            sighted[row.id] = {"text": move.text if move.text != row.text else None}
            continue
        event = events[key]
        lead = leads.get(event)
        if lead is not None and lead.person_id is not None:
            person, is_known = lead.person_id, False
        else:
            person, is_known = person_id(connection, move)
        if is_known:
            namesakes.add(person_key(move.person))
        whose = {"event": event.event, "same_as_id": lead.id if lead is not None else None}
        values = whose | _row(move, key, companies, person=person, parser_version=parser_version)
        move_id = add_row(connection, MoveRow, values)
        earlier.put(connection, move_id, values["earlier_companies"], companies)
        sighted[move_id] = {"text": None}
        if lead is None:
            new.append(move)
            if event.company_id is not None:
                leads[event] = Leading(move_id, person)
        else:
            otherwise |= dict.fromkeys((move_id, lead.id), person_key(move.person))
    sightings.add(connection, MOVES, seen, sighted)
    if otherwise:
        settle(connection, MoveRow, otherwise)
        namesakes |= set(otherwise.values())
        # Without its fact a move is worked out anew, with what its other name adds.
        connection.execute(delete(MoveFact).where(MoveFact.move_id.in_(otherwise)))
    if namesakes:
        regroup(connection, namesakes, lambda _table, _id: None)
    return Kept(tuple(new), tuple(by_key), tuple(again))


def _name(text: str | None) -> str | None:
    return clean(text) or None if text else None


def _row(move: Move, key: str, companies: dict[str, int], *, person: int, parser_version: str) -> dict[str, Any]:
    start = move.start_date
    role = _name(move.role)
    return {
        "key": key,
        "kind": move.kind.value,
        "person_id": person,
        "person": clean(move.person),
        "age": move.age,
        "company_id": companies.get(move.company or ""),
        "company": _name(move.company),
        "role": role,
        "role_folded": fold(role) if role else None,
        "unit": _name(move.unit),
        "location": _name(move.location),
        "start_date": str(start) if start else None,
        "start_date_first": start.first_day if start else None,
        "start_date_precision": start.precision if start else None,
        "start_date_text": move.start_date_text,
        "previous_role": _name(move.previous_role),
        "previous_company_id": companies.get(move.previous_company or ""),
        "previous_company": _name(move.previous_company),
        "earlier_companies": [clean(name) for name in move.earlier_companies],
        "education": [clean(name) for name in move.education],
        "institution": [clean(name) for name in move.institution],
        "focus": move.focus,
        "label": move.label,
        "text": move.text,
        "evidence": {name: list(span) for name, span in move.evidence.items()},
        "rule": move.rule,
        "parser_version": parser_version,
    }
