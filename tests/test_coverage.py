"""Estimating how much of the rotation has been seen."""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.coverage import Coverage, estimate
from scraper.draws import MOVES, Draws


def test_nothing_sighted_gives_no_estimate():
    """No sighting is no knowledge, not a coverage of zero."""
    assert estimate([]) is None
    assert estimate([[], []]) is None


def test_everything_seen_often_is_everything_there_is():
    """When every record stood on every page, nothing is held to be unseen, and the interval says how sure that is."""
    found = estimate([["a", "b"]] * 90)
    assert found is not None
    assert (found.pages, found.draws, found.seen, found.share, found.total, found.low) == (90, 180, 2, 1, 2, 2)
    assert found.share_low > 0.95


def test_the_estimates_are_the_textbook_ones():
    """Three pages, one record on one of them, two on two: worked out by hand."""
    found = estimate(["ab", "ab", "c"])
    assert found is not None
    assert (found.draws, found.once, found.twice) == (5, 1, 2)
    assert found.share == pytest.approx(1 - 1 / 5 * (2 * 1) / (2 * 1 + 2 * 2))
    more = estimate(["ab", "cd", "ae", "bf"])
    assert more is not None
    assert more.total == pytest.approx(6 + 3 / 4 * 4 * 3 / (2 * 3))


@given(st.lists(st.lists(st.integers(0, 40), max_size=6), max_size=60))
def test_an_estimate_is_never_absurd(pages):
    """The share lies within its interval within 0 and 1, the number within its own, and none is below what was seen."""
    found = estimate(pages)
    seen = Counter(key for page in pages for key in set(page))
    assert (found is None) is (not seen)
    if found is not None:
        assert 0 <= found.share_low <= found.share + 1e-9 <= found.share_high + 2e-9 <= 1 + 3e-9
        assert len(seen) <= found.low <= found.total + 1e-9 <= found.high + 2e-9
        assert (found.draws, found.pages) == (seen.total(), len(pages))


@dataclass(frozen=True)
class Simulated:
    """A rotation that was sampled until the real rule stopped, and the truth of it."""

    found: Coverage
    share: float
    number: int
    pages: int
    naive: tuple[float, float]


CHANCES = ("equal", "two sorts", "log-normal 0.5", "log-normal 1", "Zipf")


def weight(kind: str, rank: int, chance: random.Random) -> float:
    if kind == "equal":
        return 1.0
    if kind == "two sorts":
        return 0.25 if rank % 2 else 1.0
    if kind == "Zipf":
        return 1 / (rank + 1)
    return chance.lognormvariate(0, float(kind.split()[1]))


def simulate(seed: int, *, budget: int) -> Simulated:
    """Draw pages of a rotation of 5 to 400 records, some of which come in on the way, until enough is seen."""
    chance = random.Random(seed)
    size = round(math.exp(chance.uniform(math.log(5), math.log(400))))
    least, most = chance.choice(((1, 3), (2, 4), (3, 6), (5, 10)))
    arrivals = round(size * chance.choice((0, 0.05, 0.1)))
    kind = CHANCES[seed % len(CHANCES)]
    weights = [weight(kind, rank, chance) for rank in range(size + arrivals)]
    chance.shuffle(weights)
    gap = max(10.0, size * 9.2 / (least + most)) / max(1, arrivals)
    draws, there, pages = Draws(0.99, frozenset({MOVES})), size, 0
    while pages < budget and not draws.enough():
        pages += 1
        there = min(size + arrivals, size + int(pages / gap))
        keyed = sorted(range(there), key=lambda one: math.log(chance.random()) / weights[one], reverse=True)
        draws.add([str(one) for one in keyed[: chance.randint(least, most)]], [])
    found = draws.estimates()[MOVES]
    seen = {int(key) for page in draws.columns[MOVES] for key in page}
    share = sum(weights[one] for one in seen) / sum(weights[:there])
    unseen = found.once / found.draws
    spread = 1.96 * math.sqrt(unseen * (1 - unseen) / found.draws)
    return Simulated(found, share, there, pages, (1 - unseen - spread, 1 - unseen + spread))


def held(cases: list[Simulated]) -> tuple[float, float, float]:
    """How often the truth lies within: the interval of the share, that of the number, and a plain binomial one."""
    share = sum(one.found.share_low - 1e-9 <= one.share <= one.found.share_high + 1e-9 for one in cases)
    number = sum(one.found.low - 0.5 <= one.number <= one.found.high + 0.5 for one in cases)
    naive = sum(one.naive[0] <= one.share <= one.naive[1] for one in cases)
    return share / len(cases), number / len(cases), naive / len(cases)


def test_the_intervals_hold_on_some_rotations():
    """Of forty simulated rotations at least nine in ten lie within their intervals."""
    share, number, _ = held([simulate(seed, budget=40) for seed in range(40)])
    assert min(share, number) >= 0.9


@pytest.mark.scorecard
def test_the_intervals_hold_on_200_rotations(record_property):
    """Sizes 5-400, arrivals, very unequal chances, stopped by the real rule: at least 90 % lie within, for each sort."""
    cases = {kind: [simulate(seed, budget=120) for seed in range(at, 200, 5)] for at, kind in enumerate(CHANCES)}
    every = [one for some in cases.values() for one in some]
    share, number, naive = held(every)
    worst = min(min(held(some)[:2]) for some in cases.values())
    record_property(
        "scorecard",
        f"37|coverage: truth within its interval in 200 rotations|share {share:.1%}, number {number:.1%}"
        f" (worst sort of chances {worst:.1%})|plain binomial interval of the share {naive:.1%}",
    )
    assert min(share, number) >= 0.9
    assert worst >= 0.85
    assert naive < share
