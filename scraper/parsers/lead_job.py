"""The job told behind a verb whose subject is the person: "er ansat som it-chef hos Granit", its parts in any order."""

from __future__ import annotations

import re

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.kinds import Verb
from scraper.parsers.danish.roles import is_title
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.records import MoveKind, Span


def job_behind(text: str, position: int, sentence: Span, verb: Verb) -> tuple[JobPhrase, Verb]:
    """The job told at `position`, behind the verb and its people; and the verb, whose kind the job may change."""
    if verb.words.endswith(_WITH_HOUSE):
        job = _joined(text[: sentence[1]], position + 1, job_phrase(text[: sentence[1]], position))
        return recast(text, job, position, sentence[1]), verb
    if text.startswith(" af ", position) and verb.words.endswith(_TAKEN_ON):
        return _joined(text[: sentence[1]], position + 4, JobPhrase(end=position)), verb
    if verb.words in {"bliver", "er blevet"} and (succeeds := _SUCCESSOR.match(text, position, sentence[1])):
        return job_phrase(text[: sentence[1]], succeeds.end()), verb
    if text.startswith(" fra ", position) and verb.kind is MoveKind.PROMOTION:
        position = max(text.find(" til ", position, sentence[1]), position)
    if text.startswith((" til ", " op til ", " over til "), position) and verb.kind is not MoveKind.DEPARTURE:
        position = text.index("til ", position) + 4
        job = job_phrase(text[: sentence[1]], position)
        if job.role is None or _is_employer_word(text, position, verb) or _house_stands(text, job.role):
            job = _joined(text[: sentence[1]], position, job)
    elif verb.words.endswith((" til", " ud med")) and verb.kind is not MoveKind.DEPARTURE:
        left = text.find(" fra ", position, sentence[1])
        told = text[: left if left > 0 else sentence[1]]
        job = _joined(told, position + 1, job_phrase(text[: sentence[1]], position))
    elif verb.words.endswith((" ny", " nye", " nyudnævnt", " blevet", "bliver", " partner")):
        job = job_phrase(text[: sentence[1]], position + 1 if not verb.words.endswith("partner") else verb.end - 7)
    else:
        job = job_phrase(text[: sentence[1]], position)
    return _corrected(text, position, sentence, verb, job)


def _corrected(text: str, position: int, sentence: Span, verb: Verb, job: JobPhrase) -> tuple[JobPhrase, Verb]:
    """The job as the verb means it: where "from", "to" or a later "som" tell another title or house than the first."""
    start = sentence[0]
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
    if job.role is None and (verb.kind is MoveKind.PROMOTION or verb.words.endswith(("nævnt", "peget"))):
        job = _risen(text, position, sentence[1], job)
    if verb.kind is MoveKind.HIRE and text.startswith("fra ", verb.gap[0]) and _rises(text, verb):
        verb = verb._replace(kind=MoveKind.PROMOTION)
    if verb.kind in _JOINS and not text.startswith(" udvidet ", verb.end):
        job = recast(text, job, position - 1, sentence[1])
    if job.company is None and text.startswith(_PLACE_FIRST, start):
        job = _with_opening(text, start, verb.start, job)
    if job.company is None and verb.gap[1] > verb.gap[0]:
        job = job._replace(company=_house_between(text, start, verb))
    if job.role is not None and text[slice(*job.role)] in _NO_TITLES:
        job = job._replace(role=None)
    return job, verb


def _house_between(text: str, start: int, verb: Verb) -> Span | None:
    """The house within the verb: "er af Granit ansat", "er Granits nye it-chef", "Med Ann Holm har Granit fået"."""
    begin = verb.gap[0] + 3 if text.startswith("af ", verb.gap[0]) else verb.gap[0]
    owned = verb.words.endswith(" nye")
    if not text[begin].isupper() or not (owned or begin > verb.gap[0] or text.startswith("Med ", start)):
        return None
    house = read_company(text, begin)
    return house.span if house is not None and house.owner == owned and house.end <= verb.gap[1] else None


def _house_stands(text: str, role: Span) -> bool:
    """Whether the words read as a title are the house, whose title follows: "lokket til Granit som it-chef"."""
    return text.startswith((" som ", ", hvor "), role[1]) and text[role[0]].isupper() and not titled(text, role)


def _risen(text: str, position: int, end: int, job: JobPhrase) -> JobPhrase:
    """The job with the title behind the house: "er forfremmet internt i Granit til it-chef"."""
    to = _TO_TITLE.search(text, position, end)
    risen = job_phrase(text[:end], to.end(), employer=_said(text, job.company)) if to else job
    return job._replace(role=risen.role) if risen.role and titled(text, risen.role) else job


def _said(text: str, span: Span | None) -> str | None:
    return text[slice(*span)] if span else None


def _rises(text: str, verb: Verb) -> bool:
    """Whether a title and no house stands within "går fra tester til": the house stays the same."""
    left = _LEFT_TITLE.match(text[slice(*verb.gap)])
    return left is not None and any(map(is_title, _WORDS.split(left.group(1))))


_LEFT_TITLE = re.compile(
    r"fra (?:(?:en |sin |et |sit )?(?:stilling|job|post)(?:en|bet)? som |at være )?"
    r"((?!.* (?:hos|i|ved|på) )[^,.]{3,40}?) ?(?:til at )?$"
)
_TO_TITLE = re.compile(r" til (?=[a-zæøåA-ZÆØÅ])")


def titled(text: str, role: Span) -> bool:
    """Whether one of the words read as a title is one."""
    return any(map(is_title, _WORDS.split(text[slice(*role)])))


def recast(text: str, job: JobPhrase, position: int, end: int) -> JobPhrase:
    """The job with the title that a later "som" names, where what stands first is none: "overtager roret som chef"."""
    if job.role is not None and titled(text, job.role):
        return job
    clause = _CLAUSE.search(text, position, end)
    for as_ in _AS.finditer(text, position, clause.start() if clause else end):
        told = job_phrase(text[:end], as_.end(), employer=text[slice(*job.company)] if job.company else None)
        if told.role is not None and told.role[0] <= as_.end() + 4 and titled(text, told.role):
            house = read_company(text, job.role[0]) if job.role and text[job.role[0]].isupper() else None
            named = house.span if house and house.end <= as_.start() else None
            return JobPhrase(
                told.role,
                job.company or told.company or named,
                told.unit or job.unit,
                told.location or job.location,
                told.end,
            )
    return job


_JOINS = frozenset({MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.BOARD})
_AS = re.compile(
    r" (?:som|og bliver(?! ansvarlig)|og er nu|"
    r"at blive|at være|at fungere som|at tiltræde som|med titlen|med titel af) "
)
_CLAUSE = re.compile(
    r" fra (?:en|et|sin|sit|jobbet|stillingen|posten) |"
    r", (?:hvor|hvis|der|som|efter|da|og)\b|; | - | efter [a-zæøå]{2,12} (?:år|måneder)\b"
)
_WORDS = re.compile(r"[ -]")
_WITH_HOUSE = ("del af", "kontrakt med", "skrevet under med", "under på med", "samarbejde med")
"""Ends of the verbs that the house follows at once: "er blevet en del af Granit"."""
_TAKEN_ON = ("ansat", "hyret", "hentet", "headhuntet", "rekrutteret", "engageret", "udnævnt", "udpeget", "ind", "valgt")
"""Ends of the verbs that tell who did it with "af": "er hyret af Granit"."""
_SUCCESSOR = re.compile(r" (?:[A-ZÆØÅ][\w.'’-]{0,30} ){1,5}(?:afløser|efterfølger) (?=som )")
"""Whose place somebody takes: "bliver Bo Lunds afløser som it-chef"."""
_NO_TITLES = frozenset("mand kvinde ansigt kraft navn".split())
"""What stands where a title does and is none: "ny mand i spidsen for Granit"."""


_PLACE_FIRST = ("På ", "I ", "Hos ", "Ved ")


def _with_opening(text: str, start: int, end: int, job: JobPhrase) -> JobPhrase:
    """The job with the company and the town that open the sentence: "På Granits kontor i Aarhus er …"."""
    opening = job_phrase((text[:start] + text[start].lower() + text[start + 1 : end]).rstrip(), start)
    return JobPhrase(
        job.role, opening.company, job.unit or opening.unit, job.location or opening.location, job.end
    )  # fmt: skip


_LEADERSHIP = re.compile(r" (?:(?:den|det) )?(?:daglige |øverste )?(?:ledelse|ledelsen|ansvar|ansvaret) (?:af|for|i) ")
"""What is taken over that is no title: "overtager ledelsen af Granit"."""
_FOR_A_JOB = re.compile(r" for at (?:blive|være|tiltræde som|starte som|begynde som) ")
_FROM_BEING = re.compile(r"\bfra at være [^.]{1,80} til at (?:være|blive) ")
"""How somebody changes posts in one house: "skifter stilling fra at være sælger til at være chef"."""
_CHANGES = (
    "skifter",
    "skiftet",
    "flytter",
    "flyttet",
    "rykker",
    "rykket",
    "gået",
    "hopper",
    "hoppet",
    "springet",
    "springer",
    "turen",
    "skridtet",
    "videre",
)
_TO = re.compile(r" til (?=[A-ZÆØÅ0-9])")


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
