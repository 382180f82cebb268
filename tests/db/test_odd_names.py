"""Names with letters that are not what they seem: one person all the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from db import identity
from db.identity import fold, person_key
from scraper.parsers import parse_page, plain_text
from scraper.parsers.danish import text as danish_text
from scraper.parsers.readings import reading_of
from scraper.records import Page

NAMES = (
    "Åse Holm Bæk",
    "Bo Lind",
    "Søren Ægidius Ørsted",
    "Café Møller Hansen",
    "Per Åkjær",
    "Ida-Marie Toft",
    "René Brok Cox",
    "Óli Sámal",
)
AROUND = "<p>Havnene handler igen, og det er godt for alle.</p>" * 5 + "<h2>Navnenyt</h2>"
INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\x01\x07\x1b\x7f"
LOOKALIKES = dict(zip("aeopcxy", "аеорсху", strict=True))


def spellings(name: str) -> Iterator[str]:
    """A name as it may come: with a mark inside a word or around it, decomposed, with letters of another alphabet."""
    for mark in INVISIBLE:
        yield name[:2] + mark + name[2:]
        yield mark + name + mark
    yield unicodedata.normalize("NFD", name)
    yield name.replace(" ", "\u00a0")
    yield name.replace(" ", " \u200b ")
    for letter, other in LOOKALIKES.items():
        if letter in name[1:]:
            yield name[0] + name[1:].replace(letter, other, 1)


def wrongs() -> tuple[list[str], int]:
    """The spellings that are not read as what they are, or that are another person by their key; and how many were tried."""
    wrong: list[str] = []
    tried = 0
    for name in NAMES:
        for spelling in spellings(name):
            tried += 1
            said = f"Granit A/S har pr. 1. maj 2026 ansat {spelling} som CTO. Nyt job"
            found = parse_page(
                Page("https://www.example.dk/art/1", f"{AROUND}<p>{said}</p>".encode(), published=date(2026, 3, 1))
            )
            person = found.moves[0].person if found.moves else ""
            foreign = any(other in spelling for other in LOOKALIKES.values())
            # what looks alike is kept as it is written and only counts as the same; all else is what a reader sees
            written = spelling if foreign else name
            if (
                person != written
                or not unicodedata.is_normalized("NFC", person)
                or person_key(person) != person_key(name)
            ):
                wrong.append(ascii(spelling))
    return wrong, tried


def _forget() -> None:
    for cached in (reading_of, fold, person_key):
        cached.cache_clear()


@pytest.mark.scorecard
def test_two_spellings_of_one_person_are_one(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Marks, control characters, decomposed and look-alike letters make no second person; without the guards they do."""
    _forget()
    wrong, tried = wrongs()
    monkeypatch.setattr(danish_text, "_INVISIBLE", re.compile("(?!)"))
    monkeypatch.setattr(identity, "_LOOKALIKES", {})
    _forget()
    control, _ = wrongs()
    _forget()
    figure = f"{tried - len(wrong)} of {tried} spellings one person"
    record_property("scorecard", f"26|odd letters in names|{figure}|guards off: {len(control)} wrong")
    assert wrong == []
    assert len(control) > tried // 2
    assert plain_text.as_seen("Bo\u200b Lind") != "Bo Lind"


def test_a_name_in_another_alphabet_stays_its_own() -> None:
    """A look-alike counts as Latin only among Latin letters: a name that is wholly Cyrillic is not turned into another."""
    assert person_key("Роса Хоре") != person_key("Poca Xope")
    assert person_key("Вo Lind") == person_key("Bo Lind")
    assert fold(fold("Вo Lіnd")) == fold("Вo Lіnd")
