"""Opening the database: made when it is missing, brought up to date when it is older, refused when it is not ours.

Before an older database is changed, a copy of it goes to the backup folder. All steps up to date are one transaction:
killed at any point, the file is as it was, and the next start does it again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from enum import Enum
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine

from db.backup import backup, make_folder
from db.engine import connect_read_only, explained, make_engine, sqlite_path
from db.progress import Told, untold
from scraper.errors import DatabaseNewer, NotOurDatabase, StoreError

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
    url: str,
    *,
    backup_dir: Path,
    now: datetime,
    scripts: Path = MIGRATIONS,
    engine: Engine | None = None,
    told: Told = untold,
) -> Engine:
    """The database at `url`, at this release's revision, ready to use.

    Missing: made, folders included. Older: backed up to `backup_dir/navnenyt-<revision>-<UTC time>.db` (`now` names
    it), then upgraded. Raises DatabaseNewer, NotOurDatabase (nothing is changed in either), DatabaseLocked, DiskFull or
    StoreError with a hint. `engine` is one of `make_engine(url)` with other waits than the usual. `told` is told how
    far an upgrade is.
    """
    path = sqlite_path(url)
    head, known = _revisions(scripts)
    if path.exists() and path.stat().st_size > 0:
        with closing(connect_read_only(path)) as plain, explained(path):
            if _state(plain, path, head, known) is _State.CURRENT:
                return engine or make_engine(url)
    else:
        make_folder(path.parent)
    engine = engine or make_engine(url)
    try:
        _upgrade(engine, path, backup_dir, now, scripts, told=told)
    except BaseException:
        engine.dispose()
        raise
    return engine


def revision_of(path: Path, scripts: Path = MIGRATIONS) -> str:
    """The revision of a database of ours. Raises NotOurDatabase, also for one without tables, or DatabaseNewer."""
    head, known = _revisions(scripts)
    with closing(connect_read_only(path)) as plain, explained(path):
        if _state(plain, path, head, known) is _State.EMPTY:
            raise NotOurDatabase(f"{path} holds nothing.", hint="Name a backup that navnenyt made.")
        (revision,) = plain.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(revision)


def bring_up_to_date(path: Path, *, now: datetime, scripts: Path = MIGRATIONS, told: Told = untold) -> None:
    """Upgrade a database that is a copy itself: no further copy is made of it. Raises StoreError."""
    engine = make_engine(f"sqlite:///{path}")
    try:
        _upgrade(engine, path, None, now, scripts, told=told)
    finally:
        engine.dispose()


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


def _upgrade(engine: Engine, path: Path, backup_dir: Path | None, now: datetime, scripts: Path, *, told: Told) -> None:
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
                if state is _State.OLDER and backup_dir is not None:
                    backup(path, backup_dir, now=now, told=told)
                config.attributes.update(connection=connection, told=told)
                command.upgrade(config, "head")
                told("checking", 0, 1)
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
