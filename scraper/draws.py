"""Which pages a run draws its sample from, in which order, and when it has drawn enough.

What is wanted is what stands beside the articles, and that belongs to the moment and not to the article: any fresh page
is as good a draw as any other. So **a new article need not be fetched once the sample is good enough**; it stays
known and is the first choice of the next run. Only a page whose own body is a list of announcements is wanted for
itself, since what it says may stand nowhere else: its title reads as the heading of a people section, and it is asked
for once, whatever the estimate says. A job board is no sample either: each of its pages is one ad, and all that are
due are asked for.

An answer 304 means that the page, its column with it, is what it was: it is kept as a sighting, and it is no draw. So
the cheapest page is one that surely gives a fresh body, and of those the one with the fewest bytes:

1. lists of announcements never asked for;
2. pages never asked for, which have no validators and cannot answer 304, the newest first;
3. pages whose last answer was a body, those not asked for the longest (by the day) first, then the smallest;
4. pages whose last answer was 304 or a failure, by the same order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC

from db.fetches import LastAsked
from scraper.coverage import Coverage, estimate, share_seen
from scraper.parsers.danish.regions import is_people_heading
from scraper.records import Candidate, FetchOutcome

FEWEST = 10
"""Fresh pages that a run draws before it may stop."""
MOVES, JOB_ADS = "move", "job_ad"
"""The kinds of record that are in rotation, as the table `coverage` names them."""


def is_list_of_announcements(candidate: Candidate, headings: Collection[str] = ()) -> bool:
    """Whether a page's title says that the page itself is a people section: "Navnenyt: …", "Nyt om navne".

    `headings` are further words for one, as the source's configuration has them.
    """
    head = candidate.title.split(":", 1)[0].split(" - ", 1)[0].strip()
    return bool(head) and is_people_heading(head, frozenset(heading.casefold() for heading in headings))


def in_order(
    candidates: Iterable[Candidate], asked: Mapping[str, LastAsked], headings: Collection[str] = ()
) -> list[Candidate]:
    """The candidates as they should be asked for; `asked` knows, by identity, those that were asked for before."""

    def order(candidate: Candidate) -> tuple[int, float, int]:
        last = asked.get(candidate.identity)
        if last is None:
            age = -candidate.published.timestamp() if candidate.published else 0.0
            return (0 if is_list_of_announcements(candidate, headings) else 1), age, 0
        group = 2 if last.outcome is FetchOutcome.FETCHED else 3
        return group, float(last.at.astimezone(UTC).toordinal()), last.size or 0

    return sorted(candidates, key=order)


@dataclass(slots=True)
class Draws:
    """The sample of one run at one source.

    `target` is the share to be reached, None for no such end; `expected` are the kinds of record that the source is
    known to show (on a first run, when nothing is known, both).
    """

    target: float | None
    expected: frozenset[str] = frozenset({MOVES, JOB_ADS})
    columns: dict[str, list[frozenset[str]]] = field(default_factory=lambda: {MOVES: [], JOB_ADS: []})

    def add(self, moves: Iterable[str], job_ads: Iterable[str]) -> None:
        """A fresh page was drawn, with these records on it, by their keys."""
        self.columns[MOVES].append(frozenset(moves))
        self.columns[JOB_ADS].append(frozenset(job_ads))

    @property
    def pages(self) -> int:
        """How many pages were drawn."""
        return len(self.columns[MOVES])

    def estimates(self) -> dict[str, Coverage]:
        """What the sample says, for each kind of record that was seen at all."""
        found = {kind: estimate(columns) for kind, columns in self.columns.items()}
        return {kind: seen for kind, seen in found.items() if seen is not None}

    def enough(self) -> bool:
        """Whether the share is reached for every kind of record that the source shows or is known to show."""
        if self.target is None or self.pages < FEWEST:
            return False
        shares = {kind: share_seen(columns) for kind, columns in self.columns.items()}
        wanted = [share for kind, share in shares.items() if kind in self.expected or share is not None]
        return bool(wanted) and all(share is not None and share >= self.target for share in wanted)
