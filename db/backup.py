"""Copies of the database: made while others write, and looked through before they count as backups."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.engine import FULL, connect_read_only, explained
from db.progress import Told, untold
from scraper.errors import DiskFull, StoreError

_OURS = re.compile(r"navnenyt-[\w.]+-(\d{8}T\d{12}Z)\.db")
"""The names that `backup` gives: only files of such a name are ever removed."""
_MOST_SAID = 5
_PAGES = 20_000
"""Pages that are copied in one go: some tenth of a second."""
_LONGEST = timedelta(days=1)
"""No backup takes longer: an unfinished one of that age is a dead process's."""


def backup(path: Path, backup_dir: Path, *, now: datetime, told: Told = untold) -> Path:
    """A whole copy of the database in `backup_dir`: `navnenyt-<revision>-<UTC time>.db`. Raises as `copy_database`."""
    with closing(connect_read_only(path)) as plain, explained(path):
        (revision,) = plain.execute("SELECT version_num FROM alembic_version").fetchone()
    target = backup_dir / f"navnenyt-{revision}-{stamp(now)}.db"
    make_folder(backup_dir)
    copy_database(path, target, told=told)
    return target


def stamp(now: datetime) -> str:
    """A moment as part of a file's name, in UTC."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}"


def copy_database(path: Path, target: Path, *, told: Told = untold) -> Mapping[str, int]:
    """A whole copy of the database file, checked and on disk when this returns; the rows in each of its tables.

    Works while others read and write: the copy holds one commit point. Raises DiskFull, or StoreError when `target`
    cannot be written, is there already, or when the copy does not pass its check; no `target` is left then.
    """
    if target.exists():
        raise StoreError(f"{target} is there already.", hint="Nothing was changed. Name another path.")
    unfinished = target.with_name(f"{target.name}.unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        with explained(unfinished):
            with closing(connect_read_only(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
                source.execute("BEGIN")  # what is counted and what is copied are one state
                expected = rows_by_table(source)
                source.backup(copy, pages=_PAGES, progress=_telling(told))
                source.execute("COMMIT")
                copy.execute("PRAGMA journal_mode = delete")  # one file, whole in itself
            shutil.copymode(path, unfinished)
            told("checking the copy", 0, 1)
            verify(unfinished, expected)
        sync(unfinished)
        unfinished.rename(target)
        sync(target.parent)
    except OSError as error:
        raise _cannot_write(target, error) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return expected


def _telling(told: Told) -> Callable[[int, int, int], None]:
    """What SQLite's own copying calls with its state, the pages left and the pages there are."""
    return lambda _status, left, pages: told("pages of the copy", pages - left, pages)


def _cannot_write(target: Path, error: OSError) -> StoreError:
    if error.errno in FULL:
        return DiskFull(f"No space is left for {target}.", hint="Free some space, or name a path on another disk.")
    return StoreError(
        f"{target} cannot be written: {error.strerror}.", hint="Name a path in a folder that you may write."
    )


def verify(copy: Path, expected: Mapping[str, int]) -> None:
    """Raises StoreError when a copy is damaged or does not hold the rows that it should."""
    with closing(sqlite3.connect(copy)) as plain:
        faults = damage(plain)
        found = rows_by_table(plain) if not faults else expected
    for table, rows in expected.items():
        if found.get(table) != rows:
            faults.append(f"{table} has {found.get(table)} rows, not {rows}")
    if faults:
        raise StoreError(
            f"The copy {copy.name} is not whole: {'; '.join(faults)}.",
            hint="Look at the database with `navnenyt db check`, and at the disk.",
        )


def damage(plain: sqlite3.Connection) -> list[str]:
    """What is wrong inside a database, a phrase for each of the first faults; none when it is whole."""
    try:
        said = [str(row[0]) for row in plain.execute(f"PRAGMA integrity_check({_MOST_SAID})")]
        if said != ["ok"]:
            return said
        loose = [str(row[0]) for row in plain.execute("PRAGMA foreign_key_check").fetchmany(_MOST_SAID)]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [f"rows in {table} point nowhere" for table in dict.fromkeys(loose)]


def rows_by_table(plain: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has, by name."""
    names = plain.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"
    ).fetchall()
    counted = {}
    for (name,) in names:
        query = f'SELECT count(*) FROM "{name}"'  # noqa: S608 - the name is one that the database itself gives
        counted[name] = plain.execute(query).fetchone()[0]
    return counted


def kept_backups(backup_dir: Path) -> list[Path]:
    """The backups that the program named itself, the newest first."""
    named = [(match[1], path) for path in backup_dir.glob("*.db") if (match := _OURS.fullmatch(path.name))]
    return [path for _, path in sorted(named, reverse=True)]


def prune(backup_dir: Path, *, keep: int, now: datetime) -> list[Path]:
    """Remove the oldest of the backups that the program named itself, so that `keep` stay; those removed.

    Half a backup of a process that was killed a day or more ago goes too. Raises StoreError when one cannot be removed.
    """
    halves = [(match[1], path) for path in backup_dir.glob("*.unfinished") if (match := _OURS.match(path.name))]
    dead = [path for begun, path in halves if begun < stamp(now - _LONGEST)]
    old = kept_backups(backup_dir)[keep:] + dead
    try:
        for path in old:
            path.unlink()
    except OSError as error:
        raise StoreError(f"{error.filename} cannot be removed: {error.strerror}.") from error
    return old


def make_folder(folder: Path) -> None:
    """Make a folder and those above it. Raises DiskFull or StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise (DiskFull if error.errno in FULL else StoreError)(
            f"The folder {folder} cannot be made: {error.strerror}.",
            hint="Make it yourself, or name another under `data_dir:` in config.yaml.",
        ) from error


def sync(path: Path) -> None:
    """Put a file, or the names in a folder, on the disk. Raises DiskFull."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        raise DiskFull(f"{path} could not be put on disk: {error.strerror}.") from error
    finally:
        os.close(handle)
