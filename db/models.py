"""The tables, singular by name. docs/data-model.md explains every column and draws how they hang together.

Nothing here belongs to one database: SQLite runs it, and the same definitions compile for PostgreSQL. What people read
are the plural views (`moves`, `job_ads`, …) that the migrations make over these tables.

Four kinds of record are each stored once and seen often: move, job_ad, unparsed, problem. Each has a `key`, unique,
which `db.identity` derives from what the record says, and a table of sightings: which fetch showed it, and when. First
and last sighting are never stored with the record, so that seeing it again changes no row of it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.base import CLUSTERED, NAMING, Base, RunStatus, SourceKind, one_of
from db.models_trends import (
    CompanyAlias,
    CompanyBlock,
    CompanyDecision,
    CvrEntry,
    HireAd,
    JobAdFact,
    JobAdSpan,
    MoveEarlier,
    MoveFact,
    MoveStudy,
    PersonTie,
    Place,
    Role,
    SourceDay,
    Watch,
    WatchMatch,
)
from db.models_upkeep import Alarm, Coverage, HostPause, Replaced, Replay, SiteFile, Slot
from scraper.records import FetchOutcome, MoveKind, PageKind


def _one_row_an_event() -> tuple[Index, ...]:
    """The indexes by which an event of a company has one row of its own, however many names tell of it."""
    own, further = text("same_as_id IS NULL"), text("same_as_id IS NOT NULL")
    return (
        Index(None, "event", "company_id", unique=True, sqlite_where=own, postgresql_where=own),
        Index(None, "same_as_id", sqlite_where=further, postgresql_where=further),
    )


class Source(Base):
    """A site that is watched."""

    __tablename__ = "source"
    __table_args__ = (one_of("kind", SourceKind),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    title: Mapped[str]


class Run(Base):
    """One run of the program over some sources."""

    __tablename__ = "run"
    __table_args__ = (
        one_of("status", RunStatus),
        CheckConstraint("(status = 'running') = (finished_at IS NULL)", name="finished_once_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    status: Mapped[str]
    exit_status: Mapped[int | None]
    parser_version: Mapped[str]
    sources: Mapped[list[str]]
    summary: Mapped[dict[str, Any] | None]


class RunSource(Base):
    """What one run had from one source, counted when the run ends."""

    __tablename__ = "run_source"
    __table_args__ = (Index(None, "source_id", "run_id"),)

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    pages_fetched: Mapped[int]
    pages_unchanged: Mapped[int]
    pages_failed: Mapped[int]
    feeds_answered: Mapped[int]
    feeds_failed: Mapped[int]
    moves_seen: Mapped[int]
    job_ads_seen: Mapped[int]
    unparsed_seen: Mapped[int]
    problems_seen: Mapped[int]
    failures: Mapped[dict[str, Any]]
    whole: Mapped[bool]
    measures: Mapped[dict[str, Any] | None]


class Page(Base):
    """A page of a source, by its identity there: its slug and host may change, its row does not."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("source_id", "identity"),
        Index(None, "source_id", "url"),
        one_of("kind", PageKind),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    kind: Mapped[str]
    identity: Mapped[str]
    url: Mapped[str]
    title: Mapped[str]
    published_at: Mapped[datetime | None]


class Fetch(Base):
    """One request for a page and how it ended."""

    __tablename__ = "fetch"
    __table_args__ = (
        Index(None, "page_id", "at"),
        Index(None, "run_id", "source_id"),
        Index(None, "source_id", "at"),
        one_of("outcome", FetchOutcome),
        CheckConstraint("(outcome = 'failed') = (reason IS NOT NULL)", name="failed_with_reason"),
        CheckConstraint("bytes_received >= 0 AND elapsed_ms >= 0", name="measured"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"))
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"))
    at: Mapped[datetime]
    outcome: Mapped[str]
    url: Mapped[str]
    final_url: Mapped[str | None]
    status: Mapped[int | None]
    reason: Mapped[str | None]
    detail: Mapped[str]
    bytes_received: Mapped[int]
    elapsed_ms: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_sha256: Mapped[str | None]
    archive_file: Mapped[str | None]
    archive_offset: Mapped[int | None]
    allowed_by: Mapped[str]
    headings: Mapped[list[str] | None]
    reservation: Mapped[str | None]


class Company(Base):
    """A company, by the key that all its spellings share."""

    __tablename__ = "company"
    __table_args__ = (Index(None, "cvr", unique=True), Index(None, "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_folded: Mapped[str]
    cvr: Mapped[str | None]


class CompanyName(Base):
    """A spelling under which a company was seen, and the fetch that showed it first."""

    __tablename__ = "company_name"
    __table_args__ = (UniqueConstraint("company_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    name: Mapped[str]
    first_fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"))


class Person(Base):
    """A person: one name in a chain of jobs that fits. Namesakes are rows of their own."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(index=True)
    name_folded: Mapped[str]


class Move(Base):
    """One people move, as the announcement states it that showed it first under this name of the company.

    `event` is what it says but for that name. `same_as_id` is the row of the same event, seen earlier under another
    name of the same company: db/same_event.py.
    """

    __tablename__ = "move"
    __table_args__ = (
        *_one_row_an_event(),
        Index(None, "company_id", "kind", "start_date_first"),
        Index(None, "previous_company_id", "kind"),
        Index(None, "kind", "start_date_first"),
        *(Index(None, each) for each in ("person", "role", "location", "start_date", "previous_role")),  # to sort by
        one_of("kind", MoveKind),
        one_of("start_date_precision", ("day", "month", "year")),
        CheckConstraint(
            "(start_date IS NULL) = (start_date_first IS NULL)"
            " AND (start_date IS NULL) = (start_date_precision IS NULL)",
            name="start_date_whole",
        ),
        CheckConstraint("(company IS NULL) = (company_id IS NULL)", name="company_identified"),
        CheckConstraint(
            "(previous_company IS NULL) = (previous_company_id IS NULL)", name="previous_company_identified"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person: Mapped[str]
    age: Mapped[int | None]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    company: Mapped[str | None]
    role: Mapped[str | None]
    role_folded: Mapped[str | None] = mapped_column(index=True)
    unit: Mapped[str | None]
    location: Mapped[str | None]
    start_date: Mapped[str | None]
    start_date_first: Mapped[date | None]
    start_date_precision: Mapped[str | None]
    start_date_text: Mapped[str | None]
    previous_role: Mapped[str | None]
    previous_company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    previous_company: Mapped[str | None]
    earlier_companies: Mapped[list[str]]
    education: Mapped[list[str]]
    institution: Mapped[list[str]]
    focus: Mapped[str | None]
    label: Mapped[str | None]
    text: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    rule: Mapped[str]
    parser_version: Mapped[str]
    event: Mapped[str]
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("move.id"))


class MoveSighting(Base):
    """A fetch that showed a move. `text` is kept where that page words it otherwise than the move's own row."""

    __tablename__ = "move_sighting"
    __table_args__ = (Index(None, "fetch_id"), CLUSTERED)

    move_id: Mapped[int] = mapped_column(ForeignKey("move.id"), primary_key=True)
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), primary_key=True)
    seen_at: Mapped[datetime]
    text: Mapped[str | None]


class JobAd(Base):
    """One job ad. `identified_by_source_id` names the board whose identifier tells it from others, if one does.

    `event` and `same_as_id` are those of a move: the same ad under another name of the company.
    """

    __tablename__ = "job_ad"
    __table_args__ = _one_row_an_event()

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    identified_by_source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id"))
    identifier: Mapped[str | None]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    company: Mapped[str]
    title: Mapped[str]
    title_folded: Mapped[str] = mapped_column(index=True)
    region: Mapped[str | None] = mapped_column(index=True)
    url: Mapped[str | None]
    posted: Mapped[date | None]
    deadline: Mapped[date | None]
    employment_type: Mapped[str | None]
    text: Mapped[str]
    evidence: Mapped[dict[str, Any]]
    rule: Mapped[str]
    parser_version: Mapped[str]
    event: Mapped[str]
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("job_ad.id"))


class JobAdSighting(Base):
    """A fetch that showed a job ad. `text` and `facts` hold what that page says otherwise than the ad's own row."""

    __tablename__ = "job_ad_sighting"
    __table_args__ = (Index(None, "fetch_id"), CLUSTERED)

    job_ad_id: Mapped[int] = mapped_column(ForeignKey("job_ad.id"), primary_key=True)
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), primary_key=True)
    seen_at: Mapped[datetime]
    text: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]


class Unparsed(Base):
    """An announcement that no rule read whole. It is kept for good; once a parser reads it, it is marked resolved."""

    __tablename__ = "unparsed"
    __table_args__ = (
        CheckConstraint("(resolved_at IS NULL) = (resolved_by IS NULL)", name="resolved_by_a_parser"),
        Index(None, "resolved_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    reason: Mapped[str]
    label: Mapped[str | None]
    parser_version: Mapped[str]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]


class UnparsedSighting(Base):
    """A fetch that showed an announcement which could not be read."""

    __tablename__ = "unparsed_sighting"
    __table_args__ = (Index(None, "fetch_id"), CLUSTERED)

    unparsed_id: Mapped[int] = mapped_column(ForeignKey("unparsed.id"), primary_key=True)
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), primary_key=True)
    seen_at: Mapped[datetime]


class Problem(Base):
    """Something about a page that a person should know."""

    __tablename__ = "problem"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("page.id"), index=True)
    code: Mapped[str]
    message: Mapped[str]
    text: Mapped[str]


class ProblemSighting(Base):
    """A fetch whose page had the problem."""

    __tablename__ = "problem_sighting"
    __table_args__ = (Index(None, "fetch_id"), CLUSTERED)

    problem_id: Mapped[int] = mapped_column(ForeignKey("problem.id"), primary_key=True)
    fetch_id: Mapped[int] = mapped_column(ForeignKey("fetch.id"), primary_key=True)
    seen_at: Mapped[datetime]


__all__ = [
    "NAMING",
    "Alarm",
    "Base",
    "Company",
    "CompanyAlias",
    "CompanyBlock",
    "CompanyDecision",
    "CompanyName",
    "Coverage",
    "CvrEntry",
    "Fetch",
    "HireAd",
    "HostPause",
    "JobAd",
    "JobAdFact",
    "JobAdSighting",
    "JobAdSpan",
    "Move",
    "MoveEarlier",
    "MoveFact",
    "MoveSighting",
    "MoveStudy",
    "Page",
    "Person",
    "PersonTie",
    "Place",
    "Problem",
    "ProblemSighting",
    "Replaced",
    "Replay",
    "Role",
    "Run",
    "RunSource",
    "RunStatus",
    "SiteFile",
    "Slot",
    "Source",
    "SourceDay",
    "SourceKind",
    "Unparsed",
    "UnparsedSighting",
    "Watch",
    "WatchMatch",
]
