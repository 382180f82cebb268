"""One run's turn at one source: find its pages, ask for the ones that are due, store what they say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Protocol

from db.store import Saved, Store
from scraper import draws, health
from scraper.alarms import Alarm, alarm
from scraper.config import SourceKind, SourceSettings
from scraper.danish_time import danish_date
from scraper.errors import FetchReason
from scraper.fetchers.discovery import discover
from scraper.fetchers.site_files import host_of
from scraper.fetchers.web import Fetcher
from scraper.measures import Gauge, Measures
from scraper.parsers import parse_page
from scraper.reading import NOT_READ, completed, read_page
from scraper.records import Answer, Candidate, Extraction, FetchOutcome, Page, Validators
from scraper.summary import UNREACHED, SourceSummary
from scraper.watchdog import Watchdog

Clock = Callable[[], datetime]

EMPTY_ENTRANCES = frozenset({"empty_feed", "empty_list", "empty_sitemap"})
"""The problems of discovery by which an entrance leads nowhere."""
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
        self.gauge = Gauge()
        self.history: list[Measures] = []
        self.draws = draws.Draws(source.coverage if source.kind is SourceKind.ARTICLES else None)

    def go(self, fetcher: Fetcher, *, clock: Clock) -> None:
        """Visit the source: find its pages, ask for the ones that are due, store what they say."""
        source, store, summary = self.source, self.store, self.summary
        self.reporter.source_started(source)
        store.keep_source(source.name, kind=source.kind.value, title=source.title or source.name)
        if (until := self.paused_until(fetcher)) is not None:
            summary.notes.append(f"The site asked to be left alone until {until:%Y-%m-%d %H:%M} UTC: not asked now.")
            self.reporter.source_done(source, summary)
            return
        self.remember(clock())
        broken = self.find(fetcher) if self.may_look(clock()) else []
        pages = [] if summary.unreached else self.due(clock())
        self.reporter.pages_chosen(source, len(pages))
        silent = 0
        for candidate in pages:
            if self.draws.enough() and not draws.is_list_of_announcements(candidate, source.headings):
                summary.left = len(pages) - summary.asked
                break
            if (until := fetcher.paused_until(candidate.url)) is not None:
                self.note(f"{host_of(candidate.url)} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC.")
                self.gauge.pass_over()
                continue
            known = store.validators(source.name, candidate.url)
            answer = fetcher.ask(candidate.url, kind=candidate.kind, validators=known)
            self.take(candidate, answer)
            silent = silent + 1 if answer.fetch.reason in UNREACHED else 0
            if silent == GIVE_UP_AFTER:
                summary.notes.append(f"{silent} pages in a row could not be reached: left until the next run.")
                break
        summary.requests = dict(fetcher.requests)
        self.judge(broken)
        self.reporter.source_done(source, summary)

    def remember(self, now: datetime) -> None:
        """Call to mind what the source gave before: what is usual, and when it was looked at last."""
        store, name = self.store, self.source.name
        self.history = [Measures.from_json(kept) for kept in store.healthy_measures(name, before=self.run_id)]
        if self.history:
            shown = {draws.MOVES: "announcements", draws.JOB_ADS: "job_ads"}
            self.draws.expected = frozenset(
                kind for kind, count in shown.items() if any(getattr(run, count) for run in self.history)
            )
        before = store.last_look(name, before=self.run_id)
        if before is not None:
            self.gauge.days = max(0.0, (now - before.started_at).total_seconds() / 86_400)
            self.gauge.quiet_days = Measures.from_json(before.measures).quiet_days + self.gauge.days

    def judge(self, broken: list[Alarm]) -> None:
        """Compare what the source gave with what is usual, and store the findings; `broken` is known already."""
        summary = self.summary
        summary.coverage = self.draws.estimates() if self.source.kind is SourceKind.ARTICLES else {}
        summary.measures = self.gauge.read()
        if summary.unreached:
            reasons = ", ".join(f"{count} {reason}" for reason, count in sorted(summary.failed.items()))
            summary.alarms = [alarm("unreachable", reasons=reasons)]
        else:
            summary.alarms = broken + health.check(summary.measures, self.history)
        self.store.keep_findings(
            self.run_id,
            self.source.name,
            coverage=[{"record": kind, **asdict(seen)} for kind, seen in summary.coverage.items()],
            alarms=[asdict(told) for told in summary.alarms],
        )

    def paused_until(self, fetcher: Fetcher) -> datetime | None:
        """When the source may be asked again; None unless every host with an entrance of it wants to be left."""
        entrances = (*self.source.feeds, *self.source.pages, *self.source.sitemaps)
        pauses = [fetcher.paused_until(url) for url in entrances]
        until = [pause for pause in pauses if pause is not None]
        return min(until) if len(until) == len(pauses) else None

    def note(self, sentence: str) -> None:
        """Say something at the end of the run, once."""
        if sentence not in self.summary.notes:
            self.summary.notes.append(sentence)

    def may_look(self, now: datetime) -> bool:
        """Whether feeds and lists may be asked for: they are counted apart, with `pages_per_day` as their limit."""
        looked = self.store.pages_fetched_on(self.source.name, danish_date(now), feeds=True)
        if looked < self.source.pages_per_day:
            return True
        self.note(f"{looked} feeds and lists were asked for today, as many as pages_per_day allows: not asked again.")
        return False

    def find(self, fetcher: Fetcher) -> list[Alarm]:
        """Ask the source's feeds, list pages and sitemaps which pages there are; what is broken about them."""
        source, store, summary = self.source, self.store, self.summary
        found = discover(source, fetcher, validators_of=lambda url: store.validators(source.name, url))
        # First the pages, then the feed with its validators: once the feed is unchanged it names no pages.
        self.gauge.entries = len(found.candidates)
        self.gauge.new_pages = store.keep_pages(source.name, found.candidates)
        if self.gauge.new_pages:
            self.gauge.quiet_days = 0.0
        broken = []
        for answer in found.fetches:
            store.save_feed(self.run_id, source.name, answer.fetch)
            self.reporter.page_done(source, answer, None)
            summary.entrances += answer.fetch.outcome is not FetchOutcome.FAILED
            if answer.fetch.outcome is FetchOutcome.FAILED:
                summary.failed[answer.fetch.reason or ""] += 1
                summary.notes.append(answer.fetch.detail)
                broken.append(alarm("entrance_failed", detail=answer.fetch.detail))
        for problem in found.problems:
            if problem.code in EMPTY_ENTRANCES:
                broken.append(alarm("entrance_empty", detail=problem.message + "."))
            else:
                summary.notes.append(problem.message)
        return broken

    def due(self, now: datetime) -> list[Candidate]:
        """The pages to ask for in this run, as far as the source's budgets reach: see scraper/draws.py for the order.

        A page that was read before is worth asking again: its side column is another sample of what is in rotation.
        """
        source, store = self.source, self.store
        spent = store.pages_fetched_on(source.name, danish_date(now))
        budget = min(source.pages_per_run, max(0, source.pages_per_day - spent))
        if budget < source.pages_per_run:
            self.summary.notes.append(
                f"{spent} of {source.pages_per_day} pages of today's budget (pages_per_day) were spent before this run."
            )
        known = store.known_pages(source.name)
        asked = store.last_asked(source.name, [page.identity for page in known])
        return draws.in_order(known, asked, source.headings)[:budget]

    def take(self, candidate: Candidate, answer: Answer) -> None:
        """Read and store one answer."""
        summary, fetch = self.summary, answer.fetch
        summary.asked += 1
        extraction = None
        if answer.page is not None:
            said = read_page(answer.page, self.parse, headings=self.source.headings)
            extraction = completed(self.source, said, title=candidate.title, url=candidate.url)
            if any(problem.code in NOT_READ for problem in extraction.problems):
                # Without validators the next run gets the page's body again, and reads it then.
                fetch = replace(fetch, validators=Validators())
        saved = self.store.save_page(self.run_id, self.source.name, candidate, fetch, extraction)
        self.gauge.take(fetch, answer.page, extraction, saved.again)
        if fetch.outcome is FetchOutcome.FAILED:
            summary.failed[fetch.reason or ""] += 1
            if fetch.reason == FetchReason.RESERVED:
                self.note(f"Pages are reserved against text and data mining and were not read: {fetch.reservation}.")
        elif fetch.outcome is FetchOutcome.UNCHANGED:
            summary.unchanged += 1
        else:
            summary.fetched += 1
            self.draws.add(saved.sighted_moves, saved.sighted_ads)
        summary.announcements += saved.new_moves + saved.seen_moves
        summary.job_ads += saved.new_ads + saved.seen_ads
        summary.new_moves += saved.new_moves
        summary.new_job_ads += saved.new_ads
        summary.unparsed += saved.unparsed
        summary.problems += saved.problems
        self.reporter.page_done(self.source, answer, saved)

    def parse(self, page: Page, *, headings: tuple[str, ...]) -> Extraction:
        """What the parser says of a page, under the watchdog's eyes."""
        return self.watchdog.call(parse_page, page, headings=headings)
