"""The words by which records are found: those of their text and of the names that they are kept under, folded.

The table is SQLite's own (FTS5), so it is there only where SQLite is. Its rows are numbered after their records, a
move's even and an ad's odd: so a record's row is found without a search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import aliased

from db.base import RecordKind
from db.identity import fold
from db.models import Company, JobAd, Move, Person

_ADD = text("INSERT INTO search (rowid, record, record_id, words) VALUES (:rowid, :record, :record_id, :words)")
_REMOVE = text("DELETE FROM search WHERE rowid = :rowid")
_AT_ONCE = 500


def is_search_table(name: str) -> bool:
    """Whether a table is the full-text index or one of those in which SQLite keeps it."""
    return name == "search" or name.startswith("search_")


def row_number(record: RecordKind, record_id: int) -> int:
    """The number of a record's row in `search`."""
    return 2 * record_id + (record is RecordKind.JOB_AD)


def keep(connection: Connection, *, moves: Sequence[int] = (), job_ads: Sequence[int] = ()) -> None:
    """Put the words of these records, a few hundred at most, in the place of those kept before."""
    if not _kept_here(connection):
        return
    forget(connection, moves=moves, job_ads=job_ads)
    rows = [*_of_moves(connection, moves), *_of_ads(connection, job_ads)]
    if rows:
        connection.execute(_ADD, rows)


def forget(connection: Connection, *, moves: Iterable[int] = (), job_ads: Iterable[int] = ()) -> None:
    """Take the words of these records away."""
    if not _kept_here(connection):
        return
    numbers = [row_number(RecordKind.MOVE, move) for move in moves]
    numbers += [row_number(RecordKind.JOB_AD, ad) for ad in job_ads]
    if numbers:
        connection.execute(_REMOVE, [{"rowid": number} for number in numbers])


def refresh_all(connection: Connection) -> None:
    """Put down the words of all records anew, and let the index be as if it had never been changed."""
    if not _kept_here(connection):
        return
    connection.execute(text("DELETE FROM search"))
    for record, table in ((RecordKind.MOVE, Move), (RecordKind.JOB_AD, JobAd)):
        highest = connection.scalar(select(func.max(table.id))) or 0
        for start in range(1, highest + 1, _AT_ONCE):
            ids = range(start, start + _AT_ONCE)
            rows = _of_moves(connection, ids) if record is RecordKind.MOVE else _of_ads(connection, ids)
            if rows:
                connection.execute(_ADD, rows)
    connection.execute(text("INSERT INTO search (search) VALUES ('optimize')"))


def _kept_here(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _of_moves(connection: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    if not ids:
        return []
    joined, left = aliased(Company), aliased(Company)
    rows = connection.execute(
        select(Move.id, Move.text, Person.name, joined.name, left.name, Move.role)
        .join(Person, Person.id == Move.person_id)
        .outerjoin(joined, joined.id == Move.company_id)
        .outerjoin(left, left.id == Move.previous_company_id)
        .where(Move.id.in_(ids))
        .order_by(Move.id)
    )
    return [_row(RecordKind.MOVE, number, words, names) for number, words, *names in rows]


def _of_ads(connection: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    if not ids:
        return []
    rows = connection.execute(
        select(JobAd.id, JobAd.text, JobAd.title, Company.name, JobAd.region)
        .join(Company, Company.id == JobAd.company_id)
        .where(JobAd.id.in_(ids))
        .order_by(JobAd.id)
    )
    return [_row(RecordKind.JOB_AD, number, words, names) for number, words, *names in rows]


def _row(record: RecordKind, record_id: int, words: str, names: Sequence[str | None]) -> dict[str, Any]:
    """A record's text, and those of its names that the text does not hold."""
    said = fold(words)
    more = [name for name in map(fold, filter(None, names)) if name not in said]
    return {
        "rowid": row_number(record, record_id),
        "record": record.value,
        "record_id": record_id,
        "words": " ".join([said, *dict.fromkeys(more)]),
    }
