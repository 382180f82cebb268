"""A second, passing store into which the archive is read: what the database would hold had it been read today.

It is a private SQLite file without a name, which the operating system removes with the process, so that nobody's name
is left behind by a replay that was killed. Records are kept in it by the very functions that a run uses, in the order
of the fetches; so what it says is what a good run would have stored.
"""

from __future__ import annotations

import json
import sqlite3
from functools import partial
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, StaticPool, create_engine

from db import sightings
from db.base import Base
from db.keeping import keep_extraction
from db.replayable import Showing
from db.sightings import JOB_ADS, MOVES, PROBLEMS, UNPARSED, Seen
from db.writable import writable_text
from scraper.records import Extraction

_COMMIT_AFTER = 2000


class Shadow:
    """What the pages say that were given to `keep`. Close it, or use it as a context manager."""

    def __init__(self, *, parser_version: str) -> None:
        self.parser_version = parser_version
        self.replayed: set[int] = set()
        """The fetches whose page was read again."""
        self.headings: dict[int, tuple[str, ...]] = {}
        """The headings of the pages where they are others than those found on the day, by fetch."""
        self.pages = 0
        self._stand_ins: dict[int, int] = {}
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect("", check_same_thread=False),
            poolclass=StaticPool,
            json_serializer=partial(json.dumps, ensure_ascii=False, sort_keys=True),
        )
        self.connection: Connection = self._engine.connect().execution_options(unsearched=True)
        Base.metadata.create_all(self.connection)
        self.connection.commit()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        self._engine.dispose()

    def knows(self, showing: Showing) -> bool:
        """Whether the page's body was read already, for another fetch that it did not change since."""
        return showing.origin in self._stand_ins

    def keep(self, showing: Showing, said: Extraction) -> None:
        """Keep what a page says that was read now."""
        keep_extraction(
            self.connection,
            said,
            Seen(showing.fetch_id, showing.at),
            source=showing.source,
            source_id=showing.source_id,
            page_id=showing.page_id,
            parser_version=self.parser_version,
        )
        self._stand_ins[showing.origin] = showing.fetch_id
        self.pages += 1
        headings = tuple(writable_text(heading) for heading in said.headings)
        if showing.origin == showing.fetch_id and headings != showing.headings:
            self.headings[showing.fetch_id] = headings
        self._kept(showing)

    def keep_unchanged(self, showing: Showing) -> None:
        """Keep that a fetch showed what its origin did."""
        earlier = self._stand_ins[showing.origin]
        for kind in (MOVES, JOB_ADS, UNPARSED, PROBLEMS):
            sightings.copy(self.connection, kind, earlier, Seen(showing.fetch_id, showing.at))
        self._kept(showing)

    def _kept(self, showing: Showing) -> None:
        self.replayed.add(showing.fetch_id)
        if len(self.replayed) % _COMMIT_AFTER == 0:
            self.connection.commit()
