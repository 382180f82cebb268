"""Finding a table's words in a title: `*chef` in "udviklingschef", `key account manager` in "Key Account-manager".

A title is cut into words first; Danish compounds are known by how they begin and end, since their parts are not set
apart. What the words found mean, and which of them decides, is the business of `db.roles`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from db.identity import fold

AND = "&"
"""How "og", "and", "samt" and "&" are read: they join two titles or two fields."""
ASIDE = ","
"""How a comma or bracket is read: what follows says more of the title before it, or is another."""
BREAK = "|"
"""How a slash, colon or dash is read: another part of the title begins."""
SIGNS = frozenset({AND, ASIDE, BREAK})
"""What stands between the parts of a title."""

_JOINERS = frozenset("& + og and samt eller or und".split())
_DASHES = str.maketrans("–—‒―−‐‑", "-------")
_WORD = re.compile(r"[,;:/|()\[\]?!\"„“”«»…•]|[^\s,;:/|()\[\]?!\"„“”«»…•]+")
_ASIDES = frozenset(",;()[]")
_RESEARCH = re.compile(r"\b([a-z]) ?& ?([a-z])\b")
_INFLECTIONS = ("s", "n", "t", "e", "r", "en", "et", "er", "ne", "es", "ens", "ers", "ene", "erne", "nes", "rne")

_MOST_KNOWN = 20_000
_LONGEST_PART = 40
"""No row's word is longer; a page may hold one of a million letters."""


def words_of(title: str) -> list[str]:
    """A title's words, small, hyphens as blanks; joining words as `AND`, other signs as `ASIDE` or `BREAK`."""
    text = _RESEARCH.sub(r"\1&\2", fold(title).translate(_DASHES).replace("’", "'"))
    words: list[str] = []
    for mark in _WORD.findall(text):
        if mark in _JOINERS:
            words.append(AND)
        elif mark in _ASIDES:
            words.append(ASIDE)
        elif mark == "-" or not any(char.isalnum() for char in mark):
            words.append(BREAK)
        else:
            bare = mark.strip("'*_·").rstrip(".")
            dotted = bare if bare.startswith(".") else bare.replace(".", "")
            words.extend(part for part in dotted.split("-") if part)
    return words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of words: what they say (`value`), how strongly, and what a person reads about it."""

    words: str
    value: str
    weight: int
    meaning: str
    line: int


@dataclass(frozen=True, slots=True)
class Found:
    """A row whose words stand in a title at `start` up to before `end`, counted in words."""

    row: Row
    start: int
    end: int


@dataclass(slots=True)
class WordTable:
    """The rows of a table, by how their words can be found."""

    whole: dict[str, Row] = field(default_factory=dict)
    endings: dict[str, Row] = field(default_factory=dict)
    beginnings: dict[str, Row] = field(default_factory=dict)
    within: dict[str, Row] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Row]]] = field(default_factory=dict)
    """Rows of several words, the longest first, by their first word (`^` and a lone `*` as they stand)."""
    known: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    """What words that were met before say: titles share most of theirs."""

    @classmethod
    def of(cls, rows: Iterable[Row]) -> WordTable:
        """The table of these rows."""
        table = cls()
        for row in rows:
            words = tuple(_pattern(row.words))
            if len(words) > 1:
                table.phrases.setdefault(words[0], []).append((words, row))
                continue
            word = words[0]
            bare = word.strip("*")
            if word.startswith("*") and word.endswith("*"):
                table.within[bare] = row
            elif word.startswith("*"):
                table.endings[bare] = row
            elif word.endswith("*"):
                table.beginnings[bare] = row
            else:
                table.whole[bare] = row
        for phrases in table.phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        return table

    def find(self, words: list[str], ends: frozenset[str]) -> list[Found]:
        """The rows that fit, in reading order: at each place the longest phrase, else what a single word says.

        A word of `ends`, a sign or the title's end is where `$` stands, after one of the signs `^`.
        """
        found: list[Found] = []
        position = 0
        while position < len(words):
            phrase = self._phrase(words, position, ends)
            if phrase is not None:
                found.append(phrase)
                position = phrase.end
                continue
            found.extend(Found(row, position, position + 1) for row in self._said_by(words[position]))
            position += 1
        return found

    def _phrase(self, words: list[str], start: int, ends: frozenset[str]) -> Found | None:
        firsts = [first for form in _forms(words[start]) if (first := self.phrases.get(form))]
        if start == 0 or words[start - 1] in SIGNS:
            firsts.append(self.phrases.get("^", []))
        best: Found | None = None
        for candidates in firsts:
            for pattern, row in candidates:
                end = _fits(pattern, words, start, ends)
                if end is not None and (best is None or (end, len(row.words)) > (best.end, len(best.row.words))):
                    best = Found(row, start, end)
        return best

    def _said_by(self, word: str) -> tuple[Row, ...]:
        said = self.known.get(word)
        if said is None:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            said = self.known[word] = tuple(self._word(word))
        return said

    def _word(self, word: str) -> Iterator[Row]:
        """What a single word says: a row of its own, else the longest that it begins with, has in it and ends in.

        What stands before the ending is read as a word too: "revisorassistent" says what "revisor" does.
        """
        forms = _forms(word)
        own = next((self.whole[form] for form in forms if form in self.whole), None)
        if own is not None:
            yield own
            return
        begun = next((self.beginnings[head] for head in _heads(word) if head in self.beginnings), None)
        inside = max((part for part in self.within if part in word), key=len, default=None)
        said = [row for row in (begun, self.within.get(inside or "")) if row is not None]
        yield from said
        tails = ((form, tail) for form in forms for tail in _tails(form) if tail in self.endings)
        form, tail = max(tails, key=lambda ending: len(ending[1]), default=("", ""))
        if tail:
            if stem := form.removesuffix(tail):
                yield from (row for row in self._word(stem) if row not in said)
            yield self.endings[tail]


def _pattern(words: str) -> Iterator[str]:
    for word in words.replace("-", " ").split():
        yield AND if word in _JOINERS else word


@lru_cache(maxsize=_MOST_KNOWN)
def _forms(word: str) -> tuple[str, ...]:
    """The word, and what it may be an inflection of."""
    if not word.endswith(_INFLECTIONS):
        return (word,)
    shorter = (end for end in _INFLECTIONS if word.endswith(end) and len(word) > len(end) + 2)
    return (word, *(word.removesuffix(ending) for ending in shorter))


def _tails(word: str) -> Iterator[str]:
    return (word[start:] for start in range(max(0, len(word) - _LONGEST_PART), len(word)))


def _heads(word: str) -> Iterator[str]:
    return (word[:end] for end in range(min(len(word), _LONGEST_PART), 0, -1))


def _fits(pattern: tuple[str, ...], words: list[str], start: int, ends: frozenset[str]) -> int | None:
    """Where the pattern ends that begins at `start`; None when it does not fit."""
    position = start
    for wanted in pattern:
        if wanted == "^":
            continue
        at_end = position >= len(words) or words[position] in SIGNS or words[position] in ends
        if wanted == "$":
            if not at_end:
                return None
            continue
        if position >= len(words) or not _same(wanted, words[position]):
            return None
        position += 1
    return position


def _same(wanted: str, word: str) -> bool:
    if wanted == "*":
        return word not in {ASIDE, BREAK}
    if wanted.endswith("*"):
        return word.startswith(wanted[:-1])
    if wanted.startswith("*"):
        return any(form.endswith(wanted[1:]) for form in _forms(word))
    return word == wanted or wanted in _forms(word)
