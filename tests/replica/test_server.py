from __future__ import annotations

import gzip
import re
import socket
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from urllib3.exceptions import HTTPError

from scraper.records import JobAd, Move
from scraper.replica import Fault, Replica, ReplicaServer, Site
from tests.replica.conftest import START


def get(url: str, **headers: str) -> requests.Response:
    """A request as a client makes it that keeps nothing."""
    return requests.get(url, headers={"Connection": "close"} | headers, timeout=10, allow_redirects=False)


def path_of(server: ReplicaServer, fault: Fault | None) -> str:
    news = server.replica.news
    number = next(n for n in range(news.articles - 1, -1, -1) if news.fault(n) is fault)
    return f"/art/{news.identity(number)}"


def test_what_was_shown_is_what_was_answered(server):
    """The server's count is the sum of its answers: announcements, ads and cut-off ones, site by site."""
    twin = Replica(1, start=START)
    twin.origins = server.replica.origins
    moves: Counter[Move] = Counter()
    ads: Counter[JobAd] = Counter()
    truncated: Counter[Move] = Counter()
    for count, number in enumerate(range(100, 130)):
        path = f"/art/{server.replica.news.identity(number)}"
        get(server.url + path)
        reply = twin.reply(Site.NEWS, path, count=count)
        moves.update(reply.shown.moves)
        ads.update(reply.shown.job_ads)
        truncated.update(reply.shown.truncated)
    shown = server.shown
    assert (shown.moves, shown.job_ads, shown.truncated) == (moves, ads, truncated)
    assert set(shown.moves) <= set(server.replica.truth(site=Site.NEWS).moves)
    assert set(shown.job_ads) <= set(server.replica.truth(site=Site.NEWS).job_ads)
    assert all(ad.url and ad.url.startswith(server.news_url) for ad in shown.job_ads)
    get(server.replica.truth(site=Site.JOBS).job_ads[0].url)
    assert server.shown_on(Site.JOBS).job_ads.total() == 1
    assert server.shown.job_ads.total() == shown.job_ads.total() + 1
    assert not server.shown_on(Site.SECOND).moves


def test_same_crawl_gets_the_same_pages():
    """Two servers of one seed answer the same sequence of requests alike, though each answer is drawn."""
    bodies = []
    for _ in range(2):
        with ReplicaServer(Replica(3, start=START, articles=40)) as server:
            paths = [f"/art/{server.replica.news.identity(number)}" for number in (1, 2, 1, 1)]
            bodies.append([get(server.url + path).content for path in paths])
    assert bodies[0] == bodies[1]
    assert bodies[0][0] != bodies[0][2]


def test_unchanged_pages_answer_304(fixed):
    """With the validators of the first answer the second is empty, until the week is over; the date alone does, too."""
    url = fixed.url + path_of(fixed, None)
    first = get(url)
    etag, date = first.headers["ETag"], first.headers["Last-Modified"]
    before = fixed.shown.moves
    for headers in (
        {"If-None-Match": etag},
        {"If-None-Match": f'"other", {etag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": date},
        {"If-None-Match": etag, "If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        again = get(url, **headers)
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert fixed.shown.moves == before
    for headers in (
        {"If-None-Match": '"other"', "If-Modified-Since": date},
        {"If-Modified-Since": "no date"},
        {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ):
        assert get(url, **headers).status_code == 200
    fixed.replica.advance(weeks=1)
    changed = get(url, **{"If-None-Match": etag, "If-Modified-Since": date})
    assert (changed.status_code, changed.headers["ETag"] != etag) == (200, True)


def test_feed_and_robots_answer_304_even_when_pages_are_drawn(server):
    """Feeds and robots.txt are the same until something changes."""
    for url in (
        f"{server.url}/rss/all",
        f"{server.url}/robots.txt",
        f"{server.second_url}/atom.xml",
        f"{server.jobs_url}/job.rss",
    ):
        first = get(url)
        assert first.status_code == 200
        assert get(url, **{"If-None-Match": first.headers["ETag"]}).status_code == 304
        assert get(url, **{"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    article = get(server.url + path_of(server, None))
    assert "Last-Modified" not in article.headers


def test_body_is_zipped_for_those_who_ask(server):
    """A client that takes gzip gets it, one that does not gets the page as it is."""
    url = f"{server.url}/rss/all"
    plain = requests.get(url, headers={"Accept-Encoding": "identity", "Connection": "close"}, timeout=10)
    zipped = requests.get(url, headers={"Accept-Encoding": "gzip", "Connection": "close"}, timeout=10, stream=True)
    raw = zipped.raw.read(decode_content=False)
    zipped.close()
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(raw) == plain.content


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        (Fault.NOT_FOUND, [404, 404]),
        (Fault.GONE, [410, 410]),
        (Fault.ERROR, [500, 500]),
        (Fault.ERROR_ONCE, [500, 200]),
        (Fault.SLOW, [200, 200]),
        (Fault.SOFT_404, [200, 200]),
        (Fault.WRONG_TYPE, [200, 200]),
        (Fault.MOVED, [301, 301]),
    ],
)
def test_faults_over_http(server, fault, statuses):
    """A faulty page answers with its fault, and the one that fails once is there the second time."""
    url = server.url + path_of(server, fault)
    assert [get(url).status_code for _ in statuses] == statuses
    assert bool(server.shown.moves or server.shown.job_ads) == (
        200 in statuses and fault in {Fault.ERROR_ONCE, Fault.SLOW}
    )


def test_an_oversized_page_is_really_that_large(server):
    """The page that is too large has twelve million bytes, zipped or not."""
    answer = get(server.url + path_of(server, Fault.OVERSIZED))
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) >= 12_000_000


def test_a_redirect_leads_to_another_host(server):
    """The page that has gone elsewhere names the second site, where a trap waits."""
    answer = get(server.url + path_of(server, Fault.ELSEWHERE))
    assert answer.headers["Location"] == f"{server.second_url}/velkommen"


def test_trespassing_is_noticed(server):
    """Whoever asks for what robots.txt forbids, or follows a redirect out of the site, is on the server's list."""
    get(f"{server.url}/robots.txt")
    get(server.url + path_of(server, None))
    assert server.trespasses == []
    disallowed = path_of(server, Fault.DISALLOWED)
    get(server.url + disallowed)
    get(f"{server.url}/print/art/1")
    get(f"{server.second_url}/velkommen")
    get(f"{server.jobs_url}/ansoeg/1")
    assert [entry.path for entry in server.trespasses] == [disallowed, "/print/art/1", "/velkommen", "/ansoeg/1"]


def test_log_keeps_each_request(server):
    """The log has each request with its times, headers, status and size."""
    get(f"{server.url}/rss/all?utm_source=x", **{"User-Agent": "navnenyt/test"})
    head = requests.head(f"{server.jobs_url}/job.rss", headers={"Connection": "close"}, timeout=10)
    assert head.status_code == 200
    first, second = server.log
    assert (first.site, first.method, first.path, first.status) == (Site.NEWS, "GET", "/rss/all?utm_source=x", 200)
    assert first.headers["User-Agent"] == "navnenyt/test"
    assert (second.site, second.method, second.sent) == (Site.JOBS, "HEAD", 0)
    assert first.began <= second.began


def test_many_clients_at_once_get_whole_pages_and_one_count():
    """Eight clients at a time: every page comes whole, and what they got adds up to what the server says it showed."""
    with ReplicaServer(Replica(1, start=START, draw="fixed"), slow=0) as server:
        news = server.replica.news
        numbers = [number for number in range(60, 140) if news.fault(number) is None]
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda n: get(f"{server.url}/art/{news.identity(n)}"), numbers))
        expected = Counter(
            move
            for number in numbers
            for move in server.replica.reply(Site.NEWS, f"/art/{news.identity(number)}").shown.moves
        )
        assert [answer.status_code for answer in answers] == [200] * len(numbers)
        assert server.shown.moves == expected
        assert len(server.log) == len(numbers)


def ask_and_leave(server: ReplicaServer, path: str, *, read_first_half: bool) -> None:
    """Ask for a page and go away before its end, with or without having taken what had come by then."""
    with socket.create_connection(("127.0.0.1", int(server.url.rsplit(":", 1)[1])), timeout=10) as client:
        client.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        got = client.recv(100)
        while b"\r\n\r\n" not in got:
            got += client.recv(1000)
        head, _, body = got.partition(b"\r\n\r\n")
        (length,) = re.findall(rb"Content-Length: (\d+)", head)
        while read_first_half and len(body) < int(length) // 2:
            body += client.recv(65536)


def until_over(server: ReplicaServer, requests_made: int) -> None:
    """Wait until the server is done with so many requests."""
    while len(server.log) < requests_made or any(entry.ended is None for entry in server.log):
        threading.Event().wait(0.001)


@pytest.mark.parametrize("read_first_half", [True, False])
def test_a_slow_page_that_nobody_waits_for_shows_nothing(read_first_half):
    """A client that leaves before a slow page ends has seen nothing of it; one that waits has."""
    with ReplicaServer(Replica(1, start=START, draw="fixed"), slow=60) as server:
        path = path_of(server, Fault.SLOW)
        ask_and_leave(server, path, read_first_half=read_first_half)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(get, server.url + path)
            while len(server.log) < 2:
                threading.Event().wait(0.001)
            server.release.set()
            assert waiting.result(10).status_code == 200
        until_over(server, 2)
        assert server.shown.moves == Counter(server.replica.reply(Site.NEWS, path).shown.moves)


def test_a_client_that_tears_the_connection_down_is_borne(server):
    """Leaving in the middle of a long page ends that request and nothing else."""
    ask_and_leave(server, path_of(server, Fault.OVERSIZED), read_first_half=False)
    until_over(server, 1)
    assert server.log[0].sent == 0
    assert get(f"{server.url}/robots.txt").status_code == 200


def test_server_ends_though_a_client_holds_its_connection(replica):
    """Leaving the `with` block hangs up on idle clients and leaves no thread behind."""
    before = threading.active_count()
    with requests.Session() as session:
        with ReplicaServer(replica) as server:
            assert session.get(f"{server.url}/robots.txt", timeout=10).status_code == 200
        assert threading.active_count() == before
        with pytest.raises((requests.ConnectionError, HTTPError)):
            session.get(f"{server.url}/robots.txt", timeout=10)


def test_config_of_the_server_names_its_ports(server, tmp_path):
    """The config that a running server gives points at the three ports it listens on."""
    text = server.config(tmp_path)
    for url in (server.news_url, server.second_url, server.jobs_url):
        assert f'hosts: ["{url.removeprefix("http://")}"]' in text
