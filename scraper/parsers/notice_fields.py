"""What a field of a reworded announcement can hold, and the text with its date and age blotted out.

The fixed words tell where a field is; what stands there is looked at only to see that an editor added nothing to it: a
description before a name, a town or a duty behind it. Where that is so, the sentence is one of prose.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.legal_forms import AT_END, without_legal_form
from scraper.parsers.danish.dates import FoundDate, date_in
from scraper.parsers.danish.names import PARTICLES
from scraper.parsers.danish.places import places_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.notice_words import AGE, AGED, BEFORE_DATE, DATE, DESCRIBES, ENDS_ROLE, ROLE_BEFORE, SMALL
from scraper.records import Span

_LEAD = 420
"""Characters within which the sentence of the move stands."""
_LONGEST = 90
_AND = re.compile(r" og (?=[A-ZÆØÅ])")
"""Joins the parts of a firm's name, where the firm stands between the parts of a verb."""
_NAME_WORDS = range(2, 9)


@dataclass(slots=True)
class Notice:
    """A text, and in `said` its beginning with dates and age blotted out, each character in its place."""

    text: str
    said: str = ""
    limit: int = 0
    dates: list[FoundDate] = field(default_factory=list)
    age: Span | None = None

    def __post_init__(self) -> None:
        said = self.text[:_LEAD]
        self.limit = len(said)
        at = 0
        while (found := date_in(said, at, self.limit)) is not None:
            at = found.span[1]
            if said[found.span[0]].isalpha():  # a bare "1. maj" may be a part of a name
                self.dates.append(found)
                before = BEFORE_DATE.search(said, max(0, found.span[0] - 40), found.span[0])
                start = before.start() + 1 if before else found.span[0]
                said = _blot(said, (start, at), DATE)
        aged = AGED.search(said)
        if aged is not None and aged.lastindex:
            self.age = aged.span(aged.lastindex)
            said = _blot(said, aged.span(), AGE)
        self.said = _AND.sub(" && ", said) if said.startswith((DATE, *ROLE_BEFORE)) else said

    def stripped(self, start: int, end: int) -> Span:
        """A range without the date, the age and the blanks around it."""
        around = f" ,{DATE}{AGE}"
        while end > start and self.said[end - 1] in around:
            end -= 1
        while start < end and self.said[start] in around:
            start += 1
        return start, end

    def written(self, span: Span) -> str:
        """The text of a range."""
        return self.text[span[0] : span[1]]


def _blot(said: str, span: Span, mark: str) -> str:
    return said[: span[0]] + mark * (span[1] - span[0]) + said[span[1] :]


def town_behind(text: str, company: Span) -> tuple[int, Span] | None:
    """Where a name ends that a town stands behind, "Granit Data i Vejle", and the town."""
    for joint in (" i ", " på "):
        at = text.rfind(joint, *company)
        place = places_at(text, at + len(joint)) if at > company[0] else None
        if place is not None and place[1] == company[1]:
            return at, place
    return None


def is_person(name: str) -> bool:
    """Whether words can be a whole name: capitals and particles, no figure, no title before it."""
    words = name.split(" ")
    return (
        len(words) in _NAME_WORDS
        and len(name) <= _LONGEST
        and not is_title(words[0])
        and all(_names(word) for word in words)
        and words[0][0].isupper()
    )


def _names(word: str) -> bool:
    """Whether a word stands in a name: "Åse", "al-Hassan", "d'Arc", "von", "'t"."""
    if word in PARTICLES:
        return True
    return not any(letter.isdigit() or letter in "/:;()&+" for letter in word) and any(map(str.isupper, word))


def is_company(name: str) -> bool:
    """Whether words can be the name of an organisation, which no description stands before and nothing behind."""
    first, *others = AT_END.sub("", name).split(" ")
    if not 1 < len(name) <= _LONGEST or DESCRIBES.match(name) or (others and others[-1] in SMALL):
        return False
    before = first
    for word in others:
        if word not in SMALL and not _is_proper(word) and not before[-1:].isdigit() and not before[:1].isdigit():
            return False
        before = word
    return True


def _is_proper(word: str) -> bool:
    bare = word.strip("(),.")
    return not bare.isalpha() or not bare.islower()


def is_role(title: str, company: str) -> bool:
    """Whether words can be a title alone: no place, no duty, no employer in it."""
    name = without_legal_form(company).casefold()
    return 1 < len(title) <= _LONGEST and not ENDS_ROLE.search(title) and name not in title.casefold()
