"""Where the archive's bodies are: an index beside its files, by which an unchanged body is found again.

It is a cache and may be deleted at any time. What the files hold beyond it (another machine's backup, a run killed
between the archive and the index) is read from them when a source is first written to, and whatever it says is looked
up in the file before it is believed. It holds hashes of addresses, and of pages nothing at all.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from scraper.fetchers.warc_members import Member, members, unpacked

log = logging.getLogger("navnenyt")

T = TypeVar("T")

NAME = "index.db"
_VERSION = 1
_TABLES = f"""
BEGIN;
CREATE TABLE file (name TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE body (
  source TEXT NOT NULL, url BLOB NOT NULL, digest TEXT NOT NULL,
  validator BLOB, file TEXT NOT NULL, offset INTEGER NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (source, url, digest)
) WITHOUT ROWID;
CREATE INDEX body_file ON body (file);
CREATE TABLE refers (file TEXT NOT NULL, original TEXT NOT NULL, PRIMARY KEY (file, original)) WITHOUT ROWID;
PRAGMA user_version = {_VERSION};
COMMIT;
"""
_BY_DIGEST = "SELECT file, offset FROM body WHERE source = ? AND url = ? AND digest = ?"
_BY_VALIDATOR = "SELECT file, offset FROM body WHERE source = ? AND url = ? AND validator = ? ORDER BY at DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the record of a body begins."""

    file: str
    offset: int


class Index:
    """The index of the archive in `directory`. A fault of it costs space, never a record: it is begun anew."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / NAME

    def catch_up(self, source: str, paths: Iterable[Path]) -> bool:
        """Read what a source's files hold beyond what the index knows; whether that could be done."""

        def read(connection: sqlite3.Connection) -> bool:
            for path in paths:
                size, known = path.stat().st_size, _known(connection, path.name)
                if known > size:  # another file of that name, or one that was cut off
                    _forget(connection, path.name)
                    known = 0
                if known == size:
                    continue
                for member in members(path, known):
                    _take(connection, source, path.name, member)
                _reached(connection, path.name, size)
            return True

        return bool(self._safely(read))

    def added(self, source: str, file: str, offset: int, answer: bytes, end: int) -> None:
        """Note the answer, a gzip member, that was just appended to `file` at `offset`; the file ends at `end` now."""

        def note(connection: sqlite3.Connection) -> None:
            if _known(connection, file) == offset:  # else there is more to catch up with
                _take(connection, source, file, unpacked(answer, offset))
                _reached(connection, file, end)

        self._safely(note)

    def with_digest(self, source: str, url: str, digest: str) -> Place | None:
        """Where this very body of an address is."""
        return self._place(_BY_DIGEST, source, url, digest)

    def with_validator(self, source: str, url: str, validator: str) -> Place | None:
        """Where the newest body of an address is that came with this ETag or, without one, Last-Modified."""
        return self._place(_BY_VALIDATOR, source, url, _hashed(validator))

    def originals_of(self, files: Iterable[str]) -> frozenset[str] | None:
        """The files with the bodies that records of these files refer to; None when that cannot be known."""

        def look(connection: sqlite3.Connection) -> frozenset[str]:
            said = "SELECT original FROM refers WHERE file = ?"
            return frozenset(row[0] for name in files for row in connection.execute(said, (name,)))

        return self._safely(look)

    def forget(self, files: Iterable[str]) -> None:
        """Files that are no more."""

        def drop(connection: sqlite3.Connection) -> None:
            for name in files:
                _forget(connection, name)

        self._safely(drop)

    def _place(self, statement: str, source: str, url: str, value: object) -> Place | None:
        def look(connection: sqlite3.Connection) -> Place | None:
            row = connection.execute(statement, (source, _hashed(url), value)).fetchone()
            return Place(*row) if row else None

        return self._safely(look)

    def _safely(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """What an action gives, in one transaction; None when the index is damaged or a file cannot be read."""
        try:
            with closing(sqlite3.connect(self._path)) as connection:
                # A power cut may spoil a cache: it costs reading the files once.
                connection.execute("PRAGMA synchronous = OFF")
                if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                    connection.executescript(_TABLES)
                with connection:
                    return action(connection)
        except sqlite3.Error as error:
            log.warning("the archive's index %s is begun anew: %s", self._path, error)
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the archive's index could not be brought up to date: %s", error)
        return None


def _known(connection: sqlite3.Connection, file: str) -> int:
    """Up to where a file was read."""
    row = connection.execute("SELECT size FROM file WHERE name = ?", (file,)).fetchone()
    return int(row[0]) if row else 0


def _reached(connection: sqlite3.Connection, file: str, size: int) -> None:
    connection.execute("REPLACE INTO file (name, size) VALUES (?, ?)", (file, size))


def _forget(connection: sqlite3.Connection, file: str) -> None:
    for statement in (
        "DELETE FROM file WHERE name = ?",
        "DELETE FROM body WHERE file = ?",
        "DELETE FROM refers WHERE file = ?",
    ):
        connection.execute(statement, (file,))


def _take(connection: sqlite3.Connection, source: str, file: str, member: Member) -> None:
    """Note what a record says of bodies: that it holds one, or where another one holds it."""
    headers = member.headers()
    kind = headers.get("warc-type")
    if kind == "revisit" and (original := headers.get("warc-refers-to-filename")):
        connection.execute("INSERT OR IGNORE INTO refers (file, original) VALUES (?, ?)", (file, original))
    digest = headers.get("warc-payload-digest")
    status, http = member.http()
    if kind != "response" or status != 200 or digest is None or "warc-truncated" in headers:
        return
    validator = http.get("etag") or http.get("last-modified")
    connection.execute(
        "REPLACE INTO body (source, url, digest, validator, file, offset, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            source,
            _hashed(headers.get("warc-target-uri", "")),
            digest,
            _hashed(validator) if validator else None,
            file,
            member.offset,
            headers.get("warc-date", ""),
        ),
    )


def _hashed(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
