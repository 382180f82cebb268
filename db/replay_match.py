"""Which row of the database and which of today's reading are one event, though their keys differ.

A key differs when a field was mended that is part of it. What has not changed is where it was seen and what was said:
the same fetch, the same words (or the one inside the other, where the bounds of the announcement moved), and for people
a name that shares a word. Of several that fit, the one that agrees in most fields is taken, each row once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from db.identity import company_key, fold, person_key

_ALIKE = 0.6
"""Share of words in common from which two texts are the same announcement."""


class Unpaired(NamedTuple):
    """A row without a counterpart of its key, and the fetches that showed it and were read again."""

    row: dict[str, Any]
    fetches: frozenset[int]


def match(table: str, old: Sequence[Unpaired], new: Sequence[Unpaired]) -> dict[int, int]:
    """Which of the new is which of the old, by their places in the lists. Unread texts and problems never match."""
    score = {"move": _moves, "job_ad": _job_ads}.get(table)
    if score is None or not old or not new:
        return {}
    by_fetch: dict[int, list[int]] = defaultdict(list)
    for index, item in enumerate(new):
        for fetch_id in item.fetches:
            by_fetch[fetch_id].append(index)
    fits = []
    for place, item in enumerate(old):
        near = sorted({index for fetch_id in item.fetches for index in by_fetch.get(fetch_id, ())})
        for index in near:
            agreed = score(item.row, new[index].row)
            if agreed is not None:
                shared = len(item.fetches & new[index].fetches)
                fits.append((-agreed, -shared, place, index))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, index in sorted(fits):
        if place not in found and index not in taken:
            found[place] = index
            taken.add(index)
    return found


def _moves(old: dict[str, Any], new: dict[str, Any]) -> float | None:
    """How well two moves agree; None when they are not one event."""
    names = person_key(old["person"]), person_key(new["person"])
    if not set(names[0].split()) & set(names[1].split()):
        return None
    alike = _alike(old["text"], new["text"])
    if alike is None:
        return None
    agreed: int = sum(old[name] == new[name] for name in ("kind", "role", "start_date", "unit", "previous_company"))
    return alike * 4 + agreed + 4 * (names[0] == names[1]) + 2 * _same_company(old, new)


def _job_ads(old: dict[str, Any], new: dict[str, Any]) -> float | None:
    """How well two job ads agree; None when they are not one ad."""
    alike = _alike(old["text"], new["text"])
    same_page = old["url"] is not None and old["url"] == new["url"]
    if alike is None and not same_page:
        return None
    agreed: int = sum(old[name] == new[name] for name in ("title", "region", "identifier"))
    return (alike or 0.0) * 4 + agreed + 4 * same_page + 2 * _same_company(old, new)


def _same_company(old: dict[str, Any], new: dict[str, Any]) -> bool:
    return company_key(old["company"] or "") == company_key(new["company"] or "")


def _alike(old: str, new: str) -> float | None:
    """1 for the same words, less where one text holds the other or most words are shared, else None."""
    one, other = fold(old), fold(new)
    if one == other:
        return 1.0
    if one and other and (one in other or other in one):
        return 0.9
    words, others = set(one.split()), set(other.split())
    share = len(words & others) / max(len(words | others), 1)
    return share if share >= _ALIKE else None
