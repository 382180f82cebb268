"""What is remembered of hosts, and when it is asked for anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from scraper.errors import FetchReason
from scraper.fetchers.pauses import UNSAID, Pauses
from scraper.fetchers.polite import MOST_PATIENCE, Pace
from scraper.fetchers.site_files import InMemory, SiteFiles, host_of, site_of
from scraper.fetchers.web import Fetcher
from scraper.records import HostPause, PageKind, SiteFile
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Server, answer

SITE = "https://www.example.dk"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://WWW.Example.dk/x", "www.example.dk"),
        ("https://www.example.dk:443/", "www.example.dk"),
        ("http://www.example.dk:443/", "www.example.dk:443"),
        ("http://127.0.0.1:80", "127.0.0.1"),
        ("http://[::1]:8000/", "[::1]:8000"),
    ],
)
def test_a_host_has_one_name(url: str, host: str) -> None:
    """However an address is spelled, its host has one pace, one pause and one robots.txt."""
    assert host_of(url) == host
    assert site_of(url) == f"{url.partition(':')[0]}://{host}"


def test_a_file_is_kept_for_a_day_and_a_failure_for_an_hour(time: Time) -> None:
    """What was had stands for 24 hours; what could not be had is asked again after one, its last body kept."""
    answers = [
        SiteFile(asked_at=time.utc(), until=time.utc(), status=200, body=b"one"),
        SiteFile(asked_at=time.utc(), until=time.utc(), reason=FetchReason.DNS.value),
        SiteFile(asked_at=time.utc(), until=time.utc(), status=404, reason=FetchReason.NOT_FOUND.value),
    ]
    asked: list[str] = []

    def ask(url: str) -> SiteFile:
        asked.append(url)
        kept = answers[len(asked) - 1]
        return SiteFile(asked_at=time.utc(), until=time.utc(), status=kept.status, reason=kept.reason, body=kept.body)

    memory = InMemory()
    seen = []
    for hours in (0, 23.9, 0.1, 0.9, 0.1, 23.9):
        time.seconds += hours * 3600
        seen.append((SiteFiles(ask, time.utc, memory).get(SITE, "/robots.txt").body, len(asked)))
    assert seen == [(b"one", 1), (b"one", 1), (b"one", 2), (b"one", 2), (None, 3), (None, 3)]
    assert set(asked) == {f"{SITE}/robots.txt"}


def test_a_clock_that_was_set_back_makes_a_file_be_asked_again(time: Time) -> None:
    """A file from what is now the future does not stand for longer than a day because a clock was wrong."""
    memory = InMemory()
    later = time.utc() + timedelta(days=400)
    memory.keep_site_file(SITE, "/robots.txt", SiteFile(asked_at=later, until=later + timedelta(days=1), body=b"old"))
    fresh = SiteFile(asked_at=time.utc(), until=time.utc(), status=200, body=b"new")
    assert SiteFiles(lambda _: fresh, time.utc, memory).get(SITE, "/robots.txt").body == b"new"


# ── pauses ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def recalled(time: Time, pause: HostPause | None) -> float:
    memory = InMemory()
    if pause is not None:
        memory.keep_pause("www.example.dk", pause)
    return Pauses(Pace(time.sleep, time.monotonic), memory, time.utc).left("www.example.dk")


@pytest.mark.parametrize(
    ("said", "until", "left"),
    [(-600, 600, 600), (-600, 0, 0), (-600, -1, 0), (-600, 90_000, MOST_PATIENCE), (60, 660, 660), (90_000, 93_600, 0)],
)
def test_a_pause_of_an_earlier_run(said: float, until: float, left: float, time: Time) -> None:
    """A host is left until its time, never longer than six hours, and not because a clock was once a day ahead."""
    now = time.utc()
    pause = HostPause(said_at=now + timedelta(seconds=said), until=now + timedelta(seconds=until), said="Retry-After")
    assert recalled(time, pause) == left
    assert recalled(time, None) == 0


def test_what_a_host_asked_for_is_written_down_before_it_is_waited_for(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A run that is killed while it waits leaves the next run the pause to keep; one that waits it out goes on."""
    memory = InMemory()
    server = serve({"/1": [answer(status=503, Retry_After="90"), answer(PAGE)]})
    began = time.utc()
    got = fetcher(memory=memory, fetch={"retries": 2}).ask(server.url("/1"), kind=PageKind.ARTICLE)
    assert got.page is not None
    host = host_of(server.base)
    pause = memory.pause(host)
    assert pause == HostPause(said_at=began, until=began + timedelta(seconds=90), said="Retry-After: 90")


def test_a_host_that_says_429_and_no_time_is_left_for_an_hour(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A site that is asked too often and does not say how long it wants to be left is not asked forty times more."""
    memory = InMemory()
    server = serve({"/1": answer(status=429), "/2": answer(PAGE)})
    web = fetcher(memory=memory, fetch={"retries": 1})
    until = time.utc() + timedelta(seconds=UNSAID)
    assert web.paused_until(server.url("/1")) is None
    for path in ("/1", "/2"):
        assert web.ask(server.url(path), kind=PageKind.ARTICLE).fetch.reason == FetchReason.RATE_LIMITED
    assert server.paths() == ["/1", "/1"]
    assert web.paused_until(server.url("/2")) == until
    assert fetcher(memory=memory).paused_until(server.url("/2")) == until
    time.seconds += UNSAID
    assert fetcher(memory=memory).ask(server.url("/2"), kind=PageKind.ARTICLE).page is not None


def test_the_crawl_delay_holds_for_robots_itself(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A file that is asked for anew is asked for at the pace that it last set."""
    robots = answer(b"User-agent: *\nCrawl-delay: 30", Content_Type="text/plain")
    server = serve({"/robots.txt": robots, "/1": answer(PAGE)})
    web = fetcher(source={"gap": 5})
    web.ask(server.url("/1"), kind=PageKind.ARTICLE)
    time.seconds += 86_400 - 40
    web.ask(server.url("/1"), kind=PageKind.ARTICLE)
    time.seconds += 12
    web.ask(server.url("/1"), kind=PageKind.ARTICLE)
    last_page, robots_again, page = server.log[-3:]
    assert [last_page.path, robots_again.path, page.path] == ["/1", "/robots.txt", "/1"]
    assert robots_again.at - last_page.at == 30


def test_a_run_takes_up_the_pace_of_the_one_before(time: Time) -> None:
    """Two runs in a row keep the gap between them: what the last answer took counts as well."""
    pace = Pace(time.sleep, time.monotonic)
    pace.resume("www.example.dk", ago=4, took=2)
    assert pace.wait("www.example.dk", 5) == 6
    pace.resume("www.example.dk", ago=0, took=99)
    assert pace.wait("www.example.dk", 5) == 0
    pace.resume("another.example", ago=-50, took=0)
    assert pace.wait("another.example", 5) == 5
