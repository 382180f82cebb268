"""What hosts said of themselves and asked of us, kept from one run to the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select

from db.engine import reading
from db.models import Fetch as FetchRow
from db.models import HostPause as PauseRow
from db.models import SiteFile as FileRow
from db.models import Source
from db.writable import writable_text
from scraper.records import HostPause, SiteFile


class LastRequest(NamedTuple):
    """The newest request to a source: where it led, when it had ended, and the seconds that it took."""

    url: str
    ended: datetime
    took: float


class Hosts:
    """The memory of hosts in the database. Every method raises DatabaseLocked, DiskFull or StoreError."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def site_file(self, site: str, path: str) -> SiteFile | None:
        """The file at `path` of `site` as it was last asked for."""
        with reading(self._engine) as connection:
            return site_file(connection, site, path)

    def keep_site_file(self, site: str, path: str, file: SiteFile) -> None:
        """Remember a file in the place of what was known of it."""
        row: dict[str, Any] = {
            "site": site,
            "path": path,
            "asked_at": file.asked_at,
            "until": file.until,
            "status": file.status,
            "reason": file.reason,
            "detail": writable_text(file.detail),
            "body": file.body,
            "archive_file": file.archive[0] if file.archive else None,
            "archive_offset": file.archive[1] if file.archive else None,
        }
        with self._engine.begin() as connection:
            connection.execute(delete(FileRow).where(FileRow.site == site, FileRow.path == path))
            connection.execute(insert(FileRow), row)

    def pause(self, host: str) -> HostPause | None:
        """What `host` last asked for, which may be over."""
        with reading(self._engine) as connection:
            return pause(connection, host)

    def keep_pause(self, host: str, pause: HostPause) -> None:
        """Remember what a host asks for."""
        row = {"host": host, "said_at": pause.said_at, "until": pause.until, "said": writable_text(pause.said)}
        with self._engine.begin() as connection:
            connection.execute(delete(PauseRow).where(PauseRow.host == host))
            connection.execute(insert(PauseRow), row)

    def last_request(self, source: str) -> LastRequest | None:
        """The newest request to a source that was answered."""
        with reading(self._engine) as connection:
            row = connection.execute(
                select(FetchRow.url, FetchRow.final_url, FetchRow.at, FetchRow.elapsed_ms)
                .join(Source, Source.id == FetchRow.source_id)
                .where(Source.name == source, FetchRow.status.is_not(None))
                .order_by(FetchRow.at.desc(), FetchRow.id.desc())
                .limit(1)
            ).one_or_none()
        if row is None:
            return None
        took = timedelta(milliseconds=row.elapsed_ms)
        return LastRequest(row.final_url or row.url, row.at + took, took.total_seconds())


class LastAnswer(NamedTuple):
    """The newest fetch of a source that had an answer: its end in a word of FetchOutcome, or the reason it failed."""

    at: datetime
    ended: str
    took: float


def last_answer(connection: Connection, source: str) -> LastAnswer | None:
    """The newest answer of a source, to a feed or a page."""
    row = connection.execute(
        select(FetchRow.at, FetchRow.outcome, FetchRow.reason, FetchRow.elapsed_ms)
        .join(Source, Source.id == FetchRow.source_id)
        .where(Source.name == source, FetchRow.status.is_not(None))
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
        .limit(1)
    ).one_or_none()
    return LastAnswer(row.at, row.reason or row.outcome, row.elapsed_ms / 1000) if row is not None else None


def last_reservation(connection: Connection, source: str) -> str:
    """What the source's newest run heard said against text and data mining, the last of it; "" for nothing."""
    newest = (
        select(func.max(FetchRow.run_id))
        .join(Source, Source.id == FetchRow.source_id)
        .where(Source.name == source)
        .scalar_subquery()
    )
    said = connection.scalar(
        select(FetchRow.reservation)
        .join(Source, Source.id == FetchRow.source_id)
        .where(Source.name == source, FetchRow.run_id == newest, FetchRow.reservation.is_not(None))
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
        .limit(1)
    )
    return said or ""


def site_file(connection: Connection, site: str, path: str) -> SiteFile | None:
    """See `Hosts.site_file`."""
    row = connection.execute(select(FileRow).where(FileRow.site == site, FileRow.path == path)).one_or_none()
    if row is None:
        return None
    return SiteFile(
        asked_at=row.asked_at,
        until=row.until,
        status=row.status,
        reason=row.reason,
        detail=row.detail,
        body=row.body,
        archive=(row.archive_file, row.archive_offset) if row.archive_file is not None else None,
    )


def pause(connection: Connection, host: str) -> HostPause | None:
    """See `Hosts.pause`."""
    row = connection.execute(select(PauseRow).where(PauseRow.host == host)).one_or_none()
    return HostPause(said_at=row.said_at, until=row.until, said=row.said) if row is not None else None
