"""Finding the announcing verb of a sentence: one of the tables of `verbs`, its parts near and of one clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from scraper.parsers.danish.dates import date_at
from scraper.parsers.danish.roles import is_title, role_at
from scraper.parsers.danish.verbs import (
    COMPANY_VERBS,
    LOOSE_COMPANY_VERBS,
    LOOSE_PERSON_VERBS,
    PERSON_VERBS,
    verbs,
)
from scraper.parsers.danish.words import words_in
from scraper.records import MoveKind


class Voice(StrEnum):
    """Who stands before the verb."""

    PERSON = "person"
    COMPANY = "company"


class Verb(NamedTuple):
    """A verb found: where, what it announces, who stands before it, and the words that may stand inside it."""

    start: int
    end: int
    kind: MoveKind
    voice: Voice
    words: str
    gap: tuple[int, int]
    loose: bool = False
    """Whether it announces a move only together with a title and a house."""


NOT_BETWEEN = frozenset(
    """
    har er var havde blev bliver der som hvor at og skal vil kan kunne hun han de ikke aldrig kommer kom arbejdet
    været tidligere
    """.split()
)
"""Words that, between the two parts of a verb, show that the parts belong to two verbs."""

BETWEEN_AFTER = NOT_BETWEEN - {"at", "og", "som"}
LONGEST_GAP = 9
LONGEST_GAP_AFTER = 17
"""How many words may stand between the two parts of a verb, and how many after "efter"."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One verb of the tables: what follows its first word, with a gap or not, its last part, what must come next."""

    words: str
    rest: str
    gapped: bool
    last: str
    before: tuple[str, ...]
    never_before: tuple[str, ...]
    titled: bool
    meanings: tuple[tuple[MoveKind, Voice], ...]
    loose: bool


_Entry = tuple[dict[str, list[_Row]], "_Row | None"]


def _compile() -> dict[str, _Entry]:
    """For each first word the rows by the first word of what follows, and the row of the word alone."""
    meanings: dict[str, list[tuple[MoveKind, Voice]]] = {}
    sure = frozenset(words for rows in (COMPANY_VERBS, PERSON_VERBS) for words, _ in verbs(rows))
    for rows, voice in (
        (COMPANY_VERBS, Voice.COMPANY),
        (PERSON_VERBS, Voice.PERSON),
        (LOOSE_COMPANY_VERBS, Voice.COMPANY),
        (LOOSE_PERSON_VERBS, Voice.PERSON),
    ):
        for words, kind in verbs(rows):
            meanings.setdefault(words, []).append((kind, voice))
    table: dict[str, _Entry] = {}
    for words in sorted(meanings, key=len, reverse=True):
        said, _, needed = words.rstrip(")").partition(" (")
        first, _, rest = said.partition(" ")
        gapped = rest.startswith("… ")
        rest, _, last = rest.removeprefix("… ").partition(" … ")
        barred = needed.startswith("ikke ")
        next_words = tuple(f" {word} " for word in needed.removeprefix("ikke ").split(", ") if word)
        before, never = ((), next_words) if barred else (next_words, ())
        titled = needed == "titel"
        before = () if titled else before
        row = _Row(
            said.replace("… ", ""), rest, gapped, last, before, never, titled, tuple(meanings[words]), words not in sure
        )
        following, alone = table.get(first, ({}, None))
        table[first] = (following, alone if rest else row)
        if rest:
            following.setdefault(rest.split(" ")[0], []).append(row)
    return table | {first.capitalize(): entry for first, entry in table.items()}


_TABLE = _compile()
_YEAR = re.compile(r"\b(?:i|siden|fra) (?:19|20)\d\d")
_BEFORE = frozenset({" ", ","})
_SHORT = frozenset({"Har", "Er"})
"""Verbs written large in the middle of a sentence by mistake; "Lander" there is a name."""
_BEHIND = frozenset({" ", ",", ".", ""})
_TOKEN = re.compile(r"[^\s;:]{1,48}(?= )|[^\s;:.]{1,48}")


def verbs_in(text: str, start: int, end: int) -> Iterator[Verb]:
    """The announcing verbs between two positions, from left to right; a verb of both voices stands twice."""
    for at, word in words_in(text).places(_TABLE):
        if at >= end:
            break
        close = at + len(word)
        if (
            at >= start
            and close <= end
            and (at == start or (text[at - 1] in _BEFORE and (word.islower() or word in _SHORT)))
            and text[close : close + 1] in _BEHIND
        ):
            yield from _verbs_at(text, at, end, word)


def _verbs_at(text: str, start: int, end: int, word: str) -> Iterator[Verb]:
    """The verbs that begin with `word`, which stands at `start`."""
    following, alone = _TABLE[word]
    close = start + len(word)
    match = _rest(text, close, end, following) if following else None
    if match is None:
        if alone is None or text.startswith(alone.never_before, close):
            return
        for kind, voice in alone.meanings:
            yield Verb(start, close, kind, voice, word.lower(), (close, close), alone.loose)
        return
    row, gap, stop = match
    if word.lower() != "blev" or _YEAR.search(text, *gap) is None:
        for kind, voice in row.meanings:
            yield Verb(start, stop, kind, voice, row.words, gap, row.loose)


def _title_follows(text: str, position: int) -> bool:
    """Whether a title stands behind a blank: "er nu chef", and not "er nu i gang"."""
    position += text.startswith(".", position)
    day = date_at(text, position + 1)
    role = role_at(text, (day.span[1] if day else position) + 1)
    return role is not None and any(map(is_title, _WORDS.split(text[slice(*role)])))


_WORDS = re.compile(r"[ -]")


def _rest(
    text: str, start: int, end: int, following: dict[str, list[_Row]]
) -> tuple[_Row, tuple[int, int], int] | None:
    """The row whose second part stands nearest after `start`, the gap before it, and where it ends."""
    position = start + 1 if text.startswith(",", start) else start
    begin = position + 1
    after = text.startswith(("efter ", "fra ", "pr."), begin)
    past = text.startswith("efter ", begin)  # "er efter et år som chef blevet": what the person was
    barred = BETWEEN_AFTER if after else NOT_BETWEEN
    for count in range((LONGEST_GAP_AFTER if after else LONGEST_GAP) + 1):
        if not text.startswith(" ", position):
            return None
        token = _TOKEN.match(text, position + 1, end)
        if token is None:
            return None
        bare = token.group().rstrip(",.").lower()
        for row in () if bare == "som" and past else following.get(bare, ()):
            stop = token.start() + len(row.rest)
            if (count and not row.gapped) or text[token.start() : stop].lower() != row.rest:
                continue
            if text[stop : stop + 1].isalnum() or text.startswith("-", stop):
                continue
            if row.last:
                last = text.find(f" {row.last} ", stop, min(end, stop + 120))
                if last < 0:
                    continue
                stop = last + 1 + len(row.last)
            if text.startswith(row.never_before, stop) or (row.before and not text.startswith(row.before, stop)):
                continue
            if row.titled and not _title_follows(text, stop):
                continue
            return row, (begin, token.start()), stop
        if bare in barred and not (bare == "som" and text.startswith(" ny", token.end())):
            return None
        position = token.end()
    return None
