"""What a run did, counted: at each source, and as a whole with the status that the command ends with."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime

from scraper.alarms import Alarm
from scraper.coverage import Coverage
from scraper.errors import ExitStatus, FetchReason
from scraper.measures import Measures

UNREACHED = frozenset(
    {
        FetchReason.DNS,
        FetchReason.CONNECT,
        FetchReason.TLS,
        FetchReason.DEADLINE,
        FetchReason.BROKEN_OFF,
        FetchReason.ROBOTS_UNAVAILABLE,
    }
)
"""The reasons that mean that no answer came from the site at all."""


@dataclass(kw_only=True)
class SourceSummary:
    """What a run did at one source; counts.

    `failed` counts pages by reason, `requests` all that went out by what, `left` the pages that were due and not asked
    for because the sample was good enough. `coverage` is by kind of record: `move`, `job_ad`.
    """

    source: str
    entrances: int = 0
    """Feeds, list pages and sitemaps that were had, or were unchanged."""
    asked: int = 0
    left: int = 0
    requests: dict[str, int] = field(default_factory=dict)
    fetched: int = 0
    unchanged: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    announcements: int = 0
    job_ads: int = 0
    new_moves: int = 0
    new_job_ads: int = 0
    unparsed: int = 0
    problems: int = 0
    coverage: dict[str, Coverage] = field(default_factory=dict)
    measures: Measures | None = None
    alarms: list[Alarm] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Pages whose content is known after this run."""
        return self.fetched + self.unchanged

    @property
    def unreached(self) -> bool:
        """Whether requests were made and not one was answered."""
        answered = self.read or self.entrances
        return not answered and bool(self.failed) and all(FetchReason(reason) in UNREACHED for reason in self.failed)

    @property
    def nothing_had(self) -> bool:
        """Whether the source gave not one page, feed or list."""
        return not self.read and bool(self.failed)

    def as_json(self) -> dict[str, object]:
        """What is kept with the run."""
        return {
            "asked": self.asked,
            "requests": self.requests,
            "left": self.left,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "failed": dict(self.failed),
            "announcements": self.announcements,
            "job_ads": self.job_ads,
            "new_moves": self.new_moves,
            "new_job_ads": self.new_job_ads,
            "unparsed": self.unparsed,
            "problems": self.problems,
            "coverage": {kind: asdict(seen) for kind, seen in self.coverage.items()},
            "alarms": [asdict(alarm) for alarm in self.alarms],
            "notes": self.notes,
        }


@dataclass(kw_only=True)
class RunSummary:
    """What a whole run did."""

    run_id: int
    started: datetime
    finished: datetime | None = None
    sources: list[SourceSummary] = field(default_factory=list)
    reread: int = 0
    recovered: int = 0
    """Pages that an earlier run had fetched and not stored, read from the archive."""
    pruned: list[str] = field(default_factory=list)
    """Files of the archive that were deleted, being older than is kept."""
    interrupted: bool = False

    @property
    def exit_status(self) -> ExitStatus:
        """How the command ends: the gravest of what happened."""
        if self.interrupted:
            return ExitStatus.INTERRUPTED
        if self.sources and all(source.unreached for source in self.sources):
            return ExitStatus.UNREACHABLE
        if any(source.nothing_had for source in self.sources):
            return ExitStatus.SOURCE_FAILED
        if any(source.alarms for source in self.sources):
            return ExitStatus.DEGRADED
        return ExitStatus.OK
