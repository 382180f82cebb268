"""The browser served on loopback while a test lasts, and a plain way to ask it."""

from __future__ import annotations

import asyncio
import http.client
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlencode

from scraper.browser.serve import listen, serve
from scraper.browser.site import Site


@dataclass(frozen=True)
class Said:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(frozen=True)
class Served:
    """A site that answers at `address`."""

    site: Site
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, **query: str) -> Said:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, f"{path}?{urlencode(query)}" if query else path, headers=dict(headers or {}))
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Said(answer.status, named, answer.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def sql(self, statement: str) -> Said:
        return self.get("/sql.json", sql=statement)


async def _counted(site: Site) -> None:
    """Wait until the trends of the front page have been counted."""
    await site.front.read()


@contextmanager
def served(site: Site) -> Iterator[Served]:
    """Serve in a thread of its own."""
    bound = listen("127.0.0.1", 0)
    up = threading.Event()
    servers: list = []

    def started(server):
        servers.append((server, asyncio.get_running_loop()))
        up.set()

    failed: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(serve(site, bound, started=started))
        except BaseException as error:
            failed.append(error)
            up.set()
            raise

    thread = threading.Thread(target=run, name="browser")
    thread.start()
    try:
        assert up.wait(60)
        if failed:
            raise failed[0]
        asyncio.run_coroutine_threadsafe(_counted(site), servers[0][1]).result(120)
        yield Served(site, bound.getsockname()[1])
    finally:
        for server, _ in servers:
            server.should_exit = True
        thread.join(60)
        bound.close()
