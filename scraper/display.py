"""What a person sees: tables, progress, warnings. Nothing here decides anything.

All text that came from a site goes through `shown`, so that no page can move the cursor or forge a line.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from scraper.errors import ExitStatus, NavnenytError
from scraper.formats import Format
from scraper.records import Answer, FetchOutcome
from scraper.show.cells import write_csv, write_markdown
from scraper.show.text import as_json, cut, shown

if TYPE_CHECKING:  # the database's rooms take a second to load, and not every command needs them
    from db.status import RunLine, SourceStatus, Status
    from db.store import Saved
    from scraper.config import SourceSettings
    from scraper.coverage import Coverage
    from scraper.fetchers.archive import Held
    from scraper.summary import RunSummary, SourceSummary

LONGEST = 160
"""A longer cell of a table is cut; the other formats give the whole."""
FOLDED = 44
"""A longer cell is folded before a bar is left out."""
WORD = 20
"""A longer word may be broken where a table is narrow."""
BAR, SHORTEST_BAR = 24, 8
"""The longest and the shortest room for bars, in characters."""


def write_rows(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], form: Format, *, title: str = "", bars: bool = False
) -> None:
    """Print rows to standard output in one of the formats; times and dates as ISO text."""
    if form is Format.TABLE:
        print_table(columns, rows, title=title, bars=bars)
    elif form is Format.CSV:
        write_csv(sys.stdout, columns, rows)
    elif form is Format.MARKDOWN:
        write_markdown(sys.stdout, columns, rows)
    elif form is Format.JSON:
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        sys.stdout.write(as_json(records, indent=1) + "\n")
    else:
        for row in rows:
            record = dict(zip(columns, row, strict=True))
            sys.stdout.write(as_json(record) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", bars: bool = False) -> None:
    """Print rows as a table, or, where the terminal is too narrow for that, each row as a list of its columns."""
    console = Console(highlight=False)
    held = [list(row) for row in rows]
    if not held:
        console.print(f"{escape(shown(title))}: no rows." if title else "No rows.")
    elif _together(_longest_words(columns, held)) <= console.width or len(columns) == 1:
        cells = min(BAR, console.width - _together(_natural(columns, held)) - 3) if bars else 0
        room = cells if cells >= SHORTEST_BAR else 0
        console.print(table_of(columns, held, title=title, bars=room, width=console.width))
    else:
        for number, row in enumerate(held, start=1):
            listed = Table(show_header=False, title=f"row {number}", title_justify="left", title_style="bold", box=None)
            listed.add_column(style="cyan", no_wrap=True)
            listed.add_column(overflow="fold")
            for column, value in zip(columns, row, strict=True):
                if value is not None:
                    listed.add_row(escape(column), escape(cut(shown(value), 600)))
            console.print(listed)


def _table(title: str) -> Table:
    return Table(
        title=escape(shown(title)) or None,
        title_justify="left",
        title_style="bold",
        header_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )


def _natural(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """How wide each column of a table is in which no cell is folded, long ones aside."""
    widths = [max(len(word) for word in column.replace("_", " ").split() or [""]) for column in columns]
    for row in rows:
        widths = [max(width, min(FOLDED, len(shown(value)))) for width, value in zip(widths, row, strict=True)]
    return widths


def _longest_words(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """How wide each column is in which no word is broken, very long ones aside."""
    cells = [[column.replace("_", " "), *(shown(row[index]) for row in rows)] for index, column in enumerate(columns)]
    return [max(min(WORD, len(word)) for cell in column for word in cell.split() or [""]) for column in cells]


def _together(widths: Sequence[int]) -> int:
    return sum(widths) + 3 * len(widths)


def _shared(columns: Sequence[str], rows: Sequence[Sequence[Any]], room: int) -> list[int] | None:
    """How wide each column is to be in `room` characters; None where they cannot be had without breaking a word.

    Each has its words whole; what is left goes to the column whose cells lack most, and then to the headings.
    """
    widths, wanted = _longest_words(columns, rows), _natural(columns, rows)
    if _together(widths) > room:
        return None
    for most in (wanted, [max(width, len(column)) for width, column in zip(wanted, columns, strict=True)]):
        for _ in range(room - _together(widths)):
            lacking = [full - width for full, width in zip(most, widths, strict=True)]
            if max(lacking) > 0:
                widths[lacking.index(max(lacking))] += 1
    return widths


def table_of(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", bars: int = 0, width: int = 0
) -> Table:
    """Rows as a table, numbers to the right; the first column of whole numbers as bars of `bars` characters as well.

    Where the words of all columns have room in `width` characters, none is broken.
    """
    held = [list(row) for row in rows]
    table = _table(title)
    widths = _shared(columns, held, width - (bars + 3 if bars else 0))
    whole = [index for index in range(len(columns)) if held and all(type(row[index]) is int for row in held)]
    for index, column in enumerate(columns):
        numbers = bool(held) and all(isinstance(row[index], int | float) or row[index] is None for row in held)
        table.add_column(
            escape(column.replace("_", " ")),
            justify="right" if numbers else "left",
            overflow="fold",
            width=widths[index] if widths else None,
        )
    drawn = [""] * len(held)
    if bars and whole:
        table.add_column("", style="cyan", no_wrap=True)
        highest = max(row[whole[0]] for row in held)
        drawn = ["█" * round(bars * max(0, row[whole[0]]) / highest) if highest > 0 else "" for row in held]
    for row, bar in zip(held, drawn, strict=True):
        cells = [escape(cut(shown(value), LONGEST)) for value in row]
        table.add_row(*cells, *([bar] if bars and whole else []))
    return table


def print_questions(questions: Iterable[Sequence[str]]) -> None:
    """The questions there are, each a name, a title, its filters and a description: a name is never broken."""
    console = Console(highlight=False)
    for name, title, filters, description in questions:
        console.print(f"[bold cyan]{escape(name)}[/]  {escape(title)}", no_wrap=True, overflow="ellipsis")
        console.print(Padding(escape(description), (0, 0, 0, 2)))
        console.print(Padding(f"[dim]{escape(filters)}[/]", (0, 0, 1, 2)))


def print_error(error: NavnenytError) -> None:
    """An error and its next step, to standard error."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    lines = "\n".join(shown(line) for line in error.message.splitlines())
    console.print(f"[bold red]Error:[/] {escape(lines)}")
    if error.hint:
        console.print(f"  {escape(shown(error.hint))}")


def print_warning(sentence: str) -> None:
    """A warning, to standard error."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[yellow]Warning:[/] {escape(shown(sentence))}")


class Waited:
    """Tells a person who waits, on standard error, how far a long piece of work is (`db.progress.Told`).

    Nothing is said of what is done within `patience` seconds on `clock`; then a line every so many seconds, and one for
    each stage.
    """

    def __init__(self, patience: float = 3.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._patience = patience
        self._clock = clock
        self._begun: float | None = None
        self._said = 0.0
        self._stage = ""

    def __call__(self, stage: str, done: int, whole: int) -> None:
        """So much of a stage is done."""
        now = self._clock()
        if self._begun is None:
            self._begun = self._said = now
        again = stage == self._stage or now - self._begun < self._patience
        if again and now - self._said < self._patience:
            return
        self._said, self._stage = now, stage
        count = f": {done:,} of {whole:,}" if whole > 1 else ""
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"{now - self._begun:5.0f} s  {stage}{count}")


def outcome_of(answer: Answer, saved: Saved | None) -> str:
    """A page's end in a few words."""
    fetch = answer.fetch
    if fetch.outcome is FetchOutcome.FAILED:
        return f"failed: {fetch.reason}" + (f" ({fetch.status})" if fetch.status else "")
    if saved is None or not (saved.new_moves or saved.new_ads or saved.unparsed):
        return fetch.outcome.value
    parts = [(saved.new_moves, "new move"), (saved.new_ads, "new job ad"), (saved.unparsed, "unparsed")]
    said = [f"{count} {word}{'s' if count > 1 and word != 'unparsed' else ''}" for count, word in parts if count]
    return f"{fetch.outcome.value}: {', '.join(said)}"


class PlainReporter:
    """A line for each page, for logs and pipes."""

    def __init__(self) -> None:
        self.done = 0
        self.total = 0

    def source_started(self, source: SourceSettings) -> None:
        """Say whose turn it is."""
        self.done, self.total = 0, 0
        print_line(f"{source.name}: looking for pages")

    def pages_chosen(self, source: SourceSettings, count: int) -> None:
        """Say how many pages follow."""
        self.total = count
        print_line(f"{source.name}: {count} pages to ask for")

    def page_done(self, source: SourceSettings, answer: Answer, saved: Saved | None) -> None:
        """Say how a page went."""
        self.done += saved is not None
        count = f" {self.done}/{self.total}" if saved is not None else ""
        print_line(f"{source.name}:{count} {shown(answer.fetch.url)} {outcome_of(answer, saved)}")

    def source_done(self, source: SourceSettings, summary: SourceSummary) -> None:
        """Nothing more: the table at the end says it."""


class BarReporter:
    """A progress bar, for a person at a terminal."""

    def __init__(self, console: Console) -> None:
        self.progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[last]}"),
            console=console,
            transient=True,
        )
        self.task = self.progress.add_task("", total=None, last="")
        self.new_moves = 0
        self.new_ads = 0

    def source_started(self, source: SourceSettings) -> None:
        """Start the bar anew."""
        self.new_moves = self.new_ads = 0
        self.progress.reset(self.task, description=source.name, total=None, last="looking for pages")

    def pages_chosen(self, source: SourceSettings, count: int) -> None:  # noqa: ARG002 - the protocol's parameter
        """Give the bar its length."""
        self.progress.update(self.task, total=count)

    def page_done(self, source: SourceSettings, answer: Answer, saved: Saved | None) -> None:
        """Move the bar on; a failure gets a line of its own above it."""
        if answer.fetch.outcome is FetchOutcome.FAILED:
            line = f"{source.name}: {shown(answer.fetch.url)} {outcome_of(answer, saved)}"
            self.progress.console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)
        if saved is not None:
            self.new_moves += saved.new_moves
            self.new_ads += saved.new_ads
            last = f"{self.new_moves} new moves, {self.new_ads} new job ads"
            self.progress.update(self.task, advance=1, last=last)

    def source_done(self, source: SourceSettings, summary: SourceSummary) -> None:
        """Leave the bar to the next source."""


def print_line(line: str) -> None:
    """One plain line, flushed, so that a log shows it at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


SOURCES_ABREAST = 4
"""So many sources stand side by side in a summary."""


def _summary_table(run_id: int, sources: Sequence[SourceSummary]) -> Table:
    table = _table(f"Run {run_id}")
    table.add_column("")
    for source in sources:
        table.add_column(escape(source.source), justify="right")
    reasons = sorted({reason for source in sources for reason in source.failed})
    for name, value in (
        ("pages asked for", "asked"),
        ("  fetched", "fetched"),
        ("  unchanged", "unchanged"),
        ("left: enough was seen", "left"),
    ):
        table.add_row(name, *(str(getattr(source, value)) for source in sources))
    for reason in reasons:
        table.add_row(f"  failed: {reason}", *(str(source.failed[reason]) for source in sources), style="yellow")
    table.add_row("requests in all", *(str(sum(source.requests.values())) for source in sources))
    table.add_section()
    for name, value in (
        ("announcements seen", "announcements"),
        ("  new moves", "new_moves"),
        ("job ads seen", "job_ads"),
        ("  new job ads", "new_job_ads"),
        ("unparsed", "unparsed"),
        ("problems", "problems"),
    ):
        table.add_row(name, *(str(getattr(source, value)) for source in sources))
    table.add_section()
    for name, kind in (("announcements in rotation seen", "move"), ("job ads in rotation seen", "job_ad")):
        table.add_row(name, *(coverage_said(source.coverage.get(kind)) for source in sources))
    return table


def coverage_said(seen: Coverage | None) -> str:
    """An estimate in a few characters: the share seen, and the interval that it lies in."""
    if seen is None:
        return ""
    return f"{seen.share:.1%} ({seen.share_low:.0%}-{seen.share_high:.0%})"


def print_summary(summary: RunSummary, console: Console) -> None:
    """The table at the end of a run, and below it what needs a person."""
    from db.status import counted

    for start in range(0, len(summary.sources), SOURCES_ABREAST):
        console.print(_summary_table(summary.run_id, summary.sources[start : start + SOURCES_ABREAST]))
    if summary.reread:
        console.print(f"{summary.reread} announcements that an older parser could not read were read now.")
    if summary.pruned:
        count = counted(len(summary.pruned), "file")
        console.print(f"Deleted from the archive, being older than archive.keep_days: {count}, the newest of them")
        console.print(f"  {escape(shown(summary.pruned[-1]))}", soft_wrap=True)
    if summary.recovered:
        console.print(f"{summary.recovered} pages that an earlier run had fetched and not stored were read now.")
    for source in summary.sources:
        if source.unreached:
            said = escape(shown(source.notes[0] if source.notes else "no answer."))
            console.print(f"[bold red]{escape(source.source)}:[/] {said} Nothing is lost; run again.", soft_wrap=True)
            continue
        for note in dict.fromkeys(source.notes):
            console.print(f"[yellow]{escape(source.source)}:[/] {escape(shown(note))}", soft_wrap=True)
        for alarm in source.alarms:
            sentence = escape(shown(f"{alarm.sentence} {alarm.advice}"))
            console.print(f"[bold red]{escape(source.source)} degraded ({alarm.stage}):[/] {sentence}", soft_wrap=True)
    if summary.interrupted:
        console.print("Interrupted. Every page listed above is stored; the next run goes on from there.")
    seconds = (summary.finished - summary.started).total_seconds() if summary.finished else 0
    status = summary.exit_status
    meaning = {
        ExitStatus.OK: "done",
        ExitStatus.SOURCE_FAILED: "a source gave nothing",
        ExitStatus.DEGRADED: "a source is degraded",
        ExitStatus.UNREACHABLE: "no source could be reached",
        ExitStatus.INTERRUPTED: "interrupted",
    }[status]
    console.print(f"{seconds:.1f} s, exit status {int(status)}: {meaning}.")


def print_status(state: Status, archive: Held | None = None) -> None:
    """How things stand, for a person: sources, counts, the last runs, and what needs attention."""
    from db.status import counted

    console = Console(highlight=False)
    for start in range(0, len(state.sources), SOURCES_ABREAST):
        console.print(_sources_table(state.sources[start : start + SOURCES_ABREAST]))
    console.print(table_of(["stored", "rows"], [[name, count] for name, count in state.counts.items()]))
    runs = [
        [run.id, _minute(run.started_at), _lasted(run), run.status, run.exit_status, ", ".join(run.sources)]
        for run in state.runs
    ]
    console.print(table_of(["run", "started (UTC)", "seconds", "ended", "exit", "sources"], runs, title="Last runs"))
    if archive is not None and archive.files:
        size = f"{archive.bytes / 1e6:.1f} MB in {counted(archive.files, 'file')}, {archive.first} to {archive.last}"
        console.print(f"Archive: {size}.", soft_wrap=True)
    for sentence in state.attention:
        console.print(f"[yellow]•[/] {escape(shown(sentence))}", soft_wrap=True)
    if not state.attention:
        console.print("Nothing needs attention.")


def _sources_table(sources: Sequence[SourceStatus]) -> Table:
    table = _table("Sources, as of their last run")
    table.add_column("")
    for source in sources:
        table.add_column(escape(source.name), justify="right")
    lines: list[tuple[str, Callable[[SourceStatus], object]]] = [
        ("last run (UTC)", lambda source: _minute(source.last_run_at)),
        ("last good look", lambda source: _minute(source.last_success_at)),
        ("pages", lambda source: source.pages_answered),
        ("  failed", lambda source: source.pages_failed),
        ("moves seen", lambda source: source.moves_seen),
        ("  of all in rotation", lambda source: _share(source.coverage.get("move"))),
        ("job ads seen", lambda source: source.job_ads_seen),
        ("  of all in rotation", lambda source: _share(source.coverage.get("job_ad"))),
        ("unparsed", lambda source: source.unparsed_seen),
    ]
    for name, value in lines:
        table.add_row(name, *(str(value(source)) for source in sources))
    return table


def _share(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else ""


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def _lasted(run: RunLine) -> int | None:
    return round((run.finished_at - run.started_at).total_seconds()) if run.finished_at else None
