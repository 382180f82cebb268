"""One move, one job ad, one company, one person: everything known of it, each fact with its sentence and its links."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]

MOST = 200
"""Moves or ads of a company that its page lists; the table of them has all."""
SIGHTINGS = 100
_UNMARKED = frozenset({"kind", "start_date_text", "label"})
"""Evidence that spans whole sentences, or the same words as another field."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; `field` is what it says, if anything."""

    text: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Company:
    """A company with its moves by what they are to it, and its job ads."""

    row: Row
    spellings: Sequence[str]
    joined: Sequence[Row]
    left: Sequence[Row]
    other: Sequence[Row]
    ads: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Person:
    """A person with their moves, the newest first."""

    row: Row
    moves: Sequence[Row]


def move(connection: sqlite3.Connection, id_: int) -> Row | None:
    """The row of the view `moves`, and its sightings under `seen`."""
    return _one(connection, "moves", "move", id_)


def job_ad(connection: sqlite3.Connection, id_: int) -> Row | None:
    """The row of the view `job_ads`, and its sightings under `seen`."""
    return _one(connection, "job_ads", "job_ad", id_)


def _one(connection: sqlite3.Connection, view: str, record: str, id_: int) -> Row | None:
    row = connection.execute(f"SELECT * FROM {view} WHERE id = ?", (id_,)).fetchone()  # noqa: S608 - two fixed names
    if row is None:
        return None
    seen = connection.execute(
        f"SELECT i.seen_at, s.name AS source, f.url AS page_url, i.text AS text_here, p.title"  # noqa: S608 - the same
        f' FROM {record}_sighting i JOIN "fetch" f ON f.id = i.fetch_id JOIN source s ON s.id = f.source_id'
        f" JOIN page p ON p.id = f.page_id WHERE i.{record}_id = ? ORDER BY i.seen_at DESC, i.fetch_id DESC LIMIT ?",
        (id_, SIGHTINGS),
    )
    return {**dict(row), "seen": [dict(each) for each in seen]}


def company(connection: sqlite3.Connection, id_: int) -> Company | None:
    """All of a company, or None where there is none of that id."""
    row = connection.execute("SELECT * FROM companies WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    names = connection.execute("SELECT name FROM company_name WHERE company_id = ? ORDER BY id", (id_,))
    moves = _rows(
        connection, "SELECT * FROM moves WHERE company_id = ? ORDER BY start_date_first DESC, id DESC LIMIT ?", id_
    )
    left = _rows(
        connection,
        "SELECT * FROM moves WHERE previous_company_id = ? AND company_id IS NOT previous_company_id"
        " ORDER BY start_date_first DESC, id DESC LIMIT ?",
        id_,
    )
    ads = _rows(
        connection, "SELECT * FROM job_ads WHERE company_id = ? ORDER BY is_open DESC, first_seen DESC LIMIT ?", id_
    )
    return Company(
        row=dict(row),
        spellings=[name for (name,) in names],
        joined=[each for each in moves if each["kind"] == "hire"],
        left=left,
        other=[each for each in moves if each["kind"] != "hire"],
        ads=ads,
    )


def person(connection: sqlite3.Connection, id_: int) -> Person | None:
    """All of a person, or None where there is none of that id."""
    row = connection.execute("SELECT * FROM people WHERE id = ?", (id_,)).fetchone()
    if row is None:
        return None
    newest_first = "SELECT * FROM moves WHERE person_id = ? ORDER BY start_date_first DESC, first_seen DESC LIMIT ?"
    return Person(dict(row), _rows(connection, newest_first, id_))


def _rows(connection: sqlite3.Connection, sql: str, id_: int) -> list[Row]:
    return [dict(row) for row in connection.execute(sql, (id_, MOST))]


def pieces(row: Row) -> list[Piece]:
    """A record's text, cut where its evidence begins and ends. Evidence that makes no sense is left out."""
    text = str(row.get("text") or "")
    found = []
    at = 0
    for begin, end, field in sorted(_spans(row.get("evidence"))):
        if at <= begin < end <= len(text):
            found += [Piece(text[at:begin]), Piece(text[begin:end], field)]
            at = end
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def _spans(evidence: Any) -> Iterator[tuple[int, int, str]]:
    try:
        said = json.loads(evidence)
    except (TypeError, ValueError):
        return
    for field, span in said.items() if isinstance(said, dict) else ():
        whole = isinstance(span, list) and len(span) == 2 and all(type(each) is int for each in span)
        if whole and field not in _UNMARKED:
            yield span[0], span[1], field
