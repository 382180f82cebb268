"""A job ad and the hire that it led to: two ends of one story, joined with a score and a reason.

Only an ad and a later hire of the same company in the same function can be a pair, and only where nothing speaks
against it: another step of the ladder, another part of the country, another trade, a start too soon or too late. How
well the rest fit is what title and role tell (`db.title_likeness`), then seniority, region and time. Of all pairs of a
company and function that are likely enough the best is taken first: an ad for one person then has its hire, and a hire
its ad. docs/links.md explains the rule and says how often it is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select
from sqlalchemy.orm import aliased

from db.identity import fold
from db.models import HireAd, JobAd, JobAdFact, JobAdSpan, Move, MoveFact
from db.progress import Told, untold
from db.roles import SENIORITIES, function_of
from db.title_likeness import Likeness, likeness
from scraper.danish_time import danish_date
from scraper.records import MoveKind

SOONEST, LONGEST = 14, 270
"""Days from an ad to the start of whoever was hired by it: no one is found and free sooner, nor sought longer."""
USUAL = (30, 180)
"""Days that this takes as a rule: notice is up to three months, and an ad is up for some weeks before."""
ANEW = 45
"""An ad that was down for more days than this seeks another person when it is put up again."""
LIKELY = 0.64
"""From this score on an ad and a hire are a pair."""
LEAST_ALIKE = {"other": 0.6, "management": 0.6}
"""Titles less alike than this are no pair, whatever else fits; in a function of many trades they must be more alike."""
_LEAST_ALIKE = 0.5
_WEIGHTS = {"title": 0.6, "seniority": 0.15, "region": 0.1, "time": 0.15}
_STEPS = {word: step for step, word in enumerate(SENIORITIES)}
_STEPS_APART = (1.0, 0.7, 0.3)
"""How well seniorities fit that are so many steps apart; more steps are another job."""
_STRANGERS = (("junior", "senior"), ("senior", "manager"))
"""Two steps apart and another job: who has been long in the trade, and who leads people, is sought by that word."""
_NEIGHBOURS = {frozenset({"Hovedstaden", "Sjælland"}): 0.4}
"""How well regions fit between which people go to work every day; any other two are another job."""
_NOT_STATED = 0.5
_UNIT_TELLS = frozenset({"management", "consulting", "other"})
"""Functions of roles whose field the unit may tell: a teamleder in the service desk, a konsulent in BI."""
_MANY = re.compile(
    r"\b(?:flere|to|tre|fire|fem|several|two|three|[2-9]|\d\d)\b"  # so many
    r"|\w(?:ere|enter|ister|ekter|ører|chefer|nomer)\b"  # udviklere, konsulenter, jurister, arkitekter, ingeniører
    r"|\w(?:ers|ants|ists|ects)\b"  # developers, consultants, specialists, architects
    r"|\b(?:graduate|trainee) ?program"  # a programme takes in a year's worth
)
_AT_ONCE = 300
_FURTHER = aliased(JobAd)
_POSTED_UNDER_ANOTHER_NAME = (
    select(func.min(_FURTHER.posted)).where(_FURTHER.same_as_id == JobAd.id).correlate(JobAd).scalar_subquery()
)


class Ad(NamedTuple):
    """What counts of a job ad. `openings`: the days in Denmark on which it was put up anew, the first at first."""

    id: int
    title: str
    function: str
    seniority: str
    region: str | None
    openings: tuple[date, ...]


class Hire(NamedTuple):
    """What counts of a hire. `day`: its start, or the day in Denmark on which it was seen first; `seen`: that day.

    `role`: with the unit after a comma where one is named.
    """

    id: int
    role: str
    seniority: str | None
    region: str | None
    day: date
    seen: date


class Pair(NamedTuple):
    """An ad and a hire that may belong together; `opening`: the day from which `days` count."""

    score: float
    days: int
    ad: Ad
    hire: Hire
    opening: date
    reason: str


def score(ad: Ad, hire: Hire) -> Pair | None:
    """How well a hire fits an ad of the same company and function, 0 to 1; None when it cannot have come from it.

    Titles are folded. The score is a weighted mean: what the titles tell counts for most, then seniority and the time
    between them, then the region; what is not stated counts half.
    """
    steps, where = _seniority(ad.seniority, hire.seniority), _region(ad.region, hire.region)
    if not steps or not where:
        return None
    opening = max((day for day in ad.openings if _in_time((hire.day - day).days) and day < hire.seen), default=None)
    if opening is None:
        return None
    days = (hire.day - opening).days
    alike = likeness(ad.title, hire.role)
    if alike.score < LEAST_ALIKE.get(ad.function, _LEAST_ALIKE):
        return None
    parts = {"title": alike.score, "seniority": steps, "region": where, "time": _in_time(days)}
    total = round(sum(weight * parts[name] for name, weight in _WEIGHTS.items()), 3)
    return Pair(total, days, ad, hire, opening, _reason(alike, days, ad, hire))


def is_for_many(title: str) -> bool:
    """Whether a folded title asks for more than one person: "2 udviklere", "konsulenter"."""
    return _MANY.search(title) is not None


def best(pairs: Iterable[Pair]) -> list[Pair]:
    """Of all likely pairs those that hold: the best first, each opening for one person once, each hire for one job.

    The same job put up twice, in one region as far as the ads tell, shares the hire.
    """
    job_of: dict[int, Ad] = {}
    filled: set[tuple[int, date]] = set()
    found = []
    for pair in sorted(pairs, key=lambda pair: (-pair.score, pair.days, pair.ad.id, pair.hire.id)):
        ad, hire = pair.ad, pair.hire
        if (ad.id, pair.opening) in filled or not _is_same_job(job_of.get(hire.id, ad), ad):
            continue
        job_of.setdefault(hire.id, ad)
        if not is_for_many(ad.title):
            filled.add((ad.id, pair.opening))
        found.append(pair)
    return found


def _is_same_job(one: Ad, other: Ad) -> bool:
    return one.title == other.title and (one.region is None or other.region is None or one.region == other.region)


def _in_time(days: int) -> float:
    """How usual it is that so many days pass, 0 to 1."""
    low, high = USUAL
    if not SOONEST <= days <= LONGEST:
        return 0.0
    return 1.0 if low <= days <= high else days / low if days < low else 1 - (days - high) / (LONGEST + 1 - high)


@cache
def _seniority(sought: str, hired: str | None) -> float:
    """How well two seniorities fit, 0 to 1; a learner fits none but a learner."""
    if hired is None:
        return _STEPS_APART[2]
    apart = abs(_STEPS[sought] - _STEPS[hired])
    learners = {sought, hired} & {"trainee"}
    if (learners and apart) or apart >= len(_STEPS_APART) or any({sought, hired} == set(pair) for pair in _STRANGERS):
        return 0.0
    return _STEPS_APART[apart]


@cache
def _region(sought: str | None, hired: str | None) -> float:
    if sought is None or hired is None:
        return _NOT_STATED
    return 1.0 if sought == hired else _NEIGHBOURS.get(frozenset({sought, hired}), 0.0)


def _reason(alike: Likeness, days: int, ad: Ad, hire: Hire) -> str:
    if ad.title == hire.role:
        said = ["the same title"]
    else:
        said = [f"both {' '.join(alike.both)}" if alike.both else "titles of one kind"]
        said += [f"only the ad {' '.join(alike.only_first)}"] if alike.only_first else []
        said += [f"only the hire {' '.join(alike.only_second)}"] if alike.only_second else []
    said.append(
        "the same seniority" if ad.seniority == hire.seniority else f"{ad.seniority} sought, {hire.seniority} hired"
    )
    if ad.region is not None and hire.region is not None:
        said.append("the same region" if ad.region == hire.region else "a neighbouring region")
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
    """The pairs that are likely enough."""
    ordered = sorted(hires, key=lambda hire: hire.day)
    first = 0
    for ad in sorted(ads, key=lambda ad: ad.openings[0]):
        while first < len(ordered) and ordered[first].day < ad.openings[0]:
            first += 1
        for hire in ordered[first:]:
            if (hire.day - ad.openings[-1]).days > LONGEST:
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
            JobAdSpan.first_seen,
            JobAdSpan.last_seen,
            JobAd.id,
            JobAd.title_folded,
            func.coalesce(JobAd.posted, _POSTED_UNDER_ANOTHER_NAME).label("posted"),
        )
        .join(JobAd, JobAd.id == JobAdFact.job_ad_id)
        .join(JobAdSpan, JobAdSpan.job_ad_id == JobAdFact.job_ad_id)
        .where(*where)
        .order_by(JobAd.id, JobAdSpan.number)
    )
    for _, spans in groupby(rows, key=lambda row: row.id):
        up = list(spans)
        row = up[0]
        ad = Ad(row.id, row.title_folded, row.function, row.seniority, row.region, tuple(_openings(up)))
        yield (row.company_id, row.function), ad


def _openings(spans: Sequence[Any]) -> Iterator[date]:
    """The days on which an ad began to seek somebody: the first, and each after it was down for long."""
    first = danish_date(spans[0].first_seen)
    yield min(first, spans[0].posted) if spans[0].posted else first
    for before, span in pairwise(spans):
        if (span.first_seen - before.last_seen).days > ANEW:
            yield danish_date(span.first_seen)


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
            Move.unit,
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
        seen = danish_date(row.first_seen)
        day = row.start_date_first if stated else seen
        unit = fold(row.unit) if row.unit else None
        function = row.function
        if unit and function in _UNIT_TELLS:
            function, _ = function_of(f"{row.role_folded} til {unit}")
        role = f"{row.role_folded}, {unit}" if unit else row.role_folded
        yield (row.company_id, function), Hire(row.id, role, row.seniority, row.region, day, seen)


def _within(table: type[JobAdFact | MoveFact], groups: Sequence[Group]) -> tuple[ColumnElement[bool], ...]:
    """Rows of these companies and functions, and some more: what the index is good for."""
    companies, functions = ({group[part] for group in groups} for part in (0, 1))
    if table is MoveFact:
        functions = functions | _UNIT_TELLS
    return table.company_id.in_(companies), table.function.in_(functions)
