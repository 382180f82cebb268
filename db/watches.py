"""Watches: filters whose new matches somebody is told of, and which records matched.

A match is kept before it is told, and marked as told afterwards: a run that is killed in between tells it again, and
none is lost. What a run has looked at is kept with that run, in the same transaction as its matches, so that a run
which never came so far leaves its records to the next one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, and_, delete, func, insert, select, update

from db.health import note_in_summary
from db.models import JobAd, Move, Run, Watch, WatchMatch
from db.newest import Found
from db.record_filter import JOB_AD, parse, where
from db.rows import add_row
from db.same_event import events_of, own_id
from scraper.errors import FilterError

NEW_FOR = timedelta(days=31)
"""A record that turns up later than this after it was first seen (a replay read it) is not new to anybody."""
_LOOKED_AT = "watched"
_RECORDS: dict[str, tuple[type[Move | JobAd], str]] = {
    "move": (
        Move,
        "SELECT x.move_id, x.first_seen FROM move_fact x JOIN move m ON m.id = x.move_id WHERE x.move_id > ?",
    ),
    JOB_AD: (
        JobAd,
        "SELECT x.job_ad_id, x.first_seen FROM job_ad_fact x JOIN job_ad a ON a.id = x.job_ad_id WHERE x.job_ad_id > ?",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """A watch as it is listed: what it wants, since when, how much matched and how much of that is not yet told."""

    id: int
    expression: str
    created_at: datetime
    active: bool
    matches: int
    untold: int


def add(connection: Connection, expression: str, *, at: datetime) -> int:
    """The id of the watch for a filter: a new one, or one that was removed and begins again.

    Raises FilterError for a filter that is not understood, or that is watched already.
    """
    text = str(parse(expression))
    known = connection.execute(select(Watch).where(Watch.expression == text)).one_or_none()
    if known is None:
        return add_row(connection, Watch, {"created_at": at, "expression": text, "active": True})
    if known.active:
        raise FilterError(f"That is watched already, as number {known.id}.", hint="See `navnenyt watch list`.")
    connection.execute(update(Watch).where(Watch.id == known.id).values(active=True, created_at=at))
    return int(known.id)


def remove(connection: Connection, which: str) -> str:
    """Stop a watch, named by its number or its filter; its filter. What it matched stays listed.

    Raises FilterError when there is no such watch.
    """
    by = Watch.id == int(which) if which.isdecimal() else Watch.expression == str(parse(which))
    found = connection.execute(select(Watch).where(by, Watch.active)).one_or_none()
    if found is None:
        raise FilterError(f"There is no watch {which!r}.", hint="See `navnenyt watch list`.")
    connection.execute(update(Watch).where(Watch.id == found.id).values(active=False))
    return str(found.expression)


def watches(connection: Connection) -> list[Watching]:
    """All watches, the oldest first."""
    once = _each_once().subquery()
    counted = (
        select(
            once.c.watch_id,
            func.count().label("matches"),
            func.count().filter(once.c.sent_at.is_(None)).label("untold"),
        )
        .group_by(once.c.watch_id)
        .subquery()
    )
    asked = select(Watch, counted.c.matches, counted.c.untold).outerjoin(counted, counted.c.watch_id == Watch.id)
    return [
        Watching(
            id=row.id,
            expression=row.expression,
            created_at=row.created_at,
            active=row.active,
            matches=row.matches or 0,
            untold=row.untold or 0,
        )
        for row in connection.execute(asked.order_by(Watch.id))
    ]


def match(connection: Connection, run_id: int, *, now: datetime) -> int:
    """Keep what the active watches want of the records that are new since the last run that came so far; how many.

    Asking again for the same run adds nothing.
    """
    active = connection.execute(select(Watch).where(Watch.active).order_by(Watch.id)).all()
    looked_at = _looked_at(connection)
    newest = {record: connection.scalar(select(func.max(table.id))) or 0 for record, (table, _) in _RECORDS.items()}
    count = 0
    for watch in active:
        wanted = parse(watch.expression)
        since = _stored(max(watch.created_at, now - NEW_FOR))
        for record in wanted.records:
            condition, parameters = where(wanted, record)
            sql = f"{_RECORDS[record][1]} AND x.first_seen >= ? AND {condition}"
            rows = connection.exec_driver_sql(sql, (looked_at.get(record, 0), since, *parameters)).all()
            count += _keep(connection, watch.id, record, [row[0] for row in rows], now)
    note_in_summary(connection, run_id, **{_LOOKED_AT: newest})
    return count


def _looked_at(connection: Connection) -> dict[str, int]:
    """The highest ids that a run has looked at; nothing for a database that never had a watch."""
    summaries = connection.scalars(select(Run.summary).where(Run.summary.is_not(None)).order_by(Run.id.desc()))
    return next((summary[_LOOKED_AT] for summary in summaries if summary and _LOOKED_AT in summary), {})


def _stored(moment: datetime) -> str:
    """A time as SQLite keeps it."""
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")


def _keep(connection: Connection, watch_id: int, record: str, ids: list[int], now: datetime) -> int:
    if not ids:
        return 0
    of_watch = (WatchMatch.watch_id == watch_id, WatchMatch.record == record)
    table = _RECORDS[record][0]
    matches = select(own_id(table)).join(WatchMatch, WatchMatch.record_id == table.id)
    known = set(connection.scalars(matches.where(*of_watch)))
    fresh = [{"watch_id": watch_id, "record": record, "record_id": number, "matched_at": now} for number in ids]
    fresh = [row for row in fresh if row["record_id"] not in known]
    if fresh:
        connection.execute(insert(WatchMatch), fresh)
    return len(fresh)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """A record that a watch asked for."""

    watch_id: int
    expression: str
    found: Found
    matched_at: datetime
    sent_at: datetime | None


def matched(connection: Connection, *, untold: bool = False, most: int | None = None) -> list[Matched]:
    """What watches matched, the newest first; with `untold` what nobody was told of yet, by active watches."""
    once = _each_once().subquery()
    asked = select(once, Watch.expression).join(Watch, Watch.id == once.c.watch_id)
    if untold:
        asked = asked.where(once.c.sent_at.is_(None), Watch.active)
    asked = asked.order_by(once.c.matched_at.desc(), once.c.watch_id, once.c.record, once.c.record_id)
    return [
        Matched(
            watch_id=row.watch_id,
            expression=row.expression,
            found=Found("", row.record, row.record_id),
            matched_at=row.matched_at,
            sent_at=row.sent_at,
        )
        for row in connection.execute(asked.limit(most))
    ]


def _each_once() -> Select[int, str, int, datetime, datetime | None]:
    """The matches; those of records that turned out to be one event as one, told when any of them was."""
    of_move = and_(WatchMatch.record == "move", Move.id == WatchMatch.record_id)
    of_ad = and_(WatchMatch.record == JOB_AD, JobAd.id == WatchMatch.record_id)
    own = func.coalesce(Move.same_as_id, JobAd.same_as_id, WatchMatch.record_id)
    return (
        select(
            WatchMatch.watch_id,
            WatchMatch.record,
            own.label("record_id"),
            func.min(WatchMatch.matched_at).label("matched_at"),
            func.min(WatchMatch.sent_at).label("sent_at"),
        )
        .outerjoin(Move, of_move)
        .outerjoin(JobAd, of_ad)
        .group_by(WatchMatch.watch_id, WatchMatch.record, own)
    )


def note_told(connection: Connection, told: Iterable[Matched], *, at: datetime) -> None:
    """Note that somebody was told of these matches."""
    for one in told:
        ids = {one.found.id, *connection.scalars(events_of(_RECORDS[one.found.record][0], [one.found.id]))}
        connection.execute(
            update(WatchMatch)
            .where(
                WatchMatch.watch_id == one.watch_id,
                WatchMatch.record == one.found.record,
                WatchMatch.record_id.in_(ids),
                WatchMatch.sent_at.is_(None),
            )
            .values(sent_at=at)
        )


def forget_erased(connection: Connection) -> int:
    """Drop the matches of records that are no longer there; how many."""
    dropped = 0
    for record, (table, _) in _RECORDS.items():
        gone = (WatchMatch.record == record, WatchMatch.record_id.not_in(select(table.id)))
        dropped += connection.execute(delete(WatchMatch).where(*gone)).rowcount
    return dropped
