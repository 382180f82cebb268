"""Pages and fetches as rows, and what earlier fetches tell the next run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import aliased

from db.models import Fetch as FetchRow
from db.models import Page, Source
from db.rows import add_row
from db.sightings import Seen
from db.writable import storable, writable_text
from scraper.errors import FetchReason
from scraper.records import Candidate, Fetch, FetchOutcome, PageKind, Validators

UNASKED = (
    FetchReason.ROBOTS_DISALLOWED,
    FetchReason.ROBOTS_UNAVAILABLE,
    FetchReason.OUTSIDE_HOSTS,
    FetchReason.FORBIDDEN_ADDRESS,
    FetchReason.BUDGET_SPENT,
)
"""Reasons by which no request went out to the page at all."""
PERHAPS_ASKED = (FetchReason.RESERVED, FetchReason.RATE_LIMITED)
"""Reasons that a site gives with an answer, or by what it said before: then the fetch has no status."""
GONE = (FetchReason.NOT_FOUND, FetchReason.SOFT_404)
"""Reasons by which the site says that the page is no more."""
_AT_ONCE = 500
"""How many values one statement carries."""


class LastAnswer(NamedTuple):
    """The newest fetch of a page that did not fail."""

    fetch_id: int
    body_sha256: str | None


class LastAsked(NamedTuple):
    """How a page was asked for last, however that ended, and the bytes over the wire of its last body, if any."""

    at: datetime
    outcome: FetchOutcome
    size: int | None


def keep_pages(connection: Connection, source_id: int, candidates: Sequence[Candidate]) -> dict[str, int]:
    """The ids of pages by their identity within the source; new ones are added.

    A known page's address, title and date become those told last; what is no longer told is not forgotten.
    """
    found = {candidate.identity: candidate for candidate in candidates}
    known = _known_rows(connection, source_id, list(found))
    ids = {identity: int(row.id) for identity, row in known.items()}
    new: list[dict[str, Any]] = []
    for identity, candidate in found.items():
        told = {
            "url": storable(candidate.url),
            "title": writable_text(candidate.title),
            "published_at": candidate.published,
        }
        if (row := known.get(identity)) is None:
            new.append({**told, "source_id": source_id, "kind": candidate.kind.value, "identity": identity})
            continue
        changed = {name: value for name, value in told.items() if value and value != getattr(row, name)}
        if changed:
            connection.execute(update(Page).where(Page.id == row.id).values(changed))
    if new:
        connection.execute(insert(Page), new)
        added = _known_rows(connection, source_id, [row["identity"] for row in new])
        ids.update((identity, int(row.id)) for identity, row in added.items())
    return ids


def _known_rows(connection: Connection, source_id: int, identities: Sequence[str]) -> dict[str, Any]:
    rows: dict[str, Any] = {}
    for start in range(0, len(identities), _AT_ONCE):
        some = connection.execute(
            select(Page.id, Page.identity, Page.url, Page.title, Page.published_at).where(
                Page.source_id == source_id, Page.identity.in_(identities[start : start + _AT_ONCE])
            )
        )
        rows.update((row.identity, row) for row in some)
    return rows


def keep_fetch(
    connection: Connection,
    run_id: int,
    source_id: int,
    page_id: int,
    fetch: Fetch,
    *,
    headings: Sequence[str] = (),
) -> Seen:
    """A new fetch. Raises ValueError for a failure without a reason of FetchReason, or a reason without a failure."""
    reason = FetchReason(fetch.reason).value if fetch.reason is not None else None
    if (fetch.outcome is FetchOutcome.FAILED) != (reason is not None):
        raise ValueError(f"a fetch that is {fetch.outcome} has the reason {reason}: {fetch.url}")
    row = {
        "run_id": run_id,
        "source_id": source_id,
        "page_id": page_id,
        "at": fetch.at,
        "outcome": fetch.outcome.value,
        "url": storable(fetch.url),
        "final_url": storable(fetch.final_url) if fetch.final_url is not None else None,
        "status": fetch.status,
        "reason": reason,
        "detail": writable_text(fetch.detail),
        "bytes_received": fetch.bytes_received,
        "elapsed_ms": fetch.elapsed_ms,
        "etag": fetch.validators.etag,
        "last_modified": fetch.validators.last_modified,
        "body_sha256": fetch.body_sha256,
        "archive_file": fetch.archive[0] if fetch.archive else None,
        "archive_offset": fetch.archive[1] if fetch.archive else None,
        "allowed_by": fetch.allowed_by,
        "headings": [writable_text(heading) for heading in headings] or None,
        "reservation": writable_text(fetch.reservation) or None,
    }
    return Seen(add_row(connection, FetchRow, row), fetch.at)


def last_answer(connection: Connection, page_id: int, url: str) -> LastAnswer | None:
    """The page's newest answer: of this very address when there is one, else of any.

    Validators belong to an address, so "unchanged" speaks of the last answer that this address gave.
    """
    row = connection.execute(
        select(FetchRow.id, FetchRow.body_sha256)
        .where(FetchRow.page_id == page_id, FetchRow.outcome != FetchOutcome.FAILED.value)
        .order_by((FetchRow.url == url).desc(), FetchRow.at.desc(), FetchRow.id.desc())
        .limit(1)
    ).one_or_none()
    return LastAnswer(row.id, row.body_sha256) if row is not None else None


def validators(connection: Connection, source: str, url: str) -> Validators:
    """See `Store.validators`."""
    row = connection.execute(
        select(FetchRow.etag, FetchRow.last_modified)
        .join(Page)
        .join(Source, Source.id == Page.source_id)
        .where(
            Source.name == source,
            Page.url == url,
            FetchRow.url == url,
            FetchRow.outcome == FetchOutcome.FETCHED.value,
        )
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
        .limit(1)
    ).one_or_none()
    return Validators(etag=row.etag, last_modified=row.last_modified) if row is not None else Validators()


def requests_between(
    connection: Connection, source: str, begin: datetime, end: datetime, *, feeds: bool = False
) -> int:
    """How many requests for pages, or with `feeds` for feeds and lists, went out from `begin` until before `end`."""
    count = connection.scalar(
        select(func.count())
        .select_from(FetchRow)
        .join(Page)
        .join(Source, Source.id == FetchRow.source_id)
        .where(
            Source.name == source,
            FetchRow.at >= begin,
            FetchRow.at < end,
            (Page.kind == PageKind.FEED.value) == feeds,
            FetchRow.reason.is_(None) | FetchRow.reason.not_in([reason.value for reason in UNASKED]),
            FetchRow.reason.is_(None)
            | FetchRow.status.is_not(None)
            | FetchRow.reason.not_in([reason.value for reason in PERHAPS_ASKED]),
        )
    )
    return count or 0


def last_asked(connection: Connection, source: str, identities: Sequence[str]) -> dict[str, LastAsked]:
    """See `Store.last_asked`."""
    newest = (
        select(FetchRow.id)
        .where(FetchRow.page_id == Page.id)
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
        .limit(1)
        .correlate(Page)
        .scalar_subquery()
    )
    body = aliased(FetchRow)
    size = (
        select(body.bytes_received)
        .where(body.page_id == Page.id, body.outcome == FetchOutcome.FETCHED.value)
        .order_by(body.at.desc(), body.id.desc())
        .limit(1)
        .correlate(Page)
        .scalar_subquery()
    )
    found: dict[str, LastAsked] = {}
    for start in range(0, len(identities), _AT_ONCE):
        rows = connection.execute(
            select(Page.identity, FetchRow.at, FetchRow.outcome, size)
            .join(FetchRow, FetchRow.id == newest)
            .join(Source, Source.id == Page.source_id)
            .where(Source.name == source, Page.identity.in_(identities[start : start + _AT_ONCE]))
        )
        found.update((row[0], LastAsked(row[1], FetchOutcome(row[2]), row[3])) for row in rows)
    return found


def count_pages(connection: Connection, source_id: int) -> int:
    """How many pages of a source are known."""
    return connection.scalar(select(func.count()).select_from(Page).where(Page.source_id == source_id)) or 0


def known_pages(connection: Connection, source: str, limit: int) -> list[Candidate]:
    """See `Store.known_pages`."""
    last_two = (
        select(FetchRow.reason)
        .where(FetchRow.page_id == Page.id)
        .order_by(FetchRow.at.desc(), FetchRow.id.desc())
        .limit(2)
        .correlate(Page)
        .subquery()
    )
    times_gone = (
        select(func.count())
        .select_from(last_two)
        .where(last_two.c.reason.in_([reason.value for reason in GONE]))
        .scalar_subquery()
    )
    rows = connection.execute(
        select(Page.url, Page.identity, Page.kind, Page.title, Page.published_at)
        .join(Source)
        .where(
            Source.name == source,
            Page.kind != PageKind.FEED.value,
            times_gone < 2,
        )
        .order_by(Page.id.desc())
        .limit(limit)
    )
    return [
        Candidate(
            url=row.url, identity=row.identity, kind=PageKind(row.kind), title=row.title, published=row.published_at
        )
        for row in rows
    ]
