"""Whether each source still yields what it used to.

A source is compared with its own history, not with thresholds: if its pages gave so many announcements a page before,
how likely is it that as many pages as this run fetched gave as few as they did? A run that is less likely than
one in ten thousand is degraded. The model is a Poisson count with the history's pooled rate, made wider by how much
the rate has varied from run to run (negative binomial), so that a quiet Sunday is no alarm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pvariance

ALARM_BELOW = 1e-4
"""The probability under which a yield is no accident."""
MIN_HISTORY = 3
"""How many earlier runs a comparison needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What one source gave in one run: counts.

    `pages` are those read (fetched, or unchanged and so known); `asked` includes the failed ones. `empty_sections` are
    pages with a people heading and no announcement under it.
    """

    asked: int = 0
    pages: int = 0
    announcements: int = 0
    job_ads: int = 0
    unparsed: int = 0
    empty_sections: int = 0


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that broke at a source: its stage, a sentence for a person, and what to do."""

    stage: str
    sentence: str
    advice: str


def chance_of_at_most(count: int, mean: float, variance: float) -> float:
    """The probability of at most `count` events where `mean` are expected with `variance`; Poisson or wider."""
    if mean <= 0:
        return 1.0
    if variance <= mean * 1.0001:
        return min(1.0, sum(math.exp(i * math.log(mean) - mean - math.lgamma(i + 1)) for i in range(count + 1)))
    size = mean * mean / (variance - mean)
    chance = size / (size + mean)
    return min(
        1.0,
        sum(
            math.exp(
                math.lgamma(size + i)
                - math.lgamma(size)
                - math.lgamma(i + 1)
                + size * math.log(chance)
                + i * math.log1p(-chance)
            )
            for i in range(count + 1)
        ),
    )


def _fell(name: str, now: int, pages: int, before: Sequence[tuple[int, int]], ask: str) -> Alarm | None:
    """An alarm when `now` records on `pages` pages are too few, given (records, pages) of earlier runs."""
    rates = [records / read for records, read in before if read]
    if len(rates) < MIN_HISTORY or not pages:
        return None
    rate = sum(records for records, _ in before) / sum(read for _, read in before)
    mean = rate * pages
    sampling = fmean(rate / read for _, read in before if read)
    variance = mean + max(0.0, pvariance(rates) - sampling) * pages * pages
    if chance_of_at_most(now, mean, variance) >= ALARM_BELOW:
        return None
    return Alarm(
        "yield", f"{pages} pages gave {now} {name}, where {mean:.0f} were to be expected from earlier runs.", ask
    )


def check(now: Yield, history: Sequence[Yield]) -> list[Alarm]:
    """What is wrong with a source in this run; `history` holds its earlier healthy runs, in any order."""
    alarms: list[Alarm] = []
    look = "Open one of its pages and `navnenyt parse` the saved page: has the lay-out or the wording changed?"
    if now.asked >= 4 and now.pages * 2 < now.asked:
        alarms.append(
            Alarm(
                "fetch",
                f"{now.asked - now.pages} of {now.asked} pages failed.",
                "See the reasons with `navnenyt status`.",
            )
        )
    if now.pages >= 3 and now.empty_sections * 2 > now.pages:
        alarms.append(
            Alarm(
                "layout",
                f"{now.empty_sections} of {now.pages} pages have a people heading with nothing under it.",
                look,
            )
        )
    if now.unparsed >= 5 and now.unparsed > now.announcements:
        alarms.append(
            Alarm(
                "field",
                f"{now.unparsed} announcements could not be read, {now.announcements} could.",
                'Read them: navnenyt query "SELECT text, reason FROM unparsed_announcements".',
            )
        )
    for name, value in (("announcements", "announcements"), ("job ads", "job_ads")):
        before = [(getattr(earlier, value), earlier.pages) for earlier in history]
        alarm = _fell(name, getattr(now, value), now.pages, before, look)
        if alarm:
            alarms.append(alarm)
    return alarms
