"""Several people in one announcement: who gets which title, and who is told of in a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.kinds import Voice, verbs_in
from scraper.parsers.danish.names import NAME_WORD, person_at
from scraper.parsers.danish.roles import is_title, role_at
from scraper.parsers.lead import Lead
from scraper.parsers.lead_person import person_first
from scraper.parsers.subjects import RecurringNames
from scraper.records import MoveKind, Span

_EACH = re.compile(r"henholdsvis ")
_JOINT = re.compile(r", | og | samt ")
_MANY = re.compile(
    r"(?:følgende |de |disse )*(?:to|tre|fire|fem|seks|syv|otte|ni|ti|flere|\d{1,2}) (?:nye )?(?P<role>[a-zæøå-]{3,40})"
    r"(?: [^:.]{1,80})?: "
)
_AND_ANOTHER = re.compile(r" og (?=[A-ZÆØÅ])")
_AS = (" som ", " til ")
_CLAUSES = (", mens ", ". Samtidig ", ". Desuden ", ". Ligeledes ", ". Endvidere ", ". Derudover ")
_MOST_VERBS = 4


def shared_out(text: str, leads: list[Lead]) -> list[Lead]:
    """The moves of one sentence, their titles apart: "som henholdsvis chef og sælger", "chef og Bo Lund som sælger"."""
    role = leads[0].role
    if role is None:
        return leads
    if len(leads) == 1 and text.find(" og ", *role) < 0:
        return leads
    if len(leads) > 1:
        each = _EACH.match(text, *role)
        if each is not None:
            parts = _parts(text, (each.end(), role[1]))
            if len(parts) == len(leads):
                return [lead._replace(role=part) for lead, part in zip(leads, parts, strict=True)]
        return leads
    return [*_two(text, leads[0], role)] or leads


def introduced(text: str, start: int, end: int) -> tuple[Span, list[Span]] | None:
    """The title and the names of "tre nye konsulenter: Ann Holm, Bo Lund, Birk, og Ea Eng" at `start`; or None."""
    many = _MANY.match(text, start, end)
    if many is None:
        return None
    names: list[Span] = []
    for word in NAME_WORD.finditer(text, many.end(), end):
        person = person_at(text, word.start()) if word.group() in FIRST_NAMES else None
        if person is not None and " " in text[slice(*person)] and not (names and person[0] < names[-1][1]):
            names.append(person)
    return (many.span("role"), names) if len(names) > 1 else None


def _parts(text: str, span: Span) -> list[Span]:
    """The titles of an enumeration."""
    parts: list[Span] = []
    at = span[0]
    for joint in _JOINT.finditer(text, *span):
        parts.append((at, joint.start()))
        at = joint.end()
    return [*parts, (at, span[1])]


def _two(text: str, lead: Lead, role: Span) -> Iterator[Lead]:
    """The moves of "har ansat Ann Holm som chef og Bo Lund som sælger", whose second name was read into the title."""
    for joint in _AND_ANOTHER.finditer(text, *role):
        person = person_at(text, joint.end())
        if person is None or person[1] != role[1] or text[joint.end() :].split(" ", 1)[0] not in FIRST_NAMES:
            continue
        word = next((word for word in _AS if text.startswith(word, person[1])), None)
        other = role_at(text, person[1] + len(word)) if word else None
        if other is not None:
            yield lead._replace(role=(role[0], joint.start()))
            yield lead._replace(person=person, role=other, age=None)
        return


def further(text: str, lead: Lead, spans: list[Span], known: RecurringNames) -> list[Lead]:
    """The moves of others that a clause of its own tells: "…, mens Bo Lund er ansat som sælger"; mostly none."""
    if lead.kind not in {MoveKind.HIRE, MoveKind.PROMOTION} or not any(map(text.__contains__, _CLAUSES)):
        return []
    found: list[Lead] = []
    words = set(text[slice(*lead.person)].split(" "))
    for opening in _CLAUSES:
        at = text.find(opening, lead.person[1])
        if at < 0:
            continue
        start = at + 2 if opening[0] == "." else at + len(opening)
        end = next((span[1] for span in spans if span[0] <= start < span[1]), len(text))
        for verb in islice(verbs_in(text, start, end), _MOST_VERBS):
            if verb.voice is not Voice.PERSON or verb.kind not in {MoveKind.HIRE, MoveKind.PROMOTION}:
                continue
            for other in person_first(text, (start, end), verb, known):
                name = text[slice(*other.person)]
                if (
                    " " in name
                    and words.isdisjoint(name.split(" "))
                    and other.role
                    and _ends_in_title(text, other.role)
                ):
                    found.append(other._replace(company=other.company or lead.company))
            if found:
                return found
    return []


def _ends_in_title(text: str, role: Span) -> bool:
    """Whether the words read as a title are one."""
    return is_title(text[slice(*role)].split(" for ", 1)[0].rsplit(" ", 1)[-1])
