"""What the sentences after the lead add to it: the unit, the town, the role or the company that it left open."""

from __future__ import annotations

import re
from itertools import islice

from scraper.parsers.danish import units
from scraper.parsers.danish.alternatives import at_word
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import date_in
from scraper.parsers.danish.places import REGIONS, place_at, places_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.lead import MAX_TRIES, TO_A_POST, Lead
from scraper.parsers.lead_units import is_past, with_unit
from scraper.parsers.phrases import job_phrase
from scraper.records import MoveKind, Span

_AS = re.compile(r"\b(?:hvor (?:han|hun) som|skal som|fungerer som|arbejder som|som|med titel af|med titlen) ")
_OF_THE_PAST = re.compile(
    r"\befter [^,.;]{2,38}(?:år|periode|årrække|måneder|tid) ?$"
    r"|\bfra (?:(?:en|et|sin|sit) )?(?:[a-zæøå]{2,15} )?[a-zæøå]{0,15}"
    r"(?:stilling(?:en)?|job(?:bet)?|post(?:en)?|rolle(?:n)?) ?$"
)
"""Words before "som" that make the title behind it one of the past."""
_BECOMES = re.compile(
    r"\b(?:bliver|er(?: nu)?(?: blevet)?(?= nye? )|er(?: nu)? blevet(?! uddannet| færdig)|"
    r"hvor (?:han|hun) (?:er|skal være)(?! blevet| ansvarlig| ansat| uddannet| ny)|"
    r"varetage funktionen som|fungere som|arbejde som) "
)
_OFFICE_NOUNS = "kontoret|hovedkontoret|kontor|hovedkontor|hjemmekontor|afdelingen|afdeling|hovedsæde|domicil"
_OFFICE_WORDS = rf" (?:[a-zæøåA-ZÆØÅ’'-]+ ){{0,5}}(?:[a-zæøåA-ZÆØÅ]{{2,20}}-)?(?:{_OFFICE_NOUNS}) i"
_FROM_OFFICE = re.compile(
    at_word(
        *(preposition + _OFFICE_WORDS for preposition in ("på", "fra", "til", "ved", "i", "tilknyttet", "tilknyttes")),
        "gang i(?! [a-zæøå])",
        "med base i(?! [a-zæøå])",
        "base i(?! [a-zæøå])",
        "arbejdssted i",
        "udgangspunkt i",
        "at finde i",
        "arbejde fra",
        "i teamet i",
    )
    + " "
)


_OTHER_SUBJECTS = ("En ", "Et ", "Den ", "Det ", "De ")
"""How a sentence begins that tells of something else than the person: "En del af teamet sidder i …"."""


def supplement(text: str, lead: Lead, spans: list[Span]) -> Lead:
    """The lead with what it left open, where the next words say it."""
    if lead.kind not in TO_A_POST:
        return lead
    until = lead.sentence[1]
    following = [span for span in spans if span[0] >= until][:1]
    if lead.company is None and lead.role is None:
        lead = _role(text, lead, until)
    if lead.company is None:
        lead = _company(text, lead)
    if lead.role is None:
        lead = _role(text, lead, until)
    if lead.role is None and following:
        lead = _role_next(text, lead, following[0])
    if lead.location is None or text.find(" og ", *lead.location) >= 0:
        about = following and not text.startswith(_OTHER_SUBJECTS, following[0][0])
        lead = _location(text, lead, following[0][1] if about else until)
    if lead.location is None and lead.role is not None:
        lead = _region_of_role(text, lead)
    return with_unit(text, lead, until, following[0][1] if following else len(text))


def _role(text: str, lead: Lead, until: int) -> Lead:
    for pattern in (_AS, _BECOMES):
        for match in islice(pattern.finditer(text, lead.person[1], until), MAX_TRIES):
            if _OF_THE_PAST.search(text, max(lead.person[1], match.start() - 45), match.start()):
                continue
            job = job_phrase(text[:until], match.end(), employer=text[slice(*lead.company)] if lead.company else None)
            role = job.role
            if (
                role is not None
                and not (match.group() == "bliver " and text.startswith("ansvarlig for ", role[0]))
                and text[match.end() : role[0]] in {"", "ny ", "nye "}
                and _is_role(_FIELDS_AFTER.split(text[slice(*role)], maxsplit=1)[0])
            ):
                return lead._replace(
                    role=role,
                    company=lead.company or job.company,
                    unit=lead.unit or job.unit,
                    location=lead.location or job.location,
                )
    return lead


def _role_next(text: str, lead: Lead, sentence: Span) -> Lead:
    """The lead with the role that the next sentence tells: "Ann er ansat som chef", "Hun skal arbejde som chef"."""
    for match in _WORKS_AS.finditer(text, *sentence):
        job = job_phrase(
            text[: sentence[1]], match.end(), employer=text[slice(*lead.company)] if lead.company else None
        )
        title = text[slice(*job.role)].split(" - ", maxsplit=1)[0] if job.role else ""
        if job.role is not None and job.role[0] == match.end() and _is_role(title):
            date = date_in(text, *sentence) if lead.date is None and text.startswith("starter", match.start()) else None
            lead = lead._replace(date=date or lead.date)
            return lead._replace(role=job.role, unit=lead.unit or job.unit, location=lead.location or job.location)
    return lead


_WORKS_AS = re.compile(
    r"\b(?:er ansat|starter (?:han|hun|[A-ZÆØÅ][a-zæøå]{1,20})|"
    r"skal (?:hos [A-ZÆØÅ][^,.]{1,40} )?(?:arbejde|fungere)) som "
)


_FIELDS_AFTER = re.compile(r"(?<!-) og | for | of | af | \(")
"""What goes on behind the title itself."""


def _is_role(words: str) -> bool:
    """Whether the last of some words says that they are a title: "it-chef", "delivery lead"."""
    return is_title(words.rsplit(" ", maxsplit=1)[-1]) or words.endswith((" lead", " master"))


_AT_FIRM = re.compile(
    r"(?:^|[.!?] )(?:Hos|I) (?=[A-ZÆØÅ0-9])|\b(?:sin|sit) (?:nye )?(?:ansættelse|job|stilling|"
    r"arbejde) (?:hos|i) |\b(?:kom(?:mer)?|tilbage) til (?=[A-ZÆØÅ])"
)
_HOS = re.compile(r" (?:hos|internt i) (?=\S)")
_SUBCLAUSE = re.compile(r", (?:hvor|der|som|efter)\b")
_THERE = re.compile(r" (?:skal|bliver|vil|får|kommer|har|,)")


def _company(text: str, lead: Lead) -> Lead:
    if (told := _told_before(text, lead)) is not None:
        return told
    clause = _SUBCLAUSE.search(text, lead.person[1], lead.sentence[1])
    for match in _HOS.finditer(text, lead.person[1], clause.start() if clause else lead.sentence[1]):
        company = read_company(text, match.end())
        if company is not None:
            place = places_at(text, company.end + 3) if text.startswith(" i ", company.end) else None
            return lead._replace(company=company.span, location=lead.location or company.town or place)
    for match in _AT_FIRM.finditer(text, lead.person[1]):
        company = read_company(text, match.end())
        if company is not None and (not match.group().startswith((".", "H", "I")) or _THERE.match(text, company.end)):
            return lead._replace(company=company.span)
    for match in islice(_OF_OWNER.finditer(text, lead.person[1], lead.sentence[1]), MAX_TRIES):
        company = read_company(text, match.end())
        if company is not None and company.owner and (lead.role is None or lead.role[1] <= match.end()):
            return lead._replace(company=company.span)
    there = _HAS_OFFICE.search(text, lead.person[1], lead.sentence[1])
    if there is not None and (company := read_company(text, there.end())) is not None:
        return lead._replace(company=company.span) if _OFFICE_THERE.match(text, company.end) else lead
    circle = _CIRCLE.search(text, lead.person[1], lead.sentence[1])
    if circle is not None and (company := read_company(text, circle.end())) is not None:
        return lead._replace(company=company.span)
    if lead.kind is MoveKind.PROMOTION and (at := _EMPLOYED.search(text, lead.sentence[1])):
        company = read_company(text, at.end())
        return lead._replace(company=company.span) if company is not None else lead
    return _owner_in_role(text, lead) or _small_house(text, lead) or _bare_company(text, lead)


def _told_before(text: str, lead: Lead) -> Lead | None:
    """The lead with the house that stands before the person and is meant again: "hos Granit … chef for firmaet"."""
    again = _THE_HOUSE.search(text, *lead.sentence)
    before = _AT.search(text, lead.sentence[0], again.start()) if again else None
    company = read_company(text, before.end()) if before else None
    return lead._replace(company=company.span) if company is not None else None


def _small_house(text: str, lead: Lead) -> Lead | None:
    """The lead with a house written small, "it-chef i gnist", which a later sentence calls so too; or None."""
    for match in _SMALL.finditer(text, (lead.role or lead.person)[1], lead.sentence[1]):
        name = match.group(1)
        if any(f"{words} {name}" in text[lead.sentence[1] :] for words in _AGAIN):
            return lead._replace(company=match.span(1), unit=None if lead.unit == match.span(1) else lead.unit)
    return None


_SMALL = re.compile(r" (?:i|hos|på|til) ([a-zæøå][\wæøå.-]{2,30}?)(?=[.,]? |\.?$)")
_AGAIN = ("hos", "kom til", "kommer til", "forlod", "startede i", "begyndte i", "kommet til", "ansættelse i")
"""Words before a house that no field has before it."""
_HAS_OFFICE = re.compile(r", hvor (?=[A-ZÆØÅ0-9])")
_OFFICE_THERE = re.compile(
    r" (?:har (?:sit |et |deres )?(?:hovedkontor|kontor|afdeling|hovedsæde|domicil)|ligger|holder til)"
)
_THE_HOUSE = re.compile(
    r" (?:for|i|hos) (?:virksomheden|firmaet|selskabet|koncernen|organisationen|bureauet|banken)\b| samme sted\b"
)
_AT = re.compile(r" (?:hos|i) (?=[A-ZÆØÅ])")
_CIRCLE = re.compile(r"(?:ejer|partner)kreds(?:en)? (?:bag|for|i|hos) (?=\S)")
_EMPLOYED = re.compile(r"\b(?:har været|blev) ansat (?:hos|i) (?=[A-ZÆØÅ\d])")
_OF_OWN = re.compile(r" (?P<for>for |af )(?:(?:et|en) af )?(?=[A-ZÆØÅ])")


def _owner_in_role(text: str, lead: Lead) -> Lead | None:
    """The lead with the company that owns what the role is for, "chef for et af Granits teams"; None without one."""
    if lead.role is None:
        return None
    begin, end = lead.role
    for match in _OF_OWN.finditer(text, begin, end):
        company = read_company(text, match.end())
        if company is not None and company.owner and company.end < end:
            role = (begin, match.start()) if match.group("for") == "for " else lead.role
            return lead._replace(role=role, company=company.span)
    return None


def _bare_company(text: str, lead: Lead) -> Lead:
    """The lead with the company right behind the title, where "hos" was forgotten: "som konsulent Granit."."""
    if lead.role is None or not text.startswith(".", lead.role[1]):
        return lead
    for blank in range(*lead.role):
        if text[blank] == " " and text[blank + 1].isupper() and is_title(text[lead.role[0] : blank].rsplit(" ", 1)[-1]):
            company = read_company(text, blank + 1, strong=False)
            if (
                company is not None
                and company.span == (blank + 1, lead.role[1])
                and not units.is_product(text[blank + 1 :])
            ):
                return lead._replace(role=(lead.role[0], blank), company=company.span)
    return lead


_OF_OWNER = re.compile(r"\b(?:af|for|i|på|ved|til) (?=[A-ZÆØÅ0-9])")


def _region_of_role(text: str, lead: Lead) -> Lead:
    """The area that an English title ends in: "vice president, EMEA"."""
    assert lead.role is not None
    begin, end = lead.role
    for_ = text.find(" for ", begin, end)
    if for_ >= 0:
        place = places_at(text, for_ + (10 if text.startswith("hele ", for_ + 5) else 5))
        return lead._replace(location=place) if place is not None and place[1] == end else lead
    for blank in (text.rfind(", ", begin, end) + 1, text.rfind(" ", begin, end)):
        if blank > begin and text[blank + 1 : end] in REGIONS:
            return lead._replace(location=(blank + 1, end))
    return lead


def _location(text: str, lead: Lead, until: int) -> Lead:
    if not any(map(text.__contains__, _OFFICES)):
        return lead
    for match in _FROM_OFFICE.finditer(text, lead.person[1], until):
        opening = max(text.rfind(". ", 0, match.start()), lead.person[1])
        if _PAST.search(text, opening, match.start()):
            continue
        place = places_at(text, match.end(), guess=True)
        if place is not None:
            return lead._replace(location=place)
    house = text[slice(*lead.company)] if lead.company else ""
    for words in ("tilknytning til ", "tilknyttet ") if house else ():
        at = text.find(f"{words}{house} ", lead.person[1], until)
        place = place_at(text, at + len(words) + len(house) + 1) if at >= 0 else None
        if place is not None:
            return lead._replace(location=place)
    for branch in _BRANCH.finditer(text, lead.person[1], until):
        place = place_at(branch.group(1), 0, guess=True)
        if place is not None and place[1] == len(branch.group(1)) and not is_past(text, lead, branch.start()):
            return lead._replace(location=branch.span(1))
    for later in _WILL_SIT.finditer(text, until):
        office = _FROM_OFFICE.search(text, later.start("where"), min(len(text), later.end() + 80))
        place = places_at(text, office.end(), guess=True) if office else None
        if place is not None:
            return lead._replace(location=place)
    return lead


_WILL_SIT = re.compile(
    r"\b(?:bliver |kommer til at |skal |vil (?:få |have )?|får |har )(?:også )?(?:være |blive )?(?:sin )?(?:daglige? )?"
    r"(?P<where>tilknyttet|sidde|base|gang|arbejde|placeret)(?= )"
)
"""Words that, in any later sentence, say where the job will be."""
_BRANCH = re.compile(
    r"(?:på|fra|ved|til|i|tilknyttes|tilknyttet) (?:[A-ZÆØÅa-zæøå][\w'’]{0,30} )?([A-ZÆØÅ][\wæøå]{1,30})[- ]"
    r"(?:kontor|afdeling|filial)(?:et|en)?\b"
)
_OFFICES = (
    "tilkny",
    "at finde i",
    "gang i",
    "arbejde fra ",
    "i teamet i",
    "kontor",
    "afdeling",
    "base i",
    "hovedsæde",
    "domicil",
    "arbejdssted",
    "udgangspunkt",
)
_PAST = re.compile(
    r"\b(?:overtager [^.]{0,40} (?:fra|efter)|afløser|års erfaring|har arbejdet|"
    r"kommer fra|tidligere|senest|har været|har siden|var |uddannet)",
    re.IGNORECASE,
)
