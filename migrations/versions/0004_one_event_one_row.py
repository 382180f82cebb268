"""One event is one row, under however many names of its company it is told; a sighting knows the name it had."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.identity import UNDATED_EVENTS, company_key, fold, job_ad_event, job_ad_key, move_event, move_key, person_key
from migrations.telling import told
from migrations.views import create_views, drop_views
from scraper.records import JobAd, Move, MoveKind, PartialDate

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RECORDS = ("move", "job_ad")
VIEWS = ("moves", "job_ads", "people", "companies", "roles")
"""Views of 0003 that read the records."""
SIGHTINGS = ("sightings",)
"""The same of 0001."""
_AT_ONCE = 1000
_READ = {
    "move": "id, kind, person, company, company_id, role, start_date, text, evidence FROM move",
    "job_ad": "a.id, a.company, a.company_id, a.title, a.region, a.identifier, s.name AS source"
    " FROM job_ad a LEFT JOIN source s ON s.id = a.identified_by_source_id",
}
_HANGING = {"move": ("hire_ad", "move_earlier", "move_fact", "move_study"), "job_ad": ("hire_ad", "job_ad_fact")}
"""Tables whose rows go with a record's; spans and rows of two records are named where they are cleared."""


def upgrade() -> None:
    drop_views((*VIEWS, *SIGHTINGS))
    for table in RECORDS:
        # Plain words that both databases know: a table with so many keys upon it is not made anew for two columns.
        op.execute(f"ALTER TABLE {table} ADD COLUMN event VARCHAR DEFAULT '' NOT NULL")
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN same_as_id INTEGER"
            f" CONSTRAINT fk_{table}_same_as_id_{table} REFERENCES {table} (id)"
        )
        _mark(table)
        _tell_as_one(table)
        own, further = sa.text("same_as_id IS NULL"), sa.text("same_as_id IS NOT NULL")
        op.create_index(
            op.f(f"ix_{table}_event_company_id"),
            table,
            ["event", "company_id"],
            unique=True,
            sqlite_where=own,
            postgresql_where=own,
        )
        op.create_index(
            op.f(f"ix_{table}_same_as_id"), table, ["same_as_id"], sqlite_where=further, postgresql_where=further
        )
    create_views(revision, (*VIEWS, *SIGHTINGS))


def downgrade() -> None:
    drop_views((*VIEWS, *SIGHTINGS))
    for table in RECORDS:
        op.drop_index(op.f(f"ix_{table}_same_as_id"), table)
        op.drop_index(op.f(f"ix_{table}_event_company_id"), table)
        op.drop_column(table, "same_as_id")
        op.drop_column(table, "event")
        _join_spellings(table)
    create_views("0003", VIEWS)
    create_views("0001", SIGHTINGS)


def _mark(table: str) -> None:
    """Give each record its event, and the key of the one spelling under which it was read first."""
    change = sa.text(f"UPDATE {table} SET key = :key, event = :event WHERE id = :id")  # noqa: S608 - a fixed name
    last = op.get_bind().scalar(sa.text(f"SELECT max(id) FROM {table}")) or 0  # noqa: S608 - a fixed name
    for rows in _rows(table):
        told(f"events of {table.replace('_', ' ')}s", rows[-1]["id"], last)
        marked = []
        for row in rows:
            if table == "move":
                move = _move(row)
                key, event = move_key(move), move_event(move)
            else:
                ad, source = _ad(row), row["source"] or ""
                key, event = job_ad_key(ad, source), job_ad_event(ad, source)
            marked.append({"id": row["id"], "key": key, "event": event})
        op.get_bind().execute(change, marked)


def _tell_as_one(table: str) -> None:
    """Let the record of an event of a company that was seen first stand for the others; a move's person too."""
    sighting = f"{table}_sighting"
    several = op.get_bind().execute(
        sa.text(
            f"SELECT r.id, r.event, r.company_id, min(i.fetch_id) AS first FROM {table} r"  # noqa: S608 - fixed names
            f" JOIN (SELECT event, company_id FROM {table} WHERE company_id IS NOT NULL"
            f" GROUP BY event, company_id HAVING count(*) > 1) e ON e.event = r.event AND e.company_id = r.company_id"
            f" LEFT JOIN {sighting} i ON i.{table}_id = r.id GROUP BY r.id, r.event, r.company_id, r.key"
            " ORDER BY first, r.key"
        )
    )
    groups: dict[tuple[str, int], list[int]] = defaultdict(list)
    for row in several:
        groups[row.event, row.company_id].append(row.id)
    changes = [{"id": number, "own": first} for first, *others in groups.values() for number in others]
    if changes:
        op.get_bind().execute(sa.text(f"UPDATE {table} SET same_as_id = :own WHERE id = :id"), changes)  # noqa: S608


def _join_spellings(table: str) -> None:
    """What was read under several spellings of one key is one record again, with the sightings of all."""
    bind = op.get_bind()
    first: dict[str, int] = {}
    twins: list[dict[str, int]] = []
    keyed: list[dict[str, Any]] = []
    for rows in _rows(table):
        for row in rows:
            key = _key_of_0003(table, row)
            if key in first:
                twins.append({"own": first[key], "id": row["id"]})
            else:
                first[key] = row["id"]
                keyed.append({"id": row["id"], "key": key})
    sighting, record = f"{table}_sighting", f"{table}_id"
    more = ", facts" if table == "job_ad" else ""
    for twin in twins:
        bind.execute(
            sa.text(
                f"INSERT INTO {sighting} ({record}, fetch_id, seen_at, text{more})"  # noqa: S608 - fixed names
                f" SELECT CAST(:own AS INTEGER), i.fetch_id, i.seen_at, coalesce(i.text, r.text){more}"
                f" FROM {sighting} i JOIN {table} r ON r.id = i.{record} WHERE i.{record} = :id AND i.fetch_id NOT IN"
                f" (SELECT o.fetch_id FROM {sighting} o WHERE o.{record} = :own)"
            ),
            twin,
        )
        cleared = [f"{name} WHERE {record} = :id" for name in (*_HANGING[table], sighting)]
        cleared += ["person_tie WHERE :id IN (move_id, other_move_id)"] if table == "move" else []
        cleared += ["job_ad_span WHERE job_ad_id = :id"] if table == "job_ad" else []
        for each in (*cleared, f"{table} WHERE id = :id"):
            bind.execute(sa.text(f"DELETE FROM {each}"), {"id": twin["id"]})  # noqa: S608 - fixed names
    if keyed:
        bind.execute(sa.text(f"UPDATE {table} SET key = :key WHERE id = :id"), keyed)  # noqa: S608 - a fixed name


def _rows(table: str) -> Iterator[list[Any]]:
    last = 0
    by = "a.id" if table == "job_ad" else "id"
    query = sa.text(f"SELECT {_READ[table]} WHERE {by} > :last ORDER BY {by} LIMIT {_AT_ONCE}")
    while rows := op.get_bind().execute(query, {"last": last}).mappings().all():
        yield list(rows)
        last = rows[-1]["id"]


def _move(row: Any) -> Move:
    said = json.loads(row["evidence"]) if isinstance(row["evidence"], str) else row["evidence"]
    return Move(
        kind=MoveKind(row["kind"]),
        person=row["person"],
        company=row["company"],
        role=row["role"],
        start_date=PartialDate.parse(row["start_date"]) if row["start_date"] else None,
        text=row["text"],
        evidence={name: (span[0], span[1]) for name, span in said.items()},
    )


def _ad(row: Any) -> JobAd:
    identifier = row["identifier"] if row["source"] else None
    return JobAd(company=row["company"], title=row["title"], region=row["region"], identifier=identifier)


def _key_of_0003(table: str, row: Any) -> str:
    if table == "move":
        move = _move(row)
        words = fold(move.text) if move.kind in UNDATED_EVENTS and move.start_date is None else ""
        parts: tuple[str, ...] = (
            *("move", move.kind.value, person_key(move.person), company_key(move.company) if move.company else ""),
            *(fold(move.role or ""), str(move.start_date or ""), words),
        )
    elif (ad := _ad(row)).identifier:
        parts = ("job_ad", "identifier", row["source"], ad.identifier)
    else:
        parts = ("job_ad", "words", company_key(ad.company), fold(ad.title), fold(ad.region or ""))
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
