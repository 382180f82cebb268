"""What a run did, counted: at each source, and as a whole with the status that the command ends with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from scraper import coverage, health
from scraper.errors import ExitStatus, FetchReason

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
    """What a run did at one source; counts. `failed` counts pages by reason."""

    source: str
    entrances: int = 0
    """Feeds, list pages and sitemaps that were had, or were unchanged."""
    asked: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    announcements: int = 0
    job_ads: int = 0
    new_moves: int = 0
    new_job_ads: int = 0
    unparsed: int = 0
    problems: int = 0
    empty_sections: int = 0
    coverage: coverage.Coverage | None = None
    alarms: list[health.Alarm] = field(default_factory=list)
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

    def yielded(self) -> health.Yield:
        """The counts that health compares."""
        return health.Yield(
            asked=self.asked,
            pages=self.read,
            announcements=self.announcements,
            job_ads=self.job_ads,
            unparsed=self.unparsed,
            empty_sections=self.empty_sections,
        )

    def as_json(self) -> dict[str, object]:
        """What is kept with the run."""
        seen = self.coverage
        return {
            "asked": self.asked,
            "fetched": self.fetched,
            "unchanged": self.unchanged,
            "failed": dict(self.failed),
            "announcements": self.announcements,
            "job_ads": self.job_ads,
            "new_moves": self.new_moves,
            "new_job_ads": self.new_job_ads,
            "unparsed": self.unparsed,
            "problems": self.problems,
            "empty_sections": self.empty_sections,
            "coverage": None
            if seen is None
            else {"share": seen.share, "seen": seen.seen, "total": seen.total, "low": seen.low, "high": seen.high},
            "alarms": [[alarm.stage, alarm.sentence, alarm.advice] for alarm in self.alarms],
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
