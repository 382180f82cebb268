"""Moves and job ads with all that they rest on: the sentence, each page that showed it, and the other end of the story.

Read over a plain connection of sqlite3 that only reads (`db.engine.connect_read_only`). Days and times are ISO text,
in UTC.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenOn:
    """A page that showed a record: its source and address, and when (UTC, ISO text).

    `text` is how that page words it where it is not as the record's own sentence.
    """

    source: str
    url: str
    title: str
    first_seen: str
    last_seen: str
    times_seen: int
    text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMove:
    """A people move as the view `moves` has it (docs/data-model.md), with the pages it stood on."""

    id: int
    kind: str
    person: str
    person_id: int
    age: int | None
    company: str | None
    company_id: int | None
    role: str | None
    unit: str | None
    location: str | None
    start_date: str | None
    previous_role: str | None
    previous_company: str | None
    previous_company_id: int | None
    earlier_companies: tuple[str, ...]
    education: tuple[str, ...]
    institution: tuple[str, ...]
    focus: str | None
    label: str | None
    function: str | None
    seniority: str | None
    region: str | None
    lead_days: int | None
    first_seen: str
    last_seen: str
    times_seen: int
    text: str
    evidence: dict[str, list[int]]
    rule: str
    parser_version: str
    pages: tuple[SeenOn, ...] = ()
    ads: tuple[AdAndHire, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAd:
    """A job ad as the view `job_ads` has it, with the pages it stood on and the hires it is likely to have led to."""

    id: int
    company: str
    company_id: int
    title: str
    region: str | None
    region_name: str | None
    url: str | None
    posted: str | None
    deadline: str | None
    employment_type: str | None
    identifier: str | None
    function: str | None
    seniority: str | None
    first_seen: str
    last_seen: str
    times_seen: int
    is_open: bool
    gone_at: str | None
    times_relisted: int
    days_open: int | None
    text: str
    evidence: dict[str, list[int]]
    rule: str
    parser_version: str
    pages: tuple[SeenOn, ...] = ()
    hires: tuple[AdAndHire, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdAndHire:
    """An ad and the hire that it is likely to have led to; `score` is from 0 to 1, `reason` says why."""

    move_id: int
    job_ad_id: int
    title: str
    person: str
    person_id: int
    role: str | None
    start_date: str | None
    score: float
    days_to_fill: int
    reason: str


def moves_of(connection: sqlite3.Connection, ids: Sequence[int]) -> list[KnownMove]:
    """The moves of these ids, in that order, with their pages and ads; an id that is not there is left out."""
    asked = json.dumps(list(ids))
    found = {row["id"]: row for row in rows(connection, _MOVES, asked)}
    pages = _pages(rows(connection, _MOVE_PAGES, asked))
    joined = _joined(connection, "move_id", asked)
    return [_move(found[number], pages[number], joined[number]) for number in ids if number in found]


def ads_of(connection: sqlite3.Connection, ids: Sequence[int]) -> list[KnownAd]:
    """The job ads of these ids, in that order, with their pages and hires; an id that is not there is left out."""
    asked = json.dumps(list(ids))
    found = {row["id"]: row for row in rows(connection, _ADS, asked)}
    pages = _pages(rows(connection, _AD_PAGES, asked))
    joined = _joined(connection, "job_ad_id", asked)
    return [_ad(found[number], pages[number], joined[number]) for number in ids if number in found]


def rows(connection: sqlite3.Connection, sql: str, *parameters: Any) -> list[dict[str, Any]]:
    """The rows of a SELECT, each by its columns' names; one mapping gives named parameters."""
    given = parameters[0] if parameters and isinstance(parameters[0], dict) else parameters
    cursor = connection.execute(sql, given)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


_MOVES = "SELECT * FROM moves WHERE id IN (SELECT value FROM json_each(?))"
_ADS = "SELECT * FROM job_ads WHERE id IN (SELECT value FROM json_each(?))"
_MOVE_PAGES = """
WITH asked AS (SELECT value AS id FROM json_each(?))
SELECT
  m.id AS record_id, s.name AS source, f.url, p.title,
  min(i.seen_at) AS first_seen, max(i.seen_at) AS last_seen, count(DISTINCT i.fetch_id) AS times_seen,
  max(nullif(coalesce(i.text, v.text), m.text)) AS text
FROM (
  SELECT id, id AS said_id FROM asked
  UNION ALL SELECT same_as_id, id FROM move WHERE same_as_id IN (SELECT id FROM asked)
) said
JOIN move m ON m.id = said.id
JOIN move v ON v.id = said.said_id
JOIN move_sighting i ON i.move_id = v.id
JOIN "fetch" f ON f.id = i.fetch_id
JOIN page p ON p.id = f.page_id
JOIN source s ON s.id = f.source_id
GROUP BY m.id, f.page_id, f.url
ORDER BY min(i.seen_at), f.url
"""
_AD_PAGES = _MOVE_PAGES.replace("move", "job_ad")
_HIRES = """
SELECT move_id, job_ad_id, title, person, person_id, role, start_date, score, days_to_fill, reason
FROM ad_hires
WHERE {by} IN (SELECT value FROM json_each(?))
ORDER BY score DESC, move_id, job_ad_id
"""


def _pages(found: Sequence[dict[str, Any]]) -> dict[int, list[SeenOn]]:
    pages: dict[int, list[SeenOn]] = defaultdict(list)
    for row in found:
        pages[row.pop("record_id")].append(SeenOn(**row))
    return pages


def _joined(connection: sqlite3.Connection, by: str, ids: str) -> dict[int, list[AdAndHire]]:
    joined: dict[int, list[AdAndHire]] = defaultdict(list)
    for row in rows(connection, _HIRES.format(by=by), ids):
        joined[row[by]].append(AdAndHire(**row))
    return joined


_LISTS = frozenset({"earlier_companies", "education", "institution"})
_MOVE = frozenset(KnownMove.__dataclass_fields__) - {"pages", "ads", "evidence"}
_AD = frozenset(KnownAd.__dataclass_fields__) - {"pages", "hires", "evidence", "is_open"}


def _move(row: dict[str, Any], pages: Sequence[SeenOn], ads: Sequence[AdAndHire]) -> KnownMove:
    said: dict[str, Any] = {name: tuple(json.loads(row[name])) if name in _LISTS else row[name] for name in _MOVE}
    return KnownMove(**said, evidence=json.loads(row["evidence"]), pages=tuple(pages), ads=tuple(ads))


def _ad(row: dict[str, Any], pages: Sequence[SeenOn], hires: Sequence[AdAndHire]) -> KnownAd:
    said = {name: row[name] for name in _AD}
    evidence = json.loads(row["evidence"])
    return KnownAd(**said, is_open=bool(row["is_open"]), evidence=evidence, pages=tuple(pages), hires=tuple(hires))
