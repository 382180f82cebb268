"""One run: discover, fetch, archive, read, parse, identify, store; for each source in turn.

Each page is one transaction, so a run that is cut off anywhere has stored all pages before the cut, whole. A page that
fails is noted with its reason and the run goes on; what ends a run is only what would lose data: a full disk, a locked
or foreign database, another run.
"""

from __future__ import annotations

import errno
import logging
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from filelock import FileLock, Timeout

from db.store import Saved, Store
from db.upgrade import open_database
from scraper import coverage, health
from scraper.config import Settings, SourceKind, SourceSettings
from scraper.errors import DiskFull, ExitStatus, FetchReason, NavnenytError, RunInProgress, StoreError
from scraper.fetchers.archive import Archive
from scraper.fetchers.discovery import discover
from scraper.fetchers.polite import Pace
from scraper.fetchers.robots import Known
from scraper.fetchers.web import Fetcher
from scraper.parsers import PARSER_VERSION, parse_page
from scraper.parsers.jobs import ad_from_feed_title
from scraper.parsers.moves import read_announcement
from scraper.records import Answer, Candidate, Extraction, FetchOutcome, Page, Problem

log = logging.getLogger("navnenyt")

Clock = Callable[[], datetime]
Sleep = Callable[[float], None]

UNREACHED = frozenset(
    {
        FetchReason.DNS,
        FetchReason.CONNECT,
        FetchReason.TLS,
        FetchReason.DEADLINE,
        FetchReason.BROKEN_OFF,
        FetchReason.ROBOTS_UNAVAILABLE,
    }
)
"""The reasons that mean that no answer came from the site at all."""
EMPTY_ENTRANCES = frozenset({"empty_feed", "empty_list"})
"""The problems of discovery by which an entrance leads nowhere."""
GIVE_UP_AFTER = 5
"""So many unanswered pages in a row end a source's turn: a site that is down is not asked forty times."""


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


@dataclass(kw_only=True)
class SourceSummary:
    """What a run did at one source; counts. `failed` counts pages by reason."""

    source: str
    asked: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    announcements: int = 0
    job_ads: int = 0
    new_moves: int = 0
    new_job_ads: int = 0
    unparsed: int = 0
    problems: int = 0
    empty_sections: int = 0
    coverage: coverage.Coverage | None = None
    alarms: list[health.Alarm] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Pages whose content is known after this run."""
        return self.fetched + self.unchanged

    @property
    def unreached(self) -> bool:
        """Whether requests were made and not one was answered."""
        return not self.read and bool(self.failed) and all(FetchReason(reason) in UNREACHED for reason in self.failed)

    @property
    def nothing_had(self) -> bool:
        """Whether the source gave not one page, feed or list."""
        return not self.read and bool(self.failed)

    def yielded(self) -> health.Yield:
        """The counts that health compares."""
        return health.Yield(
            asked=self.asked,
            pages=self.read,
            announcements=self.announcements,
            job_ads=self.job_ads,
            unparsed=self.unparsed,
            empty_sections=self.empty_sections,
        )

    def as_json(self) -> dict[str, object]:
        """What is kept with the run."""
        seen = self.coverage
        return {
            "asked": self.asked,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "failed": dict(self.failed),
            "announcements": self.announcements,
            "job_ads": self.job_ads,
            "new_moves": self.new_moves,
            "new_job_ads": self.new_job_ads,
            "unparsed": self.unparsed,
            "problems": self.problems,
            "empty_sections": self.empty_sections,
            "coverage": None
            if seen is None
            else {"share": seen.share, "seen": seen.seen, "total": seen.total, "low": seen.low, "high": seen.high},
            "alarms": [[alarm.stage, alarm.sentence, alarm.advice] for alarm in self.alarms],
            "notes": self.notes,
        }


@dataclass(kw_only=True)
class RunSummary:
    """What a whole run did."""

    run_id: int
    started: datetime
    finished: datetime | None = None
    sources: list[SourceSummary] = field(default_factory=list)
    reread: int = 0
    interrupted: bool = False

    @property
    def exit_status(self) -> ExitStatus:
        """How the command ends: the gravest of what happened."""
        if self.interrupted:
            return ExitStatus.INTERRUPTED
        if self.sources and all(source.unreached for source in self.sources):
            return ExitStatus.UNREACHABLE
        if any(source.nothing_had for source in self.sources):
            return ExitStatus.SOURCE_FAILED
        if any(source.alarms for source in self.sources):
            return ExitStatus.DEGRADED
        return ExitStatus.OK


class Reporter(Protocol):
    """What watches a run: a progress bar, plain lines, or nothing."""

    def source_started(self, source: SourceSettings) -> None:
        """A source's turn has come."""

    def pages_chosen(self, source: SourceSettings, count: int) -> None:
        """So many pages will be asked for."""

    def page_done(self, source: SourceSettings, answer: Answer, saved: Saved | None) -> None:
        """A page, or a feed when `saved` is None, was asked for and its outcome stored."""

    def source_done(self, source: SourceSettings, summary: SourceSummary) -> None:
        """A source's turn is over."""


@contextmanager
def only_run(settings: Settings) -> Iterator[None]:
    """Hold the installation's lock. Raises RunInProgress at once when another process holds it.

    The operating system lets go of the lock when its holder dies, so a killed run leaves none behind.
    """
    lock = FileLock(settings.data_dir / "navnenyt.lock")
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise RunInProgress(
            f"Another run is on in {settings.data_dir}.", hint="Wait for it to end, then run again."
        ) from None
    except OSError as error:
        full = error.errno == errno.ENOSPC
        raise (DiskFull if full else StoreError)(
            f"{settings.data_dir} cannot be written: {error.strerror}.",
            hint="Free some space." if full else "Name a folder that you may write under `data_dir:` in config.yaml.",
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def terminate_as_interrupt() -> Iterator[None]:
    """Let SIGTERM, by which service managers stop a program, end the run as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run(
    settings: Settings,
    names: tuple[str, ...] = (),
    *,
    reporter: Reporter,
    clock: Clock = utc_now,
    sleep: Sleep = time.sleep,
) -> RunSummary:
    """Scrape the sources named, or all that are enabled, once.

    Raises ConfigError for an unknown name, RunInProgress, and StoreError when the database or the disk gives out; what
    was stored before stays.
    """
    sources = settings.enabled_sources(names)
    with only_run(settings), terminate_as_interrupt():
        engine = open_database(settings.database, backup_dir=settings.data_dir / "backups", now=clock())
        try:
            store = Store(engine)
            started = clock()
            run_id = store.begin_run(at=started, parser_version=PARSER_VERSION, sources=[s.name for s in sources])
            summary = RunSummary(run_id=run_id, started=started)
            try:
                summary.reread = read_again(store)
                archive = Archive(settings.data_dir / "archive", clock=clock)
                pace, robots = Pace(sleep), dict[str, Known]()  # one for all: two sources on one host share its pace
                for source in sources:
                    visit = Visit(source, store, run_id, reporter=reporter)
                    summary.sources.append(visit.summary)
                    with Fetcher(
                        source, settings, clock=clock, sleep=sleep, archive=archive, pace=pace, known_robots=robots
                    ) as fetcher:
                        visit.go(fetcher, clock=clock)
            except KeyboardInterrupt:
                summary.interrupted = True
            except NavnenytError as error:
                close_run(store, summary, clock(), status="failed", exit_status=error.exit_status, error=error.message)
                raise
            summary.finished = clock()
            status = "interrupted" if summary.interrupted else "done"
            close_run(store, summary, summary.finished, status=status, exit_status=summary.exit_status)
            return summary
        finally:
            engine.dispose()


def close_run(
    store: Store, summary: RunSummary, at: datetime, *, status: str, exit_status: ExitStatus, error: str = ""
) -> None:
    """Write down how the run ended; when even that fails, the next run marks this one as cut off."""
    kept: dict[str, object] = {source.source: source.as_json() for source in summary.sources}
    try:
        store.finish_run(
            summary.run_id,
            at=at,
            status=status,
            exit_status=int(exit_status),
            summary={"sources": kept, "reread": summary.reread, "error": error},
        )
    except StoreError as failure:
        if not error:
            raise
        log.warning("the end of run %d could not be written: %s", summary.run_id, failure)


def read_again(store: Store) -> int:
    """Read the announcements that an older parser could not read; the number that can be read now."""
    count = 0
    for waiting in store.unparsed_open(PARSER_VERSION):
        reading = read_announcement(waiting.text, published=waiting.published)
        count += bool(store.reread(waiting.id, reading.moves, parser_version=PARSER_VERSION))
    return count


class Visit:
    """One run's turn at one source."""

    def __init__(
        self,
        source: SourceSettings,
        store: Store,
        run_id: int,
        *,
        reporter: Reporter,
    ) -> None:
        self.source = source
        self.store = store
        self.run_id = run_id
        self.reporter = reporter
        self.summary = SourceSummary(source=source.name)
        self.sighted: list[str] = []

    def go(self, fetcher: Fetcher, *, clock: Clock) -> None:
        """Visit the source: find its pages, ask for the ones that are due, store what they say."""
        source, store, summary = self.source, self.store, self.summary
        self.reporter.source_started(source)
        store.keep_source(source.name, kind=source.kind.value, title=source.title or source.name)
        broken = self.find(fetcher)
        pages = [] if summary.unreached else self.due(clock())
        self.reporter.pages_chosen(source, len(pages))
        silent = 0
        for candidate in pages:
            known = store.validators(source.name, candidate.url)
            answer = fetcher.ask(candidate.url, kind=candidate.kind, validators=known)
            self.take(candidate, answer)
            silent = silent + 1 if answer.fetch.reason in UNREACHED else 0
            if silent == GIVE_UP_AFTER:
                summary.notes.append(f"{silent} pages in a row could not be reached: left until the next run.")
                break
        summary.coverage = coverage.estimate(self.sighted) if source.kind is SourceKind.ARTICLES else None
        if not summary.unreached:
            summary.alarms = broken + health.check(summary.yielded(), self.earlier_yields())
        self.reporter.source_done(source, summary)

    def find(self, fetcher: Fetcher) -> list[health.Alarm]:
        """Ask the source's feeds and list pages which pages there are; what is broken about them."""
        source, store, summary = self.source, self.store, self.summary
        found = discover(source, fetcher, validators_of=lambda url: store.validators(source.name, url))
        # First the pages, then the feed with its validators: once the feed is unchanged it names no pages.
        store.keep_pages(source.name, found.candidates)
        broken = []
        for answer in found.fetches:
            store.save_feed(self.run_id, source.name, answer.fetch)
            self.reporter.page_done(source, answer, None)
            if answer.fetch.outcome is FetchOutcome.FAILED:
                summary.failed[answer.fetch.reason or ""] += 1
                summary.notes.append(answer.fetch.detail)
                broken.append(
                    health.Alarm("discovery", answer.fetch.detail, "Look at the address under feeds: or pages:.")
                )
        for problem in found.problems:
            if problem.code in EMPTY_ENTRANCES:
                broken.append(
                    health.Alarm("discovery", problem.message + ".", "Look at it in a browser: has it moved?")
                )
            else:
                summary.notes.append(problem.message)
        return broken

    def earlier_yields(self) -> list[health.Yield]:
        """What the source gave in its earlier healthy runs."""
        return [
            health.Yield(
                asked=kept["asked"],
                pages=kept["fetched"] + kept["unchanged"],
                announcements=kept["announcements"],
                job_ads=kept["job_ads"],
                unparsed=kept["unparsed"],
                empty_sections=kept["empty_sections"],
            )
            for kept in self.store.yields(self.source.name, before=self.run_id)
        ]

    def due(self, now: datetime) -> list[Candidate]:
        """The pages to ask for in this run: those never asked for first, newest first, then the longest not asked for.

        A page that was read before is worth asking again: its side column is another sample of what is in rotation.
        The source's budgets cap the whole.
        """
        source, store = self.source, self.store
        spent = store.pages_fetched_on(source.name, now.date())
        budget = min(source.pages_per_run, max(0, source.pages_per_day - spent))
        if budget < source.pages_per_run:
            self.summary.notes.append(
                f"{spent} of {source.pages_per_day} pages of today's budget (pages_per_day) were spent before this run."
            )
        known = store.known_pages(source.name)
        asked = store.last_fetched(source.name, [page.identity for page in known])
        never = datetime.min.replace(tzinfo=UTC)
        known.sort(key=lambda page: page.published or never, reverse=True)
        known.sort(key=lambda page: asked.get(page.identity, never))
        return known[:budget]

    def take(self, candidate: Candidate, answer: Answer) -> None:
        """Read and store one answer."""
        summary, fetch = self.summary, answer.fetch
        summary.asked += 1
        extraction = None
        if answer.page is not None:
            extraction = self.completed(candidate, self.read(answer.page))
            summary.empty_sections += any(problem.code == "empty_section" for problem in extraction.problems)
        saved = self.store.save_page(self.run_id, self.source.name, candidate, fetch, extraction)
        if fetch.outcome is FetchOutcome.FAILED:
            summary.failed[fetch.reason or ""] += 1
        elif fetch.outcome is FetchOutcome.UNCHANGED:
            summary.unchanged += 1
        else:
            summary.fetched += 1
        summary.announcements += saved.new_moves + saved.seen_moves
        summary.job_ads += saved.new_ads + saved.seen_ads
        summary.new_moves += saved.new_moves
        summary.new_job_ads += saved.new_ads
        summary.unparsed += saved.unparsed
        summary.problems += saved.problems
        self.sighted.extend(saved.sighted)
        self.reporter.page_done(self.source, answer, saved)

    def read(self, page: Page) -> Extraction:
        """What a page says; a parser that fails on it is a problem of that page, and the run goes on."""
        try:
            return parse_page(page, headings=self.source.headings)
        except Exception as error:  # the page is in the archive, so a mended parser can read it again
            log.exception("the parser failed on %s", page.url)
            return Extraction(problems=(Problem(code="parse_failed", message=f"{type(error).__name__}: {error}"),))

    def completed(self, candidate: Candidate, extraction: Extraction) -> Extraction:
        """A job ad's own page that carries no JobPosting is read by its title in the feed."""
        if self.source.kind is not SourceKind.JOB_BOARD or extraction.job_ads:
            return extraction
        ad = ad_from_feed_title(candidate.title, candidate.url)
        if ad is not None:
            return Extraction(
                moves=extraction.moves,
                job_ads=(ad,),
                unparsed=extraction.unparsed,
                problems=extraction.problems,
                headings=extraction.headings,
            )
        problem = Problem(code="no_job_ad", message="The ad's page holds no JobPosting, its feed title no company.")
        return Extraction(problems=(*extraction.problems, problem), headings=extraction.headings)


def warnings_before(settings: Settings, sources: list[SourceSettings]) -> list[str]:
    """What a person should mend before a live run, as sentences; none of it stops the run."""
    said = []
    if not settings.contact and not settings.fetch.allow_private_addresses:
        said.append("No `contact:` in config.yaml: a site cannot reach you. Put your e-mail address there.")
    said += [
        f"{source.name}: nobody has noted reading its terms; do, and set `terms_reviewed:`."
        for source in sources
        if source.terms_reviewed is None and not settings.fetch.allow_private_addresses
    ]
    return said
