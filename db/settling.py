"""Letting a new spelling lead to its company: a known one, several that it shows to be one, or a new one.

The order of what counts: what a person or the register decided, then the rules of `db.same_company`. Each joining, and
each name that was nearly one and is not, is written down with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from db import decisions
from db.company_blocks import Block, blocks, may_be_one
from db.company_rows import exact_key, follow, keys_of, lookup, lookup_key, redirect, renamed
from db.decisions import JOINING, STANDING, ByWhom, Named, Verdict
from db.identity import company_key, fold
from db.models import Company, CompanyAlias, CompanyBlock, CvrEntry
from db.rows import add_row
from db.same_company import Core, Judgement, are_rivals, core, judge

_NEAR_MISSES = 3
"""How many names that are nearly a new one are written down as another company, so that a person can overrule it."""


class Near(NamedTuple):
    """A known name that shares a block with a new one, its company, and what the rules say of the two."""

    name: str
    company_id: int
    said: Judgement


def settle(connection: Connection, spelling: str, own: int | None, at: datetime) -> None:
    """Let a spelling lead to its company. `own` is the one that its key leads to already, None where it leads to none.

    Raises nothing; after it the spelling leads to a company for sure.
    """
    _Settling(connection, spelling, at).settle(own)


def may_join(connection: Connection, one: int, other: set[str], other_cvr: str | None) -> bool:
    """Whether a rule may make one company of this one and one with these keys and this number."""
    cvr = connection.scalar(select(Company.cvr).where(Company.id == one))
    if cvr and other_cvr and cvr != other_cvr:
        return False
    mine = keys_of(connection, one)
    return not decisions.between(connection, mine, other, verdicts=[Verdict.DIFFERENT], by=STANDING)


def unite(connection: Connection, stays: int, goes: int, decision: int) -> None:
    """Make one company of two: all that leads to the one that goes leads to the one that stays."""
    number = connection.scalar(select(Company.cvr).where(Company.id == goes))
    if number is not None:
        connection.execute(update(Company).where(Company.id == goes).values(cvr=None))
        connection.execute(update(Company).where(Company.id == stays, Company.cvr.is_(None)).values(cvr=number))
    redirect(connection, keys_of(connection, goes), stays, decision)
    follow(connection, [goes])
    name = decisions.given_name(connection, keys_of(connection, stays))
    if name is not None and name != connection.scalar(select(Company.name).where(Company.id == stays)):
        renamed(connection, stays, name)


def cvr_of(connection: Connection, key: str) -> str | None:
    """The number of a key in the imported register; None where it has none there, or several."""
    found = connection.scalars(select(CvrEntry.cvr).where(CvrEntry.key == key)).all()
    return found[0] if len(found) == 1 else None


class _Settling:
    """One spelling on its way to its company."""

    def __init__(self, connection: Connection, spelling: str, at: datetime) -> None:
        self.connection = connection
        self.spelling = spelling
        self.at = at
        self.named = Named.of(spelling)
        self.blocks = blocks(spelling)

    @cached_property
    def cvr(self) -> str | None:
        """The number under which the name stands in the register."""
        return cvr_of(self.connection, self.named.key)

    def settle(self, own: int | None) -> None:
        alone = Named(exact_key(self.spelling), self.spelling)
        standing = decisions.about(self.connection, [self.named.key, alone.key], by=STANDING)
        if any(alone.key in {row.key_a, row.key_b} for row in standing):
            own = lookup_key(self.connection, alone.key)
            self.named = alone
        if own is None:
            own = self._decided(standing) or self._by_register()
        kept, near = self._near()
        for other in sorted(near, key=lambda each: (-each.said.score, each.company_id, each.name)):
            if other.said.same and not self._ambiguous(own, other, near):
                own = self._joined(own, other)
        if own is None:
            own = self._new_company(standing)
        if not kept and not any(self._stands_for_it(other.name) for other in near):
            rows = [{"block": block.block, "joined": block.joined, "name": self.spelling} for block in self.blocks]
            self.connection.execute(insert(CompanyBlock), rows)
        self._note_near_misses(own, near)

    def _decided(self, standing: Sequence[Any]) -> int | None:
        """The company that a person or the register once made this name's."""
        for row in reversed(standing):
            if row.verdict in JOINING and self.named.key in {row.key_a, row.key_b}:
                company_id = lookup_key(self.connection, row.key_b if row.key_a == self.named.key else row.key_a)
                if company_id is not None:
                    redirect(self.connection, [self.named.key], company_id, row.id)
                    return company_id
        return None

    def _by_register(self) -> int | None:
        """The company of the number that the name has in the register, where its company is known."""
        if self.cvr is None:
            return None
        company = self.connection.execute(select(Company).where(Company.cvr == self.cvr)).one_or_none()
        if company is None or not may_join(self.connection, company.id, {self.named.key}, self.cvr):
            return None
        decision = decisions.record(
            self.connection,
            at=self.at,
            by_whom=ByWhom.CVR,
            verdict=Verdict.CVR,
            one=Named(company.key, company.name),
            other=self.named,
            reason=f"both names stand under CVR {self.cvr}",
        )
        redirect(self.connection, [self.named.key], company.id, decision)
        return int(company.id)

    def _near(self) -> tuple[bool, list[Near]]:
        """Whether the name stands in its blocks already, and the names there that are not set apart at a glance."""
        mine = CompanyBlock.block.in_({block.block for block in self.blocks})
        rows = self.connection.execute(select(CompanyBlock.block, CompanyBlock.joined, CompanyBlock.name).where(mine))
        kept, names = False, set()
        for block, joined, name in rows:
            if name == self.spelling:
                kept = True
            elif name not in names and may_be_one(self.blocks, Block(block, joined)):
                names.add(name)
        leads = lookup(self.connection, names) if names else {}
        return kept, [Near(name, leads[name], judge(self.spelling, name)) for name in sorted(names) if name in leads]

    def _stands_for_it(self, name: str) -> bool:
        """Whether a name has the same key and core, so that its blocks do for both."""
        return company_key(name) == self.named.key and _compared(core(name)) == _compared(core(self.spelling))

    def _ambiguous(self, own: int | None, other: Near, near: Sequence[Near]) -> bool:
        """Whether the joining would make one of two companies whose announcements give the same initials to both.

        The first name that the initials were tied to keeps them.
        """
        if not (core(self.spelling).also or core(other.name).also):
            return False
        leads = lookup(self.connection, [each.name for each in near])
        there = leads.get(other.name)
        mine = [self.spelling, *(each.name for each in near if own is not None and leads.get(each.name) == own)]
        others = [each.name for each in near if leads.get(each.name) == there]
        return any(are_rivals(one, each) for one in mine for each in others)

    def _joined(self, own: int | None, other: Near) -> int | None:
        """The company of the name, once a rule says that it and another name are one; if they may be."""
        there = lookup(self.connection, [other.name]).get(other.name)
        if there is None or there == own:
            return own
        mine = {self.named.key} if own is None else keys_of(self.connection, own)
        cvr = self.cvr
        if own is not None:
            cvr = self.connection.scalar(select(Company.cvr).where(Company.id == own))
        if not may_join(self.connection, there, mine, cvr):
            return own
        decision = self._note(other, Verdict.SAME)
        if own is None:
            redirect(self.connection, [self.named.key], there, decision)
            self._take_number(there)
            return there
        unite(self.connection, min(own, there), max(own, there), decision)
        return min(own, there)

    def _new_company(self, standing: Sequence[Any]) -> int:
        given = [row.name_b for row in standing if row.verdict == Verdict.RENAME and row.key_a == self.named.key]
        name = given[-1] if given else self.spelling
        row = {"key": self.named.key, "name": name, "name_folded": fold(name)}
        company_id = add_row(self.connection, Company, row)
        self.connection.execute(insert(CompanyAlias), {"key": self.named.key, "company_id": company_id})
        self._take_number(company_id)
        return company_id

    def _take_number(self, company_id: int) -> None:
        """Give a company without a number the one that the name has in the register, unless another company has it."""
        if self.cvr is None:
            return
        if self.connection.scalar(select(Company.id).where(Company.cvr == self.cvr)) is None:
            mine = (Company.id == company_id, Company.cvr.is_(None))
            self.connection.execute(update(Company).where(*mine).values(cvr=self.cvr))

    def _note_near_misses(self, own: int, near: Sequence[Near]) -> None:
        """Write down the names that are nearly this one and yet another company."""
        missed = [other for other in near if not other.said.same and other.company_id != own]
        for other in sorted(missed, key=lambda each: (-each.said.score, each.name))[:_NEAR_MISSES]:
            self._note(other, Verdict.DIFFERENT)

    def _note(self, other: Near, verdict: Verdict) -> int:
        """Write down what the rules say of this name and another; the decision's id."""
        return decisions.record(
            self.connection,
            at=self.at,
            by_whom=ByWhom.RULE,
            verdict=verdict,
            one=Named.of(other.name),
            other=self.named,
            score=other.said.score,
            reason=other.said.reason,
        )


def _compared(cut: Core) -> tuple[tuple[str, ...], ...]:
    """All of a core that names are compared by."""
    return cut.words, cut.spelled, cut.also
