"""How we stand with each source: whether we may ask it, how often, what it last answered and what it asks of us.

All of it from config.yaml and the database: nothing here asks a site for anything, so that a person may look as often
as they like.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Engine

from db import hosts
from db.engine import reading
from db.store import Store
from scraper.config import Settings, SourceSettings, TdmRule
from scraper.danish_time import danish_date
from scraper.fetchers.polite import SLOWNESS
from scraper.fetchers.reservations import TDMREP, Reservation, in_robots, in_tdmrep, kept
from scraper.fetchers.robots import PATH, RobotsFile, verdict_on
from scraper.fetchers.site_files import host_of, site_of
from scraper.records import SiteFile

TERMS_AGE = timedelta(days=365)
"""After so long the terms are to be read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How we stand with one source; times in UTC, `gap` in seconds.

    `allowed` is `yes`, `no`, `partly` or `unknown`, and `why` says by which rule. `terms` is `read`, `old` (more than a
    year ago) or `unread`. `gap_because` tells which of three asks for the longest pause. `reservation` holds what the
    site says against text and data mining, whether `tdm` obeys it or not.
    """

    source: str
    title: str
    enabled: bool
    allowed: str
    why: str
    terms: str
    terms_reviewed: date | None
    gap: float
    gap_because: str
    pages_today: int
    pages_per_day: int
    feeds_today: int
    last_answer_at: datetime | None
    last_answer: str
    paused_until: datetime | None
    paused_because: str
    next_due: datetime | None
    tdm: str
    reservation: str


def standings(
    settings: Settings,
    engine: Engine | None,
    now: datetime,
    *,
    next_due: datetime | None = None,
) -> list[Standing]:
    """One for each source of config.yaml, in its order; without a database (None) as before the first run.

    `next_due` is the next scheduled run, if there is a schedule: it visits the sources that are enabled. Raises
    DatabaseLocked or StoreError.
    """
    sources = settings.sources.values()
    if engine is None:
        return [_standing(settings, source, _Nothing(), now, next_due) for source in sources]
    store = Store(engine)
    with reading(engine) as connection:
        return [
            _standing(settings, source, _Stored(connection, store, source, now), now, next_due) for source in sources
        ]


class _Nothing:
    """What is known of a source before the first run."""

    pages = feeds = 0
    answer: hosts.LastAnswer | None = None
    reservation = ""
    example: str | None = None

    def file(self, url: str, path: str) -> SiteFile | None:  # noqa: ARG002 - as the one below
        return None

    def pause(self, url: str, now: datetime) -> tuple[datetime, str] | None:  # noqa: ARG002 - as the one below
        return None


class _Stored(_Nothing):
    """What the database knows of a source."""

    def __init__(self, connection: Connection, store: Store, source: SourceSettings, now: datetime) -> None:
        self._connection = connection
        self.pages = store.pages_fetched_on(source.name, danish_date(now))
        self.feeds = store.pages_fetched_on(source.name, danish_date(now), feeds=True)
        self.answer = hosts.last_answer(connection, source.name)
        self.reservation = hosts.last_reservation(connection, source.name)
        self.example = next((page.url for page in store.known_pages(source.name, limit=1)), None)

    def file(self, url: str, path: str) -> SiteFile | None:
        return hosts.site_file(self._connection, site_of(url), path)

    def pause(self, url: str, now: datetime) -> tuple[datetime, str] | None:
        pause = hosts.pause(self._connection, host_of(url))
        return (pause.until, pause.said) if pause is not None and pause.until > now else None


def _standing(
    settings: Settings, source: SourceSettings, known: _Nothing, now: datetime, next_due: datetime | None
) -> Standing:
    entrances = (*source.feeds, *source.pages)
    looked_at = entrances if known.example is None else (*entrances, known.example)
    allowed, why = _allowed(looked_at, source, known, settings.robots_token)
    found = [item for url in looked_at for item in _said(url, known, settings.robots_token)]
    gap, because = _gap(entrances[0], source, known, settings.robots_token)
    pauses = [pause for url in entrances if (pause := known.pause(url, now)) is not None]
    until, asked = min(pauses) if len(pauses) == len(entrances) else (None, "")
    read = source.terms_reviewed
    return Standing(
        source=source.name,
        title=source.title or source.name,
        enabled=source.enabled,
        allowed=allowed,
        why=why,
        terms="unread" if read is None else "old" if now.date() - read > TERMS_AGE else "read",
        terms_reviewed=read,
        gap=gap,
        gap_because=because,
        pages_today=known.pages,
        pages_per_day=source.pages_per_day,
        feeds_today=known.feeds,
        last_answer_at=known.answer.at if known.answer else None,
        last_answer=known.answer.ended if known.answer else "",
        paused_until=until,
        paused_because=asked,
        next_due=next_due if source.enabled else None,
        tdm=source.tdm.value,
        reservation=kept(found) or known.reservation,
    )


def _said(url: str, known: _Nothing, token: str) -> list[Reservation]:
    """What the site's own files say against mining the page at `url`."""
    robots, tdmrep = known.file(url, PATH), known.file(url, TDMREP)
    rules = RobotsFile(robots.body, token) if robots is not None and robots.body is not None else None
    return in_robots(rules, url) + (in_tdmrep(tdmrep.body, url) if tdmrep is not None else [])


def _allowed(urls: tuple[str, ...], source: SourceSettings, known: _Nothing, token: str) -> tuple[str, str]:
    """Whether the source's entrances, and one of its pages, may be asked for; and why, by what was last had."""
    words: dict[str, str] = {}
    for url in urls:
        words[url], why = _verdict(url, source, known, token)
        if words[url] == "unknown":
            return "unknown", why
        words[url] += f"\n{why}"
    refused = {url: said.partition("\n")[2] for url, said in words.items() if said.startswith("no")}
    if not refused:
        return "yes", next(iter(words.values())).partition("\n")[2]
    url, why = next(iter(refused.items()))
    return ("no" if len(refused) == len(words) else "partly"), f"{why}, for {url}"


def _verdict(url: str, source: SourceSettings, known: _Nothing, token: str) -> tuple[str, str]:
    file = known.file(url, PATH)
    if file is None:
        return "unknown", f"the robots.txt of {host_of(url)} has not been asked for yet"
    verdict = verdict_on(file, url, token)
    at = f"{file.asked_at:%Y-%m-%d %H:%M} UTC"
    if verdict is None:
        return "no", f"robots.txt could not be had ({file.reason}, {at}): nothing is asked for until it can"
    why = f"{verdict.said} ({at})"
    if not verdict.allowed:
        return "no", why
    for item in _said(url, known, token):
        if source.tdm is TdmRule.STRICT or (source.tdm is TdmRule.OBEY and item.to_us):
            return "no", f"reserved by {item}"
    return "yes", why


def _gap(url: str, source: SourceSettings, known: _Nothing, token: str) -> tuple[float, str]:
    """The pause between two requests that is in force now, and what asks for it."""
    file = known.file(url, PATH)
    delay = RobotsFile(file.body, token).crawl_delay if file is not None and file.body is not None else None
    asked = [
        (source.gap, "configured"),
        (delay or 0.0, "Crawl-delay in robots.txt"),
        (SLOWNESS * known.answer.took if known.answer else 0.0, f"{SLOWNESS} x the time of the last answer"),
    ]
    return max(asked, key=lambda item: item[0])
