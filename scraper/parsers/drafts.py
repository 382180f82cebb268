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

from scraper.legal_forms import LEGAL_FORMS
from scraper.parsers.cards import MOST_WORDS, is_short, names_of, repeats
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.regions import GOES_ON, NOT_JOB_WORDS, SECTION_ENDS, is_people_heading
from scraper.parsers.lines import (
    LEAD,
    Line,
    announces,
    are_several,
    ends_in_label,
    is_shaped_as_label,
    opens_like_form,
    split_label,
)
from scraper.parsers.moves import Reading, read_announcement

MOST_LINES = 14
"""Lines that one announcement may be spread over."""
MOST_DRAFTS = 400
"""Announcements that are read of one page; no page shows a tenth of it."""
MOST_FOREIGN = 3
"""Short lines that are neither announcement, label nor card and that do not yet end a section."""

_CLOSED = re.compile(r"(?<!\.\.)[.!?][\"”»'’)]*(?: ?(?:\(?[-–/]?[a-zæøå]{1,4}\)?|\[/?[a-z]+\])\.?)?$|\([^()]{1,30}\)$")
_PRONOUNS = frozenset("han hun de hans hendes deres vedkommende foto".split())
_GOES_ON_WITH = frozenset(
    "er har skal kommer bliver vil får var fik blev havde arbejder arbejdede afløser tiltræder holder fylder".split()
)
_WORD_END = re.compile(r"(?<=[^\W_.])(?=[\s,:]|[A-ZÆØÅ0-9])|(?<=A/S|ApS|K/S)")
_BARE_FORMS = frozenset(form.casefold() for form, _ in LEGAL_FORMS)


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
        self._labels = [at for at, line in enumerate(lines) if is_label(line.text) and not is_people_heading(line.text)]
        self._labels_first = self._find_order()

    def run(self) -> None:
        """Fills `drafts` and `headings`."""
        at = 0
        while at < len(self._lines) and len(self.drafts) < MOST_DRAFTS:
            line = self._lines[at]
            if is_people_heading(line.text, self._extra) and not is_label_of_draft(self.drafts, at, line):
                self.headings.append(at)
                self._open = self._loose = True
                self._foreign = 0 if is_sure_heading(line) else MOST_FOREIGN
                at += 1
                continue
            draft = self._draft(at)
            if draft is not None:
                self.drafts.append(draft)
                self._foreign = 0
                at = draft.end
                continue
            if self._open:
                if self._loose and self._stands_between(at):
                    unread = Reading((), None, "no sentence says who moves where in words that a rule knows")
                    draft = Draft(at, at + 1, line.text, None, unread, form=False, in_section=True, lines={at})
                    self.drafts.append(draft)
                else:
                    self._pass(line)
            at += 1

    def _stands_between(self, at: int) -> bool:
        """Whether a text in a section stands between its heading or an announcement and the next announcement."""
        text = self._lines[at].text
        if (
            is_short(self._lines[at])
            or not _CLOSED.search(text)
            or SECTION_ENDS.search(text)
            or NOT_JOB_WORDS.search(text)
        ):
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

    def _find_order(self) -> bool:
        """Whether labels stand above their announcements on this page, and not below as nearly everywhere."""
        at = self._labels
        forms = any(self._announced_near(label, step, form=True) for label in at for step in (-1, 1))
        above = sum(self._announced_near(label, 1, form=forms) for label in at)
        below = sum(self._announced_near(label, -1, form=forms) for label in at)
        if above != below or not above:
            return above > below
        # as many either way: one label is not in the table, above the first announcement or below the last
        first = next(index for index, line in enumerate(self._lines) if opens_like_form(line.text) or index == at[0])
        return first > 0 and is_shaped_as_label(self._lines[first - 1].text)

    def _announced_near(self, label: int, step: int, *, form: bool) -> bool:
        for distance in range(1, MOST_LINES if form else 6):
            index = label + step * distance
            if not 0 <= index < len(self._lines):
                return False
            text = self._lines[index].text
            if is_label(text) or is_people_heading(text, self._extra):
                return False
            if (
                len(text) > 40
                and split_label(text)[1] is None
                and (opens_like_form(text) or (not form and announces(text)))
            ):
                return True
        return False

    def _draft(self, at: int) -> Draft | None:
        text = self._lines[at].text
        if len(text) < 12 or text.count(" ") < 2:
            return None
        form = opens_like_form(text)
        if form:
            text = self._without_cards(text)
        elif not self._may_announce(at, text):
            return None
        body, label = split_label(text)
        draft = Draft(at, at + 1, body, label, Reading(()), form, self._open, {at})
        if label is None:
            self._gather(draft)
        if draft.label is None and self._labels_first:
            self._take_label_above(draft)
        if not form and draft.label is None and not self._loose:
            return None
        draft.reading = self._read(draft)
        return draft

    def _may_announce(self, at: int, text: str) -> bool:
        """Whether a text that is not of the form may be an announcement: in a section, or with a label."""
        if len(text) < 25 or not (text[0].isupper() or text[0].isdigit()):
            return False
        return (self._loose or ends_in_label(text) or self._label_beside(at)) and announces(text)

    def _label_beside(self, at: int) -> bool:
        """Whether a label stands where this page has them: above and near, or below as far as an announcement goes."""
        place = bisect_left(self._labels, at)
        if self._labels_first:
            return place > 0 and at - self._labels[place - 1] <= 3
        return place < len(self._labels) and self._labels[place] - at < MOST_LINES

    def _without_cards(self, text: str) -> str:
        """The text of a line without the name card of the announcement before it, where the two are glued."""
        if not self.drafts:
            return text
        said = [value for move in self.drafts[-1].reading.moves for value in (move.person, move.company) if value]
        for _ in said * 2:
            for value in said:
                rest = text[len(value) :].lstrip()
                if text.startswith(value) and rest != text and opens_like_form(rest) and not _is_bare(rest):
                    text = rest
        return text

    def _gather(self, draft: Draft) -> None:
        """Adds the lines that go on with a draft, up to its label, which may stand below its name card."""
        at, cards = draft.end, 0
        while at < len(self._lines) and at - draft.start < MOST_LINES:
            text = self._lines[at].text
            closed = bool(_CLOSED.search(draft.body))
            if is_people_heading(text, self._extra) and (self._lines[at].heading or not is_label(text)):
                return
            if not self._labels_first and closed and (is_label(text) or self._may_be_label(draft, at)):
                draft.label, draft.end = text, at + 1
                draft.lines.add(at)
                return
            if is_label(text) or not text:
                return
            if cards == 0 and _continues(draft.body, text, closed=closed):
                draft.body, label = split_label(f"{draft.body} {text}")
                draft.end = at + 1
                draft.lines.add(at)
                if label is not None:
                    draft.label = label
                    return
            elif closed and text.count(" ") < MOST_WORDS and _names_part(self._lines[at], draft.body):
                cards += 1
                if cards > 3:
                    return
            else:
                return
            at += 1

    def _may_be_label(self, draft: Draft, at: int) -> bool:
        """Whether the line after a draft is a label that no table knows, and not a part of its name card."""
        text = self._lines[at].text
        return draft.form and is_shaped_as_label(text) and text.casefold() not in draft.body.casefold()

    def _take_label_above(self, draft: Draft) -> None:
        first = self.drafts[-1].end if self.drafts else 0
        for at in range(draft.start - 1, max(first, draft.start - 4) - 1, -1):
            text = self._lines[at].text
            if at in self._labels or (draft.form and is_shaped_as_label(text)):
                draft.label = text
                draft.lines.add(at)
                return
            if not _names_part(self._lines[at], draft.body):
                return

    def _read(self, draft: Draft) -> Reading:
        if draft.body.startswith(GOES_ON):
            return Reading((), draft.label, "a heading is glued to the announcement")
        if are_several(draft.body):
            return Reading((), draft.label, "several announcements are glued together")
        if not _CLOSED.search(draft.body) or draft.body.endswith(("...", "…")):
            return Reading((), draft.label, "the announcement is cut off")
        try:
            reading = read_announcement(draft.text, published=self._published)
            return self._without_card_above(draft, reading) if draft.form else reading
        except Exception as error:  # noqa: BLE001  # one announcement that trips a rule must not cost the page
            return Reading((), draft.label, f"a rule failed on it: {type(error).__name__}: {error}"[:200])

    def _without_card_above(self, draft: Draft, reading: Reading) -> Reading:
        """The reading without the name card that a layout glued to the beginning: "Bo Lind Kilo ApS har … Bo Lind"."""
        for _ in range(3):
            for value in _repeated_beginnings(draft.body):
                rest = draft.body[len(value) :].lstrip(" ,:|-–")
                if opens_like_form(rest) and not _is_bare(rest):
                    text = f"{rest} {draft.label}" if draft.label else rest
                    other = read_announcement(text, published=self._published)
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


def _is_bare(text: str) -> bool:
    """Whether a text begins with a legal form: what is left when a company's name was cut."""
    return text.split(" ", 1)[0].casefold().strip(",") in _BARE_FORMS


def _names_part(line: Line, body: str) -> bool:
    """Whether a line, or each of its parts, repeats words of an announcement, as a name card does."""
    folded = body.casefold()
    return any(
        all(said and said in folded for said in (part.strip(" .,:–-").casefold() for part in parts))
        for parts in ((line.text,), line.parts)
        if parts
    )


def _continues(body: str, text: str, *, closed: bool) -> bool:
    """Whether a line goes on with the announcement above it: "Hun kommer fra …", or the rest of a broken sentence."""
    words = text.split(" ", 2)
    if not closed:
        return not (opens_like_form(text) or NOT_JOB_WORDS.search(text) or _is_another(text))
    if len(words) < 2 or opens_like_form(text) or not (_CLOSED.search(text) or split_label(f"{body} {text}")[1]):
        return False
    first = words[0].strip(",:").casefold()
    if first in _PRONOUNS:
        return True
    if words[0].strip(",") not in body or words[1].casefold() not in _GOES_ON_WITH or not words[0][0].isupper():
        return False
    return not _is_another(text)


def _is_another(text: str) -> bool:
    """Whether a line is an announcement by itself: the same company may hire again, a namesake may be next."""
    return text.count(" ") > 3 and text[0].isupper() and announces(text) and bool(read_announcement(text).moves)
