"""Leads whose company stands elsewhere than after "hos": boards, prizes, birthdays, verbs that take it themselves."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.lead import Lead, moved
from scraper.parsers.phrases import job_phrase
from scraper.records import MoveKind, Span

DIRECT = ("tilknyttet", "tilknyttes", "forlader", "forladt", "tilslutter sig", "tilsluttet sig")
"""Ends of the verbs whose object is the company: "er tilknyttet Granit"."""

BOARD_WORD = re.compile(
    r"\b(?:advisory board|(?:koncern|hoved|selskabs|fonds)?bestyrelse[a-zæøå]*|repræsentantskab[a-z]*|"
    r"formand|næstformand|bestyrelsesformand|fagråd|ekspertkomite|råd|udvalg(?:et)?)\b"
)
"""Words that tell of a seat on a board or in a council."""

_BOARD_NOUN = (
    r"(?<![a-zæøå-])[a-zæøå-]{0,16}?(?:bestyrelsen?|repræsentantskab(?:et)?|advisory board|komit[eé](?:en)?|"
    r"udvalg(?:et)?|råd(?:et)?|præsidi(?:um|et)|formandskab(?:et)?)"
)
_BOARD_OF = re.compile(rf"\b{_BOARD_NOUN} (?:for|hos|i|af|ved) (?=\S)", re.IGNORECASE)
_OWNED_BOARD = re.compile(
    rf"(?<![\w-])(?:[a-zæøå-]{{1,24}} ){{0,2}}?(?P<noun>{_BOARD_NOUN})(?P<rest> for [a-zæøå ]{{3,60}})?(?=[ ,.]|$)",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(
    rf"(?<![\w.-])(?:(?:nyt )?medlem af )?(?:[a-zæøåA-ZÆØÅ.'’-]{{1,40}} )?{_BOARD_NOUN}(?:$| for| i| hos)",
    re.IGNORECASE,
)
_GENITIVE_START = re.compile(r"(?<!\w)(?=[A-ZÆØÅ0-9]|e-[a-zæøå]|[a-zæøå]{1,9}[A-ZÆØÅ])")
_DAILY = re.compile(
    r"\b(?:til daglig (?:er|arbejder som|arbejder)|(?:sit|sin|hans|hendes) (?:arbejde|indsats|"
    r"virke) som|arbejder (?:i dag |nu )?som|er i dag|"
    r"(?:direktionen|ledelsen|bestyrelsen) (?=i |hos )|kom til(?= [A-Z])|ansættelse(?= i |"
    r" hos )|blev (?:ansat|udnævnt til)|begyndte(?= i | hos | som ))"
)
_FROM = re.compile(r" (?:fra|ved|på|i|hos) ")


def board(text: str, lead: Lead, start: int, end: int) -> Lead:
    """The lead with the board's organisation, and without a role where only the board is named."""
    if lead.role is not None and (
        _NO_ROLE.match(text, *lead.role)
        or text[slice(*lead.role)].lower().startswith(("medlem", "plads", "sæde", "en plads", "et sæde"))
    ):
        lead = lead._replace(role=None, company=None if text[slice(*lead.role)].find(" for ") >= 0 else lead.company)
    lead = lead._replace(unit=None)
    of = _BOARD_OF.search(text, start, end)
    if of is not None:
        company = read_company(text, of.end())
        if company is not None:
            return lead._replace(company=company.span)
    if lead.company is not None:
        return lead
    for word in _GENITIVE_START.finditer(text, start, end):
        company = read_company(text, word.start())
        if company is None or not company.owner:
            continue
        noun = _OWNED_BOARD.match(text, company.end + 1)
        if noun is not None:
            unit = (noun.start("noun"), noun.end()) if noun.group("rest") else None
            return lead._replace(
                company=company.span,
                unit=unit,
                role=lead.role if lead.role and lead.role[1] <= word.start() else None,
            )
    return lead


def founders_role(text: str, lead: Lead) -> Span | None:
    """What a founder is in the new house, where a later clause says so: "Ann, der er direktør, …"; or None."""
    name = text[slice(*lead.person)]
    for words in (name, name.split(" ", 1)[0]):
        at = text.find(f"{words}, ", lead.person[1])
        told = _IS_NOW.match(text, at + len(words)) if at >= 0 else None
        if told is not None:
            return job_phrase(text, told.end()).role
    return None


_IS_NOW = re.compile(r", (?:som|der) (?:er|bliver|har titel af) (?=(?:ny )?[a-zæøåA-Z-]*)(?!uddannet|oprindelig)")


def direct(text: str, lead: Lead, position: int) -> Lead:
    """The lead with the company that follows the verb itself."""
    company = read_company(text, position + 1)
    if company is None:
        return lead
    read = job_phrase("hos " + text[position + 1 : lead.sentence[1]], 0)
    shift = position + 1 - 4
    return lead._replace(
        company=moved(read.company, shift),
        role=moved(read.role, shift),
        unit=moved(read.unit, shift),
        location=moved(read.location, shift),
    )


def _daily_role(text: str, lead: Lead) -> Lead:
    """The lead with the role that a later sentence tells: "arbejder i dag som it-chef"."""
    if lead.kind not in {MoveKind.BIRTHDAY, MoveKind.ANNIVERSARY}:
        return lead
    for match in _NOW.finditer(text, lead.sentence[1]):
        job = job_phrase(text, match.end(), employer=text[slice(*lead.company)] if lead.company else None)
        if job.role is not None:
            return lead._replace(role=job.role, unit=lead.unit or job.unit)
    return lead


_NOW = re.compile(r"\b(?:arbejder i dag som|er i dag|arbejder nu som|til daglig er|siden (?:19|20)\d\d (?:været|som)) ")


_WHO_IS = re.compile(r",? (?:der|som) (?:er|arbejder som|til daglig er) (?=[a-zæøåA-Z])")
_HOS = re.compile(r" (?=hos [A-ZÆØÅ0-9])")
_AFTER_YEARS_AS = re.compile(r"\b[Ee]fter [^,.]{2,40}?(?:år|årrække|periode|tid) som (?=\S)")
_JUBILEE_AS = re.compile(r"jubilæum (?=(?:som|i|hos|ved|på) )")
"""Where the job is told of those who part or have a day to celebrate."""


def present_job(text: str, lead: Lead, position: int) -> Lead:
    """The lead with the job that the person holds, told elsewhere; for prizes, birthdays and the like."""
    if lead.company is not None and lead.role is not None:
        return lead
    if lead.company is not None:
        return _daily_role(text, lead)
    own = _AFTER_YEARS_AS.search(text, lead.sentence[0], lead.person[0])
    own = own or (_JUBILEE_AS.search(text, position, lead.sentence[1]) if lead.kind is MoveKind.ANNIVERSARY else None)
    if own is not None and (told := _told_job(text, lead, own.end())) is not None:
        return told
    from_ = _FROM.match(text, position)
    if from_ is not None and position <= lead.sentence[1]:
        job = job_phrase("hos " + text[from_.end() : lead.sentence[1]], 0)
        shift = from_.end() - 4
        if job.company is not None:
            return lead._replace(
                company=moved(job.company, shift),
                unit=lead.unit or moved(job.unit, shift),
                location=lead.location or moved(job.location, shift),
            )
    for match in _DAILY.finditer(text, lead.person[1]):
        at = match.end()
        while text.startswith(" ", at):
            at += 1
        if match.group().startswith("kom til"):
            found = read_company(text, at)
            if found is not None:
                return lead._replace(company=found.span)
            continue
        job = job_phrase(text, at)
        if job.company is not None:
            role = lead.role or (job.role if lead.kind is MoveKind.AWARD else None)
            return lead._replace(company=job.company, role=role, location=lead.location or job.location)
    is_ = _WHO_IS.match(text, lead.person[1]) or (
        _HOS.search(text, position, lead.sentence[1]) if lead.kind is MoveKind.CERTIFICATION else None
    )
    return (_told_job(text, lead, is_.end()) if is_ is not None else None) or lead


def _told_job(text: str, lead: Lead, position: int) -> Lead | None:
    """The lead with the job told at `position`; None where no house stands there."""
    job = job_phrase(text[: lead.sentence[1]], position)
    if job.company is None:
        return None
    return lead._replace(
        company=job.company,
        role=lead.role or job.role,
        unit=lead.unit or job.unit,
        location=lead.location or job.location,
    )
