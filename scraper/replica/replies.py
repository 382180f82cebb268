"""What a site of the replica answers, before any socket has a part in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from enum import StrEnum
from html import escape
from typing import NamedTuple, Protocol

from scraper.records import JobAd, Move
from scraper.replica.adverts import Advert
from scraper.replica.announcements import Announcement
from scraper.replica.column import Jobs, Part, People
from scraper.replica.rotation import Rotation


class Site(StrEnum):
    """The three sites of the replica."""

    NEWS = "news"
    SECOND = "second"
    JOBS = "jobs"


class Origins(NamedTuple):
    """Where each site is served, such as http://127.0.0.1:8000, without a slash at the end."""

    news: str = "http://news.invalid"
    second: str = "http://second.invalid"
    jobs: str = "http://jobs.invalid"


class Fault(StrEnum):
    """What is wrong with an article's page, if anything."""

    NOT_FOUND = "404"
    GONE = "410"
    ERROR_ONCE = "500 the first time, then the page"
    ERROR = "500 every time"
    SLOW = "the page in two pieces with a pause between"
    SOFT_404 = "a page that says it is missing, at 200"
    ELSEWHERE = "a redirect to another host"
    WRONG_TYPE = "a PDF under an article's address"
    OVERSIZED = "a page of 12 MB"
    MOVED = "a redirect to the same article's full address"
    DISALLOWED = "a page that robots.txt forbids, with an announcement that must never be read"
    NO_ARTICLE = "a page of links under an article's address"


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer puts before a reader. `truncated` are announcements of which only the beginning is there."""

    moves: tuple[Move, ...] = ()
    job_ads: tuple[JobAd, ...] = ()
    truncated: tuple[Move, ...] = ()


NOTHING = Shown()


@dataclass(frozen=True, slots=True)
class Ask:
    """A request: `count` is how many requests came to the site before it, `attempt` how many for this path."""

    path: str
    now: datetime
    count: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `modified` becomes Last-Modified; `slow` asks for a pause in the middle of the body."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    location: str | None = None
    modified: datetime | None = None
    shown: Shown = NOTHING
    slow: bool = False


class Answering(Protocol):
    """A site: pure, the same question has the same answer."""

    @property
    def rotation(self) -> Rotation:
        """What the site has in rotation."""
        ...

    def answer(self, ask: Ask, origins: Origins) -> Reply:
        """The reply to a request."""
        ...


def seen(parts: list[Part], origin: str) -> Shown:
    """What a side column shows of moves and job ads."""
    announced: list[Announcement] = [item for part in parts if isinstance(part, People) for item in part.items]
    ads: list[Advert] = [ad for part in parts if isinstance(part, Jobs) for ad in part.ads]
    return Shown(
        moves=tuple(item.move for item in announced if item.whole),
        job_ads=tuple(ad.record(origin) for ad in ads),
        truncated=tuple(item.move for item in announced if not item.whole),
    )


def simple_page(title: str, words: str, *, status: int = 200) -> Reply:
    """A short page that says one thing."""
    html = (
        f'<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body><h1>{escape(title)}</h1><p>{escape(words)}</p><p><a href='/'>Til forsiden</a></p></body></html>\n"
    )
    return Reply(body=html.encode(), status=status)


def missing(*, status: int = 404) -> Reply:
    """The answer to an address that leads nowhere, or no longer."""
    return simple_page("Siden findes ikke", "Vi kan ikke finde den side, du leder efter.", status=status)


def plain(words: str, modified: datetime) -> Reply:
    """A text file, such as robots.txt."""
    return Reply(body=words.encode(), content_type="text/plain; charset=utf-8", modified=modified)


def http_date(moment: datetime) -> str:
    """A moment as HTTP and RSS write it."""
    return format_datetime(moment, usegmt=True)


def latest(*moments: datetime) -> datetime:
    """The last of some moments, in whole seconds as HTTP knows them."""
    return max(moments).replace(microsecond=0)
