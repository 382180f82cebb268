"""How likely a count is: the few distributions that health and coverage reckon with, from their own definitions.

The standard library has none of them, and a numerical library would be the largest thing in the house for four sums.
All are exact but for rounding; counts up to some tens of thousands take a moment of a second.
"""

from __future__ import annotations

import math
from collections.abc import Callable

_HALVINGS = 60
"""Steps of a bisection: past what a double can tell apart."""


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of at most `count` events where `mean` are expected."""
    if mean <= 0:
        return 1.0
    return min(1.0, sum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(count + 1)))


def count_at_most(count: int, mean: float, variance: float) -> float:
    """The same for events whose number varies more than by chance: negative binomial, or Poisson for no more."""
    if mean <= 0:
        return 1.0
    if variance <= mean * 1.0001:
        return poisson_at_most(count, mean)
    size = mean * mean / (variance - mean)
    chance = size / (size + mean)
    start = size * math.log(chance) - math.lgamma(size)
    other = math.log1p(-chance)
    terms = (math.exp(start + math.lgamma(size + i) - math.lgamma(i + 1) + i * other) for i in range(count + 1))
    return min(1.0, sum(terms))


def share_at_most(count: int, of: int, a: float, b: float) -> float:
    """The probability of at most `count` hits `of` tries whose chance is itself drawn from Beta(a, b), a and b > 0."""
    fixed = math.lgamma(of + 1) + math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) - math.lgamma(of + a + b)
    terms = (
        math.exp(fixed - math.lgamma(i + 1) - math.lgamma(of - i + 1) + math.lgamma(i + a) + math.lgamma(of - i + b))
        for i in range(min(count, of) + 1)
    )
    return min(1.0, sum(terms))


def poisson_bounds(count: int, *, outside: float = 0.05) -> tuple[float, float]:
    """The interval of the means that a count of `count` speaks for (Garwood 1936), leaving `outside` on both sides."""
    low = (
        0.0 if not count else _where(lambda mean: 1 - poisson_at_most(count - 1, mean), outside / 2, 0.0, float(count))
    )
    high = _where(lambda mean: -poisson_at_most(count, mean), -outside / 2, float(count), count + 12 + 6 * count**0.5)
    return low, high


def _where(rising: Callable[[float], float], level: float, low: float, high: float) -> float:
    """Where a function that rises from `low` to `high` reaches `level`."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return high
