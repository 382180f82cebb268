"""Records to rows: stored once, however often they are seen.

Each call is one transaction, so a page is there whole or not at all. Input that was seen before changes no row: it adds
the fetch and its sightings, nothing else. All times are aware; they are kept in UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, select, update

from db import facts, fetches, health, runs, sightings, unread
from db.engine import reading
from db.fetches import LastAsked
from db.identity import move_key
from db.keeping import keep_extraction
from db.models import Move as MoveRow
from db.models import Run, RunStatus, Source, SourceKind
from db.moves import Again, keep_moves
from db.reclassify import Reclassified, reclassify
from db.regroup import people_of, regroup
from db.rows import add_row
from db.same_event import settle
from db.sightings import JOB_ADS, MOVES, PROBLEMS, UNPARSED, Seen
from db.unread import Waiting
from db.writable import writable
from scraper.danish_time import danish_day
from scraper.records import (
    Candidate,
    Extraction,
    Fetch,
    FetchOutcome,
    JobAd,
    Move,
    PageKind,
    Validators,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What came of one page.

    `moves` and `job_ads` are the records that are new; `seen_moves` and `seen_ads` count those that were known.
    `sighted_moves` and `sighted_ads` hold the key of each move and ad that the page showed, once each; `again` compares
    the moves that were known with how this page was read.
    """

    fetch_id: int
    moves: tuple[Move, ...] = ()
    job_ads: tuple[JobAd, ...] = ()
    seen_moves: int = 0
    seen_ads: int = 0
    unparsed: int = 0
    problems: int = 0
    sighted_moves: tuple[str, ...] = ()
    sighted_ads: tuple[str, ...] = ()
    again: tuple[Again, ...] = ()

    @property
    def sighted(self) -> tuple[str, ...]:
        """The keys of all records that the page showed."""
        return self.sighted_moves + self.sighted_ads

    @property
    def new_moves(self) -> int:
        """How many moves were never seen before."""
        return len(self.moves)

    @property
    def new_ads(self) -> int:
        """How many job ads were never seen before."""
        return len(self.job_ads)


class Store:
    """All that a run writes, on the engine that `db.upgrade.open_database` gives.

    Every method raises DatabaseLocked, DiskFull or StoreError when the database gives out; nothing of that call is
    stored then.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sources: dict[str, int] = {}
        self._parsers: dict[int, str] = {}

    def keep_source(self, name: str, *, kind: str, title: str) -> int:
        """The id of a source, made known or brought up to date. Raises ValueError for an unknown kind."""
        values = {"kind": SourceKind(kind).value, "title": title}
        with self.engine.begin() as connection:
            known = connection.execute(select(Source).where(Source.name == name)).one_or_none()
            if known is None:
                source_id = add_row(connection, Source, {"name": name, **values})
            else:
                source_id = known.id
                if (known.kind, known.title) != (values["kind"], title):
                    connection.execute(update(Source).where(Source.id == source_id).values(values))
        self._sources[name] = source_id
        return source_id

    def begin_run(self, *, at: datetime, parser_version: str, sources: Iterable[str]) -> int:
        """A new run's id. Runs that never ended (the lock is ours, so they are dead) are marked as cut off."""
        with self.engine.begin() as connection:
            runs.close_cut_off(connection)
            run_id = runs.begin(connection, at=at, parser_version=parser_version, sources=sources)
        self._parsers[run_id] = parser_version
        return run_id

    def reclassify(self) -> Reclassified:
        """Take roles and places anew where their tables changed since; see `db.reclassify`."""
        with self.engine.begin() as connection:
            return reclassify(connection)

    def finish_run(
        self,
        run_id: int,
        *,
        at: datetime,
        status: str,
        exit_status: int,
        summary: Mapping[str, Any],
        measures: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> None:
        """Note how a run ended: a word of RunStatus, the exit status, and a summary that JSON can hold.

        `measures` are those of each source, by its name. Raises ValueError for a word or a run that is not known.
        """
        word = RunStatus(status)
        with self.engine.begin() as connection:
            runs.end(
                connection, run_id, at=at, status=word, exit_status=exit_status, summary=summary, measures=measures
            )

    def keep_pages(self, source: str, candidates: Sequence[Candidate]) -> int:
        """Make pages known that discovery found; how many of them are new.

        A run cut off, or a feed unchanged since, loses none of them.
        """
        with self.engine.begin() as connection:
            source_id = self._source_id(connection, source)
            before = fetches.count_pages(connection, source_id)
            fetches.keep_pages(connection, source_id, candidates)
            return fetches.count_pages(connection, source_id) - before

    def save_page(
        self,
        run_id: int,
        source: str,
        candidate: Candidate,
        fetch: Fetch,
        extraction: Extraction | None,
        *,
        parser_version: str | None = None,
    ) -> Saved:
        """One answer and all that the page says, in one transaction.

        Without an extraction, a page whose answer is unchanged (304, or the body's hash as before) shows what its last
        answer showed; a failed fetch shows nothing. `parser_version` is given where it is not the run's own. Raises
        ValueError for a failure without a reason of FetchReason.
        """
        with self.engine.begin() as connection:
            source_id = self._source_id(connection, source)
            page_id = fetches.keep_pages(connection, source_id, [candidate])[candidate.identity]
            earlier = fetches.last_answer(connection, page_id, fetch.url)
            headings = extraction.headings if extraction is not None else ()
            seen = fetches.keep_fetch(connection, run_id, source_id, page_id, fetch, headings=headings)
            saved = Saved(fetch_id=seen.fetch_id)
            same_body = earlier is not None and fetch.body_sha256 == earlier.body_sha256
            if fetch.outcome is FetchOutcome.FAILED:
                pass
            elif extraction is not None:
                version = parser_version or self._parser_version(connection, run_id)
                saved = self._keep_records(
                    connection, source, page_id=page_id, seen=seen, said=extraction, version=version
                )
            elif earlier is not None and (fetch.outcome is FetchOutcome.UNCHANGED or same_body):
                saved = _copied(connection, earlier.fetch_id, seen)
            facts.after_fetch(connection, seen, own_page=candidate.kind is PageKind.JOB_AD)
            return saved

    def save_feed(self, run_id: int, source: str, fetch: Fetch) -> int:
        """The fetch of a feed, a list of pages or another file that holds no records itself; the fetch's id."""
        candidate = Candidate(url=fetch.url, identity=fetch.url, kind=PageKind.FEED)
        with self.engine.begin() as connection:
            source_id = self._source_id(connection, source)
            page_id = fetches.keep_pages(connection, source_id, [candidate])[candidate.identity]
            return fetches.keep_fetch(connection, run_id, source_id, page_id, fetch).fetch_id

    def validators(self, source: str, url: str) -> Validators:
        """What to send when asking for this very address again: from the last answer of it that had a body."""
        with reading(self.engine) as connection:
            return fetches.validators(connection, source, url)

    def pages_fetched_on(self, source: str, day: date, *, feeds: bool = False) -> int:
        """How many requests for pages, feeds aside, went out to a source on a day in Denmark, however they ended.

        With `feeds`, those for feeds and lists instead.
        """
        with reading(self.engine) as connection:
            return fetches.requests_between(connection, source, *danish_day(day), feeds=feeds)

    def last_asked(self, source: str, identities: Sequence[str]) -> dict[str, LastAsked]:
        """How each page was asked for last; pages that never were are left out."""
        with reading(self.engine) as connection:
            return fetches.last_asked(connection, source, identities)

    def known_pages(self, source: str, *, limit: int = 1000) -> list[Candidate]:
        """The pages of a source that were found last, newest first, without those gone from the site.

        Gone is a page that was not found the last two times it was asked for: once may be a mishap.
        """
        with reading(self.engine) as connection:
            return fetches.known_pages(connection, source, limit)

    def keep_findings(
        self,
        run_id: int,
        source: str,
        *,
        coverage: Sequence[Mapping[str, Any]],
        alarms: Sequence[Mapping[str, str]],
    ) -> None:
        """Store what a run found of a source: rows of `coverage` and `alarm`, their columns by name."""
        with self.engine.begin() as connection:
            source_id = self._source_id(connection, source)
            health.keep(connection, run_id, source_id, coverage=coverage, alarms=alarms)

    def healthy_measures(self, source: str, *, before: int, limit: int = 60) -> list[dict[str, Any]]:
        """The measures of a source in earlier runs, newest first: what is usual.

        Only runs that ended by themselves, looked at the source whole and raised no alarm about it: what is
        broken never becomes what is usual, unless a person says so (`db.health.accept`); nothing before that counts.
        """
        with reading(self.engine) as connection:
            return health.healthy_measures(connection, source, before=before, limit=limit)

    def last_look(self, source: str, *, before: int) -> health.Look | None:
        """The newest earlier run that measured a source, however it found it."""
        with reading(self.engine) as connection:
            return health.last_look(connection, source, before=before)

    def standings(self, run_id: int | None = None, *, history: int = 60) -> list[health.Standing]:
        """How each source stood after its last run, or after `run_id`, with up to `history` healthy runs before it."""
        with reading(self.engine) as connection:
            return health.standings(connection, run_id, history=history)

    def accept(self, source: str) -> int | None:
        """Take what a source gave last as usual from now on; that run, or None when it was never measured."""
        with self.engine.begin() as connection:
            return health.accept(connection, source)

    def recovered(self, run_id: int) -> dict[str, list[str]]:
        """The sources that are well again in a run, each with the codes of the alarms that somebody was told of."""
        with reading(self.engine) as connection:
            return health.recovered(connection, run_id)

    def note_told(self, alarm_ids: Sequence[int], *, at: datetime) -> None:
        """Note that somebody was told of alarms."""
        with self.engine.begin() as connection:
            health.note_told(connection, alarm_ids, at)

    def note_in_summary(self, run_id: int, **more: Any) -> None:
        """Add to the summary of a run that has ended."""
        with self.engine.begin() as connection:
            health.note_in_summary(connection, run_id, **more)

    def last_summary(self, *, before: int) -> dict[str, Any]:
        """The summary of the newest earlier run that has one, with its `exit_status`; empty when there is none."""
        with reading(self.engine) as connection:
            return health.last_summary(connection, before=before)

    def unparsed_open(self, parser_version: str) -> list[Waiting]:
        """The announcements that no parser has read and that this one has not tried."""
        with reading(self.engine) as connection:
            return unread.waiting(connection, parser_version)

    def reread(self, unparsed_id: int, moves: Sequence[Move], *, parser_version: str) -> int:
        """What another parser made of a kept announcement; the number of moves.

        With moves, they are stored as seen by every fetch that showed the announcement, and it is marked as read in
        the newest run; it is never deleted. Without, it stays open for the next parser.
        """
        fit = [writable(move) for move in moves]
        with self.engine.begin() as connection:
            read_at = connection.scalar(select(func.max(Run.started_at))) if fit else None
            for seen in unread.fetches_showing(connection, unparsed_id) if fit else ():
                already = sightings.shown(connection, MOVES, seen.fetch_id)
                new = [move for move in fit if move_key(move) not in already]
                keep_moves(connection, new, seen, parser_version=parser_version)
                known = sightings.known(connection, MOVES, [move_key(move) for move in new])
                told = settle(connection, MoveRow, [row.id for row in known.values()])
                regroup(connection, people_of(connection, told), lambda _table, _id: None)
                facts.keep(connection, moves=told)
            unread.tried(connection, unparsed_id, parser_version=parser_version, read_at=read_at)
        return len(fit)

    def _keep_records(
        self, connection: Connection, source: str, *, page_id: int, seen: Seen, said: Extraction, version: str
    ) -> Saved:
        moves, ads, unparsed, problems = keep_extraction(
            connection,
            said,
            seen,
            source=source,
            source_id=self._source_id(connection, source),
            page_id=page_id,
            parser_version=version,
        )
        return Saved(
            fetch_id=seen.fetch_id,
            moves=moves.new,
            job_ads=ads.new,
            seen_moves=len(moves.keys) - len(moves.new),
            seen_ads=len(ads.keys) - len(ads.new),
            unparsed=len(unparsed.keys),
            problems=len(problems.keys),
            sighted_moves=moves.keys,
            sighted_ads=ads.keys,
            again=moves.again,
        )

    def _source_id(self, connection: Connection, name: str) -> int:
        if name not in self._sources:
            known = connection.scalar(select(Source.id).where(Source.name == name))
            if known is None:
                raise ValueError(f"the source {name!r} is not known: keep_source() comes first")
            self._sources[name] = known
        return self._sources[name]

    def _parser_version(self, connection: Connection, run_id: int) -> str:
        if run_id not in self._parsers:
            known = connection.scalar(select(Run.parser_version).where(Run.id == run_id))
            if known is None:
                raise ValueError(f"there is no run {run_id}")
            self._parsers[run_id] = known
        return self._parsers[run_id]


def _copied(connection: Connection, earlier_fetch_id: int, seen: Seen) -> Saved:
    moves = sightings.copy(connection, MOVES, earlier_fetch_id, seen)
    ads = sightings.copy(connection, JOB_ADS, earlier_fetch_id, seen)
    return Saved(
        fetch_id=seen.fetch_id,
        seen_moves=len(moves),
        seen_ads=len(ads),
        unparsed=len(sightings.copy(connection, UNPARSED, earlier_fetch_id, seen)),
        problems=len(sightings.copy(connection, PROBLEMS, earlier_fetch_id, seen)),
        sighted_moves=tuple(moves),
        sighted_ads=tuple(ads),
    )
