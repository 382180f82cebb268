"""How alike two titles are by what they tell: "Systemudvikler" and "Software Developer" are one trade.

Letters do not tell it: two tongues share few words, and "Testmanager" is nearer to "Testkonsulent" than to "Testleder".
So each title is read as a few things that it tells (db/tables/trades.tsv): trades, fields, tools. Words that the table
does not know count as they are written. How senior a title is tells the other table (`db.roles`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

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
"""How much of a trade a common one stands for: a consultant for a specialist, an engineer for a developer."""
_OTHER_TRADE = 0.6
"""What is left of the likeness of two titles that name different trades."""
_EXCLUDED = 0.3
"""What is left of it where one names a thing that excludes the other's: SAP and Dynamics NAV."""
_SHORTER = 0.4
"""How far the likeness goes by the shorter title alone: "udvikler" tells no other job than "Java-udvikler"."""
_LEAST_STEM = 4
_ENDINGS = ("ernes", "erne", "ens", "ets", "ene", "en", "et", "s")
_VAGUE = 0.5
"""How alike titles are of which one tells nothing but a rank."""


class Likeness(NamedTuple):
    """How alike two titles are, 0 to 1, and what both and only either tell, in the order of the first."""

    score: float
    both: tuple[str, ...] = ()
    only_first: tuple[str, ...] = ()
    only_second: tuple[str, ...] = ()


class _Told(NamedTuple):
    """What a title tells, each thing with its weight, and what of it is of which kind."""

    weights: Mapping[str, float]
    total: float
    trades: frozenset[str]
    common: frozenset[str]
    excluding: Mapping[str, frozenset[str]]


_NOTHING_ALIKE = Likeness(0.0)


@lru_cache(maxsize=200_000)
def likeness(first: str, second: str) -> Likeness:
    """How alike two titles are by what they tell. The order of the two changes nothing of the score."""
    one, other = _told(first), _told(second)
    if first == second:
        return Likeness(1.0, tuple(one.weights))
    both = one.weights.keys() & other.weights.keys()
    if not one.weights or not other.weights:
        return _said(_VAGUE, one, other)
    left = one.common - both, other.common - both
    if not both and not any(left):
        return _NOTHING_ALIKE
    shared = sum(min(one.weights[what], other.weights[what]) for what in both)
    shared += _FOR_ANOTHER * max(
        min(_weight(one, left[0]), _weight(other, left[1] | (other.trades - both))),
        min(_weight(one, left[0] | (one.trades - both)), _weight(other, left[1])),
    )
    least = max(min(one.total, other.total), _WEIGHTS["common"])
    score = (1 - _SHORTER) * 2 * shared / (one.total + other.total) + _SHORTER * min(1.0, shared / least)
    if one.trades and other.trades and not one.trades & other.trades:
        score *= _OTHER_TRADE
    if any(not one.excluding[kind] & other.excluding[kind] for kind in one.excluding.keys() & other.excluding.keys()):
        score *= _EXCLUDED
    return _said(round(min(score, 1.0), 4), one, other)


def _said(score: float, one: _Told, other: _Told) -> Likeness:
    return Likeness(
        score,
        tuple(what for what in one.weights if what in other.weights),
        tuple(what for what in one.weights if what not in other.weights),
        tuple(what for what in other.weights if what not in one.weights),
    )


def _weight(title: _Told, things: Iterable[str]) -> float:
    return sum(title.weights[what] for what in things)


def told(title: str) -> Mapping[str, float]:
    """What a folded title tells, each thing with its weight; empty for a bare rank ("direktør")."""
    return _told(title).weights


@lru_cache(maxsize=100_000)
def _told(title: str) -> _Told:
    weights: dict[str, float] = {}
    for what, weight in _tell(title):
        if weight:
            weights[what] = max(weight, weights.get(what, 0.0))
    by_kind: dict[str, set[str]] = {}
    for what in weights:
        by_kind.setdefault(_kinds().get(what, ""), set()).add(what)
    excluding = {kind: frozenset(things) for kind, things in by_kind.items() if kind and kind not in _WEIGHTS}
    trades, common = (frozenset(by_kind.get(kind, ())) for kind in ("trade", "common"))
    return _Told(weights, sum(weights.values()), trades, common, excluding)


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
            if stem := _unknown_stem(word, rows[position]):
                any_told = True
                yield stem, share * _UNKNOWN
        elif position not in covered and not word.isdigit() and len(word) > 1:
            any_told = True
            yield _uninflected(word), share * _UNKNOWN


def _unknown_stem(word: str, rows: list[Row]) -> str | None:
    """What stands before the ending that alone is known of a compound: "kampagne" of "kampagnerådgiver"."""
    (row, *more) = rows
    if more or not row.words.startswith("*") or row.words.endswith("*"):
        return None
    stem = word[: word.rfind(row.words[1:])]
    return _uninflected(stem) if len(stem) >= _LEAST_STEM else None


def _uninflected(word: str) -> str:
    """The word without an ending: what two titles say of one thing is inflected differently."""
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= _LEAST_STEM), "")
    return word.removesuffix(ending)


def _longest(rows: list[Row]) -> list[Row]:
    """The rows found in one word without those that are a part of another: "kundeservice" tells nothing of service."""
    bare = [row.words.strip("*") for row in rows]
    return [row for row, own in zip(rows, bare, strict=True) if not any(own in one and own != one for one in bare)]


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
