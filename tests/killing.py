"""The whole program in a process of its own, killed at an instant or at a named stage; and a look at what is left.

The processes are forked from a server that has the program loaded already, so that a hundred of them take no hundred
starts. What `navnenyt` prints goes to a file: a line for a page is its acknowledgement, printed after the commit.
"""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import signal
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import Timeout

from scraper.config import Settings, load
from scraper.errors import PageUnreadable
from scraper.fetchers import warc
from scraper.fetchers.archive import Archive
from scraper.parsers import parse_page
from scraper.records import Page
from scraper.replica import Replica, ReplicaServer

START = datetime(2026, 1, 12, 8, tzinfo=UTC)
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["tests.killing", "scraper.run", "scraper.commands.run", "scraper.display", "alembic.command"]
)
_LINE = re.compile(r"^[\w-]+: \d+/\d+ (\S+) (fetched|unchanged|failed)")
STAGES = ("fetch", "archive", "parse", "store", "commit", "migrate", "backup")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _at_call(place: Any, name: str, nth: int, die: Callable[..., None] = lambda *_, **__: _die()) -> None:
    """Kill this process at the n-th call of a function, before it does anything."""
    real, calls = getattr(place, name), 0

    def counted(*arguments: Any, **more: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == nth:
            die(*arguments, **more)
        return real(*arguments, **more)

    setattr(place, name, counted)


def _half_a_record(path: Path, data: bytes) -> None:
    with path.open("ab", buffering=0) as file:
        file.write(data[: len(data) // 2])
    _die()


def _half_a_copy(path: Path, target: Path) -> None:
    """Copy as a plain tool does, under the name that the copy is to have, and die half-way."""
    whole = path.read_bytes()
    target.write_bytes(whole[: len(whole) // 2])
    _die()


class _LockFile:
    """A lock that is held by whoever made a file, as many programs have it: a kill leaves the file."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_suffix(".held")

    def acquire(self, timeout: float) -> None:
        try:
            self._path.touch(exist_ok=False)
        except FileExistsError:
            raise Timeout(str(self._path)) from None

    def release(self) -> None:
        self._path.unlink()


def _arm(stage: str, nth: int) -> None:
    """Have this process die at the n-th time that it comes to a stage, or without what guards it."""
    import requests
    from sqlalchemy import Engine, event

    import db.backup
    import db.engine
    import db.keeping
    import scraper.fetchers.archive
    import scraper.run
    import scraper.visit
    from db.store import Store

    if stage == "fetch":
        _at_call(requests.Session, "send", nth)
    elif stage == "archive":
        _at_call(scraper.fetchers.archive, "_append", nth, _half_a_record)
    elif stage == "parse":
        _at_call(scraper.visit, "parse_page", nth)
    elif stage == "store":
        _at_call(Store, "save_page", nth)
    elif stage == "commit":
        _at_call(db.keeping, "keep_job_ads", nth)  # the fetch and the moves are written, the ads are not
    elif stage == "backup":
        place, name = (
            (db.backup, "rows_by_table"),
            (db.backup.shutil, "copymode"),
            (db.backup, "verify"),
            (db.backup, "sync"),
            (Path, "rename"),
        )[nth - 1]
        _at_call(place, name, 1)
    elif stage == "migrate":
        seen = 0

        @event.listens_for(Engine, "before_cursor_execute")
        def count(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            nonlocal seen
            seen += statement.lstrip().startswith(("CREATE", "ALTER", "DROP", "UPDATE alembic"))
            if seen == nth:
                _die()

    elif stage == "waits at":
        _at_call(scraper.visit, "parse_page", nth, lambda *_, **__: signal.pause())
    elif stage == "files of at most":
        resource.setrlimit(resource.RLIMIT_FSIZE, (nth, resource.RLIM_INFINITY))
    elif stage == "with a lock file":
        scraper.run.FileLock = _LockFile
    elif stage == "without mending":
        scraper.fetchers.archive._whole = lambda path: (path.stat().st_size, True)
    elif stage == "with plain copies":
        db.backup.copy_database = _half_a_copy
    elif stage == "without recovery":
        scraper.run.recover = lambda *_, **__: 0
    elif stage == "without transactions":

        @event.listens_for(Engine, "before_cursor_execute")
        def commit_each(connection: Any, *_: Any) -> None:
            raw = connection.connection.driver_connection
            if raw.in_transaction:
                raw.execute("COMMIT")


def _child(arguments: list[str], output: str, armed: list[tuple[str, int]]) -> None:
    handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    for stage, nth in armed:
        _arm(stage, nth)
    from scraper.cli import main

    sys.argv = ["navnenyt", *arguments]
    try:
        main()
    finally:  # what measures the tests' coverage writes its file next
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def navnenyt(*arguments: str, output: Path, armed: list[tuple[str, int]] | None = None) -> Any:
    """The command in a process of its own, begun: `.join()`, `.kill()`, `.exitcode`."""
    process = _FORKS.Process(target=_child, args=(list(arguments), str(output), armed or []), daemon=True)
    process.start()
    return process


@dataclass
class Toll:
    """What the kills cost."""

    lost: int = 0
    torn: int = 0
    twice: int = 0
    corrupt: int = 0
    unstored: int = 0


class Installation:
    """A replica that is served here, and an installation that scrapes a few pages of it in processes of its own."""

    def __init__(self, server: ReplicaServer, folder: Path, *, pages: int) -> None:
        self.server = server
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "config.yaml"
        text = server.config(data_dir=folder / "data")
        self.config.write_text(re.sub(r"pages_per_run: \d+", f"pages_per_run: {pages}", text), encoding="utf-8")
        self.settings: Settings = load(self.config)
        self.database = self.settings.data_dir / "navnenyt.db"
        self.output = folder / "output.txt"

    def start(self, *arguments: str, armed: list[tuple[str, int]] | None = None) -> Any:
        return navnenyt(*(arguments or ("run",)), "--config", str(self.config), output=self.output, armed=armed)

    def run(self, *arguments: str, armed: list[tuple[str, int]] | None = None) -> int | None:
        process = self.start(*arguments, armed=armed)
        process.join()
        return process.exitcode

    def ask(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.database)) as plain:
            return plain.execute(sql, parameters).fetchall()

    def acknowledged(self) -> Counter[tuple[str, str]]:
        """The pages that the program said it had, by address and outcome."""
        if not self.output.exists():
            return Counter()
        matches = map(_LINE.match, self.output.read_text(encoding="utf-8").splitlines())
        return Counter((match[1], match[2]) for match in matches if match)

    def look(self, toll: Toll) -> None:
        """Count what is lost, torn, twice or corrupt after a kill."""
        if not self.database.exists():
            toll.lost += sum(self.acknowledged().values())
            return
        with closing(sqlite3.connect(self.database)) as plain:
            if plain.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                toll.corrupt += 1
            toll.corrupt += len(plain.execute("PRAGMA foreign_key_check").fetchall())
            if not plain.execute("SELECT 1 FROM sqlite_master WHERE name = 'fetch'").fetchall():
                toll.lost += sum(self.acknowledged().values())
                return
        stored = Counter((url, outcome) for url, outcome in self.ask("SELECT url, outcome FROM fetch"))
        toll.lost += sum((self.acknowledged() - stored).values())
        toll.torn += not self.last_page_is_whole()
        twice = Counter(self.ask("SELECT kind, person, company, role, start_date FROM move"))
        toll.twice += sum(count - 1 for count in twice.values())

    def last_page_is_whole(self) -> bool:
        """Whether the page stored last has all the records that its archived bytes say."""
        newest = (
            "SELECT f.id, s.name, archive_file, archive_offset FROM fetch f JOIN page p ON p.id = page_id"
            " JOIN source s ON s.id = f.source_id WHERE outcome = 'fetched' AND p.kind = 'article'"
            " ORDER BY f.id DESC LIMIT 1"
        )
        for number, source, file, offset in self.ask(newest):
            stored = warc.read_at(self.settings.data_dir / "archive" / file, offset)
            said = parse_page(
                Page(url=stored.url, body=stored.body, content_type="text/html", published=stored.at.date()),
                headings=self.settings.sources[source].headings,
            )
            expected = len(set(said.moves)), len(set(said.job_ads))
            tables = ("move_sighting", "job_ad_sighting")
            found = [self.ask(f"SELECT count(*) FROM {table} WHERE fetch_id = ?", number)[0][0] for table in tables]
            return found == [*expected]
        return True

    def archived_and_not_stored(self) -> list[str]:
        """The pages with records on them that are in the archive and no fetch points at; and where it is damaged."""
        known = set(self.ask("SELECT archive_file, archive_offset FROM fetch"))
        left = []
        for path in Archive(self.settings.data_dir / "archive", clock=lambda: START).files():
            source = next(s for s in self.settings.sources.values() if path.name.startswith(f"{s.name}-2"))
            try:
                for stored in warc.read_file(path):
                    page = stored.status == 200 and not stored.truncated and source.article_id(stored.url)
                    if page and (path.name, stored.offset) not in known:
                        said = parse_page(Page(url=stored.url, body=stored.body, content_type="text/html"))
                        left += [stored.url] * bool(said.moves or said.job_ads)
            except PageUnreadable as error:
                left.append(error.message)
        return left


def replica_server() -> ReplicaServer:
    """A replica of few pages, quick to scrape."""
    return ReplicaServer(Replica(seed=3, start=START, articles=40), slow=0.01)
