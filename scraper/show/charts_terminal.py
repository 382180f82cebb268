"""The charts of the terminal: what `scraper.show.series` made ready, drawn with blocks, in any width.

Figures over time are columns; with divisions, a line of small columns for each; names are lying bars; a heatmap is a
table of shades with its figures in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from scraper.show.language import month_name, number, say
from scraper.show.series import Series
from scraper.show.text import cut

HEIGHT = 12
LONGEST = 36
_UP = " ▁▂▃▄▅▆▇█"
_RIGHT = " ▏▎▍▌▋▊▉█"
_SHADES = " ░▒▓█"
_UNWATCHED = "·"
"""Stands below a month that was hardly watched."""


def drawn_in_terminal(drawn: Series, *, language: str = "en", width: int = 100) -> RenderableType:
    """The chart, at most `width` characters wide, with what has to be said of it below."""
    lines: list[RenderableType] = [Text(drawn.title, style="bold"), Text()]
    if not drawn.points:
        lines.append(Text(say("Nothing to draw: no rows.", language)))
    elif drawn.kind == "heatmap":
        lines.append(_shades(drawn, language, width))
    elif drawn.timed and drawn.color_title:
        lines.append(_small_columns(drawn, language, width))
    elif drawn.timed:
        lines.append(_columns(drawn, language, width))
    else:
        lines.append(_bars(drawn, language, width))
    notes = [note.replace(say(_GREY, language), say(_DOT, language)) for note in drawn.notes]
    return Group(*lines, *(Text(note, style="dim") for note in notes))


_GREY = "Grey: fewer than half of the month's days were watched."
_DOT = "Under a dot: fewer than half of the month's days were watched."


def print_chart(drawn: Series, *, language: str = "en") -> None:
    """Draw on standard output, as wide as the terminal."""
    console = Console(highlight=False)
    console.print(drawn_in_terminal(drawn, language=language, width=console.width))


def _said(value: float, drawn: Series, language: str) -> str:
    whole = all(float(point.y).is_integer() for point in drawn.points)
    return number(value, language, 0 if whole else 1)


def _bar(share: float, cells: int) -> str:
    """A lying bar that fills `share` of so many cells, to an eighth of one."""
    eighths = round(max(0.0, min(1.0, share)) * cells * 8)
    full, part = divmod(eighths, 8)
    return "█" * full + (_RIGHT[part] if part else "")


def _bars(drawn: Series, language: str, width: int) -> RenderableType:
    """Each name with its bar and figure; with divisions, one below the other under their name."""
    labels = [point.x if point.color is None else f"{point.x} · {point.color}" for point in drawn.points]
    figures = [_said(point.y, drawn, language) for point in drawn.points]
    room = min(LONGEST, max(map(len, labels)))
    cells = max(8, width - room - max(map(len, figures)) - 6)
    highest = max(abs(point.y) for point in drawn.points) or 1
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=room, no_wrap=True)
    grid.add_column(width=cells + 1, no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    for label, figure, point in zip(labels, figures, drawn.points, strict=True):
        style = "red" if point.y < 0 else "cyan"
        grid.add_row(Text(cut(label, room)), Text(_bar(abs(point.y) / highest, cells), style=style), Text(figure))
    return grid


def _by_month(drawn: Series, color: str | None) -> dict[str, float]:
    return {point.x: point.y for point in drawn.points if color is None or point.color == color}


def _columns(drawn: Series, language: str, width: int) -> RenderableType:
    """A column for each month, the newest ones where not all have room."""
    figures = _by_month(drawn, None)
    highest = max(0, *figures.values()) or 1
    top = _said(highest, drawn, language)
    gutter = len(top) + 2
    months = list(drawn.names)
    each = max(1, min(6, (width - gutter) // len(months)))
    months = months[-max(1, (width - gutter) // each) :]
    bar, gap = (each - 1, " ") if each > 1 else (1, "")
    lines = []
    for level in range(HEIGHT, 0, -1):
        label = top if level == HEIGHT else _said(highest / 2, drawn, language) if level == HEIGHT // 2 else ""
        cells = [_UP[_eighths(figures.get(month, 0) / highest, level)] * bar + gap for month in months]
        lines.append(Text(f"{label:>{gutter - 2}} ") + Text("│", style="dim") + Text("".join(cells), style="cyan"))
    marks = "".join((_UNWATCHED if month in drawn.unwatched else "─") * bar + (gap and "─") for month in months)
    lines.append(Text(" " * (gutter - 1)) + Text(f"└{marks}", style="dim"))
    lines.append(Text(" " * gutter + _month_names(months, each, language), style="dim"))
    return Group(*lines)


def _eighths(share: float, level: int) -> int:
    """How many eighths of the cell at this level a column of that share fills; a small figure is never nothing."""
    eighths = round(max(0.0, share) * HEIGHT * 8)
    if share > 0:
        eighths = max(1, eighths)
    return max(0, min(8, eighths - (level - 1) * 8))


def _month_names(months: Sequence[str], each: int, language: str) -> str:
    """As many names as stand apart, each under its month's first character."""
    line = ""
    for at, month in enumerate(months):
        name = month_name(month, language)
        if at * each >= len(line) + (2 if line else 0) and at * each + len(name) <= max(len(months) * each, len(name)):
            line = f"{line:<{at * each}}{name}"
    return line


def _small_columns(drawn: Series, language: str, width: int) -> RenderableType:
    """A line of small columns for each division, all to one scale, with its sum."""
    months = list(drawn.names)
    highest = max(0, *(point.y for point in drawn.points)) or 1
    room = min(LONGEST, max(map(len, drawn.colours)))
    sums: dict[str, float] = defaultdict(float)
    for point in drawn.points:
        sums[point.color or ""] += point.y
    months = months[-max(8, width - room - 14) :]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    for name in drawn.colours:
        figures = _by_month(drawn, name)
        cells = "".join(_UP[_small(figures.get(month, 0) / highest)] for month in months)
        grid.add_row(Text(cut(name, room)), Text(cells, style="cyan"), Text(_said(sums[name], drawn, language)))
    marks = "".join(_UNWATCHED if month in drawn.unwatched else "─" for month in months)
    grid.add_row("", Text(marks, style="dim"), Text(say("in all", language), style="dim"))
    grid.add_row("", Text(_month_names(months, 1, language), style="dim"), "")
    return grid


def _small(share: float) -> int:
    return max(1, round(8 * share)) if share > 0 else 0


def _shades(drawn: Series, language: str, width: int) -> RenderableType:
    rows: dict[str, dict[str, float]] = defaultdict(dict)
    for point in drawn.points:
        rows[point.row][point.x] = point.y
    highest = max(abs(point.y) for point in drawn.points) or 1
    room = min(LONGEST // 2, max(map(len, rows)))
    least = max(6, len(_said(highest, drawn, language)) + 2)
    cell = max(least, min(14, (width - room - 1) // max(1, len(drawn.xs)) - 1))
    across = drawn.xs[-max(1, (width - room - 1) // (cell + 1)) :]
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_row("", *(Text(cut(name, cell), style="dim") for name in across))
    for name, figures in rows.items():
        cells = [_shade(figures.get(x), highest, cell, drawn, language) for x in across]
        grid.add_row(Text(cut(name, room)), *cells)
    return grid


def _shade(figure: float | None, highest: float, cell: int, drawn: Series, language: str) -> Text:
    if figure is None:
        return Text("")
    shade = _SHADES[min(4, 1 + int(3.99 * abs(figure) / highest))] if figure else " "
    said = _said(figure, drawn, language)
    return Text(shade * (cell - len(said) - 1), style="cyan") + Text(f" {said}")
