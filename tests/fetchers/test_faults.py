"""A server of faults: each is told by a typed reason, in time, and none is taken for a page."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from time import monotonic

import brotli
import pytest

from scraper.errors import BadAnswer, FetchFailed, FetchReason, NotAllowed, Unreachable
from scraper.fetchers.archive import Archive
from scraper.fetchers.pauses import UNSAID
from scraper.fetchers.warc import read_file
from scraper.fetchers.web import Fetcher
from scraper.records import FetchOutcome, PageKind, Validators
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Route, Server, Talk, answer

DEADLINE = 0.3
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = b"<html><body>" + b"<p>Lidt tekst.</p>" * 500 + b"</body></html>"


def says(*parts: bytes) -> Callable[[Talk], None]:
    """The parts, then the end of the connection."""

    def route(talk: Talk) -> None:
        for part in parts:
            talk.send(part)
        talk.close()

    return route


def then(data: bytes, act: Callable[[Talk], None]) -> Callable[[Talk], None]:
    def route(talk: Talk) -> None:
        talk.send(data)
        act(talk)

    return route


def wall(title: str, body: str = "") -> bytes:
    return answer(f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode())


FAULTS: dict[str, tuple[Route, FetchReason]] = {
    "status line dripped": (lambda talk: talk.drip(b"HTTP/1.1 200 OK" * 1000), FetchReason.DEADLINE),
    "headers dripped": (then(HEAD, lambda talk: talk.drip(b"X-A: b\r\n" * 1000)), FetchReason.DEADLINE),
    "body dripped": (then(HEAD + b"Content-Length: 90000\r\n\r\n", lambda talk: talk.drip(LONG)), FetchReason.DEADLINE),
    "chunks dripped": (then(CHUNKED, lambda talk: talk.drip(b"1\r\na\r\n" * 1000)), FetchReason.DEADLINE),
    "chunk size dripped": (then(CHUNKED, lambda talk: talk.drip(b"0" * 9000)), FetchReason.DEADLINE),
    "stall before the answer": (lambda talk: talk.stall(), FetchReason.DEADLINE),
    "stall in the headers": (then(HEAD, lambda talk: talk.stall()), FetchReason.DEADLINE),
    "stall in the body": (then(answer(LONG)[:2000], lambda talk: talk.stall()), FetchReason.DEADLINE),
    "long Content-Length, kept open": (then(answer(PAGE, length=900), lambda t: t.stall()), FetchReason.DEADLINE),
    "closed without a word": (lambda talk: talk.close(), FetchReason.BROKEN_OFF),
    "reset without a word": (lambda talk: talk.reset(), FetchReason.BROKEN_OFF),
    "reset in the headers": (then(HEAD, lambda talk: talk.reset()), FetchReason.BROKEN_OFF),
    "reset in the body": (then(answer(LONG)[:2000], lambda talk: talk.reset()), FetchReason.BROKEN_OFF),
    "long Content-Length, closed": (says(answer(PAGE, length=900)), FetchReason.BROKEN_OFF),
    "short Content-Length": (says(answer(LONG, length=500)), FetchReason.BROKEN_OFF),
    "cut chunks": (says(CHUNKED + b"ffff\r\n" + LONG), FetchReason.BROKEN_OFF),
    "no last chunk": (says(CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n"), FetchReason.BROKEN_OFF),
    "garbage for a chunk size": (says(CHUNKED + b"zzzz\r\n" + LONG), FetchReason.BROKEN_OFF),
    "no length and an early close": (says(HEAD + b"\r\n" + LONG[:3000]), FetchReason.BROKEN_OFF),
    "cut gzip": (says(answer(gzip.compress(LONG)[:-20], Content_Encoding="gzip")), FetchReason.BROKEN_OFF),
    "cut brotli": (says(answer(brotli.compress(LONG)[:-5], Content_Encoding="br")), FetchReason.BROKEN_OFF),
    "not gzip": (answer(LONG, Content_Encoding="gzip"), FetchReason.UNDECODABLE),
    "not brotli": (answer(b"\xff" * 900, Content_Encoding="br"), FetchReason.UNDECODABLE),
    "deflate, unasked": (answer(zlib.compress(LONG), Content_Encoding="deflate"), FetchReason.UNDECODABLE),
    "zstd, unasked": (answer(b"\x28\xb5\x2f\xfd" + b"\0" * 50, Content_Encoding="zstd"), FetchReason.UNDECODABLE),
    "five codings": (answer(LONG, Content_Encoding="gzip, gzip, gzip, gzip, gzip"), FetchReason.UNDECODABLE),
    "zeros for a page": (answer(b"<html>" + b"\0" * 900), FetchReason.UNDECODABLE),
    "no HTTP": (says(b"220 mail.example.dk ESMTP\r\n\r\n"), FetchReason.HTTP_ERROR),
    "HTTP of another age": (says(b"HTTP/9.9 200 OK\r\n\r\n"), FetchReason.HTTP_ERROR),
    "bad status": (says(b"HTTP/1.1 two OK\r\n\r\n"), FetchReason.HTTP_ERROR),
    "bad header line": (says(HEAD + b"no header at all\r\nContent-Length: 5\r\n\r\n" + PAGE), FetchReason.HTTP_ERROR),
    "two lengths": (says(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n" + PAGE), FetchReason.HTTP_ERROR),
    "200 kB header": (says(HEAD + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n" + PAGE), FetchReason.TOO_LARGE),
    "1000 headers": (says(HEAD + b"X-A: a\r\n" * 1000 + b"\r\n" + PAGE), FetchReason.TOO_LARGE),
    "endless headers": (then(HEAD, lambda talk: talk.flood(b"X-A: a\r\n" * 1000)), FetchReason.TOO_LARGE),
    "5 GB declared": (then(answer(b"", length=5_000_000_000), lambda t: t.flood(LONG)), FetchReason.TOO_LARGE),
    "5 GB undeclared": (then(HEAD + b"\r\n", lambda t: t.flood(LONG)), FetchReason.TOO_LARGE),
    "endless chunks": (then(CHUNKED, lambda t: t.flood(b"1000\r\n" + b"a" * 4096 + b"\r\n")), FetchReason.TOO_LARGE),
    "unasked 304": (answer(status=304), FetchReason.HTTP_ERROR),
    "unasked 206": (answer(LONG, 206, Content_Range="bytes 0-9/900"), FetchReason.HTTP_ERROR),
    "204": (answer(status=204, length=-1), FetchReason.HTTP_ERROR),
    "redirect to nowhere": (answer(status=302), FetchReason.HTTP_ERROR),
    "multiple choices": (answer(status=300, Location="/x"), FetchReason.HTTP_ERROR),
    "400": (answer(status=400), FetchReason.HTTP_ERROR),
    "401": (answer(status=401), FetchReason.FORBIDDEN),
    "403": (answer(status=403), FetchReason.FORBIDDEN),
    "404": (answer(PAGE, 404), FetchReason.NOT_FOUND),
    "404 that never ends": (then(answer(b"", 404, length=9000), lambda t: t.stall()), FetchReason.NOT_FOUND),
    "410": (answer(status=410), FetchReason.NOT_FOUND),
    "429": (answer(status=429), FetchReason.RATE_LIMITED),
    "451": (answer(status=451), FetchReason.FORBIDDEN),
    "500": (answer(status=500), FetchReason.SERVER_ERROR),
    "503": (answer(status=503), FetchReason.SERVER_ERROR),
    "599": (answer(status=599), FetchReason.SERVER_ERROR),
    "an image": (answer(b"\x89PNG....", Content_Type="image/png"), FetchReason.WRONG_TYPE),
    "an image called a page": (answer(b"\x89PNG...."), FetchReason.WRONG_TYPE),
    "a PDF without a type": (answer(b"%PDF-1.7 ...", Content_Type=""), FetchReason.WRONG_TYPE),
    "JSON": (answer(b"{}", Content_Type="application/json"), FetchReason.WRONG_TYPE),
    "plain text": (answer(b"hello", Content_Type="text/plain"), FetchReason.WRONG_TYPE),
    "no body": (answer(), FetchReason.EMPTY),
    "a body of blanks": (answer(b" \r\n \n" * 50), FetchReason.EMPTY),
    "a page without a word": (answer(b"<html><head></head><body><p> </p></body></html>"), FetchReason.EMPTY),
    "soft 404": (wall("Siden findes ikke"), FetchReason.SOFT_404),
    "soft 404, long, in title and heading": (
        wall("404", "<p>Prøv en af disse artikler i stedet.</p>" * 200),
        FetchReason.SOFT_404,
    ),
    "soft 404 in English": (wall("Page not found | Example"), FetchReason.SOFT_404),
    "ad is gone": (wall("Beklager, annoncen findes ikke længere"), FetchReason.SOFT_404),
    "login wall": (wall("Log ind", "<form><input type='password'></form>"), FetchReason.WALL),
    "consent wall": (wall("Vi bruger cookies", "<button>Accepter alle</button>"), FetchReason.WALL),
    "bot wall": (wall("Just a moment..."), FetchReason.WALL),
    "bot wall without a title": (
        answer(b"<html><body>Vent.<script src='/cdn-cgi/challenge-platform/x.js'></script></body></html>"),
        FetchReason.WALL,
    ),
    "redirect to itself": (answer(status=302, Location="/page"), FetchReason.TOO_MANY_REDIRECTS),
    "redirect to another host": (answer(status=302, Location="http://example.dk/"), FetchReason.OUTSIDE_HOSTS),
    "redirect to a file": (answer(status=302, Location="file:///etc/passwd"), FetchReason.OUTSIDE_HOSTS),
    "redirect to no address": (answer(status=302, Location="http://[::"), FetchReason.OUTSIDE_HOSTS),
    "redirect to a port of no kind": (
        answer(status=302, Location="http://127.0.0.1:99999/"),
        FetchReason.OUTSIDE_HOSTS,
    ),
    "redirect with a password": (answer(status=302, Location="http://a:b@127.0.0.1/"), FetchReason.OUTSIDE_HOSTS),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_has_its_typed_reason_in_time_and_gives_no_page(
    fault: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive, time: Time
) -> None:
    """Whatever a server does wrong, the fetch ends within its deadline with the reason a person needs."""
    route, reason = FAULTS[fault]
    server = serve({"/page": route, "/after": answer(PAGE)})
    web = fetcher(archive, fetch={"deadline": DEADLINE, "max_megabytes": 0.5})
    began = monotonic()
    got = web.ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert monotonic() - began < DEADLINE + 30  # hanging is the fault; the slack is for a busy machine
    assert got.page is None
    assert got.fetch.outcome is FetchOutcome.FAILED
    assert got.fetch.reason == reason, got.fetch.detail
    assert server.url("/page") in got.fetch.detail
    time.seconds += UNSAID  # a site that says 429 is left alone for so long
    # … and the next page is had, over a connection that nothing of this one hangs on.
    assert web.ask(server.url("/after"), kind=PageKind.ARTICLE).page is not None
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


def test_the_cap_is_what_stops_a_bomb(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """The control: with room enough the very same bytes are a page."""
    packed, coding = BOMBS["gzip in brotli"]
    server = serve({"/page": answer(packed, Content_Encoding=coding, Content_Type="text/html")})
    got = fetcher(fetch={"max_megabytes": 50}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.EMPTY
