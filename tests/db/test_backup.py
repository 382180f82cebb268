"""Backups that are made while others write, looked through, kept in number, and put back."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import tarfile
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from db.backup import backup, copy_database, damage, kept_backups, prune, rows_by_table, verify
from db.restore import Restored, look_into, restore
from db.upgrade import APPLICATION_ID, MIGRATIONS, head_revision, open_database
from scraper.errors import DatabaseLocked, DatabaseNewer, DiskFull, NotOurDatabase, StoreError
from tests.db.conftest import START, Desk, ad, dump, hire
from tests.db.test_upgrade import columns, later_release

LATER = START + timedelta(hours=1)


@pytest.fixture
def filled(desk: Desk, tmp_path: Path) -> Path:
    """A database with something in it, in a folder of its own."""
    desk.page(hire(previous_company="Sydlys"), ad())
    desk.end()
    desk.store.engine.dispose()
    path = tmp_path / "data" / "navnenyt.db"
    path.parent.mkdir()
    shutil.copy(desk.path, path)
    return path


def rows(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as plain:
        return rows_by_table(plain)


def test_a_backup_while_others_write(desk: Desk, tmp_path: Path) -> None:
    """A backup made while a page is half stored holds the state before that page, whole."""
    desk.page(hire())
    with desk.store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE move SET role = 'half stored'")
        made = backup(desk.path, tmp_path / "b", now=LATER)
    assert made.name == f"navnenyt-{head_revision()}-20260112T090000000000Z.db"
    assert "half stored" not in "\n".join(dump(made))
    assert sorted(path.name for path in made.parent.iterdir()) == [made.name]


@pytest.mark.row
@pytest.mark.parametrize("guarded", [True, False])
def test_backups_hold_a_commit_point(
    desk: Desk, tmp_path: Path, guarded: bool, record_property: Callable[[str, object], None]
) -> None:
    """While a run stores page after page, each backup is whole and has as many moves as pages; a plain copy has not."""
    torn = 0
    made: list[Path] = []
    for number in range(8):
        desk.page(hire(f"Bo Tværsted {number}", f"Alfa {number}"), identity=str(number))
        with desk.store.engine.begin() as connection:
            # A page of the size at which SQLite writes into the file before the commit.
            connection.exec_driver_sql("PRAGMA cache_size = 5")
            connection.exec_driver_sql("PRAGMA cache_spill = 1")
            for more in range(60):
                connection.exec_driver_sql(
                    "INSERT INTO company (key, name, name_folded) VALUES (?, ?, ?)",
                    (f"{number}-{more}", "x" * 500, f"{number}"),
                )
            target = tmp_path / f"{number}.db"
            if guarded:
                # The writer has spilled: SQLite lets nobody read now, so the backup waits for the commit.
                waiting = threading.Thread(target=lambda to=target: made.append(to) or copy_database(desk.path, to))
                waiting.start()
            else:
                shutil.copy(desk.path, target)
        if guarded:
            waiting.join()
        with closing(sqlite3.connect(target)) as plain:
            whole = not damage(plain)
            pages, companies = (
                plain.execute(f"SELECT count(*) FROM {table}").fetchone()[0] if whole else -1
                for table in ("page", "company")
            )
        torn += not whole or companies != pages * 61
    assert torn == 0 if guarded else torn > 0
    if not guarded:
        record_property("scorecard", f"9|backup while writing: torn|0 of 8|{torn} of 8 (file copy)")
        record_property("scorecard", "9|erased people stay erased after a restore|not shown: nothing erases yet|-")


def test_a_copy_that_is_not_whole_is_no_backup(filled: Path, tmp_path: Path) -> None:
    """A copy with a damaged page, a missing row or a row that points nowhere is told and not kept."""
    target = tmp_path / "copy.db"
    expected = copy_database(filled, target)
    verify(target, expected)
    with closing(sqlite3.connect(target)) as plain:
        plain.execute("DELETE FROM problem")
        plain.execute("DELETE FROM move_sighting")
        plain.commit()
    with pytest.raises(StoreError, match="move_sighting has 0 rows, not 1"):
        verify(target, expected)
    with closing(sqlite3.connect(filled)) as plain:
        plain.execute("DELETE FROM person")
        plain.commit()
    with pytest.raises(StoreError, match="rows in move point nowhere"):
        backup(filled, tmp_path / "b", now=START)
    assert list((tmp_path / "b").iterdir()) == []
    spoil(filled)
    with pytest.raises(StoreError, match=r"not whole|damaged"):
        copy_database(filled, tmp_path / "spoilt.db")
    assert not (tmp_path / "spoilt.db").exists()


def spoil(path: Path) -> None:
    """Overwrite the inner pages of a database, as a failing disk does."""
    content = bytearray(path.read_bytes())
    for at in range(4096 * 3, len(content), 4096):
        content[at : at + 200] = os.urandom(200)
    path.write_bytes(content)


def test_a_backup_takes_no_other_files_place(filled: Path, tmp_path: Path) -> None:
    """What stands where the backup should go is told and left alone."""
    there = tmp_path / "there.db"
    there.write_text("mine")
    with pytest.raises(StoreError, match="is there already"):
        copy_database(filled, there)
    assert there.read_text() == "mine"
    with pytest.raises(StoreError, match="cannot be"):
        copy_database(filled, Path("/proc/there.db"))


def test_a_backup_is_as_private_as_the_database(filled: Path, tmp_path: Path) -> None:
    """A database that only its owner reads has backups that only its owner reads."""
    filled.chmod(0o600)
    assert backup(filled, tmp_path, now=START).stat().st_mode & 0o777 == 0o600


def test_only_the_programs_own_backups_are_let_go(filled: Path, tmp_path: Path) -> None:
    """The newest stay, and nothing is removed that a person named or put there."""
    folder = tmp_path / "backups"
    made = [backup(filled, folder, now=START + timedelta(days=day)) for day in range(4)]
    others = [folder / "navnenyt-mine.db", folder / "before the holidays.db", folder / f"{made[0].name}.txt"]
    for path in others:
        path.write_text("mine")
    assert kept_backups(folder) == made[::-1]
    assert prune(folder, keep=3, now=START) == made[:1]
    assert prune(folder, keep=3, now=START) == []
    assert sorted(folder.iterdir()) == sorted([*made[1:], *others])
    assert prune(tmp_path / "nowhere", keep=1, now=START) == []
    half = folder / f"{made[1].name}.unfinished"
    half.touch()
    assert prune(folder, keep=3, now=START + timedelta(days=1, hours=12)) == []
    assert prune(folder, keep=3, now=START + timedelta(days=3)) == [half]


def test_a_backup_that_cannot_be_removed(filled: Path, tmp_path: Path) -> None:
    """A backup that cannot be let go is told by name."""
    (tmp_path / "navnenyt-0001-20200101T000000000000Z.db").mkdir()
    backup(filled, tmp_path, now=START)
    with pytest.raises(StoreError, match="navnenyt-0001-2020"):
        prune(tmp_path, keep=1, now=START)


def test_restoring_gives_what_was_backed_up_and_keeps_what_stood_there(filled: Path, tmp_path: Path) -> None:
    """After a restore the database is the backup, row for row, and the one of before lies beside it under its date."""
    made = backup(filled, tmp_path / "b", now=START)
    before = dump(filled)
    with closing(sqlite3.connect(filled)) as plain:
        plain.execute("UPDATE move SET role = 'later'")
        plain.commit()
    later = dump(filled)
    done = restore(filled, made, now=LATER)
    assert dump(filled) == before
    assert done == Restored(
        kept=filled.with_name("navnenyt-replaced-20260112T090000000000Z.db"), rows=rows(made), upgraded=False
    )
    assert done.kept is not None
    assert dump(done.kept) == later
    assert sorted(path.name for path in filled.parent.iterdir()) == sorted([filled.name, done.kept.name])
    assert dump(made) == before


def test_restoring_where_there_is_no_database(filled: Path, tmp_path: Path) -> None:
    """On a new machine the backup becomes the database; an old journal that lies there is not played into it."""
    made = backup(filled, tmp_path / "b", now=START)
    path = tmp_path / "new" / "navnenyt.db"
    path.parent.mkdir()
    path.with_name("navnenyt.db-journal").write_bytes(os.urandom(4096))
    assert restore(path, made, now=START).kept is None
    assert dump(path) == dump(made)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_restoring_over_a_damaged_database(filled: Path, tmp_path: Path) -> None:
    """The very case that backups are for: what is damaged, or no database at all, is kept beside, journal and all."""
    made = backup(filled, tmp_path / "b", now=START)
    for number, harm in enumerate((spoil, lambda path: path.write_text("Kære dagbog" * 1000))):
        harm(filled)
        spoilt = filled.read_bytes()
        filled.with_name("navnenyt.db-journal").write_bytes(b"not a journal")
        done = restore(filled, made, now=LATER + timedelta(hours=number))
        assert done.kept is not None
        assert done.kept.read_bytes() == spoilt
        assert dump(filled) == dump(made)
        assert not filled.with_name("navnenyt.db-journal").exists()


def test_what_a_killed_run_left_is_rolled_back_before_it_is_kept(filled: Path, tmp_path: Path) -> None:
    """A half-written page of a killed run is in neither: the kept database is whole, the restored one untouched."""
    made = backup(filled, tmp_path / "b", now=START)
    before = dump(filled)
    writer = sqlite3.connect(filled, isolation_level=None)
    writer.execute("PRAGMA cache_size = 1")
    writer.execute("BEGIN IMMEDIATE")
    for number in range(300):
        writer.execute("INSERT INTO company (key, name, name_folded) VALUES (?, ?, '')", (str(number), "x" * 400))
    torn = tmp_path / "killed" / "navnenyt.db"
    torn.parent.mkdir()
    for file in filled.parent.iterdir():
        shutil.copy(file, torn.parent)
    writer.close()
    assert torn.with_name("navnenyt.db-journal").exists()
    done = restore(torn, made, now=LATER)
    assert done.kept is not None
    assert dump(torn) == before
    assert dump(done.kept) == before


def test_a_backup_of_an_older_release_is_brought_up_to_date(filled: Path, tmp_path: Path) -> None:
    """A backup made by an older release comes back as this release's database, and the backup stays as it was."""
    made = backup(filled, tmp_path / "b", now=START)
    before = made.read_bytes()
    done = restore(filled, made, now=LATER, scripts=later_release(tmp_path))
    assert done.upgraded
    assert "seniority" in columns(filled)
    assert done.rows["move"] == 1
    assert made.read_bytes() == before
    assert not [path for path in filled.parent.iterdir() if "restoring" in path.name]


def test_a_backup_of_a_newer_release_is_refused(filled: Path, tmp_path: Path) -> None:
    """A backup of a later release is left alone, and so is the database."""
    newer = tmp_path / "newer.db"
    shutil.copy(filled, newer)
    open_database(f"sqlite:///{newer}", backup_dir=tmp_path, now=START, scripts=later_release(tmp_path)).dispose()
    before = filled.read_bytes()
    with pytest.raises(DatabaseNewer):
        restore(filled, newer, now=START)
    assert filled.read_bytes() == before


def hostile_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../navnenyt.db", "outside")


def hostile_tar(path: Path, mode: str = "w") -> None:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        link = tarfile.TarInfo("navnenyt.db")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        above = tarfile.TarInfo("../../above.db")
        above.size = 4
        archive.addfile(above, io.BytesIO(b"evil"))


def another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TABLE diary (page TEXT)")


def empty_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("PRAGMA user_version = 7")


def mark_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as plain:
        plain.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        plain.execute("CREATE TABLE alembic_version (version_num TEXT)")


def with_trigger(path: Path) -> None:
    open_database(f"sqlite:///{path}", backup_dir=path.parent, now=START).dispose()
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("CREATE TRIGGER steal AFTER INSERT ON move BEGIN DELETE FROM move; END")


NOT_BACKUPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "zip with ..": (hostile_zip, "ZIP archive"),
    "tar with links": (hostile_tar, "tar archive"),
    "tar.gz": (lambda path: hostile_tar(path, "w:gz"), "gzip"),
    "tar.xz": (lambda path: hostile_tar(path, "w:xz"), "xz"),
    "bomb": (lambda path: path.write_bytes(b"BZh9" + bytes(1000)), "bzip2"),
    "text": (lambda path: path.write_text("INSERT INTO move"), "no SQLite database"),
    "nothing": (lambda path: path.touch(), "no SQLite database"),
    "folder": (Path.mkdir, "no file"),
    "pipe": (os.mkfifo, "no file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "no file"),
    "missing": (lambda _: None, "cannot be read"),
    "another program's": (another_programs, "another program"),
    "empty": (empty_database, "holds nothing"),
    "our mark alone": (mark_alone, "another program"),
    "trigger": (with_trigger, "triggers"),
    "cut off": (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(50)), "no SQLite database"),
}


@pytest.mark.row
@pytest.mark.parametrize("kind", NOT_BACKUPS)
def test_what_is_no_backup_is_refused_whole(
    filled: Path, tmp_path: Path, kind: str, record_property: Callable[[str, object], None]
) -> None:
    """Archives with paths, links or bombs in them, pipes, foreign databases: refused, and not one file is touched."""
    make, word = NOT_BACKUPS[kind]
    given = tmp_path / "given" / "backup.db"
    given.parent.mkdir()
    make(given)
    before = {path: path.read_bytes() for path in filled.parent.iterdir()}
    with pytest.raises(StoreError, match=word) as told:
        restore(filled, given, now=START)
    assert told.value.hint
    assert {path: path.read_bytes() for path in filled.parent.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"given", "data"}
    if kind == "pipe":
        record_property(
            "scorecard",
            f"31|restore from what is no backup|{len(NOT_BACKUPS)} of {len(NOT_BACKUPS)} refused|a backup is taken",
        )


def test_a_backup_larger_than_the_disk_is_refused(filled: Path, tmp_path: Path) -> None:
    """A file that claims more bytes than are free is refused before a byte of it is copied."""
    made = backup(filled, tmp_path / "b", now=START)
    with made.open("r+b") as file:
        file.truncate(1 << 43)
    with pytest.raises(DiskFull, match="MB are free"):
        restore(filled, made, now=START)
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_a_database_in_use_is_not_replaced(filled: Path, tmp_path: Path) -> None:
    """While another program writes to the database, a restore says so and changes nothing."""
    made = backup(filled, tmp_path / "b", now=START)
    before = dump(filled)
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatabaseLocked):
            restore(filled, made, now=START, busy_timeout=0.01)
    assert dump(filled) == before
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]


def test_a_restore_that_fails_changes_nothing(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step cannot be done, the database of before stands in its place."""
    made = backup(filled, tmp_path / "b", now=START)
    before = filled.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("db.restore.os.link", full)
        patch.setattr("db.restore.shutil.copy2", full)
        with pytest.raises(DiskFull):
            restore(filled, made, now=START)
    assert filled.read_bytes() == before
    assert [path.name for path in filled.parent.iterdir()] == [filled.name]
    monkeypatch.setattr("db.restore.os.link", full)  # a file system without second names
    done = restore(filled, made, now=LATER)
    assert done.kept is not None
    assert done.kept.read_bytes() == before


def test_a_dated_name_that_is_taken_is_not_overwritten(filled: Path, tmp_path: Path) -> None:
    """Two restores within one moment of a stopped clock: the second says so and changes nothing."""
    made = backup(filled, tmp_path / "b", now=START)
    first = restore(filled, made, now=START)
    assert first.kept is not None
    kept = first.kept.read_bytes()
    with pytest.raises(StoreError, match="cannot be restored"):
        restore(filled, made, now=START)
    assert first.kept.read_bytes() == kept
    assert dump(filled) == dump(made)


def test_what_a_backup_holds_is_told(filled: Path) -> None:
    """Before it is restored, a backup tells its revision, its rows and its last run."""
    held = look_into(filled)
    assert held.revision == head_revision(MIGRATIONS)
    assert (held.rows["move"], held.rows["job_ad"]) == (1, 1)
    assert held.last_run is not None
    assert held.last_run.startswith("2026-01-12 08:00")


def test_not_ours_is_not_ours(tmp_path: Path) -> None:
    """The word for a foreign file is the same wherever it is met."""
    path = tmp_path / "other.db"
    another_programs(path)
    with pytest.raises(NotOurDatabase):
        look_into(path)
