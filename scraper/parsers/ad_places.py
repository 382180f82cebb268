"""Where on a page a region or a town is named: only there a job ad can be, and only what is near is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scraper.parsers.ad_words import MAX_REGION, bare, is_region, may_begin_place
from scraper.parsers.lines import Line

LONGEST_AD = 400
"""Characters of a line that holds a whole ad."""

_SPLIT = re.compile(r" ?[|·•] ?| [–—/-] |, ?| \(|: ")
_MAY_SPLIT = re.compile(r"[|·•,(:–—/-](?:(?<=[|·•,(:]) ?|(?<= [–—/-]) )[A-ZÆØÅa-z0-9]")
"""The mark comes first, so that the engine tries no other place."""
_MOST_PARTS = 6


def names_region(text: str) -> bool:
    """Whether a text is a region or a town, or has one between its separators."""
    if len(text) > LONGEST_AD:
        return False
    begins = may_begin_place(text)
    if begins and len(text) <= MAX_REGION[1] and is_region(bare(text), loose=True):
        return True
    if _MAY_SPLIT.search(text) is None:
        return False
    if not begins and not any(may_begin_place(text[found.end() : found.end() + 3]) for found in _SPLIT.finditer(text)):
        return False
    return any(
        part and len(part) <= MAX_REGION[1] and may_begin_place(part) and is_region(part.rstrip(")"), loose=True)
        for part in _SPLIT.split(text, _MOST_PARTS)
    )


def lines_with_regions(lines: Sequence[Line]) -> list[int]:
    """The numbers of the lines that name a region, as a whole, between separators or in one of their parts."""
    return [
        at
        for at, line in enumerate(lines)
        if line.text and (names_region(line.text) or (line.parts and any(map(names_region, line.parts))))
    ]


def around(places: Iterable[int], margin: int, end: int) -> Iterator[range]:
    """The stretches of so many lines before and after each of the places, in order, those that touch made one."""
    start = stop = 0
    for at in places:
        if at - margin > stop and stop:
            yield range(start, stop)
            start = at - margin
        elif not stop:
            start = max(0, at - margin)
        stop = min(end, at + margin + 1)
    if stop:
        yield range(start, stop)
