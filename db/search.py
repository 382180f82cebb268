"""Full-text search over moves, job ads, companies and people: SQLite's FTS5 over folded words.

A row of `search` for each record holds the words by which it is found, made comparable the same way as what a reader
types: folded (`db.identity.fold`), and `å` as `aa`, so that Århus finds Aarhus and Aase finds Åse. Its rowid tells kind
and id, so that a record's row is found at once and one kind can be searched alone. The newest come first; nothing is
ranked, so that a common word costs no more than a rare one. The beginnings of words are indexed too, up to `_INDEXED`
letters.

Other databases have no such table; there nothing is kept and nothing found.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Connection, text

from db.identity import fold
from db.progress import Told, untold

RECORDS = ("move", "job_ad", "company", "person")
"""The kinds of record, each with its place in the rowid."""
_KIND_BITS = 40
_BATCH = 500
_WORD = re.compile(r"[^\W_]+")
_LEAST_PREFIX = 2
"""Letters from which on the last word typed may be the beginning of one."""
_MOST_WORDS = 12
_INDEXED = 8
"""Letters up to which the index holds the beginnings of words, from `_LEAST_PREFIX` on; a twentieth of a database."""
_LOOKED_THROUGH = 500
"""Records with the indexed part of a longer beginning that are looked through for all of it."""

_SOURCES = {
    "move": "SELECT id, person, company, role, unit, location, previous_role, previous_company, institution,"
    " (SELECT group_concat(v.company, ' ') FROM move v WHERE v.same_as_id = m.id) FROM move m WHERE same_as_id IS NULL",
    "job_ad": "SELECT id, company, title, region,"
    " (SELECT group_concat(v.company, ' ') FROM job_ad v WHERE v.same_as_id = a.id) FROM job_ad a"
    " WHERE same_as_id IS NULL",
    "company": "SELECT id, name, (SELECT group_concat(n.name, ' ') FROM company_name n WHERE n.company_id = company.id)"
    " FROM company WHERE name IS NOT NULL",
    "person": "SELECT id, name FROM person WHERE name IS NOT NULL",
}
"""For each kind its id and the texts by which it is found; under which condition, to which another may be added."""


def is_search_table(name: str) -> bool:
    """Whether a table is the full-text index or one of those in which SQLite keeps it."""
    return name == "search" or name.startswith("search_")


def words_of(*texts: str | None) -> list[str]:
    """The words of texts in the form that is searched, each once: of "Åse" and "i Århus" `["aase", "i", "aarhus"]`."""
    joined = " ".join(fold(each).replace("å", "aa") for each in texts if each)
    return list(dict.fromkeys(_WORD.findall(joined)))


def find(connection: sqlite3.Connection, typed: str, record: str, *, limit: int = 20) -> list[int]:
    """The ids of the newest records of a kind that have every word typed; the last word may be a beginning."""
    words = words_of(typed)[:_MOST_WORDS]
    if not words:
        return []
    *whole, last = (f'"{word}"' for word in words)
    if len(words[-1]) < _LEAST_PREFIX or not typed[-1:].isalnum():
        return [id_ for id_, _ in _newest(connection, record, [*whole, last], limit)]
    if len(words[-1]) > _INDEXED:
        # A beginning that is not indexed is gathered from every word that has it before the first is given. Where it
        # is common, it is soon met among the newest that have the indexed part of it.
        likely = _newest(connection, record, [*whole, f'"{words[-1][:_INDEXED]}"*'], _LOOKED_THROUGH)
        has = re.compile(rf"(?:^| ){re.escape(words[-1])}")
        found = [id_ for id_, text in likely if has.search(text)]
        if len(found) >= limit or len(likely) < _LOOKED_THROUGH:
            return found[:limit]
    return [id_ for id_, _ in _newest(connection, record, [*whole, f"{last}*"], limit)]


def _newest(connection: sqlite3.Connection, record: str, parts: list[str], limit: int) -> list[tuple[int, str]]:
    """The ids of the newest records of a kind that have all parts, and the words of each."""
    low = _rowid(record, 0)
    rows = connection.execute(
        "SELECT rowid, words FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
        (" AND ".join(parts), low, low + (1 << _KIND_BITS), limit),
    )
    return [(row[0] - low, row[1]) for row in rows]


def index(connection: Connection, record: str, ids: Iterable[int]) -> None:
    """Write the search rows of these records anew; one that is gone has none.

    On a connection with the execution option `unsearched`, as a store has that only passes, nothing is written.
    """
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get("unsearched"):
        return
    waiting = iter(sorted(set(ids)))
    while some := list(islice(waiting, _BATCH)):
        _forget(connection, record, some)
        marks = ", ".join(str(int(each)) for each in some)
        for _ in _write(connection, record, connection.exec_driver_sql(f"{_SOURCES[record]} AND id IN ({marks})")):
            pass


def refresh_all(connection: Connection, *, told: Told = untold) -> None:
    """Write every search row anew; `told` is told how far that is. Takes some half minute for each million records."""
    if connection.dialect.name != "sqlite":
        return
    connection.execute(text("DELETE FROM search"))
    for record in RECORDS:
        whole = connection.exec_driver_sql(f"SELECT count(*) FROM {record}").scalar_one()  # noqa: S608 - one of RECORDS
        for written in _write(connection, record, connection.exec_driver_sql(_SOURCES[record])):
            told(f"words for searching ({record.replace('_', ' ')})", written, whole)
    compact(connection)


def compact(connection: Connection) -> None:
    """Write the index as one piece: nothing of a deleted row stays behind in it, and searching is quickest."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search (search) VALUES ('optimize')"))


def _rowid(record: str, id_: int) -> int:
    return (RECORDS.index(record) << _KIND_BITS) + id_


def _forget(connection: Connection, record: str, ids: Sequence[int]) -> None:
    rowids = [(_rowid(record, id_),) for id_ in ids]
    connection.exec_driver_sql("DELETE FROM search WHERE rowid = ?", rowids)


def _write(connection: Connection, record: str, rows: Iterable[Sequence[Any]]) -> Iterator[int]:
    """Write search rows; says now and then how many have been written."""
    waiting = _entries(record, rows)
    written = 0
    while some := list(islice(waiting, _BATCH)):
        connection.exec_driver_sql("INSERT INTO search (rowid, record, record_id, words) VALUES (?, ?, ?, ?)", some)
        written += len(some)
        yield written


def _entries(record: str, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[int, str, int, str]]:
    for id_, *texts in rows:
        words = words_of(*(_plain(each) for each in texts))
        yield _rowid(record, id_), record, id_, " ".join(words)


def _plain(value: Any) -> str | None:
    """A text, or the texts of a JSON list."""
    if isinstance(value, str) and value.startswith("["):
        try:
            return " ".join(str(item) for item in json.loads(value))
        except ValueError:
            return value
    return None if value is None else str(value)
