"""Telling somebody what a run found that they watch for: one message for each run with something new.

Nothing here ever ends or changes a run. A match is kept first and told then; one that could not be told is told by the
next run. A run killed between a service taking the message and that being noted tells it once more: rather twice than
never.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from itertools import groupby

from sqlalchemy.exc import SQLAlchemyError

from db.engine import connect_read_only, sqlite_path
from db.newest import records_of
from db.store import Store
from db.watches import Matched, forget_erased, match, matched, note_told, watches
from scraper.config import Settings
from scraper.errors import NavnenytError
from scraper.notify import deliver
from scraper.show.feed import headline

log = logging.getLogger("navnenyt")

MOST_LINES = 50
"""A message names so many records; the others are counted and listed by `navnenyt watch list`."""


def after_run(settings: Settings, store: Store, run_id: int, *, now: datetime) -> None:
    """Match what is new, and tell what nobody was told of; whatever fails is logged and tried again next time."""
    try:
        with store.engine.begin() as connection:
            if not any(watch.active for watch in watches(connection)):
                return
            forget_erased(connection)
            count = match(connection, run_id, now=now)
            waiting = matched(connection, untold=True)
        log.info("watches: %d new matches, %d to tell", count, len(waiting))
        if waiting and settings.notify.urls and _told(settings, waiting):
            with store.engine.begin() as connection:
                note_told(connection, waiting, at=now)
    except (NavnenytError, SQLAlchemyError, sqlite3.Error) as error:
        log.warning("watches: %s", error)


def _told(settings: Settings, waiting: Sequence[Matched]) -> bool:
    title, body = message(settings.database, waiting)
    return any(delivery.sent for delivery in deliver(settings.notify, title, body))


def message(database: str, waiting: Sequence[Matched]) -> tuple[str, str]:
    """A title and a body in plain text: each watch with what it matched, and where that stands."""
    with closing(connect_read_only(sqlite_path(database))) as connection:
        records = records_of(connection, [one.found for one in waiting[:MOST_LINES]])
    said = {("move" if hasattr(record, "person") else "job_ad", record.id): record for record in records}
    lines: list[str] = []
    for expression, group in groupby(sorted(waiting, key=lambda one: one.watch_id), key=lambda one: one.expression):
        lines.append(f"{expression}:")
        for one in group:
            if (record := said.get((one.found.record, one.found.id))) is not None:
                pages = f"\n    {record.pages[0].url}" if record.pages else ""
                lines.append(f"  {headline(record)}{pages}")
    if len(waiting) > MOST_LINES:
        lines.append(f"and {len(waiting) - MOST_LINES} more: navnenyt watch list")
    count = len(waiting)
    return f"navnenyt: {count} new match{'es' if count != 1 else ''} of your watches", "\n".join(lines)
