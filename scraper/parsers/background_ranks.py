"""What a former post is found as: its rank, how near to the move a phrase puts it, and what a whole sentence adds.

A sentence that tells of the past may name an employer that no phrase claims, or a title apart from its employer: both
are put right once all its phrases are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from scraper.parsers import background_clauses as clauses
from scraper.parsers.background_posts import Post, posts_at


class Rank(IntEnum):
    """How near to the move a phrase puts a post; the lowest is the job the person comes from."""

    COMES_FROM = 1
    LATEST = 2
    LATEST_LISTED = 3
    LAST_YEARS = 4
    SINCE = 5
    BEFORE = 6
    HELD = 7
    EARLIER = 9


@dataclass(slots=True)
class Found:
    """A former post with its rank, the position of the phrase that opened it, and the number of its sentence."""

    rank: Rank
    post: Post
    position: int
    sentence: int = 0


_ANSWERED = re.compile(r"\b(?:haft|havde|har tidligere haft) (?:blandt andet )?(?:ansvar(?:et)?|ansvaret) for\b")
"""Having answered for customers and the like is a post, and "hos" behind it names its house."""
_CLAUSE_MARKS = (", ", " - ", " og har ", " men ", "; ", " der ", " som ")


def _clause_start(text: str, start: int, position: int) -> int:
    """Where the clause before `position` begins: at the last mark; "uddannelse som", "opgaver som" are none."""
    marks = [text.rfind(mark, start, position) for mark in _CLAUSE_MARKS[:-1]]
    relative = text.rfind(_CLAUSE_MARKS[-1], start, position)
    if relative >= 0 and not text.endswith(("uddannelse", "opgaver", "udlejet", "udlånt"), start, relative):
        marks.append(relative)
    return max(marks)


def sweep(text: str, start: int, end: int, sentence: list[Found]) -> list[Found]:
    """The employers after "hos" that no phrase of `sentence` claimed, in one that tells of the past."""
    fresh: list[Found] = []
    claimed = [span for item in sentence for span in item.post.companies]
    for hos in clauses.HOS.finditer(text, start, end):
        if any(begin <= hos.end() <= close + 1 for begin, close in claimed):
            continue
        floor = max(_clause_start(text, start, hos.start()), start, hos.start() - 90)
        floor = max([floor, *(close for _, close in claimed if close <= hos.start())])
        if clauses.NOT_PAST.search(text, floor, hos.start()):
            continue
        if clauses.DURING.search(text, floor, hos.start()) and not _ANSWERED.search(
            text, max(start, floor - 30), hos.start()
        ):
            continue
        if text.find("haft opgaver", start, hos.start()) >= 0:
            continue
        place = posts_at(text, hos.start(), end)
        if place and place[0].companies and place[0].companies[0] not in claimed:
            fresh.append(Found(Rank.EARLIER, place[0], hos.start()))
            claimed += place[0].companies
    return fresh


def attach(text: str, sentence: list[Found]) -> None:
    """Give a latest title without employer the only employer named before it in the sentence."""
    for item in sentence:
        if (
            item.post.companies
            or not item.post.role
            or item.post.when == "same"
            or item.rank not in {Rank.LATEST, Rank.LATEST_LISTED}
        ):
            continue
        before = [
            other
            for other in sentence
            if other is not item and other.post.companies and other.post.companies[0][0] < item.post.role[0]
        ]
        nearest = max(before, key=lambda other: other.post.companies[0][0], default=None)
        after = next(
            (
                other
                for other in sentence
                if other.rank == Rank.EARLIER
                and other.post.companies
                and not other.post.role
                and 0 < other.position - item.post.role[1] < 25
                and " har " not in text[item.post.role[1] : other.position]
            ),
            None,
        )
        if after:
            item.post.companies, after.post.companies = after.post.companies, []
        elif (
            nearest
            and len(nearest.post.companies) == 1
            and nearest.rank != Rank.COMES_FROM
            and item.post.role[0] - nearest.post.companies[0][1]
            < (150 if text.startswith(", hvor ", nearest.post.end) else 60)
        ):
            item.post.companies, nearest.post.companies = nearest.post.companies, []
