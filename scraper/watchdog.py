"""A watchdog round the parser: what a page makes of it, the run goes on.

The parser's own limits are meant to hold for any page. Should one not hold, in it or in a library below it, no page
may hang the run or kill it: parsing is done in a child process, which the kernel ends when a page takes too long and
which may use only so much memory. The child is started once and again after each end; a page costs about 1 ms more.

The child is a fresh process and no fork: a fork would hold the lock of the run after the run has been killed.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from scraper.errors import ParseLost, ParserUnavailable

P = ParamSpec("P")
T = TypeVar("T")

MOST_MEMORY = 1_000_000_000
"""Bytes of address space of the child; the largest page that a run takes needs a quarter of it."""
STARTING = 60.0
"""Seconds in which a child must have come up."""
_SECOND_CUT = 2.0
"""Seconds after the kernel's own cut at which the child is ended from here."""
_OUT_OF_MEMORY = 77
"""The status with which a child ends that needed more memory than it may have."""


class Watchdog:
    """Calls functions in a child process that is ended when one takes longer than `seconds`.

    With 0 seconds they are called in this very process, unwatched. Close it, or use it as a context manager.
    """

    def __init__(self, seconds: float, *, memory: int = MOST_MEMORY) -> None:
        self.seconds = seconds
        self._memory = memory
        self._pool: ProcessPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one out
            pool.join()

    def start(self, function: Callable[..., object]) -> None:
        """Let the child come up, and import what `function` needs, while this process does other things."""
        if self.seconds:
            self._schedule(callable, (function,), {})

    def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)`, where all of it can be pickled; what it raises is raised here.

        Raises ParseLost when it takes too long, or its process dies; ParserUnavailable when no process can be had.
        """
        if not self.seconds:
            return function(*args, **kwargs)
        future = self._schedule(function, args, kwargs)
        return self._outcome(future, lambda: self._outcome(self._schedule(function, args, kwargs)))

    def _outcome(self, future: ProcessFuture[T], again: Callable[[], T] | None = None) -> T:
        """What became of a call. `again` makes it once more: a child may have died with nothing to do before it."""
        try:
            return future.result(timeout=self.seconds + _SECOND_CUT + STARTING)
        except TimeoutError as error:
            if not future.done():
                self.close()
                raise _unavailable("it does not come up") from error
            raise self._too_long() from error
        except ProcessExpired as error:
            raise self._died(error.exitcode or 0) from error
        except RuntimeError as error:
            if self._pool is not None and self._pool.active:
                raise  # the function's own
            self.close()
            if again is None:
                raise _unavailable(str(error)) from error
        return again()

    def _schedule(
        self, function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> ProcessFuture[T]:
        """Hand the call to the child; a fresh one when the last has died with nothing to do."""
        if self._pool is not None and not self._pool.active:
            self.close()
        try:
            if self._pool is None:
                self._pool = ProcessPool(
                    max_workers=1,
                    initializer=_limit,
                    initargs=(self._memory,),
                    context=multiprocessing.get_context("spawn"),
                )
            call = (self.seconds, function, args, kwargs)
            return self._pool.schedule(_timed, args=call, timeout=self.seconds + _SECOND_CUT)
        except (OSError, RuntimeError) as error:
            self.close()
            raise _unavailable(str(error)) from error

    def _too_long(self) -> ParseLost:
        return ParseLost(f"Parsing took longer than {self.seconds:g} s.", code="parse_timed_out")

    def _died(self, status: int) -> ParseLost:
        if status == -signal.SIGALRM:
            return self._too_long()
        if status == _OUT_OF_MEMORY:
            what = f"it needed more than {self._memory / 1e6:.0f} MB"
        else:
            what = f"signal {-status}" if status < 0 else f"status {status}"
        return ParseLost(f"Parsing ended its process: {what}.", code="parse_crashed")


def _unavailable(why: str) -> ParserUnavailable:
    return ParserUnavailable(
        f"The process that parses pages cannot be started: {why}.",
        hint="Free some memory and processes; or set fetch: parse_deadline: 0 in config.yaml to parse without it.",
    )


def _limit(memory: int) -> None:
    """What the child may use. A hard limit that is lower already stays."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the page's people


def _timed(seconds: float, function: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]) -> T:
    """Runs in the child. The kernel's alarm ends it wherever it is, though this process's parent be long gone."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*args, **kwargs)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
