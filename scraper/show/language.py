"""What is shown in English and in Danish: one table of phrases, `danish.tsv`, that a person can read and extend.

English is the language of the code, so a phrase is its own key; one that the table lacks is shown in English.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from importlib.resources import files

SHORT_DA = "jan. feb. mar. apr. maj juni juli aug. sep. okt. nov. dec.".split()
SHORT_EN = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
LONG_DA = "januar februar marts april maj juni juli august september oktober november december".split()
LONG_EN = "January February March April May June July August September October November December".split()


class Language(StrEnum):
    """The languages that can be asked for."""

    ENGLISH = "en"
    DANISH = "da"


@cache
def danish() -> dict[str, str]:
    """Each English phrase with its Danish. Raises ValueError for a line that is not a phrase, a tab and a phrase."""
    found: dict[str, str] = {}
    for line in (files("scraper.show") / "danish.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        english, tab, said = line.partition("\t")
        if not (tab and english and said) or english in found:
            raise ValueError(f"danish.tsv: not a new phrase, a tab and its Danish: {line}")
        found[english] = said
    return found


def say(phrase: str, language: str, **facts: object) -> str:
    """The phrase in the language, with `{name}` in it filled in from `facts`."""
    said = danish().get(phrase, phrase) if language == Language.DANISH else phrase
    return said.format(**facts) if facts else said


def heading(column: str, language: str) -> str:
    """A column's name as a person reads it: `open_job_ads` is "Open job ads".

    A name that is a word of an answer as well has a phrase of its own in the table, with ` (column)` after it.
    """
    plain = column.replace("_", " ")
    own = f"{plain} (column)"
    said = say(own if language == Language.DANISH and own in danish() else plain, language)
    return said[:1].upper() + said[1:]


WORDS = frozenset({"function", "seniority", "previous_function", "kind", "what", "known_by", "region", "verdict"})
"""Columns whose values are words of ours, and no names: these alone are said in the language asked for."""
SHARES = frozenset({"share", "coverage", "before_start"})
"""Columns of shares from 0 to 1, shown as percentages."""


def value_of(column: str, value: object, language: str) -> str:
    """A value of an answer as a person reads it, not yet made safe for a page or a terminal."""
    if value is None or value == "":
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if column in SHARES:
            return f"{number(100 * value, language, 1)} %"
        return number(value, language, 0 if float(value).is_integer() else 1)
    text = str(value)
    if column.endswith("month") and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return month_name(text, language)
    return say(text, language) if column in WORDS else text


def number(value: float, language: str, digits: int = 0) -> str:
    """A number with the language's marks: 1,234.5 or 1.234,5."""
    said = f"{value:,.{digits}f}"
    return said.translate(str.maketrans(",.", ".,")) if language == Language.DANISH else said


def month_name(month: str, language: str, *, long: bool = False) -> str:
    """`2026-01` as "Jan 2026", or as "January 2026"."""
    year, at = month[:4], int(month[5:7]) - 1
    if language == Language.DANISH:
        return f"{(LONG_DA if long else SHORT_DA)[at]} {year}"
    return f"{(LONG_EN if long else SHORT_EN)[at]} {year}"
