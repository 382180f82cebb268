"""Leads whose verb has the person before it: "Ann Holm er ansat som it-chef hos Granit"."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.kinds import Verb
from scraper.parsers.lead import Lead
from scraper.parsers.lead_parts import opens_otherwise, put_together, refined_kind, trimmed
from scraper.parsers.phrases import JobPhrase, job_phrase
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
    job, verb = _job(text, position, sentence, verb)
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


def _job(text: str, position: int, sentence: Span, verb: Verb) -> tuple[JobPhrase, Verb]:
    """The job told at `position`, behind the verb and its people; and the verb, whose kind the job may change."""
    start = sentence[0]
    if verb.words.endswith(_WITH_HOUSE):
        return _joined(text[: sentence[1]], position + 1, job_phrase(text[: sentence[1]], position)), verb
    if text.startswith(" af ", position) and verb.words.endswith(_TAKEN_ON):
        return _joined(text[: sentence[1]], position + 4, JobPhrase(end=position)), verb
    succeeds = _SUCCESSOR.match(text, position, sentence[1]) if verb.words in {"bliver", "er blevet"} else None
    if succeeds is not None:
        return job_phrase(text[: sentence[1]], succeeds.end()), verb
    if text.startswith(" fra ", position) and verb.kind is MoveKind.PROMOTION:
        position = max(text.find(" til ", position, sentence[1]), position)
    if text.startswith((" til ", " op til ", " over til "), position) and verb.kind is not MoveKind.DEPARTURE:
        position = text.index("til ", position) + 4
        job = job_phrase(text[: sentence[1]], position)
        if job.role is None or _is_employer_word(text, position, verb):
            job = _joined(text[: sentence[1]], position, job)
    elif verb.words.endswith(" til") and verb.kind is not MoveKind.DEPARTURE:
        left = text.find(" fra ", position, sentence[1])
        told = text[: left if left > 0 else sentence[1]]
        job = _joined(told, position + 1, job_phrase(text[: sentence[1]], position))
    elif verb.words.endswith((" ny", " nye", " nyudnævnt", " blevet", "bliver", " partner")):
        job = job_phrase(text[: sentence[1]], position + 1 if not verb.words.endswith("partner") else verb.end - 7)
    else:
        job = job_phrase(text[: sentence[1]], position)
    if verb.words.startswith("overt") or verb.words.endswith("overtaget"):
        led = _LEADERSHIP.match(text, position, sentence[1])
        house = read_company(text, led.end()) if led else None
        job = JobPhrase(company=house.span, end=house.end) if house else job
    if verb.words.endswith(_CHANGES) and text.startswith(" fra ", verb.end):
        to = _TO.search(text, verb.end, sentence[1])
        job = _joined(text[: sentence[1]], to.end(), job) if to else job
    turn = _FROM_BEING.search(text, verb.end, sentence[1]) if verb.words == "skifter" else None
    if turn is not None:
        job = job_phrase(text[: sentence[1]], turn.end())
        verb = verb._replace(kind=MoveKind.PROMOTION)
    if job.role is not None and verb.words == "bliver" and text.startswith("ansvarlig for ", job.role[0]):
        job = job._replace(role=None)  # what somebody answers for is a duty
    if text.startswith("som ny", verb.gap[0]):
        job = job._replace(role=job_phrase(text[: verb.gap[1]], verb.gap[0]).role)
    ahead = _FOR_A_JOB.search(text, position, sentence[1]) if text.startswith(" fra ", position) else None
    coming = job_phrase(text[: sentence[1]], ahead.end()) if ahead else job
    job = coming if coming.role else job
    if job.company is None and text.startswith(_PLACE_FIRST, start):
        job = _with_opening(text, start, verb.start, job)
    if (
        job.company is None
        and verb.gap[1] > verb.gap[0]
        and text[verb.gap[0]].isupper()
        and text.startswith("Med ", start)
    ):
        house = read_company(text, verb.gap[0])
        job = job._replace(company=house.span if house and house.end <= verb.gap[1] else None)
    if job.role is not None and text[slice(*job.role)] in _NO_TITLES:
        job = job._replace(role=None)
    return job, verb


_WITH_HOUSE = ("del af", "kontrakt med", "skrevet under med", "samarbejde med")
"""Ends of the verbs that the house follows at once: "er blevet en del af Granit"."""
_TAKEN_ON = ("ansat", "hyret", "hentet", "headhuntet", "rekrutteret", "engageret", "udnævnt", "udpeget", "ind", "valgt")
"""Ends of the verbs that tell who did it with "af": "er hyret af Granit"."""
_SUCCESSOR = re.compile(r" (?:[A-ZÆØÅ][\w.'’-]{0,30} ){1,5}(?:afløser|efterfølger) (?=som )")
"""Whose place somebody takes: "bliver Bo Lunds afløser som it-chef"."""
_NO_TITLES = frozenset("mand kvinde ansigt kraft navn".split())
"""What stands where a title does and is none: "ny mand i spidsen for Granit"."""


_BARE = frozenset("ansat udnævnt forfremmet tiltrådt startet udpeget".split())
"""Participles whose "er" was forgotten: they count only right after the name."""

_PLACE_FIRST = ("På ", "I ", "Hos ", "Ved ")


def _with_opening(text: str, start: int, end: int, job: JobPhrase) -> JobPhrase:
    """The job with the company and the town that open the sentence: "På Granits kontor i Aarhus er …"."""
    opening = job_phrase((text[:start] + text[start].lower() + text[start + 1 : end]).rstrip(), start)
    return JobPhrase(
        job.role, opening.company, job.unit or opening.unit, job.location or opening.location, job.end
    )  # fmt: skip


def _after_name(text: str, someone: Someone) -> int:
    """Where the job begins behind a person who stands after the verb: what follows the age belongs to it."""
    position = someone.end
    if someone.job is not None and someone.job.end > someone.name[1]:
        position = (someone.age or someone.name)[1]
    loose = _AGE_ENDS.match(text, position)
    return loose.end() if loose else position


_AGE_ENDS = re.compile(r"\)?(?: år)?,?")
_TRAINED = re.compile(r" (?:færdig|ny)?uddannet\b")
_LEADERSHIP = re.compile(r" (?:(?:den|det) )?(?:daglige |øverste )?(?:ledelse|ledelsen|ansvar|ansvaret) (?:af|for|i) ")
"""What is taken over that is no title: "overtager ledelsen af Granit"."""
_FOR_A_JOB = re.compile(r" for at (?:blive|være|tiltræde som|starte som|begynde som) ")
_FROM_BEING = re.compile(r"\bfra at være [^.]{1,80} til at (?:være|blive) ")
"""How somebody changes posts in one house: "skifter stilling fra at være sælger til at være chef"."""
_CHANGES = ("skifter", "skiftet", "flytter", "flyttet", "rykker", "rykket", "gået")
_TO = re.compile(r" til (?=[A-ZÆØÅ0-9])")


def _begins_small(text: str, start: int, someone: Someone) -> bool:
    return someone.name[0] > start and opens_otherwise(text, start)


def _is_employer_word(text: str, position: int, verb: Verb) -> bool:
    """Whether a company and no title follows "til": "er vendt tilbage til Granit"."""
    if verb.words.endswith(
        (
            "sig",
            "tilbage",
            "hentet",
            "headhuntet",
            "skiftet",
            "skifter",
            "kommet",
            "rykket",
            "flyttet",
            "flytter",
            "gået",
        )
    ):
        company = read_company(text, position)
        return company is not None
    return False


def _joined(text: str, position: int, job: JobPhrase) -> JobPhrase:
    company = read_company(text, position)
    if company is None:
        return job
    at = company.span[1] if not company.owner else company.end
    left = read_company(text, at + 5) if text.startswith(" fra ", at) else None
    rest = job_phrase(text, left.end if left else at, employer=text[slice(*company.span)])
    return JobPhrase(rest.role, company.span, rest.unit, rest.location, rest.end)
