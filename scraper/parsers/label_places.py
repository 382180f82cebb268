"""Where a page sets the labels of its announcements: above or below them, those that no table knows among them.

A page sets all its labels in one place, so those that are known tell which other words are labels: what stands where
the page's labels do is one, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.legal_forms import AT_END
from scraper.parsers.ad_words import is_region
from scraper.parsers.danish.labels import LABELS, is_label
from scraper.parsers.danish.regions import BARE_DAY, NOT_JOB_WORDS, SECTION_ENDS, is_people_heading
from scraper.parsers.joins import BROKEN_OFF, MOST_LINES, begins_ad, names_part
from scraper.parsers.lines import (
    Line,
    agrees,
    ends_in_label,
    is_shaped_as_label,
    split_label,
)
from scraper.parsers.openings import announces, begins_sentence, opens_like_form

LONGEST_LABEL = max(map(len, LABELS))
_PARTED = re.compile(r" [–—|·•-] |: ")
_FEW_WORDS = re.compile(r"[A-ZÆØÅ][^\W\d_]{1,30}(?:[ -][^\W\d_]{1,30}){0,3}")


def label_with_name(text: str, body: str) -> str | None:
    """The label that stands on one line with a name of the announcement above: "Nyt job – Bo Lind", else None."""
    parts = [part.strip() for part in _PARTED.split(text)]
    if len(parts) != 2:
        return None
    for label, name in (parts, parts[::-1]):
        if (is_label(label) or is_shaped_as_label(label)) and name and name in body:
            return label
    return None


class LabelPlaces:
    """The places of the labels that the table knows, and what they tell about the rest of the page."""

    def __init__(self, lines: Sequence[Line], forms: Sequence[bool], headings: frozenset[str]) -> None:
        self._lines = lines
        self._forms = forms
        self._extra = headings
        written = [at for at, line in enumerate(lines) if len(line.text) <= LONGEST_LABEL and is_label(line.text)]
        sure = [at for at in written if not is_people_heading(lines[at].text)]
        self.known = [at for at in written if at in sure or (sure and self._labels_one(at))]
        self._linked = any(lines[at].link for at in self.known)
        self._capitals = any(lines[at].text.isupper() for at in self.known)
        self.first = self._find_order()
        """Whether labels stand above their announcements on this page, and not below as nearly everywhere."""
        if not self.first:
            self.known = sure
        self.alone = any(
            forms[beside] and not split_label(lines[beside].text)[1]
            for at in self.known
            for beside in ((at + 1,) if self.first else range(max(0, at - MOST_LINES), at))
            if beside < len(lines)
        )
        """Whether the page sets labels on lines of their own."""

    def _labels_one(self, at: int) -> bool:
        """Whether a word for a label and for a section, "Jobskifte", stands right above an announcement, unmarked.

        It heads a section where the page has no other label.
        """
        text = self._lines[at + 1].text if at + 1 < len(self._lines) else ""
        return not self._lines[at].heading and opens_like_form(text) and split_label(text)[1] is None

    def _find_order(self) -> bool:
        """Whether labels stand above their announcements on this page, and not below as nearly everywhere."""
        at = self.known
        formed = any(self._announced_near(label, step, form=True) for label in at for step in (-1, 1))
        above = sum(self._announced_near(label, 1, form=formed) for label in at)
        below = sum(self._announced_near(label, -1, form=formed) for label in at)
        if above > below and any(ends_in_label(line.text) and opens_like_form(line.text) for line in self._lines):
            return False  # others on the page end in their label
        if above == below + 1 and self._begins_with_heading():
            return False
        if above != below or not above:
            return above > below
        # as many either way: what the labels say tells, where it does not fit all that is beside them
        above, below = (sum(self._fits(label, step) for label in at) for step in (1, -1))
        if above != below:
            return above > below
        # and then labels that are not in the table tell, where they stand right beside an announcement
        forms = [index for index, line in enumerate(self._lines) if opens_like_form(line.text)]
        above = sum(self._label_near(form, -1) for form in forms)
        below = sum(self._label_near(form, 1) for form in forms)
        return above > below

    def _begins_with_heading(self) -> bool:
        """Whether the first of the labels heads them all: what ends the last announcement is a label too."""
        last = next((at for at in range(len(self._forms) - 1, -1, -1) if self._forms[at]), None)
        if last is None or last + 1 >= len(self._lines):
            return False
        text = self._lines[last + 1].text
        if is_label(text) or label_with_name(text, self._lines[last].text):
            return True
        return " " not in text and is_shaped_as_label(self._as_written(text))

    def _fits(self, label: int, step: int) -> bool:
        """Whether a label says what the nearest announcement of the form above or below it does."""
        for distance in range(1, MOST_LINES):
            index = label + step * distance
            if not 0 <= index < len(self._lines) or is_label(self._lines[index].text):
                return False
            if self._forms[index] and not self._lines[index].text.endswith(BROKEN_OFF):
                return agrees(self._lines[label].text, self._lines[index].text)
        return False

    def _label_near(self, form: int, step: int) -> bool:
        """Whether a label is the next thing above or below an announcement but for its name card."""
        for distance in range(1, MOST_LINES):
            index = form + step * distance
            if not 0 <= index < len(self._lines):
                return False
            line = self._lines[index]
            if is_people_heading(line.text, self._extra) or opens_like_form(line.text):
                return False
            if is_label(line.text) or (distance == 1 and not line.heading and is_shaped_as_label(line.text)):
                return True
        return False

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
                and not text.endswith(BROKEN_OFF)
                and split_label(text)[1] is None
                and (opens_like_form(text) or (not form and announces(text)))
            ):
                return True
        return False

    def may_be_below(self, at: int, start: int, body: str, *, form: bool) -> bool:
        """Whether the line below an announcement is a label that no table knows, and not a part of its name card."""
        line = self._lines[at]
        if not form or line.text.casefold() in body.casefold() or begins_sentence(line.text, body):
            return False
        if begins_ad(self._lines, at):
            return False
        links = {self._lines[start].link, line.link if self._linked else None}
        if not line.heading and line.link in links and is_shaped_as_label(self._as_written(line.text)):
            return True
        return self.alone and self._is_few_words(line.text) and self._goes_on_below(at, body)

    def _as_written(self, text: str) -> str:
        """A text in small letters where the page sets the labels that are known in capitals."""
        return text.capitalize() if self._capitals and text.isupper() else text

    def _goes_on_below(self, at: int, body: str) -> bool:
        """Whether what is right below is the next announcement, its card or day, or the card of the one above."""
        if at + 1 < len(self._lines) and names_part(self._lines[at + 1], body):
            return True
        following = next((index for index in range(at + 1, at + 5) if self._forms[index : index + 1] == [True]), at)
        between = self._lines[at + 1 : following]
        return following > at and all(
            BARE_DAY.fullmatch(line.text) or names_part(line, self._lines[following].text) for line in between
        )

    def _is_few_words(self, text: str) -> bool:
        """Whether a text could be a label as far as it is short and belongs to no other part of the page."""
        return (
            len(text) <= LONGEST_LABEL + 10
            and _FEW_WORDS.fullmatch(text) is not None
            and AT_END.search(text) is None
            and not is_region(text, loose=True)
            and not is_people_heading(text, self._extra)
            and not NOT_JOB_WORDS.search(text)
            and not SECTION_ENDS.search(text)
        )

    def above(self, start: int, first: int, body: str, *, form: bool) -> int | None:
        """The place of the label above the announcement at `start`, not before `first`; None where there is none."""
        for at in range(start - 1, max(first, start - 4) - 1, -1):
            text = self._lines[at].text
            if at in self.known or (form and is_shaped_as_label(text)):
                return at
            if form and self.alone and at == first > 0 and self._is_few_words(text) and text not in body:
                return at
            if not names_part(self._lines[at], body):
                return None
        return None
