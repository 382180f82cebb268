"""The replica as a whole: what its three sites answer, and the truth about it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from scraper.records import JobAd, Move
from scraper.replica import articles
from scraper.replica.board import JobBoard
from scraper.replica.news import FEWEST, Draw, NewsSite
from scraper.replica.replies import Answering, Ask, Origins, Reply, Site
from scraper.replica.rotation import Rotation
from scraper.replica.second import HEADING as SECOND_HEADING
from scraper.replica.second import SecondSite


class Truth(NamedTuple):
    """What is in rotation at a moment."""

    moves: list[Move]
    job_ads: list[JobAd]


class Replica:
    """A news site, a second one and a job board, all invented; the same seed gives the same sites.

    `start` is the moment at which they open (aware); `now` is their clock, which only `advance` and assignment move.
    With `draw="random"` each answer has a side column of its own, by the number of the request; with `"fixed"` it
    follows from the article and the week alone, so that an unchanged page is answered with 304. The replica does no
    I/O and keeps no count of what it answers. Raises ValueError for a naive `start` or fewer than 40 articles.
    """

    def __init__(self, seed: int = 1, *, start: datetime, articles: int = 200, draw: Draw = "random") -> None:
        if articles < FEWEST:
            raise ValueError(f"a replica needs at least {FEWEST} articles, not {articles}")
        _aware(start)
        self.seed = seed
        self.start = start
        self.draw = draw
        self.origins = Origins()
        self._now = start
        news = Rotation("news", seed, start, announcements=40, adverts=14)
        second = Rotation("second", seed, start, announcements=12, adverts=4, first_person=4500, first_advert=240)
        jobs = Rotation("jobs", seed, start, announcements=0, adverts=18, board=True)
        self.news = NewsSite(seed, start, articles, draw, news)
        self.second = SecondSite(seed, start, draw, second)
        self.jobs = JobBoard(seed, start, jobs)
        self._sites: dict[Site, Answering] = {Site.NEWS: self.news, Site.SECOND: self.second, Site.JOBS: self.jobs}

    @property
    def now(self) -> datetime:
        """The sites' clock."""
        return self._now

    @now.setter
    def now(self, moment: datetime) -> None:
        _aware(moment)
        self._now = moment

    def advance(self, *, weeks: int = 0, days: int = 0) -> None:
        """Move the sites' clock on."""
        self._now += timedelta(weeks=weeks, days=days)

    @property
    def lures(self) -> frozenset[str]:
        """Names of people and organisations that nothing is announced about: none may ever be in a database."""
        return articles.lures(self.seed)

    def reply(self, site: Site, path: str, *, count: int = 0, attempt: int = 0) -> Reply:
        """What `site` answers now for `path` (without its query), the request being its `count`-th."""
        return self._sites[site].answer(Ask(path, self._now, count=count, attempt=attempt), self.origins)

    def truth(self, now: datetime | None = None, *, site: Site | None = None) -> Truth:
        """The moves and job ads in rotation at `now` (or by the sites' clock), of one site or of all."""
        moment = now or self._now
        moves: list[Move] = []
        ads: list[JobAd] = []
        for each, answering in self._sites.items():
            if site in {None, each}:
                rotation, origin = answering.rotation, getattr(self.origins, each.value)
                week = rotation.week(moment)
                moves += [announcement.move for announcement in rotation.announced(week)]
                ads += [ad.record(origin, own_page=rotation.board) for ad in rotation.advertised(week)]
        return Truth(moves, ads)

    def config(self, origins: Origins, data_dir: Path | str) -> str:
        """The text of a config.yaml that has navnenyt scrape the three sites, served at `origins`, into `data_dir`."""

        def quoted(value: object) -> str:
            return json.dumps(str(value), ensure_ascii=False)

        news, second, jobs = origins
        return f"""\
# The replica: three invented sites on this machine.
contact: demo@example.invalid
data_dir: {quoted(data_dir)}

fetch:
  deadline: 5
  max_megabytes: 2
  retries: 1
  backoff: 0
  allow_private_addresses: true   # the sites are served on loopback

sources:
  kodebladet:
    kind: articles
    title: Kodebladet
    feeds: [{quoted(news + "/rss/all")}]
    pages: [{quoted(news + "/")}]
    hosts: [{quoted(_host(news))}]
    id_pattern: '/art/(\\d+)'
    id_url: {quoted(news + "/art/{id}")}
    gap: 0
    pages_per_run: 400
    pages_per_day: 5000
    terms_reviewed: {self.start.date().isoformat()}

  fjordens-tidende:
    kind: articles
    title: Fjordens Tidende
    feeds: [{quoted(second + "/atom.xml")}]
    hosts: [{quoted(_host(second))}]
    id_pattern: '/nyheder/\\d{{4}}/[\\w-]+-(\\d+)$'
    headings: [{quoted(SECOND_HEADING)}]
    gap: 0
    pages_per_run: 100
    pages_per_day: 5000
    terms_reviewed: {self.start.date().isoformat()}

  jobfyret:
    kind: job_board
    title: Jobfyret
    feeds: [{quoted(jobs + "/job.rss")}]
    hosts: [{quoted(_host(jobs))}]
    id_pattern: '/jobannonce/(\\w+)'
    gap: 0
    pages_per_run: 100
    pages_per_day: 5000
    terms_reviewed: {self.start.date().isoformat()}
"""


def _host(origin: str) -> str:
    return origin.split("//", 1)[1]


def _aware(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("the replica's clock needs a time zone")
