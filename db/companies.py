"""Companies as rows: one for all names that are one company, each spelling kept with the fetch that showed it first.

A name that was seen before leads to its company by its key (`company_alias`). A new one is compared with the few names
that it might be (`db.company_blocks`), judged (`db.same_company`), and what was decided is a row with its reason
(`db.decisions`). What a person or the business register decided goes before any rule, in every run and replay.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from db import decisions, search
from db.company_blocks import Block, blocks, may_be_one
from db.company_rows import exact_key, follow, keys_of, lookup, lookup_key, part, redirect, renamed
from db.decisions import JOINING, STANDING, ByWhom, Named, Verdict
from db.identity import clean, company_key, fold
from db.models import Company, CompanyAlias, CompanyBlock, CompanyName, CvrEntry, Fetch
from db.rows import add_row
from db.same_company import RULES_VERSION, Judgement, core, judge

_RULES = "rules"
"""The block that only says by which version of the rules the others were made."""
_UNTOLD = datetime(1970, 1, 1, tzinfo=UTC)
_NEAR_MISSES = 3
"""How many names that are nearly a new one are written down as another company, so that a person can overrule it."""


class Near(NamedTuple):
    """A known name that shares a block with a new one, its company, and what the rules say of the two."""

    name: str
    company_id: int
    said: Judgement


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
        for spelling in new:
            settle(connection, spelling, at)
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


def settle(connection: Connection, spelling: str, at: datetime) -> None:
    """Let a spelling lead to its company: a known one, several that it shows to be one, or a new one."""
    near = _near(connection, spelling)
    own = find(connection, spelling)
    named = Named.of(spelling)
    alone = Named(exact_key(spelling), spelling)
    if decisions.about(connection, [alone.key], by=STANDING):
        own = lookup_key(connection, alone.key)
        named = alone
    if own is None:
        own = _by_standing_decision(connection, named)
    if own is None:
        own = _by_register(connection, named, at)
    for other in sorted(near, key=lambda each: (-each.said.score, each.company_id, each.name)):
        if other.said.same:
            own = _joined(connection, named, own, other, at)
    if own is None:
        own = _new_company(connection, named)
    _keep_blocks(connection, spelling, near)
    _note_near_misses(connection, named, own, near, at)


def judge_all(connection: Connection, at: datetime) -> None:
    """Judge all known names by the rules as they are now: what they no longer hold for one company is parted."""
    connection.execute(delete(CompanyBlock))
    row = {"block": _RULES, "joined": RULES_VERSION, "name": ""}
    connection.execute(insert(CompanyBlock), row)
    for made in decisions.every(connection, verdicts=[Verdict.SAME], by=[ByWhom.RULE]):
        if not judge(made.name_a, made.name_b).same:
            decisions.overrule(connection, [made], at=at)
            _let_go(connection, Named(made.key_b, made.name_b))
    for spelling in connection.scalars(select(CompanyName.name).order_by(CompanyName.id)).all():
        settle(connection, spelling, at)


def may_join(connection: Connection, one: int, other: set[str], other_cvr: str | None) -> bool:
    """Whether a rule may make one company of this one and one with these keys and this number."""
    company = connection.execute(select(Company.cvr).where(Company.id == one)).one()
    if company.cvr and other_cvr and company.cvr != other_cvr:
        return False
    mine = keys_of(connection, one)
    return not decisions.between(connection, mine, other, verdicts=[Verdict.DIFFERENT], by=STANDING)


def _follow_the_rules(connection: Connection, at: datetime) -> None:
    """Where the names were judged by other rules than those of today, judge them anew."""
    made = select(CompanyBlock.joined).where(CompanyBlock.block == _RULES)
    if connection.scalar(made) != RULES_VERSION:
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


def _near(connection: Connection, spelling: str) -> list[Near]:
    """The known names that share a block with this one and are not set apart at a glance, judged."""
    kept = CompanyBlock.block.in_({block.block for block in blocks(spelling)})
    rows = connection.execute(select(CompanyBlock.block, CompanyBlock.joined, CompanyBlock.name).where(kept))
    names = {name for block, joined, name in rows if name != spelling and may_be_one(spelling, Block(block, joined))}
    leads = lookup(connection, names)
    return [Near(name, leads[name], judge(spelling, name)) for name in sorted(names) if name in leads]


def _by_standing_decision(connection: Connection, named: Named) -> int | None:
    """The company that a person or the register once made this name's."""
    for row in reversed(decisions.about(connection, [named.key], verdicts=JOINING, by=STANDING)):
        other = row.key_b if row.key_a == named.key else row.key_a
        company_id = lookup_key(connection, other)
        if company_id is not None:
            redirect(connection, [named.key], company_id, row.id)
            return company_id
    return None


def _by_register(connection: Connection, named: Named, at: datetime) -> int | None:
    """The company of the number that the name has in the register, where it has one there and its company is known."""
    cvr = cvr_of(connection, named.key)
    company = connection.execute(select(Company).where(Company.cvr == cvr)).one_or_none() if cvr else None
    if company is None or not may_join(connection, company.id, {named.key}, cvr):
        return None
    decision = decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.CVR,
        verdict=Verdict.CVR,
        one=Named(company.key, company.name),
        other=named,
        reason=f"both names stand under CVR {cvr}",
    )
    redirect(connection, [named.key], company.id, decision)
    return int(company.id)


def cvr_of(connection: Connection, key: str) -> str | None:
    """The number of a key in the imported register; None where it has none there, or several."""
    found = connection.scalars(select(CvrEntry.cvr).where(CvrEntry.key == key)).all()
    return found[0] if len(found) == 1 else None


def _joined(connection: Connection, named: Named, own: int | None, other: Near, at: datetime) -> int | None:
    """The company of the name, once it is known that it and another name are one company; if they may be."""
    there = find(connection, other.name)
    if there is None or there == own:
        return own
    mine = {named.key} if own is None else keys_of(connection, own)
    cvr = (
        cvr_of(connection, named.key)
        if own is None
        else connection.scalar(select(Company.cvr).where(Company.id == own))
    )
    if not may_join(connection, there, mine, cvr):
        return own
    decision = decisions.record(
        connection,
        at=at,
        by_whom=ByWhom.RULE,
        verdict=Verdict.SAME,
        one=Named.of(other.name),
        other=named,
        score=other.said.score,
        reason=other.said.reason,
    )
    if own is None:
        redirect(connection, [named.key], there, decision)
        _take_number(connection, there, cvr)
        return there
    return unite(connection, min(own, there), max(own, there), decision)


def unite(connection: Connection, stays: int, goes: int, decision: int) -> int:
    """Make one company of two: all that leads to the one that goes leads to the one that stays, which is returned."""
    number = connection.scalar(select(Company.cvr).where(Company.id == goes))
    if number is not None:
        connection.execute(update(Company).where(Company.id == goes).values(cvr=None))
        connection.execute(update(Company).where(Company.id == stays, Company.cvr.is_(None)).values(cvr=number))
    redirect(connection, keys_of(connection, goes), stays, decision)
    follow(connection, [goes])
    name = decisions.given_name(connection, keys_of(connection, stays))
    if name is not None and name != connection.scalar(select(Company.name).where(Company.id == stays)):
        renamed(connection, stays, name)
    return stays


def _new_company(connection: Connection, named: Named) -> int:
    name = decisions.given_name(connection, [named.key]) or named.name
    row = {"key": named.key, "name": name, "name_folded": fold(name)}
    company_id = add_row(connection, Company, row)
    redirect(connection, [named.key], company_id, None)
    _take_number(connection, company_id, cvr_of(connection, named.key))
    return company_id


def _take_number(connection: Connection, company_id: int, cvr: str | None) -> None:
    """Give a company without a number the one that its name has in the register, unless another company has it."""
    if cvr is not None and connection.scalar(select(Company.id).where(Company.cvr == cvr)) is None:
        connection.execute(update(Company).where(Company.id == company_id, Company.cvr.is_(None)).values(cvr=cvr))


def _keep_blocks(connection: Connection, spelling: str, near: list[Near]) -> None:
    """Put the name into its blocks, unless one of the same key and core stands there for it."""
    mine = core(spelling)
    for other in near:
        theirs = core(other.name)
        alike = (theirs.words, theirs.spelled, theirs.also) == (mine.words, mine.spelled, mine.also)
        if alike and company_key(other.name) == company_key(spelling):
            return
    rows = [{"block": block.block, "joined": block.joined, "name": spelling} for block in blocks(spelling)]
    kept = select(CompanyBlock.block).where(
        CompanyBlock.block.in_([block.block for block in blocks(spelling)]), CompanyBlock.name == spelling
    )
    if connection.scalar(kept.limit(1)) is None:
        connection.execute(insert(CompanyBlock), rows)


def _note_near_misses(connection: Connection, named: Named, own: int, near: list[Near], at: datetime) -> None:
    """Write down the names that are nearly this one and yet another company."""
    missed: list[Any] = [other for other in near if not other.said.same and other.company_id != own]
    for other in sorted(missed, key=lambda each: (-each.said.score, each.name))[:_NEAR_MISSES]:
        decisions.record(
            connection,
            at=at,
            by_whom=ByWhom.RULE,
            verdict=Verdict.DIFFERENT,
            one=Named.of(other.name),
            other=named,
            score=other.said.score,
            reason=other.said.reason,
        )
