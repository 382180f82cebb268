"""Companies as rows: one for all names that are one company, each spelling kept with the fetch that showed it first.

A name that was seen before leads to its company by its key (`company_alias`). A new one is compared with the few names
that it might be (`db.company_blocks`), judged (`db.same_company`), and what was decided is a row with its reason
(`db.decisions`). What a person or the business register decided goes before any rule, in every run and replay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, func, insert, select

from db import decisions, search
from db.company_rows import keys_of, lookup, lookup_key, part
from db.decisions import JOINING, STANDING, ByWhom, Named, Verdict
from db.identity import clean
from db.models import Company, CompanyAlias, CompanyBlock, CompanyName, Fetch, Move, Person
from db.regroup import regroup
from db.same_company import judge, rules_version
from db.settling import settle

_RULES = "rules"
"""The block that only says by which version of the rules the others were made."""
_UNTOLD = datetime(1970, 1, 1, tzinfo=UTC)


def company_ids(connection: Connection, names: Iterable[str | None], fetch_id: int) -> dict[str, int]:
    """The id of each company named, by the name as given; unknown companies and spellings are added.

    Blank names are left out. A company's own name is the spelling that was seen first, unless a person gave it another.
    """
    given = {name: spelling for name in names if name and (spelling := clean(name))}
    if not given:
        return {}
    spellings = list(dict.fromkeys(given.values()))
    ids = lookup(connection, spellings)
    known = _known_spellings(connection, set(ids.values()))
    new = [spelling for spelling in spellings if (ids.get(spelling), spelling) not in known]
    if new:
        at = connection.scalar(select(Fetch.at).where(Fetch.id == fetch_id)) or _UNTOLD
        _follow_the_rules(connection, at)
        for place, spelling in enumerate(new):
            settle(connection, spelling, find(connection, spelling) if place else ids.get(spelling), at)
        ids = lookup(connection, spellings)
        rows = [{"company_id": ids[name], "name": name, "first_fetch_id": fetch_id} for name in sorted(new)]
        connection.execute(insert(CompanyName), rows)
        search.index(connection, "company", set(ids.values()))
    return {name: ids[spelling] for name, spelling in given.items()}


def own_names(connection: Connection) -> None:
    """Let each company's own key lead to it, unless a decision has that key lead to another; leftovers go."""
    gone = CompanyAlias.company_id.not_in(select(Company.id))
    connection.execute(delete(CompanyAlias).where(gone))
    missing = select(Company.key, Company.id).where(Company.key.not_in(select(CompanyAlias.key)))
    connection.execute(insert(CompanyAlias).from_select(["key", "company_id"], missing))


def find(connection: Connection, name: str) -> int | None:
    """The id of the company that a name leads to, whatever its spelling; None where it leads to none."""
    return lookup(connection, [name]).get(name)


def judge_all(connection: Connection, at: datetime) -> None:
    """Judge all known names by the rules as they are now: what they no longer hold for one company is parted.

    People follow: all names with several moves are looked at anew.
    """
    connection.execute(delete(CompanyBlock))
    row = {"block": _RULES, "joined": rules_version(), "name": ""}
    connection.execute(insert(CompanyBlock), row)
    for made in decisions.every(connection, verdicts=[Verdict.SAME], by=[ByWhom.RULE]):
        if not judge(made.name_a, made.name_b).same:
            decisions.overrule(connection, [made], at=at)
            _let_go(connection, Named(made.key_b, made.name_b))
    for spelling in connection.scalars(select(CompanyName.name).order_by(CompanyName.id)).all():
        settle(connection, spelling, find(connection, spelling), at)
    several = select(Person.name_key).join(Move, Move.person_id == Person.id).group_by(Person.name_key)
    regroup(connection, connection.scalars(several.having(func.count() > 1)), lambda _table, _id: None)


def _follow_the_rules(connection: Connection, at: datetime) -> None:
    """Where the names were judged by other rules than those of today, judge them anew."""
    made = select(CompanyBlock.joined).where(CompanyBlock.block == _RULES)
    if connection.scalar(made) != rules_version():
        judge_all(connection, at)


def _let_go(connection: Connection, named: Named) -> None:
    """Part a name from its company, unless a person or the register holds it there."""
    company_id = lookup_key(connection, named.key)
    if company_id is not None:
        others = keys_of(connection, company_id) - {named.key}
        if not decisions.between(connection, {named.key}, others, verdicts=JOINING, by=STANDING):
            part(connection, {named.key}, named.name)


def _known_spellings(connection: Connection, ids: set[int]) -> set[tuple[int | None, str]]:
    query = select(CompanyName.company_id, CompanyName.name).where(CompanyName.company_id.in_(ids))
    return {(company_id, name) for company_id, name in connection.execute(query)} if ids else set()
