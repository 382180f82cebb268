"""What is usual at a source: counts and shares of one run, held against those of its earlier runs.

How wide "usual" is follows from the history itself, with two limits. However steady the history looks, a yield may
vary by a weekend or a holiday; and however long it is, neighbouring runs show much the same announcements, so that
many runs of one week are not many witnesses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

from scraper.chances import count_at_most, share_at_most
from scraper.measures import Measures

MIN_HISTORY = 3
"""How many earlier runs a comparison needs."""

Count = Callable[[Measures], int]


@dataclass(frozen=True, slots=True)
class Strictness:
    """How unlikely is too unlikely, and how much a source may vary however steady its history looks.

    `gone` is the probability that is too small where nothing is left, `below` elsewhere: a break mostly leaves nothing,
    and chance seldom does. `sway` is the least standard deviation of a yield from run to run, as a share of it. What a
    history says of shares counts for at most `runs_worth` of its runs (of records) or `pages_worth` pages.
    """

    below: float = 1e-6
    gone: float = 1e-4
    sway: float = 0.15
    runs_worth: float = 2.0
    pages_worth: float = 150.0

    def is_break(self, chance: float, left: int) -> bool:
        """Whether a probability is too small, `left` being what there still is."""
        return chance < (self.below if left else self.gone)


STRICTNESS = Strictness()
SILENT_DAYS = 5.5
"""No site owes us a new article for so long: from Maundy Thursday to Easter Monday are five days."""


class Usual:
    """One run of a source beside its history; without enough of one, nothing is unusual."""

    def __init__(self, now: Measures, history: Sequence[Measures], strictness: Strictness = STRICTNESS) -> None:
        self.now = now
        self.history = tuple(history) if len(history) >= MIN_HISTORY else ()
        self.strict = strictness

    def fewer(self, count: Count, of: Count) -> float | None:
        """How many were to be expected where too few came, at the usual rate for each `of`; None when all is well."""
        before = [(count(run), of(run)) for run in self.history if of(run)]
        size, now = of(self.now), count(self.now)
        if len(before) < MIN_HISTORY or not size:
            return None
        rate = sum(some for some, _ in before) / sum(every for _, every in before)
        mean = rate * size
        if now >= mean:
            return None
        by_chance = fmean(rate / every for _, every in before)
        varied = max(pvariance([some / every for some, every in before]) - by_chance, (self.strict.sway * rate) ** 2)
        return mean if self.strict.is_break(count_at_most(now, mean, mean + varied * size * size), now) else None

    def smaller_share(self, hits: Count, of: Count, *, records: bool) -> float | None:
        """The usual share of something whose share fell too far; None when all is well.

        `records`: it is a share of records, which stay from run to run, and not of pages, which are drawn anew.
        """
        before = [(hits(run), of(run)) for run in self.history if of(run)]
        size, now = of(self.now), hits(self.now)
        if len(before) < MIN_HISTORY or not size:
            return None
        tries = sum(every for _, every in before)
        share = (sum(some for some, _ in before) + 0.5) / (tries + 1)
        if now >= share * size:
            return None
        worth = self.strict.runs_worth * tries / len(before) if records else self.strict.pages_worth
        strength = min(float(tries), worth)
        by_chance = fmean(share * (1 - share) / every for _, every in before)
        varied = pvariance([some / every for some, every in before]) - by_chance
        if varied > 0:
            strength = max(2.0, min(strength, share * (1 - share) / varied - 1))
        chance = share_at_most(now, size, share * strength, (1 - share) * strength)
        return share if self.strict.is_break(chance, now) else None

    def larger_share(self, hits: Count, of: Count, *, records: bool) -> float | None:
        """The usual share of something whose share rose too far; None when all is well."""
        rest = self.smaller_share(lambda run: of(run) - hits(run), of, records=records)
        return None if rest is None else 1 - rest

    def on_most_pages(self, count: Count) -> bool:
        """Whether something is on far more of the fresh pages than usual, or, without a history, on most of them."""
        if self.history:
            return self.larger_share(count, fresh, records=False) is not None
        return count(self.now) >= 3 and 2 * count(self.now) > self.now.fetched

    def silence(self) -> float | None:
        """How many new pages were to be expected in the time since the last one, if none is too few; else None."""
        dated = [(run.new_pages, run.days) for run in self.history if run.days]
        if self.now.quiet_days < SILENT_DAYS or len(dated) < MIN_HISTORY:
            return None
        named, days = sum(new for new, _ in dated), sum(length for _, length in dated)
        mean, usual = named / days * self.now.quiet_days, named / len(dated)
        if not mean:
            return None
        beyond = fmean((new - named / days * length) ** 2 for new, length in dated) - usual
        varied = max(beyond / usual**2, self.strict.sway**2)
        return mean if self.strict.is_break(count_at_most(0, mean, mean + varied * mean**2), 0) else None


def fresh(run: Measures) -> int:
    """The pages of a run that came with a body."""
    return run.fetched
