"""Whom we connect to, and how long we let anybody hold us."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from scraper.errors import FetchFailed, FetchReason, NotAllowed, Unreachable
from scraper.fetchers.guard import PlainSocket, Wire, is_public
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.fetchers.conftest import PAGE
from tests.servers import Server, Talk, answer

CERTIFICATE = Path(__file__).with_name("loopback.pem")

INSIDE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "192.168.1.1",
    "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1",
    "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:53aa:64c:0:0:80ff:fffe",
    "fe80::1", "fe80::1%eth0", "fc00::1", "fd00::1", "ff02::1", "2001:db8::1", "100::1", "no address", "",
]  # fmt: skip
OUTSIDE = ["1.1.1.1", "93.184.216.34", "192.88.98.1", "2606:2800:220:1::1", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_inside_address_is_never_public(address: str) -> None:
    """No address of a private, local, reserved or translated inside network counts as public."""
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    """The sites themselves are not refused."""
    assert is_public(address)


# Ways to write loopback that resolvers take: dotted, decimal, hexadecimal, octal, shortened, by name.
SPELLINGS = [
    "127.0.0.1", "127.0.0.2", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0.0.1", "0177.0.0.1",
    "017700000001", "127.0.0.1.", "0", "0.0.0.0", "localhost", "localhost.", "::1", "::ffff:127.0.0.1", "::ffff:7f00:1",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_of_an_inside_address_is_connected_to(spelling: str, serve: Callable[..., Server]) -> None:
    """Even when it stands on the source's own list, an inside address is refused before a byte is sent."""
    server = serve()
    wire = Wire([spelling], allow_private=False, connect_timeout=2)
    wire.start("http://x/", 2)
    with pytest.raises(FetchFailed) as caught:
        wire.connect(spelling, server.port)
    # A resolver may refuse a spelling outright; what it resolves is refused by us.
    assert caught.value.reason in {FetchReason.FORBIDDEN_ADDRESS, FetchReason.DNS}
    assert not server._open


def test_without_the_guard_the_spellings_do_reach_loopback(serve: Callable[..., Server]) -> None:
    """The control: most of these spellings lead to loopback, so it is the guard that stops them."""
    server = serve()
    reached = 0
    for spelling in SPELLINGS:
        wire = Wire([spelling], allow_private=True, connect_timeout=2)
        wire.start("http://x/", 2)
        try:
            wire.connect(spelling, server.port).close()
        except Unreachable:
            continue
        reached += 1
    assert reached >= len(SPELLINGS) // 2


def test_by_default_a_source_on_an_inside_address_is_refused(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """Loopback is asked only when config.yaml says so."""
    server = serve({"/page": answer(PAGE)})
    got = fetcher(fetch={"allow_private_addresses": False}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.ROBOTS_UNAVAILABLE
    assert "127.0.0.1, an address inside a private network" in got.fetch.detail
    assert not server.log


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(
    serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The peer of the open connection is what counts, not what the name said a moment ago."""
    server = serve()
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [public])
    real = socket.socket.connect
    monkeypatch.setattr(PlainSocket, "connect", lambda self, _: real(self, ("127.0.0.1", server.port)), raising=False)
    wire = Wire(["www.example.dk"], allow_private=False, connect_timeout=2)
    wire.start("http://www.example.dk/", 2)
    with pytest.raises(NotAllowed) as caught:
        wire.connect("www.example.dk", 80)
    assert caught.value.reason is FetchReason.FORBIDDEN_ADDRESS
    assert not server.log


def test_a_host_off_the_list_is_not_even_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A host that is not the source's causes no DNS query."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("looked up"))
    wire = Wire(["www.example.dk", "ads.example.dk:8080"], allow_private=True, connect_timeout=2)
    wire.start("http://x/", 2)
    for host, port in [("example.dk", 80), ("ads.example.dk", 80), ("www.example.dk.evil.example", 80)]:
        with pytest.raises(NotAllowed) as caught:
            wire.connect(host, port)
        assert caught.value.reason is FetchReason.OUTSIDE_HOSTS


def test_an_unknown_name_is_told_as_such(fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that does not exist is a matter of DNS, and the person is told which name."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    web = fetcher(source={"hosts": ["www.example.dk"], "feeds": ["http://www.example.dk/rss"]})
    got = web.ask("http://www.example.dk/rss", kind=PageKind.FEED)
    assert got.fetch.reason == FetchReason.ROBOTS_UNAVAILABLE
    assert "the name www.example.dk cannot be resolved: Name or service not known" in got.fetch.detail
    assert "(dns)" in got.fetch.detail


def test_a_resolver_that_hangs_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dead name server costs no more than the time-out for connecting."""
    ended = threading.Event()

    def hang(*_: object, **__: object) -> list[object]:
        ended.wait()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    wire = Wire(["www.example.dk"], allow_private=True, connect_timeout=0.1)
    wire.start("http://www.example.dk/", 5)
    with pytest.raises(Unreachable) as caught:
        wire.connect("www.example.dk", 80)
    ended.set()
    assert caught.value.reason is FetchReason.DNS


def test_a_closed_port_is_a_matter_of_connecting(fetcher: Callable[..., Fetcher], serve: Callable[..., Server]) -> None:
    """A site that is down is told apart from a site that is slow."""
    server = serve()
    server.__exit__()
    got = fetcher().ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.ROBOTS_UNAVAILABLE
    assert "(connect)" in got.fetch.detail
    assert "Connection refused" in got.fetch.detail


def test_the_deadline_is_what_ends_a_drip(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with the deadline switched off, time-outs for each read let the dripped page through."""
    body = b"<html>" + b"." * 30 + b"</html>"

    def drip(talk: Talk) -> None:
        talk.send(answer(body)[: -len(body)])
        talk.drip(body)

    server = serve({"/page": drip})
    limits = {"deadline": 0.3}
    got = fetcher(fetch=limits).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.DEADLINE
    monkeypatch.setattr(Wire, "left", lambda _: 60.0)
    got = fetcher(fetch=limits).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.page is not None
    assert got.page.body == body


def _tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def test_a_certificate_that_nobody_vouches_for_is_refused(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A site whose certificate is not trusted is not read."""
    server = serve({"/page": answer(PAGE)}, tls=_tls())
    got = fetcher().ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert "(tls)" in got.fetch.detail
    assert "self-signed certificate" in got.fetch.detail
    assert not server.log


def test_https_pages_are_had_under_the_same_guards(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """With a trusted certificate a page comes over https, a drip meets its deadline, and http is no way out."""
    server = serve(
        {
            "/page": answer(PAGE),
            "/drip": lambda talk: talk.drip(answer(PAGE) * 9),
            "/down": answer(status=301, Location="http://127.0.0.1/"),
            "/short": answer(PAGE, length=60),
        },
        tls=_tls(),
    )
    web = fetcher(fetch={"deadline": 0.5})
    web._session.verify = str(CERTIFICATE)
    reasons = [web.ask(server.url(p), kind=PageKind.ARTICLE).fetch.reason for p in ("/page", "/drip", "/down", "/page")]
    assert reasons == [None, FetchReason.DEADLINE, FetchReason.TLS, None]


def test_a_handshake_that_stalls_meets_the_deadline(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A server that never finishes the TLS handshake holds us no longer than one that never answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    with listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/page"
        got = fetcher(fetch={"deadline": 0.2}).ask(url, kind=PageKind.ARTICLE)
    assert "(deadline)" in got.fetch.detail


def test_nothing_of_the_environment_goes_along(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No .netrc, no proxy variable, no cookie and no referrer reaches a site, nor crosses a redirect."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    server = serve(
        {"/page": answer(status=302, Location="/on", Set_Cookie="a=b"), "/on": answer(PAGE, Set_Cookie="c=d")}
    )
    web = fetcher()
    for _ in range(2):
        assert web.ask(server.url("/page"), kind=PageKind.ARTICLE).page is not None
    for request in server.log:
        assert set(request.headers) == {
            "host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"
        }  # fmt: skip
        assert request.headers["user-agent"].startswith("navnenyt/")
        assert "os@example.dk" in request.headers["user-agent"]
