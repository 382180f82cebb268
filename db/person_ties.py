"""Which moves of one name are one person's, with the reason: a pure judgement.

A company that two moves share ties them: the one joined it and the other left it or had it as an earlier employer; two
events at one employer; a past in common. What contradicts keeps apart, whatever is shared: ages that do not fit, two
new jobs at once. Strong ties count first, and a person never holds two moves that contradict each other. The moves
alone decide, not the order in which they were seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import NamedTuple

from scraper.records import MoveKind

SLACK_YEARS = 1
"""An age is that of some day about the announcement's: so much a year of birth may be off to either side."""
AT_ONCE_DAYS = 14
"""Two new jobs that begin within so many days are two people's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Career:
    """What a move tells of somebody's career. Companies are ids: all names of a company are one.

    `key` is the move's own key: it orders moves of one day. `day` is the start, else the day of the announcement.
    """

    move_id: int
    key: str
    kind: str
    joined: int | None
    left: int | None
    earlier: frozenset[int] = frozenset()
    age: int | None = None
    day: date | None = None
    start: date | None = None

    @property
    def companies(self) -> frozenset[int]:
        """All companies that the move names."""
        return self.earlier | {company for company in (self.joined, self.left) if company is not None}

    @property
    def past(self) -> frozenset[int]:
        """The companies that the move tells as former employers."""
        return self.earlier | ({self.left} if self.left is not None else frozenset())


class Tie(NamedTuple):
    """What two moves have to do with each other: how strong it ties them (0: it keeps apart), through what, and why."""

    strength: int
    company: int | None
    reason: str


class Link(NamedTuple):
    """A tie that was followed, or that was not because something contradicts it."""

    move_id: int
    other_id: int
    same: bool
    company: int | None
    reason: str


class Grouped(NamedTuple):
    """The moves of a name, each group one person's, the earliest first; and the links that made and limited them."""

    groups: tuple[tuple[Career, ...], ...]
    links: tuple[Link, ...]


def tie(one: Career, other: Career) -> Tie | None:
    """How two moves of one name hang together; None where nothing ties them. The order of the two decides nothing."""
    shared = one.companies & other.companies
    if not shared:
        return None
    if (why := contradiction(one, other)) is not None:
        return Tie(0, min(shared), why)
    for company in sorted(shared):
        if company in {one.joined} & other.past or company in {other.joined} & one.past:
            return Tie(4, company, "joined by the one move, a former employer in the other")
    if one.joined is not None and one.joined == other.joined:
        return Tie(3, one.joined, "both at one employer")
    strength = 2 if len(shared) > 1 else 1
    reason = f"{len(shared)} former employers in common" if len(shared) > 1 else "a former employer in common"
    return Tie(strength, min(shared), reason)


def contradiction(one: Career, other: Career) -> str | None:
    """Why two moves cannot be one person's, whatever they share; None where they can."""
    born = [_born(move) for move in (one, other)]
    if born[0] is not None and born[1] is not None and abs(born[0] - born[1]) > 1 + SLACK_YEARS:
        ages = sorted((year, move.age) for year, move in zip(born, (one, other), strict=True) if year is not None)
        return f"ages do not fit: born about {ages[0][0]} and about {ages[1][0]}"
    hires = one.kind == other.kind == MoveKind.HIRE.value
    if not hires or one.start is None or other.start is None or None in {one.joined, other.joined}:
        return None
    apart = one.joined != other.joined and one.joined not in other.past and other.joined not in one.past
    if apart and abs((one.start - other.start).days) <= AT_ONCE_DAYS:
        return "two new jobs at once"
    return None


def group(moves: Sequence[Career]) -> Grouped:
    """Whose the moves of one name are."""
    ordered = sorted(moves, key=_order)
    ties = [(found, one, other) for one, other in combinations(ordered, 2) if (found := tie(one, other)) is not None]
    ties.sort(key=lambda each: (-each[0].strength, _order(each[1]), _order(each[2])))
    owner = {move.move_id: [move] for move in ordered}
    links: list[Link] = []
    for found, one, other in ties:
        mine, others = owner[one.move_id], owner[other.move_id]
        if mine is others:
            continue
        against = found.reason if found.strength == 0 else _against(mine, others)
        links.append(Link(other.move_id, one.move_id, against is None, found.company, against or found.reason))
        if against is None:
            mine += others
            for move in others:
                owner[move.move_id] = mine
    groups = {id(members): tuple(sorted(members, key=_order)) for members in owner.values()}
    return Grouped(tuple(sorted(groups.values(), key=lambda members: _order(members[0]))), tuple(links))


def _against(mine: Sequence[Career], others: Sequence[Career]) -> str | None:
    """What keeps two groups of moves apart."""
    found = (contradiction(one, other) for one in mine for other in others)
    return min((why for why in found if why is not None), default=None)


def _born(move: Career) -> int | None:
    """The year of birth that an age gives, one more or less; None without an age or a day."""
    return move.day.year - move.age if move.age is not None and move.day is not None else None


def _order(move: Career) -> tuple[date, str, int]:
    return move.day or date.max, move.key, move.move_id
