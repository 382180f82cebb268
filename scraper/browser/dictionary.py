"""What every view, table and column means: read from docs/data-model.md, the one place where it is written.

Datasette shows it as metadata: a title and a description for each view and table, for each column what it holds (its
type or unit) and what it means. A view that has ids shows its newest rows first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from importlib.resources import files
from pathlib import Path
from typing import Any

from scraper.browser.typography import title

_SECTION = re.compile(r"^### (View|Table) `(\w+)`$(.*?)(?=^##|\Z)", flags=re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \| (.+) \|$", flags=re.MULTILINE)
_MARKS = re.compile(r"`|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds (number, text, time in UTC, …) and what it means, its unit among it."""

    holds: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Described:
    """A view or a table."""

    name: str
    is_view: bool
    description: str
    columns: Mapping[str, Column]

    @property
    def title(self) -> str:
        """Its name as a heading."""
        return title(self.name)


def text_of_the_model() -> str:
    """docs/data-model.md: inside the wheel, or in a checkout."""
    inside = files("scraper") / "data-model.md"
    if inside.is_file():
        return inside.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "docs" / "data-model.md").read_text(encoding="utf-8")


def read(text: str) -> dict[str, Described]:
    """Each view and table of the page, by name, in its order."""
    found = {}
    for kind, name, body in _SECTION.findall(text):
        before = body.split("\n|", 1)[0]
        columns = {column: Column(holds.strip(), _plain(meaning)) for column, holds, meaning in _ROW.findall(body)}
        found[name] = Described(name, kind == "View", _plain(" ".join(before.split())), columns)
    return found


def _plain(text: str) -> str:
    """Markdown as plain words."""
    return unescape(_MARKS.sub(lambda match: match[1] or "", text)).strip()


def metadata(described: Mapping[str, Described], database: str) -> dict[str, Any]:
    """What Datasette takes: titles, descriptions, columns and facets of each table and view of one database."""
    tables = {
        name: {
            "title": each.title,
            "description": each.description,
            "columns": {column: f"{said.meaning} ({said.holds})" for column, said in each.columns.items()},
            **({"sort_desc": "id"} if each.is_view and "id" in each.columns else {}),
            "facets": [column for column in FACETS.get(name, ()) if column in each.columns],
        }
        for name, each in described.items()
    }
    return {"title": "navnenyt", "databases": {database: {"tables": tables}}}


FACETS = {
    "moves": ("kind", "function", "seniority", "region"),
    "job_ads": ("function", "seniority", "region_name"),
    "fetches": ("source", "outcome", "reason"),
    "alarms": ("source", "stage"),
    "pages": ("source", "kind", "last_outcome"),
    "problems": ("source", "code"),
}
"""The columns by whose values a reader narrows a view down, where there are few of them."""
