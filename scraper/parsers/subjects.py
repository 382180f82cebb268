"""The people that a sentence names: before its verb, or after it, with their age and the job told with the name.

"Ann Holm, 35 år, it-chef hos Granit," and "Granits it-chef, Ann Holm" and "Direktør for Granit Ann Holm (35)" say the
same; all are read here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.names import NAME_WORD, person_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.phrases import JobPhrase, job_phrase
from scraper.records import Span


class Someone(NamedTuple):
    """A person in running text: the name, the age if it stands there, and the job told beside the name."""

    name: Span
    age: Span | None = None
    job: JobPhrase | None = None
    end: int = 0


_AGE = re.compile(
    r",? (?:\(?(?P<a>\d\d)(?: år(?:ig)?)?\)|(?:på |(?:der |som )?(?:nu |i dag )?er )?"
    r"(?P<b>\d\d) år(?:ig)?(?= ?[,.]| (?!i )|$)"
    r"|(?P<c>\d\d)(?=,))"
)
_AGED = re.compile(r"(?<!\d)(\d\d)-årige $")
_AGE_AFTER_COMMA = re.compile(r", (?:på )?(?P<a>\d\d)(?: år)?(?=[ ,.]|$)")
_RELATIVE = re.compile(r",? (?:der|som|hvis) ")
_AND = re.compile(r",? (?:og|samt) |, ")
_OPENER = re.compile(
    r"(?:sig |(?:den|det|de) (?:\d+-årige )?(?:tidligere |nuværende |forhenværende )?|"
    r"dansk |[a-zæøå]{3,20}ske (?=[A-ZÆØÅ])|tilbage |velkommen |"
    r"\d\d-årige |to nye medarbejdere[:,] |tidligere |forhenværende |"
    r"nordmanden |svenskeren |tyskeren |englænderen |amerikaneren |hollænderen |finnen |"
    r"nyuddannede |nyuddannet |erfarne |hr\. |fru )+",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"(?:(?:dr|prof|ph\.d|cand\.[a-zæøå.]{1,30}|dr\.[a-z]{1,20})\.? ){1,4}", re.IGNORECASE)


_OPENING_WORD = re.compile(r"[.:] ([A-ZÆØÅ][^\W\d_]+(?:-[^\W\d_]+)?)(?=[ ,])")


def _age_at(text: str, position: int) -> tuple[Span | None, int]:
    match = _AGE.match(text, position) or _AGE_AFTER_COMMA.match(text, position)
    if match is None:
        return None, position
    group = next(name for name in ("a", "b", "c") if match.groupdict().get(name))
    return match.span(group), match.end()


class RecurringNames:
    """The words that begin a sentence after `start`, written large: the first names of people recur so.

    They are looked for when first asked after, which the table of first names mostly spares.
    """

    __slots__ = ("_found", "_start", "_text")

    def __init__(self, text: str, start: int) -> None:
        self._text, self._start = text, start
        self._found: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._found is None:
            self._found = frozenset(match.group(1) for match in _OPENING_WORD.finditer(self._text, self._start))
        return word in self._found


def begins_name(text: str, position: int, known: RecurringNames) -> bool:
    """Whether the word at `position` is a first name: one of the table, or one that later sentences use."""
    word = NAME_WORD.match(text, position)
    return word is not None and (
        word.group() in FIRST_NAMES or word.group().split("-")[0] in FIRST_NAMES or word.group() in known
    )


def someone_at(text: str, start: int, end: int, known: RecurringNames) -> Someone | None:
    """The person whose phrase begins at `start` and ends by `end`, a title before the name read as the job; or None."""
    position = start
    if text[start : text.find(" ", start)] not in FIRST_NAMES:
        opener = _OPENER.match(text, start, end)
        position = opener.end() if opener else start
        doctor = _DOCTOR.match(text, position, end)
        position = doctor.end() if doctor is not None else position
    direct = person_at(text, position)
    if direct is not None:
        first_word = text[direct[0] : direct[1]].split(" ", maxsplit=1)[0]
        several = " " in text[direct[0] : direct[1]]
        if several and (
            first_word in FIRST_NAMES or not (is_title(first_word) or _owner_of_title(text, position, known))
        ):
            return _with_rest(text, (direct[0], min(direct[1], end)), end, None)
        if not several and direct[1] == end and first_word in known and not is_title(first_word):
            return _with_rest(text, direct, end, None)
    return _after_title(text, position, end, known)


def _owner_of_title(text: str, position: int, known: RecurringNames) -> bool:
    """Whether a company in the genitive and a title stand at `position`: "Granits it-chef, Ann Holm"."""
    if "s " not in text[position : position + 60] and "'" not in text[position : position + 60]:
        return False
    company = read_company(text, position)
    if company is None or not company.owner or begins_name(text, position, known):
        return False
    rest = text[company.end + 1 : company.end + 80].split(",", maxsplit=1)[0].split(" ")
    return any(is_title(word) for word in rest[:4])


def _after_title(text: str, start: int, end: int, known: RecurringNames) -> Someone | None:
    """A person whose title, with or without a company, stands before the name."""
    position = start
    best: Span | None = None
    for word in NAME_WORD.finditer(text, start, end):
        if word.start() < position or (word.start() > 0 and text[word.start() - 1] not in ' "(“”'):
            continue
        if not begins_name(text, word.start(), known):
            continue
        run = person_at(text, word.start())
        if run is not None and " " in text[run[0] : run[1]]:
            best = run
            break
    if best is None:
        for comma in re.finditer(r", ", text[start:end]):
            run = person_at(text, start + comma.end())
            if run is not None and " " in text[run[0] : run[1]] and text[run[1] : run[1] + 1] in {",", " "}:
                best = run
                break
    if best is None:
        words = list(NAME_WORD.finditer(text, start, end))
        first = words[0] if words else None
        if first is not None and is_title(first.group()) and first.start() == start:
            run = person_at(text, first.end() + 1)
            if run is not None and run[1] <= end:
                best = run
    if best is None or best[1] > end:
        return None
    job = _title_before(text, start, best[0])
    return _with_rest(text, best, end, job)


def _title_before(text: str, start: int, end: int) -> JobPhrase | None:
    stop = end
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    head = text[:stop]
    company = read_company(head, start)
    if company is not None and company.owner:
        job = job_phrase(head, company.end + 1)
        return JobPhrase(job.role, company.span, job.unit, job.location, stop)
    job = job_phrase(head, start)
    return job if job.role and head[slice(*job.role)] not in _NO_TITLES else None


_NO_TITLES = frozenset({"medarbejder", "kollega", "mand", "kvinde"})
"""What everybody who is hired is: "en ny medarbejder, Ann Holm"."""


def _with_rest(text: str, name: Span, end: int, job: JobPhrase | None) -> Someone:
    """The person with the age and the job that stand after the name."""
    age, position = _age_at(text, name[1])
    if age is None and text.startswith("-årige ", max(name[0] - 7, 0)):
        aged = _AGED.search(text, max(name[0] - 9, 0), name[0])
        age = aged.span(1) if aged else None
    if job is not None and job.company is None and text.startswith(", ", position) and position + 2 < end:
        told = _apposition(text, position + 2, end)
        if told is not None and told.company is not None and told.role is None:
            unit = job.unit or told.unit
            return Someone(name, age, JobPhrase(job.role, told.company, unit, told.location, told.end), told.end)
    if job is None and text.startswith(", ", position) and position + 2 < end:
        after = position + 2
        relative = _RELATIVE.match(text, position)
        if relative is None and not _AND.match(text, position + 1):
            told = _apposition(text, after, end)
            if told is not None:
                job, position = told, told.end
                if age is None:
                    age, position = _age_at(text, position)
    return Someone(name, age, job, position)


def _apposition(text: str, start: int, end: int) -> JobPhrase | None:
    head = text[:end]
    job = job_phrase(head, start)
    if head.startswith("fra ", start):
        company = read_company(head, start + 4)
        return JobPhrase(company=company.span, end=company.end) if company else None
    role = head[slice(*job.role)] if job.role else ""
    if role and (role[0].islower() or any(is_title(word) for word in role.split(" "))):
        return job
    in_firm = job_phrase("hos " + head[start:], 0)
    if in_firm.company is not None and in_firm.unit is not None:
        shift = start - 4
        return JobPhrase(
            company=_moved(in_firm.company, shift),
            unit=_moved(in_firm.unit, shift),
            location=_moved(in_firm.location, shift),
            end=in_firm.end + shift,
        )
    company = read_company(head, start)
    if company is None or (company.end < end and not head.startswith((",", " i "), company.end)):
        return None
    rest = job_phrase(head, company.end, employer=head[slice(*company.span)])
    return JobPhrase(
        company=company.span, unit=rest.unit, location=company.town or rest.location, end=max(rest.end, company.end)
    )


def _moved(span: Span | None, by: int) -> Span | None:
    return (span[0] + by, span[1] + by) if span else None


def people_at(text: str, start: int, end: int, known: RecurringNames) -> list[Someone]:
    """All people that the phrase from `start` to `end` names: "Ann Holm, 35 år, og Bo Lund"."""
    first = someone_at(text, start, end, known)
    if first is None:
        return []
    found = [first]
    while len(found) < 12:
        joiner = _AND.match(text, found[-1].end)
        if joiner is None or joiner.end() >= end:
            break
        run = person_at(text, joiner.end())
        if run is None or run[1] > end or " " not in text[run[0] : run[1]]:
            if (
                run is None
                and text[joiner.end() : joiner.end() + 1].islower()
                and not text.startswith("som ", joiner.end())
            ):
                other = someone_at(text, joiner.end(), end, known)
                if other is not None and other.job is not None and "," not in text[joiner.end() : other.name[0]]:
                    found.append(other)
                    continue
            break
        found.append(_with_rest(text, run, end, None))
    return found
