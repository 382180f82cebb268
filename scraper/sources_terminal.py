"""How we stand with each source, on a terminal: a few lines for each, warnings in colour."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scraper.show.text import shown
from scraper.sources import Standing

_ALLOWED = {"yes": "green", "no": "bold red", "partly": "yellow", "unknown": "yellow"}


def print_standings(console: Console, standings: Iterable[Standing]) -> None:
    """One block for each source, a line for each thing that a person may want to know or mend."""
    for standing in standings:
        head = f"[bold]{escape(shown(standing.source))}[/]"
        if standing.title != standing.source:
            head += f"  {escape(shown(standing.title))}"
        console.print(head if standing.enabled else f"{head}  [yellow](not enabled)[/]")
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, words in _lines(standing):
            grid.add_row(f"  {name}", words)
        console.print(grid)
        console.print()


def _lines(standing: Standing) -> Iterable[tuple[str, str]]:
    style = _ALLOWED[standing.allowed]
    yield "allowed", f"[{style}]{standing.allowed}[/]: {escape(shown(standing.why))}"
    yield "terms", _terms(standing)
    yield "pace", f"{standing.gap:g} s between two requests ({escape(standing.gap_because)})"
    feeds = f", {standing.feeds_today} of feeds and lists" if standing.feeds_today else ""
    spent = f"{standing.pages_today} of {standing.pages_per_day} pages{feeds}"
    yield "today", f"[yellow]{spent}[/]" if standing.pages_today >= standing.pages_per_day else spent
    yield (
        "last answer",
        f"{_minute(standing.last_answer_at)}, {escape(shown(standing.last_answer))}"
        if standing.last_answer_at
        else "none yet",
    )
    if standing.paused_until:
        asked = escape(shown(standing.paused_because))
        yield "paused", f"[yellow]until {_minute(standing.paused_until)}[/] ({asked})"
    yield "next due", _minute(standing.next_due) if standing.next_due else "not scheduled"
    if standing.reservation:
        obeyed = {"obey": "", "strict": "", "ignore": " [yellow](not obeyed: tdm: ignore)[/]"}[standing.tdm]
        yield "reservation", f"{escape(shown(standing.reservation))}{obeyed}"


def _terms(standing: Standing) -> str:
    day = standing.terms_reviewed
    if standing.terms == "unread":
        return "[yellow]nobody has noted reading them[/]: do, and set `terms_reviewed:`"
    if standing.terms == "old":
        return f"[yellow]read on {day}, more than a year ago[/]: read them again, and set `terms_reviewed:`"
    return f"read on {day}"


def _minute(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment else ""
