"""Plots of a question's answer, drawn by Altair and rendered by vl-convert: PNG, SVG and a page that needs no network.

    drawn = chart(trend, result, language="da")
    save(drawn, Path("hires.svg"))

All that is drawn stands in the chart itself, so a file made today shows the same in ten years. How a chart becomes a
file is `scraper.show.pictures`.
"""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt

from db.query import Result
from db.trends import Trend
from scraper.show.language import LONG_DA, SHORT_DA, Language, say
from scraper.show.marks import COLOURS, INK, KINDS, LINE, QUIET, Plot
from scraper.show.series import Series, series

FONT = "Helvetica Neue, Arial, Liberation Sans, DejaVu Sans, sans-serif"
WIDTH = 640
NARROW = 340
"""The width in CSS pixels that a telephone shows without shrinking the letters."""


def chart(trend: Trend, result: Result, *, language: str = "en", width: int = WIDTH, title: bool = True) -> Plot | None:
    """The plot of an answer, or None for a question that is not drawn; without rows it is a plot that says so.

    `width` is in pixels, labels included; without `title` only the notes stand above the plot.
    """
    drawn = series(trend, result, language=language)
    return None if drawn is None else draw(drawn, language=language, width=width, title=title)


def draw(drawn: Series, *, language: str = "en", width: int = WIDTH, title: bool = True) -> Plot:
    """The plot of what `scraper.show.series` made ready."""
    plot = KINDS[drawn.kind](drawn, width) if drawn.points else _nothing(language)
    head = _wrapped(drawn.title, width / 8) if title else []
    below = [line for note in drawn.notes for line in _wrapped(note, width / 6.2)]
    if head or below:
        plot = plot.properties(title=alt.TitleParams(text=head, subtitle=below))
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    plot = plot.properties(width=width, autosize=fit, description=_said(drawn, language))
    return _configured(plot, language)


def _wrapped(text: str, characters: float) -> list[str]:
    return textwrap.wrap(text, max(20, int(characters)))


def _said(drawn: Series, language: str) -> str:
    """What the plot shows, for those who do not see it."""
    ends = f"{drawn.points[0].x} – {drawn.points[-1].x}" if drawn.points else say("no rows", language)
    return f"{drawn.title}. {drawn.x_title}, {drawn.y_title}: {ends}."


def _configured(plot: Plot, language: str) -> Plot:
    axis: dict[str, Any] = {
        "labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal", "labelFontSize": 12,
        "titleFontSize": 12, "gridColor": LINE, "domainColor": LINE, "tickColor": LINE, "titlePadding": 8,
    }  # fmt: skip
    locale: dict[str, Any] = {}
    if language == Language.DANISH:
        locale = {
            "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]},
            "time": {
                "dateTime": "%d. %B %Y", "date": "%d-%m-%Y", "time": "%H.%M", "periods": ["AM", "PM"],
                "days": "søndag mandag tirsdag onsdag torsdag fredag lørdag".split(),
                "shortDays": "søn. man. tirs. ons. tors. fre. lør.".split(),
                "months": LONG_DA, "shortMonths": SHORT_DA,
            },
        }  # fmt: skip
    configured: Plot = plot.configure(
        font=FONT,
        background="white",
        padding=12,
        axis=axis,
        view={"stroke": None},
        title={"anchor": "start", "frame": "bounds", "fontSize": 16, "fontWeight": 600, "color": INK, "offset": 14,
               "subtitleColor": QUIET, "subtitleFontSize": 12, "subtitlePadding": 5},
        legend={"orient": "top", "labelColor": INK, "labelFontSize": 12, "titleColor": QUIET, "symbolType": "square",
                "titleFontWeight": "normal", "labelLimit": 180, "offset": 8},
        range={"category": COLOURS},
        locale=locale or alt.Undefined,
    )  # fmt: skip
    return configured


def _nothing(language: str) -> Plot:
    words = [{"said": say("Nothing to draw: no rows.", language)}]
    empty = alt.Chart(alt.InlineData(values=words), height=90).mark_text(fontSize=14, color=QUIET)
    return alt.layer(empty.encode(text="said:N"))
