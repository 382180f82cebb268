"""The person whose place is taken, where the announcement tells that this one leaves or rises: a move of its own."""

from __future__ import annotations

import re

from scraper.parsers.danish.names import person_at
from scraper.parsers.lead import Lead
from scraper.parsers.phrases import job_phrase
from scraper.records import MoveKind

_TAKES_OVER = re.compile(
    r"\b(?:tager over efter|afløser|efterfølger|erstatter|overtager (?:stillingen|posten|"
    r"jobbet|rollen|ansvaret) (?:efter|fra)|efter) (?:tyske |den tidligere )?(?=[A-ZÆØÅ])"
)
_LEAVES = re.compile(
    r", (?:som|der) (?:[^.,]{0,40}? )?(?:stopper|fratræder|fratrådte|forlader|"
    r"går på (?:pension|efterløn)|går af|har valgt at (?:stoppe|forlade|fratræde|gå|trække))\b"
)
_RISES = re.compile(r", (?:som|der) er (?:blevet|udnævnt til|forfremmet til) (?=[a-zæøåA-Z])")


_HINTS = (
    "stopper",
    "fratr",
    "forlader",
    "på pension",
    "på efterløn",
    "går af",
    "har valgt at",
    " er blevet",
    " er udnævnt til",
    " er forfremmet",
)


def others(text: str, lead: Lead) -> list[Lead]:
    """The moves that the text tells of the one whose place the person of `lead` takes; mostly none."""
    if lead.kind not in {MoveKind.HIRE, MoveKind.PROMOTION}:
        return []
    if ", som " not in text and ", der " not in text:
        return []
    if not any(map(text.__contains__, _HINTS)):
        return []
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
                        kind=MoveKind.PROMOTION,
                        rule="prose.rises",
                        company=company,
                        role=job.role,
                        unit=job.unit,
                        location=job.location,
                        previous_role=lead.role,
                        previous_company=lead.company,
                        sentence=(taken.start(), job.end),
                    )
                ]
    return []
