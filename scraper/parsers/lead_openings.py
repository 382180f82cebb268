"""What stands before the subject of a lead: the post, the title or the town, and what it makes of the lead.

"Posten som it-chef hos Granit er gået til Ann Holm" has the post as its subject; "Som ny it-chef har Granit ansat Ann
Holm", "Fra tester til it-chef: Ann Holm er forfremmet", "På kontoret i Vejle har Granit ansat Ann Holm" tell a part of
the job before the verb that all other leads tell behind it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.parsers.danish.alternatives import any_of
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.kinds import Verb, Voice
from scraper.parsers.danish.places import places_at
from scraper.parsers.danish.roles import role_at
from scraper.parsers.danish.verbs import POST_NOUNS, POST_VERBS
from scraper.parsers.job_slots import is_town
from scraper.parsers.job_words import OFFICE, PLACE_UNIT
from scraper.parsers.lead import TO_A_POST, Lead
from scraper.parsers.lead_job import titled
from scraper.parsers.lead_kind import raised
from scraper.parsers.lead_special import BOARD_WORD
from scraper.parsers.phrases import job_phrase
from scraper.parsers.subjects import RecurringNames, people_at
from scraper.records import MoveKind, Span

_POST = re.compile(rf"(?:Den (?:ledige |nye |nyoprettede )?)?(?:{any_of(POST_NOUNS)}) som ", re.IGNORECASE)
_FILLED = re.compile(rf",? (?:{any_of(POST_VERBS)}) ")
_ONE_VERB = re.compile(r" [a-zæøå]{2,20} (?=[A-ZÆØÅ])")
_TO = re.compile(r" til ")
_CLEFT = re.compile(r"Det (?:er|bliver) (?=[A-ZÆØÅ])")
_AT_OFFICE = re.compile(r"(?:På|Til|Ved|I|Fra) ")
_YEARS_AT = re.compile(r"Efter (?:[\w½]{1,14} ){1,5}(?:år|tid|måneder|årrække|periode) (?=som |i [A-ZÆØÅ]|hos )")
_BEGINNINGS = ("Efter ", "Ny ", "Som ", "Fra ", "På ", "Til ", "Ved ", "I ")


class Opening(NamedTuple):
    """What a sentence tells before its subject."""

    role: Span | None = None
    company: Span | None = None
    unit: Span | None = None
    location: Span | None = None
    previous_role: Span | None = None
    inside: bool = False
    """Whether the company is where the person was up to now."""


NOTHING = Opening()


def is_post(text: str, start: int) -> bool:
    """Whether a sentence begins with a post: "Stillingen som"."""
    return text.find(" som ", start, start + 40) > 0 and _POST.match(text, start) is not None


def post_first(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Posten som it-chef hos Granit er gået til Ann Holm": the post is the subject, the person comes last."""
    start, end = sentence
    opening = _POST.match(text, start, end)
    filled = _FILLED.search(text, opening.end(), end) if opening else None
    job = job_phrase(text[: filled.start()], opening.end()) if opening and filled else None
    if job is None or job.role is None or job.company is None or filled is None or job.end < filled.start():
        return []
    verb = Verb(filled.start(), filled.end(), MoveKind.HIRE, Voice.PERSON, "overtager", (filled.end(), filled.end()))
    board = BOARD_WORD.search(text[slice(*job.role)].lower()) is not None
    return [
        raised(
            text,
            Lead(
                kind=MoveKind.BOARD if board else MoveKind.HIRE,
                person=one.name,
                rule="prose.post-first",
                sentence=sentence,
                age=one.age,
                company=job.company,
                role=job.role,
                unit=job.unit,
                location=job.location,
            ),
            verb,
        )
        for one in people_at(text, filled.end(), end, known)
    ]


def as_new(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Som ny it-chef hos Granit får Ann Holm ansvar for …": whatever the verb, the job is new."""
    start, end = sentence
    job = job_phrase(text[:end], start + len("Som "))
    verb = _ONE_VERB.match(text, job.end, end)
    if job.role is None or job.company is None or verb is None:
        return []
    people = people_at(text, verb.end(), end, known)
    board = BOARD_WORD.search(text[slice(*job.role)].lower()) is not None
    kind = MoveKind.BOARD if board else MoveKind.HIRE
    return [
        Lead(kind, one.name, "prose.as-new", sentence, one.age, job.company, job.role, job.unit, job.location)
        for one in people[:1]
    ]


def cleft(text: str, start: int) -> int:
    """Where the sentence really begins: behind the "Det er" of "Det er Ann Holm, der bliver ny it-chef"."""
    opening = _CLEFT.match(text, start) if text.startswith("Det ", start) else None
    return opening.end() if opening else start


def opening_of(text: str, sentence: Span, verb: int) -> Opening:
    """What the sentence tells before the subject of the verb at `verb`."""
    start, end = sentence
    if not text.startswith(_BEGINNINGS, start):
        return NOTHING
    if text.startswith("Efter ", start):
        years = _YEARS_AT.match(text, start, end)
        job = job_phrase(text[: max(verb, start)].rstrip(), years.end()) if years else None
        return Opening(company=job.company, inside=True) if job and job.company else NOTHING
    if text.startswith("Ny ", start):
        role = role_at(text, start + 3)
        return Opening(role) if role and text.startswith(": ", role[1]) else NOTHING
    if text.startswith("Som ", start):
        job = job_phrase(text[: max(verb, start)], start + 4)
        return (
            Opening(job.role, job.company, job.unit, job.location) if job.role and titled(text, job.role) else NOTHING
        )
    if text.startswith("Til ", start) and (post := _POST.match(text, start + 4)) is not None:
        role = role_at(text[: max(verb, start)], post.end())
        return Opening(role) if role and titled(text, role) else NOTHING
    if text.startswith("Fra ", start) and (colon := text.find(": ", start, end)) > 0:
        to = _TO.search(text, start + 4, colon)
        if to is None or not (titled(text, (start + 4, to.start())) and titled(text, (to.end(), colon))):
            return NOTHING
        return Opening((to.end(), colon), previous_role=(start + 4, to.start()))
    at = _AT_OFFICE.match(text, start)
    if at is None:
        return NOTHING
    office = OFFICE.match(text, at.end())
    branch = PLACE_UNIT.match(text, at.end(), max(verb, start))
    if branch is not None and is_town(branch.group(1)):
        return Opening(location=branch.span(1))
    place = places_at(text, office.end() if office else at.end(), guess=office is not None)
    if place is None or place[1] > verb or not (office or text.startswith("I ", start)):
        return NOTHING
    return Opening(location=place) if text.startswith((" ", ","), place[1]) else NOTHING


def opened(lead: Lead, opening: Opening) -> Lead:
    """The lead with what its sentence told before the subject."""
    if opening is NOTHING:
        return lead
    if opening.role is not None and (lead.role is None or lead.role[0] < opening.role[1]):
        lead = lead._replace(role=opening.role, previous_role=lead.previous_role or opening.previous_role)
    if opening.inside and lead.company is None and lead.kind in TO_A_POST:
        return lead._replace(company=opening.company, inside=True)
    if opening.inside:
        return lead
    return lead._replace(
        company=lead.company or opening.company,
        unit=lead.unit or opening.unit,
        location=lead.location or opening.location,
    )


_HOUSE_OF_BODY = re.compile(
    r"(?:Bestyrelsen|Ledelsen|Direktionen|Ejerne|Ejerkredsen|Partnerne|Repræsentantskabet|Generalforsamlingen|Byrådet|"
    r"Medlemmerne|Aktionærerne|Hovedbestyrelsen|Folkene|Koncernledelsen|Regionsrådet) (?:i|hos|for|bag|på|af|ved) "
)


def house_of_body(text: str, start: int) -> int:
    """Where the house stands that a body acts for, "Bestyrelsen i Granit"; `start` where none does."""
    body = _HOUSE_OF_BODY.match(text, start)
    return body.end() if body is not None and read_company(text, body.end()) is not None else start
