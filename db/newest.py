"""The newest moves and job ads that a filter wants, for feeds and watches."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from db.known import KnownAd, KnownMove, ads_of, moves_of
from db.record_filter import JOB_AD, Filter, where

_FROM: Mapping[str, str] = {
    "move": "SELECT x.move_id AS id, x.first_seen AS at FROM move_fact x JOIN move m ON m.id = x.move_id",
    JOB_AD: "SELECT x.job_ad_id AS id, x.first_seen AS at FROM job_ad_fact x JOIN job_ad a ON a.id = x.job_ad_id",
}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A record that a filter wants: when it was seen first (UTC, ISO text), `move` or `job_ad`, and its id."""

    first_seen: str
    record: str
    id: int


def newest(
    connection: sqlite3.Connection, wanted: Filter | None, *, most: int, since: str | None = None
) -> list[Found]:
    """Up to `most` records, the newest first, first seen at `since` or later; all records without a filter."""
    found: list[Found] = []
    for record in wanted.records if wanted else ("move", JOB_AD):
        condition, parameters = where(wanted, record) if wanted else ("1", [])
        later = " AND x.first_seen >= ?" if since else ""
        sql = f"{_FROM[record]} WHERE {condition}{later} ORDER BY x.first_seen DESC, id DESC LIMIT ?"
        rows = connection.execute(sql, [*parameters, *([since] if since else []), most])
        found += [Found(at, record, number) for number, at in rows]
    return sorted(found, key=lambda one: (one.first_seen, one.record, one.id), reverse=True)[:most]


def records_of(connection: sqlite3.Connection, found: list[Found]) -> list[KnownMove | KnownAd]:
    """The moves and ads found, in that order; what has been erased meanwhile is left out."""
    moves = {move.id: move for move in moves_of(connection, [one.id for one in found if one.record == "move"])}
    ads = {ad.id: ad for ad in ads_of(connection, [one.id for one in found if one.record == JOB_AD])}
    both: list[KnownMove | KnownAd | None] = [
        moves.get(one.id) if one.record == "move" else ads.get(one.id) for one in found
    ]
    return [record for record in both if record is not None]


def begun(connection: sqlite3.Connection) -> str:
    """When the first run began, as digits: a name for this database that stays and that no other has."""
    first = connection.execute("SELECT min(started_at) FROM run").fetchone()[0] or ""
    return "".join(character for character in first if character.isdigit()) or "new"
