"""What the database knows of the archive, so that a run can find the answers that were archived and never stored."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, or_, select

from db.models import Fetch, Page, Run, RunStatus, Source
from scraper.records import Candidate, PageKind

_BROKEN_OFF = (RunStatus.CUT_OFF, RunStatus.FAILED, RunStatus.INTERRUPTED)
_MARGIN = timedelta(days=1)
"""A file of the archive bears the day of its answers; a fetch that began before midnight can be in the next day's."""


def open_since(connection: Connection) -> datetime | None:
    """When the first run began after the last that ended by itself; the one that is on included."""
    last_done = select(func.coalesce(func.max(Run.id), 0)).where(Run.status == RunStatus.DONE).scalar_subquery()
    return connection.scalar(select(func.min(Run.started_at)).where(Run.id > last_done))


def newest_archived(connection: Connection, source: str) -> datetime | None:
    """When the answer was asked for that was stored last of those of a source that are in the archive."""
    return connection.scalar(
        select(Fetch.at)
        .join(Source)
        .where(Source.name == source, Fetch.archive_file.is_not(None))
        .order_by(Fetch.id.desc())
        .limit(1)
    )


def positions_since(connection: Connection, source: str, since: datetime | None) -> dict[str, set[int]]:
    """The offsets by archive file at which stored answers of a source lie, asked for since about then."""
    query = (
        select(Fetch.archive_file, Fetch.archive_offset)
        .join(Source)
        .where(Source.name == source, Fetch.archive_file.is_not(None))
    )
    if since is not None:
        query = query.where(Fetch.at >= since - _MARGIN)
    known: dict[str, set[int]] = {}
    for file, offset in connection.execute(query):
        assert file is not None
        assert offset is not None, "the two are stored together"
        known.setdefault(file, set()).add(offset)
    return known


def page_named(connection: Connection, source: str, url: str, identity: str | None) -> Candidate | None:
    """The known page of a source with this address or this identity."""
    row = connection.execute(
        select(Page.url, Page.identity, Page.kind, Page.title, Page.published_at)
        .join(Source)
        .where(
            Source.name == source,
            Page.kind != PageKind.FEED.value,
            or_(Page.url == url, Page.identity == identity),
        )
        .order_by((Page.url == url).desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return Candidate(
        url=row.url, identity=row.identity, kind=PageKind(row.kind), title=row.title, published=row.published_at
    )


def run_of(connection: Connection, at: datetime, *, otherwise: int) -> int:
    """The run that broke off and to which an answer of that moment belongs, or else the run given."""
    row = connection.execute(
        select(Run.id, Run.status).where(Run.started_at <= at).order_by(Run.started_at.desc(), Run.id.desc()).limit(1)
    ).one_or_none()
    return row.id if row is not None and row.status in _BROKEN_OFF else otherwise


def sources_of_last_broken_off(connection: Connection, before: int) -> tuple[list[str], set[str]] | None:
    """The sources that the run before was to visit and those that it did, if it broke off; None if it did not."""
    row = connection.execute(
        select(Run.id, Run.status, Run.sources).where(Run.id < before).order_by(Run.id.desc()).limit(1)
    ).one_or_none()
    if row is None or row.status not in _BROKEN_OFF:
        return None
    visited = connection.scalars(
        select(Source.name).where(Source.id.in_(select(Fetch.source_id).where(Fetch.run_id == row.id)))
    )
    return list(row.sources), set(visited)
