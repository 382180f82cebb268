"""What a run fetched and could not store is read from the archive by the next one.

Every answer is in the archive before it is parsed, so what a kill, a locked database or a full disk kept out of the
database lies at the end of the archive, behind the last answer that a fetch in the database points at. The same holds
for a database that was restored from an older backup: the next run reads what was archived since.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

from db import runs, unstored
from db.engine import reading
from db.store import Store
from scraper.config import SourceKind, SourceSettings
from scraper.danish_time import danish_date
from scraper.errors import BadAnswer, PageUnreadable
from scraper.fetchers import answers
from scraper.fetchers.archive import Archive, day_of
from scraper.fetchers.discovery import read_entrance
from scraper.fetchers.warc import Stored
from scraper.parsers import PARSER_VERSION
from scraper.reading import completed, read_page
from scraper.records import Answer, Candidate, Fetch, FetchOutcome, Page, PageKind, Validators
from scraper.visit import Reporter, Visit
from scraper.watchdog import Watchdog

log = logging.getLogger("navnenyt")

ALLOWED_BY = "read from the archive: asked for by a run that did not store it"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def recover(
    store: Store,
    archive: Archive,
    sources: Sequence[SourceSettings],
    run_id: int,
    *,
    reporter: Reporter,
    watchdog: Watchdog,
) -> int:
    """Store the pages of these sources that are in the archive and not in the database; how many they were.

    Each goes to the run that fetched it if the database knows that run, else to `run_id`. Raises StoreError.
    """
    count = 0
    for source in sources:
        store.keep_source(source.name, kind=source.kind.value, title=source.title or source.name)
        broken_off: set[int] = set()
        for path, stored, asked in _unstored(store, archive, source):
            page = _page(source, stored, asked)
            if page is None or _entrance(store, source, page, asked):
                continue
            with reading(store.engine) as connection:
                candidate = unstored.page_named(connection, source.name, asked, source.article_id(asked))
                belongs_to = unstored.run_of(connection, stored.at, otherwise=run_id)
            candidate = candidate or _candidate(source, asked)
            if candidate is None:
                continue
            visit = Visit(source, store, belongs_to, reporter=reporter, watchdog=watchdog)
            fetch = _fetch(path, stored, asked)
            read = read_page(page, visit.parse, headings=source.headings)
            said = completed(source, read, title=candidate.title, url=candidate.url)
            saved = store.save_page(belongs_to, source.name, candidate, fetch, said, parser_version=PARSER_VERSION)
            reporter.page_done(source, Answer(fetch=fetch, page=page), saved)
            broken_off.add(belongs_to)
            count += 1
        with store.engine.begin() as connection:
            for each in broken_off - {run_id}:
                runs.count_again(connection, each)
    return count


def left_over_first(store: Store, sources: Sequence[SourceSettings], run_id: int) -> list[SourceSettings]:
    """The sources in their order; after a run that broke off, those that it did not come to go first."""
    with reading(store.engine) as connection:
        before = unstored.sources_of_last_broken_off(connection, run_id)
    if before is None:
        return list(sources)
    named, visited = before
    return sorted(sources, key=lambda source: source.name not in named or source.name in visited)


def _unstored(store: Store, archive: Archive, source: SourceSettings) -> Iterator[tuple[Path, Stored, str]]:
    """The answers of a source that no fetch points at, oldest first, each with the address that was asked for."""
    with reading(store.engine) as connection:
        since = [
            moment
            for moment in (unstored.open_since(connection), unstored.newest_archived(connection, source.name))
            if moment is not None
        ]
        begin = min(since) if len(since) == 2 else None
        known = unstored.positions_since(connection, source.name, begin)
    for path in archive.files(source.name):
        if begin is not None and day_of(path) < begin.astimezone(UTC).date():
            continue
        here = known.get(path.name, set())
        sent_by: dict[str, str] = {}
        for stored in _answers_from(archive, path, max(here, default=0)):
            asked = sent_by.get(stored.url, stored.url)
            location = stored.header("Location")
            if stored.status in _REDIRECTS and location:
                sent_by[urljoin(stored.url, location).partition("#")[0]] = asked
            elif stored.offset not in here:
                yield path, stored, asked


def _answers_from(archive: Archive, path: Path, offset: int) -> Iterator[Stored]:
    """The answers in an archive file from an offset on, as far as the file is whole; unchanged bodies are looked up."""
    try:
        yield from archive.answers(path, begin=offset)
    except PageUnreadable as error:
        log.info("%s: read as far as it is whole: %s", path.name, error)


def _page(source: SourceSettings, stored: Stored, asked: str) -> Page | None:
    """The answer as a page, by the same rules as on the wire; None when it is none: it is asked for again."""
    kind = PageKind.FEED if asked in source.feeds else PageKind.ARTICLE
    media, charset = answers.media_type(stored.header("Content-Type"))
    if stored.status != 200 or stored.truncated or not source.owns(stored.url):
        return None
    try:
        answers.check_type(stored.header("Content-Type"), kind, asked)
        answers.check_place(asked, stored.url, source.article_id(asked), source.article_id(stored.url))
        answers.check_body(stored.body, kind, asked, charset=charset)
    except BadAnswer:
        return None
    return Page(
        url=stored.url,
        body=stored.body,
        content_type=media or "text/html",
        charset=charset,
        published=danish_date(stored.at),
    )


def _entrance(store: Store, source: SourceSettings, page: Page, asked: str) -> bool:
    """Whether the page is a feed or list page; the pages that it names are made known then."""
    if asked not in source.feeds and asked not in source.pages:
        return False
    try:
        named, _ = read_entrance(source, page, PageKind.FEED if asked in source.feeds else PageKind.ARTICLE)
    except BadAnswer:
        return True
    store.keep_pages(source.name, list({candidate.identity: candidate for candidate in named}.values()))
    return True


def _candidate(source: SourceSettings, asked: str) -> Candidate | None:
    """A page that the database does not know, by the id in its address; None without one: a robots.txt, say."""
    identity = source.article_id(asked)
    if identity is None:
        return None
    kind = PageKind.JOB_AD if source.kind is SourceKind.JOB_BOARD else PageKind.ARTICLE
    return Candidate(url=source.url_of(identity, asked), identity=identity, kind=kind)


def _fetch(path: Path, stored: Stored, asked: str) -> Fetch:
    return Fetch(
        url=asked,
        at=_moment(stored.at),
        outcome=FetchOutcome.FETCHED,
        final_url=stored.url,
        status=stored.status,
        bytes_received=_length(stored),
        validators=Validators(etag=stored.header("ETag"), last_modified=stored.header("Last-Modified")),
        body_sha256=hashlib.sha256(stored.body).hexdigest(),
        archive=(path.name, stored.offset),
        allowed_by=ALLOWED_BY,
    )


def _length(stored: Stored) -> int:
    """The bytes that crossed the wire, as the answer's own header said, or else those of the body."""
    said = stored.header("X-Archive-Orig-Content-Length") or ""
    return int(said) if said.isdigit() else len(stored.body)


def _moment(at: datetime) -> datetime:
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
