"""Estimating how much of the rotation has been seen."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.coverage import estimate


def test_nothing_sighted_gives_no_estimate():
    """No sighting is no knowledge, not a coverage of zero."""
    assert estimate([]) is None


def test_everything_seen_twice_is_everything_there_is():
    """When no record was seen just once, nothing is held to be unseen."""
    found = estimate(["a", "b"] * 9)
    assert found is not None
    assert (found.share, found.total, found.low) == (1, 2, 2)
    assert found.high == pytest.approx(2, abs=0.1)


def test_the_bias_corrected_chao1_estimate_is_the_textbook_one():
    """Counts 3, 1, 1, 2 give draws 7, singletons 2, doubletons 1: 4 + 6/7 * 2 * 1 / 4."""
    found = estimate("aaabcdd")
    assert found is not None
    assert (found.draws, found.seen, found.once, found.twice) == (7, 4, 2, 1)
    assert found.total == pytest.approx(4 + 6 / 7 * 2 / 4)
    assert found.share == pytest.approx(1 - 2 / 7)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=300))
def test_an_estimate_is_never_absurd(sightings):
    """The share lies within 0 and 1, the interval holds the estimate, and none is below what was seen."""
    found = estimate(sightings)
    assert found is not None
    assert 0 <= found.share <= 1
    assert len(set(sightings)) <= found.low <= found.total + 1e-9
    assert found.total <= found.high + 1e-9
    assert sum(Counter(sightings).values()) == found.draws


@pytest.mark.parametrize("size", [25, 40, 80])
def test_the_interval_holds_the_truth_on_random_rotations(size):
    """Of 200 simulated runs that draw four of the rotation at a time, at least nine in ten hold the true size."""
    chance = random.Random(size)
    held = 0
    for _ in range(200):
        drawn = [record for _ in range(20) for record in chance.sample(range(size), 4)]
        found = estimate(drawn)
        assert found is not None
        held += found.low - 0.5 <= size <= found.high + 0.5
    assert held >= 180
