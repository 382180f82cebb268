"""What sampling costs and what it catches: thirty days on the replica beside a crawler that fetches every new article."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.parsers import parse_page
from scraper.records import JobAd, Move, Page
from scraper.replica import Replica, ReplicaServer, Site
from scraper.replica.news import FRONT_LENGTH
from tests.test_run import Scene

START = datetime(2026, 1, 12, 8, tzinfo=UTC)


def key(record: Move | JobAd) -> tuple[str, ...]:
    if isinstance(record, Move):
        return (record.kind.value, record.person, record.company or "")
    return (record.company, record.title, record.region or "")


class PlainCrawler:
    """Fetches every article that the site lists, once, and reads it with the same parser."""

    def __init__(self, replica: Replica) -> None:
        self.replica, self.asked, self.found = replica, set[int](), set[tuple[str, ...]]()
        self.requests = 0

    def run(self) -> None:
        news = self.replica.news
        self.requests += 1  # the list of articles
        for number in news._newest(self.replica.now, FRONT_LENGTH):
            if number in self.asked:
                continue
            self.asked.add(number)
            self.requests += 1
            reply = self.replica.reply(Site.NEWS, news.path(number), count=100_000 + len(self.asked))
            if reply.status == 200 and "html" in reply.content_type and len(reply.body) < 2_000_000:
                said = parse_page(Page(url="http://127.0.0.1/", body=reply.body, published=self.replica.now.date()))
                self.found |= {key(record) for record in (*said.moves, *said.job_ads)}


@pytest.mark.scorecard
def test_thirty_days_on_the_replica(tmp_path, record_property):
    """Runs that stop when enough is seen catch nearly all that was in rotation; the estimates hold; no alarm is raised."""
    replica = Replica(seed=5, start=START, articles=120)
    truth: set[tuple[str, ...]] = set()
    inside = seen_is_all = estimates = requests = left = 0
    plain = PlainCrawler(replica)
    with ReplicaServer(replica, slow=0.01) as server:
        scene = Scene(server, tmp_path, pages_per_run=80)
        for _ in range(0, 30, 3):
            now = replica.truth(site=Site.NEWS)
            truth |= {key(record) for record in (*now.moves, *now.job_ads)}
            plain.run()
            (source,) = scene.run("kodebladet").sources
            assert source.alarms == []
            requests, left = requests + sum(source.requests.values()), left + source.left
            for kind, records in (("move", now.moves), ("job_ad", now.job_ads)):
                found = source.coverage[kind]
                shown = {key(record) for record in records}
                estimates += 1
                inside += found.low - 1 <= len(shown) <= found.high + 1
                seen_is_all += abs(found.seen - len(shown)) <= 1
            replica.advance(days=3)
        stored = set(scene.ask("SELECT kind, person, coalesce(company, '') FROM move"))
        stored |= set(scene.ask("SELECT company, title, coalesce(region, '') FROM job_ad"))
    caught, by_plain = len(truth & stored), len(truth & plain.found)
    every = requests + left
    record_property(
        "scorecard",
        f"37|30 days: true records caught, requests for each"
        f"|{caught / len(truth):.1%}, {requests / caught:.2f} (the whole budget: {every / caught:.2f})"
        f"|every new article once: {by_plain / len(truth):.1%}, {plain.requests / by_plain:.2f}",
    )
    record_property(
        "scorecard",
        f"37|coverage on the replica: true number within its interval|{inside} of {estimates}"
        f"|what was seen taken for all: {seen_is_all} of {estimates}",
    )
    assert caught / len(truth) >= 0.97
    assert by_plain < caught
    assert left
    assert inside >= 0.9 * estimates
    assert seen_is_all < inside
