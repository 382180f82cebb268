"""Titles made comparable: which function a role belongs to, and how senior it is.

Two tables say what the words of a title mean (db/tables/functions.tsv and seniority.tsv); here stands only which word
decides: the head of a title over its modifiers, by weight; of several titles the first that names a field; of several
ranks the highest. Every answer names the row it rests on, and a title with no known word is `other`, `professional`.
docs/roles.md explains the values and gives the measured figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from db import tables
from db.titles import AND, ASIDE, SIGNS, Found, Row, WordTable, words_of
from scraper.errors import NavnenytError

FUNCTIONS = (
    "development",
    "data",
    "infrastructure",
    "security",
    "architecture",
    "project",
    "consulting",
    "sales",
    "marketing",
    "finance",
    "hr",
    "management",
    "legal",
    "support",
    "other",
)
"""What people do, as docs/roles.md defines it."""

SENIORITIES = ("trainee", "junior", "professional", "senior", "lead", "manager", "director", "executive", "board")
"""How senior they are, the lowest step first."""

TABLES_VERSION: str
"""Twelve hexadecimal digits that change with every change of a table of `db.tables` or of the rules here."""

_RULES = "2"
"""Rises when the same tables would give another answer than before, or join other ads and hires."""

_NO_FIELD = 10
"""Rows up to this weight name a rank and no field: "chef", "partner"."""
_GIVES_WAY = 30
"""Rows up to this weight give way to a field: "konsulent", "SAP", "it"."""
_FOLLOWS = 10
"""What each "for", "of" or "til" takes off the weight of the words after it."""
_FAR = 20
"""The most that words after "i" or "med" can weigh: less than any head."""

_FOR = frozenset("for of til af inden indenfor within to under over vedrørende omkring".split())
"""After these stands what a title is held for: "chef for salg", "director of sales"."""
_IN = frozenset("i in på on med with der who that hvor uden ud".split())
"""After these stands where, or with what: it decides only where nothing else does."""
AT = frozenset("hos ved at fra".split())
"""After these stands an employer: no part of the title."""
_SEEKS = frozenset("søger soeger seeks seeking".split())
"""After these an ad's title begins: "Alfa søger en udvikler"."""
_AS = frozenset("som as".split())
"""After these another title begins: "start din karriere som udvikler"."""
ENDS = _FOR | _IN | AT | _AS
"""What comes before these is the head of a title or of a part of it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a title is taken for: the value, the rule in words, and all rows that were found, the deciding one first."""

    value: str
    rule: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A row found in a part of the title; `weight` is what is left of its own after "for", "of", "i"."""

    row: Row
    weight: int
    follows: bool


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a title: the rows it says, of equal weight the last first; whether a comma or bracket is before it."""

    said: list[_Said]
    is_aside: bool


def __getattr__(name: str) -> str:
    if name == "TABLES_VERSION":
        return tables.version(rules=_RULES)
    raise AttributeError(name)


def function_of(role: str) -> tuple[str, str]:
    """The function of a role or ad title, one of `FUNCTIONS`, and the rule that says why.

    `function_of("it-sikkerhedskonsulent") == ("security", "*sikkerhed*")`. Never fails: what no row knows is `other`.
    """
    answer = explain_function(role)
    return answer.value, answer.rule


def seniority_of(role: str) -> tuple[str, str]:
    """The step of a role or ad title, one of `SENIORITIES`, and the rule that says why.

    `seniority_of("Senior Key Account Manager") == ("senior", "senior")`. What no row knows is `professional`.
    """
    answer = explain_seniority(role)
    return answer.value, answer.rule


@lru_cache(maxsize=20_000)
def explain_function(role: str) -> Answer:
    """The function of a title with the rows it rests on."""
    parts = list(_parts(role, _function_table()))
    said = [found for part in parts for found in part.said]
    weak: _Said | None = None
    for part in parts:
        best = max(part.said, key=_rank, default=None)
        if weak is not None and not part.is_aside:
            break
        if best is None or best.weight <= _NO_FIELD:
            continue
        if best.weight > _GIVES_WAY:
            return _answer(best, said)
        weak = weak or best
    if weak is not None:
        return _answer(weak, said)
    if said:
        return _answer(max(said, key=_rank), said)
    return Answer("other", "no row", ())


@lru_cache(maxsize=20_000)
def explain_seniority(role: str) -> Answer:
    """The seniority of a title with the rows it rests on."""
    parts = [[found for found in part.said if not found.follows] for part in _parts(role, _seniority_table())]
    said = [found for part in parts for found in part]
    heads = [max(part, key=lambda found: found.weight) for part in parts if part]
    if not heads:
        return Answer("professional", "no row", ())
    trainee = next((head for head in heads if head.row.value == "trainee"), None)
    best = trainee or max(heads, key=lambda head: SENIORITIES.index(head.row.value))
    return _answer(best, said)


def sought(words: list[str]) -> list[str]:
    """The words of an ad's title after "søger", all where there is none: who seeks is no part of what is sought."""
    starts = [at for at, word in enumerate(words) if word in _SEEKS and at + 1 < len(words)]
    return words[starts[-1] + 1 :] if starts else words


def _rank(said: _Said) -> tuple[int, bool]:
    """By weight; of equals what stands before any "for", "of" or "i"."""
    return said.weight, not said.follows


def _answer(best: _Said, said: list[_Said]) -> Answer:
    others = tuple(found.row for found in said if found.row is not best.row)
    rule = f"{best.row.words}, after the head" if best.follows else best.row.words
    return Answer(best.row.value, rule, (best.row, *others))


def _parts(role: str, table: WordTable) -> Iterator[_Part]:
    """The parts of a title with the rows that each says, in reading order."""
    words = sought(words_of(role))
    found: dict[int, list[Found]] = {}
    for match in table.find(words, ENDS):
        found.setdefault(match.start, []).append(match)
    part: list[_Said] = []
    followers, far, outside, aside = 0, False, False, False
    position = 0
    while position < len(words):
        word = words[position]
        if position in found:
            if not outside:
                part.extend(_said(match, followers, far=far) for match in found[position])
            position = found[position][0].end
            continue
        if word in SIGNS or word in _AS:
            yield _Part(part[::-1], aside)
            part, followers, far, outside = [], 0, False, False
            aside = word == ASIDE or (aside and word == AND)
        elif word in AT:
            outside = True
        elif word in _IN:
            far = True
        elif word in _FOR:
            followers += 1
        position += 1
    yield _Part(part[::-1], aside)


def _said(match: Found, followers: int, *, far: bool) -> _Said:
    row = match.row
    weight = min(row.weight - followers * _FOLLOWS, _FAR) if far else row.weight - followers * _FOLLOWS
    return _Said(row, weight, follows=far or followers > 0)


@cache
def _function_table() -> WordTable:
    return WordTable.of(_rows("functions", "function", FUNCTIONS))


@cache
def _seniority_table() -> WordTable:
    return WordTable.of(_rows("seniority", "seniority", SENIORITIES))


def _rows(name: str, column: str, legal: tuple[str, ...]) -> Iterator[Row]:
    for line in tables.lines(name):
        cells = line.cells
        if cells[column] not in legal or not cells["weight"].isdigit():
            raise NavnenytError(
                f"db/tables/{name}.tsv, line {line.number}: `{column}` must be one of {', '.join(legal)} "
                f"and `weight` a number"
            )
        yield Row(cells["words"], cells[column], int(cells["weight"]), cells["meaning"], line.number)
