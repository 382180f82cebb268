"""How much of what is in rotation has been seen: an estimate from the sightings of one run.

The side column of an article page is a random sample of the announcements and job ads in rotation at the moment of the
fetch. How many of them a run saw exactly once and exactly twice tells how many it has not seen at all: Good (1953),
"The population frequencies of species and the estimation of population parameters"; Chao (1984), "Nonparametric
estimation of the number of classes in a population", with the bias-corrected form and the log-normal interval of
Chao (1987).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one run's sample says of the rotation.

    `draws` counts sightings, `seen` different records, `once` and `twice` those seen exactly that often. `share` is the
    Good-Turing estimate of the share of the rotation's sightings that belong to records already seen, from 0 to 1.
    `total` is the Chao1 estimate of the number of records in rotation, `low` and `high` its 95 % interval.
    """

    draws: int
    seen: int
    once: int
    twice: int
    share: float
    total: float
    low: float
    high: float


def estimate(sightings: Iterable[object]) -> Coverage | None:
    """Estimate from the keys of all records sighted, one for each sighting; None when nothing was sighted."""
    counts = Counter(sightings)
    draws, seen = sum(counts.values()), len(counts)
    if not draws:
        return None
    once = sum(1 for count in counts.values() if count == 1)
    twice = sum(1 for count in counts.values() if count == 2)
    share = 1 - once / draws
    factor = (draws - 1) / draws
    unseen = factor * once * (once - 1) / (2 * (twice + 1))
    total = seen + unseen
    if unseen <= 0:
        return Coverage(draws, seen, once, twice, share, total, seen, _highest_when_none_seems_unseen(counts, draws))
    ratio = once / max(twice, 1)
    variance = max(twice, 1) * (factor * ratio**2 / 2 + factor**2 * ratio**3 + factor**2 * ratio**4 / 4)
    spread = math.exp(1.96 * math.sqrt(math.log(1 + variance / unseen**2)))
    return Coverage(draws, seen, once, twice, share, total, seen + unseen / spread, seen + unseen * spread)


def _highest_when_none_seems_unseen(counts: Counter[object], draws: int) -> float:
    """The upper end of the interval where Chao1 sees nothing missing: the rule of SPADE (Chao and Shen, 2010)."""
    seen = len(counts)
    missed = sum(math.exp(-count) for count in counts.values()) / seen
    spread = sum(math.exp(-count) - math.exp(-2 * count) for count in counts.values())
    spread -= sum(count * math.exp(-count) for count in counts.values()) ** 2 / draws
    return (seen + 1.96 * math.sqrt(max(0.0, spread))) / (1 - missed)
