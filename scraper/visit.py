"""One run's turn at one source: find its pages, ask for the ones that are due, store what they say."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from db.store import Saved, Store
from scraper import coverage, health
from scraper.config import SourceKind, SourceSettings
from scraper.errors import NavnenytError, ParseLost
from scraper.fetchers.discovery import discover
from scraper.fetchers.web import Fetcher
from scraper.parsers import parse_page
from scraper.parsers.jobs import ad_from_feed_title
from scraper.records import Answer, Candidate, Extraction, FetchOutcome, Page, Problem, Validators
from scraper.summary import UNREACHED, SourceSummary
from scraper.watchdog import Watchdog

log = logging.getLogger("navnenyt")

Clock = Callable[[], datetime]

EMPTY_ENTRANCES = frozenset({"empty_feed", "empty_list", "empty_sitemap"})
"""The problems of discovery by which an entrance leads nowhere."""
NOT_READ = frozenset({"parse_failed", "parse_timed_out", "parse_crashed"})
"""The problems of a page that the parser could not read at all."""
GIVE_UP_AFTER = 5
"""So many unanswered pages in a row end a source's turn: a site that is down is not asked forty times."""


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


class Visit:
    """One run's turn at one source."""

    def __init__(
        self,
        source: SourceSettings,
        store: Store,
        run_id: int,
        *,
        reporter: Reporter,
        watchdog: Watchdog | None = None,
    ) -> None:
        self.source = source
        self.store = store
        self.run_id = run_id
        self.reporter = reporter
        self.watchdog = watchdog or Watchdog(0)
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
        """Ask the source's feeds, list pages and sitemaps which pages there are; what is broken about them."""
        source, store, summary = self.source, self.store, self.summary
        found = discover(source, fetcher, validators_of=lambda url: store.validators(source.name, url))
        # First the pages, then the feed with its validators: once the feed is unchanged it names no pages.
        store.keep_pages(source.name, found.candidates)
        broken = []
        for answer in found.fetches:
            store.save_feed(self.run_id, source.name, answer.fetch)
            self.reporter.page_done(source, answer, None)
            summary.entrances += answer.fetch.outcome is not FetchOutcome.FAILED
            if answer.fetch.outcome is FetchOutcome.FAILED:
                summary.failed[answer.fetch.reason or ""] += 1
                summary.notes.append(answer.fetch.detail)
                broken.append(
                    health.Alarm(
                        "discovery", answer.fetch.detail, "Look at the address under feeds:, pages: or sitemaps:."
                    )
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
            if any(problem.code in NOT_READ for problem in extraction.problems):
                # Without validators the next run gets the page's body again, and reads it then.
                fetch = replace(fetch, validators=Validators())
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
        """What a page says; a parser that fails on it is a problem of that page, and the run goes on.

        Raises ParserUnavailable.
        """
        try:
            return self.watchdog.call(parse_page, page, headings=self.source.headings)
        except ParseLost as lost:
            log.error("%s: %s", page.url, lost.message)  # noqa: TRY400  where it hung is in another process
            return Extraction(problems=(Problem(code=lost.code, message=lost.message),))
        except NavnenytError:
            raise
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
