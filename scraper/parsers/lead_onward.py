"""Where somebody who leaves a job goes on to: "Ann Holm forlader Granit for at blive it-chef hos Birk" is a hire."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import date_in
from scraper.parsers.danish.kinds import Verb, Voice, verbs_in
from scraper.parsers.lead import Lead
from scraper.parsers.lead_job import titled
from scraper.parsers.lead_person import person_first
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.parsers.subjects import RecurringNames
from scraper.records import MoveKind, Span

FOR_A_JOB = re.compile(
    r" (?:for (?:i stedet |fremover )?at|til fordel for|og (?:skal|vil)(?: i stedet| fremover| nu)?) "
    r"(?:(?:blive|være|tiltræde(?: som)?|starte(?: som)?|begynde(?: som)?|overtage|"
    r"fungere som|arbejde som|indtræde som) )?"
    r"(?=[a-zæøåA-ZÆØÅ])"
)
_AND = (" og ", ", og ")


def job_ahead(text: str, start: int, end: int) -> JobPhrase | None:
    """The job behind "for at blive", where its title and its house are told; or None."""
    ahead = FOR_A_JOB.search(text, start, end)
    job = job_phrase(text[:end], ahead.end()) if ahead else None
    if job is None or job.role is None or job.company is None:
        return None
    return job if titled(text, job.role) else None


def onward(text: str, sentence: Span, verb: Verb, known: RecurringNames, leads: list[Lead]) -> list[Lead]:
    """The leads of one who leaves as those of one who starts elsewhere, where the same sentence tells of both."""
    if verb.kind is not MoveKind.DEPARTURE or verb.voice is not Voice.PERSON or len(leads) != 1:
        return leads
    left = leads[0]
    company = left.company if left.company and not FOR_A_JOB.search(text, verb.end, left.company[0]) else None
    if company is None and text.startswith(" ", verb.end) and (house := read_company(text, verb.end + 1)) is not None:
        company = house.span
    role = left.role if left.role and left.role != company and titled(text, left.role) else None
    job = job_ahead(text, verb.end, sentence[1])
    if job is not None and job.company != company:
        return [
            left._replace(
                kind=MoveKind.HIRE,
                rule="prose.onward",
                company=job.company,
                role=job.role,
                unit=job.unit,
                location=job.location,
                date=date_in(text, job.end, sentence[1]),
                previous_role=role,
                previous_company=company,
            )
        ]
    for later in verbs_in(text, verb.end, sentence[1]):
        if later.voice is Voice.PERSON and later.kind is MoveKind.HIRE and text.endswith(_AND, 0, later.start):
            new = person_first(text, sentence, later, known)
            if len(new) == 1 and new[0].role and new[0].company and new[0].company != company:
                return [new[0]._replace(age=left.age, previous_role=role, previous_company=company)]
    return leads
