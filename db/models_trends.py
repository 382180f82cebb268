"""The tables of the trends: which company, role and place a name is, and what follows from records and sightings.

Companies' other names and the decisions about them are kept for good. All facts follow from the records: `db.facts`
keeps them in the transaction that stores a record, and can work them out again from nothing. A fact hangs by its
record's id and goes with it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.base import CLUSTERED, Base, MonthBasis, RecordKind, one_of


def _with(column: str) -> ForeignKey:
    """A key of a row that goes when the row it belongs to does."""
    return ForeignKey(column, ondelete="CASCADE")


class CompanyDecision(Base):
    """What was decided about two names of companies, by whom and why; one that was overruled stays."""

    __tablename__ = "company_decision"
    __table_args__ = (
        one_of("by_whom", ("rule", "user", "cvr")),
        one_of("verdict", ("same", "different", "rename", "cvr")),
        Index(None, "key_a"),
        Index(None, "key_b"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by_whom: Mapped[str]
    verdict: Mapped[str]
    key_a: Mapped[str]
    name_a: Mapped[str]
    key_b: Mapped[str | None]
    name_b: Mapped[str | None]
    score: Mapped[float | None]
    reason: Mapped[str]
    overruled_at: Mapped[datetime | None]


class CompanyAlias(Base):
    """A key that leads to a company: its own, and those that a decision gave it."""

    __tablename__ = "company_alias"

    key: Mapped[str] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), index=True)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("company_decision.id"))


class CompanyBlock(Base):
    """How a new name finds the few names that it is compared with: those that stand in one of its blocks.

    `joined` is what the name is compared by in that block. Worked out anew when the rules change.
    """

    __tablename__ = "company_block"
    __table_args__ = (CLUSTERED,)

    block: Mapped[str] = mapped_column(primary_key=True)
    joined: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)


class CvrEntry(Base):
    """A name of a company of the Danish business register, as it was imported."""

    __tablename__ = "cvr_entry"
    __table_args__ = (Index(None, "key"), CLUSTERED)

    cvr: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    imported_at: Mapped[datetime]


class Role(Base):
    """What a role or an ad's title is taken for, and by which rule of which tables."""

    __tablename__ = "role"

    folded: Mapped[str] = mapped_column(primary_key=True)
    example: Mapped[str]
    function: Mapped[str]
    seniority: Mapped[str]
    rule: Mapped[str]
    tables_version: Mapped[str]


class Place(Base):
    """The region that a place is in, as far as it is known."""

    __tablename__ = "place"

    folded: Mapped[str] = mapped_column(primary_key=True)
    example: Mapped[str]
    region: Mapped[str | None]
    nuts: Mapped[str | None]


class MoveEarlier(Base):
    """An earlier employer that a move names."""

    __tablename__ = "move_earlier"
    __table_args__ = (Index(None, "company_id"), CLUSTERED)

    move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    company: Mapped[str]
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))


class MoveStudy(Base):
    """A school that a move names, or a degree or trade."""

    __tablename__ = "move_study"
    __table_args__ = (one_of("what", ("school", "degree")), Index(None, "what", "folded", "name"), CLUSTERED)

    move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str]


class PersonTie(Base):
    """What two moves of one name have to do with each other: why they are one person's, or what speaks against it."""

    __tablename__ = "person_tie"
    __table_args__ = (Index(None, "other_move_id"), CLUSTERED)

    move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    other_move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    is_same: Mapped[bool]
    company_id: Mapped[int | None] = mapped_column(_with("company.id"))
    reason: Mapped[str]


class MoveFact(Base):
    """A move as the questions need it: narrow, everything comparable."""

    __tablename__ = "move_fact"
    __table_args__ = (
        one_of("month_basis", MonthBasis),
        Index(None, "person_id", "last_seen"),
        Index(None, "company_id", "first_seen"),
        Index(None, "previous_company_id", "first_seen"),
        Index(None, "company_id", "kind", "month", "function", "region"),
        Index(None, "previous_company_id", "kind", "company_id", "month", "function", "region"),
        Index(None, "kind", "month", "company_id", "function", "region", "seniority", "lead_days"),
        Index(None, "kind", "role", "company_id", "month", "function", "region"),
        Index(None, "first_seen"),
    )

    move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    previous_company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    month: Mapped[str]
    month_basis: Mapped[str]
    start_date_first: Mapped[date | None]
    role: Mapped[str | None]
    function: Mapped[str | None]
    seniority: Mapped[str | None]
    previous_function: Mapped[str | None]
    region: Mapped[str | None]
    nuts: Mapped[str | None]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    times_seen: Mapped[int]
    lead_days: Mapped[int | None]


class JobAdFact(Base):
    """A job ad as the questions need it, with its life as far as it is known."""

    __tablename__ = "job_ad_fact"
    __table_args__ = (
        Index(None, "company_id", "gone_at"),
        Index(None, "gone_at", "first_seen"),
        Index(None, "month"),
        Index(None, "first_seen"),
    )

    job_ad_id: Mapped[int] = mapped_column(_with("job_ad.id"), primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    function: Mapped[str]
    seniority: Mapped[str]
    region: Mapped[str | None]
    nuts: Mapped[str | None]
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    times_seen: Mapped[int]
    gone_at: Mapped[datetime | None]
    times_relisted: Mapped[int]
    days_open: Mapped[int]
    month: Mapped[str]


class JobAdSpan(Base):
    """A stretch of time in which an ad was up. One that ends is followed by another when the ad is put up again."""

    __tablename__ = "job_ad_span"
    __table_args__ = (CLUSTERED,)

    job_ad_id: Mapped[int] = mapped_column(_with("job_ad.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class HireAd(Base):
    """A hire and a job ad that it is likely to have come from."""

    __tablename__ = "hire_ad"
    __table_args__ = (Index(None, "job_ad_id"), CLUSTERED)

    move_id: Mapped[int] = mapped_column(_with("move.id"), primary_key=True)
    job_ad_id: Mapped[int] = mapped_column(_with("job_ad.id"), primary_key=True)
    score: Mapped[float]
    days_to_fill: Mapped[int]
    reason: Mapped[str]


class SourceDay(Base):
    """A day in Denmark on which a source was looked at, and whether one look at it was whole and without alarm."""

    __tablename__ = "source_day"
    __table_args__ = (Index(None, "day"), CLUSTERED)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    runs: Mapped[int]
    healthy: Mapped[bool]


class Watch(Base):
    """What somebody wants to be told of when it turns up."""

    __tablename__ = "watch"

    id: Mapped[int] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    expression: Mapped[str] = mapped_column(unique=True)
    active: Mapped[bool]


class WatchMatch(Base):
    """A record that a watch asked for, and when it was told."""

    __tablename__ = "watch_match"
    __table_args__ = (one_of("record", RecordKind), Index(None, "record", "record_id"), CLUSTERED)

    watch_id: Mapped[int] = mapped_column(_with("watch.id"), primary_key=True)
    record: Mapped[str] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(primary_key=True)
    matched_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
