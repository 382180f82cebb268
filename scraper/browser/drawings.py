"""Plots of answers as SVG, drawn in a process of its own: the drawing library holds up the one it runs in.

A page shows a plot as an image, which can run nothing and load nothing whatever stands in it, in four forms: light and
dark, wide and narrow.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import re
from collections import OrderedDict

from pebble import ProcessPool

from db.query import Result
from db.trends import Trend
from scraper.errors import QueryError
from scraper.show.language import SHORT_DA, SHORT_EN

SECONDS = 8.0
"""After so long a drawing is ended; the first of a process loads the library, which takes a second or two."""
KEPT = 64
"""Drawings that are kept."""
DARK = {
    "currentColor": "#e9e7e2",
    "var(--quiet, #5d626b)": "#a7adb5",
    "var(--line, #e2dfd9)": "#31363c",
    "var(--band, #eceae4)": "#262b30",
    "#2d6cc0": "#4a98ac",
}
"""Ink, quiet ink, lines, bands and the first colour of the dark look."""
LIGHT = {
    "currentColor": "#1c1e21",
    "var(--quiet, #5d626b)": "#595e66",
    "var(--line, #e2dfd9)": "#e2dfd7",
    "var(--band, #eceae4)": "#eceae4",
    "#2d6cc0": "#3c8699",
}
_NICENESS = 5


class Drawings:
    """Draws, one at a time, and keeps what was drawn last."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None
        self._kept: OrderedDict[object, str] = OrderedDict()

    async def svg(self, question: Trend, result: Result, *, dark: bool, narrow: bool) -> str | None:
        """The plot, or None for a question that is not drawn. Raises QueryError when it takes too long."""
        if question.chart is None:
            return None
        key = (question.name, result.columns, tuple(result.rows), dark, narrow)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1,
                initializer=os.nice,
                initargs=(_NICENESS,),
                context=multiprocessing.get_context("spawn"),
            )
        future = self._pool.schedule(draw, args=(question, result, dark, narrow), timeout=SECONDS)
        try:
            drawn = await asyncio.wrap_future(future)
        except (TimeoutError, RuntimeError, OSError) as error:
            raise QueryError("The plot could not be drawn in time.", hint="Narrow the question down.") from error
        self._kept[key] = drawn
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return drawn

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one out
            self._pool.join()
            self._pool = None


def draw(question: Trend, result: Result, dark: bool, narrow: bool) -> str:
    """Runs in the drawing process."""
    from scraper.show.pictures import svg
    from scraper.show.plots import NARROW, WIDTH, chart

    plot = chart(question, result, width=NARROW if narrow else WIDTH, title=False)
    assert plot is not None
    said = svg(plot, adapt=True)
    for taken, fixed in (DARK if dark else LIGHT).items():
        said = said.replace(f'"{taken}"', f'"{fixed}"')
    return _in_danish_figures(said)


def _in_danish_figures(said: str) -> str:
    """Months and numbers of a plot's labels as the page around it writes them."""
    months = dict(zip(SHORT_EN, SHORT_DA, strict=True))
    said = re.sub(rf">({'|'.join(SHORT_EN)})( \d{{4}})?<", lambda it: f">{months[it[1]]}{it[2] or ''}<", said)
    return re.sub(r">[−-]?\d[\d,]*(\.\d+)?<", lambda it: it[0].translate(str.maketrans(",.", ".,")), said)
