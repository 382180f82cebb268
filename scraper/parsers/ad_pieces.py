"""The texts of a page as lists of job ads want them: with the elements they stand in, their links, their logos.

Only the surroundings of a region are ever looked at, so nothing is made of a page that names none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from scraper.parsers.ad_evidence import (
    COMPANY,
    REGION,
    TITLE,
    Piece,
    is_job_heading,
    is_other_heading,
    is_surrounding,
)
from scraper.parsers.ad_places import around
from scraper.parsers.ad_words import MAX_COMPANY, bare, can_be_company, is_region
from scraper.parsers.danish.ads import OFTEN_EMPTY
from scraper.parsers.danish.regions import COMPANY_NAMES, FACT_LABELS, REGION_NAMES, TITLE_NAMES
from scraper.parsers.events import Logo
from scraper.parsers.lines import Line

_LONGEST_NAME = 24
_NEAR_REGION = 60
"""Lines before and after a region that are looked at."""
_GAP = Piece("", -1)
"""Stands for the lines that are left out."""
_FARTHEST = 400
"""Texts of an element before and after one, as far as is looked."""
_MOST_ANCHORS = 300
"""Regions of a page that lists are looked for around; no page of a board shows so many ads."""
_MOST_OF_HEADING = 3
"""Texts of an element that is a heading: its words, what links beside them."""
_MOST_BESIDE = 3
"""Texts of the element that holds a list and its heading, beside the list: the heading, a link to more."""
_NEAR = 4
"""Texts above a list within which its heading stands."""
_LOGO = re.compile(r"^logo(?: for| af|type)?:? |(?:,| [–-])? ?logo(?:type)?$", re.IGNORECASE)
_SEPARATORS = (" | ", " · ", " • ", " – ", " — ", " - ", " / ", " (", ", ")
_ROLES = dict.fromkeys(COMPANY_NAMES, COMPANY) | dict.fromkeys(TITLE_NAMES, TITLE) | dict.fromkeys(REGION_NAMES, REGION)
_PROPERTIES = {"hiringOrganization": COMPANY, "title": TITLE, "jobLocation": REGION}


class Pieces:
    """The texts and logos of a page in reading order."""

    def __init__(
        self, lines: Sequence[Line], told: Sequence[int], *, taken: Collection[int], logos: Sequence[Logo],
        makes: Sequence[str], properties: Mapping[int, str],
    ) -> None:  # fmt: skip
        self._lines = lines
        self._told = told
        self._taken = taken
        self._logos = logos
        self.makes = makes
        self._properties = properties
        self._spans: dict[int, range] = {}

    @cached_property
    def all(self) -> list[Piece]:
        """Every text near a region that may be a part of an ad or head one, and every logo, in reading order."""
        pieces: list[Piece] = []
        logos: dict[tuple[str, tuple[int, ...]], list[Logo]] = {}
        for logo in self._logos:
            if logo.path:
                logos.setdefault((logo.following, logo.below), []).append(logo)
        for stretch in around(self._told, _NEAR_REGION, len(self._lines)):
            waiting: list[
                int | None
            ] = []  # what the next texts are: named above, by one label or by the head of a table
            for at in stretch:
                line = self._lines[at]
                if not line.path or not line.text or (at in self._taken and not _may_be_employer(line.text)):
                    if line.path and pieces and pieces[-1].text:
                        pieces.append(Piece("", -1, line.path))
                    continue
                if logos:
                    pieces += [
                        Piece(shown, -1, logo.path, image=True)
                        for logo in logos.pop((line.text, line.path), ())
                        if (shown := _LOGO.sub("", logo.shown).strip())
                    ]
                self._add(at, pieces, waiting)
            pieces.append(_GAP)
        return pieces

    def _add(self, at: int, pieces: list[Piece], waiting: list[int | None]) -> None:
        """Adds the text of a line, or what it names: the part of an ad behind its colon or below it."""
        line, claimed = self._lines[at], at in self._taken
        name, colon, value = line.text.partition(":")
        named = _ROLES.get(name.strip().casefold()) if len(name) <= _LONGEST_NAME else None
        if named is not None and colon and value.strip():
            pieces.append(Piece(bare(value.strip()), at, line.path, line.link, role=named))
            return
        if not (value.strip() or line.heading) and (
            (named is not None and (waiting or self._names_next(at)))
            or (waiting and name.strip().casefold() in FACT_LABELS)
        ):
            if named in waiting:
                waiting.remove(named)  # "Job" above the head of a table is its heading
            waiting.append(named)
            return
        if pieces and line.shared and line.path is pieces[-1].path and self._lines[at - 1].shared:
            whole = f"{pieces[-1].text} {line.text}"
            if not claimed and pieces[-1].line == at - 1 and len(whole) <= MAX_COMPANY[1]:
                pieces[-1] = pieces[-1]._replace(text=whole)  # a name with a word in it that is a label
                return
        role = waiting.pop(0) if waiting else self._property(line.path) if self._properties else None
        text = bare(line.text) or line.text
        pieces.append(Piece(text, at, line.path, line.link, line.heading, role=role, claimed=claimed))

    def _names_next(self, at: int) -> bool:
        """Whether a text that may name a part of an ad does: as a label of facts, or in the head of a table."""
        below = self._lines[at + 1].text.casefold().rstrip(" :") if at + 1 < len(self._lines) else ""
        return self._lines[at].text.casefold().rstrip(" :") in FACT_LABELS or below in _ROLES

    def _property(self, path: Sequence[int]) -> int | None:
        """Which part of a JobPosting the mark-up says that a text is."""
        return next(
            (_PROPERTIES[said] for number in path if (said := self._properties.get(number)) in _PROPERTIES), None
        )

    @cached_property
    def anchors(self) -> list[int]:
        """The numbers of the texts that are a region, or end or begin in one."""
        if not self._told:
            return []
        told = set(self._told)
        return [
            number
            for number, piece in enumerate(self.all)
            if not piece.image and (piece.role == REGION or piece.line in told)
        ][:_MOST_ANCHORS]

    @cached_property
    def anchored(self) -> frozenset[int]:
        """The same, to ask whether one is among them."""
        return frozenset(self.anchors)

    def is_anchor(self, number: int) -> bool:
        """Whether a text is or holds a region, and is no employer that is called as one."""
        return number in self.anchored and not self._is_employer(number)

    def _is_employer(self, number: int) -> bool:
        """Whether a region stands where a company does: "Region Sjælland", a title, "Region Sjælland"."""
        text = self.all[number].text
        if not text.startswith("Region ") or not is_region(text):
            return False
        near, far = number + 1, number + 2
        if near in self.anchored or far not in self.anchored:
            return False
        path = self.all[number].path
        return shared_depth(path, self.all[far].path) >= shared_depth(path, self.all[near].path)

    def is_whole(self, number: int) -> bool:
        """Whether a text is a region or a town and nothing else."""
        return number in self.anchored and is_region(self.all[number].text, loose=True)

    def inside(self, number: int, depth: int) -> range:
        """The numbers of the texts, as far as is looked, in the element that is so deep around a text."""
        path = self.all[number].path[:depth]
        known = self._spans.get(path[-1] if path else -1)
        if known is not None and number in known:
            return known
        start, end = number, number + 1
        while start > 0 and number - start < _FARTHEST and self.all[start - 1].path[:depth] == path:
            start -= 1
        while end < len(self.all) and end - number < _FARTHEST and self.all[end].path[:depth] == path:
            end += 1
        self._spans[path[-1] if path else -1] = range(start, end)
        return range(start, end)

    def shown(self, numbers: Sequence[int]) -> list[Piece]:
        """The texts of an item that may be its parts."""
        pieces: list[Piece] = []
        for piece in (self.all[number] for number in numbers):
            if not is_surrounding(piece.text):
                pieces.append(piece)
            elif piece.line >= 0 and len(self._lines[piece.line].parts) > 1:  # a region with a button beside it
                pieces += [part for part in self.apart([piece]) if is_region(part.text, loose=True)]
        kept: list[Piece] = []
        for piece in pieces:
            if kept and kept[-1].text == piece.text:
                continue
            kept.append(piece)
        if len(kept) == 1 and kept[0].line >= 0:
            parts = self._lines[kept[0].line].parts
            if len(parts) > 1:
                return [kept[0]._replace(text=bare(part) or part) for part in parts if not is_surrounding(part)]
        return kept

    def apart(self, item: Sequence[Piece]) -> list[Piece]:
        """The texts of an item, those taken apart whose elements are a region, or a button, beside something else.

        A style sheet may set inline elements below each other. "IT-arkitekt i <b>Vejle</b>" has the same elements: this
        is how a list may be read that cannot be read otherwise.
        """
        pieces: list[Piece] = []
        for piece in item:
            parts = self._lines[piece.line].parts if piece.line >= 0 else ()
            if len(parts) > 1 and any(is_surrounding(part) or is_region(bare(part), loose=True) for part in parts):
                pieces += [piece._replace(text=bare(part) or part) for part in parts if not is_surrounding(part)]
            else:
                pieces.append(piece)
        return pieces

    def make(self, path: Sequence[int]) -> str:
        """What the elements of a path are made as."""
        return "/".join(self.makes[number] for number in path)

    def names(self, piece: Piece, depth: int) -> str:
        """The names of the elements that a text stands in, below a depth."""
        return " ".join(self.makes[number].split(" ", 1)[0] for number in piece.path[depth:])

    def says(self, number: int, kind: str) -> bool:
        """Whether an element around a text says that it is of a kind."""
        return bool(self._properties) and any(self._properties.get(at) == kind for at in self.all[number].path)

    def above(self, number: int) -> Iterator[Piece]:
        """What may head a list that begins at a text, the nearest first: headings, and the text right above.

        An empty text stands for what is left out, or was read as an announcement.
        """
        for at in range(number - 1, max(-1, number - 1 - _NEAR), -1):
            piece = self.all[at]
            if not piece.text:
                return
            if piece.image or is_surrounding(piece.text):
                continue
            if len(self.inside(at, shared_depth(piece.path, self.all[number].path) + 1)) <= _MOST_OF_HEADING:
                yield piece
            if not piece.heading:
                return

    def heads(self, heading: Piece, first: int, last: int) -> bool:
        """Whether a heading above a list is that of the list: they share an element with little else in it."""
        if not heading.heading or heading.text.casefold() in OFTEN_EMPTY:
            return False
        box = self.inside(first, shared_depth(heading.path, self.all[first].path))
        return len(box) <= last - first + 1 + _MOST_BESIDE

    def below(self, number: int) -> Iterator[Piece]:
        """The texts right below one."""
        return iter(self.all[number + 1 : number + 3])

    def employer_above(self, number: int) -> str | None:
        """The text above a list that may be the employer of all its ads."""
        for piece in self.above(number):
            if is_job_heading(piece.text) or is_other_heading(piece) or is_region(piece.text):
                return None
            if is_surrounding(piece.text):
                continue
            return piece.text if piece.heading and can_be_company(piece.text) else None
        return None


def shared_depth(left: Sequence[int], right: Sequence[int]) -> int:
    """How many elements two paths share."""
    depth = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        depth += 1
    return depth


def _may_be_employer(text: str) -> bool:
    """Whether a line that an announcement claims may belong to an ad all the same: an employer that hires too."""
    return len(text) <= MAX_COMPANY[1] and can_be_company(text)


def split_alike(items: list[list[Piece]]) -> list[list[Piece]]:
    """The items with the texts taken apart that hold several parts, where all items have them by the same separator.

    Where each item has a text of its own for the region, nothing is taken apart.
    """
    widths = {len(item) for item in items}
    if len(widths) != 1:
        return items
    width = widths.pop()
    if width > 2 and any(
        sum(is_region(item[slot].text, loose=True) for item in items) * 2 >= len(items) for slot in range(width)
    ):
        return items
    for slot in range(width):
        texts = [item[slot].text for item in items]
        for separator in _SEPARATORS:
            apart = [_split(text, separator, 3 - width + 1) for text in texts]
            if all(apart) and sum(any(is_region(part, loose=True) for part in parts) for parts in apart) * 2 >= len(
                items
            ):
                return [
                    [*item[:slot], *(item[slot]._replace(text=part) for part in parts), *item[slot + 1 :]]
                    for item, parts in zip(items, apart, strict=True)
                ]
    return items


def _split(text: str, separator: str, most: int) -> list[str]:
    """The parts of a text, at most so many, the last ones whole; empty where it does not fall apart."""
    if separator == " (":
        text = text[:-1] if text.endswith(")") else ""
    from_end = separator in {", ", " ("}
    parts = text.rsplit(separator, most - 1) if from_end else text.split(separator)
    if len(parts) > most > 1 and not from_end:
        parts = (
            [parts[0], separator.join(parts[1:-1]), parts[-1]] if most == 3 else [separator.join(parts[:-1]), parts[-1]]
        )
    return [bare(part.strip()) for part in parts] if len(parts) == most and all(map(str.strip, parts)) else []
