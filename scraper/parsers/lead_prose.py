"""The announcements that editors write: the verb of the first sentence tells what happened and to whom.

The verb is looked for first; its voice says whether a person or a company stands before it, and the phrase after it is
read as a job. What the lead leaves open, `lead_supplement` looks for in the next sentence.
"""

from __future__ import annotations

import re
from itertools import islice

from scraper.legal_forms import AT_END
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import FoundDate, date_in
from scraper.parsers.danish.kinds import Verb, Voice, verbs_in
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.places import TOWNS, places_at
from scraper.parsers.danish.text import sentences
from scraper.parsers.job_words import PUBLIC_BODY
from scraper.parsers.lead import Lead
from scraper.parsers.lead_kind import (
    RISING,
    STRONG,
    birthday_or_anniversary,
    is_still_inside,
    rises_from_within,
    was_inside,
    was_there_till_now,
)
from scraper.parsers.lead_others import others
from scraper.parsers.lead_special import BOARD_WORD, DIRECT, board, direct, present_job
from scraper.parsers.lead_supplement import supplement
from scraper.parsers.lead_verbless import NEW, headless, new_role, news_of_firm
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.parsers.subjects import RecurringNames, Someone, people_at
from scraper.records import MoveKind, Span

_RELATIVE_BEFORE = re.compile(r"(?:\bder|\bsom|\bhvis [^ ]+|\bhvor (?:han|hun)|\bdr) (?:i [^,]{1,20} )?$")
_RELATIVES = ("der ", "som ", "hvis ", "hvor ", "dr ")
_CLAUSE_END = re.compile(r", (?:hvor|der|som|efter|da|og)\b|; | - | efter ")
_TOGETHER_WITH = re.compile(r"\bi samarbejde med ")
_TOGETHER = re.compile(r"\b(?:sammen|i samarbejde|i fællesskab) med ")
_STARTED = re.compile(
    r", (?:der|som) (?:netop |nu )?(?:er (?:blevet )?(?:ansat|startet|tiltrådt|begyndt)|"
    r"tiltræder|tiltrådte|starter|startede|begynder|begyndte)"
)
_TURNS = re.compile(
    r"\b(?:fyld(?:er|te)|rund(?:er|ede)(?: de)?|sin)(?: (?:den )?\d{1,2}\. [a-zæøå]{3,9}(?: \d{4})?)?"
    r" (\d\d)\b(?!\. [a-z])"
)
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


MAX_VERBS = 16
"""How many announcing verbs of a sentence are tried."""


def read_prose(text: str) -> list[Lead] | str:
    """The moves of an announcement as editors write it; a sentence that says why when it cannot be read whole."""
    spans = sentences(text)
    if not spans:
        return "no sentence stands in it"
    for start, end in spans[:2]:
        known = RecurringNames(text, end - 1)
        if text.startswith(NEW, start):
            leads = new_role(text, (start, end), known)
        else:
            leads = news_of_firm(text, (start, end), known)
        if leads:
            return [supplement(text, lead, spans) for lead in leads]
        for verb in islice(verbs_in(text, start, end), MAX_VERBS):
            before = text[max(start, verb.start - 45) : verb.start]
            if any(map(before.__contains__, _RELATIVES)) and _RELATIVE_BEFORE.search(before):
                continue
            leads = _read(text, (start, end), verb, known)
            if leads:
                leads = [_raised(text, supplement(text, _full_name(text, lead), spans), verb) for lead in leads]
                return leads + (others(text, leads[0]) if len(leads) == 1 else [])
        leads = headless(text, (start, end), known)
        if leads:
            return [supplement(text, lead, spans) for lead in leads]
    return "no sentence says who moves where in words that a rule knows"


def _full_name(text: str, lead: Lead) -> Lead:
    """The lead with the longest form of the name that the text gives."""
    words = text[slice(*lead.person)].split(" ")
    if len(words) != 2:
        return lead
    first, last = words
    if text.find(" " + last, lead.person[1]) < 0:
        return lead
    at = text.find(first + " ", lead.person[1])
    while at >= 0:
        found = person_at(text, at)
        if found is not None:
            parts = text[slice(*found)].split(" ")
            if 2 < len(parts) < 7 and last in parts[2:] and not text[at - 1].isalnum():
                end = at + text[slice(*found)].index(" " + last) + 1 + len(last)
                return lead._replace(person=(at, end))
        at = text.find(first + " ", at + 1)
    return lead


def _raised(text: str, lead: Lead, verb: Verb) -> Lead:
    """The lead as a promotion, where the text shows that the person was at the company before."""
    if lead.kind is not MoveKind.HIRE or lead.company is None:
        return lead
    company = text[slice(*lead.company)]
    if (
        was_there_till_now(text, lead.company[1])
        or rises_from_within(text[slice(*lead.sentence)], company)
        or is_still_inside(text[lead.person[1] :], company)
    ):
        return lead._replace(kind=MoveKind.PROMOTION)
    if not verb.words.endswith(RISING):
        return lead
    strong = verb.words.endswith(STRONG)
    if lead.inside or was_inside(text[lead.sentence[1] :], company, strong=strong):
        return lead._replace(kind=MoveKind.PROMOTION)
    return lead


def _read(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    if verb.voice is Voice.PERSON:
        return _person_first(text, sentence, verb, known)
    return _company_first(text, sentence, verb, known)


def _date(text: str, sentence: Span, verb: Verb) -> FoundDate | None:
    clause = _CLAUSE_END.search(text, verb.end, sentence[1])
    begin = sentence[0] if _opens_otherwise(text, sentence[0]) else verb.start
    found = date_in(text, begin, clause.start() if clause else sentence[1])
    if found is None and clause is not None:
        started = _STARTED.match(text, clause.start())
        if started is not None:
            following = _CLAUSE_END.search(text, started.end(), sentence[1])
            found = date_in(text, started.end(), following.start() if following else sentence[1])
    return found


def _person_first(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    start = sentence[0]
    before = verb.start
    while before > start and text[before - 1] in " ,":
        before -= 1
    people = people_at(text, start, before, known) if before > start else []
    if not people or _begins_small(text, start, people[0]):
        people = people_at(text, *_trimmed(text, verb.gap), known) or people
    position = verb.end
    if not people and verb.gap[0] == verb.end and text.startswith(" ", position):
        people = people_at(text, position + 1, min(sentence[1], position + 120), known)
        if people and before > start and not _opens_otherwise(text, start):
            return []
        position = people[-1].end if people else position
    if not people or (" " not in verb.words and verb.words in BARE and people[-1].end < before):
        return []
    if verb.words.endswith("gået") and not text.startswith((" til ", " over til ", " fra "), position):
        return []
    if verb.words.endswith(("afløser", "afløst", "afløste", "efterfølger")):
        as_ = text.find(" som ", position, min(sentence[1], position + 80))
        position = as_ if as_ >= 0 else position
    if text.startswith((" til ", " op til ", " over til "), position) and verb.kind is not MoveKind.DEPARTURE:
        position = text.index("til ", position) + 4
        job = job_phrase(text[: sentence[1]], position)
        if job.role is None or _is_employer_word(text, position, verb):
            job = _joined(text[: sentence[1]], position, job)
    elif verb.words.endswith(" til") and verb.kind is not MoveKind.DEPARTURE:
        left = text.find(" fra ", position, sentence[1])
        told = text[: left if left > 0 else sentence[1]]
        job = _joined(told, position + 1, job_phrase(text[: sentence[1]], position))
    elif verb.words.endswith((" ny", " nyudnævnt", " blevet", "bliver", " partner")):
        job = job_phrase(text[: sentence[1]], position + 1 if not verb.words.endswith("partner") else verb.end - 7)
    else:
        job = job_phrase(text[: sentence[1]], position)
    if verb.words.endswith(_CHANGES) and text.startswith(" fra ", verb.end):
        to = _TO.search(text, verb.end, sentence[1])
        job = _joined(text[: sentence[1]], to.end(), job) if to else job
    if job.company is None and text.startswith(_PLACE_FIRST, start):
        job = _with_opening(text, start, verb.start, job)
    kind = _refined(text, verb, job, sentence)
    if kind is MoveKind.FOUNDING:
        together = _TOGETHER.search(text, *sentence)
        partner = people_at(text, together.end(), sentence[1], known) if together else []
        people = people + partner[:1]
    return [
        lead
        for someone in people
        if (lead := _lead(text, sentence, verb, kind, someone, job)) is not None
    ]  # fmt: skip


_PLACE_FIRST = ("På ", "I ", "Hos ", "Ved ")


def _with_opening(text: str, start: int, end: int, job: JobPhrase) -> JobPhrase:
    """The job with the company and the town that open the sentence: "På Granits kontor i Aarhus er …"."""
    opening = job_phrase(text[:start] + text[start].lower() + text[start + 1 : end], start)
    return JobPhrase(
        job.role, opening.company, job.unit or opening.unit, job.location or opening.location, job.end
    )  # fmt: skip


_CHANGES = ("skifter", "skiftet", "flytter", "flyttet", "rykker", "rykket", "gået")
_TO = re.compile(r" til (?=[A-ZÆØÅ0-9])")


def _trimmed(text: str, gap: Span) -> Span:
    start, end = gap
    while end > start and text[end - 1] in " ,":
        end -= 1
    return start, end


def _opens_otherwise(text: str, start: int) -> bool:
    """Whether the sentence begins with a time or a circumstance, so that its subject stands after the verb."""
    return text.startswith(OPENINGS, start) or _DAY_FIRST.match(text, start) is not None


_DAY_FIRST = re.compile(r"\d{1,2}\. [a-zæøå]")
BARE = frozenset("ansat udnævnt forfremmet tiltrådt startet udpeget".split())
"""Participles whose "er" was forgotten: they count only right after the name."""

OPENINGS = ("Efter ", "Den ", "Fra ", "Pr. ", "Med ", "I ", "D. ", "Per ", "Til ", "Som ", "På ", "Ved ")


def _begins_small(text: str, start: int, someone: Someone) -> bool:
    return someone.name[0] > start and _opens_otherwise(text, start)


def _is_employer_word(text: str, position: int, verb: Verb) -> bool:
    """Whether a company and no title follows "til": "er vendt tilbage til Granit"."""
    if verb.words.endswith(("tilbage", "skiftet", "skifter", "kommet", "rykket", "flyttet", "flytter", "gået")):
        company = read_company(text, position)
        return company is not None
    return False


def _joined(text: str, position: int, job: JobPhrase) -> JobPhrase:
    company = read_company(text, position)
    if company is None:
        return job
    rest = job_phrase(text, company.span[1] if not company.owner else company.end, employer=text[slice(*company.span)])
    return JobPhrase(rest.role, company.span, rest.unit, rest.location, rest.end)


def _company_first(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    start, end = sentence
    subject = _subject_company(text, start, verb.start)
    if _opens_otherwise(text, start) and verb.gap[1] > verb.gap[0]:
        subject = _subject_company(text, *_trimmed(text, verb.gap)) or subject
    if subject is None:
        return []
    company, location = subject
    position = verb.end
    if not text.startswith(" ", position):
        return []
    people = people_at(text, position + 1, min(end, position + 260), known)
    if not people:
        return []
    name = text[company[0] : company[1]]
    below = _BELOW.search(text, people[-1].end, end)
    found = read_company(text, below.end()) if below else None
    company = found.span if found else company
    leads = []
    for index, someone in enumerate(people):
        own = index + 1 < len(people) and someone.job is not None
        tail = someone.end
        last = people[-1]
        job = job_phrase(text[:end], tail if own else _after_people(text, last), employer=name)
        kind = _refined(text, verb, job, sentence)
        job, company = _other_house(text, job, company)
        told = someone.job
        lead = _lead(text, sentence, verb, kind, someone._replace(job=None), job, company=company)
        if lead is None:
            continue
        if told is not None and told.role is not None:
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
            lead = lead._replace(company=None)
        leads.append(lead._replace(location=lead.location or location))
    return leads


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


def _after_people(text: str, someone: Someone) -> int:
    position = someone.end
    for skipped in (" velkommen", " tilbage", ","):
        if text.startswith(skipped, position):
            position += len(skipped)
    if text.startswith(" til, som ", position):
        return position + 10
    if text.startswith(" til ", position):
        position += 5
    return position


def _subject_company(text: str, start: int, end: int) -> tuple[Span, Span | None] | None:
    """The company before an active verb, and the town told with it."""
    stop = end
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    if stop <= start:
        return None
    head = text[:stop]
    company = read_company(head, start)
    if company is None:
        words = head[start:stop].split(" ")
        return ((start, stop), None) if len(words) <= 4 else None
    if company.owner:
        return company.span, None
    rest = company.end
    if head.startswith(", ", rest):
        whole = read_company(head, rest + 2)
        if whole is not None and PUBLIC_BODY.search(head[slice(*whole.span)]):
            return whole.span, None
    if head.startswith((" i ", " på "), rest):
        place = places_at(head, rest + 3, guess=True)
        if place is not None:
            return company.span, place
    if head.startswith((" og ", " & "), rest) and stop - rest < 40 and "," not in head[rest:stop]:
        return (company.span[0], stop), None
    return company.span, None


def _refined(text: str, verb: Verb, job: JobPhrase, sentence: Span) -> MoveKind:
    """The kind that the verb tells, seen together with what follows it."""
    if verb.kind in {MoveKind.HIRE, MoveKind.BOARD}:
        role = text[slice(*job.role)] if job.role else ""
        if role:
            return MoveKind.BOARD if BOARD_WORD.search(role.lower()) else MoveKind.HIRE
        clause = _CLAUSE_END.search(text, verb.end, sentence[1])
        after = text[verb.end : clause.start() if clause else sentence[1]]
        return MoveKind.BOARD if BOARD_WORD.search(after.lower()) else MoveKind.HIRE
    if verb.kind in {MoveKind.BIRTHDAY, MoveKind.ANNIVERSARY}:
        return birthday_or_anniversary(text[verb.start : sentence[1]], verb.words)
    return verb.kind


def _lead(  # noqa: PLR0917 - the five things a lead is made of, and the text
    text: str,
    sentence: Span,
    verb: Verb,
    kind: MoveKind,
    someone: Someone,
    job: JobPhrase,
    *,
    company: Span | None = None,
) -> Lead | None:
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
            lead = lead._replace(role=None, unit=None)
        elif verb.words.endswith(DIRECT):
            lead = direct(text, lead, verb.end)
        if kind is MoveKind.BIRTHDAY and lead.age is None:
            turned = _TURNS.search(text, verb.start, sentence[1])
            lead = lead._replace(age=turned.span(1) if turned else None)
        return present_job(text, lead, someone.end)
    if kind is MoveKind.OTHER:
        lead = lead._replace(date=None)
        with_ = _TOGETHER_WITH.search(text, verb.end, sentence[1])
        found = read_company(text, with_.end()) if with_ and lead.company is None else None
        return lead._replace(company=found.span, role=None) if found else lead
    if kind is MoveKind.BOARD:
        return board(text, lead, verb.end, sentence[1])
    if verb.words.endswith(DIRECT):
        lead = direct(text, lead, verb.end)
    if kind is MoveKind.FOUNDING:
        found = read_company(text, verb.end + 1)
        return lead._replace(company=found.span if found else lead.company, role=None)
    if told is not None and told.company is None and kind is MoveKind.HIRE:
        lead = lead._replace(inside=verb.words.endswith(("nævnt", "peget")))
    if lead.company is None and told is not None and kind in {MoveKind.HIRE, MoveKind.PROMOTION}:
        former = _FORMER.search(text, sentence[0], verb.start) is not None
        present = told.company is not None and told.role is not None and not former
        lead = lead._replace(company=told.company, kind=MoveKind.PROMOTION if present else kind)
    return lead


_FORMER = re.compile(r"[Tt]idligere|forhenværende|hidtil|\bfhv\b|\beks-")


def _without_name(text: str, job: JobPhrase, someone: Someone) -> JobPhrase:
    """The job without the name that a comma ties to its role: "som konsulent, Ann Holm skal"."""
    if job.role is None:
        return job
    at = text.find(", " + text[slice(*someone.name)], *job.role)
    return job._replace(role=(job.role[0], at)) if at > job.role[0] else job
