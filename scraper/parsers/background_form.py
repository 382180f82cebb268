"""The past as the form of today writes it: fixed sentences with free values, read to the letter.

"P kommer fra en stilling som ROLE[ hos COMPANY[ og før da X og Y]]." and "P er uddannet DEGREE[ fra SCHOOL]." As the
sentences are fixed, a value may hold any words: "TITLE, FIELD", "A, B A/S", a name in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.parsers.background_posts import Post
from scraper.parsers.danish import education
from scraper.parsers.lead_form import DOTTED
from scraper.records import Span

_LEAD = re.compile(
    r"\b(?:har|er) pr\. \d{1,2}\. [a-z]{3,9} \d{4} (?:ansat|forfremmet|udnævnt|fuldført|tiltrådt|blevet)\b"
)
_COMES = re.compile(r"[A-ZÆØÅ][^ ,.]{0,30} kommer fra en stilling som ")
_TRAINED = re.compile(r"[A-ZÆØÅ][^ ,.]{0,30} er uddannet ")
_EXPERIENCE = re.compile(r"[A-ZÆØÅ][^ ,.]{0,30} (?:har tidligere beskæftiget sig med|skal (?:især|fremover)) ")
_FREE = re.compile(r",? (?:hvor|og har|og er|og var|og kommer|men|som|der|samt|i perioden|med ansvar)\b")
_STOP = re.compile(r"[.;] ")
_SCHOOL = re.compile(r" (?:fra|på|ved|hos) (?=\S)")
_LABEL = re.compile(r"(?<=\.) [A-ZÆØÅ][a-zæøå]{1,20}(?: [a-zæøå]{2,20}){0,3}$")
"""The form's own label, where a degree's full stop before it ends no sentence."""
_COMPANY = re.compile(r"(?:Co|co|Partnere|Søn|Sønner)\b")
_DOTTED = (*DOTTED, "&co.")


@dataclass(slots=True)
class FormPast:
    """What one sentence of the form says; empty where the sentence says nothing of the past."""

    post: Post | None = None
    earlier: list[Span] = field(default_factory=list)
    degrees: list[Span] = field(default_factory=list)
    schools: list[Span] = field(default_factory=list)


def is_form(text: str, lead: Span) -> bool:
    """Whether the sentence of the move is one that the form writes."""
    return text.find(" pr. ", *lead) >= 0 and _LEAD.search(text, lead[0], lead[1]) is not None


def read_form_sentence(text: str, start: int, end: int) -> FormPast | None:
    """The past in one sentence of the form, None where the sentence is a free one."""
    label = _LABEL.search(text, max(start, end - 45), end)
    end = label.start() if label else end
    close = end - 1 if text.startswith(".", end - 1) and not text.endswith(_DOTTED, start, end) else end
    comes = _COMES.match(text, start, close)
    if comes:
        return _former_job(text, comes.end(), close)
    trained = _TRAINED.match(text, start, close)
    if trained:
        return _training(text, trained.end(), close)
    return FormPast() if _EXPERIENCE.match(text, start, close) else None


def _free(text: str, start: int, end: int) -> bool:
    """Whether words stand here that no value of the form holds."""
    return (_FREE.search(text, start, end) or _STOP.search(text, start, end)) is not None


def _former_job(text: str, start: int, close: int) -> FormPast | None:
    at = text.find(" hos ", start, close)
    if at < 0:
        return None if _free(text, start, close) else FormPast(Post(role=(start, close), end=close))
    before = text.find(" og før da ", at, close)
    company = (at + 5, before if before >= 0 else close)
    if _free(text, *company) or _free(text, start, at):
        return None
    past = FormPast(Post(role=(start, at), companies=[company], end=close))
    if before >= 0:
        first = before + len(" og før da ")
        joint = text.rfind(" og ", first, close)
        while joint > first and _COMPANY.match(text, joint + 4, close):
            joint = text.rfind(" og ", first, joint)
        past.earlier = [(first, close)] if joint < first else [(first, joint), (joint + 4, close)]
    return past


def _training(text: str, start: int, close: int) -> FormPast | None:
    leads = list(_SCHOOL.finditer(text, start, close))
    if (
        len(leads) > 1
        or _FREE.search(text, start, close)
        or text.startswith(("i ", "inden for ", "på ", "fra "), start)
    ):
        return None
    stop = leads[0].start() if leads else close
    items, _ = education.degrees_at(text, start, stop, education.heads(text))
    items = items if len(items) > 1 else [(start, stop)]
    if leads:
        return FormPast(degrees=items, schools=[(leads[0].end(), close)])
    last = items[-1][0]
    head = education.head_at(text, last, close + 1)
    if head and head.end() == close + 1:
        items[-1] = (last, close + 1)
    return FormPast(degrees=items)
