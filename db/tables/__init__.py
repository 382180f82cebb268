"""Tables that a person reads and extends: what the words of a title say, where a town lies, whose a short name is.

Each is a file of tab-separated lines beside this one, its first line the names of its columns, `#` before a remark.
They are read once, when first asked for. Their version is made of their bytes, so that a changed line is noticed
without anybody's raising a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files

from scraper.errors import NavnenytError

NAMES = ("functions", "seniority", "places", "postcodes", "trades")
"""The tables by which roles and places are made comparable, ads and hires joined: `NAME.tsv`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its number in the file, and its cells by the names of the columns."""

    number: int
    cells: dict[str, str]


def _text(name: str) -> str:
    return files(__name__).joinpath(f"{name}.tsv").read_text(encoding="utf-8")


def lines(name: str) -> list[Line]:
    """The lines of a table in their order, remarks and empty lines left out.

    Raises `NavnenytError` naming the line when one has too few or too many cells.
    """
    found: list[Line] = []
    columns: list[str] = []
    for number, text in enumerate(_text(name).splitlines(), start=1):
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.split("\t")]
        if not columns:
            columns = cells
            continue
        if len(cells) != len(columns) or not cells[0]:
            raise NavnenytError(
                f"db/tables/{name}.tsv, line {number}: {len(columns)} cells between tabs are needed "
                f"({', '.join(columns)}), not {len(cells)}"
            )
        found.append(Line(number, dict(zip(columns, cells, strict=True))))
    return found


@cache
def version(*, rules: str, names: tuple[str, ...] = NAMES) -> str:
    """Twelve hexadecimal digits that differ whenever a table does, or `rules`, the number of how they are walked."""
    said = "\x1f".join([rules, *(_text(name) for name in names)])
    return blake2b(said.encode(), digest_size=6).hexdigest()
