"""Lines that a page puts between the parts of an announcement and that say nothing: links, field names, initials."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.parsers.danish.labels import FIELD_NAMES, LINK_WORDS
from scraper.parsers.lines import Line

_WORDS = "|".join(sorted(map(re.escape, LINK_WORDS), key=len, reverse=True))
_LINKS = re.compile(rf"(?:{_WORDS})(?:[ |·•/,]+(?:{_WORDS}))*[ »›>→….]*", re.IGNORECASE)
_MOST_INITIALS = 3
_INITIALS = re.compile(rf"[A-ZÆØÅÄÖÜÉ]{{1,{_MOST_INITIALS}}}")
_BEGINNINGS = frozenset(words[:3].casefold() for words in (*FIELD_NAMES, *LINK_WORDS))
_NAME_WORDS = range(2, 7)
"""Words of a person's name, as a card shows it."""


def _are_initials(letters: str, name: str) -> bool:
    """Whether letters are the initials of a name, some of the inner ones left out."""
    words = name.split(" ")
    if len(words) not in _NAME_WORDS or any(letter.isdigit() for letter in name):
        return False
    initials = iter(word[0] for word in words if word[:1].isupper())
    return letters[0] == words[0][:1] and all(letter in initials for letter in letters)


def but_furniture(lines: Sequence[Line]) -> list[int]:
    """The places of the lines of a page that are no furniture."""
    return [
        at
        for at, line in enumerate(lines)
        if not (line.text[:3].casefold() in _BEGINNINGS or len(line.text) <= _MOST_INITIALS)
        or not is_furniture(lines, at)
    ]


def is_furniture(lines: Sequence[Line], at: int) -> bool:
    """Whether the line at `at` is a link, a field's name, or the initials that stand for a portrait beside a name."""
    line = lines[at]
    if line.heading:
        return False
    if line.text.casefold().rstrip(" :") in FIELD_NAMES or _LINKS.fullmatch(line.text):
        return True
    if not _INITIALS.fullmatch(line.text):
        return False
    beside = (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])
    return any(_are_initials(line.text, other.text) for other in beside)
