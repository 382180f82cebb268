"""One list of items, its texts in columns, read: which is the company, the title, the region; and is it one of ads.

Points are added up over all items (see `ad_evidence`). The three columns are those with the most points together; the
list is one of ads where what its items and its page say for that is worth enough more than what they say against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import permutations
from typing import NamedTuple

from scraper.legal_forms import AT_END
from scraper.parsers.ad_evidence import (
    COMPANY,
    POINTS,
    REGION,
    TITLE,
    Piece,
    against,
    is_named_person,
    is_surrounding,
    leads_to_job,
)
from scraper.parsers.ad_words import ORGANISATION, can_be_region, is_region, names_title
from scraper.parsers.danish.ads import ASKS
from scraper.parsers.danish.regions import LOOSE_REGIONS

MOST_PIECES = 9
"""Texts of one item; what has more is a box of items, or an article."""
_AGAINST = 2
"""Points against one text that make it no part of an ad."""
_LEAST_SHARE = 0.16
"""Share of the items whose region is one of the tables."""

_SURE = 5
"""Points of a list that is one of ads without any doubt."""
OWN_TO_JOBS = (COMPANY, TITLE)
"""Parts that only ads write the names of: events and rooms to let have a place too."""
Item = list[Piece]


class ListedAd(NamedTuple):
    """An ad of a list: its parts, where it leads, and the lines of the page that it takes."""

    company: str
    title: str
    region: str
    link: str | None
    lines: frozenset[int]


class Reading(NamedTuple):
    """How the items of one list are read: the slot of each part, the points for its being one of ads."""

    slots: tuple[int | None, int, int]
    rows: list[list[Piece | None]]
    points: float
    jobs: bool
    """Whether something beside the words of the items says that they are jobs."""


def region_place(item: Item) -> int:
    """Where the region of an item stands, its last text where none does."""
    return next((at for at in range(len(item) - 1, -1, -1) if is_region(item[at].text, loose=True)), len(item) - 1)


def aligned(items: list[Item], key: Callable[[Item, int], str]) -> list[list[Piece | None]]:
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
    kept = [column for column, count in columns.most_common(MOST_PIECES) if count * 2 >= len(items)]
    return [[row.get(column) for column in kept] for row in keyed]


def read_rows(
    rows: list[list[Piece | None]], around: float, above: str | None, people: Collection[str]
) -> Reading | None:
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
    if slots[COMPANY] is None and around <= 0 and above and not (AT_END.search(above) or ORGANISATION.search(above)):
        around -= 1  # the heading of some other list may be mistaken for the employer of all its ads
    points_of_items, jobs = _for_ads(rows, slots, points, people)
    return Reading(slots, rows, around + points_of_items, jobs or around > 0)


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
    named = any(piece is not None and piece.role in OWN_TO_JOBS for row in rows for piece in row)
    value = 3 * strong + 1.5 * (1 - strong) + 2 * titled + 2 * linked + formal + 3 * named
    pictured = share(lambda row: _is_image(row, company))
    jobs = linked > 0 or named
    if (many > 1 and not titled and not jobs) or (pictured and not titled and not jobs and not formal):
        value -= 3  # of several titles, one at least is known
    value -= 4 * share(lambda row: is_named_person(text(row, company)) or text(row, company) in people) * (not jobs)
    odd = [slot for slot in range(len(rows[0])) if slot != region]
    value -= (
        sum(
            max(
                (
                    against(said, jobs=jobs, company=slot == company, signed=is_named_person(text(row, company)))
                    for slot in odd
                    if (said := text(row, slot))
                ),
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


def ad_of(row: list[Piece | None], reading: Reading, above: str | None, lines: frozenset[int]) -> ListedAd | None:
    """The ad of one item of a list; None where a part of it is missing or can be none."""
    company, title, region = (row[slot] if slot is not None else None for slot in reading.slots)
    employer = company.text if company is not None else above if reading.slots[COMPANY] is None else None
    if employer is None or title is None or region is None or not employer or employer == title.text:
        return None
    if title.claimed or region.claimed:
        return None
    if not is_region(region.text, loose=True):
        linked = any(piece is not None and leads_to_job(piece.link) for piece in row)
        asked = linked or _is_asked_for(employer, title) or (reading.jobs and reading.points >= _SURE)
        if not (asked and can_be_region(region.text)):
            return None
    if is_surrounding(employer) or is_surrounding(title.text):
        return None
    if against(employer, jobs=reading.jobs, company=True) > _AGAINST:
        return None
    if against(title.text, jobs=reading.jobs, signed=is_named_person(employer)) > _AGAINST:
        return None
    link = next((piece.link for piece in (title, company, region) if piece is not None and piece.link), None)
    link = link or next((piece.link for piece in row if piece is not None and piece.link), None)
    return ListedAd(employer, title.text, region.text, link, lines)
