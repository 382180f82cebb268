"""What the sentences behind the form's first one add to it: "Hun tiltrådte jobbet 1. maj", "Bo har hidtil været CTO".

Their words are fixed too, so what stands between them is read to the letter, as in `lead_form`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from scraper.parsers.danish.dates import MONTHS, FoundDate, date_at
from scraper.parsers.danish.text import MONTH_NAMES
from scraper.parsers.lead import Lead
from scraper.parsers.lead_form import duties, job_at, mentions, opened_by, previous_job
from scraper.records import MoveKind, Span

_STARTS = re.compile(
    r" (?:tiltr(?:ådte|æder)|begyndte|begynder|startede|starter|er (?:tiltrådt|startet|begyndt)|overtog|overtager)"
    r"(?: (?:i )?(?:stillingen|jobbet|posten|rollen|sit nye job|sin nye stilling))? "
)
_TAKEN_UP = re.compile(
    r"\. (?:Tiltrædelse(?:n|sdatoen|sdato)?|Startdato(?:en)?|Ansættelsen|Stillingen|Jobbet)"
    r"(?: (?:er|sker|skete|finder sted|fandt sted|tiltrædes|begynder|begyndte|starter|startede|gælder))?:? "
)
_MONTH = re.compile(rf"({'|'.join(MONTH_NAMES)}) (20\d\d)\b")
_HELD = re.compile(
    r" (?:har (?:hidtil|senest|indtil nu) (?:været|arbejdet som)|var (?:hidtil|senest)) (?:ansat som )?"
    r"(?!(?:ansat|hos|i|på|ved|en del|med|tilknyttet|beskæftiget)\b)"
)
_IN_HOUSE = re.compile(r" (?:i|på) [A-ZÆØÅ\d]")
_ALSO_FROM = re.compile(r" og kommer fra en stilling som ")
_WORKS = re.compile(r" (?:er|arbejder|er ansat)(?: til daglig)?(?: som)? ")
_WITHOUT_START = frozenset({MoveKind.ANNIVERSARY, MoveKind.BIRTHDAY, MoveKind.DEPARTURE, MoveKind.DEATH})


def with_rest(text: str, lead: Lead) -> Lead:
    """The lead with the start, the duties, the former and the present job that the sentences after it tell."""
    called = mentions(text[slice(*lead.person)])
    begin, limit = lead.sentence[1] - 1, len(text)
    focus, _ = duties(text, begin, called, limit)
    lead = lead._replace(focus=focus, date=lead.date or start_told(text, lead))
    if lead.kind in {MoveKind.EDUCATION, MoveKind.CERTIFICATION}:
        return lead if lead.company else _at_work(text, lead, called)
    if lead.previous_role is not None:
        return lead
    role, company = previous_job(text, begin, called, limit)
    if role is None:
        role, company = _held(text, lead, called)
        if role is not None and company is None and _IN_HOUSE.search(text, *role):
            role = None  # a house without "hos" before it is for the prose to tell from a field
    if role is not None and company is None:
        role, company = _same_house(text, role, lead.company)
    return lead._replace(previous_role=role, previous_company=company)


def start_told(text: str, lead: Lead) -> FoundDate | None:
    """The start that a sentence of its own tells: "Hun tiltrådte stillingen 1. maj", "Tiltrædelse sker den 1. maj"."""
    if lead.kind in _WITHOUT_START:
        return None
    begin = lead.sentence[1] - 1
    called = mentions(text[slice(*lead.person)])
    for end in _openings(_STARTS, text, begin, called):
        found = _day_or_month(text, end)
        if found is not None:
            return found
    taken = _TAKEN_UP.search(text, begin)
    return _day_or_month(text, taken.end()) if taken else None


def _day_or_month(text: str, start: int) -> FoundDate | None:
    """The date that begins at `start`; a month needs no "i" before it here."""
    month = _MONTH.match(text, start)
    if month is None:
        return date_at(text, start)
    return FoundDate(month.span(), int(month.group(2)), MONTHS[month.group(1)], None)


def _openings(pattern: re.Pattern[str], text: str, begin: int, called: tuple[str, ...]) -> Iterator[int]:
    """Where the words go on after each sentence that begins with the person and goes on with `pattern`."""
    for match in pattern.finditer(text, begin):
        if opened_by(text, begin, match.start(), called):
            yield match.end()


def _held(text: str, lead: Lead, called: tuple[str, ...]) -> tuple[Span | None, Span | None]:
    """The job of "har hidtil været ROLE", or of "… og kommer fra en stilling som ROLE hos COMPANY"."""
    begin, limit = lead.sentence[1] - 1, len(text)
    also = _ALSO_FROM.search(text, begin)
    start = next(_openings(_HELD, text, begin, called), None) if also is None else also.end()
    return job_at(text, start, called, limit) if start is not None else (None, None)


def _same_house(text: str, role: Span, company: Span | None) -> tuple[Span, Span | None]:
    """The title without "samme sted" behind it, which names the new employer as the old one."""
    for words in (" samme sted", " i samme virksomhed", " i virksomheden", " i selskabet"):
        if text.endswith(words, *role):
            return (role[0], role[1] - len(words)), company
    return role, None


def _at_work(text: str, lead: Lead, called: tuple[str, ...]) -> Lead:
    """The lead with the present job that a sentence tells: "Hun er CTO hos COMPANY"."""
    for start in _openings(_WORKS, text, lead.sentence[1] - 1, called):
        role, company = job_at(text, start, called, len(text))
        if role is not None and company is not None:
            return lead._replace(role=role, company=company)
    return lead
