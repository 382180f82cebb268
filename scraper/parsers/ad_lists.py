"""Lists of job ads by their make: items one after another, each with the same slots, told apart by all items together.

A reader sees a list of ads before reading a word of it: elements of one make, one below the other, each with as many
texts as the next. Which text is the company, which the title, which the region is then read from all items at once, so
that no single name or title has to be known. The elements that hold a region of the tables are where a list is looked
for; what the others of the list hold in that place is a region too.

How a list comes to be one of ads: `ad_evidence` gives points for and against, and `_LEAST` says how many it takes.
No class name means anything here; that two texts have the same one only tells that they are the same slot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain, groupby, pairwise

from scraper.parsers.ad_evidence import (
    Piece,
    against,
    is_job_heading,
    is_other_heading,
    is_surrounding,
    leads_to_job,
)
from scraper.parsers.ad_pieces import Pieces, shared_depth, split_alike
from scraper.parsers.ad_rows import (
    MOST_PIECES,
    OWN_TO_JOBS,
    Item,
    ListedAd,
    Reading,
    ad_of,
    aligned,
    read_rows,
    region_place,
)
from scraper.parsers.ad_words import is_region

_LEAST = 2.5
"""Points a list needs: a region of the tables alone is 3, a town 1.5, titles of jobs 2, what heads or links them 2."""
_MOST_INSIDE = 40
"""Texts of an element, buttons and badges too, that may be one item."""
_NEAR = 60
"""Texts before and after a region among which its neighbours are looked for."""
_HIGHEST = 8
"""Elements around a region, the innermost first, that are looked at as the only item of a list."""
_MOST_ALONE = 5
"""Texts of the only item of a list."""
_STEPS = range(2, 5)
"""Texts of an item that no element holds together."""
_MOST_ITEMS = 200
_OTHER = -5
"""Points of a heading that says that what is below it is no list of jobs."""
_LEAST_FOLDED = 3
"""Texts of an item that may stand for several: an employer, a title, a region."""
_REFUSED = 0.5
"""Points of a list of several items that is not even to be read as lines."""
_MOST_UNKNOWN = 6
"""Items of a list of which only one has a region that a table knows."""


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
            if self._is_open(anchor) and self._pieces.all[anchor].line not in self.refused:
                self._read_alone(anchor)

    def _is_open(self, number: int) -> bool:
        """Whether a text is neither a part of an ad nor of a list that is none of ads."""
        return number not in self._used and number not in self._judged

    def _read_children(self, parent: tuple[int, ...], anchor: int) -> None:
        """Reads the elements right inside one that holds several regions as the items of a list."""
        inside = self._pieces.inside(anchor, len(parent))
        items: dict[int, list[int]] = {}
        for number in inside:
            path = self._pieces.all[number].path
            if len(path) > len(parent) and self._is_open(number):
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
        if not 2 <= len(shown) <= MOST_PIECES:
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
        if any(self._read_beside(anchor, depth) for depth in range(len(path), max(1, len(path) - _HIGHEST), -1)):
            return
        before = 0
        for depth in range(len(path), max(0, len(path) - _HIGHEST), -1):
            inside = self._pieces.inside(anchor, depth)
            if len(inside) > _MOST_INSIDE:
                return
            numbers = [number for number in inside if number not in self._used]
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
        if len(numbers) > _MOST_INSIDE or not self._may_be_item(numbers):
            return False
        items: list[list[int]] = []
        make = self._make_of(numbers, depth)
        inside = self._pieces.inside(anchor, depth - 1)
        near = range(max(inside.start, anchor - _NEAR), min(inside.stop, anchor + _NEAR))
        groups = groupby(near, key=lambda number: self._pieces.all[number].path[:depth])
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
        jobs = around > 0 or any(piece.role in OWN_TO_JOBS for item in shown for piece in item)
        around -= sum(map(self._against(jobs=jobs), items)) / len(items)
        best: Reading | None = None
        apart = [self._pieces.apart(item) for item in shown]
        ways = chain(self._rows(shown, len(parent)), self._rows(apart, len(parent)) if apart != shown else ())
        for rows in ways:
            reading = read_rows(rows, around, self._pieces.employer_above(items[0][0]), self._people)
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
            ad = ad_of(row, best, above, frozenset(self._pieces.all[number].line for number in numbers))
            if ad is not None and ad.company not in self._people:
                self.ads.append(ad)
                self._used.update(numbers)
                taken = True
        return taken

    def _against(self, *, jobs: bool) -> Callable[[list[int]], float]:
        """What the buttons, badges and days around the parts of an item say against its being an ad."""

        def points(numbers: list[int]) -> float:
            texts = (self._pieces.all[number].text for number in numbers)
            return max((against(text, jobs=jobs) for text in texts if is_surrounding(text)), default=0)

        return points

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
        yield aligned(split, lambda item, at: self._pieces.make(item[at].path[depth:]))
        yield aligned(split, lambda item, at: str(at - region_place(item)))

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
                points -= 1.5 if len(self._pieces.shown(items[0])) > _LEAST_FOLDED - 1 else 0  # or it is their employer
        for piece in self._pieces.below(last):
            if is_job_heading(piece.text):
                points += 1
                break
        return points


def find_listed_ads(pieces: Pieces, people: Collection[str]) -> tuple[list[ListedAd], set[int]]:
    """The ads of the lists of a page, in no order, and the lines of lists that are clearly of something else."""
    lists = _Lists(pieces, people)
    lists.run()
    return lists.ads, lists.refused
