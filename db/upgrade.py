"""Opening the database: made when it is missing, brought up to date when it is older, refused when it is not ours.

Before an older database is changed, a copy of it goes to the backup folder. All steps up to date are one transaction:
killed at any point, the file is as it was, and the next start does it again.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from db.engine import connect_read_only, explained, make_engine, sqlite_path
from scraper.errors import DatabaseNewer, DiskFull, NotOurDatabase, StoreError

if TYPE_CHECKING:
    from alembic.config import Config

APPLICATION_ID = 0x4E41564E
"""`NAVN` in the header of the file (PRAGMA application_id): this database is ours."""

MIGRATIONS = Path(str(files("migrations")))
"""Where the migrations are, in a checkout as in an installed wheel."""


class _State(Enum):
    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def alembic_config(scripts: Path = MIGRATIONS) -> Config:
    """Alembic's settings for the migrations in `scripts`; no alembic.ini is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    return config


def head_revision(scripts: Path = MIGRATIONS) -> str:
    """The revision that this release works with."""
    return _revisions(scripts)[0]


def _revisions(scripts: Path) -> tuple[str, frozenset[str]]:
    from alembic.script import ScriptDirectory

    directory = ScriptDirectory.from_config(alembic_config(scripts))
    head = directory.get_current_head()
    assert head is not None, "there is at least one migration"
    return head, frozenset(step.revision for step in directory.walk_revisions())


def open_database(
    url: str, *, backup_dir: Path, now: datetime, scripts: Path = MIGRATIONS, engine: Engine | None = None
) -> Engine:
    """The database at `url`, at this release's revision, ready to use.

    Missing: made, folders included. Older: backed up to `backup_dir/navnenyt-<revision>-<UTC time>.db` (`now` names
    it), then upgraded. Raises DatabaseNewer, NotOurDatabase (nothing is changed in either), DatabaseLocked, DiskFull or
    StoreError with a hint. `engine` is one of `make_engine(url)` with other waits than the usual.
    """
    path = sqlite_path(url)
    head, known = _revisions(scripts)
    if path.exists() and path.stat().st_size > 0:
        with closing(connect_read_only(path)) as plain, explained(path):
            if _state(plain, path, head, known) is _State.CURRENT:
                return engine or make_engine(url)
    else:
        _make_folder(path.parent)
    engine = engine or make_engine(url)
    try:
        _upgrade(engine, path, backup_dir, now, scripts)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            hint="Make it yourself, or name another under `data_dir:` in config.yaml.",
        ) from error


def _state(plain: sqlite3.Connection, path: Path, head: str, known: frozenset[str]) -> _State:
    """How the database stands to this release. Raises NotOurDatabase or DatabaseNewer."""
    tables = {row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not tables:
        return _State.EMPTY
    ours = plain.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    revisions = (
        {row[0] for row in plain.execute("SELECT version_num FROM alembic_version")}
        if ("alembic_version" in tables)
        else set()
    )
    # A copy made by way of a text dump has lost its mark, and is known by its revision and its tables.
    if not revisions or not (ours or (revisions <= known and "move_sighting" in tables)):
        raise NotOurDatabase(
            f"{path} is a database of another program.",
            hint="Nothing was changed in it. Name another path under `database:` in config.yaml.",
        )
    if not revisions <= known:
        raise DatabaseNewer(
            f"{path} was written by a newer navnenyt (revision {', '.join(sorted(revisions))}; this one knows {head}).",
            hint="Install that release or a later one. Nothing was changed.",
        )
    return _State.CURRENT if revisions == {head} else _State.OLDER


def _upgrade(engine: Engine, path: Path, backup_dir: Path, now: datetime, scripts: Path) -> None:
    from alembic import command

    head, known = _revisions(scripts)
    config = alembic_config(scripts)
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        # Rebuilding a table drops the old one, which enforced keys would take as deleting all its rows. The switch
        # does nothing inside a transaction, so it stands before; the check stands before the commit.
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                with explained(path):
                    state = _state(raw, path, head, known)  # again, now that nobody else can write
                if state is _State.CURRENT:
                    return
                if state is _State.OLDER:
                    (revision,) = raw.execute("SELECT version_num FROM alembic_version").fetchone()
                    backup(path, backup_dir, revision=revision, now=now)
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
                _check_foreign_keys(connection, path)
                connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def _check_foreign_keys(connection: Connection, path: Path) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise StoreError(
            f"{path} could not be brought up to date: rows in {tables} point nowhere.",
            hint="It was left as it was. Restore a backup, or ask for help with this message.",
        )


def backup(path: Path, backup_dir: Path, *, revision: str, now: datetime) -> Path:
    """A whole copy of the database file, on disk when this returns: `navnenyt-<revision>-<UTC time>.db`.

    Works while others read and write. Raises DiskFull, or StoreError when the folder cannot be written.
    """
    name = f"navnenyt-{revision}-{now.astimezone(UTC):%Y%m%dT%H%M%S%fZ}.db"
    target, unfinished = backup_dir / name, backup_dir / f"{name}.unfinished"
    _make_folder(backup_dir)
    try:
        with explained(unfinished):
            with closing(connect_read_only(path)) as source, closing(sqlite3.connect(unfinished)) as copy:
                source.backup(copy)
            _sync(unfinished)
            unfinished.replace(target)
            _sync(backup_dir)
    except OSError as error:
        raise StoreError(f"The backup {target} cannot be written: {error.strerror}.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        raise DiskFull(f"{path} could not be put on disk: {error.strerror}.") from error
    finally:
        os.close(handle)
