"""Name cards: the blocks beside an announcement that repeat its person, company and role, with or without a photo.

They say nothing new, so they serve to check: a card with the person and another company, or the company and another
person, shows that the announcement was read wrong or that the page is broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from scraper.legal_forms import AT_END, without_legal_form
from scraper.parsers.danish.regions import NOT_JOB_WORDS
from scraper.parsers.lines import Line
from scraper.records import Move, Problem

MOST_WORDS = 9
_ALIKE = 0.5


def _key(text: str) -> str:
    return without_legal_form(text.strip(" .,:–-")).casefold()


def names_of(moves: Sequence[Move]) -> frozenset[str]:
    """What a card of these moves may say, folded and without legal forms."""
    said = (value for move in moves for value in (move.person, move.company, move.role, move.location) if value)
    return frozenset(map(_key, said))


def repeats(text: str, names: frozenset[str]) -> bool:
    """Whether a text is one of the names, or two or three of them put together in any order."""
    rest = text.strip(" .,:–-|").casefold()
    if _key(text) in names or rest in names:
        return True
    for _ in range(3):
        for name in sorted(names, key=len, reverse=True):
            if rest.startswith(name):
                rest = AT_END.sub("", rest[len(name) :]).strip(" .,:–-|/()")
                rest = "" if rest in {"a/s", "aps"} else rest.removeprefix("a/s ").removeprefix("aps ")
                break
        else:
            return False
        if not rest:
            return True
    return False


def is_short(line: Line) -> bool:
    """Whether a line is short enough for a card."""
    return (
        bool(line.text)
        and line.text.count(" ") < MOST_WORDS
        and len(line.text) <= 90
        and (line.text[-1] not in ".!?:" or line.text.casefold().endswith(".m.b.a."))
    )


def mismatch(move: Move, card: Sequence[Line]) -> Problem | None:
    """The contradiction between a move and the two lines of its card, None when there is none.

    One line must repeat the person or the company; the other then has to look like what it stands for and be another.
    """
    if len(card) != 2 or not move.company:
        return None
    person, company = _key(move.person), _key(move.company)
    keys = [_key(line.text) for line in card]
    for said, other in ((keys[0], keys[1]), (keys[1], keys[0])):
        if said not in {person, company}:
            continue
        meant = company if said == person else person
        if other in names_of([move]) or SequenceMatcher(None, other, meant).ratio() > 0.85:
            continue
        shown = next(line.text for line in card if _key(line.text) == other)
        if NOT_JOB_WORDS.search(shown) or not shown[0].isalnum():
            continue
        what = "company" if said == person else "person"
        mine = move.company if what == "company" else move.person
        return Problem(
            code="card_mismatch",
            message=f"The announcement's {what} is {mine!r}, its name card says {shown!r}.",
            text=move.text,
        )
    return None
