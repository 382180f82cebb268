"""What the sentences after the lead add to it: the unit, the town, the role or the company that it left open."""

from __future__ import annotations

import re
from itertools import islice

from scraper.legal_forms import without_legal_form
from scraper.parsers.danish import units
from scraper.parsers.danish.alternatives import any_of, at_word, beginnings
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.dates import date_in
from scraper.parsers.danish.places import REGIONS, place_at, places_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.lead import Lead
from scraper.parsers.phrases import job_phrase
from scraper.records import MoveKind, Span

_TEAM_WORDS = (
    "bliver en del af", "bliver i",
    "er en del af", "indgå i", "indgår i", "en del af", "styrke", "del af", "i spidsen for",
    "fokus på", "lede", "ansvar for", "opgaver i", "arbejde i", "ind i", "tilknyttes", "leder af", "medlem af",
    "ledelsen af", "ledelse af",
    "arbejder i", "startede i", "arbejde som en del af", "sidde i", "sidder i", "placeret i",
    "tilknytning til", "knyttet til", "tilknyttet", "høre til i", "hører til i", "bidrage til", "være med i",
    "med i", "ansat inden for", "ansat indenfor", "delt mellem", "bidrage i",
)  # fmt: skip
"""Words behind which the department stands that one works in."""
_TEAM = re.compile(f"[ -](?={beginnings(_TEAM_WORDS)})({any_of(_TEAM_WORDS)})(?= )")
_AS = re.compile(r"\b(?:hvor (?:han|hun) som|skal som|fungerer som|arbejder som|som|med titel af|med titlen) ")
_AFTER_TIME = re.compile(r"\befter [^,.;]{2,38}(?:år|periode|årrække|måneder|tid) ?$")
_BECOMES = re.compile(r"\b(?:bliver|varetage funktionen som|fungere som|arbejde som) ")
_OFFICE_NOUNS = "kontoret|hovedkontoret|kontor|hovedkontor|afdelingen|afdeling|hovedsæde|domicil"
_OFFICE_WORDS = rf" (?:[a-zæøåA-ZÆØÅ’'-]+ ){{0,5}}(?:{_OFFICE_NOUNS}) i"
_FROM_OFFICE = re.compile(
    at_word(
        *(preposition + _OFFICE_WORDS for preposition in ("på", "fra", "til", "ved", "i", "tilknyttet", "tilknyttes")),
        "med base i",
        "base i",
        "arbejdssted i",
        "udgangspunkt i",
    )
    + " "
)


MAX_TRIES = 12
"""How many places of a text are tried for one field."""


def supplement(text: str, lead: Lead, spans: list[Span]) -> Lead:
    """The lead with what it left open, where the next words say it."""
    if lead.kind not in {MoveKind.HIRE, MoveKind.PROMOTION}:
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
        lead = _location(text, lead, following[0][1] if following else until)
    if lead.location is None and lead.role is not None:
        lead = _region_of_role(text, lead)
    if lead.unit is None:
        lead = _unit(text, lead, until, following[0][1] if following else len(text))
    return _unit_alone(text, lead)


def _unit_alone(text: str, lead: Lead) -> Lead:
    """The lead with its unit without the employer before it: "Granits CRM-team"."""
    if lead.unit is None or lead.company is None:
        return lead
    if lead.unit == lead.company:
        return lead._replace(unit=None)
    begin, end = lead.unit
    name = without_legal_form(text[slice(*lead.company)])
    for ending in ("s ", "'s ", "’s ", "' "):
        if text.startswith(name + ending, begin, end):
            return lead._replace(unit=(begin + len(name + ending), end))
    return lead


def _role(text: str, lead: Lead, until: int) -> Lead:
    for pattern in (_AS, _BECOMES):
        for match in islice(pattern.finditer(text, lead.person[1], until), MAX_TRIES):
            if _AFTER_TIME.search(text, max(lead.person[1], match.start() - 45), match.start()):
                continue
            job = job_phrase(text[:until], match.end(), employer=text[slice(*lead.company)] if lead.company else None)
            role = job.role
            if (
                role is not None
                and role[0] == match.end()
                and _is_role(text[slice(*role)].split(" og ", maxsplit=1)[0].split(" for ", maxsplit=1)[0])
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
        if job.role is not None and job.role[0] == match.end() and _is_role(text[slice(*job.role)]):
            date = date_in(text, *sentence) if lead.date is None and text.startswith("starter", match.start()) else None
            lead = lead._replace(date=date or lead.date)
            return lead._replace(role=job.role, unit=lead.unit or job.unit, location=lead.location or job.location)
    return lead


_WORKS_AS = re.compile(
    r"\b(?:er ansat|starter (?:han|hun|[A-ZÆØÅ][a-zæøå]{1,20})|"
    r"skal (?:hos [A-ZÆØÅ][^,.]{1,40} )?(?:arbejde|fungere)) som "
)


def _is_role(words: str) -> bool:
    """Whether the last of some words says that they are a title: "it-chef", "delivery lead"."""
    return is_title(words.rsplit(" ", maxsplit=1)[-1]) or words.endswith(" lead")


_AT_FIRM = re.compile(
    r"(?:^|[.!?] )(?:Hos|I) (?=[A-ZÆØÅ0-9])|\b(?:sin|sit) (?:nye )?(?:ansættelse|job|stilling|"
    r"arbejde) (?:hos|i) |\b(?:kom(?:mer)?|tilbage) til (?=[A-ZÆØÅ])"
)
_HOS = re.compile(r" hos (?=\S)")
_SUBCLAUSE = re.compile(r", (?:hvor|der|som|efter)\b")
_THERE = re.compile(r" (?:skal|bliver|vil|får|kommer|har|,)")


def _company(text: str, lead: Lead) -> Lead:
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
    if lead.kind is MoveKind.PROMOTION and (at := _EMPLOYED.search(text, lead.sentence[1])):
        company = read_company(text, at.end())
        return lead._replace(company=company.span) if company is not None else lead
    return _owner_in_role(text, lead) or _bare_company(text, lead)


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
        if place is not None and place[1] == len(branch.group(1)) and not _is_past(text, lead, branch.start()):
            return lead._replace(location=branch.span(1))
    return lead


_BRANCH = re.compile(
    r"(?:på|fra|ved|til|i|tilknyttes|tilknyttet) (?:[A-ZÆØÅa-zæøå][\w'’]{0,30} )?([A-ZÆØÅ][\wæøå]{1,30})[- ]"
    r"(?:kontor|afdeling|filial)(?:et|en)?\b"
)
_OFFICES = ("tilkny", "kontor", "afdeling", "base i", "hovedsæde", "domicil", "arbejdssted", "udgangspunkt")
_UNITS = tuple(
    """
    team afdeling division enhed gruppe center centre område sektion sektor stab forretning organisation afsnit line
    practice linjen Center Team Drift Services praksis support hus netværk group sekretariat ledelse salg butik lager
    komit udvalg desk Desk Services Operations
    """.split()
)
_PAST = re.compile(
    r"\b(?:overtager [^.]{0,40} (?:fra|efter)|afløser|års erfaring|har arbejdet|"
    r"kommer fra|tidligere|senest|har været|har siden|var |uddannet)",
    re.IGNORECASE,
)


def _unit(text: str, lead: Lead, until: int, stop: int) -> Lead:
    """The lead with its unit; `until` ends the sentence that announces the move, `stop` the one after it."""
    if not any(map(text.__contains__, _UNITS)):
        return lead
    for match in islice(_TEAM.finditer(text, lead.person[1], stop), MAX_TRIES):
        begin, words = match.end() + 1, match.group(1)
        unit = units.unit_at(text, begin)
        named = None if unit or words.startswith("fokus") else units.named_unit_at(text, begin)
        unit = units.Unit(named, named[1]) if named else unit
        if unit is None or _is_past(text, lead, match.start(1)):
            continue
        duty = match.start(1) > until or words.startswith(_DUTIES)
        if duty and text[slice(*unit.span)].split(" for ", 1)[0].endswith(_WIDE):
            continue
        return _placed(text, lead, unit)
    if lead.company is None:
        return lead
    name, low = without_legal_form(text[slice(*lead.company)]).lower(), text.lower()
    short = text[lead.company[0] : lead.company[0] + len(name.split(" ", 1)[0])]
    names = (
        (name, *(short.lower() + s for s in ("s ", "'s ", "’s "))) if short.isupper() and len(short) > 2 else (name,)
    )
    owned = "ens " in text or "ets " in text
    owners = [match.end() for match in _OWNER.finditer(text, lead.person[1], stop)] if owned else []
    for at in [
        *owners,
        *(p for n in names for w in _INSIDE for p in _genitives(text, low, w + n, lead.person[1], stop)),
    ]:
        unit = units.owned_unit(text, at)
        if unit is not None and not _is_branch(text, unit) and not _is_past(text, lead, at):
            return lead._replace(unit=unit.span)
    for at in _genitives(text, low, " ansvar for " + name, lead.person[1], until):
        unit = units.owned_unit(text, at)
        if unit is not None and text.endswith(_TEAM_NOUNS, *unit.span):
            return lead._replace(unit=unit.span)
    duty = "skal " in text or "vil " in text
    tasks = _TASKS.search(text, until, stop) if duty else None
    if tasks is not None:
        told = text.find(" har ", tasks.end(), stop)
        for inner in _IN.finditer(text, tasks.end(), told if told >= 0 else stop):
            unit = units.unit_at(text, inner.end())
            if unit is not None:
                return lead._replace(unit=unit.span)
    here = _TASKS_HERE.search(text, lead.person[1], until) if duty else None
    if here is not None:
        for inner in _IN.finditer(text, here.end(), until):
            named = units.named_unit_at(text, inner.end())
            if named is None and (unit := units.unit_at(text, inner.end())) is not None:
                named = unit.span if not text[slice(*unit.span)].islower() else None
            if named is not None:
                return lead._replace(unit=named)
    if lead.role is not None:
        begin = max(lead.role[1], lead.company[1])
        for inner in _IN.finditer(text, begin, until):
            unit = units.unit_at(text, inner.end())
            if unit is None or _NAMED_UNIT.search(text, *unit.span) is None or _is_branch(text, unit):
                continue
            if not _PAST_WORK.search(text, begin, inner.start()):
                return _placed(text, lead, unit)
    joins = _JOINS.search(text, until) if any(map(text.__contains__, _JOINS_SIGNS)) else None
    if joins is not None:
        unit = units.unit_at(text, joins.end())
        if unit is not None:
            return _placed(text, lead, unit)
    return lead


_DUTIES = ("i spidsen", "fokus", "lede", "ansvar", "styrke", "bidrage")
_WIDE = ("forretningen", "funktionen", "organisationen", "branchen", "området", "centeret", "sektoren")
"""Ends of nouns that, behind words of a duty, tell what the duty is and no department."""
_INSIDE = (" i ", " inden for ", " tilknyttet ")
_TEAM_NOUNS = ("team", "afdeling", "division", "enhed")


def _is_past(text: str, lead: Lead, at: int) -> bool:
    """Whether the clause before `at` tells where the person was before."""
    clause = max(text.rfind(". ", 0, at), lead.person[1])
    if at < lead.sentence[1]:
        clause = max(clause, text.rfind(", hvor ", 0, at))
    return _WAS.search(text, clause, at) is not None


_WAS = re.compile(
    r"\b(?:hidtil|tidligere|senest|kommer fra|studietid\w*|har [^.,]{0,40}\b(?:været|arbejdet|stået)|var|stod)\b"
)


def _is_branch(text: str, unit: units.Unit) -> bool:
    """Whether a department is a branch named by its town."""
    return place_at(text[slice(*unit.span)].split("-", maxsplit=1)[0], 0, guess=True) is not None


def _placed(text: str, lead: Lead, unit: units.Unit) -> Lead:
    """The lead with the unit, with another joined to it, and with the town that follows it."""
    end = unit.end
    if text.startswith(" og ", end) and (other := units.unit_at(text, end + 4)) is not None:
        end = other.end
    joined = (unit.span[0], end) if end > unit.end else unit.span
    place = places_at(text, end + 3, guess=True) if text.startswith((" i ", " på "), end) else None
    return lead._replace(unit=joined, location=lead.location or place)


def _genitives(text: str, low: str, named: str, start: int, end: int) -> list[int]:
    """Where the words after "i COMPANY's" begin: `named` is "i COMPANY" in small letters, `low` the text in them."""
    found: list[int] = []
    at = low.find(named, start, end)
    while at >= 0:
        after = at + len(named)
        if named[-1] == " ":
            found.append(after)
        form = _FORM_NEXT.match(text, after)
        after = form.end() if form else after
        for ending in ("s ", "'s ", "’s ", "' ", "’ ", " "):
            if low.startswith(ending, after):
                found.append(after + len(ending))
                break
        at = low.find(named, after, end)
    return found


_FORM_NEXT = re.compile(r" (?:A/S|ApS|I/S|K/S|P/S|AB|AS)(?=['’ ])")
_OWNER = re.compile(
    r"i (?<!\wi )(?:firmaets|virksomhedens|selskabets|bureauets|koncernens|husets|organisationens|bankens) "
)
_TASKS = re.compile(at_word("skal", "vil") + r" (?:varetage|arbejde|indgå)\b")
_TASKS_HERE = re.compile(
    at_word(r"skal (?:varetage|arbejde|indgå)[^.]{0,60} opgaver\b", r"skal varetage opgaver\b", r"skal arbejde\b")
)
_JOINS = re.compile(
    r"\b(?:som |der |han |hun )?(?:dermed )?indgår i |\b(?:kommer til at|skal) sidde i |\bfår plads i |"
    r"\b(?:tilknyttes|bliver tilknyttet|bliver en del af) |"
    r"\b(?:skal|vil) [^.]{0,90}?\b(?:indgå (?:som en del af|i)|bliver? en del af|styrke) "
)
_JOINS_SIGNS = ("indgå", "en del af ", "tilknytte", "styrke ", "sidde i ", "plads i ")
_NAMED_UNIT = re.compile(
    r"[A-ZÆØÅ][^ ]{0,40}-(?:afdelingen|teamet|divisionen|gruppen|enheden)$|(?<![^ ])[^ ]{2,40}(?:afdelingen|teamet)$"
)
_PAST_WORK = re.compile(r" hos |\b(?:efter|kommer fra|tidligere|senest|praktik|uddannet|samarbejde med|sparring)\b")
"""Words behind which "i X-afdelingen" may be a part of another house."""
_IN = re.compile(r" i (?=[A-ZÆØÅa-zæøå])")
