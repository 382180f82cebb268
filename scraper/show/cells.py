"""Cells of files that other programs open: text that a site wrote is never a formula, a column or markup there."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

from scraper.show.text import shown

_TRIGGERS = "=+\\-@＝＋－＠\t\r"
"""What a spreadsheet takes for the beginning of a formula (the wide forms too), and what it skips before one."""
_FORMULA = re.compile(rf"(\A[\s\"]*|[;\t\r\n][\s\"]*)(?=[{_TRIGGERS}])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>|#])")


def neutral(value: Any) -> Any:
    """A cell of a CSV file that no spreadsheet takes for a formula: text that begins like one gets an apostrophe.

    A spreadsheet that parts columns at semicolons, as those with Danish settings do, would begin a cell after each of
    them; so what follows one, or the end of a line, is looked at too. Numbers are left alone.
    """
    if value is None:
        return ""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


def markdown(value: Any) -> str:
    """A cell of a Markdown table: one line, with no mark that means something there."""
    return _MARKDOWN.sub(r"\\\1", shown(value))


def write_csv(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as CSV (RFC 4180, lines ending in a line feed), neutral in a spreadsheet."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([neutral(value) for value in row] for row in rows)


def write_markdown(out: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as a Markdown table; columns of numbers stand to the right."""
    held = [list(row) for row in rows]
    numbers = [
        bool(held) and all(isinstance(row[at], int | float) or row[at] is None for row in held)
        for at in range(len(columns))
    ]
    out.write(f"| {' | '.join(columns)} |\n")
    out.write(f"|{'|'.join(' ---: ' if right else ' --- ' for right in numbers)}|\n")
    out.writelines(f"| {' | '.join(markdown(value) for value in row)} |\n" for row in held)
