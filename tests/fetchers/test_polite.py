"""How fast, how often, and when not at all: shown on the log of a server that keeps the test's time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.config import FetchSettings
from scraper.errors import FetchReason
from scraper.fetchers.polite import MOST_PATIENCE, Pace, Patience, retry_after
from scraper.fetchers.site_files import InMemory
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.fetchers.conftest import PAGE, Time
from tests.servers import Route, Server, Talk, answer

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

RETRY_AFTER = {
    "120": 120.0,
    " 7 ": 7.0,
    "0": 0.0,
    "999999999999999999999": MOST_PATIENCE,
    "Mon, 02 Mar 2026 08:02:00 GMT": 120.0,
    "Monday, 02-Mar-26 08:02:00 GMT": 120.0,
    "Mon Mar  2 08:02:00 2026": 120.0,
    "Mon, 02 Mar 2026 07:00:00 GMT": 0.0,
    "Mon, 02 Mar 2027 08:02:00 GMT": MOST_PATIENCE,
    "-5": None,
    "1.5": None,
    "soon": None,
    "": None,
    "Mon, 99 Mar 2026 08:02:00 GMT": None,
}


@pytest.mark.parametrize("value", RETRY_AFTER)
def test_retry_after_is_read_in_every_form(value: str) -> None:
    """A site may ask for a pause in seconds or by a date in three spellings; nonsense asks for nothing."""
    assert retry_after(value, NOW) == RETRY_AFTER[value]


def test_no_retry_after_is_none() -> None:
    """A site that asks for no pause gets our own."""
    assert retry_after(None, NOW) is None


@given(st.text(max_size=60))
def test_no_retry_after_is_too_strange(value: str) -> None:
    """Whatever stands in the header, the pause is none or between nothing and six hours."""
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds <= MOST_PATIENCE


def test_back_off_doubles_and_ends() -> None:
    """The first try again comes at once, the next after twice the back-off, doubling, and then there is an end."""
    patience = Patience(FetchSettings(retries=4, backoff=2))
    assert [patience.pause(None) for _ in range(5)] == [0, 4, 8, 16, None]
    patience = Patience(FetchSettings(retries=1, backoff=2))
    assert patience.pause(404) is None
    assert [patience.pause(503), patience.pause(503)] == [0, None]
    assert Patience(FetchSettings(retries=0)).pause(None) is None


# ── gaps ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def gaps(server: Server) -> list[float]:
    times = [request.at for request in server.log]
    return [later - earlier for earlier, later in pairwise(times)]


def test_the_gap_of_config_is_held(serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time) -> None:
    """Between two requests to a host lie at least the seconds of config.yaml, robots.txt included."""
    server = serve({f"/{n}": answer(PAGE) for n in range(4)})
    web = fetcher(source={"gap": 10})
    for n in range(4):
        assert web.ask(server.url(f"/{n}"), kind=PageKind.ARTICLE).page is not None
    assert gaps(server) == [10] * 4
    assert time.waits == [10] * 4


def test_without_a_gap_there_is_none(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """The control: with no gap configured the requests follow at once."""
    server = serve({"/1": answer(PAGE), "/2": answer(PAGE)})
    web = fetcher()
    for path in ("/1", "/2"):
        web.ask(server.url(path), kind=PageKind.ARTICLE)
    assert gaps(server) == [0, 0]


def test_a_longer_crawl_delay_is_held(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A site that asks for a longer pause gets it, and one that asks for a shorter does not hurry us."""
    for asked, held in [("30", 30), ("2", 10)]:
        robots = answer(f"User-agent: *\nCrawl-delay: {asked}".encode(), Content_Type="text/plain")
        server = serve({"/robots.txt": robots, "/1": answer(PAGE), "/2": answer(PAGE)})
        web = fetcher(source={"gap": 10})
        for path in ("/1", "/2"):
            web.ask(server.url(path), kind=PageKind.ARTICLE)
        assert gaps(server)[1:] == [held]


def test_a_slow_site_is_left_alone_five_times_as_long(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """The gap grows with the time that the last answer took, counted from its end."""

    def slow(talk: Talk) -> None:
        time.seconds += 7
        talk.send(answer(PAGE))

    server = serve({"/slow": slow, "/next": answer(PAGE), "/last": answer(PAGE)})
    web = fetcher(source={"gap": 10})
    for path in ("/slow", "/next", "/last"):
        web.ask(server.url(path), kind=PageKind.ARTICLE)
    assert gaps(server) == [10, 7 + 35, 10]


def test_a_wait_counts_from_the_end_of_the_last_request(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """Time spent on parsing and storing is not waited for twice."""
    server = serve({"/1": answer(PAGE), "/2": answer(PAGE), "/3": answer(PAGE)})
    web = fetcher(source={"gap": 10})
    web.ask(server.url("/1"), kind=PageKind.ARTICLE)
    time.seconds += 6
    web.ask(server.url("/2"), kind=PageKind.ARTICLE)
    time.seconds += 60
    web.ask(server.url("/3"), kind=PageKind.ARTICLE)
    assert time.waits == [10, 4]
    assert gaps(server) == [10, 10, 60]


def test_redirects_and_tries_keep_the_gap_too(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """No request slips past the pace because another one caused it."""
    server = serve({"/1": answer(status=302, Location="/2"), "/2": [answer(status=500), answer(PAGE)]})
    web = fetcher(source={"gap": 10}, fetch={"retries": 2, "backoff": 1})
    assert web.ask(server.url("/1"), kind=PageKind.ARTICLE).page is not None
    assert [request.path for request in server.log] == ["/robots.txt", "/1", "/2", "/1", "/2"]
    assert gaps(server) == [10] * 4


def test_the_wait_does_not_eat_the_deadline(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A long gap between a page and the one it redirects to leaves the deadline for the exchange itself."""
    server = serve({"/1": answer(status=302, Location="/2"), "/2": answer(PAGE)})
    got = fetcher(source={"gap": 600}, fetch={"deadline": 2}).ask(server.url("/1"), kind=PageKind.ARTICLE)
    assert got.page is not None
    assert got.fetch.elapsed_ms < 2000


def test_two_sources_on_one_host_share_its_pace(
    serve: Callable[..., Server], settings: Callable[..., object], time: Time
) -> None:
    """A host is not asked twice as often because two sources live on it."""
    made = settings(source={"gap": 10})
    pace = Pace(time.sleep, time.monotonic)
    memory = InMemory()
    server = serve({"/1": answer(PAGE)})
    for _ in range(2):
        with Fetcher(made.sources["here"], made, clock=time.utc, pace=pace, memory=memory) as web:  # type: ignore[attr-defined]
            web.ask(server.url("/1"), kind=PageKind.ARTICLE)
    assert gaps(server) == [10, 10]


# ── trying again ────────────────────────────────────────────────────────────────────────────────────────────────────

HALF = answer(PAGE, length=len(PAGE) + 9)


def half(talk: Talk) -> None:
    talk.send(HALF)
    talk.close()


RECOVERED: dict[str, list[Route]] = {
    "503": [answer(status=503), answer(PAGE)],
    "500, 502, 504": [answer(status=500), answer(status=502), answer(status=504), answer(PAGE)],
    "429": [answer(status=429), answer(PAGE)],
    "dropped": [lambda talk: talk.close(), lambda talk: talk.reset(), answer(PAGE)],
    "a body that breaks off": [half, half, answer(PAGE)],
}


@pytest.mark.parametrize("case", RECOVERED)
def test_a_passing_fault_is_got_over(case: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """What fails once or twice and then works is a page, and nobody hears of it."""
    server = serve({"/page": RECOVERED[case]})
    got = fetcher(fetch={"retries": 3}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.page is not None
    assert got.page.body == PAGE
    assert len(server.paths()) == len(RECOVERED[case])


@pytest.mark.parametrize("case", RECOVERED)
def test_without_tries_the_fault_stands(
    case: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """The control: it is the trying again that gets over it."""
    server = serve({"/page": RECOVERED[case]})
    assert fetcher(fetch={"retries": 0}).ask(server.url("/page"), kind=PageKind.ARTICLE).page is None
    assert len(server.paths()) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501])
def test_a_plain_no_is_not_asked_twice(
    status: int, serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """What will not change by asking is asked once."""
    server = serve({"/page": answer(status=status)})
    fetcher(fetch={"retries": 3}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert len(server.paths()) == 1


def test_a_deadline_is_not_tried_again(serve: Callable[..., Server], fetcher: Callable[..., Fetcher]) -> None:
    """A site that holds us once is not given the chance to hold us four times."""
    server = serve({"/page": lambda talk: talk.stall()})
    fetcher(fetch={"retries": 3, "deadline": 0.2}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert len(server.paths()) == 1


def test_back_off_is_slept_by_the_given_sleeper(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """The pauses between tries are those of config.yaml."""
    server = serve({"/page": answer(status=503)})
    got = fetcher(fetch={"retries": 3, "backoff": 2}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.SERVER_ERROR
    assert time.waits == [4, 8]
    assert gaps(server)[1:] == [0, 4, 8]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_waited_for(
    status: int, form: str, serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """A site that says when to come again is asked then, and not before."""
    value = "90" if form == "seconds" else format_datetime(time.utc() + timedelta(seconds=90), usegmt=True)
    server = serve({"/page": [answer(status=status, Retry_After=value), answer(PAGE)]})
    got = fetcher(fetch={"retries": 3, "backoff": 2}).ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.page is not None
    assert time.waits == [90]


def test_a_site_that_asks_for_too_long_a_pause_is_left_alone(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher], time: Time
) -> None:
    """Beyond our patience the page fails, and no other page of the host is asked for until the time is over."""
    server = serve({"/page": answer(status=429, Retry_After="3600"), "/other": answer(PAGE)})
    web = fetcher(fetch={"retries": 3, "retry_after_max": 120})
    got = web.ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.RATE_LIMITED
    assert got.fetch.status == 429
    got = web.ask(server.url("/other"), kind=PageKind.ARTICLE)
    assert got.fetch.reason == FetchReason.RATE_LIMITED
    assert "3600 s more" in got.fetch.detail
    assert time.waits == []
    assert server.paths() == ["/page"]
    time.seconds += 3600
    assert web.ask(server.url("/other"), kind=PageKind.ARTICLE).page is not None


def test_a_pause_asked_for_at_the_last_try_is_kept_for_the_next_page(
    serve: Callable[..., Server], fetcher: Callable[..., Fetcher]
) -> None:
    """When the tries are spent, what the site asked for still holds for the pages after."""
    server = serve({"/page": answer(status=503, Retry_After="60"), "/other": answer(PAGE)})
    web = fetcher(fetch={"retries": 1})
    web.ask(server.url("/page"), kind=PageKind.ARTICLE)
    assert web.ask(server.url("/other"), kind=PageKind.ARTICLE).fetch.reason == FetchReason.RATE_LIMITED
    assert server.paths() == ["/page", "/page"]
