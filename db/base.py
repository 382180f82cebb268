"""What all tables share: how constraints are named, how times and lists are kept, and the words that columns hold."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase

from db.times import UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are named, so that a later migration can find them."""


class RunStatus(StrEnum):
    """How a run ended. `failed`: by an error of ours (a full disk, a locked database); a site that fails ends no run.

    `cut_off`: it never said how it ended (killed, power cut), and the next run noted so.
    """

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    CUT_OFF = "cut_off"


class SourceKind(StrEnum):
    """What a source is: article pages with announcements and ads in their side column, or a page for each ad."""

    ARTICLES = "articles"
    JOB_BOARD = "job_board"


class Stage(StrEnum):
    """Where in a source's turn something broke. `wall`: a login, consent or robot check stands where the page was."""

    DISCOVERY = "discovery"
    FETCH = "fetch"
    WALL = "wall"
    LAYOUT = "layout"
    FIELD = "field"
    YIELD = "yield"


class RecordKind(StrEnum):
    """The two kinds of record that are in rotation on article pages."""

    MOVE = "move"
    JOB_AD = "job_ad"


class MonthBasis(StrEnum):
    """What a move's month is that of: its start date, or the day it was seen first where no month is stated."""

    START = "start"
    SEEN = "seen"


class Base(DeclarativeBase):
    """All tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a class attribute
        datetime: UtcDateTime,
        list[str]: JSON(none_as_null=True),
        dict[str, Any]: JSON(none_as_null=True),
    }


CLUSTERED = {"sqlite_with_rowid": False}
"""SQLite keeps the rows in the order of their primary key: all sightings of a record lie side by side, so that its
first, last and number are one short read. Other databases pass over it."""


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """The column holds one of these words."""
    words = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_known")
