"""`navnenyt db backup`, `restore`, `check` and `refresh`, as a person uses them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from db.engine import make_engine
from db.store import Store
from scraper import check as room
from scraper.check import check, gravest
from scraper.cli import app
from scraper.commands.db import database
from scraper.errors import ExitStatus
from scraper.replica import Replica, ReplicaServer
from scraper.run import only_run, reclassify
from tests.db.test_backup import hostile_zip, spoil
from tests.test_run import START, Scene

NOW = datetime(2026, 1, 13, tzinfo=UTC)


@pytest.fixture(scope="module")
def scraped(tmp_path_factory):
    """An installation after one run, made once."""
    folder = tmp_path_factory.mktemp("scraped")
    with ReplicaServer(Replica(seed=3, start=START, articles=40), slow=0.01) as server:
        Scene(server, folder, pages_per_run=6).run()
    return folder


@pytest.fixture
def here(scraped, tmp_path):
    """A copy of it: its folder with config.yaml and data."""
    folder = tmp_path / "here"
    shutil.copytree(scraped, folder)
    text = (folder / "config.yaml").read_text(encoding="utf-8").replace(str(scraped), str(folder))
    (folder / "config.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def settings(here):
    from scraper.config import load

    return load(here / "config.yaml")


def navnenyt(here, *arguments, stdin=None):
    return CliRunner().invoke(app, ["db", *map(str, arguments), "--config", str(here / "config.yaml")], input=stdin)


def moves(path):
    with closing(sqlite3.connect(path)) as plain:
        return plain.execute("SELECT * FROM move ORDER BY id").fetchall()


def test_each_command_explains_itself():
    """Every command of the group has an example in its help."""
    for command in database.registered_commands:
        said = CliRunner().invoke(app, ["db", command.callback.__name__, "--help"])
        assert "Example: navnenyt db" in said.stdout


def test_backup_and_restore_rehearsed(here):
    """The way of docs/operations.md: back up, lose rows, restore, check; nothing is missing, what was there is kept."""
    data = here / "data"
    before = moves(data / "navnenyt.db")
    made = navnenyt(here, "backup")
    assert made.exit_code == 0, made.output
    (path,) = (data / "backups").iterdir()
    assert str(path) in made.stdout
    with closing(sqlite3.connect(data / "navnenyt.db")) as plain:
        plain.execute("DELETE FROM move_sighting")
        plain.execute("DELETE FROM move")
        plain.commit()
    done = navnenyt(here, "restore", path, "--yes")
    assert done.exit_code == 0, done.output
    assert moves(data / "navnenyt.db") == before
    (kept,) = data.glob("navnenyt-replaced-*.db")
    assert str(kept) in done.stdout
    assert moves(kept) == []
    checked = navnenyt(here, "check", "--all")
    assert checked.exit_code == 0, checked.output
    assert "BAD" not in checked.stdout


def test_backups_with_a_path_are_never_removed(here, tmp_path, monkeypatch):
    """With `keep: 1` the second backup without a path takes the first one's place, and none that was given a path."""
    monkeypatch.setenv("NAVNENYT_BACKUPS__KEEP", "1")
    assert navnenyt(here, "backup", tmp_path / "mine.db").exit_code == 0
    folder = tmp_path / "folder"
    folder.mkdir()
    assert navnenyt(here, "backup", folder).exit_code == 0
    assert navnenyt(here, "backup").exit_code == 0
    assert "Removed" in navnenyt(here, "backup").stdout
    assert len(list((here / "data" / "backups").iterdir())) == 1
    assert len(list(folder.iterdir())) == 1
    again = navnenyt(here, "backup", tmp_path / "mine.db")
    assert again.exit_code == ExitStatus.BAD_DATABASE
    assert "is there already" in again.stderr


def test_a_backup_of_nothing(here):
    """Without a database there is nothing to back up, and the word says what to do."""
    (here / "data" / "navnenyt.db").unlink()
    said = navnenyt(here, "backup")
    assert said.exit_code == ExitStatus.BAD_DATABASE
    assert "navnenyt run" in said.stderr


def test_restore_asks_first(here, tmp_path, monkeypatch):
    """Without --yes a person is asked, and "no" changes nothing; where nobody is there to be asked it is refused."""
    navnenyt(here, "backup", tmp_path / "mine.db")
    before = (here / "data" / "navnenyt.db").read_bytes()
    alone = navnenyt(here, "restore", tmp_path / "mine.db")
    assert alone.exit_code == ExitStatus.USAGE
    assert "--yes" in alone.stderr
    monkeypatch.setattr("scraper.commands.db._somebody_there", lambda: True)
    said = navnenyt(here, "restore", tmp_path / "mine.db", stdin="n\n")
    assert said.exit_code == 0
    assert "takes the place of" in said.stdout
    assert (here / "data" / "navnenyt.db").read_bytes() == before
    assert "is restored" in navnenyt(here, "restore", tmp_path / "mine.db", stdin="y\n").stdout


def test_restore_waits_for_no_run(here, tmp_path, settings):
    """While a run is on, a restore ends with the status for that."""
    navnenyt(here, "backup", tmp_path / "mine.db")
    with only_run(settings):
        assert navnenyt(here, "restore", tmp_path / "mine.db", "--yes").exit_code == ExitStatus.BUSY


def test_restore_refuses_an_archive(here, tmp_path):
    """A ZIP file is refused whole, with a clear word."""
    hostile_zip(tmp_path / "backup.zip")
    said = navnenyt(here, "restore", tmp_path / "backup.zip", "--yes")
    assert said.exit_code == ExitStatus.BAD_DATABASE
    assert "ZIP archive" in said.stderr


def test_a_sound_installation(settings):
    """Everything that is looked at has its finding, and the status is 0."""
    found = check(settings, now=NOW, every=True)
    assert [finding.what for finding in found] == [
        "database",
        "revision",
        "archive",
        "last run",
        "disk",
        "lock",
        "backups",
    ]
    assert gravest(found) is ExitStatus.OK


def said(findings, what):
    return " ".join(finding.sentence for finding in findings if finding.what == what)


def test_a_damaged_missing_or_foreign_database(settings):
    """Each is told by its own word, with the status of a bad database, and the rest is looked at all the same."""
    path = settings.data_dir / "navnenyt.db"
    spoil(path)
    found = check(settings, now=NOW)
    assert "is damaged" in said(found, "database")
    assert gravest(found) is ExitStatus.BAD_DATABASE
    assert said(found, "disk")
    path.write_text("Kære dagbog" * 100)
    assert "no SQLite database" in said(check(settings, now=NOW), "database")
    path.unlink()
    assert "There is no database" in said(check(settings, now=NOW), "database")


def archived(settings):
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as plain:
        return plain.execute("SELECT archive_file, archive_offset FROM fetch WHERE archive_file IS NOT NULL").fetchall()


@pytest.mark.parametrize("harm", ["byte", "cut", "gone", "moved"])
def test_answers_that_are_not_in_the_archive(settings, harm):
    """A damaged byte, a cut file, a missing file and a record of another address are each found."""
    file, offset = archived(settings)[-1]
    path = settings.data_dir / "archive" / file
    if harm == "byte":
        content = bytearray(path.read_bytes())
        content[offset + 300] ^= 0xFF
        path.write_bytes(content)
    elif harm == "cut":
        with path.open("r+b") as handle:
            handle.truncate(offset + 40)
    elif harm == "gone":
        path.unlink()
    else:
        with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as plain:
            plain.execute(
                "UPDATE fetch SET archive_offset = (SELECT min(archive_offset) FROM fetch g WHERE g.archive_file = fetch.archive_file) WHERE archive_file = ?",
                [file],
            )
            plain.commit()
    found = check(settings, now=NOW, every=True)
    assert "not to be had" in said(found, "archive")
    assert gravest(found) is ExitStatus.ERROR


def test_a_record_that_is_no_answer(settings):
    """An offset at which a request or nothing begins is found."""
    from scraper.fetchers.warc_check import faults_at

    file, offset = archived(settings)[-1]
    path = settings.data_dir / "archive" / file
    assert faults_at(path, [(offset + 1, "x")]) != []
    assert "no answer" in faults_at(path, [(0, "x")])[0]
    assert "No such file" in faults_at(path.with_name("none.warc.gz"), [(0, "x")])[0]


def test_what_the_archive_let_go_is_no_fault(settings):
    """Answers older than the oldest file of their source were let go by age: a note, no fault."""
    with closing(sqlite3.connect(settings.data_dir / "navnenyt.db")) as plain:
        plain.execute("UPDATE fetch SET archive_file = 'kodebladet-20250101.warc.gz' WHERE id = 1")
        plain.commit()
    found = check(settings, now=NOW, every=True)
    assert "1 answers are older" in said(found, "archive")
    assert gravest(found) is ExitStatus.OK


def test_a_sample_is_traced(settings, monkeypatch):
    """Of many fetches a sample is looked at, the newest among them."""
    monkeypatch.setattr(room, "SAMPLE", 5)
    total = len(archived(settings))
    assert f"of {total} answers" in said(check(settings, now=NOW), "archive")


def test_the_other_findings(settings, monkeypatch):
    """A nearly full disk, a run that is on, an old backup, a run that was cut off, no run at all."""
    with only_run(settings):
        assert said(check(settings, now=NOW), "lock") == "A run is on."
    monkeypatch.setattr(room, "LEAST_FREE", 1 << 60)
    found = check(settings, now=NOW)
    assert gravest(found) is ExitStatus.DISK_FULL
    assert (
        CliRunner().invoke(app, ["db", "check", "--config", str(settings.data_dir.parent / "config.yaml")]).exit_code
        == 7
    )
    from db.backup import backup

    path = settings.data_dir / "navnenyt.db"
    backup(path, settings.data_dir / "backups", now=NOW)
    assert "make one" in said(check(settings, now=datetime.now(UTC) + timedelta(days=30)), "backups")
    with closing(sqlite3.connect(path)) as plain:
        plain.execute("UPDATE run SET status = 'cut_off'")
        plain.commit()
        assert "cut off" in said(check(settings, now=NOW), "last run")
        for table in (
            "coverage",
            "alarm",
            "run_source",
            "move_sighting",
            "job_ad_sighting",
            "unparsed_sighting",
            "problem_sighting",
            "company_name",
            "fetch",
            "run",
        ):
            plain.execute(f"DELETE FROM {table}")
        plain.commit()
    assert "There was none" in said(check(settings, now=NOW), "last run")


def test_an_older_releases_database(settings):
    """A database of an older release is sound; the word says that the next run upgrades it."""
    from alembic import command

    from db.engine import make_engine
    from db.upgrade import alembic_config

    engine = make_engine(settings.database)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()
    found = check(settings, now=NOW)
    assert "the next run backs it up" in said(found, "revision")
    assert gravest(found) is ExitStatus.OK


def test_without_a_config(tmp_path):
    """A config that is not there is told as everywhere."""
    assert navnenyt(tmp_path, "check").exit_code == ExitStatus.USAGE


def test_refresh_makes_spoilt_facts_right_again(here, settings):
    """Facts that were spoilt are as before; the records stay as they are, and a run that is on is not disturbed."""
    path = settings.data_dir / "navnenyt.db"
    kept = moves(path)
    with closing(sqlite3.connect(path)) as plain:
        facts = plain.execute("SELECT * FROM move_fact ORDER BY move_id").fetchall()
        plain.execute("UPDATE move_fact SET function = 'other', region = NULL, month = '1999-01'")
        plain.commit()
    with only_run(settings):
        assert navnenyt(here, "refresh").exit_code == ExitStatus.BUSY
    said = navnenyt(here, "refresh")
    assert said.exit_code == 0
    assert f"{len(kept)} moves and" in said.stdout
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT * FROM move_fact ORDER BY move_id").fetchall() == facts
    assert moves(path) == kept


def test_a_run_begins_with_the_tables_of_now(here, settings):
    """What a table says since the last run counts without anybody's asking for it."""
    path = settings.data_dir / "navnenyt.db"
    with closing(sqlite3.connect(path)) as plain:
        roles = plain.execute("SELECT * FROM role ORDER BY folded").fetchall()
        plain.execute("UPDATE role SET function = 'other', tables_version = 'older'")
        plain.commit()
    engine = make_engine(settings.database)
    reclassify(Store(engine))
    engine.dispose()
    with closing(sqlite3.connect(path)) as plain:
        assert plain.execute("SELECT * FROM role ORDER BY folded").fetchall() == roles
