"""How alike two titles are by what they tell: "Systemudvikler" and "Software Developer" are one trade.

Letters do not tell it: two tongues share few words, and "Testmanager" is nearer to "Testkonsulent" than to "Testleder".
So each title is read as a few things that it tells (db/tables/trades.tsv): trades, fields, tools. Words that the table
does not know count as they are written. How senior a title is tells the other table (`db.roles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from db import tables
from db.roles import AT, ENDS, sought
from db.titles import AND, SIGNS, Row, WordTable, words_of
from scraper.errors import NavnenytError

_WEIGHTS = {"trade": 1.0, "field": 1.0, "common": 0.4, "plain": 0.25, "nothing": 0.0}
"""What the kinds of `trades.tsv` weigh; any other kind weighs as much as a field and holds things that exclude
each other."""
_EXCLUDING = 1.0
_UNKNOWN = 0.6
"""What a word weighs that no line knows."""
_AFTER = 0.5
"""What stands after "for", "til", "i" or "with" weighs so much of it: half a sentence of an ad stands there. After
a bare rank ("Chef for salg") it is the title."""
_LATER = 0.7
"""What stands after a comma or in brackets weighs so much of it."""
_FOR_ANOTHER = 0.6
"""How much of a common trade another one stands for: a consultant for a specialist."""
_OTHER_TRADE = 0.6
"""What is left of the likeness of two titles that name different trades."""
_EXCLUDED = 0.3
"""What is left of it where one names a thing that excludes the other's: SAP and Dynamics NAV."""
_SHORTER = 0.4
"""How far the likeness goes by the shorter title alone: "udvikler" tells no other job than "Java-udvikler"."""
_VAGUE = 0.5
"""How alike titles are of which one tells nothing but a rank."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are, 0 to 1, and what both and only either tell, in the order of the first."""

    score: float
    both: tuple[str, ...] = ()
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()


@lru_cache(maxsize=200_000)
def likeness(first: str, second: str) -> Likeness:
    """How alike two titles are by what they tell. The order of the two changes nothing of the score."""
    one, other = told(first), told(second)
    if first == second:
        return Likeness(1.0, tuple(one))
    both = tuple(what for what in one if what in other)
    apart = tuple(what for what in one if what not in other), tuple(what for what in other if what not in one)
    if not one or not other:
        return Likeness(_VAGUE, both, *apart)
    shared = sum(min(one[what], other[what]) for what in both) + _stand_ins(one, other, both)
    whole = sum(one.values()), sum(other.values())
    score = (1 - _SHORTER) * 2 * shared / sum(whole) + _SHORTER * min(1.0, shared / max(min(whole), _WEIGHTS["common"]))
    if _names_others("trade", one, other, both):
        score *= _OTHER_TRADE
    if any(_names_others(kind, one, other, both) for kind in _kinds().values() if kind not in _WEIGHTS):
        score *= _EXCLUDED
    return Likeness(round(min(score, 1.0), 4), both, *apart)


@lru_cache(maxsize=100_000)
def told(title: str) -> Mapping[str, float]:
    """What a title tells, each thing with its weight; empty for a bare rank ("Direktør")."""
    found: dict[str, float] = {}
    for what, weight in _tell(title):
        if weight:
            found[what] = max(weight, found.get(what, 0.0))
    return found


def _tell(title: str) -> Iterator[tuple[str, float]]:
    words = sought(words_of(title))
    rows: dict[int, list[Row]] = {}
    covered: set[int] = set()
    for match in _table().find(words, ENDS):
        rows.setdefault(match.start, []).append(match.row)
        covered.update(range(match.start, match.end))
    share, outside, any_told = 1.0, False, False
    for position, word in enumerate(words):
        if word in SIGNS or word in ENDS:
            outside = word in AT
            if any_told and word != AND:
                share = _LATER if word in SIGNS else _AFTER
        elif outside:
            continue
        elif position in rows:
            for row in _longest(rows[position]):
                any_told = any_told or _kinds()[row.value] not in {"plain", "nothing"}
                yield row.value, share * _WEIGHTS.get(_kinds()[row.value], _EXCLUDING)
        elif position not in covered and word.isalpha():
            any_told = True
            yield word, share * _UNKNOWN


def _longest(rows: list[Row]) -> list[Row]:
    """The rows found in one word without those that are a part of another: "kundeservice" tells nothing of service."""
    bare = [row.words.strip("*") for row in rows]
    return [row for row, own in zip(rows, bare, strict=True) if not any(own in one and own != one for one in bare)]


def _stand_ins(one: Mapping[str, float], other: Mapping[str, float], both: tuple[str, ...]) -> float:
    """What common trades give that stand for each other."""
    left, right = (
        [weight for what, weight in titles.items() if _kinds().get(what) == "common" and what not in both]
        for titles in (one, other)
    )
    return _FOR_ANOTHER * min(sum(left), sum(right))


def _names_others(kind: str, one: Mapping[str, float], other: Mapping[str, float], both: tuple[str, ...]) -> bool:
    """Whether both titles name something of a kind, and nothing of it is the same."""
    first, second = (any(_kinds().get(what) == kind for what in titles) for titles in (one, other))
    return first and second and not any(_kinds().get(what) == kind for what in both)


@cache
def _table() -> WordTable:
    return WordTable.of(
        Row(line.cells["words"], line.cells["tells"], 0, line.cells["meaning"], line.number)
        for line in tables.lines("trades")
    )


@cache
def _kinds() -> Mapping[str, str]:
    """The kind of each thing that a title can tell."""
    kinds: dict[str, str] = {}
    for line in tables.lines("trades"):
        tells, kind = line.cells["tells"], line.cells["kind"]
        if kinds.setdefault(tells, kind) != kind:
            raise NavnenytError(
                f"db/tables/trades.tsv, line {line.number}: `{tells}` is of the kind {kinds[tells]} elsewhere"
            )
    return kinds
