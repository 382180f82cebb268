"""Several people in one announcement: who gets which title, and who is told of in a clause of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from scraper.parsers.danish.first_names import is_first_name
from scraper.parsers.danish.kinds import Voice, verbs_in
from scraper.parsers.danish.names import NAME_WORD, person_at
from scraper.parsers.danish.roles import is_title, role_at
from scraper.parsers.lead import TO_A_POST, Lead
from scraper.parsers.lead_person import person_first
from scraper.parsers.phrases import job_phrase
from scraper.parsers.subjects import RecurringNames
from scraper.records import Span

_EACH = re.compile(r"henholdsvis ")
_JOINT = re.compile(r", |(?<!-) og | samt ")
_COUNT = r"(?:følgende |de |disse )*(?:to|tre|fire|fem|seks|syv|otte|ni|ti|flere|\d{1,2}) (?:nye )?"
_MANY = re.compile(_COUNT + r"(?P<role>[a-zæøå-]{3,40})(?: [^:.]{1,80})?: ")
_COUNTED = re.compile(_COUNT)
NO_TITLES = frozenset("medlemmer medarbejdere kolleger kollegaer ansatte personer folk ansigter kræfter".split())
"""What several who are hired are called where no title is given."""
_NEXT = re.compile(r"(?:,? og |, )(?=[A-ZÆØÅ])")
_AGE = re.compile(r"(?:, (?P<age>\d\d)(?: år)?|,? \((?P<in>\d\d)(?: år)?\))?(?:,)? (?:som|til) ")
_LINK = re.compile(r"(?:Samtidig|Desuden|Ligeledes|Endvidere|Derudover) ")
_OTHER = re.compile(
    r"(?:(?:er|bliver|udnævnes|forfremmes|har) )?(?P<first>[A-ZÆØÅ][\w-]{0,30})"
    r"(?: [A-ZÆØÅ][\w.'’-]{0,30}){1,4} (?:er|bliver|tiltræder|udnævnes|forfremmes|starter|til|ansat)(?= )"
)
"""Somebody and a verb of moving, as a clause or a sentence begins with them."""
_MOST_VERBS = 4


def shared_out(text: str, leads: list[Lead]) -> list[Lead]:
    """The moves of one sentence, their titles apart: "som henholdsvis chef og sælger", "chef og Bo Lund som sælger"."""
    role = leads[0].role
    if role is None:
        return leads
    if len(leads) > 1:
        each = _EACH.match(text, *role)
        if each is not None:
            parts = _parts(text, (each.end(), role[1]))
            if len(parts) == len(leads):
                return [lead._replace(role=part) for lead, part in zip(leads, parts, strict=True)]
        counted = _COUNTED.match(text, *role)
        if counted is not None:
            told = None if text[counted.end() : role[1]] in NO_TITLES else (counted.end(), role[1])
            return [lead._replace(role=told if lead.role in {None, role} else lead.role) for lead in leads]
        return leads
    return _with_next(text, leads[0], role)


def _with_next(text: str, lead: Lead, role: Span) -> list[Lead]:
    """The moves of "har ansat Ann Holm som chef, og Bo Lund, 44 år, som sælger": each name has its own title."""
    own = _alone(text, role)
    leads = [lead._replace(role=own)]
    joint = _NEXT.match(text, own[1])
    while joint is not None and len(leads) < 12:
        person = _named_at(text, joint.end())
        as_ = _AGE.match(text, person[1]) if person else None
        other = role_at(text, as_.end()) if as_ else None
        if person is None or as_ is None or other is None:
            break
        other = _alone(text, other)
        age = as_.span("age") if as_.group("age") else as_.span("in") if as_.group("in") else None
        leads.append(lead._replace(person=person, role=other, age=age))
        joint = _NEXT.match(text, other[1])
    if len(leads) > 1 and lead.company is None and (last := leads[-1].role) is not None:
        shared = job_phrase(text[: lead.sentence[1]], last[1])
        leads = [one._replace(company=shared.company, location=one.location or shared.location) for one in leads]
    return leads if len(leads) > 1 else [lead]


def _alone(text: str, role: Span) -> Span:
    """A title without the next person, who was read into it: "sælger og Bo Lund"."""
    if text.find(" og ", *role) < 0 and text.find(", ", *role) < 0:
        return role
    joint = next((joint for joint in _NEXT.finditer(text, *role) if _named_at(text, joint.end())), None)
    return (role[0], joint.start()) if joint is not None else role


def _named_at(text: str, position: int) -> Span | None:
    """The name of a person at `position` that begins with a known first name and has more words than it; or None."""
    end = text.find(" ", position)
    person = person_at(text, position) if is_first_name(text[position:end]) else None
    return person if person is not None and " " in text[slice(*person)] else None


def introduced(text: str, start: int, end: int) -> list[tuple[Span, Span | None]] | None:
    """The names, with titles, of "tre nye konsulenter: Ann Holm, Bo Lund, Birk, og Ea Eng" at `start`; or None."""
    many = _MANY.match(text, start, end)
    if many is None:
        return None
    shared = None if many.group("role") in NO_TITLES else many.span("role")
    found: list[tuple[Span, Span | None]] = []
    for word in NAME_WORD.finditer(text, many.end(), end):
        person = _named_at(text, word.start())
        if person is not None and not (found and person[0] < found[-1][0][1]):
            as_ = _AGE.match(text, person[1])
            own = role_at(text, as_.end()) if as_ else None
            found.append((person, _alone(text, own) if own else shared))
    return found if len(found) > 1 else None


def _parts(text: str, span: Span) -> list[Span]:
    """The titles of an enumeration."""
    parts: list[Span] = []
    at = span[0]
    for joint in _JOINT.finditer(text, *span):
        parts.append((at, joint.start()))
        at = joint.end()
    return [*parts, (at, span[1])]


def further(text: str, lead: Lead, spans: list[Span], known: RecurringNames) -> list[Lead]:
    """The moves of others that a clause of their own tells: "…, mens Bo Lund er ansat som sælger"; mostly none."""
    if lead.kind not in TO_A_POST:
        return []
    words = text[slice(*lead.person)].split(" ")
    for start in _clauses(text, lead, spans):
        clause = None if text.startswith(words[0], start) else _OTHER.match(text, start)
        if clause is None or not is_first_name(clause.group("first")) or clause.group("first") in words:
            continue
        end = next((span[1] for span in spans if span[0] <= start < span[1]), len(text))
        for verb in islice(verbs_in(text, start, end), _MOST_VERBS):
            if verb.voice is not Voice.PERSON or verb.kind not in TO_A_POST:
                continue
            for other in person_first(text, (start, end), verb, known):
                name = text[slice(*other.person)]
                if set(words).isdisjoint(name.split(" ")) and other.role and _ends_in_title(text, other.role):
                    return [other._replace(company=other.company or lead.company)]
    return []


def _clauses(text: str, lead: Lead, spans: list[Span]) -> Iterator[int]:
    """Where the clauses and sentences after the one that tells of `lead` begin."""
    for joint in (", mens ", ", og "):
        at = text.find(joint, lead.person[1])
        if at >= 0:
            yield at + len(joint)
    for start, _ in spans:
        if start > lead.person[1]:
            link = _LINK.match(text, start)
            yield link.end() if link else start


def _ends_in_title(text: str, role: Span) -> bool:
    """Whether the words read as a title are one."""
    return is_title(_FIELD.split(text[slice(*role)], 1)[0].rsplit(" ", 1)[-1])


_FIELD = re.compile(r" (?:for|of|af) ")
