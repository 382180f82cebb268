"""The front page: what is new, the trends at a glance, and how each source does.

What it shows is kept until the database has changed, and a page that finds it old shows it once more while it is read
anew: nobody waits for the front page, however large the database.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.trends import Trend, trends
from scraper.browser.reader import Reader, state_of

NEWEST = 8
MONTHS = 24
BARS = 8
YEAR = 12
"""Months of a division that are added up."""
GLANCES = (
    "hires_by_month",
    "functions_over_time",
    "companies_hiring_most",
    "where_people_come_from",
    "roles_hired",
    "open_job_ads_by_region",
)
"""The questions on the front page."""
AGE = 20.0
"""Seconds for which what was read is shown without a look at the database."""
MOST_SECONDS = 60.0
"""Seconds that reading it may take."""

_COUNTS = """
SELECT
  (SELECT count(*) FROM move_fact) AS moves,
  (SELECT count(*) FROM job_ad_fact) AS job_ads,
  (SELECT count(*) FROM company) AS companies,
  (SELECT count(*) FROM person) AS people
"""
_MOVES = """
SELECT id, kind, person, person_id, role, company, company_id, previous_company, previous_company_id, start_date,
  first_seen
FROM moves
WHERE id IN (SELECT move_id FROM move_fact ORDER BY first_seen DESC, move_id DESC LIMIT ?)
ORDER BY first_seen DESC, id DESC
"""
_ADS = """
SELECT id, title, company, company_id, region, deadline, first_seen
FROM job_ads
WHERE id IN (
  SELECT job_ad_id FROM job_ad_fact WHERE +gone_at IS NULL ORDER BY first_seen DESC, job_ad_id DESC LIMIT ?
)
ORDER BY first_seen DESC, id DESC
"""
_SOURCES = """
SELECT s.name, s.title, s.kind, l.run_id, r.started_at, l.whole, l.pages_fetched + l.pages_unchanged AS answered,
  l.pages_failed AS failed, l.moves_seen, l.job_ads_seen,
  (SELECT share FROM coverage c WHERE c.run_id = l.run_id AND c.source_id = s.id AND c.record = 'move') AS moves_share,
  (SELECT share FROM coverage c WHERE c.run_id = l.run_id AND c.source_id = s.id AND c.record = 'job_ad') AS ads_share,
  (SELECT group_concat(sentence, ' ') FROM alarm a WHERE a.run_id = l.run_id AND a.source_id = s.id) AS alarms,
  (SELECT count(*) FROM (SELECT 1 FROM source_day d WHERE d.source_id = s.id ORDER BY d.day DESC LIMIT 30)) AS days,
  (
    SELECT sum(healthy)
    FROM (SELECT d.healthy FROM source_day d WHERE d.source_id = s.id ORDER BY d.day DESC LIMIT 30)
  ) AS healthy_days
FROM source s
LEFT JOIN run_source l ON l.source_id = s.id
  AND l.run_id = (SELECT max(run_id) FROM run_source x WHERE x.source_id = s.id)
LEFT JOIN run r ON r.id = l.run_id
ORDER BY s.name
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One bar: what it stands for, its figure, and its height or length, 0 to 100."""

    label: str
    value: float
    size: float


@dataclass(frozen=True, slots=True)
class Glance:
    """A question with its answer in a few bars: over time, or the largest first. `note` says what they are of."""

    trend: Trend
    over_time: bool
    points: Sequence[Point]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Front:
    """All of it, rows as mappings. `glances` is None while they are being counted for the first time."""

    counts: Mapping[str, int]
    moves: Sequence[Mapping[str, Any]]
    ads: Sequence[Mapping[str, Any]]
    glances: Sequence[Glance] | None
    sources: Sequence[Mapping[str, Any]]


def read_newest(connection: sqlite3.Connection) -> Front:
    """All but the trends, which take longer, on a connection whose rows are `sqlite3.Row`."""
    return Front(
        counts=dict(connection.execute(_COUNTS).fetchone()),
        moves=_rows(connection, _MOVES, NEWEST),
        ads=_rows(connection, _ADS, NEWEST),
        glances=None,
        sources=_rows(connection, _SOURCES),
    )


def _rows(connection: sqlite3.Connection, sql: str, *values: int) -> list[dict[str, Any]]:
    return [dict(row) for row in connection.execute(sql, values)]


def glances(connection: sqlite3.Connection) -> list[Glance]:
    """The questions of the front page, answered."""
    known = {question.name: question for question in trends()}
    return [glance(connection, known[name]) for name in GLANCES]


def glance(connection: sqlite3.Connection, question: Trend) -> Glance:
    """One question in a few bars; of a division over time the newest year of it, added up."""
    rows = connection.execute(question.sql, dict.fromkeys(question.parameters)).fetchall()
    chart = question.chart
    assert chart is not None
    x, note = chart.x, ""
    over_time = x == "month"
    if over_time and chart.color:
        newest = sorted({str(row["month"]) for row in rows if row["month"]})[-YEAR:]
        rows = [row for row in rows if str(row["month"]) in newest]
        x, over_time, note = chart.color, False, f"{len(newest)} months"
    sums: dict[str, float] = {}
    for row in rows:
        value = row[chart.y]
        sums[str(row[x])] = sums.get(str(row[x]), 0.0) + (value if isinstance(value, int | float) else 0.0)
    if over_time:
        kept = sorted((label, value) for label, value in sums.items() if len(label) > len("2026"))[-MONTHS:]
    else:
        kept = sorted(sums.items(), key=lambda item: -item[1])[:BARS]
    most = max((value for _, value in kept), default=0.0)
    points = [Point(label, value, round(100 * max(value, 0) / most, 2) if most > 0 else 0.0) for label, value in kept]
    return Glance(question, over_time, points, note)


def measure(path: Path) -> tuple[float, float]:
    """Seconds that the front page of the database at `path` takes with nothing kept from before.

    First what whoever comes first waits for, then the trends, which are counted meanwhile.
    """
    reader = Reader(path)
    took = []
    try:
        for read in (read_newest, glances):
            began = time.perf_counter()
            reader.ask_here(read, MOST_SECONDS)
            took.append(time.perf_counter() - began)
    finally:
        reader.close()
    return took[0], took[1]


class Kept:
    """The front page as it was read last. Used in one event loop."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._front: Front | None = None
        self._state: object = None
        self._looked = 0.0
        self.reading: asyncio.Task[None] | None = None

    async def front(self) -> Front:
        """The front page; where the database has changed since, it is read again for the next who asks."""
        if self._front is None:
            self.read()
            self._front = await self._reader.ask(read_newest, seconds=MOST_SECONDS)
        elif time.monotonic() - self._looked > AGE:
            self._looked = time.monotonic()
            if state_of(self._reader.path) != self._state:
                self.read()
        return self._front

    def read(self) -> asyncio.Task[None]:
        """Read all of it, unless it is being read."""
        if self.reading is None or self.reading.done():
            self.reading = asyncio.create_task(self._read())
        return self.reading

    async def _read(self) -> None:
        state = state_of(self._reader.path)
        counted = await self._reader.ask(glances, seconds=MOST_SECONDS)
        newest = await self._reader.ask(read_newest, seconds=MOST_SECONDS)
        self._front = replace(newest, glances=counted)
        self._state, self._looked = state, time.monotonic()
