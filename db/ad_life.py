"""The life of a job ad: the stretches of time in which it was up, worked out from who showed it and who did not.

An ad is up at a *place*: among the announcements of a source's articles, or on a page of its own. What ends it there:

- At a source's articles, the first good look at that source which goes without it: a run that ended by itself, had at
  least as many answers as failures, raised no alarm about the pages, and found job ads there at all
  (`run_source.whole`, `job_ads_seen`). A failed fetch, an interrupted run, a login wall or a parser that finds nothing
  ends nothing. Nor does a look in which the page that showed the ad last was reserved against text and data mining: it
  could not be read.
- On its own page, the first answer that the page is gone, or that shows other ads instead.

It is up as long as it is up anywhere. Put up again after it was down everywhere, it begins a new stretch: it was
relisted. So whatever is told later about an earlier time (a page found in the archive) can be worked in by doing the
sum again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select

from db.models import Fetch, JobAd, JobAdFact, JobAdSighting, Page, Run, RunSource
from db.same_event import events_of, own_id
from scraper.records import PageKind

GONE = ("not_found", "soft_404")
"""Why a page could not be had, where it means that what stood there is gone."""
RESERVED = "reserved"
_AT_ONCE = 400


class Showing(NamedTuple):
    """A fetch that showed the ad; `own`: of a page that is the ad's own."""

    at: datetime
    fetch_id: int
    run_id: int
    source_id: int
    page_id: int
    own: bool


class Look(NamedTuple):
    """A good look at a source, and when it began."""

    run_id: int
    at: datetime


class Answer(NamedTuple):
    """A fetch of a page that matters: of an ad's own page one that tells what stands there, of another any."""

    at: datetime
    fetch_id: int
    run_id: int
    reserved: bool = False


class Span(NamedTuple):
    """A stretch in which the ad was up. `gone_at` is when it was first found to be gone; None: not yet."""

    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What speaks about ads beside those that showed them.

    `looks` by source and `told` by own page, each in order; `visits` holds the fetches of the pages that were ever
    reserved.
    """

    looks: Mapping[int, Sequence[Look]] = field(default_factory=dict)
    told: Mapping[int, Sequence[Answer]] = field(default_factory=dict)
    visits: Mapping[int, Sequence[Answer]] = field(default_factory=dict)


def spans(showings: Sequence[Showing], witnesses: Witnesses) -> list[Span]:
    """The stretches in which an ad was up, in order; at least one for an ad that was seen at all."""
    found: list[Span] = []
    by_source: dict[int, list[Showing]] = defaultdict(list)
    by_page: dict[int, list[Showing]] = defaultdict(list)
    for showing in showings:
        (by_page[showing.page_id] if showing.own else by_source[showing.source_id]).append(showing)
    for source_id, here in by_source.items():
        found += _among_articles(here, showings, witnesses.looks.get(source_id, ()), witnesses.visits)
    for page_id, here in by_page.items():
        found += _on_its_page(here, witnesses.told.get(page_id, ()))
    return _joined(found)


def _among_articles(
    here: Sequence[Showing],
    everywhere: Sequence[Showing],
    looks: Sequence[Look],
    visits: Mapping[int, Sequence[Answer]],
) -> list[Span]:
    runs: dict[int, list[datetime]] = defaultdict(list)
    for showing in here:
        runs[showing.run_id].append(showing.at)
    ordered = sorted(runs)
    found: list[Span] = []
    begun = last = min(runs[ordered[0]])
    for number, run_id in enumerate(ordered):
        begun, last = min(begun, *runs[run_id]), max(last, *runs[run_id])
        following = ordered[number + 1] if number + 1 < len(ordered) else None
        for look in looks:
            if look.run_id > run_id and (following is None or look.run_id < following):
                if _hidden(look, everywhere, visits):
                    continue
                found.append(Span(begun, last, max(last, look.at)))
                begun = last = min(runs[following]) if following is not None else last
                break
        else:
            if following is None:
                found.append(Span(begun, last, None))
    return found


def _hidden(look: Look, everywhere: Sequence[Showing], visits: Mapping[int, Sequence[Answer]]) -> bool:
    """Whether the page that had shown the ad last was closed to the look by a reservation."""
    page_id = max(showing for showing in everywhere if showing.run_id <= look.run_id).page_id
    known = [answer for answer in visits.get(page_id, ()) if answer.run_id <= look.run_id]
    return bool(known) and max(known).reserved


def _on_its_page(here: Sequence[Showing], told: Sequence[Answer]) -> list[Span]:
    shown = {showing.fetch_id for showing in here}
    found: list[Span] = []
    begun: datetime | None = None
    last: datetime | None = None
    for answer in sorted({*told, *(Answer(showing.at, showing.fetch_id, showing.run_id) for showing in here)}):
        if answer.fetch_id in shown:
            begun, last = begun or answer.at, answer.at
        elif begun is not None and last is not None:
            found.append(Span(begun, last, answer.at))
            begun = last = None
    if begun is not None and last is not None:
        found.append(Span(begun, last, None))
    return found


def _joined(stretches: Iterable[Span]) -> list[Span]:
    """Stretches at several places as those in which the ad was up at any."""
    found: list[Span] = []
    for span in sorted(stretches, key=lambda span: (span.first_seen, span.last_seen)):
        before = found[-1] if found else None
        if before is None or (before.gone_at is not None and before.gone_at < span.first_seen):
            found.append(span)
            continue
        gone = None if before.gone_at is None or span.gone_at is None else max(before.gone_at, span.gone_at)
        found[-1] = Span(before.first_seen, max(before.last_seen, span.last_seen), gone)
    return found


def showings(connection: Connection, ids: Sequence[int]) -> dict[int, list[Showing]]:
    """All that showed these ads under any name of their companies, by the ad's id, in order."""
    found: dict[int, set[Showing]] = defaultdict(set)
    rows = connection.execute(
        select(
            own_id(JobAd),
            JobAdSighting.seen_at,
            JobAdSighting.fetch_id,
            Fetch.run_id,
            Fetch.source_id,
            Fetch.page_id,
            Page.kind,
        )
        .join(JobAdSighting, JobAdSighting.job_ad_id == JobAd.id)
        .join(Fetch, Fetch.id == JobAdSighting.fetch_id)
        .join(Page, Page.id == Fetch.page_id)
        .where(JobAd.id.in_(events_of(JobAd, ids)))
    )
    for ad, at, fetch_id, run_id, source_id, page_id, kind in rows:
        found[ad].add(Showing(at, fetch_id, run_id, source_id, page_id, kind == PageKind.JOB_AD))
    return {ad: sorted(seen) for ad, seen in found.items()}


def reserved_pages(connection: Connection, pages: Iterable[int] | None = None) -> frozenset[int]:
    """Which of these pages, or of all, were ever closed by a reservation."""
    query = select(Fetch.page_id).where(Fetch.reason == RESERVED).distinct()
    if pages is not None:
        query = query.where(Fetch.page_id.in_(sorted(pages)))
    return frozenset(connection.scalars(query))


def witnesses(connection: Connection, seen: Iterable[Showing], reserved: frozenset[int] | None = None) -> Witnesses:
    """What speaks about ads that were shown so. `reserved`: all pages ever closed, where the caller knows them."""
    seen = list(seen)
    among = [showing for showing in seen if not showing.own]
    looks: dict[int, list[Look]] = defaultdict(list)
    visits: dict[int, list[Answer]] = defaultdict(list)
    if among:
        rows = connection.execute(
            select(RunSource.source_id, RunSource.run_id, Run.started_at)
            .join(Run, Run.id == RunSource.run_id)
            .where(
                RunSource.source_id.in_({showing.source_id for showing in among}),
                RunSource.run_id > min(showing.run_id for showing in among),
                RunSource.whole,
                RunSource.job_ads_seen > 0,
            )
            .order_by(RunSource.run_id)
        )
        for source_id, run_id, at in rows:
            looks[source_id].append(Look(run_id, at))
    if looks:
        pages = {showing.page_id for showing in seen}
        closed = pages & reserved if reserved is not None else reserved_pages(connection, pages)
        if closed:
            asked = select(Fetch.page_id, Fetch.at, Fetch.id, Fetch.run_id, Fetch.reason)
            for page_id, at, fetch_id, run_id, reason in connection.execute(asked.where(Fetch.page_id.in_(closed))):
                visits[page_id].append(Answer(at, fetch_id, run_id, reason == RESERVED))
    return Witnesses(looks, _told(connection, {showing.page_id for showing in seen if showing.own}), visits)


def _told(connection: Connection, own_pages: set[int]) -> dict[int, list[Answer]]:
    """The fetches of ads' own pages that tell what stands there: gone, or some ad."""
    found: dict[int, list[Answer]] = defaultdict(list)
    if own_pages:
        rows = connection.execute(
            select(Fetch.page_id, Fetch.at, Fetch.id, Fetch.run_id).where(Fetch.page_id.in_(own_pages), _tells())
        )
        for page_id, at, fetch_id, run_id in rows:
            found[page_id].append(Answer(at, fetch_id, run_id))
    return found


def _tells() -> ColumnElement[bool]:
    return or_(Fetch.reason.in_(GONE), exists().where(JobAdSighting.fetch_id == Fetch.id))


def missed_by(connection: Connection, run_id: int) -> list[int]:
    """The open ads of articles that a run may have ended: sources it had a good look at showed them once, not now."""
    found: set[int] = set()
    looked = connection.scalars(
        select(RunSource.source_id).where(RunSource.run_id == run_id, RunSource.whole, RunSource.job_ads_seen > 0)
    ).all()
    for source_id in looked:
        among = (Fetch.source_id == source_id, Page.kind != PageKind.JOB_AD.value)
        here = (
            select(JobAdSighting.job_ad_id)
            .join(Fetch, Fetch.id == JobAdSighting.fetch_id)
            .join(Page, Page.id == Fetch.page_id)
            .where(JobAdSighting.job_ad_id == JobAdFact.job_ad_id, *among)
            .correlate(JobAdFact)
        )
        now = Fetch.run_id == run_id
        missed = select(JobAdFact.job_ad_id).where(JobAdFact.gone_at.is_(None), ~here.where(now).exists())
        gone = set(connection.scalars(missed.where(here.exists())))
        still: set[int] = set()
        for names in _open_under_another_name(connection):
            once = [names[number] for number in connection.scalars(_shown(names).where(*among))]
            gone |= set(connection.scalars(missed.where(JobAdFact.job_ad_id.in_(once))))
            still |= {names[number] for number in connection.scalars(_shown(names).where(*among, now))}
        found |= gone - still
    return sorted(found)


def _open_under_another_name(connection: Connection) -> Iterator[dict[int, int]]:
    """The rows of open ads under another name of the company, some hundred at a time: each with its ad."""
    rows = connection.execute(
        select(JobAd.id, JobAd.same_as_id)
        .join(JobAdFact, JobAdFact.job_ad_id == JobAd.same_as_id)
        .where(JobAd.same_as_id.is_not(None), JobAdFact.gone_at.is_(None))
        .order_by(JobAd.id)
    ).all()
    for start in range(0, len(rows), _AT_ONCE):
        yield {row.id: row.same_as_id for row in rows[start : start + _AT_ONCE]}


def _shown(ids: Iterable[int]) -> Select[int]:
    """Which of these rows pages showed, to be narrowed by fetch and page."""
    return (
        select(JobAdSighting.job_ad_id)
        .join(Fetch, Fetch.id == JobAdSighting.fetch_id)
        .join(Page, Page.id == Fetch.page_id)
        .where(JobAdSighting.job_ad_id.in_(list(ids)))
        .distinct()
    )


def displaced_by(connection: Connection, fetch_id: int) -> list[int]:
    """The ads that may be gone from the page of their own which a fetch asked for: it showed them before."""
    page = (
        select(Fetch.page_id)
        .join(Page, Page.id == Fetch.page_id)
        .where(Fetch.id == fetch_id, Page.kind == PageKind.JOB_AD.value, _tells())
        .scalar_subquery()
    )
    before = select(own_id(JobAd)).join(JobAdSighting).join(Fetch, Fetch.id == JobAdSighting.fetch_id)
    now = select(own_id(JobAd)).join(JobAdSighting).where(JobAdSighting.fetch_id == fetch_id)
    return sorted(connection.scalars(before.where(Fetch.page_id == page, own_id(JobAd).not_in(now)).distinct()))


def days(stretches: Sequence[Span]) -> int:
    """Whole days in which an ad was up, as far as it was seen."""
    return sum(((span.gone_at or span.last_seen) - span.first_seen).days for span in stretches)
