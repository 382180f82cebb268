"""Words of time about a former post, and what each says of it: "senest", "de seneste fem år", "inden hun kom til".

A time may stand in front of the verb, behind it, or behind the post; wherever it stands it says the same, so it is read
here once for all places. What a word means is a row of a table.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from scraper.parsers.background_employers import NUMBER
from scraper.parsers.background_phrases import NAME
from scraper.parsers.background_ranks import Rank
from scraper.parsers.danish import careers
from scraper.parsers.danish.alternatives import any_of


class When(Enum):
    """What a time says of the post it stands with."""

    LATEST = Rank.LATEST
    YEARS = Rank.LAST_YEARS
    SINCE = Rank.SINCE
    HELD = Rank.HELD
    BEFORE = Rank.BEFORE
    """before the move"""
    EARLIER = Rank.EARLIER
    BACK = 0
    """before what was told last: the move itself, where no other post was told"""


class Time(NamedTuple):
    """A time in a text: what it says, where it ends, and the house it speaks of ("inden han kom til Y")."""

    when: When
    end: int
    house: str = ""


ASIDE = r"(?:, (?:der|som) [^;.]{3,120}?,)?"
"""What may be told of somebody between two commas."""
MONTH = "(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
_YEAR = rf"(?:(?:(?:starten|begyndelsen|slutningen|midten) af |{MONTH} )?(?:19|20)\d\d)"
_COUNT = r"(?:[\wæøå½-]{1,20} ){0,4}?(?:år|årti|årtier|måneder|tid|årrække|sæsoner)\b"
_SPELL = (
    rf"(?:(?:mere end|over|knap|godt|cirka|ca\.|næsten|hele) )?(?:{NUMBER}(?: (?:gode|halve|et halvt))? år|"
    r"en (?:lang |længere )?årrække)(?![\w-])"
)
_VERB = any_of(careers.finite_verbs())
_TOLD = rf"(?=,? (?:{_VERB})\b)"
_HOUSE = r"(?: (?:i|hos|ved|på|til|for) (?P<house>[\wæøåÆØÅ][^,;]{0,50}?))?"
_ARRIVAL = (
    rf" (?:{NAME}){ASIDE} {any_of(careers.ARRIVALS)}\b"
    rf"(?: (?!i |hos |ved |på |til |for )[\wæøå]{{1,20}}){{0,3}}?{_HOUSE}(?: (?:som|i|fra|for) [^,;]{{1,50}}?)?"
)
_ENTRY = (
    rf"(?: for)?(?: (?:sin|den|det|hans|hendes|tiden))?(?: (?:nye|nuværende))? {any_of(careers.ENTRIES)}\b"
    rf"{_HOUSE}(?: (?:som|i|fra) [^,;]{{1,50}}?)?"
)
_CHANGE = rf"(?: for)?(?: (?:sin|sit|den|det))? {any_of(careers.CHANGES)}\b(?: (?:til|som) [^,.;]{{1,40}}?{_TOLD})?"
_UNNAMED_ENTRY = _ENTRY.replace("(?P<house>", "(?:")
_UNTIL_DAY = (
    r"(?:(?:udgangen|slutningen|starten|begyndelsen) af )?"
    rf"(?:{MONTH}|(?:sidste|forrige) (?:år|måned|uge|sommer|efterår|forår))\b"
)
_ROWS: tuple[tuple[When, str, str], ...] = (
    # what it says, the words it may begin with, the pattern behind that word
    (When.BACK, "før inden forud", rf"(?: for)? {any_of(careers.THAT_TIME)}\b"),
    (When.BACK, "forinden", r"\b"),
    (When.LATEST, "før inden forud", _CHANGE),
    (When.BEFORE, "før inden forud", rf"{_ENTRY}{_TOLD}"),
    (When.BEFORE, "før inden", rf"{_ARRIVAL}{_TOLD}"),
    (When.BEFORE, "før inden", rf" (?P<house>[A-ZÆØÅ][\w&-]{{1,30}}(?: [A-ZÆØÅ][\w&-]{{1,30}}){{0,2}}){_TOLD}"),
    (When.LATEST, "senest sidst hidtil", r"\b"),
    (
        When.LATEST,
        "indtil frem op helt",
        rf"(?: frem)?(?: til|(?<=l)) (?:{any_of(careers.UNTIL)}\b|{_UNTIL_DAY}|(?:sin )?{any_of(careers.ENTRIES)}\b)",
    ),
    (
        When.LATEST,
        "umiddelbart lige kort",
        rf" (?:før|inden|forud for)(?:{_UNNAMED_ENTRY}{_TOLD}|{_CHANGE}|\b)",
    ),
    (When.YEARS, "i gennem igennem for", rf" (?:de|det) (?:sidste|seneste|senere) {_COUNT}"),
    (When.YEARS, "de det", rf" (?:sidste|seneste|senere) {_COUNT}"),
    (
        When.SINCE,
        "siden",
        rf" (?:{_YEAR}|{MONTH}|sidste år|(?:sin |sit )?{any_of(careers.BEGINNINGS)})\b",
    ),
    (When.HELD, "i gennem igennem", rf" {_SPELL}"),
    (When.EARLIER, "tidligere", r"(?: i (?:sin |hans |hendes )?(?:lange )?karrieren?)?\b(?! på året)"),
    (When.EARLIER, "endnu", r" tidligere\b"),
    (When.EARLIER, "bag med", r" sig\b"),
    (When.EARLIER, "på i", rf" (?:{any_of(careers.LUGGAGE)})(?!\w)"),
    (
        When.EARLIER,
        "størstedelen hovedparten meste det",
        r"(?: meste)? af (?:sin |hans |hendes )?(?:karrieren?|arbejdsliv(?:et)?)\b",
    ),
    (
        When.EARLIER,
        "fra mellem i",
        rf"(?: (?:perioden|årene|tiden)(?: fra| mellem)?)? {_YEAR} ?(?:-|–|og|(?:og )?(?:frem )?til) ?{_YEAR}",
    ),
    (When.EARLIER, "i", rf" {_YEAR}\b"),
    (When.EARLIER, careers.EARLIER_WORDS, r"\b"),
)


def _table() -> dict[str, tuple[tuple[When, re.Pattern[str]], ...]]:
    """For each word, small and capitalised, the times that it may begin, in the order of the rows."""
    found: dict[str, list[tuple[When, re.Pattern[str]]]] = {}
    for when, words, pattern in _ROWS:
        for word in words.split():
            for spelling in (word, word.capitalize()):
                found.setdefault(spelling, []).append((when, re.compile(spelling + pattern)))
    return {word: tuple(rows) for word, rows in found.items()}


_BY_WORD = _table()
OPENERS = frozenset(_BY_WORD)
"""The words that a time may begin with, small and capitalised."""


def time_at(text: str, position: int, end: int) -> Time | None:
    """The time that begins at `position`, None where none does."""
    blank = text.find(" ", position, end)
    rows = _BY_WORD.get(text[position : blank if blank >= 0 else end].rstrip(".,"))
    for when, pattern in rows or ():
        match = pattern.match(text, position, end)
        if match is not None:
            return Time(when, match.end(), match.groupdict().get("house") or "")
    return None
