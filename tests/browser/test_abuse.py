"""Scorecard row 28: what the SQL page does with statements that mean no good, measured from outside."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import resource
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from db.engine import sqlite_path
from tests.browser.attacks import CUT, REFUSED
from tests.browser.serving import Served

LONGEST = 1.1
MOST = 30 * 1024 * 1024
ABUSERS = 8
LOOKS = 60
FRONT = 0.5
CONTROL_SECONDS = 2


@contextmanager
def command(url: str, folder: Path):
    """`navnenyt serve` as a person starts it, in a folder of its own."""
    program = [sys.executable, "-m", "scraper", "serve", "--database", str(sqlite_path(url)), "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(folder)}
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, cwd=folder, env=environment) as process:
        try:
            assert process.stdout is not None
            port = re.search(r":(\d+)/", process.stdout.readline())
            assert port is not None
            yield process, Served(None, int(port[1]))  # type: ignore[arg-type]
        finally:
            process.terminate()
            process.wait(30)


def rss(pid: int) -> int:
    """The memory that a process has now, in bytes; 0 when it is gone."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()
    return 0


def family(pid: int) -> set[int]:
    """A process and its children."""
    with contextlib.suppress(OSError):
        return {pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())}
    return {pid}


class Memory:
    """The most that any process of a family grew by while the block lasted, looked at each few milliseconds."""

    def __init__(self, pid: int):
        self._pid, self._end = pid, threading.Event()
        self.grew = 0
        self._first = {each: rss(each) for each in family(pid)}
        self._thread = threading.Thread(target=self._look)

    def _look(self):
        while not self._end.wait(0.004):
            for each in family(self._pid):
                if each in self._first:  # one that has just been started is still coming up
                    self.grew = max(self.grew, rss(each) - self._first[each])

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        self._thread.join()


def files(*folders: Path) -> dict[Path, str]:
    """Every file under the folders, with a digest of what is in it."""
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }


def unfenced(url: str, statement: str, folder: Path) -> bool:
    """Whether a statement does harm on a plain read-only connection: too long, too much memory, or a file."""
    code = (
        "import sqlite3, sys, resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))\n"
        "c = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True, isolation_level=None)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try:\n"
        "    rows = [r for r, _ in zip(c.execute(sys.argv[2]), range(1001))]\n"
        "except sqlite3.Error:\n"
        "    pass\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    before = files(folder)
    try:
        done = subprocess.run(
            [sys.executable, "-c", code, str(sqlite_path(url)), statement],
            capture_output=True, text=True, timeout=CONTROL_SECONDS, cwd=folder, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return True
    grew = int(done.stdout or 0) * 1024 if done.returncode == 0 else MOST + 1
    return grew > MOST or files(folder) != before


@pytest.mark.scorecard
def test_each_attack_is_refused_or_cut(filled, tmp_path, record_property):
    """Within 1.1 s and 30 MiB, and no file is made or changed; on a plain read-only connection the same do harm."""
    home = sqlite_path(filled).parent
    attacks = [*REFUSED, *CUT.values()]
    slowest, most, answered = 0.0, 0, []
    with command(filled, tmp_path) as (process, server):
        server.get("/")
        wait_for_processes(process.pid)
        before = files(home, tmp_path)
        for statement in attacks:
            wait_for_processes(process.pid)
            with Memory(process.pid) as memory:
                began = time.perf_counter()
                said = server.sql(statement)
                slowest = max(slowest, time.perf_counter() - began)
            most = max(most, memory.grew)
            if said.status != 400 and statement not in CUT.values():
                answered.append(statement)
        after = files(home, tmp_path)
    (tmp_path / "plain").mkdir()
    harmful = [statement for statement in attacks if unfenced(filled, statement, tmp_path / "plain")]
    record_property(
        "scorecard",
        f"28|the SQL page: {len(attacks)} attacks|slowest {slowest:.2f} s, {most / 2**20:.0f} MiB, no file"
        f"|on a plain read-only connection {len(harmful)} do harm",
    )
    assert answered == []
    assert after == before
    assert slowest <= LONGEST
    assert most <= MOST
    assert len(harmful) >= len(CUT) - 2


def wait_for_processes(pid: int) -> None:
    """Wait until the server's processes stand ready: one that was killed comes up again."""
    for _ in range(400):
        children = family(pid) - {pid}
        if len(children) >= 3 and all(settled(each) for each in children):
            return
        time.sleep(0.02)


def settled(pid: int) -> bool:
    """Whether a process waits for something to do."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "S"
    return False


@pytest.mark.scorecard
def test_abusers_leave_the_front_page_alone(filled, tmp_path, record_property):
    """Eight people keep the SQL page busy; the front page comes as if they were not there."""
    with command(filled, tmp_path) as (_, server):
        server.get("/")
        alone = front_page(server, LOOKS)
        end = threading.Event()
        tried = [0] * ABUSERS

        def abuse(number: int) -> None:
            statements = list(CUT.values())
            while not end.is_set():
                with contextlib.suppress(OSError):
                    server.sql(statements[(tried[number] + number) % len(statements)])
                tried[number] += 1

        threads = [threading.Thread(target=abuse, args=(number,)) for number in range(ABUSERS)]
        for thread in threads:
            thread.start()
        try:
            among = front_page(server, LOOKS)
            unfenced_among = among_unfenced(server, filled)
        finally:
            end.set()
            for thread in threads:
                thread.join()
    record_property(
        "scorecard",
        f"28|the front page among {ABUSERS} abusers, {LOOKS} times|slowest {max(among):.3f} s (alone {max(alone):.3f} s)"
        f"|with the same SQL in the server's own threads {max(unfenced_among):.1f} s",
    )
    assert all(tried)
    assert max(among) < FRONT
    assert max(unfenced_among) > FRONT


def front_page(server: Served, times: int) -> list[float]:
    """Seconds that each of so many looks at the front page took."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        assert server.get("/").status == 200
        took.append(time.perf_counter() - began)
        time.sleep(0.05)
    return took


def among_unfenced(server: Served, url: str) -> list[float]:
    """The control: a server whose SQL runs in the threads that its pages use, with no time limit, as one would build it."""
    import sqlite3
    from concurrent.futures import ThreadPoolExecutor

    path = sqlite_path(url)

    def run(statement: str) -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            ended = time.monotonic() + CONTROL_SECONDS
            connection.set_progress_handler(lambda: time.monotonic() > ended, 1000)
            with contextlib.suppress(sqlite3.Error):
                connection.execute(statement).fetchone()

    took = []
    with ThreadPoolExecutor(3) as pool:
        for _ in range(ABUSERS):
            pool.submit(run, CUT["an endless count"])
        began = time.perf_counter()
        pool.submit(server.get, "/").result()
        took.append(time.perf_counter() - began)
    return took
