"""What health needs of earlier runs, and what it leaves: measures, coverage, alarms, and who was told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from db.models import Alarm, Coverage, Run, RunSource, Source


class Look(NamedTuple):
    """A run that judged a source, and what it measured."""

    run_id: int
    started_at: datetime
    measures: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An alarm as it is kept. `since` is when the run started that raised it first without a break since."""

    id: int
    source: str
    stage: str
    code: str
    sentence: str
    advice: str
    notified_at: datetime | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one source stood after the run that judged it last."""

    source: str
    run_id: int
    at: datetime
    measures: Mapping[str, Any]
    usual: Sequence[Mapping[str, Any]]
    coverage: Mapping[str, Mapping[str, Any]]
    alarms: Sequence[Told]


def keep(
    connection: Connection,
    run_id: int,
    source_id: int,
    *,
    coverage: Sequence[Mapping[str, Any]],
    alarms: Sequence[Mapping[str, str]],
) -> None:
    """Store what a run found of a source, in place of what it had found before.

    An alarm that goes on keeps the time at which somebody was told of it.
    """
    for table in (Coverage, Alarm):
        connection.execute(delete(table).where(table.run_id == run_id, table.source_id == source_id))
    here = {"run_id": run_id, "source_id": source_id}
    if coverage:
        connection.execute(insert(Coverage), [{**here, **row} for row in coverage])
    told = {row.code: row.notified_at for row in _episode(connection, source_id, run_id)}
    if alarms:
        connection.execute(insert(Alarm), [{**here, **row, "notified_at": told.get(row["code"])} for row in alarms])


def _judged(source_id: int, before: int) -> Any:
    return (
        select(RunSource.run_id)
        .where(RunSource.source_id == source_id, RunSource.run_id < before, RunSource.measures.is_not(None))
        .order_by(RunSource.run_id.desc())
    )


def _episode(connection: Connection, source_id: int, run_id: int) -> Sequence[Any]:
    """The alarms of a source since the last run before `run_id` that judged it and found none, oldest first."""
    raised = select(Alarm.id).where(Alarm.run_id == RunSource.run_id, Alarm.source_id == source_id).exists()
    well = connection.scalar(_judged(source_id, run_id).where(~raised).limit(1))
    return connection.execute(
        select(Alarm, Run.started_at)
        .join(Run, Run.id == Alarm.run_id)
        .where(Alarm.source_id == source_id, Alarm.run_id < run_id, Alarm.run_id > (well or 0))
        .order_by(Alarm.run_id, Alarm.id)
    ).all()


def healthy_measures(connection: Connection, source: str, *, before: int, limit: int) -> list[dict[str, Any]]:
    """See `Store.healthy_measures`."""
    source_id = connection.scalar(select(Source.id).where(Source.name == source))
    alarmed = select(Alarm.id).where(Alarm.run_id == RunSource.run_id, Alarm.source_id == source_id).exists()
    rows = connection.execute(
        select(RunSource.measures, (RunSource.whole & ~alarmed).label("well"))
        .where(RunSource.source_id == source_id, RunSource.run_id < before, RunSource.measures.is_not(None))
        .order_by(RunSource.run_id.desc())
    )
    found: list[dict[str, Any]] = []
    for measures, well in rows:
        accepted = measures.get("accepted", False)
        if well or accepted:
            found.append(measures)
        if accepted or len(found) == limit:
            break
    return found


def last_look(connection: Connection, source: str, *, before: int) -> Look | None:
    """The newest run before `before` that measured a source, however it found it."""
    row = connection.execute(
        select(RunSource.run_id, Run.started_at, RunSource.measures)
        .join(Run, Run.id == RunSource.run_id)
        .join(Source, Source.id == RunSource.source_id)
        .where(Source.name == source, RunSource.run_id < before, RunSource.measures.is_not(None))
        .order_by(RunSource.run_id.desc())
        .limit(1)
    ).one_or_none()
    return Look(row.run_id, row.started_at, row.measures) if row is not None else None


def accept(connection: Connection, source: str) -> int | None:
    """Take what a source gave last as usual from now on; the run, or None when nothing was ever measured of it."""
    newest = connection.scalar(select(func.max(Run.id))) or 0
    look = last_look(connection, source, before=newest + 1)
    if look is None:
        return None
    source_id = connection.scalar(select(Source.id).where(Source.name == source))
    connection.execute(
        update(RunSource)
        .where(RunSource.run_id == look.run_id, RunSource.source_id == source_id)
        .values(measures={**look.measures, "accepted": True})
    )
    connection.execute(delete(Alarm).where(Alarm.run_id == look.run_id, Alarm.source_id == source_id))
    return look.run_id


def standings(connection: Connection, run_id: int | None, *, history: int) -> list[Standing]:
    """How each source stood after its last run, or after run `run_id`, with up to `history` healthy runs before it."""
    found = []
    for source in connection.execute(select(Source.id, Source.name).order_by(Source.name)):
        before = run_id + 1 if run_id is not None else (connection.scalar(select(func.max(Run.id))) or 0) + 1
        look = last_look(connection, source.name, before=before)
        if look is None or (run_id is not None and look.run_id != run_id):
            continue
        since: dict[str, datetime] = {}
        for row in _episode(connection, source.id, look.run_id):
            since.setdefault(row.code, row.started_at)
        alarms = connection.execute(
            select(Alarm).where(Alarm.source_id == source.id, Alarm.run_id == look.run_id).order_by(Alarm.id)
        ).all()
        coverage = (
            connection.execute(select(Coverage).where(Coverage.source_id == source.id, Coverage.run_id == look.run_id))
            .mappings()
            .all()
        )
        found.append(
            Standing(
                source=source.name,
                run_id=look.run_id,
                at=look.started_at,
                measures=look.measures,
                usual=healthy_measures(connection, source.name, before=look.run_id, limit=history),
                coverage={row.record: dict(row) for row in coverage},
                alarms=[
                    Told(
                        id=row.id,
                        source=source.name,
                        stage=row.stage,
                        code=row.code,
                        sentence=row.sentence,
                        advice=row.advice,
                        notified_at=row.notified_at,
                        since=since.get(row.code, look.started_at),
                    )
                    for row in alarms
                ],
            )
        )
    return found


def recovered(connection: Connection, run_id: int) -> dict[str, list[str]]:
    """The sources of a run that are well again, each with the codes of the alarms that somebody was told of."""
    found: dict[str, list[str]] = {}
    sources = connection.execute(
        select(Source.id, Source.name)
        .join(RunSource, RunSource.source_id == Source.id)
        .where(RunSource.run_id == run_id, RunSource.measures.is_not(None))
        .order_by(Source.name)
    )
    for source in sources:
        raised = connection.scalar(
            select(func.count()).select_from(Alarm).where(Alarm.run_id == run_id, Alarm.source_id == source.id)
        )
        told = [row.code for row in _episode(connection, source.id, run_id) if row.notified_at is not None]
        if not raised and told:
            found[source.name] = list(dict.fromkeys(told))
    return found


def note_told(connection: Connection, alarm_ids: Sequence[int], at: datetime) -> None:
    """Note that somebody was told of alarms."""
    connection.execute(update(Alarm).where(Alarm.id.in_(alarm_ids)).values(notified_at=at))


def note_in_summary(connection: Connection, run_id: int, **more: Any) -> None:
    """Add to the summary of a run that has ended."""
    kept = connection.scalar(select(Run.summary).where(Run.id == run_id)) or {}
    connection.execute(update(Run).where(Run.id == run_id).values(summary={**kept, **more}))


def last_summary(connection: Connection, *, before: int) -> dict[str, Any]:
    """The summary of the newest run before `before` that has one; `exit_status` among it."""
    row = connection.execute(
        select(Run.summary, Run.exit_status)
        .where(Run.id < before, Run.summary.is_not(None))
        .order_by(Run.id.desc())
        .limit(1)
    ).one_or_none()
    return {**row.summary, "exit_status": row.exit_status} if row is not None else {}
