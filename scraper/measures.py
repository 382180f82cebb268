"""What a source gave in one run, measured: all that its health is judged by, as numbers that JSON can keep.

Only pages that came with a fresh body are measured: an answer 304 says that nothing changed, and so nothing broke.
Fields, kinds and labels are counted over different records, not over sightings: one announcement on thirty pages is one
record with an age, not thirty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from db.moves import Again
from scraper.errors import FetchReason
from scraper.records import Extraction, Fetch, FetchOutcome, JobAd, Move, Page

MOVE_FIELDS = (
    "age",
    "company",
    "role",
    "unit",
    "location",
    "start_date",
    "previous_role",
    "previous_company",
    "earlier_companies",
    "education",
    "institution",
    "focus",
    "label",
)
AD_FIELDS = ("region", "url", "posted", "deadline", "employment_type", "identifier")

_GARBLED = re.compile(rb"\xc3\x83[\xc2\xe2\xcb\xc5]|\xef\xbf\xbd")
"""Danish letters that went through the wrong encoding and back (Ã¦, Ã¸, Ã¥), or were lost (U+FFFD)."""
_FEW_GARBLED = 5
"""So many on a page are its encoding; fewer may be somebody's name."""
_DANISH = re.compile(
    rb"\xc3[\xa6\xb8\xa5\x86\x98\x85]|[\xe6\xf8\xe5\xc6\xd8\xc5]|&(?:ae|o|a)(?:lig|slash|ring);|&#(?:230|248|229);",
    re.IGNORECASE,
)
_LEAST_TEXT = 1500
"""Bytes from which on a Danish page without a Danish letter is none."""
_SIGNS = {
    "frame": re.compile(rb"<(?:iframe|frame|embed)\b", re.IGNORECASE),
    "pay": re.compile(
        rb"bliv abonnent|(?:k\xc3\xb8b|kr\xc3\xa6ver|tegn) (?:et )?abonnement|for(?:beholdt)? abonnenter"
        rb"|allerede abonnent|log ind for at|login for at|already a subscriber|subscribers only|subscribe to read",
        re.IGNORECASE,
    ),
    "script": re.compile(rb"<div[^>]{0,200}\bid=[\"']?(?:root|app|__next|__nuxt)\b|enable javascript", re.IGNORECASE),
}
"""What may explain a loss, looked for in the bytes: it never raises an alarm by itself."""
_COMMENTED = 200
"""Bytes of a comment with mark-up in it from which on it may be a part of the page that was taken out."""
_MOST_BYTES = 2_000_000
"""Bytes of a page that signs are looked for in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What one source gave in one run; counts.

    Of pages asked for: `asked`, `fetched` (fresh bodies), `unchanged`, `failed` by reason. Of the fresh pages: `size`
    of all bodies in bytes, `same_body` the most pages that had one and the same body; `with_moves`, `with_ads` and
    `with_heading` those that showed such, `empty_sections` those with a people heading and nothing read under it,
    `garbled` and `foreign` those with broken or without Danish letters; `headings`, `problems` and `signs` the pages
    with each. `announcements` and `job_ads` are sightings; `same_move` and `same_ad` the most pages that one of them
    stood on. Of different records: `moves`, `ads`, `unparsed`, and of the moves and ads how many have each field, kind
    and label; of moves that were known before, how many `had` a field, and how many of them have `lost` it on this
    run's pages. Of discovery: `entries` that the feeds named, `new_pages` never named before, `days` since the run
    before (None: there was none), `quiet_days` since a new page was named.
    """

    asked: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    same_body: int = 0
    with_moves: int = 0
    with_ads: int = 0
    with_heading: int = 0
    empty_sections: int = 0
    garbled: int = 0
    foreign: int = 0
    announcements: int = 0
    job_ads: int = 0
    same_move: int = 0
    same_ad: int = 0
    moves: int = 0
    ads: int = 0
    unparsed: int = 0
    move_fields: Mapping[str, int] = field(default_factory=dict)
    ad_fields: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    headings: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    signs: Mapping[str, int] = field(default_factory=dict)
    had: Mapping[str, int] = field(default_factory=dict)
    lost: Mapping[str, int] = field(default_factory=dict)
    entries: int = 0
    new_pages: int = 0
    days: float | None = None
    quiet_days: float = 0.0

    @property
    def failures(self) -> int:
        """Pages that were asked for in vain."""
        return sum(self.failed.values())

    def as_json(self) -> dict[str, Any]:
        """What is kept with the run."""
        kept = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: dict(value) if isinstance(value, Mapping) else value for name, value in kept.items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The opposite of `as_json`; what an older release did not measure counts as nothing."""
        known = {part.name for part in fields(cls)}
        return cls(**{name: value for name, value in kept.items() if name in known})


@dataclass(slots=True, kw_only=True)
class Gauge:
    """Measures a source while a run goes through its pages."""

    entries: int = 0
    new_pages: int = 0
    days: float | None = None
    quiet_days: float = 0.0
    counts: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    headings: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)
    signs: Counter[str] = field(default_factory=Counter)
    _moves: dict[tuple[object, ...], Move] = field(default_factory=dict)
    _ads: dict[tuple[object, ...], JobAd] = field(default_factory=dict)
    _shown: Counter[tuple[object, ...]] = field(default_factory=Counter)
    _unparsed: set[str] = field(default_factory=set)
    _again: dict[str, Again] = field(default_factory=dict)

    def take(self, fetch: Fetch, page: Page | None, extraction: Extraction | None, again: Iterable[Again] = ()) -> None:
        """Measure one answer, what was read of its page, and how that compares with what was known."""
        self.counts["asked"] += 1
        if fetch.outcome is FetchOutcome.FAILED:
            self.failed[fetch.reason or ""] += 1
        elif fetch.outcome is FetchOutcome.UNCHANGED or page is None or extraction is None:
            self.counts["unchanged"] += 1
        else:
            self._measure(fetch, page, extraction)
            for reading in again:
                best = self._again.setdefault(reading.key, reading)
                if len(reading.lost) < len(best.lost):
                    self._again[reading.key] = reading

    def pass_over(self) -> None:
        """Measure a page that was due and not asked for, since its host wants to be left alone: it is missing."""
        self.counts["asked"] += 1
        self.failed[FetchReason.RATE_LIMITED.value] += 1

    def _measure(self, fetch: Fetch, page: Page, said: Extraction) -> None:
        body, codes = page.body[:_MOST_BYTES], {problem.code for problem in said.problems}
        self.bodies[fetch.body_sha256 or ""] += 1
        self.counts.update(
            fetched=1,
            size=len(page.body),
            with_moves=bool(said.moves),
            with_ads=bool(said.job_ads),
            with_heading=bool(said.headings),
            empty_sections=bool(said.headings) and not said.moves,
            garbled=len(_GARBLED.findall(body)) >= _FEW_GARBLED,
            foreign=len(body) >= _LEAST_TEXT and not _DANISH.search(body),
            announcements=len(said.moves),
            job_ads=len(said.job_ads),
        )
        self.headings.update(set(said.headings))
        self.problems.update(codes)
        self.signs.update(name for name, pattern in _SIGNS.items() if pattern.search(body))
        self.signs.update(["comment"] if _has_part_in_comment(body) else [])
        moves: dict[tuple[object, ...], Move] = {
            (move.kind, move.person, move.company, move.role): move for move in said.moves
        }
        ads: dict[tuple[object, ...], JobAd] = {(ad.company, ad.title, ad.region): ad for ad in said.job_ads}
        self._moves.update(moves)
        self._ads.update(ads)
        self._shown.update([*moves, *ads])
        self._unparsed.update(item.text for item in said.unparsed)

    def read(self) -> Measures:
        """What was measured so far."""
        counts = {name: self.counts[name] for name in _COUNTED}
        return Measures(
            **counts,
            failed=dict(self.failed),
            same_body=max(self.bodies.values(), default=0),
            same_move=max((self._shown[key] for key in self._moves), default=0),
            same_ad=max((self._shown[key] for key in self._ads), default=0),
            moves=len(self._moves),
            ads=len(self._ads),
            unparsed=len(self._unparsed),
            move_fields=_filled(self._moves.values(), MOVE_FIELDS),
            ad_fields=_filled(self._ads.values(), AD_FIELDS),
            kinds=dict(Counter(move.kind.value for move in self._moves.values())),
            labels=dict(Counter(move.label for move in self._moves.values() if move.label)),
            headings=dict(self.headings),
            problems=dict(self.problems),
            signs=dict(self.signs),
            had=dict(Counter(name for reading in self._again.values() for name in reading.had)),
            lost=dict(Counter(name for reading in self._again.values() for name in reading.lost)),
            entries=self.entries,
            new_pages=self.new_pages,
            days=self.days,
            quiet_days=self.quiet_days,
        )


_COUNTED = (
    "asked",
    "fetched",
    "unchanged",
    "size",
    "with_moves",
    "with_ads",
    "with_heading",
    "empty_sections",
    "garbled",
    "foreign",
    "announcements",
    "job_ads",
)


def _has_part_in_comment(body: bytes) -> bool:
    at = 0
    while (begin := body.find(b"<!--", at)) >= 0 and (end := body.find(b"-->", begin)) >= 0:
        if end - begin > _COMMENTED and body.find(b"</", begin, end) >= 0:
            return True
        at = end
    return False


def _filled(records: Iterable[Move | JobAd], names: Iterable[str]) -> dict[str, int]:
    held = list(records)
    return {name: sum(getattr(record, name) not in {None, ()} for record in held) for name in names}
