"""A full disk, a locked database, another run: each ends with its own status, and the next run makes it whole."""

from __future__ import annotations

import resource
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock, SoftFileLock, Timeout

from db.engine import BUSY_TIMEOUT, TOTAL_WAIT, make_engine
from scraper.errors import DatabaseLocked, DiskFull, ExitStatus
from scraper.replica import Replica, ReplicaServer
from tests.killing import Installation, Toll, replica_server
from tests.test_run import START, Quiet, Scene

CONTROL_STEPS = (8, 16, 24, 32, 64)
TABLES = ("page", "fetch", "move", "job_ad", "move_sighting", "job_ad_sighting")


@pytest.fixture
def installation(tmp_path):
    with replica_server() as server:
        yield Installation(server, tmp_path / "here", pages=6)


def everything(installation):
    return {table: set(installation.ask(f"SELECT * FROM {table}")) for table in TABLES}


def whole(installation, before):
    """Whether the database is whole and has every row of before."""
    toll = Toll()
    installation.look(toll)
    now = everything(installation)
    return toll == Toll() and all(before[table] <= now[table] for table in TABLES)


def test_no_file_may_grow(installation):
    """Under a limit on the size of files a run ends with the status of a full disk, and without it the next completes."""
    assert installation.run() == 0
    before = everything(installation)
    largest = installation.database.stat().st_size
    ended = set()
    for limit in (16_000, largest // 8, largest, largest + 9000):
        installation.output.unlink()  # it counts as a file as well
        process = installation.start(armed=[("files of at most", limit)])
        process.join()
        ended.add(process.exitcode)
        assert whole(installation, before)
    assert ended == {ExitStatus.DISK_FULL}
    assert installation.run() == 0
    assert installation.archived_and_not_stored() == []


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes in memory; mounting one needs root."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, check=False
    ).returncode
    if mounted:
        pytest.skip("mounting a small disk needs root; test_no_file_may_grow shows the same with a limit")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.scorecard
def test_a_full_disk(installation, small_disk, record_property):
    """Wherever in a run the disk fills up: earlier rows are whole, the status is its own, the next run completes."""
    data = installation.settings.data_dir
    assert installation.run() == 0
    shutil.copytree(data, installation.folder / "pristine")
    shutil.rmtree(data)
    data.symlink_to(small_disk)
    steps = [0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192]
    ended = [run_on_a_full_disk(installation, small_disk, kilobytes) for kilobytes in steps]
    wrong = sum(harmed for _, harmed in ended)
    full = sum(status == ExitStatus.DISK_FULL for status, _ in ended)
    careless = [("without transactions", 0), ("without recovery", 0)]
    control = [run_on_a_full_disk(installation, small_disk, kilobytes, careless)[1] for kilobytes in CONTROL_STEPS]
    record_property(
        "scorecard",
        f"4|disk full at {len(steps)} places: harmed or told wrongly|{wrong}, {full} ended with status 7"
        f"|{sum(control)} of {len(control)} without transactions and recovery",
    )
    assert wrong == 0
    assert full >= len(steps) // 2
    assert any(control)


def run_on_a_full_disk(installation, disk, kilobytes, armed=()):
    """Let the disk fill up so many kB into a run, free it, run again: the first run's status, and whether it did harm."""
    for path in disk.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(installation.folder / "pristine", installation.settings.data_dir, dirs_exist_ok=True)
    installation.output.unlink(missing_ok=True)
    before = everything(installation)
    filler = disk / "filler"
    filler.write_bytes(bytes(max(0, shutil.disk_usage(disk).free - kilobytes * 1024)))
    status = installation.run(armed=list(armed))
    harmed = status not in {ExitStatus.DISK_FULL, 0} or not whole(installation, before)
    filler.unlink()
    installation.output.unlink(missing_ok=True)
    again = installation.run(armed=list(armed))
    return status, harmed or again != 0 or bool(installation.archived_and_not_stored())


def test_a_spent_quota_is_a_full_disk(tmp_path, monkeypatch):
    """SQLite tells a spent quota as a failing disk; the program tells it as what it is."""
    from db.engine import explain

    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_WRITE"
    assert not isinstance(explain(error, tmp_path / "x.db"), DiskFull)

    def spent(*_, **__):
        raise OSError(122, "Disk quota exceeded")

    monkeypatch.setattr("db.engine.tempfile.TemporaryFile", spent)
    assert isinstance(explain(error, tmp_path / "x.db"), DiskFull)


@pytest.fixture
def scene(tmp_path):
    with ReplicaServer(Replica(seed=3, start=START, articles=40), slow=0.01) as server:
        yield Scene(server, tmp_path, pages_per_run=6)


class Locker(Quiet):
    """Another program that takes the database's lock after so many pages."""

    def __init__(self, path, after):
        super().__init__()
        self.other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.after = after
        self.looks = self.waited = 0

    def page_done(self, source, answer, saved):
        super().page_done(source, answer, saved)
        if self.pages == self.after and saved is not None:
            self.other.execute("BEGIN IMMEDIATE")

    def clock(self, let_go_after=None):
        """Five seconds go by with each look, as SQLite's own wait takes."""
        self.looks += 1
        self.waited += self.other.in_transaction
        if self.other.in_transaction and self.waited == let_go_after:
            self.other.execute("ROLLBACK")
        return self.looks * BUSY_TIMEOUT


def run_locked(scene, monkeypatch, *, let_go_after):
    scene.run("kodebladet")
    locker = Locker(scene.settings.data_dir / "navnenyt.db", 3)
    clock = partial(locker.clock, let_go_after)
    patient = partial(make_engine, busy_timeout=0.001, clock=clock)
    with closing(locker.other), monkeypatch.context() as patch:
        patch.setattr("db.upgrade.make_engine", patient)
        return locker, scene.run("kodebladet", reporter=locker)


def test_a_lock_of_some_seconds_loses_no_page(scene, monkeypatch):
    """While another program holds the database for some seconds, the run waits, and every page is stored."""
    _, summary = run_locked(scene, monkeypatch, let_go_after=6)
    assert summary.exit_status is ExitStatus.OK
    assert summary.sources[0].asked == 6
    assert scene.ask("SELECT count(*) FROM fetch JOIN page ON page.id = page_id WHERE kind != 'feed'") == [(12,)]


@pytest.mark.row
def test_a_lock_of_a_minute_ends_the_run_and_the_page_is_in_the_archive(scene, monkeypatch, record_property):
    """After a minute the run ends with a status of its own; the page it had is read from the archive by the next."""
    assert (BUSY_TIMEOUT, TOTAL_WAIT) == (5.0, 60.0)
    with pytest.raises(DatabaseLocked) as told:
        run_locked(scene, monkeypatch, let_go_after=None)
    assert told.value.exit_status is ExitStatus.LOCKED
    before = scene.ask("SELECT count(*) FROM fetch WHERE run_id = 2")
    summary = scene.run("kodebladet")
    recovered = scene.ask("SELECT run_id FROM fetch WHERE allowed_by LIKE 'read from the archive%'")
    assert summary.recovered == 1
    assert recovered == [(2,)]
    assert scene.ask("SELECT count(*) FROM fetch WHERE run_id = 2") == [(before[0][0] + 1,)]
    record_property("scorecard", "5|locked for a minute: pages lost|0, status 8|1 without recovery")


@pytest.mark.row
def test_two_runs_at_once(installation, record_property):
    """The second run ends at once with its own status; a killed run holds no lock, where a lock file would stay."""
    lock = installation.settings.data_dir / "navnenyt.lock"
    first = installation.start(armed=[("waits at", 2)])
    while not installation.database.exists() or (first.is_alive() and free(lock)):
        assert first.is_alive()
    began = time.monotonic()
    assert installation.run() == ExitStatus.BUSY
    took = time.monotonic() - began
    first.kill()
    first.join()
    assert first.exitcode == -signal.SIGKILL
    assert installation.run() == 0
    careless = SoftFileLock(installation.folder / "careless.lock")
    (installation.folder / "careless.lock").touch()  # what a killed holder of such a lock leaves
    with pytest.raises(Timeout):
        careless.acquire(timeout=0)
    record_property(
        "scorecard", f"6|second run refused, after a kill the lock is free|yes, {took:.1f} s|a lock file stays"
    )


def free(lock: Path) -> bool:
    """Whether nobody holds the lock."""
    try:
        with FileLock(lock, timeout=0):
            return True
    except Timeout:
        return False


def test_the_limit_of_this_process_stays():
    """The tests that limit files do so in processes of their own."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY
