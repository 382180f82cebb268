"""No page, feed or sitemap can make a run speak to an address inside the network that it runs in."""

from __future__ import annotations

import contextlib
import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, Self
from urllib.parse import urlsplit

import pytest

from scraper.config import Settings
from scraper.fetchers import guard
from scraper.fetchers.discovery import discover
from scraper.fetchers.guard import PlainSocket
from scraper.fetchers.web import Fetcher
from scraper.records import Answer
from tests.installation import START, article
from tests.servers import Route, Server, answer

SITE = "127.0.0.9"
"""Where the site itself listens: the one loopback address that these tests call public."""

SPELLINGS = [
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "127.255.255.254", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1",
    "0X7F.0.0.1", "0177.0.0.1", "0177.1", "017700000001", "127.0.0.1.", "0", "0.0.0.0", "0x0", "00.0.0.0", "localhost",
    "LOCALHOST", "localhost.", "LocalHost.", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::ffff:0:0]", "[::]", "127.0.0.1%2e", "１２７.0.0.1", "127。0。0。1", "ⓛocalhost", "inside.example",
    "user@127.0.0.1", "www.example.dk@127.0.0.1", "169.254.169.254", "10.0.0.1", "192.168.0.1", "[fe80::1]", "[fd00::1]",
]  # fmt: skip
CARRIERS = ("seed", "feed", "link", "base", "redirect", "sitemap", "index", "image")


class Listener:
    """A port on every address of this machine that counts who connects and what they send."""

    def __enter__(self) -> Self:
        self.connections = 0
        self._sockets = []
        four = socket.create_server(("0.0.0.0", 0))
        self.port = four.getsockname()[1]
        self._sockets.append(four)
        with contextlib.suppress(OSError):
            self._sockets.append(socket.create_server(("::", self.port), family=socket.AF_INET6))
        self._threads = [threading.Thread(target=self._count, args=(each,), daemon=True) for each in self._sockets]
        for thread in self._threads:
            thread.start()
        return self

    def heard(self) -> int:
        """The connections so far. One of ours comes last: when it is answered, all before it have been counted."""
        with socket.create_connection(("127.0.0.1", self.port)) as own:
            own.recv(1)
        self.connections -= 1
        return self.connections

    def _count(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            with contextlib.suppress(OSError):
                connection.sendall(answer(article(7)))
            connection.close()

    def __exit__(self, *_: object) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(5)


@pytest.fixture
def inside() -> Iterator[Listener]:
    with Listener() as listener:
        yield listener


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """The site, at an address that counts as public here; the real names of loopback lead where they always do."""
    create, look_up = socket.create_server, socket.getaddrinfo
    monkeypatch.setattr(
        socket, "create_server", lambda address, **more: create((SITE, 0) if address[1] == 0 else address, **more)
    )

    def getaddrinfo(host: str, *rest: Any, **more: Any) -> Any:
        return look_up("127.0.0.1" if host == "inside.example" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    real = guard.is_public
    monkeypatch.setattr(guard, "is_public", lambda address: address == SITE or real(address))
    with Server() as server:
        monkeypatch.setattr(socket, "create_server", create)
        yield server


def lure(server: Server, target: str) -> None:
    """Every way in which the site can name `target` (scheme, host and port)."""
    base = f"http://{SITE}:{server.port}"
    xml = {"Content_Type": "application/xml"}
    places: dict[str, Route] = {
        "/rss": answer(
            f"<rss version='2.0'><channel><item><link>{target}/art/1</link></item>"
            f"<item><link>{base}/art/2</link></item><item><link>{base}/art/3</link></item></channel></rss>".encode(),
            **xml,
        ),
        "/list": answer(f"<html><a href='{target}/art/4'>x</a><img src='{target}/a.png'><p>Liste</p></html>".encode()),
        "/based": answer(
            f"<html><head><base href='{target}/'></head><a href='art/5'>x</a><p>Liste</p></html>".encode()
        ),
        "/sitemap.xml": answer(f"<urlset><url><loc>{target}/art/6</loc></url></urlset>".encode(), **xml),
        "/index.xml": answer(
            f"<sitemapindex><sitemap><loc>{target}/s.xml</loc></sitemap></sitemapindex>".encode(), **xml
        ),
        "/art/2": answer(status=302, Location=f"{target}/art/2".encode().decode("latin-1")),
        "/art/3": answer(
            article(
                3,
                f"<img src='{target}/a.png'><link rel='stylesheet' href='{target}/a.css'><script src='{target}/a.js'>"
                f"</script><iframe src='{target}/f'></iframe><meta http-equiv='refresh' content='0;url={target}/art/3'>",
            )
        ),
    }
    server.routes |= places


def visit(server: Server, target: str, hosts: list[str], *, seed: bool, private: bool = False) -> list[Answer]:
    """Ask the site's entrances and all that they lead to and, with `seed`, an address of config.yaml at the target."""
    lure(server, target)
    base = f"http://{SITE}:{server.port}"
    source = {
        "feeds": [f"{base}/rss"] + ([f"{target}/rss"] if seed else []),
        "pages": [f"{base}/list", f"{base}/based"],
        "sitemaps": [f"{base}/sitemap.xml", f"{base}/index.xml"],
        "hosts": hosts,
        "gap": 0,
    }
    limits = {"allow_private_addresses": private, "connect_timeout": 2, "deadline": 2, "retries": 0}
    settings = Settings(contact="os@example.dk", fetch=limits, sources={"here": source})
    here = settings.sources["here"]
    with Fetcher(here, settings, clock=lambda: START, sleep=lambda _: None) as web:
        found = discover(here, web)
        return [*found.fetches, *(web.ask(each.url, kind=each.kind) for each in found.candidates)]


def had(answers: list[Answer]) -> list[str]:
    """The paths of the pages that were had."""
    return sorted(urlsplit(answer.page.url).path for answer in answers if answer.page is not None)


OWN = ["/art/3", "/based", "/index.xml", "/list", "/rss", "/sitemap.xml"]
"""What the site itself gives, whatever it names."""


def listable(spelling: str) -> bool:
    """Whether config.yaml takes this spelling for a host at all: it wants plain names in lower case."""
    return re.fullmatch(r"[a-z0-9.-]+", spelling) is not None


@pytest.mark.scorecard
def test_no_spelling_in_any_place_reaches_an_inside_address(site, inside, record_property):
    """Forty spellings in eight places, on the source's list of hosts or not: the forbidden port hears nothing."""
    runs = 0
    for spelling in SPELLINGS:
        for listed in (False, True):
            if listed and not listable(spelling):
                continue
            hosts = [SITE, spelling] if listed else [SITE]
            answers = visit(site, f"http://{spelling}:{inside.port}", hosts, seed=listed)
            assert had(answers) == OWN, spelling
            runs += 1
    assert inside.heard() == 0
    connections, reached = unguarded(site, inside)
    record_property(
        "scorecard",
        f"14|inside addresses, {len(SPELLINGS)} spellings in {len(CARRIERS)} places|0 connections in {runs} visits"
        f"|guard off: {connections}, by {reached} spellings",
    )
    assert reached >= 10


def unguarded(site: Server, inside: Listener) -> tuple[int, int]:
    """The control: connections, and spellings that lead there, when inside addresses are allowed and the host listed.

    A resolver refuses some of them, and which differs from system to system.
    """
    reached = 0
    for spelling in filter(listable, SPELLINGS):
        if spelling.startswith(("10.", "169.", "192.")):
            continue  # what is there is not ours
        before = inside.heard()
        visit(site, f"http://{spelling}:{inside.port}", [SITE, spelling], seed=True, private=True)
        reached += inside.heard() > before
    return inside.heard(), reached


def test_a_listed_name_that_leads_inside_is_refused_everywhere(site, inside):
    """A host of the source's own whose name leads to loopback gets no connection from any place."""
    assert had(visit(site, f"http://inside.example:{inside.port}", [SITE, "inside.example"], seed=True)) == OWN
    assert inside.heard() == 0


def test_a_name_that_is_rebound_between_check_and_connection_is_refused(site, inside, monkeypatch):
    """The name is public when it is looked up and loopback when it is connected to: no byte of ours goes there."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def public(host: str, port: int, **more: Any) -> Any:
        if host != "rebound.example":
            return look_up(host, port, **more)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", port))]

    def rebound(self: socket.socket, address: Any) -> None:
        connect(self, ("127.0.0.1", inside.port) if address[0] == "93.184.216.34" else address)

    heard: list[bytes] = []
    monkeypatch.setattr(socket, "getaddrinfo", public)
    monkeypatch.setattr(PlainSocket, "connect", rebound, raising=False)
    monkeypatch.setattr(PlainSocket, "sendall", _hearing(heard, inside.port), raising=False)
    answers = visit(site, f"http://rebound.example:{inside.port}", [SITE, "rebound.example"], seed=True)
    assert had(answers) == OWN
    assert sum("private network" in each.fetch.detail for each in answers) >= len(CARRIERS) - 2
    assert b"".join(heard) == b""

    monkeypatch.setattr(guard.Wire, "_check_peer", lambda *_: None)  # the control
    visit(site, f"http://rebound.example:{inside.port}", [SITE, "rebound.example"], seed=True)
    assert b"rebound.example" in b"".join(heard)


def _hearing(heard: list[bytes], port: int) -> Callable[..., None]:
    """A `sendall` that notes what goes to the forbidden port."""

    def sendall(self: PlainSocket, data: bytes, *rest: Any) -> None:
        if self.getpeername()[1] == port:
            heard.append(bytes(data))
        socket.socket.sendall(self, data, *rest)

    return sendall


def test_the_spellings_that_are_addresses_are_all_inside_ones():
    """The table holds no address of the internet by mistake."""
    for spelling in SPELLINGS:
        with contextlib.suppress(ValueError):
            assert not guard.is_public(str(ipaddress.ip_address(spelling.strip("[]"))))
