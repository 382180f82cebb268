"""Names of people: where one begins and where it ends.

A name is a run of capitalised words with particles, initials and hyphens between them. The words that look like one
and are none (titles at the start of a sentence, months, pronouns) stand in tables here and in `roles`.
"""

from __future__ import annotations

import re

from scraper.records import Span

PARTICLES = frozenset(
    """
    af van von der den de del della di da du dos das le la el al bin bint ibn abu ter ten zu zum zur y a á í 't ’t
    """.split()
)
"""Small words that may stand inside a name, never at its end."""

NOT_NAMES = frozenset(
    """
    Han Hun Den Det De Der En Et I På Hos Med Som Ny Nyt Tidligere Efter Fra Ved Til For Her Da Når Både Alle Siden
    Senest Inden Før Forud Gennem Igennem Derefter
    Foto Nu Også Desuden Endvidere Herudover Samtidig Ligeledes Derudover Sideløbende Hidtil Mindeord
    """.split()
)
"""Capitalised words that begin a sentence and never a name."""

_UPPER = "A-ZÆØÅÄÖÜÉÈÁÀÂÇÑÓÒÔÍÌÎÚÙÛÝŠŽČĆĐŁŚŹŻŃĘĄÐÞŐŰİŞĞ"
_LETTER = r"[^\W\d_]"
_BEFORE = "(?:(?:al|el|as|ash|ad|an|ar|at|az|ul|d|l|dell)[-'’])?"
"""Small letters that a word of a name may begin with."""
NAME_WORD = re.compile(
    rf"{_BEFORE}[{_UPPER}](?:{_LETTER}++|['’´`-](?={_LETTER})|(?<!{_LETTER}{{4}})\.(?={_LETTER}))*(?:\.(?![^ ,;)]))?"
)
"""One word of a name: "Åse", "Hauge-Hansen", "O'Brien", "al-Hassan", "K."."""

_NICKNAME = re.compile(r"[\"“”'’(]" + rf"[{_UPPER}](?:{_LETTER}++|[ .-]){{0,30}}[\"“”'’)]")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+")


def _word_at(text: str, position: int) -> re.Match[str] | None:
    match = NAME_WORD.match(text, position)
    if match is None:
        return None
    if match.group().endswith(".") and len(match.group()) > 3 and not _INITIALS.fullmatch(match.group()):
        return NAME_WORD.match(text, position, match.end() - 1)
    return match


def person_at(text: str, start: int) -> Span | None:
    """The name of a person that begins at `start`: one capitalised word or more, particles inside; None if none."""
    first = _word_at(text, start)
    if first is None or first.group() in NOT_NAMES:
        return None
    end = first.end()
    words = 1
    position = end
    while words < 9 and position < len(text) and text[position] == " ":
        position += 1
        word = _word_at(text, position)
        if word is not None:
            end = position = word.end()
            words += 1
            continue
        nick = _NICKNAME.match(text, position)
        if nick is not None and _word_at(text, nick.end() + 1):
            position = nick.end()
            continue
        blank = text.find(" ", position)
        if blank == -1 or text[position:blank] not in PARTICLES:
            break
        position = blank
    if text.startswith("/", end):
        return None
    return (start, end)
