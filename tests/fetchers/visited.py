"""A small site of raw answers and an installation that visits it, both on the test's own time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.query import run_query
from scraper.config import Settings
from scraper.run import run
from scraper.summary import RunSummary
from tests.fetchers.conftest import Time
from tests.servers import Route, Server, Talk, answer


def article(number: int, head: str = "") -> bytes:
    """A page with one announcement of its own."""
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>En artikel</title>{head}</head><body>"
        "<h1>En artikel</h1><p>Tekst om drift.</p><aside><h2>Navnenyt</h2>"
        f"<p>Firma{number} ApS har pr. 1. februar 2026 ansat Åse Mølgård, 41 år, som Projektleder. Nyt job</p>"
        "</aside></body></html>"
    ).encode()


def feed(base: str, count: int) -> bytes:
    """An RSS feed of so many articles."""
    items = "".join(f"<item><title>T{n}</title><link>{base}/art/{n}</link></item>" for n in range(1, count + 1))
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'.encode()


@dataclass
class Visited:
    """A server whose requests are timed: `spans` holds when each began and ended, in seconds of the test's time."""

    server: Server
    time: Time
    articles: int
    spans: list[tuple[str, float, float]] = field(default_factory=list)
    at_once: int = 0
    _open: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def fill(self, **routes: Route) -> None:
        """Routes by path: those given (`robots`, `tdmrep`, `art1`, …), or else what a plain site answers."""
        rss = answer(feed(self.server.base, self.articles), Content_Type="application/rss+xml")
        plain: dict[str, Route] = {"/robots.txt": answer(status=404), "/rss": rss}
        plain["/.well-known/tdmrep.json"] = answer(status=404)
        plain |= {f"/art/{n}": answer(article(n)) for n in range(1, self.articles + 1)}
        names = {"robots": "/robots.txt", "tdmrep": "/.well-known/tdmrep.json", "rss": "/rss"}
        plain |= {names.get(name) or f"/art/{name.removeprefix('art')}": route for name, route in routes.items()}
        self.server.routes.update({path: self._timed(path, route) for path, route in plain.items()})

    def _timed(self, path: str, route: Route) -> Route:
        def talk_of(talk: Talk) -> None:
            with self._lock:
                self._open += 1
                self.at_once = max(self.at_once, self._open)
            try:
                talk.send(route) if isinstance(route, bytes) else route(talk)
            finally:
                with self._lock:
                    self._open -= 1
                self.spans.append((path, talk.request.at, self.time.seconds))

        return talk_of

    def slow(self, number: int, seconds: float) -> Callable[[Talk], None]:
        """An article that takes so long."""

        def route(talk: Talk) -> None:
            self.time.seconds += seconds
            talk.send(answer(article(number)))

        return route

    def asked(self) -> list[str]:
        """The paths asked for, in order."""
        return [path for path, _, _ in self.spans]


class Quiet:
    """A reporter that says nothing."""

    def source_started(self, source: Any) -> None: ...

    def pages_chosen(self, source: Any, count: int) -> None: ...

    def page_done(self, source: Any, answer: Any, saved: Any) -> None: ...

    def source_done(self, source: Any, summary: Any) -> None: ...


@dataclass
class House:
    """An installation in a folder that visits sites by name; each run is a start of its own."""

    folder: Path
    time: Time
    sites: dict[str, Visited]
    source: dict[str, Any] = field(default_factory=dict)

    def settings(self) -> Settings:
        sources = {
            name: {
                "feeds": [site.server.url("/rss")],
                "hosts": [f"127.0.0.1:{site.server.port}"],
                "gap": 5,
                **self.source,
            }
            for name, site in self.sites.items()
        }
        return Settings(
            contact="os@example.dk",
            data_dir=self.folder,
            database=f"sqlite:///{self.folder / 'navnenyt.db'}",
            fetch={"allow_private_addresses": True, "retries": 0, "backoff": 0, "deadline": 5},
            sources=sources,
        )

    def run(self) -> RunSummary:
        time = self.time
        return run(self.settings(), reporter=Quiet(), clock=time.utc, sleep=time.sleep, monotonic=time.monotonic)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return run_query(self.settings().database, sql).rows
