"""Decisions about companies' names as rows: what was decided, by whom, why, and whether it still holds.

A decision speaks of two names by their keys, not of rows of companies: so it outlives the company's row, and holds
again when the name comes back after a replay. What a person decided goes before the register, and that before rules.
A decision that another one contradicts stays, with the time at which it was overruled.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, or_, select, update

from db.identity import company_key
from db.models import CompanyDecision
from db.rows import add_row

_AT_ONCE = 400


class ByWhom(StrEnum):
    """Who decided: a rule of `db.same_company`, a person, or the business register."""

    RULE = "rule"
    USER = "user"
    CVR = "cvr"


class Verdict(StrEnum):
    """What was decided. `rename`: `name_b` is the company's name from now on. `cvr`: one number, so one company."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    CVR = "cvr"


JOINING = (Verdict.SAME, Verdict.CVR)
"""The verdicts by which two names are one company."""
STANDING = (ByWhom.USER, ByWhom.CVR)
"""Those whose decisions no rule overrules."""


class Named(NamedTuple):
    """A name and the key by which it is looked up."""

    key: str
    name: str

    @classmethod
    def of(cls, name: str) -> Named:
        """A name with its own key."""
        return cls(company_key(name), name)


def record(
    connection: Connection,
    *,
    at: datetime,
    by_whom: ByWhom,
    verdict: Verdict,
    one: Named,
    other: Named,
    reason: str,
    score: float | None = None,
) -> int:
    """Write a decision down; its id. One that holds already and says the same of the two is not written twice."""
    for row in between(connection, {one.key}, {other.key}, verdicts=[verdict], by=[by_whom]):
        if verdict is not Verdict.RENAME:
            return int(row.id)
    values = {
        "at": at,
        "by_whom": by_whom.value,
        "verdict": verdict.value,
        "key_a": one.key,
        "name_a": one.name,
        "key_b": other.key,
        "name_b": other.name,
        "score": score,
        "reason": reason,
    }
    return add_row(connection, CompanyDecision, values)


def about(
    connection: Connection,
    keys: Iterable[str],
    *,
    verdicts: Sequence[Verdict] = tuple(Verdict),
    by: Sequence[ByWhom] = tuple(ByWhom),
) -> list[Any]:
    """The decisions that hold and speak of one of these keys, the oldest first."""
    found: dict[int, Any] = {}
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        query = select(CompanyDecision).where(
            or_(CompanyDecision.key_a.in_(some), CompanyDecision.key_b.in_(some)),
            CompanyDecision.overruled_at.is_(None),
            CompanyDecision.verdict.in_([verdict.value for verdict in verdicts]),
            CompanyDecision.by_whom.in_([who.value for who in by]),
        )
        found |= {row.id: row for row in connection.execute(query)}
    return [found[number] for number in sorted(found)]


def every(
    connection: Connection, *, verdicts: Sequence[Verdict] = tuple(Verdict), by: Sequence[ByWhom] = tuple(ByWhom)
) -> list[Any]:
    """All decisions of these kinds that hold, the oldest first."""
    query = select(CompanyDecision).where(
        CompanyDecision.overruled_at.is_(None),
        CompanyDecision.verdict.in_([verdict.value for verdict in verdicts]),
        CompanyDecision.by_whom.in_([who.value for who in by]),
    )
    return list(connection.execute(query.order_by(CompanyDecision.id)))


def between(
    connection: Connection,
    one: set[str],
    other: set[str],
    *,
    verdicts: Sequence[Verdict] = tuple(Verdict),
    by: Sequence[ByWhom] = tuple(ByWhom),
) -> list[Any]:
    """The decisions that hold about a key of the one company and a key of the other, the oldest first."""
    fewer, more = sorted((one, other), key=len)
    rows = about(connection, fewer, verdicts=verdicts, by=by)
    return [
        row for row in rows if (row.key_a in fewer and row.key_b in more) or (row.key_b in fewer and row.key_a in more)
    ]


def overrule(connection: Connection, rows: Iterable[Any], *, at: datetime) -> int:
    """Note that these decisions hold no longer; how many there were."""
    numbers = [row.id for row in rows]
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        connection.execute(
            update(CompanyDecision)
            .where(and_(CompanyDecision.id.in_(some), CompanyDecision.overruled_at.is_(None)))
            .values(overruled_at=at)
        )
    return len(numbers)


def given_name(connection: Connection, keys: Iterable[str]) -> str | None:
    """The name that a person gave the company of these keys last, or None."""
    wanted = set(keys)
    rows = about(connection, wanted, verdicts=[Verdict.RENAME])
    names = [row.name_b for row in rows if row.key_a in wanted]
    return names[-1] if names else None
