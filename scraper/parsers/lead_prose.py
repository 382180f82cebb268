"""The announcements that editors write: the verb of the first sentence tells what happened and to whom.

The verb is looked for first; its voice says whether a person or a company stands before it, and the phrase after it is
read as a job. What the lead leaves open, `lead_supplement` looks for in the next sentence.
"""

from __future__ import annotations

import re
from itertools import islice

from scraper.parsers.danish.kinds import Verb, Voice, verbs_in
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.text import sentences
from scraper.parsers.lead import Lead
from scraper.parsers.lead_company import company_first
from scraper.parsers.lead_job import titled
from scraper.parsers.lead_kind import raised
from scraper.parsers.lead_onward import onward
from scraper.parsers.lead_openings import as_new, cleft, is_post, opened, opening_of, post_first
from scraper.parsers.lead_others import others
from scraper.parsers.lead_person import person_first
from scraper.parsers.lead_several import further, shared_out
from scraper.parsers.lead_supplement import supplement
from scraper.parsers.lead_verbless import (
    NEW,
    OBITUARY,
    YEARS_BEST,
    as_new_anywhere,
    headless,
    house_and_new_role,
    it_is,
    named_before,
    new_role,
    news_of_firm,
    obituary,
    years_best,
)
from scraper.parsers.subjects import RecurringNames
from scraper.records import MoveKind, Span

_RELATIVE_BEFORE = re.compile(r"(?:\bder|\bsom|\bhvis [^ ]+|\bhvor (?:han|hun)|\bdr) (?:i [^,]{1,20} )?$")
_RELATIVES = ("der ", "som ", "hvis ", "hvor ", "dr ")

MAX_VERBS = 16
"""How many announcing verbs of a sentence are tried."""


def read_prose(text: str) -> list[Lead] | str:
    """The moves of an announcement as editors write it; a sentence that says why when it cannot be read whole."""
    spans = sentences(text)
    if not spans:
        return "no sentence stands in it"
    for start, end in spans[:2]:
        known = RecurringNames(text, end - 1)
        if text.startswith(OBITUARY, start):
            leads = obituary(text, start)
        elif text.startswith(YEARS_BEST, start):
            leads = years_best(text, (start, end), known)
        elif text.startswith(NEW, start):
            leads = new_role(text, (start, end), known)
            if not leads and text.startswith("Som ny ", start):
                leads = as_new(text, (start, end), known)
        elif is_post(text, start):
            leads = post_first(text, (start, end), known)
        else:
            leads = news_of_firm(text, (start, end), known) or house_and_new_role(text, (start, end), known)
        told = named_before(text, spans[0]) if start > spans[0][0] else None
        if told is not None:
            leads = leads or it_is(text, (start, end), known, told)
        if leads:
            news = Verb(start, start, MoveKind.HIRE, Voice.PERSON, "er ny", (start, start))
            return [raised(text, supplement(text, lead, spans), news) for lead in leads]
        begin = cleft(text, start)
        for verb in islice(verbs_in(text, begin, end), MAX_VERBS):
            before = text[max(start, verb.start - 45) : verb.start]
            if begin == start and any(map(before.__contains__, _RELATIVES)) and _RELATIVE_BEFORE.search(before):
                continue
            leads = _read(text, (begin, end), verb, known)
            if told is not None:
                leads = [x._replace(company=x.company or told[0], role=x.role or told[1]) for x in leads]
            if leads:
                opening = opening_of(text, (start, end), verb.start)
                leads = [opened(lead, opening) for lead in onward(text, (start, end), verb, known, leads)]
                leads = [
                    raised(text, supplement(text, _full_name(text, lead), spans), verb)
                    for lead in shared_out(text, _once(text, leads))
                ]
                if verb.loose:
                    leads = [
                        x
                        for x in leads
                        if x.company and (x.kind is MoveKind.BOARD or (x.role and titled(text, x.role)))
                    ]
            if leads:
                leads += others(text, leads[0]) if len(leads) == 1 else []
                return leads + (further(text, leads[0], spans, known) if len(leads) == 1 else [])
        leads = headless(text, (start, end), known) or as_new_anywhere(text, (start, end))
        if leads:
            return [supplement(text, lead, spans) for lead in leads]
    return "no sentence says who moves where in words that a rule knows"


def _once(text: str, leads: list[Lead]) -> list[Lead]:
    """The leads without those that tell of one person again."""
    if len(leads) == 1:
        return leads
    return list({text[slice(*lead.person)]: lead for lead in reversed(leads)}.values())[::-1]


def _full_name(text: str, lead: Lead) -> Lead:
    """The lead with the longest form of the name that the text gives."""
    words = text[slice(*lead.person)].split(" ")
    if len(words) != 2:
        return lead
    first, last = words
    begin = lead.person[1]
    if text.count(f" {last}", begin) <= text.count(f"{first} {last}", begin):
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


def _read(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    if verb.voice is Voice.PERSON:
        return person_first(text, sentence, verb, known)
    return company_first(text, sentence, verb, known)
