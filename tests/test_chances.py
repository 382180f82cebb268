"""The few distributions, against closed forms and against counting."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.chances import count_at_most, poisson_at_most, poisson_bounds, share_at_most


def test_chances_are_those_of_the_textbook():
    """Poisson with mean 2: at most 1 is 3 e^-2; wider counts leave more chance to few; no expectation, no surprise."""
    assert poisson_at_most(1, 2) == pytest.approx(3 * math.exp(-2))
    assert count_at_most(1, 2, 2) == pytest.approx(3 * math.exp(-2))
    assert count_at_most(0, 2, 4) == pytest.approx(0.25)
    assert count_at_most(0, 20, 80) > count_at_most(0, 20, 20)
    assert count_at_most(0, 0, 0) == poisson_at_most(0, 0) == 1


def test_a_beta_binomial_with_a_flat_prior_is_uniform():
    """With Beta(1, 1) every number of hits is as likely as any other."""
    assert [share_at_most(count, 9, 1, 1) for count in range(10)] == pytest.approx([(i + 1) / 10 for i in range(10)])


def test_a_beta_binomial_of_great_strength_is_binomial():
    """With a well-known chance it is the binomial distribution."""
    expected = sum(math.comb(20, i) * 0.3**i * 0.7 ** (20 - i) for i in range(4))
    assert share_at_most(3, 20, 3e6, 7e6) == pytest.approx(expected, rel=1e-4)


@given(st.integers(0, 300), st.floats(0.1, 200), st.floats(1, 50))
def test_a_chance_is_a_chance(count, mean, wider):
    """Between 0 and 1, and no smaller for a larger count."""
    lower, upper = count_at_most(count, mean, mean * wider), count_at_most(count + 1, mean, mean * wider)
    assert 0 <= lower <= upper <= 1


@pytest.mark.parametrize(("count", "low", "high"), [(0, 0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.39)])
def test_the_interval_of_a_count_is_garwoods(count, low, high):
    """The bounds are those of the published table."""
    assert poisson_bounds(count) == (pytest.approx(low, abs=2e-3), pytest.approx(high, abs=5e-3))
