"""How a new company name finds the few names that it is compared with, among a hundred thousand.

A name stands in some blocks, and is compared only with names that share one. The blocks are made so that two names
which `db.same_company.judge` calls one company always share one: their core, their initials, or, of a slip of the
finger, the half of the name that it left whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from db.same_company import SHORTEST_INITIALS, core, initials

_HALVES = (2, 3, 5, 7, 9)
"""How many letters of a half count, by the length of the name: the more, the fewer names share them."""


class Block(NamedTuple):
    """A block that a name stands in, and what it is compared by there."""

    block: str
    joined: str

    @property
    def is_half(self) -> bool:
        """Whether names of this block are alike only in one half."""
        return self.block[0] in "<>"


@lru_cache(maxsize=20_000)
def blocks(name: str) -> tuple[Block, ...]:
    """The blocks of a name, each once."""
    cut = core(name)
    found = {Block(f"={key}", cut.key) for key in cut.keys}
    if len(cut.words) == 1 and len(cut.key) >= SHORTEST_INITIALS:
        found.add(Block(f"@{cut.key}", cut.key))
    found |= {Block(f"@{short}", cut.key) for short in initials(cut.words) if len(short) >= SHORTEST_INITIALS}
    for joined in {cut.key, "".join(cut.spelled)}:
        for half in {_half(len(joined)), _half(len(joined) - 1)} - {0}:
            found |= {Block(f"<{joined[:half]}", joined), Block(f">{joined[-half:]}", joined)}
    return tuple(sorted(found))


def _half(length: int) -> int:
    """Letters of a half of a name of this length: a slip leaves so many whole at one end; 0 for one too short."""
    return max((half for half in _HALVES if 2 * half + 1 <= length), default=0)


def may_be_one(mine: Iterable[Block], other: Block) -> bool:
    """Whether a name of these blocks need be judged with one that stands in one: in a half, one letter may differ."""
    if not other.is_half:
        return True
    joined = (block.joined for block in mine if block.block == other.block)
    return any(OSA.distance(text, other.joined, score_cutoff=1) <= 1 for text in joined)
