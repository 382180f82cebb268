"""The replica over real HTTP on loopback: one port for each site, a log of each request, a count of all it showed."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self
from urllib.parse import urlsplit

from scraper.records import JobAd, Move
from scraper.replica.replies import Fault, Origins, Reply, Shown, Site, http_date
from scraper.replica.site import Replica

SLOW_SECONDS = 0.2
"""How long a slow page pauses in its middle, so that a demo stays quick."""


@dataclass
class Logged:
    """One request: `began` and `ended` by time.monotonic(), `sent` the bytes of the body as sent."""

    site: Site
    began: float
    method: str
    path: str
    headers: Mapping[str, str]
    status: int
    ended: float | None = None
    sent: int = 0


@dataclass
class Tally:
    """What the answers so far put before a reader, and how often each; `truncated` by the text that was shown."""

    moves: Counter[Move] = field(default_factory=Counter)
    job_ads: Counter[JobAd] = field(default_factory=Counter)
    truncated: Counter[Move] = field(default_factory=Counter)

    def add(self, shown: Shown) -> None:
        """Count what an answer shows."""
        self.moves.update(shown.moves)
        self.job_ads.update(shown.job_ads)
        self.truncated.update(shown.truncated)

    def take_back(self, shown: Shown) -> None:
        """Uncount what an answer would have shown that nobody took."""
        self.moves -= Counter(shown.moves)
        self.job_ads -= Counter(shown.job_ads)
        self.truncated -= Counter(shown.truncated)


class ReplicaServer:
    """Serves a replica while the `with` block lasts, each site on a port of its own of 127.0.0.1.

    `slow` is the pause of a slow page in seconds; `release` set ends all pauses. Requests may come from any number
    of threads. The draws of a random replica follow the order in which requests come.
    """

    def __init__(self, replica: Replica, *, slow: float = SLOW_SECONDS) -> None:
        self.replica = replica
        self.slow = slow
        self.release = threading.Event()
        self.log: list[Logged] = []
        self._lock = threading.Lock()
        self._counts: Counter[Site] = Counter()
        self._attempts: Counter[tuple[Site, str]] = Counter()
        self._tallies = {site: Tally() for site in Site}
        self._listeners: dict[Site, _Listener] = {}
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        for site in Site:
            listener = _Listener(self, site)
            self._listeners[site] = listener
            thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
            thread.start()
            self._threads.append(thread)
        self.replica.origins = Origins(*(self.url_of(site) for site in Site))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release.set()
        for listener in self._listeners.values():
            listener.shutdown()
            listener.hang_up()
            listener.server_close()
        for thread in self._threads:
            thread.join()

    def url_of(self, site: Site) -> str:
        """Where a site is served, without a slash at the end."""
        return f"http://127.0.0.1:{self._listeners[site].server_port}"

    @property
    def url(self) -> str:
        """The news site."""
        return self.url_of(Site.NEWS)

    news_url = url

    @property
    def second_url(self) -> str:
        """The second site."""
        return self.url_of(Site.SECOND)

    @property
    def jobs_url(self) -> str:
        """The job board."""
        return self.url_of(Site.JOBS)

    @property
    def shown(self) -> Tally:
        """What all answers so far showed."""
        total = Tally()
        for site in Site:
            tally = self.shown_on(site)
            total.moves += tally.moves
            total.job_ads += tally.job_ads
            total.truncated += tally.truncated
        return total

    def shown_on(self, site: Site) -> Tally:
        """What the answers of one site so far showed."""
        with self._lock:
            tally = self._tallies[site]
            return Tally(Counter(tally.moves), Counter(tally.job_ads), Counter(tally.truncated))

    @property
    def trespasses(self) -> list[Logged]:
        """The requests for what robots.txt forbids or for where no client should have been led."""
        news = self.replica.news
        newest = range(news.articles)
        closed = [f"/art/{news.identity(number)}" for number in newest if news.fault(number) is Fault.DISALLOWED]
        forbidden = {
            Site.NEWS: ("/print/", "/jobklik/", *closed),
            Site.SECOND: ("/velkommen",),
            Site.JOBS: ("/ansoeg/",),
        }
        with self._lock:
            return [entry for entry in self.log if entry.path.startswith(forbidden[entry.site])]

    def config(self, data_dir: Path | str) -> str:
        """The text of a config.yaml that has navnenyt scrape this server into `data_dir`."""
        return self.replica.config(self.replica.origins, data_dir)

    def ask(self, site: Site, path: str) -> Reply:
        """The replica's reply to the next request for `path`."""
        with self._lock:
            count, attempt = self._counts[site], self._attempts[site, path]
            self._counts[site] += 1
            self._attempts[site, path] += 1
        return self.replica.reply(site, path, count=count, attempt=attempt)

    def note(self, entry: Logged) -> None:
        """Put a request into the log."""
        with self._lock:
            self.log.append(entry)

    def count(self, site: Site, shown: Shown) -> None:
        """Count what an answer shows."""
        with self._lock:
            self._tallies[site].add(shown)

    def uncount(self, site: Site, shown: Shown) -> None:
        """Uncount what an answer would have shown that nobody took."""
        with self._lock:
            self._tallies[site].take_back(shown)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Kodebladet"
    sys_version = ""
    timeout = 30
    disable_nagle_algorithm = True
    server: _Listener

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing: the log is a list that tests read."""

    def _answer(self, *, with_body: bool) -> None:
        house, site = self.server.house, self.server.site
        began = time.monotonic()
        reply = house.ask(site, urlsplit(self.path).path)
        etag = f'W/"{hashlib.blake2b(reply.body, digest_size=12).hexdigest()}"'
        fresh = reply.status == 200 and self._is_fresh(reply, etag)
        status = 304 if fresh else reply.status
        body = b"" if fresh else reply.body
        zipped = bool(body) and "gzip" in self.headers.get("Accept-Encoding", "") and reply.content_type != _PDF
        if zipped:
            body = _zip(body)
        entry = Logged(site, began, self.command, self.path, MappingProxyType(dict(self.headers.items())), status)
        house.note(entry)
        self.send_response(status)
        if reply.status == 200:
            self.send_header("ETag", etag)
            self.send_header("Vary", "Accept-Encoding")
            if reply.modified:
                self.send_header("Last-Modified", http_date(reply.modified))
        if reply.location:
            self.send_header("Location", reply.location)
        if not fresh:
            self.send_header("Content-Type", reply.content_type)
            self.send_header("Content-Length", str(len(body)))
            if zipped:
                self.send_header("Content-Encoding", "gzip")
        shown = reply.shown if with_body and not fresh else Shown()
        try:
            self.end_headers()
            if with_body and body:
                self._send(body, reply, shown)
                entry.sent = len(body)
        finally:
            entry.ended = time.monotonic()

    def _send(self, body: bytes, reply: Reply, shown: Shown) -> None:
        """Send the body; what it shows counts unless the client has gone before its last piece."""
        house, site = self.server.house, self.server.site
        if reply.slow:
            half = len(body) // 2
            self.wfile.write(body[:half])
            house.release.wait(house.slow)
            body = body[half:]
            if self._has_gone():
                self.close_connection = True
                return
        house.count(site, shown)
        try:
            self.wfile.write(body)
        except OSError:
            house.uncount(site, shown)
            raise

    def _has_gone(self) -> bool:
        """Whether the client has closed its end, or torn the connection down."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        try:
            return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""
        except ConnectionError:
            return True

    def _is_fresh(self, reply: Reply, etag: str) -> bool:
        """Whether the client has this very page (RFC 9110, section 13.2.2: If-None-Match goes before the date)."""
        if (known := self.headers.get("If-None-Match")) is not None:
            return known.strip() == "*" or etag.removeprefix("W/") in {
                part.strip().removeprefix("W/") for part in known.split(",")
            }
        since = self.headers.get("If-Modified-Since")
        if since is None or reply.modified is None:
            return False
        with contextlib.suppress(ValueError):
            return reply.modified <= parsedate_to_datetime(since)
        return False


class _Listener(ThreadingHTTPServer):
    """One site's port; it knows its open connections so that it can hang up on them."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, house: ReplicaServer, site: Site) -> None:
        self.house = house
        self.site = site
        self._open: set[socket.socket] = set()
        self._open_lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        assert isinstance(request, socket.socket)
        with self._open_lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        assert isinstance(request, socket.socket)
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """Close every connection that a client keeps open."""
        with self._open_lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that goes away is the client's business, and tests look at what was sent."""


_PDF = "application/pdf"


@lru_cache(maxsize=4)
def _zip_large(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=1, mtime=0)


def _zip(body: bytes) -> bytes:
    return _zip_large(body) if len(body) > 1_000_000 else gzip.compress(body, compresslevel=3, mtime=0)
