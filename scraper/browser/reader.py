"""The connections that our own pages read on: apart from those of tables and queries, so that nobody waits for them."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from db.engine import connect_read_only, explain
from db.query import confine
from scraper.errors import QueryError, StoreError

T = TypeVar("T")
SECONDS = 5.0
"""After so long a page's reading is ended."""
_STEPS = 5000
_AT_ONCE = 3


def _after(seconds: float) -> Callable[[], bool]:
    deadline = time.monotonic() + seconds
    return lambda: time.monotonic() >= deadline


def state_of(path: Path) -> tuple[object, ...]:
    """What tells one state of a database file from the next."""
    files = [path, path.with_name(f"{path.name}-wal")]
    states = [file.stat() for file in files if file.exists()]
    return tuple((state.st_ino, state.st_mtime_ns, state.st_size) for state in states)


class Reader:
    """Threads with a read-only connection each. A file that was replaced (a restore) is opened again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reader")
        self._held = threading.local()
        self._all: list[sqlite3.Connection] = []

    async def ask(self, work: Callable[[sqlite3.Connection], T], *, seconds: float = SECONDS) -> T:
        """What `work` makes of a connection. Raises QueryError when it takes longer than `seconds`, StoreError."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self.ask_here, work, seconds)

    def ask_here(self, work: Callable[[sqlite3.Connection], T], seconds: float = SECONDS) -> T:
        """The same in this thread."""
        for last in (False, True):
            connection = self._connection()
            connection.set_progress_handler(_after(seconds), _STEPS)
            try:
                return work(connection)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorname == "SQLITE_INTERRUPT":
                    raise QueryError(
                        f"That took longer than {seconds:g} s and was ended.", hint="Try a narrower question."
                    ) from error
                # A run that was killed has left the file to be rolled back, which opening it anew does.
                self._held.state = None
                if last:
                    raise explain(error, self.path) or StoreError(str(error)) from error
            finally:
                connection.set_progress_handler(None, 0)
        raise AssertionError

    def _connection(self) -> sqlite3.Connection:
        state = self.path.stat() if self.path.exists() else None
        now = (state.st_dev, state.st_ino) if state else None
        held: tuple[object, sqlite3.Connection] | None = getattr(self._held, "state", None)
        if held is None or held[0] != now:
            connection = connect_read_only(self.path, any_thread=True)
            connection.row_factory = sqlite3.Row
            connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
            confine(connection)
            self._all.append(connection)
            held = self._held.state = (now, connection)
        return held[1]

    def close(self) -> None:
        """End the threads and their connections."""
        self._pool.shutdown()
        for connection in self._all:
            connection.close()
