"""The department that a lead's own sentence and the one after it tell of, where the job's phrase named none."""

from __future__ import annotations

import re
from itertools import islice

from scraper.legal_forms import AT_END, without_legal_form
from scraper.parsers.danish import units
from scraper.parsers.danish.alternatives import any_of, at_word, beginnings
from scraper.parsers.danish.places import place_at, places_at
from scraper.parsers.lead import MAX_TRIES, Lead
from scraper.records import Span

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
_UNITS = tuple(
    """
    salg afdeling forretning hus team ledelse område support Services sektor organisation line netværk division center
    gruppe Center Team desk enhed group udvalg centre Operations lager practice Drift butik Desk stab sektion praksis
    sekretariat komit
    """.split()
)
"""Parts of nouns of departments, the usual ones first: a text without any names none."""


def with_unit(text: str, lead: Lead, until: int, stop: int) -> Lead:
    """The lead with its unit; `until` ends the sentence that announces the move, `stop` the one after it."""
    if lead.unit is None and (any(map(text.__contains__, _UNITS)) or "arbejde i " in text):
        lead = _of_team(text, lead, until, stop) or lead
        if lead.unit is None and lead.company is not None:
            found = (
                _named_part(text, lead, stop) or _owned(text, lead, until, stop) or _by_tasks(text, lead, until, stop)
            )
            lead = lead._replace(unit=found) if found else _named_later(text, lead, until)
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


def _of_team(text: str, lead: Lead, until: int, stop: int) -> Lead | None:
    """The lead with the team one is to be a part of: "hvor hun bliver en del af salgsteamet"; or None."""
    for match in islice(_TEAM.finditer(text, lead.person[1], stop), MAX_TRIES):
        begin, words = match.end() + 1, match.group(1)
        unit = units.unit_at(text, begin)
        named = None if unit or words.startswith("fokus") else units.named_unit_at(text, begin)
        unit = units.Unit(named, named[1]) if named else unit
        if unit is None or _in_role(lead, begin) or is_past(text, lead, match.start(1)):
            continue
        if (match.start(1) > until or words.startswith(_DUTIES)) and _is_duty(text, unit.span):
            continue
        return _placed(text, lead, unit)
    return None


def _is_duty(text: str, unit: Span) -> bool:
    """Whether what stands behind words of a duty is a field or some people and no department with a name."""
    return text[slice(*unit)].split(" for ", 1)[0].endswith(_WIDE) or text.startswith("team af ", unit[0])


def _owned(text: str, lead: Lead, until: int, stop: int) -> Span | None:
    """The department that the employer owns: "i firmaets Nova-afdeling", "i Granits Nova-afdeling"; or None."""
    assert lead.company is not None
    name, low = without_legal_form(text[slice(*lead.company)]).lower(), text.lower()
    short = text[lead.company[0] : lead.company[0] + len(name.split(" ", 1)[0])]
    names = (
        (name, *(short.lower() + s for s in ("s ", "'s ", "’s "))) if short.isupper() and len(short) > 2 else (name,)
    )
    owned = "ens " in text or "ets " in text
    owners = [match.end() for match in _OWNER.finditer(text, lead.person[1], stop)] if owned else []
    begin = lead.person[1]
    inside = [at for n in names for word in _INSIDE for at in _genitives(text, low, word + n, begin, stop)]
    later = _genitives(text, low, " tilknyttet " + name, stop, len(text))
    for at in (*owners, *inside, *later):
        unit = units.owned_unit(text, at)
        if unit is not None and not _is_branch(text, unit) and not is_past(text, lead, at):
            return unit.span
    for at in _genitives(text, low, " ansvar for " + name, begin, until):
        unit = units.owned_unit(text, at)
        if unit is not None and text.endswith(_TEAM_NOUNS, *unit.span):
            return unit.span
    return None


def _named_part(text: str, lead: Lead, stop: int) -> Span | None:
    """The part of the house that bears its name: "skal lede projekter i Granit Drift"; or None."""
    assert lead.company is not None
    name = without_legal_form(text[slice(*lead.company)])
    at = text.find(f" i {name} ", lead.company[1], stop)
    if at < 0 or is_past(text, lead, at):
        return None
    end = units.proper_run(text, at + len(name) + 4)
    part = text[at + len(name) + 4 : end]
    if not part or AT_END.search(part) or place_at(part, 0) is not None or part.isupper() or " og " in part:
        return None
    return (at + 3, end)


def _by_tasks(text: str, lead: Lead, until: int, stop: int) -> Span | None:
    """The department in which tasks are: "hun skal varetage opgaver i Nova-afdelingen"; or None."""
    duty = "skal " in text or "vil " in text
    tasks = _TASKS.search(text, until, stop) if duty else None
    if tasks is not None:
        told = text.find(" har ", tasks.end(), stop)
        for inner in _IN.finditer(text, tasks.end(), told if told >= 0 else stop):
            unit = units.unit_at(text, inner.end())
            if unit is not None:
                return unit.span
    here = _TASKS_HERE.search(text, lead.person[1], until) if duty else None
    if here is not None:
        for inner in _IN.finditer(text, here.end(), until):
            named = units.named_unit_at(text, inner.end())
            if named is None and (unit := units.unit_at(text, inner.end())) is not None:
                named = unit.span if not text[slice(*unit.span)].islower() else None
            if named is not None:
                return named
    where = _WHERE_IN.search(text, lead.person[1], stop) if ", hvor " in text else None
    if where is not None:
        run = units.named_unit_at(text, where.end())
        if run is not None and text.startswith(_WILL, run[1]):
            return run
    return None


def _named_later(text: str, lead: Lead, until: int) -> Lead:
    """The lead with a department that is known by its name alone, wherever it stands in the sentence."""
    assert lead.company is not None
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


def _in_role(lead: Lead, at: int) -> bool:
    """Whether a place is within the title: "chef og leder af salgsteamet"."""
    return lead.role is not None and lead.role[0] <= at < lead.role[1]


_WHERE_IN = re.compile(r", hvor (?:han|hun) i (?=[A-ZÆØÅ])")
_WILL = (" skal ", " bliver ", " får ", " vil ", " kommer ")
_DUTIES = ("i spidsen", "fokus", "lede", "ansvar", "styrke", "bidrage")
_WIDE = ("forretningen", "funktionen", "organisationen", "branchen", "området", "centeret", "sektoren")
"""Ends of nouns that, behind words of a duty, tell what the duty is and no department."""
_INSIDE = (" i ", " inden for ", " tilknyttet ")
_TEAM_NOUNS = ("team", "afdeling", "division", "enhed")


def is_past(text: str, lead: Lead, at: int) -> bool:
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
        if text.endswith("ind", 0, at):
            at = low.find(named, after, end)
            continue
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
