"""The person whose place is taken, where the announcement tells that this one leaves or rises: a move of its own."""

from __future__ import annotations

import re

from scraper.parsers.danish import units
from scraper.parsers.danish.alternatives import at_word
from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.names import NAME_WORD, person_at
from scraper.parsers.lead import TO_A_POST, Lead
from scraper.parsers.phrases import job_phrase
from scraper.records import MoveKind, Span

_TAKES_OVER = re.compile(
    at_word(
        "tager over efter",
        "afløser",
        "efterfølger",
        "erstatter",
        "overtager (?:stillingen|posten|jobbet|rollen|ansvaret) (?:efter|fra)",
        "overtage[rt] (?:den daglige )?ledelsen? (?:i|af) [^,.]{2,50} (?:efter|fra)",
        "efter",
    )
    + r" (?:tyske |den tidligere )?(?=[A-ZÆØÅ])"
)
_LEAVES = re.compile(
    r", (?:som|der) (?:[^.,]{0,40}? )?(?:stopper|fratræder|fratrådte|forlader|"
    r"går på (?:pension|efterløn)|går af|har valgt at (?:stoppe|forlade|fratræde|gå|trække))\b"
)
_RISES = re.compile(
    r"(?:, (?P<age>\d\d)(?: år)?)?, (?:som|der) (?:[^,]{0,30}? )?(?:er (?:blevet|udnævnt til|forfremmet til)|bliver|"
    r"(?:tiltræder|skifter til|går til) (?:en |et )?(?:[a-zæøå]{2,20} )?(?:stilling|job|post)(?:en)? som) "
    r"(?:ny )?(?=[a-zæøåA-Z])"
)


_IN_CHARGE = re.compile(r", (?:som|der) (?:fremover )?(?:har|får|har fået|overtager) ansvaret for ")
_HINTS = ("afløs", "overtag", "efterfølger", "erstatter", "over efter")
"""Without one of these nobody's place is taken."""


def others(text: str, lead: Lead) -> list[Lead]:
    """The moves that the text tells of the one whose place the person of `lead` takes; mostly none."""
    if lead.kind not in TO_A_POST:
        return []
    if not any(map(text.__contains__, _HINTS)):
        return _gone(text, lead)
    for taken in _TAKES_OVER.finditer(text, lead.person[1]):
        name = person_at(text, taken.end())
        if name is None or " " not in text[slice(*name)]:
            continue
        leaves = _LEAVES.match(text, name[1])
        base = Lead(MoveKind.DEPARTURE, name, "prose.leaves", (taken.start(), name[1]))
        if leaves is not None:
            return [base._replace(company=lead.company, role=lead.role, sentence=(taken.start(), leaves.end()))]
        rises = _RISES.match(text, name[1])
        if rises is not None:
            job = job_phrase(text, rises.end())
            company = job.company or lead.company
            if job.role is not None and company is not None:
                return [
                    base._replace(
                        kind=MoveKind.PROMOTION if _same_house(text, company, lead.company) else MoveKind.HIRE,
                        rule="prose.rises",
                        company=company,
                        role=job.role,
                        unit=job.unit,
                        location=job.location,
                        age=rises.span("age") if rises.group("age") else None,
                        previous_role=lead.role,
                        previous_company=lead.company,
                        sentence=(taken.start(), job.end),
                    )
                ]
        charge = _IN_CHARGE.match(text, name[1])
        unit = units.unit_at(text, charge.end()) if charge else None
        if charge is not None and unit is not None:
            place = job_phrase(text, unit.end + 1)
            return [
                base._replace(
                    kind=MoveKind.PROMOTION,
                    rule="prose.rises",
                    company=lead.company,
                    unit=unit.span,
                    location=place.location,
                    sentence=(taken.start(), unit.end),
                )
            ]
    return _gone(text, lead)


def _gone(text: str, lead: Lead) -> list[Lead]:
    """The move of "…, efter at direktør Bo Lund går på pension": who leaves the place that the person takes."""
    for goes in _GOES.finditer(text, lead.role[1], lead.sentence[1]) if lead.role and " at " in text else ():
        for word in NAME_WORD.finditer(text, goes.end(), min(lead.sentence[1], goes.end() + 60)):
            name = person_at(text, word.start()) if word.group() in FIRST_NAMES else None
            leaves = _HERE_LEAVES.match(text, name[1]) if name else None
            if name is not None and leaves is not None:
                told = (goes.start(), leaves.end())
                return [Lead(MoveKind.DEPARTURE, name, "prose.leaves", told, company=lead.company, role=lead.role)]
    return []


_GOES = re.compile(r"\b(?:efter|som følge af|fordi|da),? at ")
_HERE_LEAVES = re.compile(
    r",? (?:har valgt at |har besluttet at )?(?:stopper|fratræder|forlader|går på (?:pension|efterløn)|går af|"
    r"trækker sig|stoppe|fratræde|forlade|gå på pension|trække sig)\b"
)


def _same_house(text: str, company: Span, other: Span | None) -> bool:
    """Whether two names begin alike, as those of a house and its parts do."""
    return other is None or text[slice(*company)].split(" ", 1)[0] == text[slice(*other)].split(" ", 1)[0]
