"""One announcement in, its moves out: the lead, what the rest of the text adds, and the evidence for each field.

An announcement is read whole or not at all: what no rule reads, and what is cut off, comes back as the reason why.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date

from scraper.parsers.background import read_background
from scraper.parsers.danish.labels import is_label, kind_of_label, without_link
from scraper.parsers.danish.text import clean, sentences
from scraper.parsers.lead import MAX_LENGTH, Lead
from scraper.parsers.lead_form import is_form, read_form
from scraper.parsers.lead_notice import read_notice
from scraper.parsers.lead_prose import read_prose
from scraper.parsers.openings import begins_sentence, opens_with_day
from scraper.records import Move, MoveKind, Span


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one announcement gave: its moves, its label, or in `unread` the reason why there are none."""

    moves: tuple[Move, ...]
    label: str | None = None
    unread: str | None = None


_WORDS_OF_A_LABEL = 4
_TAIL = re.compile(r"[.!?)] ([A-ZÆØÅ][^.!?:;,()]{1,50})$")
_MARKUP = re.compile(r"\[/?[a-z]{1,10}(?:=[^\[\]]{0,30})?\]")
"""What an editor's tool left in the text: "[size= small]"."""
_LOOSE = re.compile(r" (?=[.,;:](?: |$))")


def _label(text: str, *, form: bool, reworded: bool) -> Span | None:
    """The label that ends the text: one of the table, or in the form any few words after the last full stop.

    Where the form is `reworded`, they must not begin a sentence.
    """
    if text.endswith((".", "!", "?", ")")):
        return None
    tail = _TAIL.search(text)
    if tail is None:
        return None
    words = tail.group(1)
    few = len(words.split(" ")) <= _WORDS_OF_A_LABEL
    if is_label(words) or (few and (form or (reworded and not begins_sentence(words, text[: tail.start(1)])))):
        return tail.span(1)
    return None


def _without_link(text: str) -> str:
    """The text without a link that was copied with it, "Læs mere", behind its last full stop."""
    tail = None if text.endswith((".", "!", "?", ")")) else _TAIL.search(text)
    return text[: tail.start(1) + len(without_link(tail.group(1)))].rstrip() if tail else text


def _without_card(raw: str) -> str:
    """The text in one line, without the lines below it that only repeat words of it: a name card."""
    lines = [line for line in (clean(line) for line in raw.splitlines()) if line]
    while len(lines) > 1 and len(lines[-1]) < 90 and any(lines[-1] in line for line in lines[:-1]):
        lines.pop()
    return " ".join(lines)


def read_announcement(text: str, *, published: date | None = None) -> Reading:
    """Read one announcement, with its label and name card if they stand below it.

    `published` is the day against which dates without a year are resolved. Never raises: what cannot be read whole
    gives no move and the reason in `unread`.
    """
    if len(text) > MAX_LENGTH * 3:
        return Reading((), unread="too long for an announcement")
    if "[/" in text:
        text = _MARKUP.sub("", text)
    said = _without_link(_without_card(text) if "\n" in text else clean(text))
    if len(said) > MAX_LENGTH:
        return Reading((), unread="too long for an announcement")
    if len(said) < 20 or " " not in said:
        return Reading((), unread="too short for an announcement")
    form = is_form(said)
    reworded = not form and opens_with_day(said)
    label_span = _label(said, form=form, reworded=reworded)
    label = said[label_span[0] : label_span[1]] if label_span else None
    cut = _cut_off(said[: label_span[0]].rstrip() if label_span else said, form=form)
    if cut:
        return Reading((), label, "its last sentence has no end: the announcement is cut off")
    if form:
        leads = read_form(said, label_span)
        if not isinstance(leads, str):
            return _finish(said, leads, label, label_span, published)
        if "cut off" in leads:
            return Reading((), label, leads)
    body, removed = _tight(said[: label_span[0]].rstrip() if label_span else said)
    leads = (read_notice(body, label) if label or form or reworded else None) or read_prose(body)
    if not removed:
        return _finish(said, leads, label, label_span, published)
    reading = _finish(body, leads, label, None, published)
    return Reading(tuple(_loosened(move, said, removed, label_span) for move in reading.moves), label, reading.unread)


def _cut_off(text: str, *, form: bool) -> bool:
    """Whether the text breaks off: in the form any missing full stop tells it, in prose a dangling word."""
    if text.endswith(("…", "...", ",", ";", ":")):
        return True
    if text.endswith((".", "!", "?", ")", '"', "”", "»", "]", "'")):
        return False
    if form:
        return True
    last = text.rsplit(" ", 1)[-1].lower()
    return last in DANGLING or len(sentences(text)) == 1


DANGLING = frozenset(
    """
    og i på hos ved med til fra for som der af at en et den det de har er pr samt men inden under eller blandt hvor
    han hun
    sin sit sine skal vil været ansat stilling
    """.split()
)
"""Words that end no sentence."""


def _tight(text: str) -> tuple[str, list[int]]:
    """The text without blanks before its punctuation, and where in it they were."""
    if " ." not in text and " ," not in text and " ;" not in text and " :" not in text:
        return text, []
    removed = [match.start() for match in _LOOSE.finditer(text)]
    return _LOOSE.sub("", text), [at - index for index, at in enumerate(removed)]


def _loosened(move: Move, text: str, removed: list[int], label_span: Span | None) -> Move:
    """The move with its evidence in the text as it was read, before its punctuation was set right."""
    evidence = {
        name: (span[0] + bisect_right(removed, span[0]), span[1] + bisect_left(removed, span[1]))
        for name, span in move.evidence.items()
    }
    if label_span is not None:
        evidence["label"] = label_span
    return replace(move, text=text, evidence=evidence)


def parse_announcement(text: str, *, published: date | None = None) -> list[Move]:
    """The moves that one announcement states; empty when no rule reads it whole. See `read_announcement`."""
    return list(read_announcement(text, published=published).moves)


def _finish(
    text: str, leads: list[Lead] | str, label: str | None, label_span: Span | None, published: date | None
) -> Reading:
    if isinstance(leads, str):
        return Reading((), label, leads)
    people = tuple(text[slice(*lead.person)] for lead in leads) if len(leads) > 1 else ()
    moves = tuple(_move(text, lead, people, label, label_span, published) for lead in leads)
    return Reading(moves, label)


def _move(  # noqa: PLR0917 - what an announcement says besides the lead itself
    text: str, lead: Lead, people: tuple[str, ...], label: str | None, label_span: Span | None, published: date | None
) -> Move:
    evidence: dict[str, Span] = {}

    def value(name: str, span: Span | None) -> str | None:
        if span is None or span[1] <= span[0]:
            return None
        evidence[name] = span
        return text[span[0] : span[1]]

    evidence["kind"] = lead.sentence
    person = value("person", lead.person) or ""
    company, role = value("company", lead.company), value("role", lead.role)
    kind = _kind(lead, label)
    background = read_background(
        text,
        person=person,
        company=company,
        role=role,
        kind=kind,
        lead=lead.sentence,
        told=lead.previous_role is not None or lead.previous_company is not None,
        others=tuple(name for name in people if name != person) if people else (),
    )
    if label_span is not None:
        evidence["label"] = label_span
    resolved = lead.date.resolve(published) if lead.date else None
    date_text = value("start_date_text", lead.date.shown(text)) if lead.date else None
    if resolved is not None and lead.date is not None:
        evidence["start_date"] = lead.date.shown(text)
    age = value("age", lead.age)
    if lead.previous_role is not None or lead.previous_company is not None:
        previous_role, previous_company = (
            value("previous_role", lead.previous_role),
            value("previous_company", lead.previous_company),
        )
    else:
        previous_role = _told("previous_role", _outside(lead, background.previous_role), evidence)
        previous_company = _told("previous_company", _outside(lead, background.previous_company), evidence)
    earlier, within = background.earlier_companies, lead.previous_company
    if within is not None:
        earlier = tuple(item for item in earlier if not _overlap(item[1], within))
    return Move(
        kind=kind,
        person=person,
        age=int(age) if age else None,
        company=company,
        role=role,
        unit=value("unit", lead.unit),
        location=value("location", lead.location),
        start_date=resolved,
        start_date_text=date_text,
        previous_role=previous_role,
        previous_company=previous_company,
        earlier_companies=_listed("earlier_companies", earlier, evidence),
        education=_listed("education", background.education, evidence),
        institution=_listed("institution", background.institution, evidence),
        focus=value("focus", lead.focus),
        label=label,
        text=text,
        evidence=evidence,
        rule=lead.rule,
    )


def _outside(lead: Lead, found: tuple[str, Span] | None) -> tuple[str, Span] | None:
    """A value, unless it stands in a sentence of fixed words, which was read to the letter."""
    if found is None or not lead.rule.startswith(("form.", "notice.")):
        return found
    return None if _overlap(found[1], lead.sentence) else found


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _told(name: str, found: tuple[str, Span] | None, evidence: dict[str, Span]) -> str | None:
    if found is None:
        return None
    evidence[name] = found[1]
    return found[0]


def _listed(name: str, found: tuple[tuple[str, Span], ...], evidence: dict[str, Span]) -> tuple[str, ...]:
    if not found:
        return ()
    evidence[name] = (min(span[0] for _, span in found), max(span[1] for _, span in found))
    return tuple(value for value, _ in found)


def _kind(lead: Lead, label: str | None) -> MoveKind:
    """The kind that the words tell, made sure by the label of the form."""
    told = kind_of_label(label)
    if (
        told is not None
        and told is not MoveKind.OTHER
        and lead.kind in {MoveKind.HIRE, MoveKind.PROMOTION, MoveKind.OTHER}
    ):
        return told
    return lead.kind
