"""The rows that name companies: looking a name up, and letting all rows follow when a name leads elsewhere.

`company_alias` alone says where a name leads. Whoever changes it calls `follow`, and moves, job ads, spellings, people
and facts stand where it says, in the same transaction: merging and splitting are the same work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute

from db import search
from db.base import Base
from db.identity import clean, company_key, fold
from db.models import (
    Company,
    CompanyAlias,
    CompanyName,
    JobAd,
    JobAdFact,
    Move,
    MoveEarlier,
    MoveFact,
)
from db.regroup import people_of, regroup
from db.rows import add_row
from db.same_event import NoteRow, Telling, loosen, settle

_AT_ONCE = 400
_NAMED: tuple[
    tuple[type[Base], InstrumentedAttribute[Any], InstrumentedAttribute[Any], InstrumentedAttribute[int]], ...
]
_NAMED = (
    (Move, Move.company, Move.company_id, Move.id),
    (Move, Move.previous_company, Move.previous_company_id, Move.id),
    (MoveEarlier, MoveEarlier.company, MoveEarlier.company_id, MoveEarlier.move_id),
    (JobAd, JobAd.company, JobAd.company_id, JobAd.id),
    (CompanyName, CompanyName.name, CompanyName.company_id, CompanyName.id),
)
"""Where a company is named: the name, the company's id, and the id of the record it belongs to."""
_OF_EVENTS: dict[Any, Telling] = {Move.company_id: Move, JobAd.company_id: JobAd}
"""The companies by which an event is one."""


def exact_key(name: str) -> str:
    """The key of one spelling alone, for a spelling that is another company than those it shares its key with."""
    return f"={fold(name)}"


def lookup(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The id of the company of each name that leads to one: a spelling of its own first, then the key."""
    keys = {name: (exact_key(name), company_key(name)) for name in names if clean(name)}
    leads = lookup_keys(connection, {key for pair in keys.values() for key in pair})
    found = {name: leads.get(exact, leads.get(key)) for name, (exact, key) in keys.items()}
    return {name: company_id for name, company_id in found.items() if company_id is not None}


def lookup_keys(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """The id of the company of each key that leads to one."""
    ordered = sorted(set(keys))
    leads: dict[str, int] = {}
    for start in range(0, len(ordered), _AT_ONCE):
        some = CompanyAlias.key.in_(ordered[start : start + _AT_ONCE])
        rows = connection.execute(select(CompanyAlias.key, CompanyAlias.company_id).where(some))
        leads |= {key: company_id for key, company_id in rows}  # noqa: C416 - dict(rows) loses the types
    return leads


def lookup_key(connection: Connection, key: str) -> int | None:
    """The id of the company that a key leads to; None where it leads to none."""
    return connection.scalar(select(CompanyAlias.company_id).where(CompanyAlias.key == key))


def keys_of(connection: Connection, company_id: int) -> set[str]:
    """All keys that lead to a company."""
    return set(connection.scalars(select(CompanyAlias.key).where(CompanyAlias.company_id == company_id)))


def spellings_of(connection: Connection, company_id: int) -> list[str]:
    """The spellings under which a company was seen, the first first."""
    query = select(CompanyName.name).where(CompanyName.company_id == company_id)
    return list(connection.scalars(query.order_by(CompanyName.first_fetch_id, CompanyName.id)))


def redirect(connection: Connection, keys: Iterable[str], company_id: int, decision_id: int | None) -> None:
    """Let these keys, known or new, lead to a company by a decision. `follow` comes after."""
    for key in sorted(set(keys)):
        known = lookup_key(connection, key)
        if known is None:
            row = {"key": key, "company_id": company_id, "decision_id": decision_id}
            connection.execute(insert(CompanyAlias), row)
        elif known != company_id:
            connection.execute(
                update(CompanyAlias)
                .where(CompanyAlias.key == key)
                .values(company_id=company_id, decision_id=decision_id)
            )


def part(connection: Connection, keys: set[str], name: str, note: NoteRow = lambda _table, _id: None) -> int:
    """Make a company of its own of some keys that lead to one company together with others; its id. `note` as below."""
    old = connection.execute(
        select(Company).join(CompanyAlias, CompanyAlias.company_id == Company.id).where(CompanyAlias.key == min(keys))
    ).one()
    left = keys_of(connection, old.id) - keys
    if not left:
        return int(old.id)
    if old.key in keys:
        connection.execute(update(Company).where(Company.id == old.id).values(key=min(left)))
    row = {"key": min(keys), "name": clean(name), "name_folded": fold(name)}
    number = add_row(connection, Company, row)
    redirect(connection, keys, number, None)
    follow(connection, [old.id], note)
    if old.name not in (stays := spellings_of(connection, old.id)) and old.name in spellings_of(connection, number):
        renamed(connection, old.id, stays[0] if stays else old.name)
    return number


def follow(connection: Connection, company_ids: Iterable[int], note: NoteRow = lambda _table, _id: None) -> None:
    """Let the rows of these companies stand where their names lead now; companies that no key leads to are deleted.

    `note(table, id)` is called before a row that has a number is changed.
    """
    from db import facts  # facts are kept of companies, and companies tell facts that they changed

    ids = sorted(set(company_ids))
    entered: set[int] = set()
    loose: dict[Telling, set[int]] = {Move: set(), JobAd: set()}
    moves: set[int] = set()
    ads: set[int] = set()
    for table, name, owner, record in _NAMED:
        for old, new, text in _gone_elsewhere(connection, name, owner, ids):
            here = (owner == old, name == text)
            changed = set(connection.scalars(select(record).where(*here)))
            for number in sorted(changed) if table is not MoveEarlier else ():
                note(table, number)
            if owner in _OF_EVENTS:
                told = _OF_EVENTS[owner]
                loose[told] |= loosen(connection, told, changed)
            connection.execute(update(table).where(*here).values({owner.key: new}))
            entered.add(new)
            if table is JobAd:
                ads |= changed
            elif table is not CompanyName:
                moves |= changed
    settled_moves = settle(connection, Move, loose[Move], note)
    settled_ads = settle(connection, JobAd, loose[JobAd], note)
    regroup(connection, people_of(connection, moves | settled_moves), note)
    # What an ad under another name knew of its day comes or goes: without its fact it is joined to hires anew.
    stayed = JobAdFact.job_ad_id.in_(select(JobAd.id).where(JobAd.same_as_id.is_(None)))
    for number in sorted(settled_ads - ads):
        connection.execute(delete(JobAdFact).where(JobAdFact.job_ad_id == number, stayed))
    known_moves = _among(connection, MoveFact.move_id, moves - settled_moves)
    known_ads = _among(connection, JobAdFact.job_ad_id, ads - settled_ads)
    facts.keep(connection, moves=[*known_moves, *settled_moves], job_ads=[*known_ads, *settled_ads])
    leading = select(CompanyAlias.company_id)
    connection.execute(delete(Company).where(Company.id.in_(ids), Company.id.not_in(leading)))
    search.index(connection, "company", {*ids, *entered})


def renamed(connection: Connection, company_id: int, name: str) -> None:
    """Give a company another name of its own, by which it is found too."""
    values = {"name": clean(name), "name_folded": fold(name)}
    connection.execute(update(Company).where(Company.id == company_id).values(values))
    search.index(connection, "company", [company_id])


def _gone_elsewhere(
    connection: Connection,
    name: InstrumentedAttribute[Any],
    owner: InstrumentedAttribute[Any],
    ids: list[int],
) -> list[tuple[int, int, str]]:
    """The names in a column that lead to another company than their rows say: that one, the right one, the name."""
    found: dict[str, list[int]] = defaultdict(list)
    for text, company_id in connection.execute(select(name, owner).where(owner.in_(ids)).distinct()):
        found[text].append(company_id)
    leads: Mapping[str, int] = lookup(connection, found)
    return sorted(
        (old, leads[text], text) for text, owners in found.items() for old in owners if leads.get(text, old) != old
    )


def _among(connection: Connection, column: InstrumentedAttribute[int], ids: Iterable[int]) -> list[int]:
    """Those of the ids that the column holds: records whose facts are not kept yet get them when their page is done."""
    ordered = sorted(set(ids))
    found: list[int] = []
    for start in range(0, len(ordered), _AT_ONCE):
        found += connection.scalars(select(column).where(column.in_(ordered[start : start + _AT_ONCE])))
    return found
