"""What flows through the house: pages in, moves and job ads out, and the facts about how they were had.

All are frozen; nothing here does I/O, and this module knows no other. The meaning of each field of a `Move` is
documented in docs/data-model.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import total_ordering
from typing import Any, NamedTuple

Span = tuple[int, int]
"""A half-open range (start, end) of characters in the `text` of the record that carries it."""

Evidence = Mapping[str, Span]
"""For each filled field the span of `text` that says it; for a list field the span from its first item to its last."""


class MoveKind(StrEnum):
    """What an announcement announces."""

    HIRE = "hire"
    PROMOTION = "promotion"
    BOARD = "board"
    DEPARTURE = "departure"
    EDUCATION = "education"
    CERTIFICATION = "certification"
    ANNIVERSARY = "anniversary"
    BIRTHDAY = "birthday"
    FOUNDING = "founding"
    AWARD = "award"
    DEATH = "death"
    OTHER = "other"


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the text tells it: a year, a month of a year, or a day.

    `str()` gives `2026`, `2026-01` or `2026-01-01` (ISO 8601 with reduced precision). Sorts by the first day it may
    mean, the less precise first. Raises ValueError for a date that does not exist.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"] + [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        return "day" if self.day is not None else "month" if self.month is not None else "year"

    @property
    def first_day(self) -> date:
        """The first day it may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day it may mean."""
        if self.day is not None:
            return self.first_day
        year, month = (self.year, self.month + 1) if self.month is not None else (self.year, 13)
        following = date(year + 1, 1, 1) if month > 12 else date(year, month, 1)
        return following - timedelta(days=1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """The opposite of `str()`."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError(f"no partial ISO date: {text!r}")
        return cls(*(int(part) for part in text.split("-")))

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)


class Block(NamedTuple):
    """A run of text that a reader sees as one piece, in reading order; `link` is where it leads, absolute, if it does.

    `heading` says that the mark-up or the look calls it a heading: a hint, never a condition. `parts` are the inline
    elements that it is made of, where it is made of several side by side: a look may set them apart, or not. `path` are
    the numbers of the elements it stands in, the outermost first: what two blocks share tells how near they are.
    """

    text: str
    link: str | None = None
    heading: bool = False
    parts: tuple[str, ...] = ()
    path: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of one page and what came with them.

    `charset` is what the transport declared, if anything. `published` is the day against which a date without a
    year is resolved (for a fetched page the day of the fetch), None when unknown.
    """

    url: str
    body: bytes
    content_type: str = "text/html"
    charset: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One people move as one announcement states it. None or an empty tuple: the text does not say it."""

    kind: MoveKind
    person: str
    age: int | None = None
    company: str | None = None
    role: str | None = None
    unit: str | None = None
    location: str | None = None
    start_date: PartialDate | None = None
    start_date_text: str | None = None
    previous_role: str | None = None
    previous_company: str | None = None
    earlier_companies: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    focus: str | None = None
    label: str | None = None
    text: str = ""
    evidence: Evidence = field(default_factory=dict, hash=False)
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobAd:
    """One job ad as a page shows it. `posted` and `deadline` come from JSON-LD; `identifier` is the board's own."""

    company: str
    title: str
    region: str | None = None
    url: str | None = None
    posted: date | None = None
    deadline: date | None = None
    employment_type: str | None = None
    identifier: str | None = None
    text: str = ""
    evidence: Evidence = field(default_factory=dict, hash=False)
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparsed:
    """An announcement that no rule read whole: kept with its text, and read again when the parser is better."""

    text: str
    reason: str
    label: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something about a page that a person should know. `code` is a stable word, `message` a sentence."""

    code: str
    message: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that a page says: what the parser gives for it."""

    moves: tuple[Move, ...] = ()
    job_ads: tuple[JobAd, ...] = ()
    unparsed: tuple[Unparsed, ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: tuple[str, ...] = ()
    """The headings of people sections as the page writes them, for the health of the source."""


class FetchOutcome(StrEnum):
    """How asking for a page ended."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What to send back so that an unchanged page costs no body (RFC 9110, section 13)."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One request and its end, as it is kept: `at` in UTC, sizes in bytes, times in milliseconds.

    `bytes_received` counts the body as it crossed the wire. `archive` is (file name, offset) of the WARC record.
    `allowed_by` says which rule let the request through, `reservation` what was said against text and data mining.
    """

    url: str
    at: datetime
    outcome: FetchOutcome
    final_url: str | None = None
    status: int | None = None
    reason: str | None = None
    detail: str = ""
    bytes_received: int = 0
    elapsed_ms: int = 0
    validators: Validators = Validators()
    body_sha256: str | None = None
    archive: tuple[str, int] | None = None
    allowed_by: str = ""
    reservation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFile:
    """What a site says of itself in a file of its own: robots.txt, tdmrep.json. The answer stands until `until`.

    `reason` says why the file could not be had. `body` is the file as it was last had: a failure that tells nothing
    about the file (no answer, a server error) leaves it standing.
    """

    asked_at: datetime
    until: datetime
    status: int | None = None
    reason: str | None = None
    detail: str = ""
    body: bytes | None = None
    archive: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPause:
    """Until when a host asked to be left alone, when it said so, and its words."""

    said_at: datetime
    until: datetime
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page that was asked for over the network: the facts of the request, and the page unless it is unchanged."""

    fetch: Fetch
    page: Page | None


class PageKind(StrEnum):
    """What a page of a source is."""

    ARTICLE = "article"
    JOB_AD = "job_ad"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A page that discovery found: `identity` names it for good within its source, whatever its slug or host."""

    url: str
    identity: str
    kind: PageKind = PageKind.ARTICLE
    title: str = ""
    published: datetime | None = None


def plain(record: Move | JobAd | Unparsed | Problem) -> dict[str, Any]:
    """A record as JSON knows it: dates as ISO strings, tuples as lists, evidence as `{field: [start, end]}`."""

    def value(item: object) -> object:
        if isinstance(item, StrEnum):
            return item.value
        if isinstance(item, PartialDate | date):
            return str(item)
        if isinstance(item, tuple):
            return [value(part) for part in item]
        if isinstance(item, Mapping):
            return {key: value(part) for key, part in item.items()}
        return item

    return {name: value(getattr(record, name)) for name in record.__dataclass_fields__}
