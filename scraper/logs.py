"""The log of runs: one line of JSON for each step, with run, source, address and stage, in a file for each day (UTC).

What a terminal shows is for the person before it; the log is for the one who asks weeks later what happened. Control
characters in what sites send cannot forge a line: JSON escapes them.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db.store import Saved
from scraper.config import Settings, SourceSettings
from scraper.records import Answer
from scraper.show.text import as_json
from scraper.summary import SourceSummary
from scraper.visit import Reporter

LOGGER = logging.getLogger("navnenyt")
FIELDS = ("run", "source", "url", "stage")
"""What every line says, null where it speaks of none."""

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}


class JsonLines(logging.Formatter):
    """A record of the standard library's logging as one line of JSON. Whatever stands in `extra` becomes a field."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        extra = {name: value for name, value in vars(record).items() if name not in _OWN}
        line: dict[str, Any] = {
            "at": extra.pop("at", datetime.fromtimestamp(record.created, UTC)).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **{name: extra.pop(name, None) for name in FIELDS},
            **extra,
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return as_json(line)


class Context(logging.Filter):
    """Says on every line of a run which run and which source it is about, and when it was by the run's clock."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock
        self.run: int | None = None
        self.source: str | None = None

    def filter(self, record: logging.LogRecord) -> bool:
        """Fill in what the line does not say itself."""
        record.at = self._clock()
        record.run = getattr(record, "run", self.run)
        record.source = getattr(record, "source", self.source)
        return True


class LoggedReporter:
    """Logs what happens in a run and passes it on to the reporter that shows it."""

    def __init__(self, shown: Reporter, context: Context) -> None:
        self._shown = shown
        self._context = context

    def source_started(self, source: SourceSettings) -> None:
        """A source's turn has come."""
        self._context.source = source.name
        LOGGER.info("source started", extra={"stage": "discovery"})
        self._shown.source_started(source)

    def pages_chosen(self, source: SourceSettings, count: int) -> None:
        """So many pages will be asked for."""
        LOGGER.info("pages chosen", extra={"stage": "discovery", "pages": count})
        self._shown.pages_chosen(source, count)

    def page_done(self, source: SourceSettings, answer: Answer, saved: Saved | None) -> None:
        """A page or a feed was asked for and its outcome stored."""
        fetch = answer.fetch
        facts: dict[str, Any] = {
            "outcome": fetch.outcome.value,
            "status": fetch.status,
            "reason": fetch.reason,
            "bytes": fetch.bytes_received,
            "ms": fetch.elapsed_ms,
            "allowed_by": fetch.allowed_by,
            "archive": list(fetch.archive) if fetch.archive else None,
        }
        if saved is not None:
            facts |= {
                "fetch": saved.fetch_id,
                "moves": saved.new_moves + saved.seen_moves,
                "new_moves": saved.new_moves,
                "job_ads": saved.new_ads + saved.seen_ads,
                "new_job_ads": saved.new_ads,
                "unparsed": saved.unparsed,
                "problems": saved.problems,
            }
        event, stage = ("feed done", "discovery") if saved is None else ("page done", "store")
        level = logging.WARNING if fetch.reason else logging.INFO
        LOGGER.log(level, event, extra={"url": fetch.url, "stage": "fetch" if fetch.reason else stage, **facts})
        self._shown.page_done(source, answer, saved)

    def source_done(self, source: SourceSettings, summary: SourceSummary) -> None:
        """A source's turn is over."""
        for note in summary.notes:
            LOGGER.info("note", extra={"stage": "discovery", "note": note})
        for alarm in summary.alarms:
            LOGGER.warning("alarm", extra={"stage": alarm.stage, "sentence": alarm.sentence, "advice": alarm.advice})
        LOGGER.info("source done", extra={"stage": "health", "summary": summary.as_json()})
        self._shown.source_done(source, summary)
        self._context.source = None


class LogFile(logging.FileHandler):
    """A file that says once on standard error that it cannot be written any more (a full disk), and ends no run."""

    _said = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002  the standard library's names
        """Say what went wrong, once."""
        if not self._said:
            self._said = True
            sys.stderr.write(f"The log {self.baseFilename} cannot be written: {sys.exc_info()[1]}\n")

    def close(self) -> None:
        """Close it; the last lines of a log on a full disk are lost."""
        stream = self.stream
        try:
            super().close()
        except OSError:
            if stream is not None:
                with suppress(OSError):
                    stream.close()


@contextmanager
def logged(settings: Settings, clock: Callable[[], datetime]) -> Iterator[Context]:
    """Write the program's log into data_dir/logs while inside; files older than log.keep_days go first.

    A log that cannot be written ends no run: a sentence on standard error says so.
    """
    folder = settings.data_dir / "logs"
    now = clock()
    context = Context(clock)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_old(folder, before=now - timedelta(days=settings.log.keep_days))
        handler = LogFile(folder / f"{now:%Y-%m-%d}.jsonl", encoding="utf-8")
    except OSError as error:
        LOGGER.warning("the log cannot be written: %s", error)
        yield context
        return
    handler.setFormatter(JsonLines())
    handler.addFilter(context)
    level = LOGGER.level
    LOGGER.addHandler(handler)
    LOGGER.setLevel(logging.INFO)
    try:
        yield context
    finally:
        LOGGER.removeHandler(handler)
        LOGGER.setLevel(level)
        handler.close()


def remove_old(folder: Path, *, before: datetime) -> list[Path]:
    """Delete the log files of days before `before`; those deleted. Files with other names stay."""
    gone = []
    for path in sorted(folder.glob("????-??-??.jsonl")):
        try:
            day = datetime.strptime(path.stem, "%Y-%m-%d").replace(tzinfo=UTC)
        except ValueError:
            continue
        if day.date() < before.date():
            path.unlink(missing_ok=True)
            gone.append(path)
    return gone
