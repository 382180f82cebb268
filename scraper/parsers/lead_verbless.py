"""Leads without an announcing verb: "Ny it-chef hos Granit er Ann Holm", "Ann Holm som it-chef hos Granit"."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.names import NAME_WORD, person_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.lead import Lead
from scraper.parsers.lead_special import BOARD_WORD, present_job
from scraper.parsers.phrases import job_phrase
from scraper.parsers.subjects import RecurringNames, people_at
from scraper.records import MoveKind, Span

_HEADLESS = re.compile(r" (?=som |ny |hos )")
NEW = ("Ny ", "Nyt ", "Som ny ", "Den nye ", "Vores nye ")
_IS = re.compile(r",? (?:er|bliver|hedder) |: ")


_COLON = re.compile(r": (?=Ny )")


_GETS_NEW = re.compile(
    r"\b(?:har(?= (?:en )?ny )|har (?:[^,;]{1,30} )?(?:fået|ansat|hyret|fundet|udnævnt)|"
    r"får|ansætter|udnævner) (?:en |sin )?nye? "
)
_IT_IS = re.compile(r"(?:Det er|Det bliver|H[au]n hedder|Den nye [a-zæøå -]{3,40} (?:er|hedder)) ")


def named_before(text: str, first: Span) -> tuple[Span, Span] | None:
    """The firm and the role of "Granit får ny it-chef.", which the next sentence goes on with; None for all others."""
    gets = _GETS_NEW.search(text, *first) if " ny" in text[first[0] : first[1]] else None
    company = read_company(text[: gets.start()], first[0]) if gets else None
    job = job_phrase(text[: first[1]], gets.end(), employer=text[slice(*company.span)]) if gets and company else None
    return (company.span, job.role) if company and job and job.role and job.end >= first[1] - 1 else None


def house_and_new_role(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Granits nye it-chef hedder Ann Holm": the house owns the role that begins the sentence."""
    company = read_company(text, sentence[0]) if _OWNED_NEW.search(text, sentence[0], sentence[0] + 70) else None
    if company is None or not company.owner or not text.startswith(" nye ", company.end):
        return []
    return new_role(text, (company.end + 1, sentence[1]), known, company.span)


_OWNED_NEW = re.compile(r"(?:s|'|’) nye [a-zæøåA-Z]")


def as_new_anywhere(text: str, sentence: Span) -> list[Lead]:
    """Read "Valget er faldet på Ann Holm som ny it-chef hos Granit": whatever the verb, the name stands before it."""
    at = text.find(" som ny ", *sentence)
    job = job_phrase(text[: sentence[1]], at + 1) if at >= 0 else None
    if (
        job is None
        or job.role is None
        or job.company is None
        or not is_title(text[slice(*job.role)].split(" for ", maxsplit=1)[0].rsplit(" ", 1)[-1])
    ):
        return []
    kind = MoveKind.BOARD if BOARD_WORD.search(text[slice(*job.role)].lower()) else MoveKind.HIRE
    for word in NAME_WORD.finditer(text, sentence[0], at):
        person = person_at(text, word.start()) if word.group().split("-")[0] in FIRST_NAMES else None
        if person is not None and person[1] == at and " " in text[slice(*person)]:
            return [Lead(kind, person, "prose.as-new", sentence, None, job.company, job.role, job.unit, job.location)]
    return []


def it_is(text: str, sentence: Span, known: RecurringNames, told: tuple[Span, Span]) -> list[Lead]:
    """Read "Det er Ann Holm, 44 år.", where the firm and the role were `told` before."""
    opening = _IT_IS.match(text, *sentence)
    people = people_at(text, opening.end(), sentence[1], known) if opening else []
    return [
        Lead(MoveKind.HIRE, one.name, "prose.it-is", sentence, age=one.age, company=told[0], role=told[1])
        for one in people
    ]


def news_of_firm(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Granit har ændret ledelsen: Ny it-chef er Ann Holm": the firm before the colon, the role behind it."""
    start, end = sentence
    colon = _COLON.search(text, start, end) if text.find(": Ny ", start, end) >= 0 else None
    company = read_company(text, start) if colon else None
    if colon is None or company is None:
        return []
    return new_role(text, (colon.end(), end), known, company.span)


def new_role(text: str, sentence: Span, known: RecurringNames, company: Span | None = None) -> list[Lead]:
    """Read "Ny it-chef hos Granit er Ann Holm": a lead that begins with the role; `company`, if told before."""
    start, end = sentence
    begin = next(start + len(words) for words in (*NEW, "nye ") if text.startswith(words, start))
    is_ = None
    if company is not None and (told := _IS.search(text, begin, end)) is not None:
        job, is_ = job_phrase(text[: told.start()], begin, employer=text[slice(*company)]), told
    else:
        job = job_phrase(text[:end], begin)
        is_ = _IS.match(text, job.end)
    company = company or job.company
    if job.role is None or company is None or is_ is None:
        return []
    return [
        Lead(
            kind=MoveKind.BOARD if BOARD_WORD.search(text[slice(*job.role)].lower()) else MoveKind.HIRE,
            person=one.name,
            rule="prose.new-role",
            sentence=sentence,
            age=one.age,
            company=company,
            role=job.role,
            unit=job.unit,
            location=job.location,
        )
        for one in people_at(text, is_.end(), end, known)
    ]


OBITUARY = ("Mindeord", "Nekrolog", "Dødsfald")
"""How an obituary is headed."""
_COLLEAGUES = re.compile(r" kolleger(?:ne)? (?:i|hos|på) ")


def obituary(text: str, start: int) -> list[Lead]:
    """Read "Mindeord: Ann Holm …": the one who has died, and the house whose colleagues write."""
    for word in NAME_WORD.finditer(text, start):
        person = person_at(text, word.start()) if word.group() in FIRST_NAMES else None
        if person is None or " " not in text[slice(*person)]:
            continue
        bare = text[person[0] : person[1] - 1]
        owner = text.endswith("s", *person) and text.find(bare, person[1]) > 0
        person = (person[0], person[1] - owner)
        by = _COLLEAGUES.match(text, person[1] + owner)
        company = read_company(text, by.end()) if by else None
        return [
            Lead(
                MoveKind.DEATH, person, "prose.obituary", (start, person[1]), company=company.span if company else None
            )
        ]
    return []


YEARS_BEST = "Årets "


def years_best(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Årets it-chef er Ann Holm fra Granit": a prize that opens the sentence."""
    is_ = _IS.search(text, *sentence)
    people = people_at(text, is_.end(), sentence[1], known) if is_ else []
    return [
        present_job(text, Lead(MoveKind.AWARD, one.name, "prose.years-best", sentence, age=one.age), one.end)
        for one in people
    ]


def headless(text: str, sentence: Span, known: RecurringNames) -> list[Lead]:
    """Read "Ann Holm som it-chef hos Granit": a lead whose verb was forgotten."""
    start, end = sentence
    people = people_at(text, start, end, known)
    if not people or people[0].name[0] != start:
        return []
    someone = people[-1]
    if not _HEADLESS.match(text, someone.end):
        return []
    job = job_phrase(text[:end], someone.end)
    if job.role is None or job.company is None:
        return []
    return [
        Lead(
            kind=MoveKind.HIRE,
            person=one.name,
            rule="prose.headless",
            sentence=sentence,
            age=one.age,
            company=job.company,
            role=job.role,
            unit=job.unit,
            location=job.location,
        )
        for one in people
    ]
