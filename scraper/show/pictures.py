"""A plot as a file: PNG, SVG, or a page with the drawing libraries in it, which needs no network ever."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path

import vl_convert

from scraper.errors import NavnenytError
from scraper.show.files import written
from scraper.show.marks import BAND, INK, LINE, QUIET, Plot

SCALE = 2
"""Pixels of a PNG for each of CSS: sharp on today's screens and on paper."""
_ADAPTED = {
    INK: "currentColor",
    QUIET: "var(--quiet, #5d626b)",
    LINE: "var(--line, #e2dfd9)",
    BAND: "var(--band, #eceae4)",
}
"""What takes its colour from the page around it, so that a dark page has light letters."""
_NAMED = re.compile(r'(\bid="|\bhref="#|url\(#)')


def svg(plot: Plot, *, adapt: bool = False, prefix: str = "") -> str:
    """The plot as SVG text; with `adapt` its ground is clear and its letters take the colour of the page around it.

    `prefix` is put before each id in it: two plots on one page must not share one.
    """
    said = vl_convert.vegalite_to_svg(plot.to_dict(), allowed_base_urls=[])
    if adapt:
        said = re.sub(r'(<rect width="\d+" height="\d+" fill=)"white"', r'\1"none"', said, count=1)
        for fixed, taken in _ADAPTED.items():
            said = said.replace(f'"{fixed}"', f'"{taken}"')
    return _NAMED.sub(rf"\g<1>{prefix}", said) if prefix else said


def png(plot: Plot, *, scale: float = SCALE) -> bytes:
    """The plot as PNG."""
    return vl_convert.vegalite_to_png(plot.to_dict(), scale=scale, allowed_base_urls=[])


def html(plot: Plot, *, title: str, language: str = "en") -> str:
    """A page with the plot, which tells each figure under the pointer; no request leaves it, by its own policy."""
    spec = json.dumps(plot.to_dict(), ensure_ascii=False).replace("<", "\\u003c")
    # The bundler writes a string's escapes as the letters themselves, so what a site said never goes through it.
    script = vl_convert.javascript_bundle(
        "vegaEmbed('#plot', JSON.parse(document.getElementById('spec').textContent), {renderer: 'svg', actions: false})"
    ).replace("</script", "<\\/script")
    policy = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:"
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n"
        "<style>body{margin:1rem;background:#fff}#plot{width:100%;overflow-x:auto}</style>\n</head>\n"
        f'<body>\n<main id="plot"></main>\n<script type="application/json" id="spec">{spec}</script>\n'
        f'<script type="module">{script}</script>\n</body>\n</html>\n'
    )


FORMS = (".png", ".svg", ".html")


def save(plot: Plot, path: Path, *, title: str, language: str = "en") -> None:
    """Write the plot beside `path` and rename it there. Raises NavnenytError for another suffix than those of FORMS."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise NavnenytError(
            f"{path}: a plot is not written as {form or 'a file without a suffix'}.",
            hint=f"Name a file that ends in {', '.join(FORMS)}; `-` draws in the terminal.",
        )
    with written(path) as file:
        if form == ".png":
            file.write(png(plot))
        else:
            said = svg(plot) if form == ".svg" else html(plot, title=title, language=language)
            file.write(said.encode())
