"""Announcements as the form of 2025-26 writes them, each with the move it states.

An announcement is put together from plain words and values, and the place of each value is noted on the way: so the
move and its evidence are true by construction, and no parser has a hand in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from scraper.records import Move, MoveKind, PartialDate, Span
from scraper.replica import firms
from scraper.replica.firms import Firm
from scraper.replica.people import Person

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip

LABELS = {
    "hire": "Nyt job",
    "degree": "Færdiggjort uddannelse",
    "promotion": "Forfremmelse",
    "appointment": "Udnævnelse",
    "unknown": "Ny rolle",
}
FORMS = ("hire",) * 14 + ("degree",) * 2 + ("promotion",) * 2 + ("appointment", "unknown")
"""How often each form is filled in: hires are by far the most."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement in rotation.

    `written` is the sentence as the page's source has it, runs of blanks included, without its label; the `text` of
    `move` is what a reader reads: blanks as one, the label at its end. `card` says whether a name card follows. One
    that is not `whole` is cut off, and its move is what nobody can know from it.
    """

    key: str
    written: str
    move: Move
    card: bool
    photo: bool
    whole: bool = True

    @property
    def label(self) -> str:
        """The word that the announcement ends in."""
        return self.move.label or ""


@dataclass(frozen=True, slots=True)
class Story:
    """Who gets which role where, first shown in the week of `week`."""

    who: Person
    firm: Firm
    role: str
    week: date


@dataclass
class _Draft:
    """A text in the making, with the values put into it and where they stand."""

    text: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def say(self, words: str) -> _Draft:
        self.text += words
        return self

    def put(self, name: str, words: str, value: object = None) -> _Draft:
        """Write `words` as the value of a field; another record value may be named."""
        start = len(self.text)
        self.text += words
        self.values[name] = words if value is None else value
        self.spans.setdefault(name, (start, len(self.text)))
        return self

    def put_list(self, name: str, items: Sequence[str], words: str) -> _Draft:
        """Write `words`, in which each of `items` stands, as the values of a list field."""
        start = len(self.text)
        self.text += words
        first, last = words.index(items[0]), words.rindex(items[-1]) + len(items[-1])
        self.values[name] = tuple(items)
        self.spans[name] = (start + first, start + last)
        return self

    def end(self) -> _Draft:
        """A full stop, unless an abbreviation has set one."""
        return self if self.text.endswith(".") else self.say(".")


def start_day(rng: Random, week: date) -> date:
    """A day on which a job announced in this week may start: from three months before to a month after."""
    near = week + timedelta(days=rng.randint(-90, 30))
    return near.replace(day=rng.choice((1, 1, 1, 1, 15, near.day)))


def _date(draft: _Draft, day: date) -> None:
    draft.put("start_date_text", f"{day.day}. {MONTHS[day.month - 1]} {day.year}")
    draft.values["start_date"] = PartialDate(day.year, day.month, day.day)
    draft.spans["start_date"] = draft.spans["start_date_text"]


def _spelling(rng: Random, firm: Firm) -> str:
    return rng.choice(firm.names)


def _follow_ups(draft: _Draft, rng: Random, story: Story) -> None:
    """The sentences that a hire may go on with, in the form's order, each possibly missing."""

    def subject() -> str:
        return rng.choice((story.who.pronoun, story.who.pronoun, story.who.first))

    if rng.random() < 0.75:
        stumble = "med med" if rng.random() < 0.03 else "med"
        draft.say(f" {subject()} skal især beskæftige sig {stumble} ").put("focus", rng.choice(firms.FOCUS)).end()
    if rng.random() < 0.6:
        draft.say(f" {subject()} kommer fra en stilling som ").put("previous_role", rng.choice(firms.FIRST_ROLES))
        if rng.random() < 0.8:
            others = [other for other in firms.LISTABLE if other is not story.firm]
            before, *earlier = rng.sample(others, 3)
            draft.say(" hos ").put("previous_company", _spelling(rng, before))
            if rng.random() < 0.3:
                names = [_spelling(rng, other) for other in earlier[: rng.randint(1, 2)]]
                draft.say(" og før da ").put_list("earlier_companies", names, " og ".join(names))
        draft.end()
    if rng.random() < 0.45:
        degrees, words = rng.choice(firms.DEGREES)
        draft.say(f" {subject()} er uddannet ").put_list("education", degrees, words)
        if rng.random() < 0.5:
            draft.say(rng.choice((" fra ", " på "))).put_list(
                "institution", [school := rng.choice(firms.SCHOOLS)], school
            )
        draft.end()
    if rng.random() < 0.3:
        draft.say(f" {subject()} har tidligere beskæftiget sig med {rng.choice(firms.EXPERIENCE)}").end()
    if rng.random() < 0.12:
        draft.say(" " + rng.choice(firms.FREE_SENTENCES).format(p=story.who.pronoun, p_low=story.who.pronoun.lower()))


def _hire(draft: _Draft, rng: Random, story: Story, day: date) -> MoveKind:
    draft.put("company", _spelling(rng, story.firm)).say(" har pr. ")
    _date(draft, day)
    draft.say(" ansat ").put("person", story.who.name)
    if rng.random() < 0.25:
        age = rng.randint(19, 63)
        draft.say(", ").put("age", str(age), age).say(" år, ")
    draft.say(" som ").put("role", story.role)
    if rng.random() < 0.3:
        house = rng.choice(("kontor", "afdeling"))
        mark = rng.choice(("'", "’"))
        draft.say(f" ved {story.firm.brand}{mark}s {house} i ").put("location", rng.choice(firms.TOWNS))
    draft.end()
    _follow_ups(draft, rng, story)
    return MoveKind.HIRE


def _degree(draft: _Draft, rng: Random, story: Story, day: date) -> MoveKind:
    programme, school = rng.choice(firms.PROGRAMMES), rng.choice(firms.SCHOOLS)
    draft.put("person", story.who.name).say(", ").put("role", story.role).say(" hos ")
    draft.put("company", _spelling(rng, story.firm)).say(", har pr. ")
    _date(draft, day)
    draft.say(" fuldført uddannelsen ").put_list("education", [programme], programme)
    draft.say(" på ").put_list("institution", [school], school)
    draft.say(f" via {rng.choice(firms.NETWORKS)}.")
    if rng.random() < 0.4:
        draft.say(f" Foto: {story.who.name}.")
    return MoveKind.EDUCATION


def _promotion(draft: _Draft, rng: Random, story: Story, day: date) -> MoveKind:
    draft.put("person", story.who.name)
    if rng.random() < 0.5:
        age = rng.randint(25, 63)
        draft.say(", ").put("age", str(age), age).say(" år")
    draft.say(", ").put("previous_role", rng.choice(firms.FIRST_ROLES)).say(" hos ")
    draft.put("company", _spelling(rng, story.firm)).say(", er pr. ")
    draft.values["previous_company"] = draft.values["company"]
    draft.spans["previous_company"] = draft.spans["company"]
    _date(draft, day)
    draft.say(" forfremmet til ").put("role", story.role).end()
    draft.say(f" {rng.choice((story.who.pronoun, story.who.first))} skal fremover især beskæftige sig med ")
    draft.put("focus", rng.choice(firms.FOCUS)).end()
    return MoveKind.PROMOTION


def _appointment(draft: _Draft, rng: Random, story: Story, day: date) -> MoveKind:
    draft.put("person", story.who.name).say(",  ").put("company", _spelling(rng, story.firm)).say(", er pr. ")
    _date(draft, day)
    draft.say(" udnævnt som ").put("role", story.role).end()
    return MoveKind.PROMOTION


_FILLED_IN = {
    "hire": _hire,
    "unknown": _hire,
    "degree": _degree,
    "promotion": _promotion,
    "appointment": _appointment,
}


def _read(written: str, spans: dict[str, Span]) -> tuple[str, dict[str, Span]]:
    """A text and its spans with each run of blanks as one."""
    places = [0] * (len(written) + 1)
    text = ""
    for at, letter in enumerate(written):
        places[at] = len(text)
        if not (letter == " " and text.endswith(" ")):
            text += letter
    places[len(written)] = len(text)
    return text, {name: (places[start], places[end]) for name, (start, end) in spans.items()}


def announce(key: str, rng: Random, story: Story, form: str | None = None) -> Announcement:
    """What the form gives for a story; `form` is a key of LABELS, chosen as often as FORMS says when left out."""
    form = form or rng.choice(FORMS)
    draft = _Draft()
    kind = _FILLED_IN[form](draft, rng, story, start_day(rng, story.week))
    written, label = draft.text, LABELS[form]
    draft.say(" ").put("label", label)
    text, spans = _read(draft.text, draft.spans)
    move = Move(kind=kind, text=text, evidence=spans, rule="", **draft.values)
    card = rng.random() < 0.65
    return Announcement(key=key, written=written, move=move, card=card, photo=card and rng.random() < 0.5)


def truncated(whole: Announcement, rng: Random) -> Announcement:
    """The announcement cut off in its middle, in a word as likely as not: no full stop, no label, no card."""
    cut = rng.randint(len(whole.written) // 4, len(whole.written) * 3 // 4)
    written = whole.written[:cut].rstrip(" ,.") + rng.choice(("", "", "…", " ..."))
    move = replace(whole.move, text=" ".join(written.split()), evidence={})
    return Announcement(key=whole.key, written=written, move=move, card=False, photo=False, whole=False)
