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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from db.backup import prune
from db.hosts import Hosts
from db.progress import Told, untold
from db.reclassify import Reclassified
from db.store import Store
from db.upgrade import open_database
from scraper import notify, watching
from scraper.config import Settings, SourceSettings
from scraper.errors import DiskFull, ExitStatus, NavnenytError, ParseLost, RunInProgress, StoreError
from scraper.fetchers.archive import Archive
from scraper.fetchers.polite import Pace
from scraper.fetchers.site_files import host_of
from scraper.fetchers.web import Fetcher
from scraper.logs import LoggedReporter, logged
from scraper.parsers import PARSER_VERSION, parse_page
from scraper.parsers.moves import read_announcement
from scraper.recover import left_over_first, recover
from scraper.summary import RunSummary
from scraper.visit import Clock, Reporter, Visit
from scraper.watchdog import Watchdog

log = logging.getLogger("navnenyt")

Sleep = Callable[[float], None]


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


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
    monotonic: Callable[[], float] = time.monotonic,
    told: Told = untold,
) -> RunSummary:
    """Scrape the sources named, or all that are enabled, once. `told` is told how far an upgrade of the database is.

    Raises ConfigError for an unknown name, RunInProgress, ParserUnavailable, and StoreError when the database or the
    disk gives out; what was stored before stays.
    """
    sources = settings.enabled_sources(names)
    watchdog = Watchdog(settings.fetch.parse_deadline)
    with only_run(settings), terminate_as_interrupt(), watchdog, logged(settings, clock) as context:
        reporter = LoggedReporter(reporter, context)
        backups = settings.data_dir / "backups"
        try:
            engine = open_database(settings.database, backup_dir=backups, now=clock(), told=told)
        except NavnenytError as error:
            notify.after_failure(settings, error)
            raise
        try:
            prune(backups, keep=settings.backups.keep, now=clock())
            store = Store(engine)
            started = clock()
            run_id = store.begin_run(at=started, parser_version=PARSER_VERSION, sources=[s.name for s in sources])
            summary = RunSummary(run_id=run_id, started=started)
            context.run = run_id
            log.info("run started", extra={"stage": "run", "sources": [source.name for source in sources]})
            try:
                watchdog.start(parse_page)
                reclassify(store)
                summary.reread = read_again(store, watchdog)
                archive = Archive(settings.archive_dir, clock=clock, keep_days=settings.archive.keep_days)
                summary.recovered = recover(store, archive, sources, run_id, reporter=reporter, watchdog=watchdog)
                pace = Pace(sleep, monotonic)  # one for all: two sources on one host share its pace
                hosts = Hosts(engine)
                for source in left_over_first(store, sources, run_id):
                    visit = Visit(source, store, run_id, reporter=reporter, watchdog=watchdog)
                    summary.sources.append(visit.summary)
                    if (last := hosts.last_request(source.name)) is not None:
                        pace.resume(host_of(last.url), (clock() - last.ended).total_seconds(), last.took)
                    with Fetcher(source, settings, clock=clock, archive=archive, pace=pace, memory=hosts) as fetcher:
                        visit.go(fetcher, clock=clock)
                summary.pruned = archive.prune()
            except KeyboardInterrupt:
                summary.interrupted = True
            except NavnenytError as error:
                close_run(store, summary, clock(), status="failed", exit_status=error.exit_status, error=error.message)
                notify.after_failure(settings, error, store, run_id)
                raise
            summary.finished = clock()
            status = "interrupted" if summary.interrupted else "done"
            close_run(store, summary, summary.finished, status=status, exit_status=summary.exit_status)
            if not summary.interrupted:
                notify.after_run(settings, store, summary, now=summary.finished)
                watching.after_run(settings, store, run_id, now=summary.finished)
            return summary
        finally:
            engine.dispose()


def close_run(
    store: Store, summary: RunSummary, at: datetime, *, status: str, exit_status: ExitStatus, error: str = ""
) -> None:
    """Write down how the run ended; when even that fails, the next run marks this one as cut off."""
    log.info("run ended", extra={"stage": "run", "status": status, "exit_status": int(exit_status), "error": error})
    kept: dict[str, object] = {source.source: source.as_json() for source in summary.sources}
    try:
        store.finish_run(
            summary.run_id,
            at=at,
            status=status,
            exit_status=int(exit_status),
            summary={
                "sources": kept,
                "reread": summary.reread,
                "recovered": summary.recovered,
                "pruned": summary.pruned,
                "error": error,
            },
            measures={
                source.source: source.measures.as_json() for source in summary.sources if source.measures is not None
            },
        )
    except StoreError as failure:
        if not error:
            raise
        log.warning("the end of run %d could not be written: %s", summary.run_id, failure)


def reclassify(store: Store) -> None:
    """Take roles and places anew when the tables that say what they are have changed since the last run."""
    if (anew := store.reclassify()) != Reclassified():
        log.info("roles and places taken anew", extra={"stage": "run", **asdict(anew)})


def read_again(store: Store, watchdog: Watchdog) -> int:
    """Read the announcements that an older parser could not read; the number that can be read now.

    One that the watchdog has to cut waits on.
    """
    count = 0
    for waiting in store.unparsed_open(PARSER_VERSION):
        try:
            reading = watchdog.call(read_announcement, waiting.text, published=waiting.published)
        except ParseLost as lost:
            log.error("the kept announcement %d: %s", waiting.id, lost.message)  # noqa: TRY400  no trace of ours
            continue
        count += bool(store.reread(waiting.id, reading.moves, parser_version=PARSER_VERSION))
    return count


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
