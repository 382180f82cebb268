"""Putting a backup back in the database's place.

Everything that can be refused is refused before anything is changed: the backup is copied beside the database, looked
through, brought up to this release, and only then takes its place in one step. What stood there stays beside it under a
dated name. Killed at any point, either the one or the other stands there whole.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backup import copy_database, make_folder, rows_by_table, stamp, sync, verify
from db.engine import BUSY_TIMEOUT, FULL, connect_read_only, explained
from db.progress import Told, untold
from db.upgrade import MIGRATIONS, bring_up_to_date, head_revision, revision_of
from scraper.errors import DiskFull, NotOurDatabase, StoreError

_SQLITE = b"SQLite format 3\0"
_ARCHIVES = {
    b"PK\x03\x04": "a ZIP archive",
    b"PK\x05\x06": "a ZIP archive",
    b"\x1f\x8b": "compressed (gzip)",
    b"BZh": "compressed (bzip2)",
    b"\xfd7zXZ\0": "compressed (xz)",
    b"\x28\xb5\x2f\xfd": "compressed (zstd)",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive",
    b"Rar!": "a RAR archive",
}
_TAR = (257, b"ustar")
_SIDECARS = ("-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a backup holds: its revision, the rows of each table, and when its last run began (as the file says it)."""

    revision: str
    rows: Mapping[str, int]
    last_run: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did: `kept` is the file that the database of before became, if there was one."""

    kept: Path | None
    rows: Mapping[str, int]
    upgraded: bool


def look_into(backup: Path, *, scripts: Path = MIGRATIONS) -> Held:
    """What a backup holds. Raises NotOurDatabase for anything but a plain database of ours, or DatabaseNewer."""
    _check_plain(backup)
    revision = revision_of(backup, scripts)
    with closing(connect_read_only(backup)) as plain, explained(backup):
        made = [str(row[0]) for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        if made:
            raise NotOurDatabase(
                f"{backup} holds triggers that navnenyt never made: {', '.join(made)}.",
                hint="Nothing was changed. Name a backup that navnenyt made.",
            )
        (last_run,) = plain.execute("SELECT max(started_at) FROM run").fetchone()
        return Held(revision=revision, rows=rows_by_table(plain), last_run=last_run)


def _check_plain(backup: Path) -> None:
    """Raises StoreError for what is no readable file, NotOurDatabase for one that is no SQLite database."""
    try:
        if not stat.S_ISREG(backup.stat().st_mode):
            raise NotOurDatabase(f"{backup} is no file.", hint="Nothing was changed. Name a backup: a .db file.")
        with backup.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise StoreError(f"{backup} cannot be read: {error.strerror}.", hint="Name a file that is there.") from error
    if head.startswith(_SQLITE):
        return
    what = next((said for start, said in _ARCHIVES.items() if head.startswith(start)), None)
    if what is None and head[_TAR[0] :].startswith(_TAR[1]):
        what = "a tar archive"
    if what is not None:
        raise NotOurDatabase(
            f"{backup} is {what}, no database.",
            hint="Nothing was unpacked or changed. Unpack it yourself, look at what it holds, and name the .db file.",
        )
    raise NotOurDatabase(f"{backup} is no SQLite database.", hint="Nothing was changed. Name a backup: a .db file.")


def restore(
    path: Path,
    backup: Path,
    *,
    now: datetime,
    scripts: Path = MIGRATIONS,
    busy_timeout: float = BUSY_TIMEOUT,
    told: Told = untold,
) -> Restored:
    """Put `backup` in the place of the database at `path`; what stood there becomes `navnenyt-replaced-<time>.db`.

    The caller holds the run's lock. Raises what `look_into` does, DatabaseLocked when a program is at work in the
    database, DiskFull, or StoreError; the database is as it was then.
    """
    held = look_into(backup, scripts=scripts)
    make_folder(path.parent)
    _check_space(path, backup)
    coming = path.with_name(f"{path.name}.restoring")
    _remove(coming)
    try:
        copy_database(backup, coming, told=told)
        upgraded = held.revision != head_revision(scripts)
        if upgraded:
            bring_up_to_date(coming, now=now, scripts=scripts, told=told)
            with closing(sqlite3.connect(coming)) as plain, explained(coming):
                plain.execute("PRAGMA journal_mode = delete")
        verify(coming, {} if upgraded else held.rows)
        sync(coming)
        kept = _swap(path, coming, now, busy_timeout)
    except OSError as error:
        raise (DiskFull if error.errno in FULL else StoreError)(
            f"{path} cannot be restored: {error.strerror}.",
            hint="Free some space, or look at the folder's permissions.",
        ) from error
    finally:
        _remove(coming)
    with closing(connect_read_only(path)) as plain, explained(path):
        return Restored(kept=kept, rows=rows_by_table(plain), upgraded=upgraded)


def _check_space(path: Path, backup: Path) -> None:
    """Raises DiskFull when the copy would not fit, however large the backup claims to be."""
    free, needed = shutil.disk_usage(path.parent).free, backup.stat().st_size
    if needed > free:
        raise DiskFull(
            f"{backup} is {needed / 1e6:,.0f} MB, and {free / 1e6:,.0f} MB are free in {path.parent}.",
            hint="Nothing was changed. Free some space, then restore again.",
        )


def _swap(path: Path, coming: Path, now: datetime, busy_timeout: float) -> Path | None:
    """Let `coming` take the place of `path`, whose file stays beside it; the name that it has then."""
    if not path.exists():
        for name in _SIDECARS:  # the journal of a database that is gone would be rolled back into the new one
            path.with_name(path.name + name).unlink(missing_ok=True)
        coming.rename(path)
        sync(path.parent)
        return None
    kept = path.with_name(f"{path.stem}-replaced-{stamp(now)}{path.suffix}")
    with closing(sqlite3.connect(path, timeout=busy_timeout, isolation_level=None)) as present:
        with explained(path):
            _still(present)
        _keep(path, kept)
        for name in _SIDECARS:
            beside = path.with_name(path.name + name)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + name))
        coming.replace(path)
        sync(path.parent)
    return kept


def _still(present: sqlite3.Connection) -> None:
    """Roll back what a killed program left and keep all others out; a database too damaged for that is none's work.

    Raises sqlite3.Error when another program holds it.
    """
    try:
        present.execute("PRAGMA journal_mode = delete")
        present.execute("BEGIN EXCLUSIVE")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise


def _keep(path: Path, kept: Path) -> None:
    """Give the database a second name, or where the file system knows no second names, a copy."""
    try:
        os.link(path, kept)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(path, kept)
        sync(kept)


def _remove(coming: Path) -> None:
    """Remove a half-restored copy and what SQLite laid beside it."""
    for name in ("", ".unfinished", *_SIDECARS):
        coming.with_name(coming.name + name).unlink(missing_ok=True)
