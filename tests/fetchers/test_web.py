"""What a fetch tells about itself, and where a redirect may lead."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from scraper.errors import DiskFull, FetchReason
from scraper.fetchers import archive as archive_module
from scraper.fetchers.archive import Archive
from scraper.fetchers.web import Fetcher
from scraper.records import FetchOutcome, PageKind, Validators
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Server, answer


def test_a_fetch_tells_all_that_is_kept_of_it(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive, time: Time
) -> None:
    """The row of a fetch can be traced from the address asked to the bytes in the archive."""
    packed = gzip.compress(PAGE)
    page = answer(
        packed,
        Content_Encoding="gzip",
        Content_Type="text/html; charset=windows-1252",
        ETag='"v1"',
        Last_Modified="Sun, 01 Mar 2026 00:00:00 GMT",
    )
    server = serve({"/art/7": answer(status=301, Location="/art/7/en-artikel#top"), "/art/7/en-artikel": page})
    got = fetcher(archive).get(server.url("/art/7"), kind=PageKind.ARTICLE)
    fetch = got.fetch
    assert got.page is not None
    assert (got.page.url, got.page.body, got.page.content_type) == (server.url("/art/7/en-artikel"), PAGE, "text/html")
    assert (got.page.charset, got.page.published) == ("windows-1252", date(2026, 3, 2))
    assert (fetch.url, fetch.final_url) == (server.url("/art/7"), server.url("/art/7/en-artikel"))
    assert (fetch.outcome, fetch.status, fetch.reason, fetch.detail) == (FetchOutcome.FETCHED, 200, None, "")
    assert fetch.at == time.utc()
    assert fetch.bytes_received == len(packed)
    assert fetch.validators == Validators(etag='"v1"', last_modified="Sun, 01 Mar 2026 00:00:00 GMT")
    assert fetch.body_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert fetch.allowed_by == "robots.txt: 404, all allowed"
    assert fetch.archive is not None
    stored = archive.read_at(*fetch.archive)
    assert (stored.url, stored.body, stored.status) == (fetch.final_url, PAGE, 200)
    assert stored.header("X-Archive-Orig-Content-Encoding") == "gzip"


def test_validators_survive_a_redirect(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """The short address of an article that moved costs no body either when it is unchanged."""
    server = serve({"/art/7": answer(status=301, Location="/art/7/x"), "/art/7/x": answer(status=304)})
    got = fetcher().get(server.url("/art/7"), kind=PageKind.ARTICLE, validators=Validators(etag='"v1"'))
    assert got.fetch.outcome is FetchOutcome.UNCHANGED
    assert got.fetch.validators.etag == '"v1"'


@pytest.mark.parametrize("hops", range(7))
def test_five_redirects_are_followed(hops: int, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A site may send us on five times; the sixth is one too many."""
    routes = {f"/{n}": answer(status=307, Location=f"{n + 1}") for n in range(hops)}
    server = serve({**routes, f"/{hops}": answer(PAGE)})
    got = fetcher().ask(server.url("/0"), kind=PageKind.ARTICLE)
    assert (got.page is not None) is (hops <= 5)
    if hops > 5:
        assert got.fetch.reason == FetchReason.TOO_MANY_REDIRECTS
        assert len(server.paths()) == 6


def test_a_circle_is_seen_when_it_closes(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """Two pages that send us to one another are each asked once."""
    server = serve({"/a": answer(status=302, Location="/b"), "/b": answer(status=302, Location="/a")})
    got = fetcher().ask(server.url("/a"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.TOO_MANY_REDIRECTS
    assert server.paths() == ["/a", "/b"]


def test_another_host_gets_no_request(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A redirect to a host of somebody else reaches nobody; when the source owns it too, it is followed."""
    other = serve({"/page": answer(PAGE)})
    there = f"http://localhost:{other.port}/page"
    server = serve({"/page": answer(status=302, Location=there)})
    got = fetcher().ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.OUTSIDE_HOSTS
    assert there in got.fetch.detail
    assert not other.log
    got = fetcher(source={"hosts": ["127.0.0.1", "localhost"]}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.page is not None


def test_a_danish_letter_in_a_redirect_is_understood(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A Location with letters that a header may not hold leads where it is meant to."""
    location = "/søg og find".encode().decode("latin-1")
    server = serve({"/page": answer(status=302, Location=location), "/s%C3%B8g%20og%20find": answer(PAGE)})
    assert fetcher().ask(server.url("/page"), kind=PageKind.ARTICLE).page is not None


def test_being_sent_to_another_article_is_no_page(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """An article that is gone and sends us to the front page, another article or a login is not taken for it."""
    server = serve(
        {
            "/art/1": answer(status=302, Location="/"),
            "/art/2": answer(status=302, Location="/art/9/other"),
            "/art/3": answer(status=302, Location="/login?next=/art/3"),
            "/art/4": answer(status=302, Location="/art/4/slug"),
            "/": answer(PAGE),
            "/art/9/other": answer(PAGE),
            "/login?next=/art/3": answer(PAGE),
            "/art/4/slug": answer(PAGE),
        }
    )
    web = fetcher()
    reasons = [web.ask(server.url(f"/art/{n}"), kind=PageKind.ARTICLE).fetch.reason for n in range(1, 5)]
    assert reasons == [FetchReason.SOFT_404, FetchReason.SOFT_404, FetchReason.WALL, None]


@pytest.mark.parametrize(
    "url",
    [
        "http://example.dk/",
        "ftp://127.0.0.1/",
        "http://me:secret@127.0.0.1/",
        "nonsense",
        "http://[::",
        "",
        "http:///x",
    ],
)
def test_an_address_that_is_not_the_source_s_is_not_asked(url: str, fetcher: Callable[..., Fetcher]) -> None:
    """Nothing outside the source's hosts is ever asked for, whoever asks for it."""
    got = fetcher().ask(url, kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.OUTSIDE_HOSTS
    assert got.fetch.allowed_by == ""


def test_a_feed_may_come_under_the_names_that_feeds_come_under(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """The gate of content types has one list for feeds and another for pages."""
    feed = b"<rss version='2.0'><channel></channel></rss>"
    types = ["application/rss+xml", "application/atom+xml; charset=utf-8", "TEXT/XML", "application/xml", "text/html"]
    server = serve({f"/{n}": answer(feed, Content_Type=kind) for n, kind in enumerate(types)})
    web = fetcher()
    for n, kind in enumerate(types):
        assert web.ask(server.url(f"/{n}"), kind=PageKind.FEED).page is not None, kind
        got = web.ask(server.url(f"/{n}"), kind=PageKind.ARTICLE)
        if kind != "text/html":
            assert got.fetch.reason == FetchReason.WRONG_TYPE


def test_a_full_disk_ends_the_run_and_not_the_page(
    serve: Callable[..., Server],
    fetcher: Callable[..., Fetcher],
    archive: Archive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """When the archive has no space left, that is no fault of the page: it is raised."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    server = serve({"/page": answer(PAGE)})
    monkeypatch.setattr(archive_module, "_append", full)
    with pytest.raises(DiskFull):
        fetcher(archive).ask(server.url("/page"), kind=PageKind.ARTICLE)


def test_one_connection_serves_many_pages(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A site is not made to open a connection for every page, whether it is whole, unchanged, missing or moved."""
    server = serve(
        {
            "/page": answer(PAGE),
            "/same": answer(status=304),
            "/moved": answer(b"see there", status=301, Location="/page"),
        }
    )
    web = fetcher()
    for path in ("/page", "/same", "/gone", "/moved", "/same", "/page"):
        web.ask(server.url(path), kind=PageKind.ARTICLE, validators=Validators(etag='"v1"'))
    assert len(server.log) == 8
    assert len(server._threads) == 2  # the listener and one connection
