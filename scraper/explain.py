"""Why a record says what it says: each announcement with the words that every field rests on.

Nothing is parsed here. The records of a page are laid beside their texts, and the texts cut into pieces at every border
of a span of evidence; a terminal and an HTML file both show those pieces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from scraper.errors import NavnenytError
from scraper.reading import Parse
from scraper.records import Extraction, JobAd, Move, Problem, Span, plain
from scraper.saved import parse_pages

COLOURS: dict[str, str] = {
    "kind": "#72767c",
    "person": "#2d74d9",
    "age": "#647794",
    "company": "#308639",
    "role": "#b945b8",
    "unit": "#18837e",
    "location": "#af630e",
    "start_date": "#d63d3e",
    "start_date_text": "#d63d3e",
    "previous_role": "#8962c5",
    "previous_company": "#6f7c27",
    "earlier_companies": "#8b7424",
    "education": "#0080a4",
    "institution": "#408267",
    "focus": "#bf4f78",
    "label": "#7f746b",
    "title": "#b945b8",
    "region": "#af630e",
    "posted": "#d63d3e",
    "deadline": "#bf4f78",
    "employment_type": "#18837e",
    "identifier": "#647794",
    "url": "#0080a4",
}
"""The colour of each field, in the order in which they are shown. All have a relative luminance of 0.18, which gives
4.6:1 on white and on black (WCAG 2.2, 1.4.3): the same colour can be read on a light and on a dark ground. A move's
date and the words that tell it share theirs; the fields of a job ad take the colours of a move's that mean the like."""


@dataclass(frozen=True, slots=True)
class Told:
    """One filled field: its value, and the words of the text that say it ("" when the text does not)."""

    name: str
    value: str
    words: str = ""
    spans: tuple[Span, ...] = ()
    """Where the words stand; for a list field each of its items, where they can be told apart."""


@dataclass(frozen=True, slots=True)
class Account:
    """One move or job ad: its rule and its filled fields in the order of `COLOURS`."""

    kind: str
    rule: str
    told: tuple[Told, ...]

    @property
    def name(self) -> str:
        """Whom or what it is about."""
        return next((field.value for field in self.told if field.name in {"person", "title"}), "")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a text that says one or more fields; `of` numbers the accounts it belongs to, empty when to all."""

    span: Span
    names: tuple[str, ...]
    of: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text under the same marks, the outermost first. Marks may nest and may cross."""

    text: str
    marks: tuple[Mark, ...] = ()
    ends: int = 0
    """Where it ends in the whole text."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a page and what was read in it: one account, several, or none and the reason why."""

    what: str
    """`move`, `job ad` or `unparsed`."""
    text: str
    accounts: tuple[Account, ...] = ()
    reason: str = ""
    label: str = ""

    def pieces(self) -> list[Piece]:
        """The text cut at every border of a mark; joined, the pieces are the text."""
        marks = _marks(self.accounts)
        borders = sorted({0, len(self.text), *(at for mark in marks for at in mark.span)})
        return [
            Piece(
                self.text[start:end],
                tuple(mark for mark in marks if mark.span[0] <= start and end <= mark.span[1]),
                end,
            )
            for start, end in pairwise(borders)
        ]


@dataclass(frozen=True, slots=True)
class PageAccount:
    """What a page says, text by text."""

    source: str
    passages: tuple[Passage, ...]
    problems: tuple[Problem, ...]

    def counts(self) -> Counter[str]:
        """How many of each there are: `move` counts people, `announcement` the texts that name them."""
        found = Counter({"page": 1, "problem": len(self.problems)})
        for passage in self.passages:
            if passage.what == "unparsed":
                found["unparsed"] += 1
            else:
                found[passage.what] += len(passage.accounts)
                found["announcement"] += passage.what == "move"
        return found


def _marks(accounts: tuple[Account, ...]) -> list[Mark]:
    """Every span that says something, each once, as they open; of two that open together the longer comes first."""
    said: dict[Span, dict[str, list[int]]] = {}
    for number, account in enumerate(accounts, start=1):
        for field in account.told:
            for span in field.spans:
                said.setdefault(span, {}).setdefault(field.name, []).append(number)
    marks = []
    for span in sorted(said, key=lambda span: (span[0], -span[1])):
        of = sorted({number for numbers in said[span].values() for number in numbers})
        marks.append(Mark(span, tuple(said[span]), tuple(of) if len(of) < len(accounts) else ()))
    return marks


def _items(values: Iterable[str], text: str, hull: Span) -> tuple[Span, ...]:
    """Where each item of a list stands within its evidence; the whole evidence when one is not written so there."""
    spans: list[Span] = []
    at = hull[0]
    for value in values:
        found = re.compile(rf"(?<!\w){re.escape(value)}(?!\w)").search(text, at, hull[1])
        if found is None:
            return (hull,)
        at = found.end()
        spans.append(found.span())
    return tuple(spans)


def _account(record: Move | JobAd) -> Account:
    values = plain(record)
    told = []
    for name in COLOURS:
        value = values.get(name)
        if value is None or value in ("", []):
            continue
        hull = record.evidence.get(name)
        spans: tuple[Span, ...] = () if hull is None else (hull,)
        if hull is not None and isinstance(value, list):
            spans = _items(value, record.text, hull)
        words = record.text[hull[0] : hull[1]] if hull else ""
        told.append(Told(name, ", ".join(value) if isinstance(value, list) else str(value), words, spans))
    kind = record.kind.value if isinstance(record, Move) else "job ad"
    return Account(kind, record.rule, tuple(told))


def account_for(source: str, extraction: Extraction) -> PageAccount:
    """What a page says, text by text: an announcement of several moves is one passage with an account for each."""
    together: dict[str, list[Account]] = {}
    for move in extraction.moves:
        together.setdefault(move.text, []).append(_account(move))
    passages = [Passage("move", text, tuple(accounts)) for text, accounts in together.items()]
    passages += [Passage("job ad", ad.text, (_account(ad),)) for ad in extraction.job_ads]
    passages += [
        Passage("unparsed", left.text, reason=left.reason, label=left.label or "") for left in extraction.unparsed
    ]
    return PageAccount(source, tuple(passages), extraction.problems)


def explain_saved(
    paths: Iterable[str], parse: Parse, on_error: Callable[[NavnenytError], Any], *, published: date | None = None
) -> Iterator[PageAccount]:
    """An account of every page under the paths; what cannot be read goes to `on_error`, and the next is read."""
    for path in paths:
        try:
            for page, extraction in parse_pages(path, parse, published=published):
                yield account_for(page.url, extraction)
        except NavnenytError as error:
            on_error(error)


def counted(counts: Counter[str]) -> str:
    """The counts in words: `1 page, 2 moves, 1 job ad, 0 unparsed, 0 problems`."""
    words = [(name, "" if counts[name] == 1 else "s") for name in ("page", "move", "job ad")]
    said = [f"{counts[name]} {name}{plural}" for name, plural in words]
    said += [f"{counts['unparsed']} unparsed", f"{counts['problem']} problem{'' if counts['problem'] == 1 else 's'}"]
    return ", ".join(said)
