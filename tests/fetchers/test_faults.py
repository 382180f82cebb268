"""A server of faults: each is told by a typed reason, in time, and none is taken for a page."""

from __future__ import annotations

import gzip
import tracemalloc
from collections.abc import Callable
from time import monotonic

import brotli
import pytest

from scraper.errors import BadAnswer, FetchFailed, FetchReason, NotAllowed, Unreachable
from scraper.fetchers import body as body_module
from scraper.fetchers.archive import Archive
from scraper.fetchers.pauses import UNSAID
from scraper.fetchers.warc import read_file
from scraper.fetchers.web import Fetcher
from scraper.records import FetchOutcome, PageKind, Validators
from tests.faults import AROUND, CHUNKED, FAULTS, HEAD, HOLDS, LONG, PAGE, says, wall
from tests.fetchers.conftest import Time
from tests.servers import Route, Server, answer

DEADLINE = 0.3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_typed_reason_in_time_and_gives_no_page(
    fault: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive, time: Time
) -> None:
    """Whatever a server does wrong, the fetch ends within its deadline with the reason a person needs."""
    route, reason = FAULTS[fault]
    server = serve({"/page": route, "/after": answer(PAGE), **AROUND})
    web = fetcher(archive, fetch={"deadline": DEADLINE, "max_megabytes": 0.5})
    began = monotonic()
    got = web.ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert monotonic() - began < DEADLINE + 30  # hanging is the fault; the slack is for a busy machine
    assert got.page is None
    assert got.fetch.outcome is FetchOutcome.FAILED
    assert got.fetch.reason == reason, got.fetch.detail
    assert server.url("/page") in got.fetch.detail
    if fault not in HOLDS:
        time.seconds += UNSAID  # a site that says 429, and not for how long, is left alone for so long
    # … and the next page is had, over a connection that nothing of this one hangs on.
    after = web.ask(server.url("/after"), kind=PageKind.ARTICLE)
    if fault in HOLDS:
        assert "asked to be left alone" in after.fetch.detail
    else:
        assert after.page is not None
    for path in archive.files():
        assert list(read_file(path))


def test_the_same_server_without_a_fault_gives_the_page(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """The control of the table above: each way in which a page may rightly come is taken."""
    packed = gzip.compress(LONG)
    good: dict[str, Route] = {
        "/length": answer(LONG),
        "/chunks": CHUNKED + b"%x\r\n" % len(LONG) + LONG + b"\r\n0\r\n\r\n",
        "/close": says(HEAD + b"\r\n" + LONG),
        "/gzip": answer(packed, Content_Encoding="gzip"),
        "/gzip-padded": answer(packed + b"\0\0", Content_Encoding="gzip"),
        "/gzip-twice": answer(gzip.compress(LONG[:99]) + gzip.compress(LONG[99:]), Content_Encoding="x-gzip"),
        "/br": answer(brotli.compress(LONG), Content_Encoding="br"),
        "/chain": answer(brotli.compress(packed), Content_Encoding="gzip, br"),
        "/identity": answer(LONG, Content_Encoding="identity"),
        "/no-type": answer(LONG, Content_Type=""),
        "/xhtml": answer(LONG, Content_Type="application/xhtml+xml"),
        "/utf-16": says(HEAD + b"\r\n" + LONG.decode().encode("utf-16")),
        "/wrong-charset": answer(LONG, Content_Type="text/html; charset=no-such-thing"),
    }
    server = serve(good)
    web = fetcher(fetch={"deadline": 5, "max_megabytes": 0.5})
    for path in good:
        got = web.ask(server.url(path), kind=PageKind.ARTICLE)
        assert got.page is not None, got.fetch.detail
        assert got.page.body in {LONG, LONG.decode().encode("utf-16")}
        assert got.fetch.status == 200


ORDINARY = {
    "an article about missing pages": ("Siden findes ikke: sådan undgår du fejlen", "<p>Lang tekst om fejl.</p>" * 200),
    "an article whose headline is a wall's": ("Log ind", "<p>En lang artikel om login.</p>" * 200),
    "an article with a number": ("404 medarbejdere fyret", "<p>Det sker nu.</p>"),
    "a short page with a login form": ("Nyt om navne", "<input type='password'>" + "<p>Vi har ansat en ny.</p>" * 20),
}


@pytest.mark.parametrize("page", ORDINARY)
def test_a_page_that_only_sounds_like_a_wall_is_kept(
    page: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """An ordinary page is never lost for a word that walls use too."""
    server = serve({"/page": wall(*ORDINARY[page])})
    assert fetcher().ask(server.url("/page"), kind=PageKind.ARTICLE).page is not None


@pytest.mark.parametrize(
    ("route", "kind"),
    [
        (answer(status=404), BadAnswer),
        (lambda talk: talk.reset(), Unreachable),
        (answer(status=302, Location="http://example.dk/"), NotAllowed),
    ],
)
def test_get_raises_what_ask_tells(
    route: Route, kind: type[FetchFailed], serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """One who would rather have an exception gets the class that says what to do next."""
    server = serve({"/page": route})
    with pytest.raises(kind) as caught:
        fetcher().get(server.url("/page"), kind=PageKind.ARTICLE)
    assert type(caught.value) is kind


def test_an_unasked_304_with_validators_is_unchanged_and_costs_no_body(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A page that has not changed is asked for with what was kept of it, and keeps it."""
    server = serve({"/page": answer(status=304, ETag='"b"')})
    kept = Validators(etag='"a"', last_modified="Mon, 02 Mar 2026 08:00:00 GMT")
    got = fetcher().get(server.url("/page"), kind=PageKind.ARTICLE, validators=kept)
    assert got.fetch.outcome is FetchOutcome.UNCHANGED
    assert got.page is None
    assert got.fetch.bytes_received == 0
    assert got.fetch.validators == Validators(etag='"b"', last_modified=kept.last_modified)
    assert server.log[-1].headers["if-none-match"] == '"a"'
    assert server.log[-1].headers["if-modified-since"] == kept.last_modified


ZEROS = b"<html>" + b" " * 30_000_000
BOMBS = {
    "gzip": (gzip.compress(ZEROS, 9), "gzip"),
    "brotli": (brotli.compress(ZEROS, quality=5, lgwin=24), "br"),
    "gzip in gzip": (gzip.compress(gzip.compress(ZEROS, 9), 9), "gzip, gzip"),
    "gzip in brotli": (brotli.compress(gzip.compress(ZEROS, 9)), "gzip, br"),
    "many members": (gzip.compress(ZEROS[:1_000_000], 9) * 30, "gzip"),
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.parametrize("place", ["page", "redirect", "robots.txt"])
def test_a_bomb_goes_off_nowhere(
    bomb: str, place: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A small body that unpacks to a huge one costs neither time nor memory, wherever it comes."""
    packed, coding = BOMBS[bomb]
    routes: dict[str, Route | list[Route]] = {"/page": answer(PAGE), "/on": answer(PAGE)}
    if place == "page":
        routes["/page"] = answer(packed, Content_Encoding=coding)
    elif place == "redirect":
        routes["/page"] = answer(packed, 302, Content_Encoding=coding, Location="/on")
    else:
        routes["/robots.txt"] = answer(packed, Content_Encoding=coding, Content_Type="text/plain")
    server = serve(routes)
    web = fetcher(fetch={"max_megabytes": 4})
    tracemalloc.start()
    try:
        got = web.ask(server.url("/page"), kind=PageKind.ARTICLE)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000
    if place == "page":
        assert got.fetch.reason == FetchReason.TOO_LARGE
    else:
        assert got.page is not None, got.fetch.detail
        assert got.page.body == PAGE


def test_the_caps_are_what_stops_a_bomb(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with room enough the very same bytes are a page."""
    monkeypatch.setattr(body_module, "MOST_RATIO", 1_000_000)
    packed, coding = BOMBS["gzip in brotli"]
    server = serve({"/page": answer(packed, Content_Encoding=coding, Content_Type="text/html")})
    got = fetcher(fetch={"max_megabytes": 50}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.EMPTY
