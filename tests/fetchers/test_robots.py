"""robots.txt by RFC 9309, case by case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.errors import FetchReason
from scraper.fetchers.archive import Archive
from scraper.fetchers.robots import MOST_BYTES, RobotsFile
from scraper.fetchers.warc import read_file
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Route, Server, answer

SITE = "https://www.example.dk"
TOKEN = "navnenyt"

# name: (robots.txt, path, allowed). Sections are those of RFC 9309.
CASES: dict[str, tuple[str, str, bool]] = {
    "2.2.2 an empty file allows all": ("", "/art/1", True),
    "2.2.2 no group for us allows all": ("User-agent: other\nDisallow: /", "/art/1", True),
    "2.2.2 an empty Disallow allows all": ("User-agent: *\nDisallow:", "/art/1", True),
    "2.2.2 Disallow: / forbids all": ("User-agent: *\nDisallow: /", "/art/1", False),
    "2.2.2 a rule matches from the start of the path": ("User-agent: *\nDisallow: /art", "/my/art", True),
    "2.2.2 … and as a prefix": ("User-agent: *\nDisallow: /art", "/article", False),
    "2.2.2 paths are matched with case": ("User-agent: *\nDisallow: /ART", "/art", True),
    "2.2.2 the longest match decides": ("User-agent: *\nDisallow: /\nAllow: /art/", "/art/1", True),
    "2.2.2 … whatever the order": ("User-agent: *\nAllow: /art/\nDisallow: /", "/art/1", True),
    "2.2.2 … and for Disallow too": ("User-agent: *\nAllow: /art\nDisallow: /art/1", "/art/1", False),
    "2.2.2 on a tie Allow decides": ("User-agent: *\nDisallow: /art\nAllow: /art", "/art", True),
    "2.2.2 the query belongs to the path": ("User-agent: *\nDisallow: /art?p=", "/art?p=1", False),
    "2.2.2 percent-encoded letters are the letters": ("User-agent: *\nDisallow: /s%C3%B8g", "/søg", False),
    "2.2.2 … the other way round too": ("User-agent: *\nDisallow: /søg", "/s%C3%B8g", False),
    "2.2.2 an encoded ASCII letter is the letter": ("User-agent: *\nDisallow: /%61rt", "/art", False),
    "2.2.2 an encoded slash is no slash": ("User-agent: *\nDisallow: /a%2Fb", "/a/b", True),
    "2.2.2 robots.txt itself is always allowed": ("User-agent: *\nDisallow: /", "/robots.txt", True),
    "2.2.1 our group before the general one": (
        "User-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nAllow: /",
        "/art/1",
        True,
    ),
    "2.2.1 … whatever the order": ("User-agent: navnenyt\nDisallow: /art\n\nUser-agent: *\nAllow: /", "/art/1", False),
    "2.2.1 our name without regard to case": ("User-agent: NavneNyt\nDisallow: /", "/art/1", False),
    "2.2.1 a release after our name": ("User-agent: navnenyt/2.0\nDisallow: /", "/art/1", False),
    "2.2.1 another robot's longer name is not ours": ("User-agent: navnenytter\nDisallow: /", "/art/1", True),
    "2.2.1 … nor a shorter one": ("User-agent: navne\nDisallow: /", "/art/1", True),
    "2.2.1 our empty group is a group": ("User-agent: navnenyt\n\nUser-agent: *\nDisallow: /x", "/x", False),
    "2.2.1 two groups of ours are one": (
        "User-agent: navnenyt\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nDisallow: /b",
        "/b/1",
        False,
    ),
    "2.2.1 … and only ours": (
        "User-agent: navnenyt\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nDisallow: /b",
        "/c",
        True,
    ),
    "2.1 several names head one group": ("User-agent: other\nUser-agent: navnenyt\nDisallow: /", "/art/1", False),
    "2.1 a rule before any group is no rule": ("Disallow: /\nUser-agent: *\nAllow: /art", "/x", True),
    "2.1 blank lines end no group": ("User-agent: *\n\n\nDisallow: /art", "/art/1", False),
    "2.2 comments are left out": ("User-agent: * # all\nDisallow: /art # not these", "/art/1", False),
    "2.2 … also between names and rules": ("User-agent: *\n# a\nDisallow: /art", "/art/1", False),
    "2.2 fields without regard to case, blanks around": ("  USER-AGENT :*\n\tdisallow\t: /art  ", "/art/1", False),
    "2.2 a line that is none is passed over": ("User-agent: *\nDisallow /x\nno line\nDisallow: /art", "/art/1", False),
    "2.2.4 Sitemap ends no group": ("User-agent: *\nSitemap: https://x/s.xml\nDisallow: /art", "/art/1", False),
    "2.2.4 … and joins none": ("User-agent: a\nSitemap: https://x/s.xml\nUser-agent: *\nDisallow: /", "/x", False),
    "2.2.3 * stands for anything": ("User-agent: *\nDisallow: /*/print", "/art/1/print", False),
    "2.2.3 … and for nothing": ("User-agent: *\nDisallow: /art*/1", "/art/1", False),
    "2.2.3 $ is the end": ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
    "2.2.3 … and nothing after it": ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", True),
    "2.2.3 an encoded * is a star": ("User-agent: *\nDisallow: /a%2A", "/abc", True),
    "2.3 line ends of all three kinds": ("User-agent: *\rDisallow: /a\r\nDisallow: /b\nDisallow: /c", "/b", False),
    "a byte-order mark hides no rule": ("\ufeffUser-agent: *\nDisallow: /", "/art/1", False),
}


@pytest.mark.parametrize("case", CASES)
def test_rfc_9309(case: str) -> None:
    """What a site writes in robots.txt is taken as the standard says."""
    text, path, allowed = CASES[case]
    assert RobotsFile(text.encode(), TOKEN).verdict(SITE + path).allowed is allowed


def test_the_line_that_decides_is_told() -> None:
    """The row of each fetch can say which rule let it through."""
    file = RobotsFile(b"User-agent: *\nDisallow: /\nAllow: /art/\nDisallow: /*.pdf$", TOKEN)
    assert file.verdict(f"{SITE}/art/1").said == "robots.txt: Allow: /art/"
    assert file.verdict(f"{SITE}/x").said == "robots.txt: Disallow: /"
    assert file.verdict(f"{SITE}/art/x.pdf").said == "robots.txt: Disallow: /*.pdf$"
    assert RobotsFile(b"User-agent: *\nDisallow: /x", TOKEN).verdict(f"{SITE}/y").said == "robots.txt: no rule"
    assert RobotsFile(b"", TOKEN).verdict(f"{SITE}/y").said == "robots.txt: no rule"


def test_a_long_file_is_cut_between_two_lines() -> None:
    """What is past 500 KiB is not read, and the line that the cut goes through says nothing."""
    head = b"User-agent: *\nDisallow: /early\n"
    cut = b"Disallow: /late/and/long"
    padding = b"#" * (MOST_BYTES - len(head) - 1 - 12) + b"\n"
    file = RobotsFile(head + padding + cut, TOKEN)
    assert not file.verdict(f"{SITE}/early").allowed
    assert file.verdict(f"{SITE}/late/and/long").allowed
    assert file.verdict(f"{SITE}/other").allowed
    assert not RobotsFile(head + padding[13:] + cut + b"\n", TOKEN).verdict(f"{SITE}/late/and/long").allowed


@pytest.mark.parametrize(
    ("line", "delay"), [("7", 7.0), ("0.5", 0.5), ("soon", None), ("-1", None), ("inf", None), ("", None)]
)
def test_crawl_delay_is_read(line: str, delay: float | None) -> None:
    """A pause that the site asks for is a number of seconds, or it is none."""
    assert RobotsFile(f"User-agent: *\nCrawl-delay: {line}".encode(), TOKEN).crawl_delay == delay
    assert RobotsFile(f"User-agent: other\nCrawl-delay: {line}".encode(), TOKEN).crawl_delay is None


def test_a_file_of_nothing_but_names_and_rules_is_read_in_one_go() -> None:
    """As many names and rules as a file can hold are read without each being paired with each."""
    names = [f"User-agent: {'-' * (n % 37)}{'x' * (n // 37)}" for n in range(1, 3_000)]
    rules = ["Disallow: /a"] * 12_000
    file = RobotsFile("\n".join([*names, "User-agent: navnenyt", *rules]).encode()[:MOST_BYTES], TOKEN)
    assert sum(len(lines) for _, lines in file._groups) == len(rules)
    assert not file.verdict(f"{SITE}/a").allowed


@given(st.binary(max_size=400))
def test_no_file_is_too_strange(content: bytes) -> None:
    """Whatever bytes a site serves as robots.txt, there is a verdict, and one always has a reason."""
    verdict = RobotsFile(content, TOKEN).verdict(f"{SITE}/art/1")
    assert verdict.said.startswith("robots.txt: ")


# ── how the file itself is had ──────────────────────────────────────────────────────────────────────────────────────

ROBOTS = b"User-agent: *\nDisallow: /no\nAllow: /"
TEXT = {"Content_Type": "text/plain"}


def moved(to: str) -> bytes:
    return answer(status=301, Location=to)


def chain(hops: int) -> dict[str, Route | list[Route]]:
    routes: dict[str, Route | list[Route]] = {"/robots.txt": moved("/r1") if hops else answer(ROBOTS, **TEXT)}
    for hop in range(1, hops + 1):
        routes[f"/r{hop}"] = moved(f"/r{hop + 1}") if hop < hops else answer(ROBOTS, **TEXT)
    return routes


# name: (routes, is /no allowed?, is /yes allowed?, what the fetch of /yes says)
HAD: dict[str, tuple[dict[str, Route | list[Route]], bool, bool, str]] = {
    "200": (chain(0), False, True, "robots.txt: Allow: /"),
    "200 as html": ({"/robots.txt": answer(ROBOTS)}, False, True, "robots.txt: Allow: /"),
    "200 and a page": ({"/robots.txt": answer(PAGE)}, True, True, "robots.txt: no rule"),
    "404": ({"/robots.txt": answer(status=404)}, True, True, "robots.txt: 404, all allowed"),
    "403": ({"/robots.txt": answer(status=403)}, True, True, "robots.txt: 403, all allowed"),
    "401": ({"/robots.txt": answer(status=401)}, True, True, "robots.txt: 401, all allowed"),
    "410": ({"/robots.txt": answer(status=410)}, True, True, "robots.txt: 410, all allowed"),
    "429": ({"/robots.txt": answer(status=429)}, False, False, ""),
    "500": ({"/robots.txt": answer(status=500)}, False, False, ""),
    "503": ({"/robots.txt": answer(status=503)}, False, False, ""),
    "no answer": ({"/robots.txt": lambda talk: talk.reset()}, False, False, ""),
    "a stall": ({"/robots.txt": lambda talk: talk.stall()}, False, False, ""),
    "half an answer": ({"/robots.txt": answer(ROBOTS, length=999)[:-9]}, False, False, ""),
    "an unasked 304": ({"/robots.txt": answer(status=304)}, False, False, ""),
    "1 redirect": (chain(1), False, True, "robots.txt: Allow: /"),
    "5 redirects": (chain(5), False, True, "robots.txt: Allow: /"),
    "6 redirects": (chain(6), True, True, "robots.txt: too many redirects, all allowed"),
    "a redirect to itself": ({"/robots.txt": moved("/robots.txt")}, True, True, "robots.txt: too many redirects"),
    "a redirect to another host": ({"/robots.txt": moved("http://example.dk/robots.txt")}, False, False, ""),
    "more than 500 KiB": (
        {"/robots.txt": answer(ROBOTS + b"\n" + b"#" * 90 + b"\n" * 600_000, **TEXT)},
        False,
        True,
        "robots.txt: Allow: /",
    ),
}


@pytest.mark.parametrize("case", HAD)
def test_what_is_allowed_when_robots_is_had_like_this(
    case: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """A file that is not there allows all, one that cannot be had allows nothing (section 2.3.1)."""
    routes, no, yes, said = HAD[case]
    server = serve({**routes, "/no": answer(PAGE), "/yes": answer(PAGE)})
    web = fetcher(fetch={"deadline": 0.3})
    got = {path: web.ask(server.url(path), kind=PageKind.ARTICLE) for path in ("/no", "/yes")}
    assert (got["/no"].page is not None) is no
    assert (got["/yes"].page is not None) is yes
    if yes:
        assert got["/yes"].fetch.allowed_by.startswith(said)
    else:
        assert got["/no"].fetch.reason == FetchReason.ROBOTS_UNAVAILABLE
        then = FetchReason.RATE_LIMITED if case == "429" else FetchReason.ROBOTS_UNAVAILABLE
        assert got["/yes"].fetch.reason == then
        assert "/yes" not in server.paths()
    if yes and not no:
        assert got["/no"].fetch.reason == FetchReason.ROBOTS_DISALLOWED
        assert "/no" not in server.paths()
        assert got["/no"].fetch.allowed_by == "robots.txt: Disallow: /no"


def test_a_redirect_does_not_lead_past_robots(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A page that sends us on to a forbidden one is not followed there."""
    server = serve({"/robots.txt": answer(ROBOTS, **TEXT), "/yes": moved("/no"), "/no": answer(PAGE)})
    got = fetcher().ask(server.url("/yes"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.ROBOTS_DISALLOWED
    assert server.paths() == ["/yes"]


def test_robots_is_asked_again_after_a_day(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A site that changes its mind is heard within 24 hours, and not asked at every page until then."""
    server = serve({"/robots.txt": [answer(ROBOTS, **TEXT), answer(b"", **TEXT)], "/no": answer(PAGE)})
    web = fetcher()
    url = server.url("/no")
    for hours, allowed, asked in [(0, False, 1), (23.9, False, 1), (0.1, True, 2), (12, True, 2)]:
        time.seconds += timedelta(hours=hours).total_seconds()
        assert (web.ask(url, kind=PageKind.ARTICLE).page is not None) is allowed
        assert [request.path for request in server.log].count("/robots.txt") == asked


def test_an_unavailable_robots_is_asked_again_after_an_hour(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A site that had a bad minute is not left for a day, nor asked at every page."""
    server = serve({"/robots.txt": [answer(status=500), answer(ROBOTS, **TEXT)], "/yes": answer(PAGE)})
    web = fetcher()
    for seconds, allowed in [(0, False), (3599, False), (1, True)]:
        time.seconds += seconds
        assert (web.ask(server.url("/yes"), kind=PageKind.ARTICLE).page is not None) is allowed
    assert [request.path for request in server.log] == ["/robots.txt", "/robots.txt", "/yes"]


def test_each_port_has_its_own_robots(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """What one site allows says nothing about another on the same machine (section 2.3)."""
    one = serve({"/robots.txt": answer(b"User-agent: *\nDisallow: /", **TEXT), "/yes": answer(PAGE)})
    other = serve({"/robots.txt": answer(ROBOTS, **TEXT), "/yes": answer(PAGE)})
    web = fetcher()
    assert web.ask(one.url("/yes"), kind=PageKind.ARTICLE).page is None
    assert web.ask(other.url("/yes"), kind=PageKind.ARTICLE).page is not None


def test_the_permission_is_archived(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], archive: Archive
) -> None:
    """What the site allowed on that day can be shown later."""
    server = serve({"/robots.txt": answer(ROBOTS, **TEXT), "/yes": answer(PAGE)})
    fetcher(archive).ask(server.url("/yes"), kind=PageKind.ARTICLE)
    [path] = archive.files()
    assert [(stored.url, stored.body) for stored in read_file(path)] == [
        (server.url("/robots.txt"), ROBOTS),
        (server.url("/yes"), PAGE),
    ]
