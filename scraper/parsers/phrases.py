"""A job in running Danish: "som ROLE i UNIT hos COMPANY i TOWN", its parts in any order.

The sentence that announces a move and the sentence that tells where the person comes from are built alike after their
verb, so both are read here.
"""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.places import places_at
from scraper.parsers.danish.units import has_unit_word
from scraper.parsers.job_reader import JobReader
from scraper.parsers.job_slots import JobPhrase

_PARTS = re.compile(r"[ -]")
_OF = re.compile(
    r" for | (?<=jer )af | (?<=jeren )af | (?<=tifter )af | (?<=tifteren )af | (?<=rundlægger )af | (?<=head )of "
)


def job_phrase(text: str, start: int, *, employer: str | None = None) -> JobPhrase:
    """Read the job that the phrase at `start` tells of: "som ROLE hos COMPANY", "hos COMPANY som ROLE", "ROLE i UNIT".

    `employer` is the company where it is known already; a "for X" or "i X" after it is then no company. All spans are
    ranges of `text`, which must be cleaned; what the phrase does not say is None.
    """
    read = JobReader(text, employer).walk(start)
    return trim_employer(text, read, employer)


def trim_employer(text: str, read: JobPhrase, employer: str | None) -> JobPhrase:
    """Take the employer out of "direktør for EMPLOYER": the role is the title alone."""
    if read.role is None:
        return read
    begin, end = read.role
    role = text[begin:end]
    joiner = _OF.search(role)
    if joiner is None:
        return _without_owner(text, read, employer)
    cut, after = joiner.start(), begin + joiner.end()
    if joiner.group() == " of " and (employer or read.company):
        return read
    known = employer or (text[read.company[0] : read.company[1]] if read.company else None)
    if known:
        if not _names(text[after:end], known) or joiner.group() == " af ":
            return read
        return JobPhrase((begin, begin + cut), read.company, read.unit, read.location, read.end)
    company = read_company(text, after, strong=False)
    place = places_at(text, after) if company is not None else None
    if (
        company is None
        or (place is not None and company.span[1] <= place[1])
        or (joiner.group() == " of " and (company.end != end or _is_field(text[after:end])))
    ):
        return read
    tail = JobReader(text, text[company.span[0] : company.span[1]])
    tail.unit, tail.location = read.unit, read.location
    tail.company = company.span
    stop = tail.owned(company)
    return JobPhrase((begin, begin + cut), company.span, tail.unit, tail.location, max(read.end, stop))


def _without_owner(text: str, read: JobPhrase, employer: str | None) -> JobPhrase:
    """Take the office of the employer out of "leder af EMPLOYERS afdeling": the role is the title alone."""
    assert read.role is not None
    begin, end = read.role
    of = text.find(" af ", begin, end)
    owner = read_company(text, of + 4, strong=False) if of > 0 and text[of + 4 : of + 5].isupper() else None
    if owner is None or not owner.owner or employer:
        return read
    tail = JobReader(text, text[slice(*owner.span)])
    tail.unit, tail.location = read.unit, read.location
    stop = tail.owned(owner)
    return JobPhrase((begin, of), owner.span, tail.unit, tail.location, max(read.end, stop))


def _names(words: str, company: str) -> bool:
    """Whether words name a company, perhaps in the genitive, and no longer word that begins as it does."""
    low, name = words.lower(), company.lower()
    parts = _PARTS.split(company)
    if len(parts) > 1 and words.startswith("".join(part[:1] for part in parts) + "'s "):
        return True
    at = low.find(name)
    return at >= 0 and (low[at + len(name) :].startswith("s") or not low[at + len(name) :][:1].isalnum())


def _is_field(name: str) -> bool:
    """Whether what a head is "of" is a field or an area and no company: "head of Sales", "head of Nordics"."""
    return has_unit_word(name) or places_at(name, 0) is not None or " " not in name


__all__ = ["JobPhrase", "job_phrase", "trim_employer"]
