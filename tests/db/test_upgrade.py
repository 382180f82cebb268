"""Opening a database: new, current, older, newer, foreign, broken off."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db.backup import backup
from db.engine import connect_read_only, make_engine
from db.upgrade import APPLICATION_ID, MIGRATIONS, head_revision, open_database
from scraper.errors import DatabaseLocked, DatabaseNewer, DiskFull, ExitStatus, NotOurDatabase, StoreError
from tests.db.conftest import START, Desk, ad, dump, hire

NEXT = '''
"""A later release: the move gets one more column, and its table is rebuilt for it."""

import os

import sqlalchemy as sa
from alembic import op

from migrations.views import create_views, drop_views

revision = "next"
down_revision = "{head}"
branch_labels = None
depends_on = None
OVER_MOVE = ("moves", "companies", "people", "roles", "sightings", "ad_hires", "person_ties")


def die(point):
    if os.environ.get("DIE_AT") == point:
        os._exit(77)


def upgrade():
    die("start")
    drop_views(OVER_MOVE)
    with op.batch_alter_table("move", recreate="always") as batch:
        batch.add_column(sa.Column("seniority", sa.String()))
    die("middle")
    op.execute("UPDATE move SET seniority = 'senior'")
    create_views("0004", ("moves", "companies", "people", "roles", "sightings"))
    create_views("0003", ("ad_hires", "person_ties"))
    {extra}
    die("end")
'''

OPEN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sqlalchemy import create_engine
from db.upgrade import open_database
path, backups, scripts, careless = sys.argv[1:]
url = "sqlite:///" + path
engine = create_engine(url) if careless == "careless" else None
open_database(url, backup_dir=Path(backups), now=datetime(2026, 1, 12, tzinfo=UTC), scripts=Path(scripts), engine=engine)
"""


def later_release(folder: Path, extra: str = "pass") -> Path:
    """The migrations of a later release: ours and one more."""
    scripts = folder / "later release"
    shutil.copytree(MIGRATIONS, scripts)
    (scripts / "versions" / "next_more.py").write_text(
        NEXT.replace("{extra}", extra).replace("{head}", head_revision())
    )
    return scripts


@pytest.fixture
def filled(desk: Desk) -> Path:
    """A database with something in it."""
    desk.page(hire(previous_company="Sydlys"), ad())
    desk.end()
    desk.store.engine.dispose()
    return desk.path


def columns(path: Path) -> list[str]:
    plain = sqlite3.connect(path)
    found = [row[1] for row in plain.execute("PRAGMA table_info(move)")]
    plain.close()
    return found


def test_a_missing_database_is_made(tmp_path: Path) -> None:
    """A database that is not there is made, folders included, marked as ours, and opens again."""
    path = tmp_path / "data" / "deep" / "navnenyt.db"
    for _ in range(2):
        engine = open_database(f"sqlite:///{path}", backup_dir=tmp_path / "backups", now=START)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM moves").scalar() == 0
            assert connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION_ID
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        engine.dispose()
    assert not (tmp_path / "backups").exists()


def test_an_upgrade_tells_how_far_it_is(filled: Path, tmp_path: Path) -> None:
    """Whoever waits for an upgrade is told of the copy and of each kind of fact, each to its end."""
    told: list[tuple[str, int, int]] = []
    open_database(
        f"sqlite:///{filled}",
        backup_dir=tmp_path / "b",
        now=START,
        scripts=later_release(tmp_path),
        told=lambda *one: told.append(one),
    ).dispose()
    ends = {stage for stage, done, whole in told if done == whole}
    assert {"pages of the copy", "facts of moves", "facts of job ads", "words for searching (move)"} <= ends
    assert all(done <= whole for _, done, whole in told)


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    """A file of no bytes, as a killed first start leaves it, is filled."""
    path = tmp_path / "navnenyt.db"
    path.touch()
    open_database(f"sqlite:///{path}", backup_dir=tmp_path, now=START).dispose()
    assert columns(path)


def test_a_database_without_tables_becomes_ours(tmp_path: Path) -> None:
    """A database that holds nothing is nobody's, and is filled."""
    path = tmp_path / "navnenyt.db"
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA user_version = 3")
    plain.close()
    open_database(f"sqlite:///{path}", backup_dir=tmp_path, now=START).dispose()
    assert columns(path)


def test_an_older_database_is_backed_up_and_upgraded(filled: Path, tmp_path: Path) -> None:
    """An older release's database is copied first, then brought up to date with every row kept and every key whole."""
    before, backups = dump(filled), tmp_path / "backups"
    scripts = later_release(tmp_path)
    open_database(f"sqlite:///{filled}", backup_dir=backups, now=START, scripts=scripts).dispose()
    (copy,) = backups.iterdir()
    assert copy.name == f"navnenyt-{head_revision()}-20260112T080000000000Z.db"
    assert dump(copy) == before
    assert "seniority" in columns(filled)
    plain = sqlite3.connect(filled)
    assert plain.execute("SELECT person, times_seen FROM moves").fetchall() == [("Signe Lundegaard", 1)]
    assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    plain.close()
    open_database(f"sqlite:///{filled}", backup_dir=backups, now=START, scripts=scripts).dispose()
    assert len(list(backups.iterdir())) == 1
    assert head_revision(scripts) == "next"


@pytest.mark.parametrize("point", ["start", "middle", "end"])
def test_killed_in_the_middle_of_an_upgrade(filled: Path, tmp_path: Path, point: str) -> None:
    """Killed anywhere in an upgrade, the database is what it was, and the next start brings it up to date."""
    before, scripts = dump(filled), later_release(tmp_path)
    done = start(filled, scripts, tmp_path, die_at=point)
    assert done.returncode == 77, done.stderr
    connect_read_only(filled).close()
    assert dump(filled) == before
    open_database(f"sqlite:///{filled}", backup_dir=tmp_path / "b", now=START, scripts=scripts).dispose()
    assert "seniority" in columns(filled)


def test_without_the_guard_a_killed_upgrade_tears(filled: Path, tmp_path: Path) -> None:
    """The control: with the driver's own transactions the same kill leaves a table changed under the old number."""
    before, scripts = dump(filled), later_release(tmp_path)
    done = start(filled, scripts, tmp_path, die_at="middle", careless=True)
    assert done.returncode == 77, done.stderr
    assert dump(filled) != before


def start(
    path: Path, scripts: Path, tmp_path: Path, *, die_at: str, careless: bool = False
) -> subprocess.CompletedProcess[str]:
    arguments = [str(path), str(tmp_path / "backups"), str(scripts), "careless" if careless else "careful"]
    return subprocess.run(
        [sys.executable, "-c", OPEN, *arguments],
        env={**os.environ, "DIE_AT": die_at, "PYTHONPATH": str(MIGRATIONS.parent)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_upgrade_that_fails_changes_nothing(filled: Path, tmp_path: Path) -> None:
    """A migration that raises, or leaves rows that point nowhere, is undone whole."""
    before = dump(filled)
    for number, (extra, error) in enumerate(
        [("raise RuntimeError('no')", RuntimeError), ("op.execute('UPDATE move SET person_id = 99')", StoreError)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        scripts = later_release(folder, extra)
        with pytest.raises(error):
            open_database(f"sqlite:///{filled}", backup_dir=folder / "b", now=START, scripts=scripts)
        assert dump(filled) == before


def test_a_newer_database_is_refused(filled: Path, tmp_path: Path) -> None:
    """A database of a later release is left alone, and the word says which release to install."""
    open_database(
        f"sqlite:///{filled}", backup_dir=tmp_path / "b", now=START, scripts=later_release(tmp_path)
    ).dispose()
    bytes_before = filled.read_bytes()
    with pytest.raises(DatabaseNewer, match="next") as told:
        open_database(f"sqlite:///{filled}", backup_dir=tmp_path / "b", now=START)
    assert told.value.exit_status is ExitStatus.BAD_DATABASE
    assert filled.read_bytes() == bytes_before


@pytest.mark.parametrize("made_by", ["plain tables", "alembic of another", "no database"])
def test_what_is_not_ours_is_left_alone(tmp_path: Path, made_by: str) -> None:
    """A database of another program, another program's Alembic included, and a file that is none are never touched."""
    path = tmp_path / "other.db"
    if made_by == "no database":
        path.write_text("Kære dagbog" * 100)
    else:
        plain = sqlite3.connect(path)
        plain.execute("PRAGMA journal_mode = wal")
        plain.execute("CREATE TABLE diary (page TEXT)")
        if made_by == "alembic of another":
            plain.execute("CREATE TABLE alembic_version (version_num TEXT)")
            plain.execute("INSERT INTO alembic_version VALUES ('0001')")
        plain.commit()
        plain.close()
    before = path.read_bytes()
    with pytest.raises(NotOurDatabase) as told:
        open_database(f"sqlite:///{path}", backup_dir=tmp_path, now=START)
    assert "database:" in told.value.hint
    assert path.read_bytes() == before


def test_a_copy_by_way_of_a_text_dump_is_still_ours(filled: Path, tmp_path: Path) -> None:
    """A database restored from a dump has lost its mark, and opens all the same."""
    restored = tmp_path / "restored.db"
    plain = sqlite3.connect(restored)
    plain.executescript("\n".join(dump(filled)))
    plain.close()
    engine = open_database(f"sqlite:///{restored}", backup_dir=tmp_path, now=START)
    assert Desk(None, restored).column("SELECT count(*) FROM moves") == [1]  # type: ignore[arg-type]
    engine.dispose()


def test_a_locked_database_waits_and_then_says_so(tmp_path: Path, filled: Path) -> None:
    """An upgrade that another program's lock holds up ends with the word for it, nothing changed."""
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    url = f"sqlite:///{filled}"
    with pytest.raises(DatabaseLocked):
        open_database(
            url,
            backup_dir=tmp_path / "b",
            now=START,
            scripts=later_release(tmp_path),
            engine=make_engine(url, busy_timeout=0.001, total_wait=0),
        )
    other.close()
    assert "seniority" not in columns(filled)


def test_another_start_was_quicker(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two starts on an older database the second finds it up to date once it has the lock."""
    import db.upgrade as room

    look, looks = room._state, 0

    def as_if_older(plain: sqlite3.Connection, path: Path, head: str, known: frozenset[str]) -> object:
        nonlocal looks
        looks += 1
        return room._State.OLDER if looks == 1 else look(plain, path, head, known)

    monkeypatch.setattr(room, "_state", as_if_older)
    open_database(f"sqlite:///{filled}", backup_dir=tmp_path / "b", now=START).dispose()
    assert looks == 2
    assert not (tmp_path / "b").exists()


def test_folders_that_cannot_be_made(filled: Path, tmp_path: Path) -> None:
    """A place where nothing can be written is told with what to do."""
    with pytest.raises(StoreError) as told:
        open_database("sqlite:////proc/navnenyt/x.db", backup_dir=tmp_path, now=START)
    assert "data_dir" in told.value.hint
    with pytest.raises(StoreError):
        open_database("sqlite:////proc/x.db", backup_dir=tmp_path, now=START)
    with pytest.raises(StoreError):
        backup(filled, Path("/proc"), now=START)


def test_a_backup_that_does_not_reach_the_disk(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that could not be synced is no backup: it is told, removed, and the older database is not touched."""

    def failing(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    before, scripts = dump(filled), later_release(tmp_path)
    monkeypatch.setattr("db.backup.os.fsync", failing)
    with pytest.raises(DiskFull, match="No space left"):
        open_database(f"sqlite:///{filled}", backup_dir=tmp_path / "b", now=START, scripts=scripts)
    assert list((tmp_path / "b").iterdir()) == []
    assert dump(filled) == before
