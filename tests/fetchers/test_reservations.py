"""Reservations against text and data mining: how each carrier is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config import TdmRule
from scraper.errors import FetchReason
from scraper.fetchers.archive import Archive
from scraper.fetchers.reservations import (
    AI_CRAWLERS,
    Reservation,
    in_headers,
    in_page,
    in_robots,
    in_tdmrep,
    kept,
    matches,
)
from scraper.fetchers.robots import RobotsFile
from scraper.fetchers.warc import read_file
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind, Validators
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Server, answer

URL = "https://www.example.dk/art/1"
TOKEN = "navnenyt"

PATTERNS = {
    ("/", "/art/1"): True,
    ("/art", "/article"): True,
    ("/art/", "/art"): False,
    ("/art/1$", "/art/1"): True,
    ("/art/1$", "/art/12"): False,
    ("/*/1", "/art/1"): True,
    ("/*.pdf$", "/a/b.pdf"): True,
    ("/*.pdf$", "/a/b.pdf?x"): False,
    ("/a*b*c$", "/a-b-b-c"): True,
    ("/a*b*c$", "/a-c-b"): False,
    ("/ab*b$", "/ab"): False,
    ("*", "/art"): True,
    ("/s%C3%B8g", "/søg"): True,
    ("/søg", "/s%C3%B8g"): True,
    ("https://www.example.dk/art/", "/art/1"): True,
    ("https://www.example.dk", "/art/1"): True,
    ("https://another.example/art/", "/art/1"): False,
    ("art", "/art"): False,
    ("", "/art"): False,
}


@pytest.mark.parametrize(("pattern", "path"), PATTERNS)
def test_a_pattern_matches_as_in_robots(pattern: str, path: str) -> None:
    """A star stands for anything, a dollar for the end, and letters are the same however they are encoded."""
    assert matches(pattern, f"https://www.example.dk{path}") is PATTERNS[pattern, path]


@given(st.text(alphabet="ab*/$", max_size=12), st.text(alphabet="ab/", max_size=12))
def test_patterns_agree_with_protego(pattern: str, path: str) -> None:
    """Our few lines and the library that reads robots.txt have one opinion of every pattern."""
    url = f"https://www.example.dk/{path}"
    if not pattern.startswith("/") or "//" in pattern + url[8:]:
        return
    rules = RobotsFile(f"User-agent: *\nDisallow: {pattern}".encode(), TOKEN)
    assert matches(pattern, url) is not rules.verdict(url).allowed


@pytest.mark.parametrize(
    ("body", "reserved"),
    [
        (b'[{"location": "/", "tdm-reservation": 1}]', True),
        (b'[{"location": "/", "tdm-reservation": "1"}]', True),
        (b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": true}]', True),
        (b'{"location": "/", "tdm-reservation": 1}', True),
        (b'[{"location": "/", "tdm-reservation": 0}]', False),
        (b'[{"location": "/"}]', False),
        (b'[{"tdm-reservation": 1}]', False),
        (b'[{"location": 7, "tdm-reservation": 1}, "/", null]', False),
        (b'[{"location": "/art/", "tdm-reservation": 0}, {"location": "/", "tdm-reservation": 1}]', False),
        (b'[{"location": "/", "tdm-reservation": 1}, {"location": "/art/", "tdm-reservation": 0}]', True),
        (b'[{"location": "/", "tdm-reservation": 0}, {"location": "/art/", "tdm-reservation": 1}]', True),
        (b"[]", False),
        (b"", False),
        (None, False),
        (b"\xff\xfe{", False),
        (b"[" * 100_000, False),
    ],
)
def test_tdmrep_json(body: bytes | None, reserved: bool) -> None:
    """A page is free only when both the first rule that matches and the longest leave it free."""
    assert bool(in_tdmrep(body, URL)) is reserved


@given(st.binary(max_size=300))
def test_nothing_a_site_says_is_too_strange(said: bytes) -> None:
    """Whatever bytes stand in the five places, reading them fails nowhere and what is kept is one short line."""
    text = said.decode("latin-1")
    found = [
        *in_robots(RobotsFile(b"User-agent: *\nContent-Usage: " + said + b"\nContent-Signal: " + said, TOKEN), URL),
        *in_tdmrep(said, URL),
        *in_tdmrep(b'[{"location": "/", "tdm-reservation": 1, "tdm-policy": "' + said + b'"}]', URL),
        *in_headers([("X-Robots-Tag", text), ("tdm-reservation", text), ("Content-Usage", text)], TOKEN),
        *in_page(b'<meta name="robots" content="noai' + said, TOKEN),
    ]
    assert all(len(str(item)) < 400 and "\n" not in str(item) for item in found)


def test_who_is_spoken_to() -> None:
    """What is said to another robot is told apart from what is said to all or to us."""
    lines = [("X-Robots-Tag", "googlebot: noai"), ("X-Robots-Tag", "Navnenyt: notrain"), ("x-robots-tag", "noindex")]
    assert [item.to_us for item in in_headers(lines, TOKEN)] == [False, True]
    page = b'<meta name="gptbot" content="noai"><meta name="robots" content="noimageai"><meta name="x" content="noai">'
    assert [item.to_us for item in in_page(page, TOKEN)] == [False, True]
    rules = RobotsFile(b"User-agent: GPTBot\nUser-agent: CCBot\nUser-agent: other\nDisallow: /", TOKEN)
    [found] = in_robots(rules, URL)
    assert str(found) == "robots.txt: Disallow: / for ccbot, gptbot (said to others)"
    partly = RobotsFile(b"User-agent: GPTBot\nAllow: /art/\nDisallow: /", TOKEN)
    assert in_robots(partly, URL) == []
    assert in_robots(None, URL) == []
    assert all(name == name.lower() for name in AI_CRAWLERS)


def test_wishes_for_a_path_and_for_all() -> None:
    """The wish for the longest path that matches decides, as with Allow and Disallow."""
    text = b"User-agent: *\nContent-Usage: train-ai=n\nContent-Usage: /art/ train-ai=y\nContent-Usage: /art/2 tdm=n"
    rules = RobotsFile(text, TOKEN)
    reserved = {path: bool(in_robots(rules, f"https://www.example.dk{path}")) for path in ("/x", "/art/1", "/art/2")}
    assert reserved == {"/x": True, "/art/1": False, "/art/2": True}
    own = RobotsFile(b"User-agent: *\nContent-Signal: ai-train=no\n\nUser-agent: navnenyt\nAllow: /", TOKEN)
    assert in_robots(own, URL) == []


def test_a_wish_ends_the_row_of_names_above_it() -> None:
    """A group that holds nothing but a wish does not take over the rules of the next group."""
    text = b"User-agent: *\nContent-Signal: ai-train=yes\n\nUser-agent: GPTBot\nDisallow: /"
    assert RobotsFile(text, TOKEN).verdict(URL).allowed


def test_the_policy_is_kept_with_the_reservation() -> None:
    """Where the owner offers licences is told with the refusal."""
    found = in_headers([("TDM-Reservation", "1"), ("TDM-Policy", "https://example.dk/tdm")], TOKEN)
    assert kept(found) == "header: tdm-reservation: 1 (policy https://example.dk/tdm)"
    page = b'<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="https://example.dk/p">'
    assert kept(in_page(page, TOKEN)) == "meta: tdm-reservation: 1 (policy https://example.dk/p)"
    twice = [Reservation("header", "a"), Reservation("header", "a"), Reservation("meta", "b\n c" + "x" * 999)]
    assert kept(twice).startswith("header: a; meta: b cxxx")
    assert len(kept(twice)) < 400


# ── on the way to a page ────────────────────────────────────────────────────────────────────────────────────────────

RESERVING = answer(PAGE, TDM_Reservation="1", ETag='"a"')


def test_a_reserved_page_leaves_its_headers_alone_in_the_archive(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive
) -> None:
    """The archive shows what the owner said and nothing of what must not be mined, whether header or page said it."""
    meta = PAGE.replace(b"<title>", b'<meta name="robots" content="noai"><title>')
    server = serve({"/1": RESERVING, "/2": answer(meta), "/3": answer(PAGE)})
    web = fetcher(archive, source={"tdm": "obey"})
    got = {path: web.ask(server.url(path), kind=PageKind.ARTICLE) for path in ("/1", "/2", "/3")}
    assert [item.fetch.reason for item in got.values()] == [FetchReason.RESERVED, FetchReason.RESERVED, None]
    assert got["/1"].fetch.status == 200
    assert got["/1"].fetch.allowed_by == "robots.txt: 404, all allowed"
    assert "licence" in got["/1"].fetch.detail
    [path] = archive.files()
    stored = {item.url.removeprefix(server.base): item for item in read_file(path)}
    assert (stored["/1"].body, stored["/2"].body, stored["/3"].body) == (b"", b"", PAGE)
    assert stored["/1"].header("TDM-Reservation") == "1"
    assert stored["/1"].truncated


def test_without_the_guard_the_page_is_had_and_the_words_are_kept(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """The control: with the owner's permission the page is a page, and the row still tells what was said."""
    server = serve({"/1": RESERVING})
    got = fetcher(source={"tdm": "ignore"}).ask(server.url("/1"), kind=PageKind.ARTICLE)
    assert got.page is not None
    assert got.fetch.reservation == "header: tdm-reservation: 1"
    assert "/.well-known/tdmrep.json" not in server.paths()


def test_a_page_that_is_unchanged_can_become_reserved(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A 304 that carries a reservation is heeded as well: what was read before is not counted as seen again."""
    server = serve({"/1": answer(status=304, TDM_Reservation="1")})
    web = fetcher(source={"tdm": "obey"})
    got = web.ask(server.url("/1"), kind=PageKind.ARTICLE, validators=Validators(etag='"a"'))
    assert (got.fetch.reason, got.fetch.status) == (FetchReason.RESERVED, 304)


def test_a_redirect_does_not_lead_past_a_reservation(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A free address that sends us on to a reserved one leads nowhere, and the reserved one is not asked for."""
    tdmrep = answer(b'[{"location": "/b/", "tdm-reservation": 1}]', Content_Type="application/json")
    routes = {"/.well-known/tdmrep.json": tdmrep, "/a": answer(status=302, Location="/b/1"), "/b/1": answer(PAGE)}
    server = serve(routes)
    got = fetcher(source={"tdm": "obey"}).ask(server.url("/a"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.RESERVED
    assert "/b/1" not in server.paths()


@pytest.mark.parametrize("rule", list(TdmRule))
def test_ai_crawlers_shut_out_by_name(
    rule: TdmRule, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """Under every rule the row tells that others were shut out; only the strict one takes it for us as well."""
    robots = answer(b"User-agent: GPTBot\nDisallow: /", Content_Type="text/plain")
    server = serve({"/robots.txt": robots, "/1": answer(PAGE)})
    got = fetcher(source={"tdm": rule}).ask(server.url("/1"), kind=PageKind.ARTICLE)
    assert (got.page is None) is (rule is TdmRule.STRICT)
    assert got.fetch.reservation == "robots.txt: Disallow: / for gptbot (said to others)"


def test_tdmrep_is_asked_for_once_a_day_and_only_where_robots_lets_us(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """The file costs a site one request a day; a site that shuts its folder to robots is not asked for it at all."""
    tdmrep = "/.well-known/tdmrep.json"
    server = serve({f"/{n}": answer(PAGE) for n in range(3)})
    web = fetcher(source={"tdm": "obey"})
    for hours in (0, 23, 2):
        time.seconds += hours * 3600
        assert web.ask(server.url("/1"), kind=PageKind.ARTICLE).page is not None
    assert server.paths().count(tdmrep) == 2
    assert web.requests == {"robots.txt": 2, "tdmrep.json": 2, "article": 3}
    shut = serve({"/robots.txt": answer(b"User-agent: *\nDisallow: /.well-known/"), "/1": answer(PAGE)})
    assert web.ask(shut.url("/1"), kind=PageKind.ARTICLE).page is not None
    assert tdmrep not in shut.paths()


def test_a_reservation_stands_while_its_file_cannot_be_had(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A server's bad day does not free what was reserved; a file that is gone does."""
    reserved = answer(b'[{"location": "/", "tdm-reservation": 1}]', Content_Type="application/json")
    server = serve(
        {
            "/.well-known/tdmrep.json": [reserved, answer(status=500), answer(status=404)],
            "/1": answer(PAGE),
        }
    )
    web = fetcher(source={"tdm": "obey"})
    for hours, free in ((0, False), (25, False), (2, True)):
        time.seconds += hours * 3600
        assert (web.ask(server.url("/1"), kind=PageKind.ARTICLE).page is not None) is free
