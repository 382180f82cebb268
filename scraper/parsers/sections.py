"""Drafts of a page to announcements, settled against each other and against their name cards.

An announcement is known by its section's heading, by its label, or by its form together with a name card or another
of its kind beside it. A sentence of an article that merely sounds like one has none of these and is never taken.
Nothing is settled by one line alone: the walk gathers drafts, the page as a whole decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest

from scraper.parsers.ad_words import is_region
from scraper.parsers.cards import is_short, mismatch, names_of, repeats
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.regions import EVENT_MARKS, SECTION_ENDS, is_people_heading
from scraper.parsers.drafts import MOST_DRAFTS, Draft, Walk, is_sure_heading
from scraper.parsers.furniture import but_furniture
from scraper.parsers.joins import begins_ad, is_closed
from scraper.parsers.lines import Line
from scraper.parsers.moves import Reading
from scraper.records import Move, Problem, Unparsed

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class FoundSections:
    """What the people sections of a page say, and which lines say it."""

    moves: list[Move] = field(default_factory=list)
    unparsed: list[Unparsed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def _plain(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


class _Page:
    """Settles the drafts of a page against each other."""

    def __init__(self, walk: Walk, lines: Sequence[Line]) -> None:
        self._walk = walk
        self._lines = lines
        self._found = FoundSections()
        self._texts: dict[str, Draft] = {}
        self._moves: set[tuple[object, ...]] = set()

    def settle(self) -> FoundSections:
        drafts = self._walk.drafts
        for draft, following in zip_longest(drafts, drafts[1:]):
            self._check_card(draft, following)
        labelled = any(
            draft.form and draft.reading.moves and (draft.label or self._loses_label(draft)) for draft in drafts
        )
        kept = [draft for at, draft in enumerate(drafts) if self._is_announcement(at, labelled=labelled)]
        left: list[Draft] = []
        for draft in kept:
            reason = draft.reading.unread or ("" if draft.reading.moves else "no rule reads it whole")
            if not reason and labelled and draft.form and not draft.label:
                reason = "it has no label as the others of the page have: it may be cut off"
            if reason:
                draft.reading = Reading((), draft.label, reason)
                left.append(draft)
            else:
                self._keep(draft)
            self._found.taken.update(draft.lines)
        self._keep_unread(left)
        self._note_headings(kept)
        if len(drafts) >= MOST_DRAFTS:
            message = f"The page has more than {MOST_DRAFTS} announcements; the rest was not read."
            self._found.problems.append(Problem(code="too_many", message=message))
        return self._found

    def _loses_label(self, draft: Draft) -> bool:
        """Whether a label stands beside a draft, but on the other side than the labels of this page seem to."""
        beside = (*self._lines[max(0, draft.start - 1) : draft.start], *self._lines[draft.end : draft.end + 1])
        return any(is_label(line.text) and not is_people_heading(line.text) for line in beside)

    def _is_announcement(self, at: int, *, labelled: bool) -> bool:
        """Whether a draft that no section holds is one all the same: by its label, its card or its neighbours."""
        drafts = self._walk.drafts
        draft = drafts[at]
        if draft.in_section or draft.carded or (draft.label and draft.reading.moves):
            return True
        if draft.label:
            return is_label(draft.label)
        # a sentence of the body that no rule reads is none; one that breaks off or lacks its label is reported
        cut = labelled and draft.form and not is_closed(draft.body)
        return (cut or bool(draft.reading.moves)) and self._beside_kept(at)

    def _beside_kept(self, at: int) -> bool:
        """Whether the draft before or after is of the form too, with no more than a name card between."""
        drafts = self._walk.drafts
        for other in (at - 1, at + 1):
            if 0 <= other < len(drafts) and drafts[other].form and drafts[other].reading.moves:
                first, second = drafts[min(at, other)], drafts[max(at, other)]
                between = self._lines[first.end : second.start]
                if len(between) <= 3 and all(is_short(line) and not is_people_heading(line.text) for line in between):
                    return True
        return False

    def _check_card(self, draft: Draft, following: Draft | None) -> None:
        """Claims the lines beside a draft that repeat it, and reports a card that says something else."""
        if not draft.reading.moves:
            return
        names = names_of(draft.reading.moves)
        end = min(len(self._lines), draft.end + 6, following.start if following else len(self._lines))
        after = list(range(draft.end, end))
        before = list(range(max(0, draft.start - 6), draft.start))
        for run in (after, before[::-1]):
            card: list[int] = []
            for at in run:
                line = self._lines[at]
                if at in draft.lines or (is_label(line.text) and not is_people_heading(line.text)):
                    continue
                if (
                    not is_short(line)
                    or is_people_heading(line.text)
                    or any(at in other.lines for other in self._walk.drafts)
                ):
                    break
                repeated = repeats(line.text, names)
                if (
                    run is after
                    and begins_ad(self._lines, at)
                    and not (repeated and repeats(self._lines[at + 1].text, names))
                ):
                    break
                if repeated:
                    draft.carded = True
                    draft.lines.add(at)
                elif SECTION_ENDS.search(line.text) or EVENT_MARKS.search(line.text) or len(card) > 2:
                    break
                card.append(at)
            self._report(draft, card[:2])

    def _report(self, draft: Draft, card: list[int]) -> None:
        """Notes a card that contradicts its announcement; the first line of a job ad is no part of a card."""
        begins_ad = any(is_region(line.text) for line in self._lines[max(card, default=0) + 2 :][:1])
        if len(draft.reading.moves) == 1 and len(card) == 2 and not begins_ad:
            problem = mismatch(draft.reading.moves[0], [self._lines[at] for at in card])
            if problem is not None and problem not in self._found.problems:
                self._found.problems.append(problem)

    def _keep(self, draft: Draft) -> None:
        key = _plain(draft.body)
        if key in self._texts:
            return
        self._texts[key] = draft
        for move in draft.reading.moves:
            facts = (
                move.kind,
                move.person.casefold(),
                (move.company or "").casefold(),
                (move.role or "").casefold(),
                move.start_date,
            )
            if facts not in self._moves:
                self._moves.add(facts)
                self._found.moves.append(move)

    def _keep_unread(self, drafts: list[Draft]) -> None:
        """Keeps what was not read, but for the beginnings of announcements that stand on the page in full."""
        for draft in drafts:
            key = _plain(draft.body)
            if any(text.startswith(key[:-1]) for text in self._texts):
                continue
            self._texts[key] = draft
            self._found.unparsed.append(
                Unparsed(text=draft.text, reason=draft.reading.unread or "", label=draft.label or draft.reading.label)
            )

    def _note_headings(self, kept: list[Draft]) -> None:
        """Lists the headings, and says where one stands without any record; a mere link to a section is neither."""
        starts = [draft.start for draft in kept]
        empty: list[str] = []
        for at, until in zip(self._walk.headings, [*self._walk.headings, len(self._lines)][1:], strict=True):
            line = self._lines[at]
            if any(at < start < until for start in starts):
                self._found.headings.append(line.text)
                self._found.taken.add(at)
            elif is_sure_heading(line):
                self._found.headings.append(line.text)
                empty.append(line.text)
        if empty and not kept:
            message = f"The people section {empty[0]!r} has no announcement that can be found."
            self._found.problems.append(Problem(code="empty_section", message=message, text=empty[0]))


def find_announcements(
    lines: Sequence[Line], *, headings: tuple[str, ...] = (), published: date | None = None
) -> FoundSections:
    """The moves that a page announces, each once, and what could not be read of its people sections."""
    places = but_furniture(lines)
    shown = [lines[at] for at in places]
    walk = Walk(shown, frozenset(heading.casefold() for heading in headings), published)
    walk.run()
    found = _Page(walk, shown).settle()
    found.taken = {places[at] for at in found.taken}
    return found
