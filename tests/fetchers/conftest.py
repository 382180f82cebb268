from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper.config import Settings, SourceSettings
from scraper.fetchers.archive import Archive
from scraper.fetchers.polite import Pace
from scraper.fetchers.site_files import HostMemory
from scraper.fetchers.web import Fetcher
from tests.servers import Route, Server

PAGE = (
    b"<!doctype html><html><head><title>En artikel</title></head><body><h1>En artikel</h1><p>Tekst.</p></body></html>"
)


@dataclass
class Time:
    """A time of the test's own: waiting moves it on and is written down, nothing else does."""

    seconds: float = 1000.0
    waits: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.seconds

    def utc(self) -> datetime:
        return datetime(2026, 3, 2, 8, 0, tzinfo=UTC) + timedelta(seconds=self.seconds - 1000.0)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def serve(time: Time) -> Iterator[Callable[..., Server]]:
    with contextlib.ExitStack() as stack:

        def start(routes: dict[str, Route | list[Route]] | None = None, **options: Any) -> Server:
            return stack.enter_context(Server(routes or {}, clock=time.monotonic, **options))

        yield start


@pytest.fixture
def settings() -> Callable[..., Settings]:
    """Settings for a source `here` that owns loopback: `fetch={…}` and `source={…}` add to them.

    Reservations are ignored unless a test is about them, so that no site is asked for its tdmrep.json.
    """

    def make(*, fetch: dict[str, Any] | None = None, source: dict[str, Any] | None = None, **top: Any) -> Settings:
        here = {"feeds": ["http://127.0.0.1/rss"], "hosts": ["127.0.0.1"], "gap": 0, "tdm": "ignore"} | (source or {})
        limits = {"allow_private_addresses": True, "retries": 0, "backoff": 0, "deadline": 5, **(fetch or {})}
        return Settings(contact="os@example.dk", fetch=limits, sources={"here": here}, **top)

    return make


@pytest.fixture
def archive(tmp_path: Path, time: Time) -> Archive:
    return Archive(tmp_path / "archive", clock=time.utc)


@pytest.fixture
def fetcher(settings: Callable[..., Settings], time: Time) -> Iterator[Callable[..., Fetcher]]:
    with contextlib.ExitStack() as stack:

        def make(archive: Archive | None = None, memory: HostMemory | None = None, **options: Any) -> Fetcher:
            made = settings(**options)
            source: SourceSettings = made.sources["here"]
            pace = Pace(time.sleep, time.monotonic)
            return stack.enter_context(Fetcher(source, made, clock=time.utc, archive=archive, pace=pace, memory=memory))

        yield make
