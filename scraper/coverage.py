"""How much of what is in rotation has been seen: an estimate from the pages of one run.

The side column of an article page is a random sample of the announcements and job ads in rotation at the moment of the
fetch. How many of them stood on exactly one page and on exactly two tells how many the run has not seen at all. The
page is the unit that is drawn, not the record: a column never shows the same record twice, so a rotation of five
is seen whole on the first page that shows five.

Two figures, because they answer two questions and one of them is much harder than the other:

- `share`, Good and Turing's: of what a reader would be shown next, how much have we seen already? Good (1953), for
  pages in the form of Chao and Jost (2012, "Coverage-based rarefaction", eq. 4a). It holds whatever the chances of the
  records are: one that is hardly ever shown hardly counts. By it a run stops.
- `total`, Chao's: how many records are in rotation? Chao (1984, 1987), bias-corrected, for pages. With unequal chances
  it is a lower bound, so the upper end of its interval is drawn from the larger of it and of the estimate that corrects
  for unequal chances by the variation of the counts (ICE: Lee and Chao 1994).

A run that stops when its estimate is good enough stops, as often as not, by luck: just before, there was one record
more that had been seen once. Both intervals count that one in, which makes them hold at the moment of stopping.

An estimate is of its run: what comes into rotation after the last page is nobody's to know.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from scraper.chances import poisson_bounds

RARE = 10
"""Records seen on at most so many pages say something of those not seen (the usual cut of ACE and ICE)."""
_TWO_SIDED = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What one run's sample says of the rotation of one kind of record.

    `pages` counts the pages drawn, `draws` sightings on them, `seen` different records, `once` and `twice` those seen
    on exactly so many pages. `share` is between 0 and 1, `share_low` to `share_high` its 95 % interval; `total` is the
    estimated number of records in rotation, `low` to `high` its interval.
    """

    pages: int
    draws: int
    seen: int
    once: int
    twice: int
    share: float
    share_low: float
    share_high: float
    total: float
    low: float
    high: float


def estimate(pages: Iterable[Collection[object]]) -> Coverage | None:
    """Estimate from the keys of the records on each page drawn; None when no page showed any."""
    columns = [frozenset(page) for page in pages]
    counts = Counter(key for column in columns for key in column)
    if not counts:
        return None
    seen, drawn = len(counts), len(columns)
    by_count = Counter(counts.values())
    once, twice, draws = by_count[1], by_count[2], counts.total()
    unseen_share = _unseen_share(once, twice, draws, drawn)
    low_share, high_share = _share_bounds(once, twice, draws, unseen_share)
    unseen = _unseen(once, twice, drawn)
    corrected = max(unseen, _unseen_by_variation(by_count, drawn))
    return Coverage(
        pages=drawn,
        draws=draws,
        seen=seen,
        once=once,
        twice=twice,
        share=1 - unseen_share,
        share_low=1 - high_share,
        share_high=1 - low_share,
        total=seen + unseen,
        low=seen + _lowest(unseen, once, twice, drawn),
        high=seen + max(corrected, _highest(corrected, once, twice, drawn)),
    )


def share_seen(pages: Iterable[Collection[object]]) -> float | None:
    """The `share` of the estimate alone, which takes far less to work out; None when no page showed any record."""
    columns = [frozenset(page) for page in pages]
    counts = Counter(key for column in columns for key in column)
    by_count = Counter(counts.values())
    return 1 - _unseen_share(by_count[1], by_count[2], counts.total(), len(columns)) if counts else None


def _unseen_share(once: int, twice: int, draws: int, pages: int) -> float:
    """The share of sightings to come that will be of records not seen yet."""
    if not once:
        return 0.0
    weight = (pages - 1) * once + 2 * twice
    return once / draws * ((pages - 1) * once / weight if weight else 1.0)


def _share_bounds(once: int, twice: int, draws: int, unseen: float) -> tuple[float, float]:
    """The interval of the unseen share: Esty's (1983) for many, the exact one of a count for few; the wider of both."""

    def spread(count: int) -> float:
        return _TWO_SIDED * math.sqrt(count * max(0.0, 1 - count / draws) + 2 * twice) / draws

    low = min(poisson_bounds(once)[0] / draws, unseen - spread(once))
    more = once + 1
    high = max(poisson_bounds(more)[1] / draws, more / draws + spread(more))
    return max(0.0, low), min(1.0, high)


def _unseen(once: int, twice: int, pages: int) -> float:
    """Chao's estimate of the number of records not seen, bias-corrected."""
    return (pages - 1) / pages * once * (once - 1) / (2 * (twice + 1))


def _unseen_by_variation(by_count: Counter[int], pages: int) -> float:
    """The estimate that takes unequal chances into account, or 0 where the rare records say nothing."""
    rare = {count: records for count, records in by_count.items() if count <= RARE}
    records, draws = sum(rare.values()), sum(count * number for count, number in rare.items())
    once = rare.get(1, 0)
    if not once or once == draws or pages < 2:
        return 0.0
    covered = 1 - once / draws
    pairs = sum(count * (count - 1) * number for count, number in rare.items())
    variation = max(0.0, records / covered * pages / (pages - 1) * pairs / draws**2 - 1)
    return records / covered + once / covered * variation - records


def _variance(once: int, twice: int, pages: int) -> float:
    factor, twice = (pages - 1) / pages, max(twice, 1)
    ratio = once / twice
    return twice * (factor * ratio**2 / 2 + factor**2 * ratio**3 + factor**2 * ratio**4 / 4)


def _spread(unseen: float, variance: float) -> float:
    """The factor up and down of the log-normal interval."""
    return math.exp(_TWO_SIDED * math.sqrt(math.log(1 + variance / unseen**2)))


def _lowest(unseen: float, once: int, twice: int, pages: int) -> float:
    return unseen / _spread(unseen, _variance(once, twice, pages)) if unseen > 0 else 0.0


def _highest(corrected: float, once: int, twice: int, pages: int) -> float:
    more = once + 1
    by_count = poisson_bounds(more)[1]
    unseen = _unseen(more, twice, pages)
    upper = max(unseen, corrected)
    if upper <= 0:
        return by_count
    variance = _variance(more, twice, pages) * (max(1.0, (upper / unseen) ** 2) if unseen else 1.0)
    return max(by_count, upper * _spread(upper, variance))
