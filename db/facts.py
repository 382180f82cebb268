"""Facts: what follows from the records and their sightings, kept so that questions are answered at once.

Whatever changes a record calls this room in the same transaction, so that facts and records are never at odds:

- a stored page: `after_fetch`, once its records and sightings are in;
- the end of a run: `after_run`, once it is known which sources it had a good look at;
- a record that was changed otherwise (another company, another person): `keep`;
- all at once (an archive read anew, an older release's database): `refresh_all`.

After any of these the facts are those that `refresh_all` would work out from nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, exists, func, select

from db import ad_facts, ad_life, classified, earlier, hire_ads, move_facts, same_event, search, source_days
from db.companies import own_names
from db.models import HireAd, JobAd, JobAdFact, JobAdSpan, Move, MoveFact, MoveStudy
from db.progress import Told, untold
from db.regroup import people_of, regroup
from db.sightings import Seen

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Refreshed:
    """How many facts were worked out; `pairs` counts the ads joined to a hire."""

    moves: int
    job_ads: int
    pairs: int


def after_fetch(connection: Connection, seen: Seen, *, own_page: bool) -> None:
    """Follow a page that was stored: what it showed was seen again, or is new.

    `own_page`: it is an ad's own, so what it showed before and does not show now may be gone.
    """
    new = move_facts.stale(connection, seen)
    move_facts.seen_again(connection, seen)
    keep(connection, moves=new, job_ads=ad_facts.seen_again(connection, seen))
    if own_page:
        _keep_lives(connection, ad_life.displaced_by(connection, seen.fetch_id))


def after_run(connection: Connection, run_id: int) -> None:
    """Follow a run whose end was noted: ads that it looked for in vain are gone, and its day is counted."""
    _keep_lives(connection, ad_life.missed_by(connection, run_id))
    source_days.after_run(connection, run_id)


def keep(connection: Connection, *, moves: Iterable[int] = (), job_ads: Iterable[int] = ()) -> None:
    """Work out the facts of these records again, by their ids, and join ads and hires where that is another story.

    For a row that tells a record under another name of its company, the record's own are meant too.
    """
    groups: set[hire_ads.Group] = set()
    for some in _some(_with_own(connection, Move, moves)):
        hires = hire_ads.hires(connection, some)
        move_facts.keep(connection, some)
        search.index(connection, "move", some)
        groups |= {group for group, _ in hires ^ hire_ads.hires(connection, some)}
    for some in _some(_with_own(connection, JobAd, job_ads)):
        groups |= _keep_ads(connection, some)
        search.index(connection, "job_ad", some)
    hire_ads.keep(connection, groups)


def are_there(connection: Connection) -> bool:
    """Whether facts have been worked out; where nothing was told there are none to work out."""
    return bool(connection.scalar(select(exists(select(MoveFact.move_id)) | ~exists(select(Move.id)))))


def clear(connection: Connection) -> None:
    """Take all facts of records away, before records are deleted or given other companies and persons at large."""
    for table in (HireAd, MoveFact, MoveStudy, JobAdSpan, JobAdFact):
        connection.execute(delete(table))


def refresh_all(connection: Connection, *, told: Told = untold) -> Refreshed:
    """Work out every fact anew, from the records alone. `told` is told how far that is."""
    clear(connection)
    classified.forget_all(connection)
    own_names(connection)
    settled = same_event.settle_all(connection, Move)
    same_event.settle_all(connection, JobAd)
    regroup(connection, people_of(connection, settled), lambda _table, _id: None)
    for ids in _ranges(connection, Move, "facts of moves", told):
        earlier.keep(connection, ids)
        move_facts.keep(connection, ids)
    reserved = ad_life.reserved_pages(connection)
    for ids in _ranges(connection, JobAd, "facts of job ads", told):
        ad_facts.keep(connection, ids, reserved=reserved)
    hire_ads.refresh_all(connection, told=told)
    source_days.refresh_all(connection)
    search.refresh_all(connection, told=told)
    return Refreshed(
        connection.scalar(select(func.count()).select_from(MoveFact)) or 0,
        connection.scalar(select(func.count()).select_from(JobAdFact)) or 0,
        connection.scalar(select(func.count(HireAd.job_ad_id.distinct()))) or 0,
    )


def _with_own(connection: Connection, table: type[Move | JobAd], ids: Iterable[int]) -> set[int]:
    """These records, and those that they tell under another name."""
    found: set[int] = set()
    for some in _some(ids):
        owners = select(table.same_as_id).where(table.id.in_(some), table.same_as_id.is_not(None))
        found |= {*some, *(number for number in connection.scalars(owners) if number is not None)}
    return found


def _keep_lives(connection: Connection, ads: Sequence[int]) -> None:
    hire_ads.keep(connection, {group for some in _some(ads) for group in _keep_ads(connection, some)})


def _keep_ads(connection: Connection, ads: Sequence[int]) -> set[hire_ads.Group]:
    """Work out the facts of these ads; where that makes other offers of them, the groups to join anew."""
    offers = hire_ads.offers(connection, ads)
    ad_facts.keep(connection, ads)
    return {group for group, _ in offers ^ hire_ads.offers(connection, ads)}


def _some(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]


def _ranges(connection: Connection, table: type[Move | JobAd], stage: str, told: Told) -> Iterator[list[int]]:
    """All ids of a table, some hundred at a time."""
    whole = connection.scalar(select(func.count()).select_from(table)) or 0
    last = done = 0
    while ids := connection.scalars(select(table.id).where(table.id > last).order_by(table.id).limit(_AT_ONCE)).all():
        yield list(ids)
        last = ids[-1]
        done += len(ids)
        told(stage, done, whole)
