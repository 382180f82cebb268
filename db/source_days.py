"""On which days each source was looked at, and on which it was well: what a count over time has to be read with."""

from __future__ import annotations

from collections import Counter
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from db.models import Alarm, Run, RunSource, SourceDay
from scraper.danish_time import danish_date, danish_day


def after_run(connection: Connection, run_id: int) -> None:
    """Count the day of a run that has ended, for the sources it visited."""
    began = connection.scalar(select(Run.started_at).where(Run.id == run_id))
    assert began is not None, "the run is there"
    _count(connection, danish_date(began))


def refresh_all(connection: Connection) -> None:
    """Count every day anew."""
    connection.execute(delete(SourceDay))
    _count(connection, None)


def _count(connection: Connection, day: date | None) -> None:
    """One day's rows, or all. A day is healthy when one run that began on it saw the source whole, without alarm."""
    alarmed = (
        select(Alarm.id)
        .where(Alarm.run_id == RunSource.run_id, Alarm.source_id == RunSource.source_id)
        .correlate(RunSource)
        .exists()
    )
    query = select(RunSource.source_id, Run.started_at, (RunSource.whole & ~alarmed).label("healthy")).join(
        Run, Run.id == RunSource.run_id
    )
    if day is not None:
        begin, end = danish_day(day)
        query = query.where(Run.started_at >= begin, Run.started_at < end)
        connection.execute(delete(SourceDay).where(SourceDay.day == day))
    runs: Counter[tuple[int, date]] = Counter()
    healthy: set[tuple[int, date]] = set()
    for source_id, began, well in connection.execute(query):
        key = (source_id, danish_date(began))
        runs[key] += 1
        if well:
            healthy.add(key)
    rows = [
        {"source_id": source_id, "day": on, "runs": count, "healthy": (source_id, on) in healthy}
        for (source_id, on), count in sorted(runs.items())
    ]
    if rows:
        connection.execute(insert(SourceDay), rows)
