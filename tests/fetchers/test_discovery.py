"""What feeds and list pages give: candidates, each once, and a clear word when there are none."""

from __future__ import annotations

import builtins
import contextlib
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config import Settings
from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers.discovery import Discovery, discover
from scraper.fetchers.feeds import MOST_ENTRIES, read_feed
from scraper.fetchers.web import Fetcher
from scraper.records import FetchOutcome, Page, PageKind, Validators
from tests.fetchers.conftest import Time
from tests.servers import Route, Server, answer

XML = {"Content_Type": "application/rss+xml"}


def item(link: str, title: str = "En artikel", when: str = "") -> str:
    date = f"<pubDate>{when}</pubDate>" if when else ""
    return f"<item><title>{title}</title><link>{link}</link>{date}</item>"


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    text = f"<?xml version='1.0' encoding='{encoding}'?>\n<rss version='2.0'><channel><title>Nyt</title>"
    return (text + "".join(items) + "</channel></rss>").encode(encoding)


@pytest.fixture
def found(serve: Callable[..., Server], settings: Callable[..., Settings], time: Time) -> Callable[..., Discovery]:
    """Serves `routes` and discovers a source whose feed is /rss, unless `source` says otherwise."""

    def make(routes: dict[str, Route], *, validators: Validators | None = None, **source: Any) -> Discovery:
        server = serve(dict(routes))
        for key in ("feeds", "pages"):
            if key in source:
                source[key] = [server.url(path) for path in source[key]]
        if "id_url" in source:
            source["id_url"] = server.url(source["id_url"])
        source.setdefault("feeds", [] if "pages" in source else [server.url("/rss")])
        made = settings(source={"hosts": ["127.0.0.1", "www.example.dk", "example.dk"], **source})
        with Fetcher(made.sources["here"], made, clock=time.utc) as web:
            return discover(made.sources["here"], web, validators_of=lambda _: validators or Validators())

    return make


def test_the_id_is_the_identity_whatever_the_slug_and_the_host(found: Callable[..., Discovery]) -> None:
    """An article that stands in the feed under three addresses is one page, asked for by its short address."""
    feed = rss(
        item("http://www.example.dk/art/12/foerste-slug?utm_source=rss&amp;utm_medium=feed", "Første"),
        item("http://example.dk/art/12/anden-slug", "Anden"),
        item("/art/12#kommentarer", "Tredje"),
        item("http://www.example.dk/art/13", "Næste"),
    )
    got = found({"/rss": answer(feed, **XML)}, id_url="/art/{id}")
    assert [(item.identity, item.title) for item in got.candidates] == [("12", "Første"), ("13", "Næste")]
    assert got.candidates[0].url.endswith("/art/12")
    assert got.problems == ()


def test_without_a_short_address_only_the_tracking_goes(found: Callable[..., Discovery]) -> None:
    """What belongs to an address stays, and what only tells the site where we came from goes."""
    links = [
        "http://example.dk/art/1/a?utm_source=rss",
        "http://example.dk/art/2/b?side=2&amp;utm_campaign=x&amp;fbclid=y",
        "http://example.dk/art/3/c?s=%C3%B8&amp;t=",
        "http://example.dk/art/4/d#top",
    ]
    got = found({"/rss": answer(rss(*map(item, links)), **XML)})
    assert [candidate.url for candidate in got.candidates] == [
        "http://example.dk/art/1/a",
        "http://example.dk/art/2/b?side=2",
        "http://example.dk/art/3/c?s=%C3%B8&t=",
        "http://example.dk/art/4/d",
    ]


def test_candidates_come_newest_first(found: Callable[..., Discovery]) -> None:
    """The run asks for the newest pages first; an entry without a time keeps its place among its neighbours."""
    feed = rss(
        item("/art/1", when="Mon, 02 Feb 2026 10:00:00 GMT"),
        item("/art/2", when="Wed, 04 Feb 2026 10:00:00 +0100"),
        item("/art/3"),
        item("/art/4", when="Tue, 03 Feb 2026 10:00:00 GMT"),
        item("/art/5", when="no time at all"),
    )
    got = found({"/rss": answer(feed, **XML)})
    assert [candidate.identity for candidate in got.candidates] == ["2", "3", "4", "5", "1"]
    assert got.candidates[0].published == datetime(2026, 2, 4, 9, 0, tzinfo=UTC)
    assert got.candidates[1].published is None


def test_a_feed_in_latin_1_keeps_its_letters(found: Callable[..., Discovery]) -> None:
    """Titles of a job board's feed in ISO-8859-1 are read right, entities and doubled escapes too."""
    feed = rss(
        item("/job/a1", "Rådgiver til Ærø, Blåbær &amp; Søn A/S"),
        item("/job/a2", "C# &amp;amp; &lt;b&gt;SQL&lt;/b&gt;-udvikler"),
        encoding="iso-8859-1",
    )
    got = found({"/rss": answer(feed, **XML)}, kind="job_board", id_pattern=r"/job/(\w+)")
    assert [candidate.title for candidate in got.candidates] == [
        "Rådgiver til Ærø, Blåbær & Søn A/S",
        "C# & SQL -udvikler",
    ]
    assert {candidate.kind for candidate in got.candidates} == {PageKind.JOB_AD}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_a_feed_is_read_in_any_encoding(encoding: str) -> None:
    """What a feed says of its own encoding is enough."""
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    body = rss(item("http://example.dk/art/1", "Søren søger æbler"), encoding=declared)
    body = b"\xef\xbb\xbf" + body if encoding == "utf-8-sig" else body
    [entry] = read_feed(Page(url="http://example.dk/rss", body=body, content_type="text/xml")).entries
    assert entry.title == "Søren søger æbler"


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Nyt</title>
<entry><title>Et</title><link href="/art/1"/><updated>2026-02-02T10:00:00Z</updated></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/"><channel><title>Nyt</title></channel>
<item><title>Et</title><link>/art/1</link></item></rdf:RDF>"""
OLD = """<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://example.com/rss-0.91.dtd">
<rss version="0.91"><channel><title>Nyt</title><item><title>Et</title><link>/art/1</link></item></channel></rss>"""
GUID = """<rss version="2.0"><channel><item><title>Et</title><guid isPermaLink="false">http://example.dk/art/1</guid>
</item></channel></rss>"""


@pytest.mark.parametrize("feed", [ATOM, RDF, OLD, GUID], ids=["atom", "rdf", "0.91", "guid"])
def test_every_kind_of_feed_is_read(feed: str, found: Callable[..., Discovery]) -> None:
    """RSS of any age, RDF and Atom are one to us."""
    got = found({"/rss": answer(feed.encode(), **XML)})
    assert [(item.identity, item.title) for item in got.candidates] == [("1", "Et")]


def test_a_list_page_gives_its_links_in_order(found: Callable[..., Discovery]) -> None:
    """A page that lists articles is an entrance too: links whose path carries an id, on the source's own hosts."""
    page = """<html><head><base href="/sub/"></head><body><a href="/om">Om</a><a>intet</a>
    <a href="../art/2/b">Anden <b>artikel</b></a><a href="http://evil.example/art/9">x</a>
    <a href="//www.example.dk/art/1/a">Første</a><a href="/art/2">igen</a><a href="http://[">skæv</a>
    <a href="mailto:x@example.dk">post</a><a href="javascript:go('/art/5')">js</a></body></html>"""
    got = found({"/navne": answer(page.encode())}, pages=["/navne"])
    assert [(item.identity, item.title) for item in got.candidates] == [("2", "Anden artikel"), ("1", "Første")]
    assert got.problems == ()


def test_feed_and_list_page_are_one_list(found: Callable[..., Discovery]) -> None:
    """What both show is one candidate, with the title and the time that the feed gives."""
    feed = rss(item("/art/1", "Titel", "Mon, 02 Feb 2026 10:00:00 GMT"))
    page = b"<html><a href='/art/1'></a><a href='/art/2'>To</a></html>"
    got = found({"/rss": answer(feed, **XML), "/navne": answer(page)}, feeds=["/rss"], pages=["/navne"])
    assert [(item.identity, item.title) for item in got.candidates] == [("1", "Titel"), ("2", "To")]
    assert len(got.fetches) == 2


def test_an_unchanged_feed_is_told_apart_from_an_empty_one(found: Callable[..., Discovery]) -> None:
    """A feed that answers 304 is no problem; the run goes on with the pages it knows."""
    got = found({"/rss": answer(status=304)}, validators=Validators(etag='"v1"'))
    assert got.candidates == ()
    assert got.problems == ()
    assert [url.endswith("/rss") for url in got.unchanged] == [True]
    assert got.fetches[0].fetch.outcome is FetchOutcome.UNCHANGED


@pytest.mark.parametrize(
    ("routes", "code"),
    [
        ({"/rss": answer(rss(), **XML)}, "empty_feed"),
        ({"/rss": answer(rss(item("/om"), item("/forside")), **XML)}, "empty_feed"),
        ({"/rss": answer(rss(item("/art/1"), item("http://evil.example/art/2")), **XML)}, "foreign_links"),
        ({"/rss": answer(rss(item("/art/1"))[:-20], **XML)}, "malformed_feed"),
        ({"/rss": answer(rss(item("/art/1", "AT&T")), **XML)}, "malformed_feed"),
    ],
)
def test_an_odd_feed_is_a_problem_that_is_told(
    routes: dict[str, Route], code: str, found: Callable[..., Discovery]
) -> None:
    """A feed that yields nothing, or less than it should, is never passed over in silence."""
    got = found(routes)
    assert [problem.code for problem in got.problems] == [code]
    assert got.problems[0].message


def test_an_empty_list_page_is_a_problem(found: Callable[..., Discovery]) -> None:
    """A list page whose links changed their form is told at once."""
    got = found({"/navne": answer(b"<html><a href='/artikel-1'>x</a></html>")}, pages=["/navne"])
    assert [problem.code for problem in got.problems] == ["empty_list"]
    assert "id_pattern" in got.problems[0].message


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><rss version='2.0'><channel><item><title>&j;</title><link>/art/1</link></item></channel></rss>"
)
EXTERNAL = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><item><title>&x;</title><link>/art/1</link></item></channel></rss>"""
PARAMETER = """<!DOCTYPE rss [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>
<rss version="2.0"><channel><item><title>t</title><link>/art/1</link></item></channel></rss>"""
HIDDEN = "<!-- <rss -->" + EXTERNAL.replace('<?xml version="1.0"?>', "<!-- never closed ".replace("<!--", "<!- -"))

BAD = {
    "a page": b"<html><body><p>Siden er flyttet</p></body></html>",
    "JSON": b'{"items": []}',
    "text": b"hello",
    "other XML": b"<?xml version='1.0'?><urlset><url><loc>/art/1</loc></url></urlset>",
    "a page about feeds": b"<html><p>&lt;rss&gt; <rss></p></html>",
    "entity bomb": BOMB.encode(),
    "entity bomb in UTF-16": BOMB.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
    "external entity": EXTERNAL.encode(),
    "parameter entity": PARAMETER.encode(),
    "entity behind a comment": HIDDEN.encode(),
    "nothing but a root": b"<rss><!-- " + b"<" * 50,
    "a wrong declaration": b"<?xml version='1.0' encoding='utf-32'?><rss><chan",
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_feed_is_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A typed failure at once, no file or socket opened, and never an empty success."""
    monkeypatch.setattr(builtins, "open", lambda *_, **__: pytest.fail("a file was opened"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: pytest.fail("a socket was opened"))
    began = process_time()
    with pytest.raises(BadAnswer) as caught:
        read_feed(Page(url="http://example.dk/rss", body=BAD[case], content_type="text/xml"))
    assert caught.value.reason is FetchReason.BAD_FEED
    assert process_time() - began < 30  # spinning is the fault; the slack is for a busy machine


def test_a_bad_feed_is_a_failed_fetch(found: Callable[..., Discovery]) -> None:
    """A feed that is none shows as a failure of its fetch, and is asked for afresh next time."""
    got = found({"/rss": answer(BOMB.encode(), ETag='"v1"', **XML)})
    [feed] = got.fetches
    assert (feed.page, feed.fetch.outcome, feed.fetch.reason) == (None, FetchOutcome.FAILED, FetchReason.BAD_FEED)
    assert "entities" in feed.fetch.detail
    assert feed.fetch.validators == Validators()
    assert got.candidates == ()


def test_a_feed_that_is_not_had_is_a_failed_fetch(found: Callable[..., Discovery]) -> None:
    """One entrance that fails does not close the others."""
    got = found({"/rss": answer(status=500), "/b": answer(rss(item("/art/1")), **XML)}, feeds=["/rss", "/b"])
    assert [feed.fetch.reason for feed in got.fetches] == [FetchReason.SERVER_ERROR, None]
    assert [candidate.identity for candidate in got.candidates] == ["1"]


def test_an_article_that_speaks_of_entities_is_no_bomb() -> None:
    """A title about XML in CDATA or a comment does not make a feed suspicious."""
    body = rss(item("/art/1", "<![CDATA[Farlig <!ENTITY i XML]]>"), "<!-- <!ENTITY -->")
    [entry] = read_feed(Page(url="http://example.dk/rss", body=body, content_type="text/xml")).entries
    assert entry.title.startswith("Farlig")


@pytest.mark.parametrize("piece", ["<!--", "<![CDATA[", "<item>", "<!", "<a ", "]]>", "<!DOCTYPE "])
def test_no_feed_makes_the_reader_spin(piece: str) -> None:
    """Megabytes of one tag are refused before they are parsed."""
    body = b"<rss version='2.0'><channel>" + piece.encode() * (2_000_000 // len(piece))
    began = process_time()
    with pytest.raises(BadAnswer):
        read_feed(Page(url="http://example.dk/rss", body=body, content_type="text/xml"))
    assert process_time() - began < 30


def test_a_feed_of_a_thousand_entries_is_read() -> None:
    """The control: a long feed is not taken for an attack."""
    body = rss(*(item(f"/art/{n}", when="Mon, 02 Feb 2026 10:00:00 GMT") for n in range(1000)))
    assert len(read_feed(Page(url="http://example.dk/rss", body=body, content_type="text/xml")).entries) == 1000


@pytest.mark.parametrize("newest_first", [True, False])
def test_of_an_endless_feed_the_newest_entries_are_read_and_that_is_said(
    found: Callable[..., Discovery], newest_first: bool
) -> None:
    """A feed that lists all there ever was gives its newest pages, in whichever order it lists them."""
    numbers = range(30_000)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    times = [f"{begin + timedelta(minutes=n):%a, %d %b %Y %H:%M:%S} GMT" for n in numbers]
    items = [item(f"/art/{n}", when=when) for n, when in zip(numbers, times, strict=True)]
    got = found({"/rss": answer(rss(*(reversed(items) if newest_first else items)), **XML)})
    assert [candidate.identity for candidate in got.candidates[:400]] == [str(n) for n in reversed(numbers[-400:])]
    assert len(got.candidates) == MOST_ENTRIES
    assert [problem.code for problem in got.problems] == ["long_feed"]
    assert "29000" in got.problems[0].message


def test_a_feed_of_many_megabytes_is_refused() -> None:
    """What is longer than any feed is not parsed."""
    with pytest.raises(BadAnswer, match="6 MB"):
        read_feed(Page(url="http://example.dk/rss", body=rss("x" * 6_000_000), content_type="text/xml"))


@given(st.binary(max_size=300))
def test_no_feed_is_too_strange(tail: bytes) -> None:
    """Whatever bytes follow the beginning of a feed, the answer is entries or a typed failure."""
    page = Page(url="http://example.dk/rss", body=b"<rss version='2.0'>" + tail, content_type="text/xml")
    with contextlib.suppress(BadAnswer):
        assert isinstance(read_feed(page).entries, tuple)
