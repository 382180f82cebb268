"""Leads whose verb has the person before it: "Ann Holm er ansat som it-chef hos Granit"."""

from __future__ import annotations

import re

from scraper.parsers.danish.kinds import Verb
from scraper.parsers.lead import Lead
from scraper.parsers.lead_job import job_behind
from scraper.parsers.lead_parts import opens_otherwise, put_together, refined_kind, trimmed
from scraper.parsers.subjects import RecurringNames, Someone, people_at
from scraper.records import MoveKind, Span

_TOGETHER = re.compile(r"\b(?:sammen|i samarbejde|i fællesskab) med ")


def person_first(text: str, sentence: Span, verb: Verb, known: RecurringNames) -> list[Lead]:
    """The moves of a sentence that tells what the people before `verb`, or in its gap, do."""
    start = sentence[0]
    before = verb.start
    while before > start and text[before - 1] in " ,":
        before -= 1
    people = people_at(text, start, before, known) if before > start else []
    if not people or (_begins_small(text, start, people[0]) and not text.startswith("Med ", start)):
        people = people_at(text, *trimmed(text, verb.gap), known) or people
    position = verb.end
    if verb.words in _GETS and _SOMEBODY.match(text, position) and not text.startswith("Med ", start):
        return []
    if not people and verb.gap[0] == verb.end and text.startswith(" ", position):
        people = people_at(text, position + 1, min(sentence[1], position + 120), known)
        if people and before > start and not opens_otherwise(text, start):
            return []
        position = _after_name(text, people[-1]) if people else position
    if not people or (" " not in verb.words and verb.words in _BARE and people[-1].end < before):
        return []
    if verb.words.endswith("blevet") and _TRAINED.match(text, position):
        return []
    if verb.words.endswith(("afløser", "afløst", "afløste", "efterfølger", "efterfulgt")):
        as_ = text.find(" som ", position, min(sentence[1], position + 80))
        position = as_ if as_ >= 0 else position
    job, verb = job_behind(text, position, sentence, verb)
    kind = refined_kind(text, verb, job, sentence)
    if kind is MoveKind.FOUNDING:
        together = _TOGETHER.search(text, *sentence)
        partner = people_at(text, together.end(), sentence[1], known) if together else []
        people = people + partner[:1]
    return [
        lead
        for someone in people
        if (lead := put_together(text, sentence, verb, kind, someone, job)) is not None
    ]  # fmt: skip


_GETS = frozenset({"har fået", "får"})
_SOMEBODY = re.compile(
    r" (?:en |sin )?ny(?:e)? (?![a-zæøå]{0,12}(?:stilling|job|rolle|titel|post|opgave|udfordring))"
    r"[\w-]{0,24}(?:chef|direktør|leder|formand|konsulent|medarbejder|manager)\b(?! (?:hos|i|for) )"
)
"""A house gets somebody, nobody gets an it-chef: "Granit Data har fået en ny it-chef."."""
_BARE = frozenset("ansat udnævnt forfremmet tiltrådt startet udpeget".split())
"""Participles whose "er" was forgotten: they count only right after the name."""
_TRAINED = re.compile(r" (?:færdig|ny)?uddannet\b")


def _after_name(text: str, someone: Someone) -> int:
    """Where the job begins behind a person who stands after the verb: what follows the age belongs to it."""
    position = someone.end
    if someone.job is not None and someone.job.end > someone.name[1]:
        position = (someone.age or someone.name)[1]
    loose = _AGE_ENDS.match(text, position)
    return loose.end() if loose else position


_AGE_ENDS = re.compile(r"\)?(?: år)?,?")


def _begins_small(text: str, start: int, someone: Someone) -> bool:
    return someone.name[0] > start and opens_otherwise(text, start)
