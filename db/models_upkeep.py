"""The tables of the upkeep: how much was seen, what broke, when runs are due, what hosts ask, what was read anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, RecordKind, Stage, one_of


class Coverage(Base):
    """How much of what was in rotation at a source a run saw: an estimate. See scraper/coverage.py for the columns."""

    __tablename__ = "coverage"
    __table_args__ = (one_of("record", RecordKind),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    pages: Mapped[int]
    draws: Mapped[int]
    seen: Mapped[int]
    once: Mapped[int]
    twice: Mapped[int]
    share: Mapped[float]
    share_low: Mapped[float]
    share_high: Mapped[float]
    total: Mapped[float]
    low: Mapped[float]
    high: Mapped[float]


class Alarm(Base):
    """Something that a run found broken at a source. `code` names the check, `notified_at` says when it was sent."""

    __tablename__ = "alarm"
    __table_args__ = (Index(None, "source_id", "run_id"), Index(None, "run_id"), one_of("stage", Stage))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    stage: Mapped[str]
    code: Mapped[str]
    sentence: Mapped[str]
    advice: Mapped[str]
    notified_at: Mapped[datetime | None]


class Slot(Base):
    """A time at which a scheduled run was due, in UTC, so that the two nights of the clock change have one each."""

    __tablename__ = "slot"

    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    exit_status: Mapped[int | None]


class SiteFile(Base):
    """What a host says about itself: its robots.txt, its tdmrep.json. `reason` says why it could not be had."""

    __tablename__ = "site_file"

    site: Mapped[str] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    status: Mapped[int | None]
    reason: Mapped[str | None]
    detail: Mapped[str]
    body: Mapped[bytes | None]
    archive_file: Mapped[str | None]
    archive_offset: Mapped[int | None]


class HostPause(Base):
    """Until when a host asked to be left alone."""

    __tablename__ = "host_pause"

    host: Mapped[str] = mapped_column(primary_key=True)
    said_at: Mapped[datetime]
    until: Mapped[datetime]
    said: Mapped[str]


class Replay(Base):
    """One reading of the archive through a newer parser whose changes were kept."""

    __tablename__ = "replay"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    parser_version: Mapped[str]
    since: Mapped[date | None]
    sources: Mapped[list[str]]
    pages: Mapped[int]
    added: Mapped[int]
    changed: Mapped[int]
    dropped: Mapped[int]


class Replaced(Base):
    """A row as it stood before a replay changed or dropped it."""

    __tablename__ = "replaced"
    __table_args__ = (Index(None, "replay_id"), Index(None, "table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    replay_id: Mapped[int] = mapped_column(ForeignKey("replay.id"))
    table_name: Mapped[str]
    row_id: Mapped[int]
    before: Mapped[dict[str, Any]]
