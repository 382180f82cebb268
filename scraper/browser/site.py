"""Datasette, with only what is ours to show: the pages of this room, and its tables and rows."""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.views.row import RowView
from datasette.views.table import TableView

from db.engine import sqlite_path
from db.query import confine
from scraper.browser import dictionary, plugin
from scraper.browser.drawings import Drawings
from scraper.browser.fence import Fence
from scraper.browser.files import Files
from scraper.browser.front import Kept
from scraper.browser.guard import LOOPBACK, App, Guard
from scraper.browser.questions import Answers
from scraper.browser.reader import Reader
from scraper.browser.tables import LARGE, Views
from scraper.browser.tallies import Tallies

HERE = Path(__file__).parent
NAME = "data"
"""The database's name in addresses: `/data/moves`."""
SETTINGS: dict[str, Any] = {
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 3000,
    "facet_time_limit_ms": 250,
    "default_facet_size": 12,
    "suggest_facets": False,
    "default_allow_sql": False,
    "allow_download": False,
    "allow_csv_stream": False,
    "default_cache_ttl": 0,
    "truncate_cells_html": 300,
}
"""SQL of a reader's own goes through the fence; a stream of all rows would break off at the time limit, and
`navnenyt export` gives them whole."""
_VIEWS = (TableView, RowView)


class Site(Datasette):  # type: ignore[misc]  # Datasette has no types
    """The browser on one SQLite database. `hosts` are the names it answers to; None answers to any."""

    def __init__(self, url: str, *, hosts: frozenset[str] | None = LOOPBACK) -> None:
        self.file = sqlite_path(url)
        self.hosts = hosts
        self.reader = Reader(self.file)
        self.fence = Fence(url)
        self.drawings = Drawings()
        self.described = dictionary.read(dictionary.text_of_the_model())
        self.front = Kept(self.reader)
        self.tallies = Tallies(self.reader)
        self.taken = Files()
        self.answers = Answers(self.reader)
        (moves,) = self.reader.ask_here(lambda connection: connection.execute("SELECT max(id) FROM move").fetchone())
        self.is_large = (moves or 0) >= LARGE
        if not pm.is_registered(plugin):
            pm.register(plugin)
            pm.unregister(name="datasette.handle_exception")  # it prints all local values, people's names among them
        super().__init__(
            [str(self.file)],
            settings=SETTINGS,
            metadata=dictionary.metadata(self.described, NAME),
            template_dir=str(HERE / "templates"),
            static_mounts=[("look", str(HERE / "static"))],
        )

    def add_database(self, db: Database, name: str | None = None, route: str | None = None) -> Database:
        """Add a database; the one file gets the name that our addresses have."""
        if db.path:
            db, name = Views(self, db.path, is_mutable=db.is_mutable), NAME
            db.tallies = self.tallies if self.is_large else None
        return super().add_database(db, name, route)

    def _prepare_connection(self, conn: sqlite3.Connection, database: str) -> None:
        super()._prepare_connection(conn, database)
        if database == NAME:
            confine(conn)

    def _routes(self) -> list[tuple[Any, Any]]:
        """Our pages, our look, tables and rows; none of Datasette's own pages about itself."""
        ours = {pattern for pattern, _ in plugin.register_routes(self)}
        kept = []
        for pattern, view in super()._routes():
            if pattern.pattern in ours or pattern.pattern.startswith("/look/"):
                kept.append((pattern, view))
            elif getattr(view, "view_class", None) in _VIEWS:
                kept.append((re.compile(pattern.pattern.replace(r"[^\/\.]+", NAME, 1)), view))
        return kept

    def guarded(self) -> App:
        """The application to serve."""
        return Guard(self.app(), self.hosts)

    async def shut(self) -> None:
        """End what runs."""
        await self.fence.close()
        self.drawings.close()
        self.reader.close()
        if self.executor is not None:
            self.executor.shutdown()
        for database in self.databases.values():
            database.close()

    def note(self, sentence: str) -> None:
        """Tell the person who started the server."""
        sys.stderr.write(f"{sentence}\n")
