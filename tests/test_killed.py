"""Kill -9 on the whole program, against the replica served by another process: nothing lost, nothing torn."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import tempfile
import time
from pathlib import Path

import pytest
from alembic import command

from db.backup import kept_backups
from db.engine import make_engine
from db.restore import look_into
from db.upgrade import alembic_config, head_revision
from scraper.errors import ExitStatus, NavnenytError
from tests.killing import STAGES, Installation, Toll, replica_server

FINE = {ExitStatus.OK, ExitStatus.DEGRADED}
"""Of six pages of the replica half can be its faulty ones, which is a word from the health check and no loss."""
CONTROLS = {
    "fetch": "with a lock file",
    "archive": "without mending",
    "parse": "without recovery",
    "store": "without recovery",
    "commit": "without transactions",
    "migrate": "without transactions",
    "backup": "with plain copies",
}
"""What is switched off for the control of a stage."""


@pytest.fixture
def folder(tmp_path):
    """A folder in memory where there is one: a kill takes nothing from the system's own cache, so no disk is needed."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < 60_000_000:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as name:
        yield Path(name)


@pytest.fixture
def installation(folder):
    with replica_server() as server:
        yield Installation(server, folder / "here", pages=6)


def kill_at_random(installation, kills, toll, *, armed=(), seed=1):
    """Start run after run on one installation and kill each at a random instant; how many ended before."""
    dice = random.Random(seed)
    began = time.monotonic()
    assert installation.run(armed=list(armed)) == 0
    whole = time.monotonic() - began
    killed = ended = 0
    while killed < kills:
        began = time.monotonic()
        process = installation.start(armed=list(armed))
        process.join(timeout=dice.uniform(0, whole))
        process.kill()
        process.join()
        if process.exitcode == -signal.SIGKILL:
            killed += 1
            installation.look(toll)
            installation.server.replica.advance(days=dice.randrange(2))
        else:
            assert process.exitcode in FINE
            ended += 1
            whole = time.monotonic() - began  # the first run is longer than those after it
    return ended


@pytest.mark.scorecard
def test_a_hundred_kills(installation, folder, record_property):
    """A hundred runs killed at random instants: what was acknowledged is there, whole, once; the next run goes on."""
    toll, control = Toll(), Toll()
    kill_at_random(installation, 100, toll)
    assert installation.run() in FINE
    toll.unstored = len(installation.archived_and_not_stored())
    recovered = installation.ask("SELECT count(*) FROM fetch WHERE allowed_by LIKE 'read from the archive%'")[0][0]
    careless = Installation(installation.server, folder / "careless", pages=6)
    careless_kills = 0
    while not control.torn and careless_kills < 90:
        kill_at_random(careless, 15, control, armed=[("without transactions", 0)], seed=careless_kills)
        careless_kills += 15
    for what in ("lost", "torn", "twice", "corrupt"):
        found, other = getattr(toll, what), getattr(control, what)
        record_property(
            "scorecard", f"1|100 kills: pages {what}|{found}|{other} of {careless_kills} kills without transactions"
        )
    record_property("scorecard", f"1|100 kills: archived and not stored|{toll.unstored}|{recovered} without recovery")
    assert toll == Toll()
    assert control.torn > 0
    assert recovered > 0
    statuses = dict(installation.ask("SELECT status, count(*) FROM run GROUP BY status"))
    assert statuses["cut_off"] > 50


def older(installation):
    """Take the installation's database down to the release before."""
    engine = make_engine(installation.settings.database)
    with engine.begin() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    engine.dispose()


def killed_at(installation, stage, nth, more=()):
    """Kill the installation's next run at the n-th time that it comes to a stage."""
    if stage == "migrate":
        older(installation)
    words = ("db", "backup") if stage == "backup" else ("run",)
    if installation.run(*words, armed=[*more, (stage, nth)]) != -signal.SIGKILL:
        pytest.fail(f"the run did not come to {stage} {nth}: {installation.output.read_text()}")


def at_stage(stage, installation, pristine, nths, more=()):
    """Kill at the stage, look, run again, look again, for each n; the toll."""
    toll = Toll()
    for nth in nths:
        shutil.rmtree(installation.settings.data_dir)
        shutil.copytree(pristine, installation.settings.data_dir)
        installation.output.unlink(missing_ok=True)
        once_at_stage(stage, installation, nth, more, toll)
    return toll


def once_at_stage(stage, installation, nth, more, toll):
    """Kill one run or backup, look, run again, look again."""
    before = installation.ask("SELECT count(*), max(id) FROM fetch")
    killed_at(installation, stage, nth, more)
    installation.look(toll)
    if stage in {"migrate", "backup"}:
        assert installation.ask("SELECT count(*), max(id) FROM fetch") == before
        for path in (installation.settings.data_dir / "backups").glob("*.db"):
            look_into(path)
    assert installation.run(armed=list(more)) == 0, installation.output.read_text()
    installation.look(toll)
    toll.unstored += len(installation.archived_and_not_stored())
    assert installation.ask("SELECT version_num FROM alembic_version") == [(head_revision(),)]
    assert not set(installation.ask("SELECT status FROM run")) - {("done",), ("cut_off",)}
    if stage == "backup":
        assert installation.run("db", "backup") == 0
        assert len(kept_backups(installation.settings.data_dir / "backups")) >= 1


def harmed_without(guard, stage, installation, pristine):
    """In how many of two kills harm is done, or the next run fails, when a guard is off."""
    harmed = 0
    for nth in (2, 4):
        try:
            harmed += at_stage(stage, installation, pristine, [nth], [(guard, 0)]) != Toll()
        except (AssertionError, NavnenytError, sqlite3.Error):
            harmed += 1
    return harmed


@pytest.fixture
def pristine(installation, folder):
    """The data of one run that ended by itself."""
    assert installation.run() == 0
    return shutil.copytree(installation.settings.data_dir, folder / "pristine")


def test_killed_half_way_through_an_archived_record(installation, pristine):
    """A record that was half written is cut off, and the next run goes on behind the last whole one."""
    assert at_stage("archive", installation, pristine, [3]) == Toll()


@pytest.mark.scorecard
@pytest.mark.parametrize("stage", STAGES)
def test_killed_five_times_at_a_stage(installation, pristine, stage, record_property):
    """Killed while it fetches, archives, parses, stores, migrates or backs up: the next run makes it whole."""
    toll = at_stage(stage, installation, pristine, [1, 2, 3, 4, 5])
    off = harmed_without(CONTROLS[stage], stage, installation, pristine)
    record_property("scorecard", f"2|killed while: {stage}|{harm(toll)} harmed in 5|{off} in 2, {CONTROLS[stage]}")
    assert toll == Toll()
    assert off > 0


def harm(toll):
    """All that a kill cost, in one number."""
    return toll.lost + toll.torn + toll.twice + toll.corrupt + toll.unstored


def test_the_next_run_goes_on_where_the_killed_one_was(installation):
    """After a kill the page that was fetched and not stored is read from the archive, and the others come first."""
    pages = "SELECT page_id FROM fetch JOIN page ON page.id = page_id WHERE kind != 'feed' AND run_id = "
    assert installation.run(armed=[("store", 4)]) == -signal.SIGKILL
    asked = [row[0] for row in installation.ask(pages + "1 ORDER BY fetch.id")]
    assert len(asked) == 3
    (lost,) = installation.archived_and_not_stored()
    assert installation.run() == 0
    assert installation.archived_and_not_stored() == []
    read = "SELECT url, run_id, allowed_by FROM fetch WHERE allowed_by LIKE 'read from the archive%'"
    assert [(url, run) for url, run, _ in installation.ask(read)] == [(lost, 1)]
    assert "1 pages that an earlier run had fetched and not stored" in installation.output.read_text()
    news = "SELECT page_id FROM fetch f JOIN source s ON s.id = f.source_id WHERE s.name = 'kodebladet' AND run_id = "
    first = {row[0] for row in installation.ask(news + "1")}
    later = "SELECT page_id FROM fetch f JOIN page p ON p.id = page_id JOIN source s ON s.id = f.source_id"
    later += " WHERE s.name = 'kodebladet' AND p.kind != 'feed' AND run_id = 2"
    feeds = {row[0] for row in installation.ask("SELECT id FROM page WHERE kind = 'feed'")}
    assert not {row[0] for row in installation.ask(later)} & (first - feeds)
    assert installation.ask("SELECT pages_fetched FROM run_source WHERE run_id = 1 AND source_id = 1") == [
        (
            installation.ask(
                "SELECT count(*) FROM fetch f JOIN page p ON p.id = page_id WHERE run_id = 1 AND kind != 'feed' AND outcome = 'fetched'"
            )[0][0],
        )
    ]


def test_the_sources_that_a_killed_run_did_not_come_to_go_first(installation):
    """A run that is always killed in its first source does not starve the others."""
    assert installation.run(armed=[("store", 2)]) == -signal.SIGKILL
    assert installation.run(armed=[("store", 4)]) == -signal.SIGKILL
    visited = "SELECT DISTINCT s.name FROM fetch f JOIN source s ON s.id = f.source_id WHERE run_id = "
    assert installation.ask(visited + "1") == [("kodebladet",)]
    assert ("fjordens-tidende",) in installation.ask(visited + "2")
    assert ("kodebladet",) not in installation.ask(visited + "2")
