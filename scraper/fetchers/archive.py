"""The archive: every answer as it came, in WARC files (ISO 28500) that any tool of the trade reads.

One file for each source and UTC day, one gzip member for each record, so that a record can be read by its offset
alone. A record is on the disk before `add` returns: what the database later says about a page can be traced to bytes
that were safe before the page was parsed. A body that an address gave before is not stored again: its record refers to
the one that holds it, whose bytes were compared first.
"""

from __future__ import annotations

import errno
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from scraper.errors import DiskFull, PageUnreadable, StoreError
from scraper.fetchers import warc
from scraper.fetchers.archive_index import Index
from scraper.fetchers.warc import Stored
from scraper.fetchers.warc_members import members
from scraper.fetchers.warc_records import Exchange, digest, exchange_members, warcinfo_member

__all__ = ["Archive", "Exchange", "Held", "day_of", "held"]

log = logging.getLogger("navnenyt")

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NAME = re.compile(r"(?P<source>.+)-(?P<day>\d{8})(?:-(?P<number>\d+))?\.warc\.gz")


@dataclass(frozen=True, slots=True)
class Held:
    """How much an archive holds: files, their bytes, and the days (UTC) of the first and the last."""

    files: int
    bytes: int
    first: date | None
    last: date | None


def held(directory: Path) -> Held:
    """How much the archive in `directory` holds; nothing where there is none."""
    found = _named(directory)
    days = [day_of(path) for path in found]
    return Held(
        len(found), sum(path.stat().st_size for path in found), *((days[0], days[-1]) if days else (None, None))
    )


class Archive:
    """The archive in `directory`, which is made when the first record is. `clock` gives the time in UTC.

    With `keep_days`, files of days longer ago may be pruned, and a body in one of them is stored once more when it
    comes again, so that nothing new depends on an old file. Only one process may add to it at a time; the lock sees to
    that.
    """

    def __init__(self, directory: Path, *, clock: Callable[[], datetime], keep_days: int | None = None) -> None:
        self._directory = directory
        self._clock = clock
        self._keep_days = keep_days
        self._current: dict[str, tuple[str, Path]] = {}
        self._index = Index(directory)

    def add(self, source: str, exchange: Exchange) -> tuple[str, int]:
        """Append an exchange; gives the file's name and the offset of the answer's record, both synced to the disk.

        Raises DiskFull, or StoreError when the file cannot be written; the file is then as it was before.
        """
        path = self._file(source)
        answer, request = exchange_members(exchange, self._original(source, exchange))
        try:
            offset = _append(path, answer + request)
        except OSError as error:
            raise _cannot_write(path, error) from error
        self._index.added(source, path.name, offset, answer, offset + len(answer) + len(request))
        return path.name, offset

    def read_at(self, file: str, offset: int) -> Stored:
        """The answer whose record begins at `offset` of `file`, with its body, wherever that is.

        A 304 has the headers that came with the body, too. Raises PageUnreadable when there is none, or when its body
        cannot be had.
        """
        path = self._directory / Path(file).name
        return self._whole(warc.read_at(path, offset), path)

    def answers(self, path: Path, *, begin: int = 0) -> Iterator[Stored]:
        """Every answer in a file of the archive, in order, as `read_at` gives it; one whose body is gone has none.

        With `begin`, the offset of a record, from that one on: what stands before is not read. Raises PageUnreadable
        where the file is damaged, after all answers before the damage.
        """
        for stored in warc.read_file(path, revisits=True, begin=begin):
            try:
                yield self._whole(stored, path)
            except PageUnreadable as error:
                log.warning("%s", error.message)
                yield stored

    def files(self, source: str | None = None) -> list[Path]:
        """The archive's files, oldest day first, of one source or of all."""
        return _named(self._directory, source)

    def prune(self) -> list[str]:
        """Delete the files of days longer ago than `keep_days`; gives their names, oldest first.

        Never today's file, nor one that holds a body to which a record of a file that stays refers.
        """
        if self._keep_days is None:
            return []
        limit = self._clock().astimezone(UTC).date() - timedelta(days=self._keep_days)
        files = self.files()
        due = [path for path in files if day_of(path) < limit]
        stay = [path for path in files if day_of(path) >= limit]
        if not due or not all(self._index.catch_up(source, paths) for source, paths in _by_source(files).items()):
            return []
        needed = self._index.originals_of(path.name for path in stay)
        deleted: list[str] = []
        for path in due:
            if needed is None or path.name in needed:
                continue
            try:
                path.unlink()
            except OSError as error:
                log.warning("%s is too old and cannot be deleted: %s", path, error.strerror)
                continue
            deleted.append(path.name)
        if deleted:
            _sync_directory(self._directory)
            self._index.forget(deleted)
            log.info("deleted from the archive, being older than %d days: %s", self._keep_days, ", ".join(deleted))
        return deleted

    def _whole(self, stored: Stored, path: Path) -> Stored:
        """A revisit with the body that it refers to."""
        if not stored.revisit:
            return stored
        told = stored.original
        if told is None or told.file is None:
            raise PageUnreadable(
                f"{path}: the answer at offset {stored.offset} does not say where its body is.",
                hint="It was not in the archive when the site answered that it is unchanged.",
            )
        base = warc.read_at(self._directory / Path(told.file).name, told.offset)
        if base.record_id != told.record_id or digest(base.body) != told.digest:
            raise PageUnreadable(
                f"{path}: the body of the answer at offset {stored.offset} is no longer in {told.file}.",
                hint="The archive was changed or damaged.",
            )
        headers = stored.headers if stored.status == 200 else stored.headers + base.headers
        return replace(stored, body=base.body, headers=headers)

    def _original(self, source: str, exchange: Exchange) -> tuple[str, Stored] | None:
        """The record that holds the body of an exchange already, if there is one and it can be read."""
        if exchange.status == 200 and exchange.body and not exchange.truncated:
            place = self._index.with_digest(source, exchange.url, digest(exchange.body))
        elif exchange.status == 304:
            sent = {name.lower(): value for name, value in exchange.request_headers}
            validator = sent.get("if-none-match") or sent.get("if-modified-since")
            place = self._index.with_validator(source, exchange.url, validator) if validator else None
        else:
            return None
        if place is None or (exchange.status == 200 and self._is_old(place.file)):
            return None
        try:
            stored = warc.read_at(self._directory / place.file, place.offset)
        except PageUnreadable:
            return None
        same = stored.body == exchange.body or exchange.status == 304
        return (place.file, stored) if same and stored.url == exchange.url and not stored.revisit else None

    def _is_old(self, file: str) -> bool:
        """Whether a file is to go soon, so that nothing new may depend on it."""
        if self._keep_days is None:
            return False
        return day_of(Path(file)) < self._clock().astimezone(UTC).date() - timedelta(days=self._keep_days)

    def _file(self, source: str) -> Path:
        """The file to append to today: it ends at the end of a record."""
        day = self._clock().astimezone(UTC).strftime("%Y%m%d")
        known = self._current.get(source)
        if known is not None and known[0] == day and known[1].exists():
            return known[1]
        try:
            path = self._open(f"{source}-{day}")
            self._index.catch_up(source, self.files(source))
        except OSError as error:
            raise _cannot_write(self._directory, error) from error
        self._current[source] = (day, path)
        return path

    def _open(self, stem: str) -> Path:
        """The last file of this stem, mended if a killed process left half a record; begun if there is none.

        What stands after the last whole record was never acknowledged and is cut off. When whole records follow the
        damage it is not a torn end but a damaged disk: that file is left as it is, and the next number begun.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            path = self._directory / f"{stem}{f'-{number}' if number > 1 else ''}.warc.gz"
            if not path.exists():
                break
            if not (self._directory / f"{stem}-{number + 1}.warc.gz").exists():
                whole, torn_at_end = _whole(path)
                if whole and whole == path.stat().st_size:
                    return path
                if torn_at_end:
                    os.truncate(path, whole)
                    if whole:
                        return path
                    break
            number += 1
        _append(path, warcinfo_member(path.name, self._clock()))
        _sync_directory(self._directory)
        return path


def _append(path: Path, data: bytes) -> int:
    """Append and sync; gives where `data` begins. When it fails the file keeps its length."""
    with path.open("ab", buffering=0) as file:
        begin = file.tell()
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(begin)
            raise
    return begin


def _sync_directory(directory: Path) -> None:
    """A new file is there after a power cut only when its directory is synced too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _named(directory: Path, source: str | None = None) -> list[Path]:
    found = [(match, path) for path in directory.glob("*.warc.gz") if (match := _NAME.fullmatch(path.name))]
    found.sort(key=lambda item: (item[0]["day"], item[0]["source"], int(item[0]["number"] or 1)))
    return [path for match, path in found if source is None or match["source"] == source]


def _by_source(paths: list[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in paths:
        match = _NAME.fullmatch(path.name)
        assert match is not None, "only such files are listed"
        found.setdefault(match["source"], []).append(path)
    return found


def day_of(path: Path) -> date:
    """The day (UTC) in the name of a file of the archive; one that no calendar has is taken for the last of all."""
    match = _NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(match["day"]) if match else date.max
    except ValueError:
        return date.max


def _whole(path: Path) -> tuple[int, bool]:
    """Where the last whole gzip member ends, and whether nothing but a torn member stands behind it."""
    end = 0
    for member in members(path):
        if member.offset != end:
            return end, False
        end = member.end
    return end, True


def _cannot_write(path: Path, error: OSError) -> StoreError:
    if error.errno in _FULL:
        return DiskFull(f"No space is left for the archive {path}.", hint="Free some space, then run again.")
    return StoreError(
        f"The archive {path} cannot be written: {error.strerror or error}.", hint="Check data_dir: and its permissions."
    )
