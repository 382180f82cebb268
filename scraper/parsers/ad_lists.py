"""Lists of job ads by their make: items one after another, each with the same slots, told apart by all items together.

A reader sees a list of ads before reading a word of it: elements of one make, one below the other, each with as many
texts as the next. Which text is the company, which the title, which the region is then read from all items at once, so
that no single name or title has to be known. The elements that hold a region of the tables are where a list is looked
for; what the others of the list hold in that place is a region too.

How a list comes to be one of ads: `ad_evidence` gives points for and against, and `_LEAST` says how many it takes.
No class name means anything here; that two texts have the same one only tells that they are the same slot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby, pairwise, permutations
from typing import NamedTuple

from scraper.legal_forms import AT_END
from scraper.parsers.ad_evidence import (
    COMPANY,
    POINTS,
    REGION,
    TITLE,
    Piece,
    against,
    is_job_heading,
    is_named_person,
    is_other_heading,
    is_surrounding,
    leads_to_job,
)
from scraper.parsers.ad_pieces import Pieces, shared_depth, split_alike
from scraper.parsers.ad_words import can_be_region, is_region, names_title
from scraper.parsers.danish.ads import ASKS
from scraper.parsers.danish.regions import LOOSE_REGIONS

_LEAST = 2.5
"""Points a list needs: a region of the tables alone is 3, a town 1.5, titles of jobs 2, what heads or links them 2."""
_MOST_PIECES = 9
"""Texts of one item; what has more is a box of items, or an article."""
_MOST_ALONE = 5
"""Texts of the only item of a list."""
_STEPS = range(2, 5)
"""Texts of an item that no element holds together."""
_MOST_ITEMS = 200
_MOST_SLOTS = 6
_OTHER = -5
"""Points of a heading that says that what is below it is no list of jobs."""
_LEAST_FOLDED = 3
"""Texts of an item that may stand for several: an employer, a title, a region."""
_REFUSED = 0.5
"""Points of a list of several items that is not even to be read as lines."""
_AGAINST = 2
"""Points against one text that make it no part of an ad."""
_MOST_UNKNOWN = 6
"""Items of a list of which only one has a region that a table knows."""
_LEAST_SHARE = 0.16
"""Share of the items whose region is one of the tables."""

Item = list[Piece]


class ListedAd(NamedTuple):
    """An ad of a list: its parts, where it leads, and the lines of the page that it takes."""

    company: str
    title: str
    region: str
    link: str | None
    lines: frozenset[int]


class _Reading(NamedTuple):
    """How the items of one list are read: the slot of each part, the points for its being one of ads."""

    slots: tuple[int | None, int, int]
    rows: list[list[Piece | None]]
    points: float
    jobs: bool
    """Whether something beside the words of the items says that they are jobs."""


class _Lists:
    """Looks for lists around the regions of a page."""

    def __init__(self, pieces: Pieces, people: Collection[str]) -> None:
        self._pieces = pieces
        self._people = people
        self._used: set[int] = set()
        self._judged: set[int] = set()
        self.ads: list[ListedAd] = []
        self.refused: set[int] = set()
        """Lines of what has the make of ads and is clearly something else."""

    def run(self) -> None:
        """Fills `ads` and `refused`."""
        anchors = self._pieces.anchors
        depths = [
            shared_depth(self._pieces.all[left].path, self._pieces.all[right].path) for left, right in pairwise(anchors)
        ]
        parents = {
            self._pieces.all[left].path[:depth]: left for left, depth in zip(anchors, depths, strict=False) if depth
        }
        for parent in sorted(parents, key=len, reverse=True):
            self._read_children(parent, parents[parent])
        for anchor in anchors:
            if anchor not in self._used | self._judged and self._pieces.all[anchor].line not in self.refused:
                self._read_alone(anchor)

    def _read_children(self, parent: tuple[int, ...], anchor: int) -> None:
        """Reads the elements right inside one that holds several regions as the items of a list."""
        inside = self._pieces.inside(anchor, len(parent))
        items: dict[int, list[int]] = {}
        for number in inside:
            path = self._pieces.all[number].path
            if len(path) > len(parent) and number not in self._used | self._judged:
                items.setdefault(path[len(parent)], []).append(number)
        held = [numbers for numbers in self._without_rest(list(items.values())) if self._may_be_item(numbers)]
        for alike in self._of_one_make(held, len(parent)):
            self._read(alike, parent)
        for run in self._runs(inside, len(parent)):
            self._read_flat(run, parent)

    def _without_rest(self, items: list[list[int]]) -> list[list[int]]:
        """The items, the last of them without what an element that is never closed has taken up behind it."""
        if len(items) < 2 or not self._may_be_item(items[-2]):
            return items
        many = len(self._pieces.shown(items[-2]))
        rest = [number for number in items[-1] if not is_surrounding(self._pieces.all[number].text)]
        if len(rest) <= many or len(self._pieces.shown(rest[:many])) != many:
            return items
        return [*items[:-1], rest[:many]]

    def _runs(self, inside: Sequence[int], depth: int) -> Iterator[list[int]]:
        """The texts right inside an element, or alone in one that is, as far as nothing else stands between them."""
        run: list[int] = []
        for _, group in groupby(inside, key=lambda number: self._pieces.all[number].path[depth : depth + 1] or number):
            numbers = list(group)
            shown = [number for number in numbers if not is_surrounding(self._pieces.all[number].text)]
            apart = not all(self._pieces.all[number].text for number in numbers)
            if (
                apart
                or len(shown) > 1
                or any(
                    number in self._used
                    or is_job_heading(self._pieces.all[number].text)
                    or is_other_heading(self._pieces.all[number])
                    for number in shown
                )
            ):
                yield run
                run = []
            else:
                run += shown
        yield run

    def _read_flat(self, numbers: list[int], parent: tuple[int, ...]) -> None:
        """Reads texts one below the other, with a region at each so many, as items that end in their region."""
        regions = [at for at, number in enumerate(numbers) if self._pieces.is_whole(number)]
        for places in (regions, [at for at in regions if self._pieces.is_anchor(numbers[at])]):
            step = min((right - left for left, right in pairwise(places)), default=0)
            step = next((few for few in (3, 2, 4) if step > max(_STEPS) and step % few == 0), step)
            if step in _STEPS and not any((right - left) % step for left, right in pairwise(places)):
                break
        else:
            return
        start = places[0] - step + 1
        if start < 0:  # the region is not the last of an item
            start = 0 if len(numbers) % step == 0 else start + step
        items = [numbers[at : at + step] for at in range(start, min(places[-1] + 1, len(numbers) - step + 1), step)]
        looks = [tuple(self._pieces.all[number].heading for number in item) for item in items]
        usual = max(set(looks), key=looks.count, default=())
        items = [item for item, look in zip(items, looks, strict=True) if look == usual]
        if len(items) > 1:
            self._read(items, parent)

    def _may_be_item(self, numbers: Sequence[int]) -> bool:
        """Whether the texts of an element are as many as those of an ad, and none of them heads others."""
        shown = self._pieces.shown(numbers)
        if not 2 <= len(shown) <= _MOST_PIECES:
            return False
        regions = sum(self._pieces.is_whole(number) and self._pieces.is_anchor(number) for number in numbers)
        if regions > 1 and len(shown) > _MOST_ALONE:
            return False  # a box of several
        first = shown[0]
        return not (is_other_heading(first) or (is_job_heading(first.text) and first.heading and not first.link))

    def _of_one_make(self, held: list[list[int]], depth: int) -> Iterator[list[list[int]]]:
        """The items that begin with the same kind of element, as far as one of them holds a region."""
        kinds: dict[str, list[list[int]]] = {}
        for numbers in held:
            kind = self._pieces.makes[self._pieces.all[numbers[0]].path[depth]].split(" ", 1)[0]
            kinds.setdefault(kind, []).append(numbers)
        for alike in kinds.values():
            anchored = [numbers for numbers in alike if any(number in self._pieces.anchored for number in numbers)]
            if len(anchored) > 1 and len(alike) <= _MOST_ITEMS:
                counts = {len(self._pieces.shown(numbers)) for numbers in anchored}
                yield [numbers for numbers in alike if len(self._pieces.shown(numbers)) in counts]

    def _read_alone(self, anchor: int) -> None:
        """Reads the smallest element around a region that holds enough texts as the only item of its list."""
        path = self._pieces.all[anchor].path
        if any(self._read_beside(anchor, depth) for depth in range(len(path), 1, -1)):
            return
        before = 0
        for depth in range(len(path), 0, -1):
            numbers = [number for number in self._pieces.inside(anchor, depth) if number not in self._used]
            shown = [
                piece
                for piece in self._pieces.shown(numbers)
                if not is_job_heading(piece.text) or leads_to_job(piece.link)
            ]
            if len(shown) == before:
                continue
            before = len(shown)
            if len(shown) > _MOST_ALONE or sum(map(self._pieces.is_anchor, numbers)) > 1:
                return
            if len(shown) > 1 and self._read([numbers], path[:depth]):
                return

    def _read_beside(self, anchor: int, depth: int) -> bool:
        """Reads the element around a region with those of its make beside it, whose regions no table has."""
        numbers = self._pieces.inside(anchor, depth)
        if not self._may_be_item(numbers):
            return False
        items: list[list[int]] = []
        make = self._make_of(numbers, depth)
        groups = groupby(
            self._pieces.inside(anchor, depth - 1), key=lambda number: self._pieces.all[number].path[:depth]
        )
        for _, group in groups:
            beside = [number for number in group if number not in self._used]
            if beside and self._make_of(beside, depth) == make:
                items.append(beside)
            elif any(anchor in item for item in items):
                break
            else:
                items = []
        return 1 < len(items) <= _MOST_UNKNOWN and self._read(items, self._pieces.all[anchor].path[: depth - 1])

    def _make_of(self, numbers: Sequence[int], depth: int) -> list[str]:
        """What an element is made as: the names of the elements around each of its texts."""
        return [self._pieces.names(piece, depth - 1) for piece in self._pieces.shown(numbers)]

    def _read(self, items: list[list[int]], parent: tuple[int, ...]) -> bool:
        """Takes the ads of a list, if it is one of ads."""
        items = self._unfolded(items, len(parent))
        shown = [self._pieces.shown(numbers) for numbers in items]
        if len(items) == 1:
            shown = [[piece for piece in shown[0] if not is_job_heading(piece.text) or leads_to_job(piece.link)]]
        around = self._around(items)
        around -= sum(
            max(
                (
                    against(self._pieces.all[number].text, jobs=around > 0)
                    for number in numbers
                    if is_surrounding(self._pieces.all[number].text)
                ),
                default=0.0,
            )
            for numbers in items
        ) / len(items)
        best: _Reading | None = None
        for rows in self._rows(shown, len(parent)):
            reading = _read_rows(rows, around, self._pieces.employer_above(items[0][0]), self._people)
            if reading is not None and (best is None or reading.points > best.points):
                best = reading
            if best is not None and best.points >= _LEAST:
                break
        if best is None:
            return False
        if best.points < _LEAST:
            slot = best.slots[2]
            regions = [row[slot] for row in best.rows]
            alike = sum(piece is not None and is_region(piece.text, loose=True) for piece in regions) > 1
            if around <= _OTHER or (alike and (around < 0 or best.points <= _REFUSED)):
                self.refused.update(piece.line for item in shown for piece in item)
            if alike:
                self._judged.update(number for numbers in items for number in numbers)
            return False
        above = self._pieces.employer_above(items[0][0])
        taken = False
        for row, numbers in zip(best.rows, items, strict=True):
            ad = _ad(row, best, above, frozenset(self._pieces.all[number].line for number in numbers))
            if ad is not None and ad.company not in self._people:
                self.ads.append(ad)
                self._used.update(numbers)
                taken = True
        return taken

    def _unfolded(self, items: list[list[int]], depth: int) -> list[list[int]]:
        """The items, those that repeat all but their first text made several: an employer above several of its ads."""
        counts = [len(self._pieces.shown(numbers)) for numbers in items]
        few = min(counts, default=0)
        if few < _LEAST_FOLDED or max(counts) == few:
            return items
        unfolded: list[list[int]] = []
        for numbers, many in zip(items, counts, strict=True):
            shown = [number for number in numbers if not is_surrounding(self._pieces.all[number].text)]
            rest = [shown[at : at + few - 1] for at in range(1, many, few - 1)]
            makes = [[self._pieces.names(self._pieces.all[number], depth) for number in group] for group in rest]
            if len(shown) == many and (many - 1) % (few - 1) == 0 and makes.count(makes[0]) == len(makes):
                unfolded += [[shown[0], *group] for group in rest]
            else:
                unfolded.append(numbers)
        return unfolded

    def _rows(self, items: list[Item], depth: int) -> Iterator[list[list[Piece | None]]]:
        """The ways to set the texts of the items below each other, slot by slot."""
        split = split_alike(items)
        if len({len(item) for item in split}) == 1:
            yield [list(item) for item in split]
            return
        yield _aligned(split, lambda item, at: self._pieces.make(item[at].path[depth:]))
        yield _aligned(split, lambda item, at: str(at - _region_place(item)))

    def _around(self, items: list[list[int]]) -> float:
        """Points for or against ads by what stands around a list: its heading, what it ends in, its mark-up."""
        points = 0.0
        first, last = min(items)[0], max(items)[-1]
        if any(self._pieces.says(number, "JobPosting") for number in items[0]):
            points += 5
        for nearest, piece in enumerate(self._pieces.above(first)):
            if is_job_heading(piece.text):
                points += 2
                break
            if is_other_heading(piece):
                points -= 6
                break
            if not nearest and len(items) > 1 and self._pieces.heads(piece, first, last):
                points -= 1.5
        for piece in self._pieces.below(last):
            if is_job_heading(piece.text):
                points += 1
                break
        return points


def _region_place(item: Item) -> int:
    """Where the region of an item stands, its last text where none does."""
    return next((at for at in range(len(item) - 1, -1, -1) if is_region(item[at].text, loose=True)), len(item) - 1)


def _aligned(items: list[Item], key: Callable[[Item, int], str]) -> list[list[Piece | None]]:
    """The texts of the items in columns, by a key and how often it was there before in the item."""
    keyed: list[dict[tuple[str, int], Piece]] = []
    columns: Counter[tuple[str, int]] = Counter()
    for item in items:
        row: dict[tuple[str, int], Piece] = {}
        for at, piece in enumerate(item):
            name = key(item, at)
            row[name, sum(1 for other, _ in row if other == name)] = piece
        keyed.append(row)
        columns.update(row.keys())
    kept = [column for column, count in columns.most_common(_MOST_PIECES) if count * 2 >= len(items)]
    return [[row.get(column) for column in kept] for row in keyed]


def _read_rows(
    rows: list[list[Piece | None]], around: float, above: str | None, people: Collection[str]
) -> _Reading | None:
    """Which slots of a list are its companies, titles and regions, and how much speaks for its being one of ads."""
    width = len(rows[0]) if rows else 0
    if width < 2:
        return None
    many = len(rows)
    columns = [[row[slot] for row in rows] for slot in range(width)]
    points = [[_mean(column, part) for part in range(3)] for column in columns]
    regions = [
        sum(piece is not None and is_region(piece.text, loose=True) for piece in column) / many for column in columns
    ]
    best: tuple[float, tuple[int | None, int, int]] | None = None
    candidates = [slot for slot in range(width) if regions[slot] >= _LEAST_SHARE]
    for region in candidates:
        others = [slot for slot in range(width) if slot != region]
        firms = [slot for slot in others if width > 2 and points[slot][COMPANY] > 0]
        for company, title in [*permutations(others, 2), *((None, slot) for slot in others if above and not firms)]:
            value = points[region][REGION] + points[title][TITLE]
            value += points[company][COMPANY] + 0.4 * (company < title) if company is not None else 0.3
            if best is None or value > best[0]:
                best = (value, (company, title, region))
    if best is None:
        return None
    slots = best[1]
    points_of_items, jobs = _for_ads(rows, slots, points, people)
    return _Reading(slots, rows, around + points_of_items, jobs or around > 0)


def _mean(column: Sequence[Piece | None], part: int) -> float:
    told = [POINTS[part](piece) + (5 if piece.role == part else 0) for piece in column if piece is not None]
    value = sum(told) / len(column) if told else -5
    if part == TITLE and len(told) > 2 and len({piece.text for piece in column if piece}) == 1:
        value -= 1
    return value


def _for_ads(
    rows: list[list[Piece | None]],
    slots: tuple[int | None, int, int],
    points: list[list[float]],
    people: Collection[str],
) -> tuple[float, bool]:
    """Points that the items of a list give for or against its being one of ads, and whether links or names say so."""
    many = len(rows)
    company, title, region = slots

    def share(told: Callable[[list[Piece | None]], bool]) -> float:
        return sum(map(told, rows)) / many

    def text(row: list[Piece | None], slot: int | None) -> str:
        piece = row[slot] if slot is not None else None
        return piece.text if piece is not None else ""

    strong = share(lambda row: is_region(text(row, region)) and text(row, region).casefold() not in LOOSE_REGIONS)
    titled = share(lambda row: names_title(text(row, title)) or ASKS.search(text(row, title)) is not None)
    linked = share(lambda row: any(piece is not None and leads_to_job(piece.link) for piece in row))
    formal = share(lambda row: AT_END.search(text(row, company)) is not None)
    named = share(lambda row: any(piece is not None and piece.role is not None for piece in row))
    value = 3 * strong + 1.5 * (1 - strong) + 2 * titled + 2 * linked + formal + 3 * named
    pictured = share(lambda row: _is_image(row, company))
    jobs = linked > 0 or named > 0
    if (many > 1 and not titled and not jobs) or (pictured and not titled and not jobs and not formal):
        value -= 3  # of several titles, one at least is known
    value -= 4 * share(lambda row: is_named_person(text(row, company)) or text(row, company) in people) * (not jobs)
    odd = [slot for slot in range(len(rows[0])) if slot != region]
    value -= (
        sum(
            max(
                (against(said, jobs=jobs, company=slot == company) for slot in odd if (said := text(row, slot))),
                default=0,
            )
            for row in rows
        )
        / many
    )
    if points[title][TITLE] < -1 or (company is not None and points[company][COMPANY] < -1.5):
        value -= 3
    return value, jobs


def _is_image(row: list[Piece | None], slot: int | None) -> bool:
    piece = row[slot] if slot is not None else None
    return piece is not None and piece.image


def _is_asked_for(company: str, title: Piece) -> bool:
    """Whether the words of a company and a title are those of a job, for a region that no table knows."""
    return bool(names_title(title.text) or ASKS.search(title.text) or AT_END.search(company))


def _ad(row: list[Piece | None], reading: _Reading, above: str | None, lines: frozenset[int]) -> ListedAd | None:
    """The ad of one item of a list; None where a part of it is missing or can be none."""
    company, title, region = (row[slot] if slot is not None else None for slot in reading.slots)
    employer = company.text if company is not None else above if reading.slots[COMPANY] is None else None
    if employer is None or title is None or region is None or not employer or employer == title.text:
        return None
    if title.claimed or region.claimed:
        return None
    if not is_region(region.text, loose=True):
        linked = any(piece is not None and leads_to_job(piece.link) for piece in row)
        asked = linked or _is_asked_for(employer, title)
        if not (asked and can_be_region(region.text)):
            return None
    if is_surrounding(employer) or is_surrounding(title.text):
        return None
    if max(against(employer, jobs=reading.jobs, company=True), against(title.text, jobs=reading.jobs)) > _AGAINST:
        return None
    link = next((piece.link for piece in (title, company, region) if piece is not None and piece.link), None)
    link = link or next((piece.link for piece in row if piece is not None and piece.link), None)
    return ListedAd(employer, title.text, region.text, link, lines)


def find_listed_ads(pieces: Pieces, people: Collection[str]) -> tuple[list[ListedAd], set[int]]:
    """The ads of the lists of a page, in no order, and the lines of lists that are clearly of something else."""
    lists = _Lists(pieces, people)
    lists.run()
    return lists.ads, lists.refused
