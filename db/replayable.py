"""Which fetches can be read again, and from where in the archive.

A page that was answered "unchanged" shows what its last answer showed, so it is read from the record of that one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, Engine, select

from db.engine import reading
from db.models import Fetch, Page, Source
from scraper.records import FetchOutcome, PageKind

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """A fetch that showed a page. `origin` is the fetch that brought its body: itself, unless it was unchanged.

    `read_at`, `address`, `archive` and `headings` are the origin's: when it was, the page's address after redirects,
    its record's file and offset, and the headings that were found in it. `title` and `url` are those of the page.
    """

    fetch_id: int
    at: datetime
    page_id: int
    source: str
    source_id: int
    title: str
    url: str
    origin: int
    read_at: datetime
    address: str
    archive: tuple[str, int] | None
    headings: tuple[str, ...]


class Plan:
    """The fetches to read again, in the order in which they were made; only their ids are held."""

    def __init__(self, engine: Engine, *, sources: Sequence[str] = (), since: date | None = None) -> None:
        self._engine = engine
        self._fetches = array("q")
        self._origins = array("q")
        begin = datetime.combine(since, time(), tzinfo=UTC) if since else None
        with reading(engine) as connection:
            for fetch_id, origin, source, at in _with_origins(connection):
                if (not sources or source in sources) and (begin is None or at >= begin):
                    self._fetches.append(fetch_id)
                    self._origins.append(origin)

    def __len__(self) -> int:
        return len(self._fetches)

    def __iter__(self) -> Iterator[Showing]:
        for start in range(0, len(self), _AT_ONCE):
            pairs = list(
                zip(self._fetches[start : start + _AT_ONCE], self._origins[start : start + _AT_ONCE], strict=True)
            )
            with reading(self._engine) as connection:
                some = list(_showings(connection, pairs))
            yield from some


def _with_origins(connection: Connection) -> Iterator[tuple[int, int, str, datetime]]:
    """Each fetch that showed a page, with the fetch that brought the body, its source and its time."""
    newest_of_url: dict[tuple[int, str], tuple[datetime, int, int]] = {}
    newest: dict[int, tuple[datetime, int, int]] = {}
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(Fetch.id, Fetch.page_id, Fetch.url, Fetch.at, Fetch.outcome, Fetch.reservation, Source.name)
        .select_from(Fetch)
        .join(Page, Page.id == Fetch.page_id)
        .join(Source, Source.id == Fetch.source_id)
        .where(Fetch.outcome != FetchOutcome.FAILED.value, Page.kind != PageKind.FEED.value)
        .order_by(Fetch.id)
    )
    for fetch_id, page_id, url, at, outcome, reservation, source in rows:
        origin = fetch_id
        if outcome == FetchOutcome.UNCHANGED:
            earlier = newest_of_url.get((page_id, url)) or newest.get(page_id)
            if earlier is None:
                continue  # never seen whole: there is nothing that it could be the same as
            origin = earlier[2]
        answer = (at, fetch_id, origin)
        newest_of_url[page_id, url] = max(newest_of_url.get((page_id, url), answer), answer)
        newest[page_id] = max(newest.get(page_id, answer), answer)
        if reservation is None:  # a page whose site reserves it is not read, today as on the day
            yield fetch_id, origin, source, at


def _showings(connection: Connection, pairs: Sequence[tuple[int, int]]) -> Iterator[Showing]:
    ids = sorted({number for pair in pairs for number in pair})
    rows = {}
    for start in range(0, len(ids), _AT_ONCE):
        found = connection.execute(
            select(Fetch, Page.title, Page.url.label("page_url"), Source.name.label("source"))
            .select_from(Fetch)
            .join(Page, Page.id == Fetch.page_id)
            .join(Source, Source.id == Fetch.source_id)
            .where(Fetch.id.in_(ids[start : start + _AT_ONCE]))
        )
        rows.update({row.id: row for row in found})
    for fetch_id, origin in pairs:
        this, body = rows[fetch_id], rows[origin]
        place = (body.archive_file, body.archive_offset)
        yield Showing(
            fetch_id=fetch_id,
            at=this.at,
            page_id=this.page_id,
            source=this.source,
            source_id=this.source_id,
            title=this.title,
            url=this.page_url,
            origin=origin,
            read_at=body.at,
            address=body.final_url or body.url,
            archive=None if None in place else place,
            headings=tuple(body.headings or ()),
        )
