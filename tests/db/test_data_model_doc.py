"""docs/data-model.md tells every view, table and column, and draws every link."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from db.models import Base
from db.search import is_search_table

DOC = Path(__file__).parents[2] / "docs" / "data-model.md"
SECTION = re.compile(r"^### (View|Table) `(\w+)`\n\n(.+?)\n\n\| column .*?\n\|---.*?\n((?:\|.*\n)+)", re.MULTILINE)
ROW = re.compile(r"\| `(\w+)` \| ([^|]+) \| ([^|]+) \|")


def documented(kind: str) -> dict[str, list[str]]:
    found = {}
    for word, name, _about, table in SECTION.findall(DOC.read_text(encoding="utf-8")):
        rows = [ROW.fullmatch(line) for line in table.splitlines()]
        assert all(rows), f"{name}: a row that is not `column`, what it holds, meaning"
        if word == kind:
            found[name] = [row[1] for row in rows if row is not None]
    return found


def stored(path: Path, kind: str) -> dict[str, list[str]]:
    plain = sqlite3.connect(path)
    names = [row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type = ?", (kind,))]
    columns = {name: [row[1] for row in plain.execute(f'PRAGMA table_info("{name}")')] for name in names}
    plain.close()
    return columns


def test_every_view_and_column_is_explained(path: Path) -> None:
    """The page lists exactly the views there are, with exactly their columns, in order."""
    assert documented("View") == stored(path, "view")


def test_every_table_and_column_is_explained(path: Path) -> None:
    """The page lists exactly the tables there are, with exactly their columns, in order."""
    tables = stored(path, "table")
    del tables["alembic_version"]
    tables = {name: columns for name, columns in tables.items() if name == "search" or not is_search_table(name)}
    assert documented("Table") == tables


@pytest.mark.parametrize("table", Base.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_link_is_drawn(table) -> None:
    """Each foreign key is a line of the diagram."""
    drawn = DOC.read_text(encoding="utf-8")
    for key in table.foreign_keys:
        end = "o" if key.parent.nullable else "|"
        assert f"{key.column.table.name} |{end}--o{{ {table.name} : {key.parent.name}" in drawn
