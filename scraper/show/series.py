"""An answer made ready to be drawn: which rows, in which order, and what has to be said of those left out.

The plots and the charts of the terminal both draw what stands here, so they cannot differ.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from db.query import Result
from db.trends import Chart, Trend
from scraper.show.language import WORDS, heading, month_name, number, say
from scraper.show.text import cut, shown

MOST_BARS = 25
MOST_COLOURS = 8
MOST_CELLS = (36, 24)
"""Across and down: more cells of a heatmap cannot be told apart."""
LONGEST_LABEL = 80
WATCHED = "days_watched"
TREND = "trend"
REST = "all others"
FEW_MONTHS = 3
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Point:
    """One mark: where it stands, its figure, and the division it belongs to. Of a heatmap `row` is the cell's row."""

    x: str
    y: float
    color: str | None = None
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is drawn, in order. `monthly` says that every x is a month; `unwatched` are those hardly looked at.

    `timed` says that the months are many enough for an axis of time; fewer are drawn under their names. `rest` names
    the division to which the small ones are added up.
    """

    kind: str
    title: str
    x_title: str
    y_title: str
    color_title: str = ""
    points: list[Point] = field(default_factory=list)
    monthly: bool = False
    timed: bool = False
    rest: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of an axis of time: each month from the first to the last, also one without a point, with its name."""
    unwatched: list[str] = field(default_factory=list)
    trend: list[Point] = field(default_factory=list)
    """The smoothed course beside the figures, where the answer has a column `trend`."""
    notes: list[str] = field(default_factory=list)

    @property
    def colours(self) -> list[str]:
        """The divisions, the largest first, what is left over last."""
        names = [name for name in _largest((point.color or "", point.y) for point in self.points) if name]
        return sorted(names, key=lambda name: name == self.rest)

    @property
    def xs(self) -> list[str]:
        """Each x once, in order."""
        return list(dict.fromkeys(point.x for point in self.points))


def series(trend: Trend, result: Result, *, language: str = "en", most: int = MOST_BARS) -> Series | None:
    """What an answer's chart shows; None for a question that is not drawn. Raises ValueError for a missing column.

    A ranking shows at most `most` bars.
    """
    if (chart := trend.chart) is None:
        return None
    title = say(trend.title, language)
    rows, monthly, notes = _rows(chart, result, language)
    if chart.kind == "heatmap":
        points, more = _cells(rows, language)
        assert chart.color is not None
        names = (heading(chart.x, language), heading(chart.color, language), heading(chart.y, language))
    else:
        points, more = _points(chart, rows, language, most)
        names = (heading(chart.x, language), heading(chart.y, language), heading(chart.color or "", language))
    unwatched = _unwatched(rows) if monthly and chart.kind != "heatmap" else []
    if unwatched and len(unwatched) == len({point.x for point in points}):
        more.append(say("Fewer than half of the days of each month were watched.", language))
        unwatched = []
    elif unwatched:
        more.append(say("Grey: fewer than half of the month's days were watched.", language))
    months = _months(points[0].x, points[-1].x) if points and monthly else []
    timed = chart.kind != "heatmap" and len(months) > FEW_MONTHS
    if monthly and not timed:
        points = [replace(point, x=month_name(point.x, language)) for point in points]
    trend_line = _trend(rows, chart) if timed else []
    if trend_line:
        more.append(say("Dark line: the trend, a mean over twelve months.", language))
    return Series(
        kind=chart.kind,
        title=title,
        x_title=names[0],
        y_title=names[1],
        color_title=names[2],
        points=points,
        monthly=monthly,
        timed=timed,
        rest=say(REST, language),
        trend=trend_line,
        names={month: month_name(month, language) for month in months} if timed else {},
        unwatched=unwatched,
        notes=[*notes, *more],
    )


@dataclass(frozen=True, slots=True)
class _Row:
    x: str
    y: float
    color: str | None
    row: str
    watched: float | None
    trend: float | None = None


def _rows(chart: Chart, result: Result, language: str) -> tuple[list[_Row], bool, list[str]]:
    at = {name: index for index, name in enumerate(result.columns)}
    figure = chart.color if chart.kind == "heatmap" else chart.y
    wanted = [chart.x, figure or "", *([chart.color] if chart.color else []), chart.y]
    if missing := [name for name in wanted if name not in at]:
        raise ValueError(f"The answer has no column {missing[0]}.")
    rows = []
    for given in result.rows:
        value = given[at[figure or ""]]
        if not isinstance(value, int | float):
            continue
        color = given[at[chart.color]] if chart.color and chart.kind != "heatmap" else None
        watched = given[at[WATCHED]] if WATCHED in at else None
        rows.append(
            _Row(
                x=_label(chart.x, given[at[chart.x]], language),
                y=value,
                color=_label(chart.color, color, language) if chart.color and chart.kind != "heatmap" else None,
                row=_label(chart.y, given[at[chart.y]], language) if chart.kind == "heatmap" else "",
                watched=watched,
                trend=given[at[TREND]] if TREND in at else None,
            )
        )
    months = [row for row in rows if _MONTH.fullmatch(row.x)]
    if chart.kind == "ranked" or 2 * len(months) < len(rows) or not months:
        return rows, False, []
    left = sum(row.y for row in rows) - sum(row.y for row in months)
    notes = []
    if len(months) < len(rows):
        notes.append(say("Not drawn, as their month is not known: {count}.", language, count=number(left, language)))
    return sorted(months, key=lambda row: row.x), True, notes


def _months(first: str, last: str) -> list[str]:
    """The months from the first to the last, both among them."""
    numbers = [12 * int(month[:4]) + int(month[5:]) - 1 for month in (first, last)]
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(numbers[0], numbers[1] + 1)]


def _largest(figures: Iterable[tuple[str, float]]) -> list[str]:
    """Each name once, those with the largest sums of figures first; equals in the order given."""
    sums: dict[str, float] = defaultdict(float)
    for name, figure in figures:
        sums[name] += abs(figure)
    return sorted(sums, key=lambda name: -sums[name])


def _label(column: str, value: object, language: str) -> str:
    if value is None or value == "":
        return say("not stated", language)
    text = shown(value)
    return cut(say(text, language) if column in WORDS else text, LONGEST_LABEL)


def _trend(rows: Iterable[_Row], chart: Chart) -> list[Point]:
    if chart.color is not None:
        return []
    return [Point(row.x, row.trend) for row in rows if row.trend is not None]


def _unwatched(rows: Iterable[_Row]) -> list[str]:
    """The months of whose days fewer than half were watched."""
    days = {row.x: row.watched for row in rows if row.watched is not None}
    return [month for month, seen in days.items() if 2 * seen < calendar.monthrange(int(month[:4]), int(month[5:7]))[1]]


def _points(chart: Chart, rows: list[_Row], language: str, most: int) -> tuple[list[Point], list[str]]:
    notes = []
    rows, said = _few_colours(chart, rows, language)
    notes += said
    if chart.kind != "ranked":
        return [Point(row.x, row.y, row.color) for row in rows], notes
    sums: dict[str, float] = defaultdict(float)
    if chart.color is None:
        rows = _apart(rows)
    for row in rows:
        sums[row.x] += row.y
    order = sorted(sums, key=lambda name: -sums[name])
    if len(order) > most:
        facts = {"count": most, "all": number(len(order), language)}
        notes.append(say("The {count} highest of {all}.", language, **facts))
    place = {name: at for at, name in enumerate(order[:most])}
    kept = sorted((row for row in rows if row.x in place), key=lambda row: place[row.x])
    return [Point(row.x, row.y, row.color) for row in kept], notes


def _apart(rows: list[_Row]) -> list[_Row]:
    """Two bars of one name stay two bars."""
    seen: Counter[str] = Counter()
    out = []
    for row in rows:
        seen[row.x] += 1
        name = row.x if seen[row.x] == 1 else f"{row.x} ({seen[row.x]})"
        out.append(_Row(name, row.y, row.color, row.row, row.watched))
    return out


def _few_colours(chart: Chart, rows: list[_Row], language: str) -> tuple[list[_Row], list[str]]:
    """At most as many divisions as can be told apart: the rest is added up where figures add up, or left out."""
    names = _largest((row.color, row.y) for row in rows if row.color is not None)
    if len(names) <= MOST_COLOURS:
        return rows, []
    kept = set(names[:MOST_COLOURS])
    facts = {"count": MOST_COLOURS, "all": len(names)}
    if chart.kind == "line":
        said = say("The {count} largest of {all}.", language, **facts)
        return [row for row in rows if row.color in kept], [said]
    rest = say(REST, language)
    added: dict[tuple[str, str], float] = defaultdict(float)
    watched: dict[str, float | None] = {}
    for row in rows:
        added[row.x, row.color if row.color in kept and row.color else rest] += row.y
        watched[row.x] = row.watched
    return [_Row(x, y, color, "", watched[x]) for (x, color), y in added.items()], []


def _cells(rows: list[_Row], language: str) -> tuple[list[Point], list[str]]:
    notes = []
    keep = []
    sides = ([(row.x, row.y) for row in rows], [(row.row, row.y) for row in rows])
    for most, figures in zip(MOST_CELLS, sides, strict=True):
        names = _largest(figures)
        keep.append(set(names[:most]))
        if len(names) > most:
            notes.append(say("The {count} largest of {all}.", language, count=most, all=len(names)))
    points = [Point(row.x, row.y, None, row.row) for row in rows if row.x in keep[0] and row.row in keep[1]]
    return points, notes
