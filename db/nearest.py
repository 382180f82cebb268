"""The names nearest to one that is not there: what somebody who mistyped, or knows half a name, meant."""

from __future__ import annotations

from collections.abc import Iterable

from db.identity import fold

MOST = 5
_LIKE = 70.0
"""Names less alike than this, of 100, help nobody."""


def nearest(name: str, names: Iterable[str], *, most: int = MOST) -> list[str]:
    """Up to `most` of the names, the likest first: by their letters, and by their words where only some are given."""
    from rapidfuzz import fuzz, process

    known = {fold(one): one for one in names}
    found = process.extract(fold(name), list(known), scorer=fuzz.WRatio, limit=most, score_cutoff=_LIKE)
    return [known[folded] for folded, _, _ in found]
