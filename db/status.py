"""How things stand: each source's last run, what is stored, and what a person should look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from db.engine import reading
from db.models import (
    Alarm,
    Company,
    Coverage,
    Fetch,
    JobAd,
    Move,
    Page,
    Person,
    Problem,
    Run,
    RunSource,
    RunStatus,
    Source,
    Unparsed,
)

LAST_RUNS = 5
_COUNTED = (
    ("moves", Move),
    ("job_ads", JobAd),
    ("companies", Company),
    ("people", Person),
    ("pages", Page),
    ("fetches", Fetch),
    ("unparsed_announcements", Unparsed),
    ("problems", Problem),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatus:
    """One source.

    `pages`, `failures` (by reason), what was seen, the estimated share of the rotation that it is (by kind of record)
    and the sentences of `alarms` are of its last run that ended.
    """

    name: str
    title: str
    kind: str
    last_run_at: datetime | None
    last_success_at: datetime | None
    pages_answered: int
    pages_failed: int
    feeds_failed: int
    moves_seen: int
    job_ads_seen: int
    unparsed_seen: int
    failures: Mapping[str, int]
    coverage: Mapping[str, float]
    alarms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run in the log."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    status: str
    exit_status: int | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All of it. `counts` are rows by the name of their view; `attention` says what to look at, a sentence each."""

    sources: tuple[SourceStatus, ...]
    counts: Mapping[str, int]
    runs: tuple[RunLine, ...]
    attention: tuple[str, ...]


def status(engine: Engine) -> Status:
    """How things stand in the database. Raises DatabaseLocked or StoreError."""
    with reading(engine) as connection:
        sources = tuple(_source(connection, row) for row in connection.execute(select(Source).order_by(Source.name)))
        counts = {name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in _COUNTED}
        runs = tuple(_runs(connection))
        unread = connection.scalar(select(func.count()).select_from(Unparsed).where(Unparsed.resolved_at.is_(None)))
    return Status(
        sources=sources, counts=counts, runs=runs, attention=tuple(_attention(sources, runs, unread or 0, counts))
    )


def _source(connection: Connection, source: Any) -> SourceStatus:
    looks = (
        select(RunSource, Run.started_at)
        .join(Run, Run.id == RunSource.run_id)
        .where(RunSource.source_id == source.id)
        .order_by(RunSource.run_id.desc())
        .limit(1)
    )
    last = connection.execute(looks).one_or_none()
    success = connection.execute(looks.where(RunSource.whole)).one_or_none()
    return SourceStatus(
        name=source.name,
        title=source.title,
        kind=source.kind,
        last_run_at=last.started_at if last else None,
        last_success_at=success.started_at if success else None,
        pages_answered=last.pages_fetched + last.pages_unchanged if last else 0,
        pages_failed=last.pages_failed if last else 0,
        feeds_failed=last.feeds_failed if last else 0,
        moves_seen=last.moves_seen if last else 0,
        job_ads_seen=last.job_ads_seen if last else 0,
        unparsed_seen=last.unparsed_seen if last else 0,
        failures=last.failures if last else {},
        coverage={row.record: row.share for row in connection.execute(_found(Coverage, last))} if last else {},
        alarms=tuple(row.sentence for row in connection.execute(_found(Alarm, last))) if last else (),
    )


def _found(table: type[Coverage | Alarm], last: Any) -> Any:
    return select(table).where(table.run_id == last.run_id, table.source_id == last.source_id)


def _runs(connection: Connection) -> Iterable[RunLine]:
    for row in connection.execute(select(Run).order_by(Run.id.desc()).limit(LAST_RUNS)):
        yield RunLine(
            id=row.id,
            started_at=row.started_at,
            finished_at=row.finished_at,
            status=row.status,
            exit_status=row.exit_status,
            sources=tuple(row.sources),
        )


def _attention(
    sources: Iterable[SourceStatus], runs: tuple[RunLine, ...], unread: int, counts: Mapping[str, int]
) -> Iterable[str]:
    if not runs:
        yield "Nothing has been scraped yet: run `navnenyt run`."
        return
    last = runs[0]
    if last.status == RunStatus.CUT_OFF:
        yield f"Run {last.id} was cut off before it ended; the next run goes on from there."
    elif last.status == RunStatus.FAILED:
        yield f"Run {last.id} ended with an error (exit status {last.exit_status}): run again and read what it says."
    for source in sources:
        yield from _about(source)
    if unread:
        share = f" beside {counted(counts['moves'], 'move')}" if counts["moves"] else ""
        yield (
            f"{counted(unread, 'announcement')} could not be read{share}, and kept for a newer parser to read again"
            " (see the view unparsed_announcements)."
        )


def _about(source: SourceStatus) -> Iterable[str]:
    if source.last_run_at is None:
        yield f"{source.name}: no run of it has ended yet."
        return
    reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(source.failures.items()))
    if not source.pages_answered and (source.pages_failed or source.feeds_failed):
        since = f"since {source.last_success_at:%Y-%m-%d %H:%M} UTC" if source.last_success_at else "ever"
        yield f"{source.name}: its last run got no page ({reasons}); no good look at it {since}."
    elif source.pages_failed > source.pages_answered:
        yield f"{source.name}: more pages failed than answered in its last run ({reasons})."
    elif source.pages_answered and not (source.moves_seen or source.job_ads_seen or source.unparsed_seen):
        yield (
            f"{source.name}: its last run read {source.pages_answered} pages and found neither announcement nor job ad:"
            " look whether the site has changed."
        )
    if source.alarms:
        yield f"{source.name} is degraded: {' '.join(source.alarms)} What to do: `navnenyt health`."


def counted(number: int, thing: str) -> str:
    """`1 move`, `2 moves`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
