"""What the report of a month says, gathered from the database: figures, answers, top positions, days and sources.

The figures are read in one go, each from the narrow tables of facts; the questions are asked as `navnenyt trends` asks
them, with the month, or the two years up to it, as their span.
"""

from __future__ import annotations

import calendar
import re
import sqlite3
import statistics
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from db.engine import connect_read_only, explained, sqlite_path
from db.known import KnownMove, moves_of, rows
from db.query import Result, run_query
from db.trends import Trend, trends
from scraper.errors import QueryError


class Part(NamedTuple):
    """A question of the report: its name, how many months back it looks, and how many rows its table shows."""

    name: str
    months: int = 1
    rows: int = 10


PARTS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    (
        "Hires",
        (Part("hires_by_month", months=24, rows=13), Part("companies_hiring_most"), Part("companies_accelerating")),
    ),
    (
        "What for and where",
        (
            Part("functions_over_time", months=12, rows=0),
            Part("seniority_over_time", months=12, rows=0),
            Part("roles_hired"),
            Part("regions"),
        ),
    ),
    (
        "From where to where",
        (
            Part("net_talent_flow", months=12),
            Part("where_people_come_from", months=12),
            Part("schools_and_degrees", months=12),
            Part("where_people_go", months=12),
            Part("returning_people", months=12),
        ),
    ),
    (
        "Job ads",
        (
            Part("job_ads_by_month", months=12, rows=0),
            Part("open_job_ads_by_region", months=0),
            Part("time_to_fill", months=12),
            Part("life_of_ads", months=12),
            Part("lead_time", months=12),
        ),
    ),
    (
        "Signals",
        (
            Part("first_hires_of_a_function"),
            Part("new_companies"),
            Part("hires_without_ads", months=12),
            Part("ads_without_hires", months=24),
        ),
    ),
)
"""The chapters of the report with their questions; one that the database has not is left out. A question that looks
back over no months is asked as of now."""
TOP = ("board", "executive", "director")
MOST_TOP = 25
PATIENCE = 30
"""Seconds that a question may take; one that takes longer is left out, and the report says so."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with its answer over a span; `rows` of it stand in the table. `left_out`: it took too long."""

    trend: Trend
    result: Result
    since: date | None
    until: date | None
    rows: int
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the month beside that of the month before; None where there is none."""

    name: str
    value: float | None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A source in the month: each day as `healthy`, `unwell`, `missed` (not looked at) or `future`.

    `share` is how much of what was in rotation was seen, with the ends of its interval, for each kind of record, by the
    last estimate.
    """

    source: str
    kind: str
    days: list[str]
    runs: int
    share: dict[str, tuple[float, float | None, float | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that a report says."""

    month: str
    first: date
    last: date
    as_of: str
    figures: list[Figure]
    chapters: list[tuple[str, list[Answer]]]
    top: list[KnownMove]
    top_count: int
    sources: list[Watched]
    watched_days: int
    passed_days: int
    undated: int


def month_of(text: str) -> date:
    """The first day of a month written as 2026-01. Raises QueryError for another text."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if match is None or not (1 <= int(match[2]) <= 12 and int(match[1]) > 0):
        raise QueryError(f"{text!r} is no month.", hint="Write it as 2026-01.")
    return date(int(match[1]), int(match[2]), 1)


def gather(url: str, month: str) -> Report:
    """The report of a month. Raises QueryError for what is no month, and StoreError when there is no database."""
    first = month_of(month)
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    name = f"{first:%Y-%m}"
    path = sqlite_path(url)
    with closing(connect_read_only(path)) as connection, explained(path):
        as_of = connection.execute("SELECT max(started_at) FROM run").fetchone()[0] or ""
        days = rows(connection, _DAYS, {"first": first.isoformat(), "last": last.isoformat()})
        today = date.fromisoformat(as_of[:10]) if as_of else first
        top = rows(connection, _TOP, name)
        return Report(
            month=name,
            first=first,
            last=last,
            as_of=as_of,
            figures=_figures(connection, first),
            chapters=_chapters(url, first, last),
            top=moves_of(connection, [row["id"] for row in top[:MOST_TOP]]),
            top_count=len(top),
            sources=_sources(connection, first, last, today, days),
            watched_days=len({row["day"] for row in days if row["healthy"]}),
            passed_days=max(0, min((today - first).days + 1, last.day)),
            undated=connection.execute(_UNDATED, [name]).fetchone()[0],
        )


def months_before(first: date, count: int) -> date:
    """The first day of the month that lies `count` months before."""
    months = first.year * 12 + first.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _chapters(url: str, first: date, last: date) -> list[tuple[str, list[Answer]]]:
    known = {trend.name: trend for trend in trends()}
    chapters = []
    for title, parts in PARTS:
        answers = []
        for part in parts:
            if (trend := known.get(part.name)) is None:
                continue
            since = months_before(first, part.months - 1) if part.months else None
            until = last if part.months else None
            span = {"since": since.isoformat() if since else None, "until": until.isoformat() if until else None}
            asked = {name: day for name, day in span.items() if name in trend.parameters}
            try:
                result, left_out = run_query(url, trend.sql, asked, limit_seconds=PATIENCE), False
            except QueryError:
                result, left_out = Result(tuple(trend.columns), []), True
            ends = (since, until) if asked else (None, None)
            answers.append(Answer(trend, result, *ends, part.rows, left_out))
        if answers:
            chapters.append((title, answers))
    return chapters


_MONTHS_FIGURES = """
SELECT
  (SELECT count(*) FROM move_fact WHERE kind = 'hire' AND month = :month) AS "Hires",
  (
    SELECT count(DISTINCT company_id) FROM move_fact WHERE kind = 'hire' AND month = :month
  ) AS "Companies that hired",
  (SELECT count(*) FROM job_ad_fact WHERE month = :month) AS "New job ads",
  (
    SELECT count(*) FROM job_ad_fact
    WHERE first_seen < :after AND (gone_at IS NULL OR gone_at >= :after)
  ) AS "Job ads open at the end of the month"
"""
_TO_FILL = """
SELECT h.days_to_fill
FROM hire_ad h JOIN move_fact x ON x.move_id = h.move_id
WHERE x.month = :month AND h.days_to_fill IS NOT NULL
"""
_DAYS = """
SELECT s.name AS source, s.kind, d.day, d.runs, d.healthy
FROM source_day d JOIN source s ON s.id = d.source_id
WHERE d.day >= :first AND d.day <= :last
ORDER BY s.name, d.day
"""
_COVERAGE = """
SELECT source, record, share, share_low, share_high
FROM coverage_estimates
WHERE date(started_at) >= :first AND date(started_at) <= :last AND share IS NOT NULL
ORDER BY started_at
"""
_TOP = """
SELECT x.move_id AS id
FROM move_fact x
WHERE x.month = ? AND x.kind IN ('hire', 'promotion', 'board') AND x.seniority IN ('board', 'executive', 'director')
ORDER BY CASE x.seniority WHEN 'executive' THEN 0 WHEN 'board' THEN 1 ELSE 2 END, x.start_date_first, x.move_id
"""
_UNDATED = "SELECT count(*) FROM move_fact WHERE kind = 'hire' AND month = ? AND month_basis = 'seen'"


def _figures(connection: sqlite3.Connection, first: date) -> list[Figure]:
    now, before = (_of_month(connection, month) for month in (first, months_before(first, 1)))
    return [Figure(name, now[name], before[name]) for name in now]


def _of_month(connection: sqlite3.Connection, first: date) -> dict[str, float | None]:
    given = {"month": f"{first:%Y-%m}", "after": months_before(first, -1).isoformat()}
    counted = rows(connection, _MONTHS_FIGURES, given)[0]
    days: list[float] = [row["days_to_fill"] for row in rows(connection, _TO_FILL, {"month": given["month"]})]
    return {**counted, "Days to fill a position (median)": statistics.median(days) if days else None}


def _sources(
    connection: sqlite3.Connection, first: date, last: date, today: date, days: list[dict[str, Any]]
) -> list[Watched]:
    span = {"first": first.isoformat(), "last": last.isoformat()}
    shares: dict[str, dict[str, tuple[float, float | None, float | None]]] = {}
    for row in rows(connection, _COVERAGE, span):
        shares.setdefault(row["source"], {})[row["record"]] = (row["share"], row["share_low"], row["share_high"])
    sources: list[Watched] = []
    for name in dict.fromkeys(row["source"] for row in days):
        of = {row["day"]: row for row in days if row["source"] == name}
        states = []
        for number in range(last.day):
            day = first + timedelta(days=number)
            seen = of.get(day.isoformat())
            missed = "future" if day > today else "missed"
            states.append(missed if seen is None else "healthy" if seen["healthy"] else "unwell")
        runs = sum(row["runs"] for row in of.values())
        kind = next(iter(of.values()))["kind"]
        sources.append(Watched(name, kind, states, runs, shares.get(name, {})))
    return sources
