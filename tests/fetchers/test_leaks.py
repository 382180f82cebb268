"""What was meant for one site never reaches another: no password, cookie, referrer or header crosses a redirect."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.faults import PAGE
from tests.fetchers.test_guard import CERTIFICATE
from tests.servers import Request, Route, Server, answer

OURS = {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
SECRETS = {
    "authorization": ("netrc-password", "url-password", "Basic ", "Bearer "),
    "proxy-authorization": ("Basic ",),
    "cookie": ("=",),
    "referer": ("http",),
    "x-api-key": ("key",),
}
"""Headers that must not arrive, and what tells that they bear something."""


@pytest.fixture
def others(serve: Callable[..., Server]) -> dict[str, Server]:
    """Where a redirect leads: another port, another host, another scheme, and the same site."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    page: dict[str, Route | list[Route]] = {"/on": answer(PAGE, Set_Cookie="there=1; Path=/")}
    return {"port": serve(dict(page)), "host": serve(dict(page)), "scheme": serve(dict(page), tls=context)}


@pytest.fixture
def first(serve: Callable[..., Server], others: dict[str, Server]) -> Server:
    """A site that sets cookies, asks for a password and sends on to each of the others, and to itself."""
    cookies = "here=secret; Path=/; Domain=127.0.0.1"
    there = {
        "port": others["port"].url("/on"),
        "host": f"http://localhost:{others['host'].port}/on",
        "scheme": others["scheme"].url("/on"),
        "itself": "/on",
    }
    routes: dict[str, Route | list[Route]] = {
        f"/{name}": answer(status=302, Location=where, Set_Cookie=cookies) for name, where in there.items()
    }
    routes["/asks"] = answer(PAGE, 401, WWW_Authenticate='Basic realm="x"')
    return serve({**routes, "/on": answer(PAGE, Set_Cookie=cookies)})


@pytest.fixture
def proxy(serve: Callable[..., Server], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Server:
    """The environment of a person who has a .netrc and a proxy."""
    netrc = tmp_path / ".netrc"
    netrc.write_text(
        "machine 127.0.0.1 login me password netrc-password\nmachine localhost login me password netrc-password\n"
        "default login me password netrc-password\n"
    )
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    server = serve()
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://proxyuser:proxysecret@127.0.0.1:{server.port}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    return server


def leaks(requests_seen: list[Request]) -> list[str]:
    """The secrets in what a server saw."""
    return [
        f"{name}: {request.headers[name]}"
        for request in requests_seen
        for name, signs in SECRETS.items()
        if any(sign in request.headers.get(name, "") for sign in signs)
    ]


@pytest.mark.scorecard
def test_nothing_crosses_a_redirect_and_nothing_comes_out_of_the_environment(
    first: Server,
    others: dict[str, Server],
    proxy: Server,
    fetcher: Callable[..., Fetcher],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    """Over another host, port or scheme only the headers that every request has arrive; a plain session leaks."""
    web = fetcher(source={"hosts": ["127.0.0.1", "localhost"]})
    web._session.verify = str(CERTIFICATE)
    for _ in range(2):
        for path in ("/itself", "/port", "/host", "/scheme"):
            assert web.ask(first.url(path), kind=PageKind.ARTICLE).page is not None
        assert web.ask(first.url("/asks"), kind=PageKind.ARTICLE).page is None
        refused = web.ask(first.url("/on").replace("//", "//me:url-password@"), kind=PageKind.ARTICLE)
        assert refused.page is None
    servers = [first, *others.values()]
    seen = [request for server in servers for request in server.log]
    assert all(others[name].paths() for name in others)
    assert {header for request in seen for header in request.headers} == OURS
    ours = leaks(seen)
    assert not ours
    assert not proxy.log

    before = {id(server): len(server.log) for server in servers}
    with requests.Session() as plain:
        plain.headers["X-Api-Key"] = "key"
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
        for path in ("/itself", "/port", "/host"):
            with contextlib.suppress(requests.RequestException):
                plain.get(first.url(path), timeout=5)
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
            monkeypatch.delenv(name.upper())
        for path in ("/itself", "/port", "/host", "/scheme"):
            plain.get(first.url(path), timeout=5)
    control = leaks([request for server in servers for request in server.log[before[id(server)] :]])
    through = len(proxy.log)
    record_property(
        "scorecard",
        f"15|secrets over redirects to another host, port, scheme|{len(ours)} in {len(seen)} requests,"
        f" 0 by proxy|plain session: {len(control)}, {through} by proxy",
    )
    kinds = {leak.partition(":")[0] for leak in control}
    assert {"authorization", "cookie", "x-api-key"} <= kinds
    assert through
