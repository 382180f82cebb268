"""Lines of a page to drafts: which lines belong together and may be one announcement.

The walk goes over the page once. It follows headings in and out of people sections, puts an announcement together that
a layout has spread over several lines, and finds its label below it, under its name card, or above it. Whether a draft
is an announcement is not decided here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from scraper.parsers.cards import MOST_WORDS, is_short, names_of, repeats
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.regions import GOES_ON, NOT_JOB_WORDS, SECTION_ENDS, is_people_heading
from scraper.parsers.joins import (
    BROKEN_OFF,
    MOST_LINES,
    begins_label,
    begins_name,
    continues,
    end_of_sentence,
    has_hole,
    is_closed,
    is_of_a_body,
    names_part,
)
from scraper.parsers.label_places import LabelPlaces, label_with_name
from scraper.parsers.lines import (
    Line,
    are_several,
    ends_in_label,
    is_bare,
    split_label,
)
from scraper.parsers.moves import Reading
from scraper.parsers.openings import LEAD, announces, begins_as_name, opens_like_form, which_open_like_form
from scraper.parsers.readings import reading_of

MOST_DRAFTS = 400
"""Announcements that are read of one page; no page shows a tenth of it."""
MOST_FOREIGN = 3
"""Short lines that are neither announcement, label nor card and that do not yet end a section."""

_BULLETS = " *•·▪■●○►"
_BETWEEN = f"{_BULLETS},:|-–"
"""What may stand between a name card and the announcement that it is glued to: in lists, and anywhere."""
_WORD_END = re.compile(r"(?<=[^\W_.])(?=[\s,:]|[A-ZÆØÅ0-9])|(?<=A/S|ApS|K/S)|(?<=m\.b\.a\.)(?= )")


@dataclass(slots=True)
class Draft:
    """Lines that may be one announcement: from `start` up to `end`, its text with the label behind it."""

    start: int
    end: int
    body: str
    label: str | None
    reading: Reading
    form: bool
    in_section: bool
    lines: set[int] = field(default_factory=set)
    carded: bool = False

    @property
    def text(self) -> str:
        """The announcement as it is read, its label at the end wherever the page shows it."""
        return f"{self.body} {self.label}" if self.label else self.body


class Walk:
    """Goes over the lines of a page once and gathers drafts."""

    def __init__(self, lines: Sequence[Line], headings: frozenset[str], published: date | None) -> None:
        self._lines = lines
        self._extra = headings
        self._published = published
        self.drafts: list[Draft] = []
        self.headings: list[int] = []
        self._open = self._loose = False
        self._foreign = 0
        self._forms = which_open_like_form([line.text for line in lines])
        self._labels = LabelPlaces(lines, self._forms, headings)
        self._labels_first = self._labels.first
        self._telling = self._find_telling()

    def run(self) -> None:
        """Fills `drafts` and `headings`."""
        at = 0
        while at < len(self._lines) and len(self.drafts) < MOST_DRAFTS:
            if not self._open:
                following = bisect_left(self._telling, at)
                if following == len(self._telling):
                    break
                at = self._telling[following]
            line = self._lines[at]
            if self._is_heading(at):
                self.headings.append(at)
                self._open = self._loose = True
                self._foreign = 0 if is_sure_heading(line) else MOST_FOREIGN
                at += 1
                continue
            if self._open and self.drafts[-1:] and self.drafts[-1].form and is_of_a_body(self._lines, at):
                self._open = self._loose = False
            draft = self._draft(at)
            if draft is not None:
                self.drafts.append(draft)
                self._foreign = 0
                at = draft.end
                continue
            unread = self._unread(at) if self._open else None
            if unread is not None:
                self.drafts.append(unread)
                at = unread.end
                continue
            if self._open:
                self._pass(line)
            at += 1

    def _is_heading(self, at: int) -> bool:
        """Whether a line heads a people section, and is no label that says the same words."""
        line = self._lines[at]
        return (
            is_people_heading(line.text, self._extra)
            and not (self._labels_first and at in self._labels.known)
            and not is_label_of_draft(self.drafts, at, line)
        )

    def _find_telling(self) -> list[int]:
        """The lines that tell something outside of sections: headings, and what has the form or a label on it or near.

        A page is mostly other text, which the walk steps over.
        """
        beside = {at for label in self._labels.known for at in self._places_beside(label)}
        return [
            at
            for at, line in enumerate(self._lines)
            if self._forms[at]
            or at in beside
            or line.label
            or ends_in_label(line.text)
            or is_people_heading(line.text, self._extra)
        ]

    def _places_beside(self, label: int) -> range:
        """Where an announcement may stand whose label is at `label`, as this page has them: above or below."""
        return range(label + 1, label + 4) if self._labels_first else range(label - MOST_LINES + 1, label + 1)

    def _unread(self, at: int) -> Draft | None:
        """What stands in a section where an announcement does, though no rule takes it for one."""
        text = self._lines[at].text
        body, label = split_label(text)
        lines = {at}
        reason = "no sentence says who moves where in words that a rule knows"
        if label is None and self._label_next_to(at):
            label = self._lines[at + 1].text
            lines.add(at + 1)
        if label is None and self._is_beginning(at):
            reason = "the announcement is cut off"
        elif label is None and not (self._loose and self._stands_between(at)):
            return None
        unread = Reading((), label, reason)
        return Draft(at, max(lines) + 1, body, label, unread, form=False, in_section=True, lines=lines)

    def _label_next_to(self, at: int) -> bool:
        """Whether a label stands right below a text that is no card."""
        if self._labels_first or at + 1 >= len(self._lines) or is_short(self._lines[at]):
            return False
        return is_closed(self._lines[at].text) and is_label(self._lines[at + 1].text)

    def _is_beginning(self, at: int) -> bool:
        """Whether a line is the beginning of an announcement, cut off before its verb: "Bo Lind, chef hos Gra…"."""
        line = self._lines[at]
        text = line.text
        if line.heading or line.link or text.count(" ") < 2 or NOT_JOB_WORDS.search(text) or SECTION_ENDS.search(text):
            return False
        person = person_at(text, 0)
        if not text.endswith(BROKEN_OFF):
            if is_closed(text) or person is None or not text.startswith(",", person[1]) or " hos " not in text:
                return False
        elif person is None and not self._loose:
            return False
        if person is None:
            return True
        name = text[slice(*person)]
        beside = [other.text for other in self._lines[at + 1 : at + 6]] + [draft.body for draft in self.drafts[-1:]]
        return " " in name and not any(name in other for other in beside)

    def _stands_between(self, at: int) -> bool:
        """Whether a text in a section stands between its heading or an announcement and the next announcement."""
        text = self._lines[at].text
        if is_short(self._lines[at]) or not is_closed(text) or SECTION_ENDS.search(text) or NOT_JOB_WORDS.search(text):
            return False
        if not self.drafts or self.drafts[-1].start < self.headings[-1]:
            return False  # words that lead into the section
        person = person_at(text, 0)
        if person is None or " " not in text[slice(*person)]:
            return False  # an announcement that no rule knows still begins with a name
        following = next((line.text for line in self._lines[at + 1 : at + 5] if not is_short(line)), "")
        return not SECTION_ENDS.search(following) and len(following) >= 25 and announces(following)

    def _pass(self, line: Line) -> None:
        """A line of a section that announces nothing: a label, a card, or the sign that the section is over."""
        if not line.text or is_label(line.text):
            return
        if self.drafts and is_short(line) and repeats(line.text, names_of(self.drafts[-1].reading.moves)):
            return
        self._foreign += 1
        long = not is_short(line) and (bool(self.drafts) or len(line.text) > 300)
        if SECTION_ENDS.search(line.text) or long or self._foreign > MOST_FOREIGN:
            self._open = self._loose = False
        elif self.drafts and self.drafts[-1].start > self.headings[-1]:
            self._loose = False

    def _draft(self, at: int) -> Draft | None:
        text = self._lines[at].text
        if len(text) < 12 or text.count(" ") < 2:
            return None
        rest = self._without_cards(text)
        form, text = self._forms[at] or rest != text, rest
        if not form and not self._may_announce(at, text):
            return None
        body, label = split_label(text)
        draft = Draft(at, at + 1, body, label, Reading(()), form, self._open, {at})
        if label is None:
            self._gather(draft)
        draft.label = draft.label or self._lines[at].label
        if draft.label is None and self._labels_first:
            first = self.drafts[-1].end if self.drafts else 0
            above = self._labels.above(draft.start, first, draft.body, form=form)
            if above is not None:
                draft.label = self._lines[above].text
                draft.lines.add(above)
        if not form and not self._open and len(draft.lines) > 1 and any(self._forms) and not self._labels.alone:
            return None  # labels of the page stand in their announcements: a line of its own heads the section
        if not form and draft.label is None and (not self._loose or self._is_labelled()):
            return None
        draft.reading = self._read(draft)
        return draft

    def _is_labelled(self) -> bool:
        """Whether the section's announcements are of the form and labelled: an article's body has no labels."""
        before = self.drafts[-1:]
        return bool(before and before[0].form and before[0].label and before[0].reading.moves and self._open)

    def _may_announce(self, at: int, text: str) -> bool:
        """Whether a text that is not of the form may be an announcement: in a section, or with a label."""
        if len(text) < 25 or not begins_as_name(text):
            return False
        if self._lines[at].label and (self._open or any(self._forms)):
            return announces(text)
        return (self._loose or ends_in_label(text) or self._label_beside(at)) and announces(text)

    def _label_beside(self, at: int) -> bool:
        """Whether a label stands where this page has them: above and near, or below as far as an announcement goes."""
        known = self._labels.known
        place = bisect_left(known, at) - (1 if self._labels_first else 0)
        return 0 <= place < len(known) and at in self._places_beside(known[place])

    def _without_cards(self, text: str) -> str:
        """The text of a line without the name card of the announcement before it, where the two are glued."""
        if not self.drafts:
            return text
        said = [value for move in self.drafts[-1].reading.moves for value in (move.person, move.company) if value]
        for _ in said * 2:
            for value in said:
                rest = text[len(value) :].lstrip(_BULLETS)
                if text.startswith(value) and rest != text and opens_like_form(rest) and not is_bare(rest):
                    text = rest
        return text

    def _gather(self, draft: Draft) -> None:
        """Adds the lines that go on with a draft, up to its label, which may stand below its name card."""
        at, cards = draft.end, 0
        while at < len(self._lines) and at - draft.start < MOST_LINES:
            text = self._lines[at].text
            closed = is_closed(draft.body)
            if is_people_heading(text, self._extra) and (
                self._lines[at].heading or not is_label(text) or not (draft.form or draft.in_section)
            ):
                return
            if (
                not (self._labels_first or self._lines[draft.start].label)
                and closed
                and (is_label(text) or self._labels.may_be_below(at, draft.start, draft.body, form=draft.form))
            ):
                draft.label, draft.end = text, at + 1
                draft.lines.add(at)
                return
            if closed and draft.form and not self._labels_first and (told := label_with_name(text, draft.body)):
                draft.label, draft.end = told, at + 1
                draft.lines.add(at)
                return
            if is_label(text) or not text:
                return
            if cards == 0:
                until = at + 1 if closed and continues(draft.body, text) else 0
                if not closed:
                    until = end_of_sentence(self._lines, draft.start, at, draft.body)
                if until:
                    joined = " ".join([draft.body, *(line.text for line in self._lines[at:until])])
                    draft.body, draft.label = split_label(joined)
                    draft.end = until
                    draft.lines.update(range(at, until))
                    if draft.label is not None:
                        return
                    at = until
                    continue
            if closed and text.count(" ") < MOST_WORDS and names_part(self._lines[at], draft.body):
                cards += 1
                if cards > 3:
                    return
            else:
                return
            at += 1

    def _read(self, draft: Draft) -> Reading:
        if draft.body.startswith(GOES_ON):
            return Reading((), draft.label, "a heading is glued to the announcement")
        if draft.form and has_hole(draft.body):
            return Reading((), draft.label, "a word is missing: the announcement is not whole")
        if are_several(draft.body):
            return Reading((), draft.label, "several announcements are glued together")
        if not is_closed(draft.body) or draft.body.endswith(BROKEN_OFF) or begins_label(draft.label or "-"):
            return Reading((), draft.label, "the announcement is cut off")
        try:
            reading = reading_of(draft.text, published=self._published)
            reading = self._without_card_above(draft, reading) if draft.form else reading
            if all(begins_name(move.person) for move in reading.moves):
                return reading
            return Reading((), draft.label, "no name of a person stands where one is to stand")
        except Exception as error:  # noqa: BLE001  # one announcement that trips a rule must not cost the page
            return Reading((), draft.label, f"a rule failed on it: {type(error).__name__}: {error}"[:200])

    def _without_card_above(self, draft: Draft, reading: Reading) -> Reading:
        """The reading without the name card that a layout glued to the beginning: "Bo Lind Kilo ApS har … Bo Lind"."""
        for _ in range(3):
            people = [move.person for move in reading.moves if draft.body.startswith(move.person)]
            for value in (*people, *_repeated_beginnings(draft.body)):
                rest = draft.body[len(value) :].lstrip(_BETWEEN)
                if opens_like_form(rest) and not is_bare(rest):
                    text = f"{rest} {draft.label}" if draft.label else rest
                    other = reading_of(text, published=self._published)
                    if any(value in {move.person, move.company} for move in other.moves):
                        draft.body, reading = rest, other
                        break
            else:
                break
        return reading


def _repeated_beginnings(text: str) -> list[str]:
    """The first words of a text, one to seven, that stand in it again: a name card that was glued to it, perhaps."""
    found: list[str] = []
    for end in [match.start() for match in islice(_WORD_END.finditer(text, 0, LEAD), 14)]:
        value = text[:end].rstrip(" ,:")
        if value not in text[end:]:
            break
        if value not in found:
            found.append(value)
    return found[::-1]


def is_sure_heading(line: Line) -> bool:
    """Whether a line with the words of a heading is one by its look too, and no link of a menu."""
    return line.heading or not (line.link or line.shared)


def is_label_of_draft(drafts: Sequence[Draft], at: int, line: Line) -> bool:
    """Whether a line that could be a heading is the label of the announcement just above it."""
    return (
        bool(drafts) and drafts[-1].end == at and drafts[-1].label is None and is_label(line.text) and not line.heading
    )
