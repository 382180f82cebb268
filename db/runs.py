"""Runs as rows: begun, ended, or found cut off; and what each had from each source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, distinct, func, insert, select, update

from db import facts
from db.base import Stage
from db.models import (
    Alarm,
    Fetch,
    JobAd,
    JobAdSighting,
    Move,
    MoveSighting,
    Page,
    ProblemSighting,
    Run,
    RunSource,
    RunStatus,
    Source,
    UnparsedSighting,
)
from db.rows import add_row
from db.same_event import own_id
from scraper.records import FetchOutcome, PageKind

_SEEN = (
    ("moves_seen", MoveSighting, own_id(Move)),
    ("job_ads_seen", JobAdSighting, own_id(JobAd)),
    ("unparsed_seen", UnparsedSighting, UnparsedSighting.unparsed_id),
    ("problems_seen", ProblemSighting, ProblemSighting.problem_id),
)
_TOLD: Mapping[str, type[Move | JobAd]] = {"moves_seen": Move, "job_ads_seen": JobAd}
"""Records that may be told under several names of their company, which are one."""


def close_cut_off(connection: Connection) -> int:
    """Mark the runs that never said how they ended, as of their last fetch; the number of them."""
    open_runs = connection.execute(select(Run.id, Run.started_at).where(Run.status == RunStatus.RUNNING)).all()
    for run_id, started in open_runs:
        last = connection.scalar(select(func.max(Fetch.at)).where(Fetch.run_id == run_id))
        end(connection, run_id, at=last or started, status=RunStatus.CUT_OFF)
    return len(open_runs)


def begin(connection: Connection, *, at: datetime, parser_version: str, sources: Iterable[str]) -> int:
    """A new run's id."""
    row = {
        "started_at": at,
        "status": RunStatus.RUNNING.value,
        "parser_version": parser_version,
        "sources": list(sources),
    }
    return add_row(connection, Run, row)


def end(
    connection: Connection,
    run_id: int,
    *,
    at: datetime,
    status: RunStatus,
    exit_status: int | None = None,
    summary: Mapping[str, Any] | None = None,
    measures: Mapping[str, Mapping[str, Any]] | None = None,
) -> None:
    """Note how a run ended, never before it began, and count what it had from each source.

    `measures` holds by a source's name what health measured of it.

    Raises ValueError for a run that is not there.
    """
    run = connection.execute(select(Run.started_at, Run.sources).where(Run.id == run_id)).one_or_none()
    if run is None:
        raise ValueError(f"there is no run {run_id}")
    values = {
        "finished_at": max(at, run.started_at),
        "status": status.value,
        "exit_status": exit_status,
        "summary": dict(summary) if summary is not None else None,
    }
    connection.execute(update(Run).where(Run.id == run_id).values(values))
    _count(connection, run_id, run.sources, measures or {}, ended=status is RunStatus.DONE)


def count_again(connection: Connection, run_id: int) -> None:
    """Count an ended run anew, to which fetches were added since; it ended no earlier than the last of them."""
    run = connection.execute(select(Run.finished_at, Run.sources, Run.status).where(Run.id == run_id)).one()
    last = connection.scalar(select(func.max(Fetch.at)).where(Fetch.run_id == run_id))
    if run.finished_at is not None and last is not None:
        connection.execute(update(Run).where(Run.id == run_id).values(finished_at=max(last, run.finished_at)))
    measured = connection.execute(
        select(Source.name, RunSource.measures)
        .join(Source, Source.id == RunSource.source_id)
        .where(RunSource.run_id == run_id, RunSource.measures.is_not(None))
    )
    kept = {name: measures or {} for name, measures in measured}
    _count(connection, run_id, run.sources, kept, ended=run.status == RunStatus.DONE)


def _count(
    connection: Connection, run_id: int, named: Iterable[str], measures: Mapping[str, Mapping[str, Any]], *, ended: bool
) -> None:
    connection.execute(delete(RunSource).where(RunSource.run_id == run_id))
    visited = select(Fetch.source_id).where(Fetch.run_id == run_id)
    sources = connection.execute(
        select(Source.id, Source.name).where(Source.name.in_(named) | Source.id.in_(visited)).order_by(Source.id)
    ).all()
    rows = [
        {
            **_counted(connection, run_id, source.id, ended=ended),
            "measures": dict(measures[source.name]) if source.name in measures else None,
        }
        for source in sources
    ]
    if rows:
        connection.execute(insert(RunSource), rows)
    facts.after_run(connection, run_id)


def _counted(connection: Connection, run_id: int, source_id: int, *, ended: bool) -> dict[str, Any]:
    """One source's row of a run.

    Its look at the source was `whole` when the run ended by itself, the source gave at least as many answers as
    failures and nothing about its pages was an alarm: only then does what was not seen say anything. A feed that broke
    (an alarm of discovery) takes nothing away from what the pages showed.
    """
    alarmed = connection.scalar(
        select(func.count())
        .select_from(Alarm)
        .where(Alarm.run_id == run_id, Alarm.source_id == source_id, Alarm.stage != Stage.DISCOVERY)
    )
    here = (Fetch.run_id == run_id, Fetch.source_id == source_id)
    is_feed = case((Page.kind == PageKind.FEED, 1), else_=0)
    asked = {
        (bool(feed), FetchOutcome(outcome)): count
        for feed, outcome, count in connection.execute(
            select(is_feed, Fetch.outcome, func.count()).join(Page).where(*here).group_by(is_feed, Fetch.outcome)
        )
    }
    reasons = connection.execute(
        select(Fetch.reason, func.count()).where(*here, Fetch.reason.is_not(None)).group_by(Fetch.reason)
    )
    fetched = asked.get((False, FetchOutcome.FETCHED), 0)
    unchanged = asked.get((False, FetchOutcome.UNCHANGED), 0)
    failed = asked.get((False, FetchOutcome.FAILED), 0)
    feeds = asked.get((True, FetchOutcome.FETCHED), 0) + asked.get((True, FetchOutcome.UNCHANGED), 0)
    answers = fetched + unchanged
    row = {
        "run_id": run_id,
        "source_id": source_id,
        "pages_fetched": fetched,
        "pages_unchanged": unchanged,
        "pages_failed": failed,
        "feeds_answered": feeds,
        "feeds_failed": asked.get((True, FetchOutcome.FAILED), 0),
        "failures": {reason: count for reason, count in reasons},  # noqa: C416 - dict(reasons) loses the types
        "whole": ended and not alarmed and answers >= failed and answers + feeds > 0,
    }
    for name, sighting, record_id in _SEEN:
        seen = select(func.count(distinct(record_id))).select_from(sighting).join(Fetch).where(*here)
        if name in _TOLD:
            seen = seen.join(_TOLD[name])
        row[name] = connection.scalar(seen)
    return row
