"""Danish dates: as they are written, and what they mean.

A date without a year is the first such date on or after 90 days before the announcement was published. What a text
leaves open stays open: a month is a month, "medio marts" is March, and nothing is guessed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from scraper.parsers.danish.words import words_in
from scraper.records import PartialDate, Span

MONTHS = {
    # as written, lower case: number
    "januar": 1, "februar": 2, "marts": 3, "april": 4, "maj": 5, "juni": 6, "juli": 7, "august": 8, "september": 9,
    "oktober": 10, "november": 11, "december": 12, "jan": 1, "jan.": 1, "feb": 2, "feb.": 2, "febr.": 2, "mar.": 3,
    "apr": 4, "apr.": 4, "jun.": 6, "jul.": 7, "aug": 8, "aug.": 8, "sep": 9, "sep.": 9, "sept": 9, "sept.": 9,
    "okt": 10, "okt.": 10, "nov": 11, "nov.": 11, "dec": 12, "dec.": 12, "january": 1, "february": 2, "march": 3,
    "june": 6, "july": 7, "october": 10, "ferbruar": 2, "septemer": 9,
}  # fmt: skip

PREFIXES = tuple(
    phrase.strip()
    for phrase in """
    pr. den; per den; pr. d.; per d.; fra og med den; fra og med d.; fra og med; fra den; fra d.; med virkning fra;
    med virkning pr.; pr.; per; pr; den; d.; fra; til; i starten af; i begyndelsen af; i slutningen af; i løbet af;
    i midten af; primo; medio; ultimo; i; omkring; senest; ved
    """.split(";")
)
"""Words before a date that belong to it as it is written."""

WINDOW = timedelta(days=90)

_MONTH = "|".join(sorted((re.escape(name) for name in MONTHS), key=len, reverse=True))
_PREFIX = "|".join(re.escape(prefix) for prefix in sorted(PREFIXES, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w./-])(?=\w)(?P<prefix>(?:(?:{_PREFIX}) ){{0,3}})"
    rf"(?:(?P<day>[0-3]?\d)(?:\. ?| )(?P<month>{_MONTH})(?![\wæøå])(?:,? ?(?P<year>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<nday>[0-3]?\d)(?:/|-|\.)(?P<nmonth>[01]?\d)(?:(?:/|-|\.| )(?P<nyear>(?:19|20)\d\d|\d\d)(?!\d))?(?![\d/])"
    rf"|(?P<word>(?:{_MONTH})(?![\wæøå.]))(?: måned)?(?:,? (?P<wyear>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<quarter>[1-4]\.|første|andet|tredje|fjerde) kvartal(?: (?P<qyear>(?:19|20)\d\d))?"
    r"|(?P<half>[12]\.|første|andet) halvår(?: (?P<hyear>(?:19|20)\d\d))?"
    r"|(?P<turn>årsskiftet|nytår)(?: (?P<tyear>(?:19|20)\d\d)(?P<tnext>[/-]\d{2,4})?)?"
    r"|(?P<today>dags dato|dag)(?![\wæøå])"
    r"|(?P<only>(?:19|20)\d\d)(?![\d./-]\d))",
    re.IGNORECASE,
)
_TIE = re.compile(
    r"(?:(?:pr\.?|per|fra og med|fra|til|med virkning fra|med virkning pr\.) )+(?=den |d\. |"
    r"\d|årsskiftet|nytår|[a-zæøå])",
    re.IGNORECASE,
)


class FoundDate(NamedTuple):
    """A date in running text: its span, as written and without the words before it that tell nothing, and its parts."""

    span: Span
    year: int | None
    month: int | None
    day: int | None
    today: bool = False

    def shown(self, text: str) -> Span:
        """The span of the date as it is written, without a "pr." or "fra" that only ties it to the verb."""
        tie = _TIE.match(text, *self.span)
        return (tie.end(), self.span[1]) if tie else self.span

    def resolve(self, published: date | None) -> PartialDate | None:
        """What it means for an announcement published on that day; None when a year is missing and cannot be told."""
        try:
            return self._resolve(published)
        except ValueError:
            return None

    def _resolve(self, published: date | None) -> PartialDate | None:
        if self.today:
            return PartialDate(published.year, published.month, published.day) if published else None
        if self.year is not None:
            return PartialDate(self.year, self.month, self.day)
        if published is None or self.month is None:
            return None
        earliest = published - WINDOW
        for year in range(earliest.year, earliest.year + 9):
            try:
                candidate = PartialDate(year, self.month, self.day)
            except ValueError:
                continue
            if candidate.last_day >= earliest:
                return candidate
        return None


def date_at(text: str, start: int) -> FoundDate | None:
    """The date that is written at `start`, with the "pr." or "den" before it; None when none is."""
    match = _DATE.match(text, start) if _may_begin(text, start) else None
    return _found(match) if match is not None else None


def _may_begin(text: str, start: int) -> bool:
    """Whether a date may be written at `start`: with a digit there, or a word before one and what goes on with it."""
    if text[start : start + 1].isdigit():
        return True
    blank = text.find(" ", start)
    if text[start:blank].lower() not in _FIRST_WORDS:
        return False
    following = text[blank + 1 : blank + 3].lower()
    return following in _BEGINNINGS or following[:1].isdigit()


_FIRST_WORDS = frozenset(prefix.split(" ")[0] for prefix in PREFIXES)
"""A date without a digit at its start begins with one of these words."""
_BEGINNINGS = frozenset(
    f"{word} "[:2]
    for phrase in (*PREFIXES, *MONTHS, "første", "andet", "tredje", "fjerde", "årsskiftet", "nytår", "dag")
    for word in phrase.split(" ")
)
"""The two letters that the word behind it can begin with, where it has no digit."""


def _found(match: re.Match[str]) -> FoundDate | None:
    part = match.groupdict()
    prefix = part["prefix"].strip().lower()
    span = match.span()
    if part["day"]:
        return _checked(span, part["year"], MONTHS[part["month"].lower()], int(part["day"]))
    if part["nday"]:
        if not prefix or prefix in {"i", "til"}:
            return None
        return _checked(span, part["nyear"], int(part["nmonth"]), int(part["nday"]))
    if not prefix:
        return None
    if part["word"]:
        return _checked(span, part["wyear"], MONTHS[part["word"].lower()], None)
    if part["quarter"]:
        return FoundDate(span, int(part["qyear"]) if part["qyear"] else None, None, None)
    if part["half"]:
        return FoundDate(span, int(part["hyear"]) if part["hyear"] else None, None, None)
    if part["turn"]:
        year = int(part["tyear"]) + (1 if part["tnext"] else 0) if part["tyear"] else None
        return FoundDate(span, year, 1, None)
    if part["today"]:
        return FoundDate(span, None, None, None, today=True) if prefix in {"i", "per", "pr.", "fra", "fra i"} else None
    if prefix in {"i", "fra", "siden", "primo", "medio", "ultimo", "i starten af", "i slutningen af"}:
        return FoundDate(span, int(part["only"]), None, None)
    return None


def _checked(span: Span, year: str | None, month: int | None, day: int | None) -> FoundDate | None:
    number = None
    if year:
        number = int(year) if len(year) == 4 else 2000 + int(year)
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return FoundDate(span, number, month, day)


def date_in(text: str, start: int, end: int) -> FoundDate | None:
    """The first date between two positions."""
    if _DIGIT.search(text, start, end) is None:
        if text.find("-", start, end) < 0 and _HINTS.isdisjoint(words_in(text).row):
            return None
        part = text[start:end].lower()
        if not any(map(part.__contains__, _SMALL_HINTS)):
            return None
    busy = start
    for word in _WORDS.finditer(text, start, end):
        at = word.end()
        match = _DATE.match(text, at, end) if at >= busy and _may_begin(text, at) else None
        if match is None:
            continue
        busy = match.end()
        if _SINCE.search(text, max(0, match.start() - 12), match.start()):
            continue
        found = _found(match)
        if found is not None:
            return found
    return None


_WORDS = re.compile(r"(?<![\w./-])(?=\w)")
_DIGIT = re.compile(r"[0-9]")
_HINTS = frozenset(
    spelling
    for word in """
    januar februar marts april maj juni juli august september oktober november december årsskiftet nytår kvartal halvår
    dag dato ferbruar septemer
    """.split()
    for spelling in (word, word.capitalize(), word.upper())
)
"""A date without a digit has one of these words."""
_SMALL_HINTS = tuple(filter(str.islower, _HINTS))
_SINCE = re.compile(r"(?:siden|fra|indtil|inden|før) (?:den )?$")
