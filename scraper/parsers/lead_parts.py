"""A lead put together: the kind, the day and the fields that the person, the verb and the job beside it make."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import FoundDate, date_in
from scraper.parsers.danish.kinds import Verb, Voice
from scraper.parsers.danish.places import TOWNS
from scraper.parsers.lead import TO_A_POST, Lead
from scraper.parsers.lead_kind import birthday_or_anniversary
from scraper.parsers.lead_special import BOARD_WORD, DIRECT, board, direct, founders_role, present_job
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.parsers.subjects import Someone
from scraper.records import MoveKind, Span

_CLAUSE_END = re.compile(r", (?:hvor|der|som|efter|da|og)\b|; | - | efter ")
_TOGETHER_WITH = re.compile(r"\bi samarbejde med ")
_STARTED = re.compile(
    r", (?:der|som) (?:netop |nu )?(?:er (?:blevet )?(?:ansat|startet|tiltrådt|begyndt)|"
    r"tiltræder|tiltrådte|starter|startede|begynder|begyndte)"
)
_TURNS = re.compile(
    r"\b(?:fyld(?:er|te)|rund(?:er|ede)(?: de)?|sin)(?: (?:den )?\d{1,2}\. [a-zæøå]{3,9}(?: \d{4})?)?"
    r" (\d\d)\b(?!\. [a-z])"
)
_AGE_TOLD = {MoveKind.BIRTHDAY: _TURNS, MoveKind.DEATH: re.compile(r"(?:, |alder af |blev )(\d\d) år\b")}
"""How a kind whose news is an age tells it behind the verb."""
_POST_OR_SEAT = frozenset({MoveKind.HIRE, MoveKind.BOARD})
_ROUND_DAYS = frozenset({MoveKind.BIRTHDAY, MoveKind.ANNIVERSARY})
_PRESENT_KINDS = frozenset(
    {
        MoveKind.EDUCATION,
        MoveKind.AWARD,
        MoveKind.BIRTHDAY,
        MoveKind.ANNIVERSARY,
        MoveKind.CERTIFICATION,
        MoveKind.DEATH,
        MoveKind.DEPARTURE,
    }
)
"""Kinds for which the job told beside the name is the job that the move is about."""


def trimmed(text: str, gap: Span) -> Span:
    """A range without the blanks and the comma at its end."""
    start, end = gap
    while end > start and text[end - 1] in " ,":
        end -= 1
    return start, end


def opens_otherwise(text: str, start: int) -> bool:
    """Whether the sentence begins with a time or a circumstance, so that its subject stands after the verb."""
    return text.startswith(_OPENINGS, start) or _DAY_FIRST.match(text, start) is not None


_DAY_FIRST = re.compile(r"\d{1,2}\. [a-zæøå]|(?:Man|Tirs|Ons|Tors|Fre|Lør|Søn)dag ")
_OPENINGS = (
    "Efter ",
    "Den ",
    "Fra ",
    "Pr. ",
    "Med ",
    "I ",
    "D. ",
    "Per ",
    "Til ",
    "Som ",
    "På ",
    "Ved ",
    "Samtidig ",
    "Desuden ",
    "Ligeledes ",
    "Endvidere ",
    "Derudover ",
)


def _date(text: str, sentence: Span, verb: Verb) -> FoundDate | None:
    clause = _CLAUSE_END.search(text, verb.end, sentence[1])
    begin = sentence[0] if opens_otherwise(text, sentence[0]) else verb.start
    found = date_in(text, begin, clause.start() if clause else sentence[1])
    if found is None and clause is not None:
        started = _STARTED.match(text, clause.start())
        if started is not None:
            following = _CLAUSE_END.search(text, started.end(), sentence[1])
            found = date_in(text, started.end(), following.start() if following else sentence[1])
    return found


def refined_kind(text: str, verb: Verb, job: JobPhrase, sentence: Span) -> MoveKind:
    """The kind that the verb tells, seen together with what follows it."""
    if verb.kind in _POST_OR_SEAT:
        role = text[slice(*job.role)] if job.role else ""
        if role in _SEATS and BOARD_WORD.search(text[sentence[0] : sentence[1]].lower()):
            return MoveKind.BOARD
        if (
            verb.words.endswith("med")
            and verb.voice is Voice.COMPANY
            and BOARD_WORD.search(text[sentence[0] : verb.end].lower())
        ):
            return MoveKind.BOARD
        if role:
            return MoveKind.BOARD if BOARD_WORD.search(role.lower()) else MoveKind.HIRE
        clause = _CLAUSE_END.search(text, verb.end, sentence[1])
        after = text[verb.end : clause.start() if clause else sentence[1]]
        return MoveKind.BOARD if BOARD_WORD.search(after.lower()) else MoveKind.HIRE
    if verb.kind in _ROUND_DAYS:
        return birthday_or_anniversary(text[verb.start : sentence[1]], verb.words)
    if verb.kind is MoveKind.EDUCATION and text.find("ertificer", verb.end, verb.end + 60) >= 0:
        return MoveKind.CERTIFICATION
    return verb.kind


_SEATS = frozenset({"plads", "sæde", "medlem", "en plads", "et sæde", "medlem af bestyrelsen"})
"""What somebody gets on a board that is no title."""


def put_together(  # noqa: PLR0917 - the five things a lead is made of, and the text
    text: str,
    sentence: Span,
    verb: Verb,
    kind: MoveKind,
    someone: Someone,
    job: JobPhrase,
    *,
    company: Span | None = None,
) -> Lead | None:
    """The move of one person that a verb and the job behind it tell; `company` if it stands before the verb."""
    told = someone.job
    if told is not None and told.company is not None and text[slice(*told.company)] in TOWNS:
        told = told._replace(company=None)
    rule = f"prose.{verb.voice}.{verb.words.split(' ')[-1]}"
    date = _date(text, sentence, verb)
    job = _without_name(text, job, someone)
    if job.role is not None and text.startswith("udvidet ", job.role[0]):
        kind, job = MoveKind.PROMOTION, job._replace(role=None)
    lead = Lead(
        kind=kind,
        person=someone.name,
        rule=rule,
        sentence=sentence,
        age=someone.age,
        company=company or job.company,
        role=job.role,
        unit=job.unit,
        location=job.location,
        date=date,
    )
    if kind in _PRESENT_KINDS and company is None:
        lead = lead._replace(date=None)
        if told is not None:
            lead = lead._replace(
                company=told.company or job.company, role=told.role, unit=told.unit, location=told.location
            )
        elif kind is not MoveKind.DEPARTURE:
            school = kind is MoveKind.EDUCATION
            lead = lead._replace(role=None, unit=None, company=None if school else lead.company)
        if lead.company is None and verb.words.endswith(DIRECT):
            role = lead.role
            lead = direct(text, lead, verb.end)
            lead = lead._replace(role=role if role and role[0] != (lead.company or role)[0] else None)
        if lead.age is None and kind in _AGE_TOLD:
            turned = _AGE_TOLD[kind].search(text, verb.start, sentence[1])
            lead = lead._replace(age=turned.span(1) if turned else None)
        return present_job(text, lead, someone.end)
    if kind is MoveKind.OTHER:
        lead = lead._replace(date=None)
        with_ = _TOGETHER_WITH.search(text, verb.end, sentence[1])
        found = read_company(text, with_.end()) if with_ and lead.company is None else None
        return lead._replace(company=found.span, role=None) if found else lead
    if kind is MoveKind.BOARD:
        return board(text, lead, verb.end, sentence[1])
    if verb.words.endswith(DIRECT) and verb.voice is Voice.PERSON:
        lead = direct(text, lead, verb.end)
    if kind is MoveKind.FOUNDING:
        found = read_company(text, verb.end + 1)
        led = _LEADS_IT.search(text, verb.end, sentence[1]) if found is None else None
        named = led or (_NAMED_SO.search(text, verb.end, sentence[1]) if found is None else None)
        found = read_company(text, named.end()) if named else found
        role = led.span("role") if led else founders_role(text, lead)
        return lead._replace(company=found.span if found else lead.company, role=role)
    if told is not None and told.company is None and kind is MoveKind.HIRE:
        lead = lead._replace(inside=verb.words.endswith(("nævnt", "peget")))
    if lead.company is None and told is None and (now := _IS_NOW.match(text, someone.name[1], verb.start)):
        held = job_phrase(text[: verb.start], now.end())
        lead = lead._replace(company=held.company, kind=MoveKind.PROMOTION if held.company else lead.kind)
    if lead.company is None and told is not None and kind in TO_A_POST:
        former = _FORMER.search(text, sentence[0], verb.start) is not None
        present = told.company is not None and told.role is not None and not former
        lead = lead._replace(company=told.company, kind=MoveKind.PROMOTION if present else kind)
    return lead


_LEADS_IT = re.compile(r" og (?:er )?[a-zæøå]{3,20} som (?P<role>[^,.]{3,40}?) (?:i|for|hos) (?=\S)")
"""What a founder becomes in the new firm, where its name stands behind that: "stiftet og er startet som chef i …"."""
_NAMED_SO = re.compile(
    r" (?:under navnet|ved navn|der hedder|som hedder|kaldet|med (?:firmaet|virksomheden|selskabet|bureauet)) (?=\S)"
)
"""What stands before the name of a firm that the object only describes: "egen virksomhed under navnet Granit"."""
_IS_NOW = re.compile(
    r"(?:, \d\d(?: år)?)?, (?:der|som) (?:(?:i dag|nu|hidtil|senest) )?(?:er|har (?:hidtil |senest )?været|"
    r"arbejder som) "
)
"""The post that somebody who rises has so far: "Ann Holm, der er tester i Granit, er forfremmet"."""
_FORMER = re.compile(r"[Tt]idligere|forhenværende|hidtil|\bfhv\b|\beks-")


def _without_name(text: str, job: JobPhrase, someone: Someone) -> JobPhrase:
    """The job without the name that a comma ties to its role: "som konsulent, Ann Holm skal"."""
    if job.role is None:
        return job
    at = text.find(", " + text[slice(*someone.name)], *job.role)
    return job._replace(role=(job.role[0], at)) if at > job.role[0] else job
