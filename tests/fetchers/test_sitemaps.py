"""Sitemaps as the entrance of a site that has no feed."""

from __future__ import annotations

import builtins
import contextlib
import gzip
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config import Settings
from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers.discovery import MOST_OF_A_SITEMAP, MOST_PARTS, Discovery, discover
from scraper.fetchers.sitemaps import MOST_ENTRIES, read_sitemap
from scraper.fetchers.web import Fetcher
from scraper.records import FetchOutcome, Page, PageKind, Validators
from tests.fetchers.conftest import Time
from tests.servers import Route, Server, Talk, answer

XML = {"Content_Type": "application/xml"}
CAP = 10_000_000
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def url(loc: str, lastmod: str = "", more: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{loc}</loc>{changed}{more}</url>"


def part(loc: str, lastmod: str = "") -> str:
    return url(loc, lastmod).replace("url>", "sitemap>")


def urlset(*urls: str, root: str = "urlset") -> bytes:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<{root} {NAMES}>{''.join(urls)}</{root}>".encode()


def index(*parts: str) -> bytes:
    return urlset(*parts, root="sitemapindex")


def page(body: bytes) -> Page:
    return Page(url="http://example.dk/sitemap.xml", body=body, content_type="application/xml")


@pytest.fixture
def found(serve: Callable[..., Server], settings: Callable[..., Settings], time: Time) -> Callable[..., Discovery]:
    """Serves `routes` and discovers a source whose only entrance is /sitemap.xml; SITE in a body is the server."""

    def make(routes: dict[str, Route], *, validators: Validators | None = None, **fetch: Any) -> Discovery:
        server = serve()
        server.routes |= {path: _placed(body, server.base) for path, body in routes.items()}
        made = settings(fetch=fetch, source={"feeds": [], "sitemaps": [server.url("/sitemap.xml")]})
        with Fetcher(made.sources["here"], made, clock=time.utc) as web:
            return discover(made.sources["here"], web, validators_of=lambda _: validators or Validators())

    def _placed(body: Route, base: str) -> Route:
        return (
            body if callable(body) or body.startswith(b"HTTP/") else answer(body.replace(b"SITE", base.encode()), **XML)
        )

    return make


def test_a_sitemap_gives_its_articles_newest_first(found):
    """Pages without an id are left out; the newest, by lastmod or the news extension, comes first."""
    news = "<news:news><news:publication_date>2026-02-05T08:00:00+01:00</news:publication_date>"
    news += "<news:title>Nyt &amp; navne</news:title></news:news><image><loc>SITE/art/9</loc></image>"
    got = found(
        {
            "/sitemap.xml": urlset(
                url("SITE/om", "2026-02-09"),
                url("SITE/art/1/a", "2026-02-03"),
                url("SITE/art/2/b?utm_source=map", "2026-02-04T23:30:00Z"),
                url("SITE/art/3/c", "2026-02-01", news),
                url("SITE/art/4/d", "2025"),
                url("SITE/art/5/e", "i går"),
                url("SITE/art/1/again", "2026-01-01"),
            )
        }
    )
    assert [(item.identity, item.title) for item in got.candidates] == [
        ("3", "Nyt & navne"), ("2", ""), ("1", ""), ("4", ""), ("5", "")
    ]  # fmt: skip
    assert got.candidates[0].published == datetime(2026, 2, 5, 7, tzinfo=UTC)
    assert got.candidates[1].url.endswith("/art/2/b")
    assert got.problems == ()
    assert {item.kind for item in got.candidates} == {PageKind.ARTICLE}


@pytest.mark.parametrize(
    "content_type", ["application/gzip", "application/x-gzip", "application/octet-stream", "text/xml"]
)
def test_a_packed_sitemap_is_read(content_type, found):
    """A sitemap.xml.gz is a sitemap, under any of the types that servers give it, with a length or without."""
    packed = gzip.compress(urlset(url("/art/1")))

    def without_length(talk: Talk) -> None:
        talk.send(answer(packed, Content_Type=content_type, length=-1))
        talk.close()

    for route in (answer(packed, Content_Type=content_type), without_length):
        got = found({"/sitemap.xml": route})
        assert [item.identity for item in got.candidates] == ["1"]


def test_of_an_index_the_parts_changed_last_are_asked(found):
    """An index of a whole archive costs a few requests: its newest parts, and no index below it."""
    parts = [part(f"SITE/{n}.xml", f"2026-0{n}-01") for n in (3, 1, 5, 4, 2)]
    routes = {f"/{n}.xml": urlset(url(f"SITE/art/{n}")) for n in range(1, 5)}
    got = found({"/sitemap.xml": index(*parts), "/5.xml": index(part("SITE/1.xml")), **routes})
    asked = [answer.fetch.url.rpartition("/")[2] for answer in got.fetches]
    assert asked == ["sitemap.xml", "5.xml", "4.xml", "3.xml"]
    assert len(asked) == 1 + MOST_PARTS
    assert [item.identity for item in got.candidates] == ["4", "3"]
    assert [problem.code for problem in got.problems] == ["nested_sitemap"]


def test_only_so_many_pages_are_taken_and_the_newest(found):
    """A sitemap of all that a site ever published gives its newest pages."""
    urls = [url(f"SITE/art/{n}", f"2026-01-{1 + n % 28:02}") for n in range(MOST_OF_A_SITEMAP * 3)]
    got = found({"/sitemap.xml": urlset(*urls)})
    assert len(got.candidates) == MOST_OF_A_SITEMAP
    assert min(item.published.day for item in got.candidates) > 15


def test_an_unchanged_sitemap_costs_no_body_and_is_no_problem(found):
    """A 304 means that the pages known are still those."""
    got = found({"/sitemap.xml": answer(status=304)}, validators=Validators(etag='"v1"'))
    assert (got.candidates, got.problems, len(got.unchanged)) == ((), (), 1)


@pytest.mark.parametrize(
    ("body", "code", "left"),
    [
        (urlset(), "empty_sitemap", []),
        (urlset(url("SITE/om")), "empty_sitemap", []),
        (urlset(url("SITE/art/1"), url("http://evil.example/art/2"), url("http://[")), "foreign_links", ["1"]),
        (index(part("http://evil.example/1.xml"), part("SITE/a.xml")), "foreign_links", ["7"]),
        (urlset(url("SITE/art/1"), url("SITE/art/2"))[:-25], "malformed_sitemap", ["1"]),
        (urlset(url("SITE/art/1?a=b&c=d"), url("SITE/art/2")), "malformed_sitemap", ["1", "2"]),
    ],
)
def test_an_odd_sitemap_is_a_problem_that_is_told(body, code, left, found):
    """What yields nothing or less than it should is never passed over in silence."""
    got = found({"/sitemap.xml": body, "/a.xml": urlset(url("SITE/art/7"))})
    assert code in [problem.code for problem in got.problems]
    assert [item.identity for item in got.candidates] == left


def test_a_part_that_fails_is_told_and_does_not_close_the_others(found):
    """One part that is gone is a failed fetch of its own."""
    got = found({"/sitemap.xml": index(part("SITE/a.xml"), part("SITE/b.xml")), "/b.xml": urlset(url("SITE/art/7"))})
    assert [answer.fetch.reason for answer in got.fetches] == [None, FetchReason.NOT_FOUND, None]
    assert [item.identity for item in got.candidates] == ["7"]


DECLARED = b"<!DOCTYPE urlset [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
BAD = {
    "a page": b"<html><body><p>Siden er flyttet</p></body></html>",
    "a feed": b"<rss version='2.0'><channel></channel></rss>",
    "JSON": b"{}",
    "nothing": b"\x1f\x8b",
    "half a gzip file": gzip.compress(urlset(url("/art/1")))[:20],
    "entity bomb": DECLARED + b"]><urlset><url><loc>&j;</loc></url></urlset>",
    "external entity": b"<!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&x;</loc></url></urlset>",
    "external DTD": b"<!DOCTYPE urlset SYSTEM 'http://127.0.0.1:1/x.dtd' [ ]><urlset><url><loc>/art/1</loc></url></urlset>",
    "entities in UTF-16": (DECLARED.decode() + "]><urlset/>").encode("utf-16"),
    "elements without end": b"<urlset>" + b"<url>" * 400_000,
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_sitemap_is_refused(case, monkeypatch):
    """A typed failure at once, no file or socket opened, and never an empty success."""
    monkeypatch.setattr(builtins, "open", lambda *_, **__: pytest.fail("a file was opened"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a socket was opened"))
    began = process_time()
    with pytest.raises(BadAnswer) as caught:
        read_sitemap(page(BAD[case]), cap=CAP)
    assert caught.value.reason is FetchReason.BAD_FEED
    assert process_time() - began < 30  # spinning is the fault; the slack is for a busy machine


def test_a_bad_sitemap_is_a_failed_fetch(found):
    """A sitemap that is none shows as a failure of its fetch, and is asked for afresh next time."""
    got = found({"/sitemap.xml": answer(b"<html><body>Flyttet</body></html>", ETag='"v1"')})
    [asked] = got.fetches
    assert (asked.fetch.outcome, asked.fetch.reason) == (FetchOutcome.FAILED, FetchReason.BAD_FEED)
    assert asked.fetch.validators == Validators()
    assert got.problems == ()


def test_a_sitemap_that_unpacks_to_too_much_is_refused(found):
    """A packed sitemap is held to the cap on what it unpacks to."""
    packed = gzip.compress(urlset(*[url("SITE/art/1")] * 100_000))
    got = found({"/sitemap.xml": answer(packed, Content_Type="application/gzip")}, max_megabytes=1)
    assert [asked.fetch.reason for asked in got.fetches] == [FetchReason.TOO_LARGE]
    assert len(packed) < 1_000_000


def test_more_entries_than_the_protocol_allows_are_not_read():
    """The control and the edge: as many as are allowed are read."""
    whole = read_sitemap(page(urlset(*[url("/art/1")] * MOST_ENTRIES)), cap=CAP)
    assert (len(whole.entries), whole.fault) == (MOST_ENTRIES, "")
    more = read_sitemap(page(urlset(*[url("/art/1")] * (MOST_ENTRIES + 1))), cap=CAP)
    assert len(more.entries) == MOST_ENTRIES
    assert "entries" in more.fault


@given(st.binary(max_size=300))
def test_no_sitemap_is_too_strange(tail: bytes):
    """Whatever bytes follow the beginning of a sitemap, the answer is entries or a typed failure."""
    with contextlib.suppress(BadAnswer):
        assert isinstance(read_sitemap(page(b"<urlset><url><loc>" + tail), cap=CAP).entries, tuple)
