"""Leads whose verb has the company before it: "Granit har ansat Ann Holm som it-chef"."""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.legal_forms import AT_END
from scraper.parsers.danish import units
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.kinds import Verb
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.places import places_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.job_words import PUBLIC_BODY
from scraper.parsers.lead import Lead, moved
from scraper.parsers.lead_job import recast
from scraper.parsers.lead_openings import house_of_body
from scraper.parsers.lead_parts import opens_otherwise, put_together, refined_kind, trimmed
from scraper.parsers.lead_several import introduced
from scraper.parsers.lead_special import present_job
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.parsers.subjects import RecurringNames, Someone, people_at
from scraper.records import MoveKind, Span


def company_first(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    """The moves of a sentence that tells what the company before `verb` does with the people behind it."""
    start, end = sentence
    subject = _subject_company(text, start, verb.start)
    if opens_otherwise(text, start) and verb.gap[1] > verb.gap[0]:
        subject = _subject_company(text, *trimmed(text, verb.gap)) or subject
    if subject is None:
        return []
    company, location, unit = subject.company, subject.location, subject.unit
    position = verb.end
    if not text.startswith(" ", position):
        return []
    many = introduced(text, position + 1, end)
    if many is not None:
        rows = []
        for person, role in many:
            job = JobPhrase(role=role)
            kind = refined_kind(text, verb, job, sentence)
            rows.append(put_together(text, sentence, verb, kind, Someone(person), job, company=company))
        return [row._replace(location=location, unit=unit) for row in rows if row is not None]
    people = people_at(text, position + 1, min(end, position + 260), known)
    if not people:
        return []
    if verb.words.endswith("med") and _is_hired_by(text, start, company, people[0]):
        return []
    unit = unit or _grown(text, verb)
    name = text[company[0] : company[1]]
    below = _BELOW.search(text, people[-1].end, end)
    found = read_company(text, below.end()) if below else None
    company = found.span if found else company
    leads = []
    fetched = verb.words.endswith(("hentet", "henter", "headhuntet"))
    for index, someone in enumerate(people):
        own = index + 1 < len(people) and someone.job is not None
        tail = someone.end
        last = people[-1]
        job = job_phrase(text[:end], tail if own else _after_people(text, last, fetched=fetched), employer=name)
        kind = refined_kind(text, verb, job, sentence)
        job = recast(text, job, someone.end, end)
        if job.role is None and (as_ := text.find(" som ", verb.start, verb.end)) > 0:
            job = job._replace(role=job_phrase(text[: verb.end - 4], as_ + 1).role)
        job, company = _other_house(text, job, company)
        told = someone.job
        lead = put_together(text, sentence, verb, kind, someone._replace(job=None), job, company=company)
        if lead is None:
            continue
        if told is not None and told.role is not None and (kind is not MoveKind.AWARD or _is_held(text, told.role)):
            if lead.role is None or kind is MoveKind.AWARD:
                inner = told.company if told.company and text.startswith(", i ", told.company[0] - 4) else None
                lead = lead._replace(role=told.role, unit=lead.unit or told.unit or inner)
            if kind is MoveKind.AWARD:
                lead = lead._replace(company=told.company)
            elif (
                kind is MoveKind.HIRE
                and told.role != lead.role
                and told.company is None
                and verb.words.endswith("nævnt")
            ):
                lead = lead._replace(inside=True)
        elif kind is MoveKind.AWARD:
            lead = present_job(text, lead._replace(company=None, role=None), someone.end)
        leads.append(lead._replace(location=lead.location or location, unit=lead.unit or unit))
    return leads


def _is_hired_by(text: str, start: int, company: Span, someone: Someone) -> bool:
    """Whether the words read as the house are a person, and the other way round: "Ann Holm har indgået aftale med"."""
    first = text[start : text.find(" ", start)].split("-", maxsplit=1)[0]
    return (
        first in FIRST_NAMES
        and text[slice(*someone.name)].split(" ", maxsplit=1)[0].split("-", maxsplit=1)[0] not in FIRST_NAMES
        and person_at(text, start) == company
    )


_GROWS = re.compile(r"\b(?:styrke[rt]?|udvide[rt]?|forstærke[rt]?|suppleret|supplerer|opruster|oprustet) (?=\S)")


def _grown(text: str, verb: Verb) -> Span | None:
    """The department that gets somebody more: "har styrket salgsafdelingen med"."""
    grows = _GROWS.search(text, verb.start, verb.end) if verb.words.endswith("med") else None
    unit = units.unit_at(text, grows.end()) if grows else None
    return unit.span if unit and unit.end < verb.end and text[slice(*unit.span)] not in _NO_UNITS else None


_NO_UNITS = frozenset(
    "teamet afdelingen holdet staben gruppen organisationen direktionen ledelsen medarbejderstaben".split()
)


def _is_held(text: str, role: Span) -> bool:
    """Whether words before the name of one who is honoured are a title and not the prize."""
    return is_title(text[slice(*role)].rsplit(" ", 1)[-1])


_BELOW = re.compile(
    r" (?:for|i|hos) (?:sit|deres|det) (?:[a-zæøå]{3,20}e ){0,2}(?:datter|søster)selskab(?:et)? (?=[A-ZÆØÅ0-9])"
)
"""What the company that hires hires for: "for sit danske datterselskab Granit"."""


def _other_house(text: str, job: JobPhrase, company: Span) -> tuple[JobPhrase, Span]:
    """The job and its house, where it is to lead another one that is named with its form: "direktør for Birk A/S"."""
    for_ = text.find(" for ", *job.role) if job.role else -1
    led = read_company(text, for_ + 5, strong=False) if for_ >= 0 else None
    if led is None or job.role is None or led.end != job.role[1] or not AT_END.search(text[slice(*led.span)]):
        return job, company
    return job._replace(role=(job.role[0], for_)), led.span


def _after_people(text: str, someone: Someone, *, fetched: bool = False) -> int:
    """Where the job begins behind the people; where they were `fetched` from is stepped over."""
    position = someone.end
    if fetched and text.startswith((" i ", " hos ", " fra ", " ved "), position):
        from_ = read_company(text, text.index(" ", position + 1) + 1)
        position = from_.end if from_ is not None else position
    if text.startswith(" fra ", position) and (to := _ROSE_TO.match(text, position)) is not None:
        position = to.end()
    for skipped in (" velkommen", " tilbage", " ind", " om bord", ","):
        if text.startswith(skipped, position):
            position += len(skipped)
    if text.startswith(" til, som ", position):
        return position + 10
    if text.startswith(" til ", position):
        position += 5
    return position


_ROSE_TO = re.compile(r" fra (?!.{0,60} (?:hos|i) )[^,.]{3,60}?(?= til [a-zæøå])")
"""The title that one rises from: "har forfremmet Ann Holm fra tester til it-chef"."""


class _Subject(NamedTuple):
    """The company before an active verb, and the town and the department told with it."""

    company: Span
    location: Span | None = None
    unit: Span | None = None


def _subject_company(text: str, start: int, end: int) -> _Subject | None:
    start = house_of_body(text, start)
    stop = end
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    if stop <= start:
        return None
    head = text[:stop]
    company = read_company(head, start)
    if company is None:
        words = head[start:stop].split(" ")
        return _Subject((start, stop)) if len(words) <= 4 else None
    if company.owner:
        owned = job_phrase("i " + head[start:], 0)
        shift = start - 2
        return _Subject(company.span, moved(owned.location, shift), moved(owned.unit, shift))
    rest = company.end
    if head.startswith(", ", rest):
        whole = read_company(head, rest + 2)
        if whole is not None and PUBLIC_BODY.search(head[slice(*whole.span)]):
            return _Subject(whole.span, unit=company.span)
    if head.startswith((" i ", " på "), rest):
        place = places_at(head, rest + 3, guess=True)
        if place is not None:
            return _Subject(company.span, place)
    if head.startswith((" og ", " & "), rest) and stop - rest < 40 and "," not in head[rest:stop]:
        return _Subject((company.span[0], stop))
    return _Subject(company.span, company.town)
