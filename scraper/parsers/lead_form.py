"""The announcements that a form fills in (2025-26): fixed words, with whatever a company writes between them.

Here the fixed words tell where a field begins and ends, never the look of what stands in it: names with commas, full
stops and small letters come out whole.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.legal_forms import LEGAL_FORMS
from scraper.parsers.danish.dates import date_at
from scraper.parsers.danish.text import ABBREVIATIONS, SENTENCE_STARTERS
from scraper.parsers.lead import Lead
from scraper.records import MoveKind, Span

_HIRE_VERB = re.compile(r" har pr\. (?=[0-3]?\d\. ?[a-z])")
_BE_VERB = re.compile(r", (?:har|er) pr\. (?=[0-3]?\d\. ?[a-z])")
_HIRED = re.compile(r" ansat ")
_AS = re.compile(r",? som ")
_AGE = re.compile(r", ?(\d{1,2}) år")
_DONE = re.compile(r" fuldført uddannelsen ")
_RAISED = re.compile(r" forfremmet til ")
_NAMED = re.compile(r" udnævnt (?:som|til) ")
_STARTERS = ("Han ", "Hun ", "De ", "Vedkommende ", "Foto:")
_PRONOUNS = ("Han", "Hun", "De")
OFFICE = re.compile(
    r" ved (?P<brand>.{1,80}?)(?:['’]s?|s|'s) (?:kontor|afdeling|hovedkontor|filial) (?:i|på) (?P<town>.{1,60})$"
)
_DUTIES = re.compile(r" skal (?:fremover )?især beskæftige sig med (?:med )?")
_FROM = re.compile(r" kommer fra en stilling som ")
_FREE_SENTENCE = re.compile(
    r" [A-ZÆØÅ][^ .,]{0,30}(?: [a-zæøå]{1,30}){0,4} (?:[a-zæøå]{0,20}(?:er|år|te|ede)|har|skal|bor|var|blev|vil)\b"
)
"""The start of a sentence with its verb, which no name and no title has behind a full stop."""
_DOTTED_TOO = frozenset(form.removesuffix(".") for form, _ in LEGAL_FORMS if form.endswith("."))
_FORM_OF_A_FIRM = re.compile(r"(?:A/S|ApS|K/S|P/S|I/S)\b")
_WHOLE = frozenset(form.casefold() for form, _ in LEGAL_FORMS if not form.endswith(".") and form not in _DOTTED_TOO)
"""Legal forms without a full stop of their own: behind one, and behind a bracket, no name goes on."""
_STARTED_SENTENCE = re.compile(f" (?:{'|'.join(sorted(word.capitalize() for word in SENTENCE_STARTERS))}) [a-zæøå]")
"""A sentence that begins with a word which begins no name: "Den nye …", "I fritiden …"."""
DOTTED = tuple(
    f" {written}"
    for form in ("Co.", *(form for form, _ in LEGAL_FORMS if form.endswith(".")))
    for written in dict.fromkeys((form, form.upper(), form.lower(), form.capitalize()))
)
"""Ends of names whose full stop is their own, even where it ends the sentence: "Ltd.", "A.m.b.a."."""
_MOST_WORDS = 8
_BEFORE_THAT = re.compile(r",? og før da ")


def is_form(text: str) -> bool:
    """Whether the text is built as the form builds it: "har pr. 1. maj 2026 ansat"."""
    if " pr. " not in text:
        return False
    verb = _HIRE_VERB.search(text, 0, 400) or _BE_VERB.search(text, 0, 400)
    if verb is None:
        return False
    found = date_at(text, verb.end())
    return found is not None and found.year is not None and found.day is not None


@lru_cache(maxsize=64)
def mentions(name: str) -> tuple[str, ...]:
    """What later sentences may call a person by: the words of the name, one or several that stand together."""
    words = name.split(" ")[:_MOST_WORDS]
    return tuple(" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 1, len(words) + 1))


def sentence_end(text: str, start: int, called: tuple[str, ...], limit: int) -> int | None:
    """Where the sentence that goes on at `start` ends: at the full stop before the form's next sentence.

    `called` is what the sentences call the person by.
    """
    generic = None
    verbal = False
    at = text.find(".", start, limit)
    while at >= 0:
        if at == limit - 1:
            return at if generic is None or not (verbal or text.find(" ", generic + 2, limit) >= 0) else generic
        if text.startswith(" ", at + 1):
            if text.startswith(_STARTERS, at + 2) or _begins_with(text, at + 2, called):
                return generic if generic is not None and verbal else at
            if generic is None and text[at + 2 : at + 3].isupper() and not _FORM_OF_A_FIRM.match(text, at + 2):
                word = text[text.rfind(" ", 0, at) + 1 : at].lower()
                verbal = word not in ABBREVIATIONS and (
                    word in _WHOLE
                    or word.endswith(")")
                    or _STARTED_SENTENCE.match(text, at + 1, limit) is not None
                    or (len(word) > 1 and _FREE_SENTENCE.match(text, at + 1, limit) is not None)
                )
                if verbal or len(word) > 4:
                    generic = at
        at = text.find(".", at + 1, limit)
    return generic


def _begins_with(text: str, at: int, called: tuple[str, ...]) -> bool:
    """Whether a sentence begins at `at` with what the person is called by."""
    return text.startswith(called, at) and any(text.startswith(f"{name} ", at) for name in called)


def _opening(pattern: re.Pattern[str], text: str, start: int, called: tuple[str, ...], limit: int) -> int | None:
    """Where the words after "Han skal især …" begin: the sentence of the form that `pattern` names; None without it."""
    for match in pattern.finditer(text, start, limit):
        if opened_by(text, start, match.start(), called):
            return match.end()
    return None


def opened_by(text: str, start: int, at: int, called: tuple[str, ...]) -> bool:
    """Whether what stands before `at` is what a sentence calls the person by."""
    return text.endswith(_PRONOUNS, start, at) or text.endswith(called, start, at)


def read_form(text: str, label: Span | None) -> list[Lead] | str:
    """The move of an announcement of the form; a sentence that says why when it cannot be read whole."""
    body_end = label[0] if label else len(text)
    limit = len(text[:body_end].rstrip())
    apposed = _BE_VERB.search(text, 0, min(limit, 400))
    if apposed is not None:
        return _read_apposed(text, apposed, limit)
    verb = _HIRE_VERB.search(text, 0, min(limit, 400))
    date = date_at(text, verb.end()) if verb else None
    if verb is None or date is None:
        return "no date stands where the form writes it"
    hired = _HIRED.match(text, date.span[1])
    if hired is None:
        return "the form's verb is missing: the form has another kind that no rule knows"
    as_ = _AS.search(text, hired.end(), limit)
    if as_ is None:
        return "the announcement ends before the role: it is cut off"
    person, age = _person(text, hired.end(), as_.start())
    if person is None:
        return "no name of a person stands where the form writes it"
    called = mentions(text[slice(*person)])
    end = sentence_end(text, as_.end(), called, limit)
    if end is None:
        return "the first sentence has no end: the announcement is cut off"
    role: Span = (as_.end(), end)
    location = None
    office = OFFICE.search(text, role[0], role[1])
    if office is not None:
        role, location = (role[0], office.start()), office.span("town")
    focus, cut = duties(text, end, called, limit)
    if cut:
        return "the sentence on the duties has no end: the announcement is cut off"
    previous = previous_job(text, end, called, limit)
    return [
        Lead(
            kind=MoveKind.HIRE,
            person=person,
            age=age,
            company=(0, verb.start()),
            role=role,
            location=location,
            date=date,
            focus=focus,
            previous_role=previous[0],
            previous_company=previous[1],
            rule="form.hire",
            sentence=(0, end + 1),
        )
    ]


def _person(text: str, start: int, end: int) -> tuple[Span | None, Span | None]:
    age = _AGE.search(text, start, end)
    stop = age.start() if age else end
    while stop > start and text[stop - 1] in " ,":
        stop -= 1
    name = text[start:stop]
    if not name or not name[0].isupper() or len(name) > 80:
        return None, None
    return (start, stop), age.span(1) if age else None


def duties(text: str, end: int, called: tuple[str, ...], limit: int) -> tuple[Span | None, bool]:
    """The field of "skal især beskæftige sig med FIELD", and whether that sentence breaks off."""
    opening = _opening(_DUTIES, text, end, called, limit)
    if opening is None:
        return None, False
    stop = sentence_end(text, opening, called, limit)
    if stop is None:
        return None, True
    return (opening, stop), False


def previous_job(text: str, end: int, called: tuple[str, ...], limit: int) -> tuple[Span | None, Span | None]:
    """The role and the company of "kommer fra en stilling som ROLE hos COMPANY"."""
    opening = _opening(_FROM, text, end, called, limit)
    return job_at(text, opening, called, limit) if opening is not None else (None, None)


def job_at(text: str, opening: int, called: tuple[str, ...], limit: int) -> tuple[Span | None, Span | None]:
    """The role and the company of "ROLE hos COMPANY", which a sentence ends in that goes on at `opening`."""
    stop = sentence_end(text, opening, called, limit)
    if stop is None:
        return None, None
    at = text.find(" hos ", opening, stop)
    if at < 0:
        return (opening, stop), None
    before = _BEFORE_THAT.search(text, at, stop)
    close = stop + 1 if text.endswith(DOTTED, at, stop + 1) else stop
    return (opening, at), (at + 5, before.start() if before else close)


def _read_apposed(text: str, verb: re.Match[str], limit: int) -> list[Lead] | str:
    """Degree, promotion and appointment: "PERSON, ROLE hos COMPANY, har pr. …"."""
    date = date_at(text, verb.end())
    comma = text.find(",", 0, verb.start())
    if date is None or comma < 0:
        return "the form's first words are missing"
    person: Span = (0, comma)
    age = None
    rest = comma + 1
    aged = _AGE.match(text, comma)
    if aged is not None:
        age, rest = aged.span(1), aged.end()
        if text.startswith(",", rest):
            rest += 1
    while text.startswith(" ", rest):
        rest += 1
    present: Span = (rest, verb.start())
    if present[1] <= present[0]:
        return "the form's present job is missing"
    called = mentions(text[:comma])
    after = date.span[1]
    done, raised, named = _DONE.match(text, after), _RAISED.match(text, after), _NAMED.match(text, after)
    match = done or raised or named
    if match is None:
        return "the form's verb is missing: the form has another kind that no rule knows"
    end = sentence_end(text, match.end(), called, limit)
    if end is None:
        return "the first sentence has no end: the announcement is cut off"
    focus, cut = duties(text, end, called, limit)
    if cut:
        return "the sentence on the duties has no end: the announcement is cut off"
    role, company = _split_job(text, present)
    sentence: Span = (0, end + 1)
    told: Span = (match.end(), end)
    base = Lead(MoveKind.PROMOTION, person, "form.appointment", sentence, age=age, company=company, date=date)
    if match is done:
        return [base._replace(kind=MoveKind.EDUCATION, rule="form.education", role=role)]
    base = base._replace(role=told, focus=focus, previous_role=role, previous_company=company if role else None)
    if match is raised:
        return [base._replace(rule="form.promotion", inside=True)]
    return [base._replace(inside=True)]


def _split_job(text: str, span: Span) -> tuple[Span | None, Span]:
    """Split "ROLE hos COMPANY" in two, at the last "hos"; no role when there is none."""
    at = text.rfind(" hos ", *span)
    if at >= 0:
        return (span[0], at), (at + 5, span[1])
    return None, span
