"""The five kinds of chart, each a function of what is drawn and of the width in pixels."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import altair as alt

from scraper.show.series import Series

INK = "#1d1f23"
QUIET = "#5d626b"
LINE = "#e2dfd9"
BAND = "#eceae4"
"""The ground behind months that were hardly watched."""
ACCENT = "#2d6cc0"
ON_LIGHT = "#1c1e22"
"""Figures on a light cell, which stay dark on a dark page."""
BELOW = "#c2571a"
"""Figures below zero."""
COLOURS = [ACCENT, "#d98a1f", "#2f9575", "#a9478f", "#7a6ad0", "#c2571a", "#4fa3c7", "#8a7a2c", "#9a9da3"]
HEIGHT = 280
_FEW = 40
"""Up to so many points a line shows each of them."""

Plot = alt.Chart | alt.LayerChart | alt.FacetChart


def _format(drawn: Series) -> str:
    return ",d" if all(float(point.y).is_integer() for point in drawn.points) else ",.1f"


def _values(drawn: Series) -> list[dict[str, Any]]:
    """The points as rows; a month as its first day, which Vega takes as UTC."""
    ranks = {name: at for at, name in enumerate(drawn.colours)}
    rows: list[dict[str, Any]] = []
    for point in drawn.points:
        row: dict[str, Any] = {"x": _day(point.x) if drawn.timed else point.x, "y": point.y}
        if point.color is not None:
            row |= {"color": point.color, "rank": ranks[point.color]}
        rows.append(row)
    return rows


def _day(month: str) -> str:
    return f"{month}-01T00:00:00Z"


def _after(month: str) -> str:
    year, at = int(month[:4]), int(month[5:7])
    return f"{year + at // 12}-{at % 12 + 1:02}"


def _x(drawn: Series, width: int) -> alt.X:
    """The axis of months, with as many names as there is room for; or of names, in the order given."""
    if drawn.timed:
        return alt.X(
            "x:T", timeUnit="utcyearmonth", title=None, axis=_months(drawn, width), scale=alt.Scale(type="utc")
        )
    names = drawn.xs
    slanted = sum(max(60, 7 * len(name) + 10) for name in names) > 0.85 * width
    axis = alt.Axis(labelAngle=-35 if slanted else 0, grid=False, labelLimit=150, labelOverlap=False)
    scale = alt.Scale(paddingOuter=max(0.2, 1.2 - 0.2 * len(names)))
    return alt.X("x:N", title=None if drawn.monthly else drawn.x_title, sort=names, axis=axis, scale=scale)


def _months(drawn: Series, width: int) -> alt.Axis:
    fitting = [step for step in (1, 2, 3, 6) if len(drawn.names) / step * 76 <= width]
    years: Any = {"interval": "year", "step": 1 + len(drawn.names) // 180}
    ticks: Any = {"interval": "month", "step": fitting[0]} if fitting else years
    form = "%b %Y" if fitting else "%Y"
    return alt.Axis(format=form, tickCount=ticks, grid=False, labelOverlap="parity", labelFlush=False, labelPadding=6)


def _y(drawn: Series, *, stack: bool = False, zero: bool = True) -> alt.Y:
    form = _format(drawn)
    axis = alt.Axis(
        format=form, tickMinStep=1 if form == ",d" else alt.Undefined, tickCount=5, domain=False, ticks=False
    )
    return alt.Y("y:Q", title=drawn.y_title, axis=axis, stack="zero" if stack else None, scale=alt.Scale(zero=zero))


def _color(drawn: Series, width: int) -> Any:
    if not drawn.color_title:
        return alt.value(ACCENT)
    names = drawn.colours
    longest = max(map(len, names), default=1)
    columns = max(1, min(len(names), int(width / (longest * 7 + 30))))
    legend = alt.Legend(title=None, columns=columns)
    return alt.Color("color:N", scale=alt.Scale(domain=names, range=COLOURS[: len(names)]), legend=legend)


def _tips(drawn: Series) -> list[alt.Tooltip]:
    if drawn.timed:
        first = alt.Tooltip("x:T", timeUnit="utcyearmonth", format="%B %Y", title=drawn.x_title)
    else:
        first = alt.Tooltip("x:N", title=drawn.x_title)
    more = [alt.Tooltip("color:N", title=drawn.color_title)] if drawn.color_title else []
    return [first, *more, alt.Tooltip("y:Q", format=_format(drawn), title=drawn.y_title)]


def _watched(drawn: Series, plot: alt.Chart, width: int, trend: alt.Chart | None = None) -> Plot:
    """The plot, with its trend over it, on grey bands where hardly anybody looked."""
    over = [plot] if trend is None else [plot, trend]
    if not (drawn.unwatched and drawn.timed):
        return plot if trend is None else alt.layer(*over)
    if drawn.kind == "bar":
        hardly = [{"x": drawn.names[month]} for month in drawn.unwatched]
        band = alt.Chart(alt.InlineData(values=hardly)).mark_rect(color=BAND).encode(x=_named(drawn, width))
        return alt.layer(band, *over)
    spans = [{"x": _day(month), "end": _day(_after(month))} for month in drawn.unwatched]
    x = alt.X("x:T", title=None, axis=_months(drawn, width), scale=alt.Scale(type="utc"))
    return alt.layer(alt.Chart(alt.InlineData(values=spans)).mark_rect(color=BAND).encode(x=x, x2="end:T"), *over)


def _named(drawn: Series, width: int) -> alt.X:
    """The axis of bars over time: each month has its place, and as many names stand below as there is room for."""
    names = list(drawn.names.values())
    every = next((step for step in (1, 2, 3, 6, 12, 24, 60) if len(names) / step * 70 <= 0.88 * width), 120)
    axis = alt.Axis(values=names[::every], labelAngle=0, labelPadding=7, grid=False, labelOverlap=False, ticks=False)
    return alt.X("x:N", title=None, sort=names, axis=axis, scale=alt.Scale(domain=names, paddingInner=0.12))


def _line(drawn: Series, width: int) -> Plot:
    few = len(drawn.xs) <= _FEW
    plot = alt.Chart(alt.InlineData(values=_values(drawn)), height=HEIGHT).mark_line(
        point={"size": 36} if few else False, strokeWidth=2.25
    )
    plot = plot.encode(x=_x(drawn, width), y=_y(drawn), color=_color(drawn, width), tooltip=_tips(drawn))
    return _watched(drawn, plot, width, _trend(drawn, width))


def _trend(drawn: Series, width: int) -> alt.Chart | None:
    if not drawn.trend:
        return None
    values = [{"x": _day(point.x), "y": point.y} for point in drawn.trend]
    line = alt.Chart(alt.InlineData(values=values), height=HEIGHT).mark_line(strokeWidth=3, color=INK)
    drawn_line: alt.Chart = line.encode(x=_x(drawn, width), y=_y(drawn))
    return drawn_line


def _area(drawn: Series, width: int) -> Plot:
    if len(drawn.xs) < 2:
        return _bar(drawn, width)
    plot = alt.Chart(alt.InlineData(values=_values(drawn)), height=HEIGHT).mark_area(opacity=0.85, line=False)
    plot = plot.encode(
        x=_x(drawn, width),
        y=_y(drawn, stack=True),
        color=_color(drawn, width),
        order=_order(drawn),
        tooltip=_tips(drawn),
    )
    return _watched(drawn, plot, width)


def _order(drawn: Series) -> Any:
    """The largest division lies at the bottom."""
    if not drawn.color_title:
        return alt.Undefined
    return alt.Order("rank:Q")


def _bar(drawn: Series, width: int) -> Plot:
    values = _values(drawn)
    if drawn.timed:
        values = [{**row, "x": drawn.names[point.x]} for row, point in zip(values, drawn.points, strict=True)]
    plot = alt.Chart(alt.InlineData(values=values), height=HEIGHT).mark_bar(
        cornerRadiusEnd=0 if drawn.color_title else 2
    )
    first = alt.Tooltip("x:N", title=drawn.x_title)
    plot = plot.encode(
        x=_named(drawn, width) if drawn.timed else _x(drawn, width),
        y=_y(drawn, stack=bool(drawn.color_title)),
        color=_color(drawn, width),
        order=_order(drawn),
        tooltip=[first, *_tips(drawn)[1:]],
    )
    return _watched(drawn, plot, width)


def _ranked(drawn: Series, width: int) -> Plot:
    """Lying bars, so that long names can be read, each with its figure at its end."""
    sums: dict[str, float] = {}
    for point in drawn.points:
        sums[point.x] = sums.get(point.x, 0) + point.y
    form = _format(drawn)
    longest = min(int(width * 0.48), 7 * max(map(len, sums)) + 30)
    labels = alt.Axis(
        labelLimit=int(width * 0.48), ticks=False, domain=False, labelPadding=8, labelColor=INK, labelFontSize=13
    )
    name = alt.Y("x:N", title=None, sort=list(sums), axis=labels)
    low, high = min(0.0, *sums.values()), max(0.0, *sums.values())
    spare = (high - low) * 8 * len(f"{max(high, -low):,.0f}  ") / (width - longest)
    reach = [low - spare if low else 0.0, high + spare if high else 1.0 - bool(low)]
    room = alt.Scale(domain=reach, nice=False)
    axis = alt.Axis(
        format=form,
        tickMinStep=1 if form == ",d" else alt.Undefined,
        tickCount=4 if width > 400 else 3,
        domain=False,
        ticks=False,
    )
    figure = alt.X("y:Q", title=drawn.y_title, axis=axis, scale=room, stack="zero" if drawn.color_title else None)
    below = alt.condition("datum.y < 0", alt.value(BELOW), alt.value(ACCENT))
    color = _color(drawn, width) if drawn.color_title else below
    tall = alt.Step(26)
    base = alt.Chart(alt.InlineData(values=_values(drawn)), height=tall)
    bars = base.mark_bar(cornerRadiusEnd=2).encode(
        x=figure, y=name, color=color, order=_order(drawn), tooltip=_tips(drawn)
    )
    totals = [{"x": x, "y": y} for x, y in sums.items()]
    ends = alt.Chart(alt.InlineData(values=totals), height=tall).encode(
        x=alt.X("y:Q", scale=room, axis=axis, title=drawn.y_title), y=name, text=alt.Text("y:Q", format=form)
    )
    right = ends.transform_filter("datum.y >= 0").mark_text(align="left", dx=5, color=QUIET, fontSize=12)
    left = ends.transform_filter("datum.y < 0").mark_text(align="right", dx=-5, color=QUIET, fontSize=12)
    return alt.layer(bars, right, left)


def _heatmap(drawn: Series, width: int) -> Plot:
    values = [{"x": point.x, "row": point.row, "y": point.y} for point in drawn.points]
    rows = list(dict.fromkeys(point.row for point in drawn.points))
    across = drawn.xs
    form = _format(drawn)
    most = max(abs(point.y) for point in drawn.points)
    cell = width * 0.6 / max(1, len(across))
    crowded = cell < 34
    every = max(1, round(22 / cell))
    axis = alt.Axis(
        values=across[::every],
        labelAngle=-45 if crowded or max(map(len, across)) * 7 > cell else 0,
        ticks=False,
        domain=False,
        labelLimit=120,
        orient="top",
    )
    x = alt.X("x:N", title=None, sort=across, axis=axis)
    y = alt.Y(
        "row:N",
        title=None,
        sort=rows,
        axis=alt.Axis(labelLimit=int(width * 0.4), ticks=False, domain=False, labelColor=INK),
    )
    scale = alt.Scale(range=["#eef3fa", "#8fb2e0", "#1e4e94"], domainMin=0)
    legend = alt.Legend(title=drawn.y_title, format=form, gradientLength=160, orient="bottom") if crowded else None
    base = alt.Chart(alt.InlineData(values=values), height=alt.Step(26)).encode(x=x, y=y)
    tips = [
        alt.Tooltip("x:N", title=drawn.x_title),
        alt.Tooltip("row:N", title=drawn.color_title),
        alt.Tooltip("y:Q", format=form, title=drawn.y_title),
    ]
    cells = base.mark_rect(stroke="white", strokeWidth=1.5).encode(
        color=alt.Color("y:Q", scale=scale, legend=legend), tooltip=tips
    )
    if crowded:
        return alt.layer(cells)
    dark = alt.condition(f"datum.y > {0.55 * most}", alt.value("white"), alt.value(ON_LIGHT))
    return alt.layer(cells, base.mark_text(fontSize=11).encode(text=alt.Text("y:Q", format=form), color=dark))


KINDS: Mapping[str, Callable[[Series, int], Plot]] = {
    "line": _line,
    "area": _area,
    "bar": _bar,
    "ranked": _ranked,
    "heatmap": _heatmap,
}
