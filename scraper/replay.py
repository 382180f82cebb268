"""The archive, read again through today's parser, and compared with the database: a fixed parser mends the past.

Every page that a run read is read from the archive as that run would read it today, into a passing store; then the two
are compared. Nothing is changed unless asked for, and then all of it at once or not at all.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from db.engine import reading, sqlite_path
from db.progress import Told, untold
from db.replay_apply import apply as carry_out
from db.replay_compare import Action, Change, compare
from db.replay_follow import Followed
from db.replayable import Plan, Showing
from db.shadow import Shadow
from db.upgrade import open_database
from scraper.config import Settings, SourceSettings
from scraper.danish_time import danish_date
from scraper.errors import PageUnreadable, StoreError
from scraper.fetchers.answers import media_type
from scraper.fetchers.archive import Archive
from scraper.parsers import PARSER_VERSION, parse_page
from scraper.reading import NOT_READ, completed, read_page
from scraper.records import Extraction, Page
from scraper.run import only_run, terminate_as_interrupt, utc_now
from scraper.watchdog import Watchdog

log = logging.getLogger("navnenyt")

Progress = Callable[[int, int], None]
"""Called with how many fetches have been replayed and how many there are."""


@dataclass(kw_only=True)
class Replayed:
    """What a replay found. `fetches` were replayed from `pages` bodies.

    `missing` counts the fetches whose page is no longer in the archive, `unread` those on which the parser failed:
    their rows are left as they are. `followed` is what follows from the changes among companies and people.
    `replay_id` is set when the changes were made.
    """

    fetches: int = 0
    pages: int = 0
    missing: int = 0
    unread: int = 0
    changes: list[Change] = field(default_factory=list)
    followed: list[Followed] = field(default_factory=list)
    replay_id: int | None = None

    def count(self, action: Action) -> int:
        """How many rows this is done to."""
        return Counter(change.action for change in self.changes)[action]


def replay(
    settings: Settings,
    names: tuple[str, ...] = (),
    *,
    since: date | None = None,
    apply: bool = False,
    progress: Progress | None = None,
    told: Told = untold,
    clock: Callable[[], datetime] = utc_now,
) -> Replayed:
    """Read the archive of the sources named, or of all in config.yaml, from the fetches of the day `since` (UTC) on.

    With `apply` the database is changed, in one transaction; killed anywhere, nothing is. Without, the same is done and
    rolled back, so that what would follow is told as surely as what does. `progress` is told of each
    page, `told` of work on the database as a whole. Raises ConfigError for an unknown name, RunInProgress while a run
    is on, and StoreError when there is no database or it gives out.
    """
    for name in names:
        settings.enabled_sources((name,))
    sources = {name: settings.sources[name] for name in names or settings.sources}
    path = sqlite_path(settings.database)
    if not path.exists():
        raise StoreError(f"There is no database {path}.", hint="Run `navnenyt run` first.")
    watchdog = Watchdog(settings.fetch.parse_deadline)
    with only_run(settings), terminate_as_interrupt(), watchdog:
        now = clock()
        engine = open_database(settings.database, backup_dir=settings.data_dir / "backups", now=now, told=told)
        try:
            archive = Archive(settings.archive_dir, clock=clock)
            with Shadow(parser_version=PARSER_VERSION) as shadow:
                plan = Plan(engine, sources=list(sources), since=since)
                found = _read_all(plan, archive, shadow, sources, watchdog=watchdog, progress=progress or _unwatched)
                with reading(engine) as connection:
                    found.changes = list(compare(connection, shadow))
                with engine.connect() as connection, connection.begin() as transaction:
                    done = carry_out(
                        *(connection, found.changes, shadow),
                        at=now,
                        since=since,
                        sources=list(sources),
                        told=told,
                        keep=apply,
                    )
                    found.followed = done.followed
                    if apply:
                        found.replay_id = done.replay_id
                    else:
                        transaction.rollback()
            return found
        finally:
            engine.dispose()


def _read_all(
    plan: Plan,
    archive: Archive,
    shadow: Shadow,
    sources: dict[str, SourceSettings],
    *,
    watchdog: Watchdog,
    progress: Progress,
) -> Replayed:
    """Read every page into the shadow, one at a time."""
    found = Replayed()
    out_of_reach: dict[int, bool] = {}
    for number, showing in enumerate(plan, start=1):
        if shadow.knows(showing):
            shadow.keep_unchanged(showing)
        elif showing.origin not in out_of_reach:
            page = _page(archive, showing)
            said = _said(sources[showing.source], showing, page, watchdog) if page is not None else None
            if said is None:
                out_of_reach[showing.origin] = page is None
            else:
                shadow.keep(showing, said)
        if showing.origin in out_of_reach:
            found.missing += out_of_reach[showing.origin]
            found.unread += not out_of_reach[showing.origin]
        progress(number, len(plan))
    found.fetches, found.pages = len(shadow.replayed), shadow.pages
    return found


def _unwatched(_done: int, _total: int) -> None:
    """Nobody looks."""


def _page(archive: Archive, showing: Showing) -> Page | None:
    """The page as the run had it; None when the archive no longer gives it."""
    if showing.archive is None:
        return None
    try:
        stored = archive.read_at(*showing.archive)
    except PageUnreadable as error:
        log.warning("%s", error.message)
        return None
    media, charset = media_type(stored.header("Content-Type"))
    return Page(
        url=showing.address,
        body=stored.body,
        content_type=media or "text/html",
        charset=charset,
        published=danish_date(showing.read_at),
    )


def _said(source: SourceSettings, showing: Showing, page: Page, watchdog: Watchdog) -> Extraction | None:
    """What the page says today; None when the parser fails on it, which tells nothing of what it says."""

    def parse(page: Page, *, headings: tuple[str, ...]) -> Extraction:
        return watchdog.call(parse_page, page, headings=headings)

    said = read_page(page, parse, headings=source.headings)
    if any(problem.code in NOT_READ for problem in said.problems):
        return None
    return completed(source, said, title=showing.title, url=showing.url)
