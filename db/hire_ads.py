"""A job ad and the hire that it led to: two ends of one story, joined with a score and a reason.

Only an ad and a later hire of the same company in the same function can be a pair. How well they fit is the likeness of
the ad's title and the role, of their seniority and region, and of the time between them. Of all pairs of a company and
function that are likely enough the best is taken first: an ad for one person then has its hire, and a hire its ad. The
same job in the words of another ad (put up under another region, say) shares the hire.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlalchemy.orm import aliased

from db.models import HireAd, JobAd, JobAdFact, Move, MoveFact
from db.progress import Told, untold
from db.roles import SENIORITIES
from scraper.danish_time import danish_date
from scraper.records import MoveKind

LONGEST = 365
"""Days from an ad to the start of whoever was hired by it, at most."""
USUAL = (20, 180)
"""Days that this takes as a rule: notice is up to three months, and an ad is up for some weeks before."""
LIKELY = 0.6
"""From this score on an ad and a hire are a pair."""
LEAST_ALIKE = 0.5
"""Titles less alike than this are no pair, whatever else fits."""
_WEIGHTS = {"title": 0.6, "seniority": 0.15, "region": 0.1, "time": 0.15}
_STEPS = {word: step for step, word in enumerate(SENIORITIES)}
_MANY = re.compile(
    r"\b(?:flere|to|tre|fire|fem|several|two|three|[2-9]|\d\d)\b"  # so many
    r"|\w(?:ere|enter|ister|ekter|ører|chefer|nomer)\b"  # udviklere, konsulenter, jurister, arkitekter, ingeniører
    r"|\w(?:ers|ants|ists|ects)\b"  # developers, consultants, specialists, architects
)
_AT_ONCE = 300
_FURTHER = aliased(JobAd)
_POSTED_UNDER_ANOTHER_NAME = (
    select(func.min(_FURTHER.posted)).where(_FURTHER.same_as_id == JobAd.id).correlate(JobAd).scalar_subquery()
)


class Ad(NamedTuple):
    """What counts of a job ad. `day`: the day in Denmark on which it was put up or seen first."""

    id: int
    title: str
    seniority: str
    region: str | None
    day: date


class Hire(NamedTuple):
    """What counts of a hire. `day`: its start, or the day in Denmark on which it was seen first."""

    id: int
    role: str
    seniority: str | None
    region: str | None
    day: date


class Pair(NamedTuple):
    """An ad and a hire that may belong together."""

    score: float
    days: int
    ad: Ad
    hire: Hire
    reason: str


def score(ad: Ad, hire: Hire) -> Pair | None:
    """How well a hire fits an ad of the same company and function, 0 to 1; None when it cannot have come from it.

    Titles are folded. The score is a weighted mean: the titles' likeness counts for most, then seniority and the time
    between them, then the region; what is not stated counts half.
    """
    days = (hire.day - ad.day).days
    if not 0 <= days <= LONGEST:
        return None
    alike = likeness(ad.title, hire.role)
    if alike < LEAST_ALIKE:
        return None
    steps = abs(_STEPS[ad.seniority] - _STEPS[hire.seniority]) if hire.seniority in _STEPS else 2
    where = 0.5 if ad.region is None or hire.region is None else float(ad.region == hire.region)
    parts = {
        "title": alike,
        "seniority": max(0.0, 1 - steps / 4),
        "region": where,
        "time": _in_time(days),
    }
    total = round(sum(weight * parts[name] for name, weight in _WEIGHTS.items()), 3)
    return Pair(total, days, ad, hire, _reason(parts, steps, days, ad, hire))


@lru_cache(maxsize=200_000)
def likeness(title: str, role: str) -> float:
    """How alike two folded titles are, 0 to 1: the same words in any order are one title, more words are less alike."""
    return (0.6 * fuzz.token_sort_ratio(title, role) + 0.4 * fuzz.token_set_ratio(title, role)) / 100


def is_for_many(title: str) -> bool:
    """Whether a folded title asks for more than one person: "2 udviklere", "konsulenter"."""
    return _MANY.search(title) is not None


def best(pairs: Iterable[Pair]) -> list[Pair]:
    """Of all likely pairs those that hold: the best first, each ad for one person once, each hire for one job."""
    job_of: dict[int, str] = {}
    filled: set[int] = set()
    found = []
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.days, pair.ad.id, pair.hire.id)):
        ad, hire = pair.ad, pair.hire
        if ad.id in filled or job_of.get(hire.id, ad.title) != ad.title:
            continue
        job_of[hire.id] = ad.title
        if not is_for_many(ad.title):
            filled.add(ad.id)
        found.append(pair)
    return found


def _in_time(days: int) -> float:
    low, high = USUAL
    if low <= days <= high:
        return 1.0
    return days / low if days < low else max(0.0, (LONGEST - days) / (LONGEST - high))


def _reason(parts: dict[str, float], steps: int, days: int, ad: Ad, hire: Hire) -> str:
    said = ["the same title" if ad.title == hire.role else f"titles {parts['title']:.0%} alike"]
    said.append("the same seniority" if not steps else f"seniority {steps} step{'s' if steps > 1 else ''} apart")
    if parts["region"] != 0.5:
        said.append("the same region" if parts["region"] else "another region")
    return ", ".join([*said, f"{days} days after the ad"])


Group = tuple[int, str]
"""A company's id and a function."""


def keep(connection: Connection, groups: Iterable[Group]) -> None:
    """Join the ads and hires of these companies and functions anew."""
    wanted = sorted(set(groups))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        ads = _ads(connection, some)
        offered = [ad.id for group in ads.values() for ad in group]
        for first in range(0, len(offered), _AT_ONCE):
            connection.execute(delete(HireAd).where(HireAd.job_ad_id.in_(offered[first : first + _AT_ONCE])))
        if offered:
            _join(connection, ads, _hires(connection, [group for group in ads if ads[group]]))


def refresh_all(connection: Connection, *, told: Told = untold) -> None:
    """Join all ads and hires anew; `told` is told how far that is."""
    connection.execute(delete(HireAd))
    groups = [
        (row.company_id, row.function)
        for row in connection.execute(select(JobAdFact.company_id, JobAdFact.function).distinct())
    ]
    groups.sort()  # those of a company stand together
    for start in range(0, len(groups), _AT_ONCE):
        some = groups[start : start + _AT_ONCE]
        _join(connection, _ads(connection, some), _hires(connection, some))
        told("ads and hires joined", start + len(some), len(groups))


def _join(connection: Connection, ads: dict[Group, list[Ad]], hires: dict[Group, list[Hire]]) -> None:
    rows = [
        {
            "move_id": pair.hire.id,
            "job_ad_id": pair.ad.id,
            "score": pair.score,
            "days_to_fill": pair.days,
            "reason": pair.reason,
        }
        for group, offered in ads.items()
        for pair in best(_likely(offered, hires.get(group, ())))
    ]
    if rows:
        connection.execute(insert(HireAd), rows)


def _likely(ads: Sequence[Ad], hires: Sequence[Hire]) -> Iterator[Pair]:
    """The pairs within the window of time that are likely enough."""
    ordered = sorted(hires, key=lambda hire: hire.day)
    first = 0
    for ad in sorted(ads, key=lambda ad: ad.day):
        while first < len(ordered) and ordered[first].day < ad.day:
            first += 1
        for hire in ordered[first:]:
            if (hire.day - ad.day).days > LONGEST:
                break
            pair = score(ad, hire)
            if pair is not None and pair.score >= LIKELY:
                yield pair


def offers(connection: Connection, ids: Sequence[int]) -> set[tuple[Group, Ad]]:
    """These ads, each with its company and function."""
    return set(_read_ads(connection, JobAdFact.job_ad_id.in_(ids)))


def hires(connection: Connection, ids: Sequence[int]) -> set[tuple[Group, Hire]]:
    """Those of these moves that are hires of a company into a role, each with its company and function."""
    return set(_read_hires(connection, MoveFact.move_id.in_(ids)))


def _ads(connection: Connection, groups: Sequence[Group]) -> dict[Group, list[Ad]]:
    found: dict[Group, list[Ad]] = {group: [] for group in groups}
    for group, ad in _read_ads(connection, *_within(JobAdFact, groups)):
        if group in found:
            found[group].append(ad)
    return found


def _hires(connection: Connection, groups: Sequence[Group]) -> dict[Group, list[Hire]]:
    found: dict[Group, list[Hire]] = {group: [] for group in groups}
    for group, hire in _read_hires(connection, *_within(MoveFact, groups)):
        if group in found:
            found[group].append(hire)
    return found


def _read_ads(connection: Connection, *where: ColumnElement[bool]) -> Iterator[tuple[Group, Ad]]:
    rows = connection.execute(
        select(
            JobAdFact.company_id,
            JobAdFact.function,
            JobAdFact.seniority,
            JobAdFact.region,
            JobAdFact.first_seen,
            JobAd.id,
            JobAd.title_folded,
            func.coalesce(JobAd.posted, _POSTED_UNDER_ANOTHER_NAME).label("posted"),
        )
        .join(JobAd, JobAd.id == JobAdFact.job_ad_id)
        .where(*where)
    )
    for row in rows:
        seen = danish_date(row.first_seen)
        day = min(seen, row.posted) if row.posted else seen
        yield (row.company_id, row.function), Ad(row.id, row.title_folded, row.seniority, row.region, day)


def _read_hires(connection: Connection, *where: ColumnElement[bool]) -> Iterator[tuple[Group, Hire]]:
    rows = connection.execute(
        select(
            MoveFact.company_id,
            MoveFact.function,
            MoveFact.seniority,
            MoveFact.region,
            MoveFact.first_seen,
            Move.id,
            Move.role_folded,
            Move.start_date_first,
            Move.start_date_precision,
        )
        .join(Move, Move.id == MoveFact.move_id)
        .where(
            MoveFact.kind == MoveKind.HIRE.value,
            MoveFact.company_id.is_not(None),
            MoveFact.function.is_not(None),
            *where,
        )
    )
    for row in rows:
        stated = row.start_date_first is not None and row.start_date_precision != "year"
        day = row.start_date_first if stated else danish_date(row.first_seen)
        yield (row.company_id, row.function), Hire(row.id, row.role_folded, row.seniority, row.region, day)


def _within(table: type[JobAdFact | MoveFact], groups: Sequence[Group]) -> tuple[ColumnElement[bool], ...]:
    """Rows of these companies and functions, and some more: what the index is good for."""
    companies, functions = ({group[part] for group in groups} for part in (0, 1))
    return table.company_id.in_(companies), table.function.in_(functions)
