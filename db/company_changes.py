"""What a person says about companies: two names are one, a spelling is another company, a company has another name.

Each is one decision, kept for good and told with its reason, and goes before every rule in all later runs and replays.
Each function works in the caller's transaction: rolled back, it has only told what it would do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from db import decisions
from db.companies import find
from db.company_rows import exact_key, keys_of, part, redirect, renamed, spellings_of
from db.decisions import JOINING, ByWhom, Named, Verdict
from db.identity import clean, company_key, fold
from db.models import Company, CompanyName, JobAd, Move
from db.nearest import nearest
from db.settling import unite
from scraper.errors import NamesClash, UnknownName


@dataclass(frozen=True, slots=True)
class Standing:
    """A company as it stands after a change: its name, number in the register, spellings, and rows that name it."""

    name: str
    cvr: str | None
    spellings: tuple[str, ...]
    moves: int
    job_ads: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of a change: the companies that it touched, and how many earlier decisions it overruled."""

    companies: tuple[Standing, ...]
    overruled: int


def merge(connection: Connection, one: str, other: str, *, at: datetime, name: str | None = None) -> Changed:
    """Make two companies one: the first one's name stays, unless `name` gives another.

    Raises UnknownName for a name that leads to no company, NamesClash where both lead to one already.
    """
    stays, goes = known(connection, one), known(connection, other)
    if stays.id == goes.id:
        raise NamesClash(f"“{one}” and “{other}” are one company already: {stays.name}.")
    apart = decisions.between(
        connection, keys_of(connection, stays.id), keys_of(connection, goes.id), verdicts=[Verdict.DIFFERENT]
    )
    overruled = decisions.overrule(connection, apart, at=at)
    decision = decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.USER,
        verdict=Verdict.SAME,
        one=Named(stays.key, stays.name),
        other=Named(goes.key, goes.name),
        reason="merged by hand",
    )
    wanted = name or decisions.given_name(connection, keys_of(connection, stays.id)) or stays.name
    unite(connection, stays.id, goes.id, decision)
    if wanted != connection.scalar(select(Company.name).where(Company.id == stays.id)):
        rename(connection, stays.name, wanted, at=at)
    return Changed((standing(connection, stays.id),), overruled)


def split(connection: Connection, company: str, spelling: str, *, at: datetime, exact: bool = False) -> Changed:
    """Make a company of its own of a spelling of a company, and of those that differ from it only in legal form.

    With `exact`, or where all spellings of the company differ only so, of that one spelling alone. Raises UnknownName
    for a name or spelling that is not known, NamesClash where nothing of the company would be left.
    """
    row = known(connection, company)
    spelled = spellings_of(connection, row.id)
    if spelling not in spelled:
        found = [each for each in spelled if fold(each) == fold(spelling)] or [
            each for each in spelled if company_key(each) == company_key(spelling)
        ]
        if not found:
            raise UnknownName(f"“{spelling}” is no spelling of {row.name}.", nearest=spelled)
        spelling = found[0]
    keys = keys_of(connection, row.id)
    key = company_key(spelling)
    if exact_key(spelling) in keys:
        key = exact_key(spelling)
    elif exact or not (keys - {key}):
        key = exact_key(spelling)
        if all(fold(each) == fold(spelling) for each in spelled):
            raise NamesClash(f"“{spelling}” is the only spelling of {row.name}.", hint="There is nothing to part.")
        redirect(connection, [key], row.id, None)
    rest = keys_of(connection, row.id) - {key}
    joined = decisions.between(connection, {key}, rest, verdicts=JOINING)
    overruled = decisions.overrule(connection, joined, at=at)
    number = part(connection, {key}, spelling)
    left = connection.execute(select(Company).where(Company.id == row.id)).one()
    decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.USER,
        verdict=Verdict.DIFFERENT,
        one=Named(left.key, left.name),
        other=Named(key, spelling),
        reason="split by hand",
    )
    return Changed((standing(connection, row.id), standing(connection, number)), overruled)


def rename(connection: Connection, company: str, name: str, *, at: datetime) -> Changed:
    """Give a company another name of its own, which leads to it from now on too.

    Raises UnknownName for a company that is not known, NamesClash where the new name is another company's.
    """
    row = known(connection, company)
    name = clean(name)
    if not name:
        raise NamesClash("A company's name cannot be blank.")
    there = find(connection, name)
    if there is not None and there != row.id:
        raise NamesClash(
            f"“{name}” leads to another company already.",
            hint=f"To make the two one: navnenyt companies merge {_quoted(company)} {_quoted(name)}",
        )
    decision = decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.USER,
        verdict=Verdict.RENAME,
        one=Named(row.key, row.name),
        other=Named.of(name),
        reason="named by hand",
    )
    if there is None:
        redirect(connection, [company_key(name)], row.id, decision)
    renamed(connection, row.id, name)
    return Changed((standing(connection, row.id),), 0)


def known(connection: Connection, name: str) -> Any:
    """The row of the company that a name leads to. Raises UnknownName, with the names that are most alike."""
    company_id = find(connection, name)
    if company_id is None:
        raise UnknownName(f"No company is called “{name}”.", nearest=called_like(connection, name))
    return connection.execute(select(Company).where(Company.id == company_id)).one()


def called_like(connection: Connection, name: str) -> list[str]:
    """The names of the few companies with a spelling most like this one, the likest first."""
    rows = connection.execute(
        select(CompanyName.name, Company.name).join(Company, Company.id == CompanyName.company_id)
    )
    owners: dict[str, str] = {spelling: owner for spelling, owner in rows}  # noqa: C416 - dict(rows) loses the types
    return list(dict.fromkeys(owners[spelling] for spelling in nearest(name, owners)))


def standing(connection: Connection, company_id: int) -> Standing:
    """How a company stands now."""
    row = connection.execute(select(Company).where(Company.id == company_id)).one()
    moves = select(func.count()).select_from(Move).where(Move.company_id == company_id, Move.same_as_id.is_(None))
    ads = select(func.count()).select_from(JobAd).where(JobAd.company_id == company_id, JobAd.same_as_id.is_(None))
    return Standing(
        name=row.name,
        cvr=row.cvr,
        spellings=tuple(spellings_of(connection, company_id)),
        moves=connection.scalar(moves) or 0,
        job_ads=connection.scalar(ads) or 0,
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '\\"') + '"'
