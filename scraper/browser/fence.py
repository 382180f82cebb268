"""A user's SQL in processes that can be ended at any moment; see `fenced` for what one may use.

A few processes stand ready. A question takes one; when no answer comes in time the process is killed, a fresh one
takes its place, and nobody else has waited. More questions than processes wait for a moment, then are told to come
again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.query import Result
from scraper.errors import QueryError

SECONDS = 1.0
"""After so long a query's process is killed."""
AT_ONCE = 2
"""Queries that run at the same time."""
SPARE = 1
"""Processes beyond those, so that one that was killed is not waited for."""
PATIENCE = 4.0
"""Seconds that a question waits for its turn."""
_LONGEST_LINE = 16_000_000
_TOO_LONG = "The query took longer than 1 s and was ended."
_LESS = "Ask for less: add WHERE or LIMIT, and join on the id columns; `navnenyt query` gives more time."


@dataclass
class Fence:
    """Processes that answer SQL on the database at `url`. Lives in one event loop, from `open` to `close`."""

    url: str
    _idle: asyncio.Queue[asyncio.subprocess.Process] = field(init=False)
    _turns: asyncio.Semaphore = field(init=False)
    _all: set[asyncio.subprocess.Process] = field(default_factory=set, init=False)
    _starting: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _open: bool = field(default=False, init=False)

    async def open(self) -> None:
        """Start the processes, in the background."""
        if self._open:
            return
        self._open = True
        self._idle, self._turns = asyncio.Queue(), asyncio.Semaphore(AT_ONCE)
        for _ in range(AT_ONCE + SPARE):
            self._start_one()

    async def close(self) -> None:
        """End them all."""
        self._open = False
        for task in self._starting:
            task.cancel()
        for process in list(self._all):
            await self._end(process)

    @property
    def processes(self) -> frozenset[int]:
        """The ids of the processes that run now."""
        return frozenset(process.pid for process in self._all)

    async def ask(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Result:
        """The answer to one SELECT. Raises QueryError as `db.query.run_query` does, and when all are busy."""
        await self.open()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError:
            raise QueryError("Too many queries are running.", hint="Try again in a moment.") from None
        try:
            return await self._ask(sql, dict(parameters or {}))
        finally:
            self._turns.release()

    async def _ask(self, sql: str, parameters: dict[str, Any]) -> Result:
        process = await self._idle.get()
        assert process.stdin is not None
        assert process.stdout is not None
        question = json.dumps({"sql": sql, "parameters": parameters}) + "\n"
        line = b""
        killed = False
        try:
            async with asyncio.timeout(SECONDS):
                process.stdin.write(question.encode())
                await process.stdin.drain()
                line = await process.stdout.readline()
        except TimeoutError:
            killed = True
        except (ConnectionError, ValueError):
            line = b""
        finally:
            if line.endswith(b"\n"):
                self._idle.put_nowait(process)
            else:
                await self._end(process)
                self._start_one()
        if killed:
            raise QueryError(_TOO_LONG, hint=_LESS)
        if not line:
            raise QueryError("The query needs more memory than it may have, and was ended.", hint=_LESS)
        said = json.loads(line)
        if "error" in said:
            raise QueryError(said["error"], hint=said["hint"])
        return Result(tuple(said["columns"]), [tuple(row) for row in said["rows"]], said["truncated"])

    def _start_one(self) -> None:
        if self._open:
            task = asyncio.create_task(self._start())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _start(self) -> None:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "scraper.browser.fenced", self.url, stdin=pipe, stdout=pipe, limit=_LONGEST_LINE
        )
        self._all.add(process)
        assert process.stdout is not None
        if await process.stdout.readline() == b"ready\n" and self._open:
            self._idle.put_nowait(process)
        else:
            await self._end(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
