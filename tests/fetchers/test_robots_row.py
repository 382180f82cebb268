"""Row 16: forty cases of RFC 9309, each asked of a site over HTTP, and how two parsers alone would have it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.robotparser import RobotFileParser

import pytest
import requests
from protego import Protego

from db.hosts import Hosts
from db.upgrade import open_database
from scraper.fetchers.polite import Pace
from scraper.fetchers.robots import MOST_BYTES
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Route, Server, answer

TOKEN = "navnenyt"
Routes = dict[str, Route | list[Route]]


@dataclass(frozen=True)
class Case:
    """What a site answers, and the pages that may be asked for then: steps of (hours later, path, allowed).

    `robots` is a file's bytes, or the answer to /robots.txt, or several; `more` gives the routes of a second host.
    Before each step but the first the program is started anew. `asked`: how often robots.txt may be asked for in all.
    """

    robots: bytes | list[Route]
    steps: tuple[tuple[float, str, bool], ...]
    more: Callable[[str, str], tuple[Routes, Routes]] | None = None
    asked: int | None = None


def says(robots: str | bytes, path: str, allowed: bool) -> Case:
    return Case(robots.encode() if isinstance(robots, str) else robots, ((0, path, allowed),))


def gives(route: Route, path: str, allowed: bool) -> Case:
    return Case([route], ((0, path, allowed),))


def text(body: bytes) -> bytes:
    return answer(body, Content_Type="text/plain")


def moved(to: str) -> bytes:
    return answer(status=302, Location=to)


def hops(count: int) -> Callable[[str, str], tuple[Routes, Routes]]:
    """So many redirects, to and fro between two hosts, then a file that forbids /no."""

    def routes(one: str, two: str) -> tuple[Routes, Routes]:
        sites: tuple[Routes, Routes] = ({}, {})
        for hop in range(count):
            path = "/robots.txt" if hop == 0 else f"/hop{hop}"
            sites[hop % 2][path] = moved(f"{(two, one)[hop % 2]}/hop{hop + 1}")
        sites[count % 2][f"/hop{count}"] = text(b"User-agent: *\nDisallow: /no")
        return sites

    return routes


ALL_SHUT = b"User-agent: *\nDisallow: /"
NO_SHUT = b"User-agent: *\nDisallow: /no"
LONG = b"User-agent: *\nDisallow: /early\n" + b"#" * (MOST_BYTES - 31) + b"\nDisallow: /late\n"
MERGED = "User-agent: navnenyt\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nDisallow: /b"

ALLOWED, CLOSED = True, False
CASES = {
    "an empty file": says("", "/art", ALLOWED),
    "no group for us": says("User-agent: other\nDisallow: /", "/art", ALLOWED),
    "Disallow: /": says(ALL_SHUT, "/art", CLOSED),
    "a rule matches from the start": says("User-agent: *\nDisallow: /art", "/my/art", ALLOWED),
    "the longest match, Allow": says("User-agent: *\nDisallow: /\nAllow: /art/", "/art/1", ALLOWED),
    "the longest match, Disallow": says("User-agent: *\nAllow: /art\nDisallow: /art/1", "/art/1", CLOSED),
    "the longest match, with a wildcard": says("User-agent: *\nAllow: /art/\nDisallow: /*/print", "/art/print", CLOSED),
    "a tie": says("User-agent: *\nDisallow: /art\nAllow: /art", "/art", ALLOWED),
    "paths with case": says("User-agent: *\nDisallow: /ART", "/art", ALLOWED),
    "the query is matched": says("User-agent: *\nDisallow: /art?p=", "/art?p=1", CLOSED),
    "percent-encoded letters": says("User-agent: *\nDisallow: /s%C3%B8g", "/søg", CLOSED),
    "letters, encoded when asked for": says("User-agent: *\nDisallow: /søg", "/s%C3%B8g", CLOSED),
    "an encoded slash is no slash": says("User-agent: *\nDisallow: /a%2Fb", "/a/b", ALLOWED),
    "* for anything": says("User-agent: *\nDisallow: /*/print", "/art/1/print", CLOSED),
    "* for nothing": says("User-agent: *\nDisallow: /art*/1", "/art/1", CLOSED),
    "$ at the end": says("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", CLOSED),
    "$ and more after it": says("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", ALLOWED),
    "our group, not that for all": says(
        "User-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nDisallow: /x", "/art", ALLOWED
    ),
    "our name in other case": says("User-agent: NAVNENYT\nDisallow: /", "/art", CLOSED),
    "our name with a release": says("User-agent: navnenyt/2.0\nDisallow: /", "/art", CLOSED),
    "a longer name is another's": says("User-agent: navnenytter\nDisallow: /", "/art", ALLOWED),
    "a shorter name is another's": says("User-agent: navne\nDisallow: /", "/art", ALLOWED),
    "groups of one robot are one": says(MERGED, "/b", CLOSED),
    "several names over one group": says("User-agent: a\nUser-agent: navnenyt\nDisallow: /", "/art", CLOSED),
    "a rule before all groups": says("Disallow: /\nUser-agent: *\nAllow: /art", "/x", ALLOWED),
    "an unknown line ends no row of names": says(
        "User-agent: a\nSitemap: https://x/s.xml\nUser-agent: *\nDisallow: /", "/x", CLOSED
    ),
    "blanks, comments, case of fields": says("  USER-AGENT :* # all\n\n\tdisallow\t: /art # no", "/art", CLOSED),
    "lines ended by CR": says("User-agent: *\rDisallow: /a\rDisallow: /b", "/b", CLOSED),
    "a group of a crawl-delay alone": says(
        "User-agent: *\nDisallow: /\n\nUser-agent: navnenyt\nCrawl-delay: 30", "/art", ALLOWED
    ),
    "a byte-order mark": says(b"\xef\xbb\xbf" + ALL_SHUT, "/art", CLOSED),
    "bytes that are no UTF-8": says(b"User-agent: *\nDisallow: /\xff\xfe\nDisallow: /art", "/art", CLOSED),
    "500 KiB and more": Case(LONG, ((0, "/early", CLOSED), (0, "/late", ALLOWED))),
    "404": gives(answer(ALL_SHUT, 404), "/art", ALLOWED),
    "403": gives(answer(ALL_SHUT, 403), "/art", ALLOWED),
    "503": gives(answer(status=503), "/art", CLOSED),
    "429": gives(answer(status=429), "/art", CLOSED),
    "a connection that is reset": gives(lambda talk: talk.reset(), "/art", CLOSED),
    "5 redirects over two hosts": Case(b"", ((0, "/no", CLOSED), (0, "/art", ALLOWED)), more=hops(5)),
    "24 hours, over restarts": Case(
        [text(NO_SHUT), text(b"")],
        ((0, "/no", CLOSED), (23, "/no", CLOSED), (0.9, "/no", CLOSED), (0.2, "/no", ALLOWED)),
        asked=2,
    ),
    "503 after 24 hours: no old copy": Case(
        [text(NO_SHUT), answer(status=503)], ((0, "/art", ALLOWED), (25, "/art", CLOSED)), asked=2
    ),
}

Ask = Callable[[str], bool | None]


def plainly(kind: str) -> Callable[[str], Ask]:
    """What many programs do: read robots.txt once, with a parser alone, and allow all when there is none."""

    def begin(base: str) -> Ask:
        try:
            got = requests.get(f"{base}/robots.txt", timeout=5)
            if kind == "protego":
                rules = Protego.parse(got.content.decode("utf-8", "ignore") if got.ok else "")
                return lambda url: bool(rules.can_fetch(url, TOKEN))
            parser = RobotFileParser()
            if got.ok:
                parser.parse(got.content.decode("utf-8").splitlines())
            else:
                parser.disallow_all = got.status_code in {401, 403}
                parser.allow_all = 400 <= got.status_code < 500 and not parser.disallow_all
        except requests.RequestException:
            return lambda _: True
        except UnicodeDecodeError:
            return lambda _: None
        else:
            return lambda url: parser.can_fetch(TOKEN, url)

    return begin


def holds(case: Case, serve: Callable[..., Server], time: Time, start: Callable[[], Callable[[str], Ask]]) -> bool:
    """Whether the steps of a case go as the standard says; `start()` gives the program, started anew."""
    open_to_all: Routes = {path.replace("ø", "%C3%B8"): answer(PAGE) for _, path, _ in case.steps}
    robots = [text(case.robots)] if isinstance(case.robots, bytes) else case.robots
    one, two = serve({"/robots.txt": robots, **open_to_all}), serve({})
    if case.more is not None:
        routes = case.more(one.base, two.base)
        one.routes.update(routes[0])
        two.routes.update(routes[1])
    began = start()(one.base)
    for number, (hours, path, allowed) in enumerate(case.steps):
        time.seconds += hours * 3600
        began = start()(one.base) if number else began
        if began(one.url(path)) is not allowed:
            return False
    return case.asked is None or [request.path for request in one.log].count("/robots.txt") == case.asked


@pytest.mark.scorecard
def test_forty_cases_of_the_standard(
    serve: Callable[..., Server],
    settings: Callable[..., object],
    time: Time,
    tmp_path: Path,
    record_property: Callable[[str, str], None],
) -> None:
    """What a site writes in robots.txt, or fails to, is taken as RFC 9309 says, over restarts too."""
    assert len(CASES) == 40

    def ours(name: str) -> Callable[[], Callable[[str], Ask]]:
        made = settings(fetch={"deadline": 2})
        engine = open_database(f"sqlite:///{tmp_path / f'{name}.db'}", backup_dir=tmp_path, now=time.utc())

        def start() -> Callable[[str], Ask]:
            pace = Pace(time.sleep, time.monotonic)
            web = Fetcher(made.sources["here"], made, clock=time.utc, pace=pace, memory=Hosts(engine))  # type: ignore[attr-defined]

            def ask(url: str) -> bool:
                return web.ask(url, kind=PageKind.ARTICLE).page is not None

            return lambda _: ask

        return start

    wrong = [name for number, name in enumerate(CASES) if not holds(CASES[name], serve, time, ours(str(number)))]
    controls = {
        kind: sum(holds(case, serve, time, lambda kind=kind: plainly(kind)) for case in CASES.values())  # type: ignore[misc]
        for kind in ("protego", "stdlib")
    }
    record_property(
        "scorecard",
        f"16|robots.txt by RFC 9309|{40 - len(wrong)} of 40"
        f"|Protego alone {controls['protego']} of 40, the standard library {controls['stdlib']} of 40",
    )
    assert not wrong
    assert max(controls.values()) < 40
