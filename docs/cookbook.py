"""Make docs/queries.md and its plots: each query of docs/cookbook, its answer and its plot.

    .venv/bin/python docs/cookbook.py

The data is that of the demo's sites, watched once a week for half a year by the real program, on a clock of their own:
the same queries give the same page each time. A test holds that the page is as this makes it.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from db.query import Result, run_query
from db.trends import Trend, read_trend
from scraper.config import Settings, load
from scraper.replica import Replica, ReplicaServer
from scraper.run import run
from scraper.show.cells import write_markdown
from scraper.show.pictures import svg
from scraper.show.plots import chart
from scraper.show.text import cut, on_one_line

DOCS = Path(__file__).parent
PAGE = DOCS / "queries.md"
PLOTS = DOCS / "plots"
BEGAN = datetime(2025, 8, 4, 8, tzinfo=UTC)
VISITS = 26
ROWS = 12
LONGEST_CELL = 160
WIDTH = 620
_NOISE = re.compile(r' (?:aria-[a-z]+|role)="[^"]*"| pointer-events="[^"]*"')
"""What says the same as the table beside it and doubles the size of the file."""

HEAD = """\
# Query cookbook

Twenty questions to copy: `navnenyt query "…"`, or from any program that opens SQLite (`fold` and `company_key` are
navnenyt's own functions and need `navnenyt query` or `navnenyt serve`). The views and their columns are explained in
[data-model.md](data-model.md). The questions that need more than a query are asked by `navnenyt trends`.

The answers are those of the demo's invented sites, watched once a week for half a year; longer ones are cut. This page
and its plots are made by `docs/cookbook.py` from the queries in `docs/cookbook/`.
"""


class Silent:
    """A reporter that says nothing."""

    def source_started(self, source: Any) -> None:
        """Nothing."""

    def pages_chosen(self, source: Any, count: int) -> None:
        """Nothing."""

    def page_done(self, source: Any, answer: Any, saved: Any) -> None:
        """Nothing."""

    def source_done(self, source: Any, summary: Any) -> None:
        """Nothing."""


@dataclass(frozen=True)
class World:
    """A database of the demo's sites; `addresses` are theirs, with names that stay in their place."""

    database: str
    addresses: dict[str, str]


def watched(folder: Path, *, visits: int = VISITS) -> World:
    """Watch the demo's sites for a while, on a clock of their own."""
    replica = Replica(seed=1, start=BEGAN)
    ticks = 0

    def clock() -> datetime:
        nonlocal ticks
        ticks += 1
        return replica.now + timedelta(milliseconds=ticks)

    with ReplicaServer(replica, slow=0.01) as server:
        (folder / "config.yaml").write_text(server.config(data_dir=folder / "data"), encoding="utf-8")
        settings = _few_pages(load(folder / "config.yaml"))
        for visit in range(visits):
            if visit:
                replica.advance(weeks=1)
            run(settings, reporter=Silent(), clock=clock, sleep=lambda _: None)
        names = {
            server.news_url: "https://kodebladet.example",
            server.second_url: "https://fjordens-tidende.example",
            server.jobs_url: "https://jobfyret.example",
        }
    return World(settings.database, {url.rstrip("/"): name for url, name in names.items()})


def _few_pages(settings: Settings) -> Settings:
    few = {name: source.model_copy(update={"pages_per_run": 30}) for name, source in settings.sources.items()}
    return settings.model_copy(
        update={"sources": few, "fetch": settings.fetch.model_copy(update={"parse_deadline": 0})}
    )


def queries() -> list[Trend]:
    """The queries, in the order of their files."""
    return [
        read_trend(path.stem, path.read_text(encoding="utf-8")) for path in sorted((DOCS / "cookbook").glob("*.sql"))
    ]


def sql_of(query: Trend) -> str:
    """The query without its first comment."""
    return "\n".join(line for line in query.sql.splitlines() if not line.startswith("--"))


def answer(query: Trend, world: World) -> Result:
    """What the query gives, with the sites' addresses as they would be called."""
    found = run_query(world.database, query.sql)

    def named(value: Any) -> Any:
        if isinstance(value, str):
            for address, name in world.addresses.items():
                value = value.replace(address, name)
        return value

    return Result(found.columns, [tuple(named(value) for value in row) for row in found.rows])


def plot(query: Trend, result: Result) -> str | None:
    """The plot as small SVG, with its words and without what only repeats the table."""
    drawn = chart(query, result, width=WIDTH, title=False)
    return None if drawn is None else _NOISE.sub("", svg(drawn)) + "\n"


def _short(value: Any) -> Any:
    return cut(on_one_line(value), LONGEST_CELL) if isinstance(value, str) else value


def made(world: World) -> tuple[str, dict[str, str]]:
    """The page, and each plot by the name of its file."""
    parts = [HEAD]
    plots: dict[str, str] = {}
    for query in queries():
        result = answer(query, world)
        out = io.StringIO()
        shown = [[_short(value) for value in row] for row in result.rows]
        write_markdown(out, result.columns, shown[:ROWS])
        parts.append(f"## {query.title}\n\n{query.description}\n\n```sql\n{sql_of(query)}\n```\n")
        if (picture := plot(query, result)) is not None:
            name = f"{query.name}.svg"
            plots[name] = picture
            parts.append(f"![{query.title}](plots/{name})\n")
        parts.append(out.getvalue())
        if len(shown) > ROWS:
            parts.append(f"The first {ROWS} of {len(shown)} rows.\n")
    return "\n".join(parts), plots


def main() -> None:
    """Write the page and the plots; what no query draws any more goes."""
    with tempfile.TemporaryDirectory() as folder:
        page, plots = made(watched(Path(folder)))
    PAGE.write_text(page, encoding="utf-8")
    PLOTS.mkdir(exist_ok=True)
    for old in PLOTS.glob("*.svg"):
        if old.name not in plots:
            old.unlink()
    for name, picture in plots.items():
        (PLOTS / name).write_text(picture, encoding="utf-8")
    sys.stdout.write(f"{PAGE.name}: {len(page)} characters, {len(plots)} plots of {sum(map(len, plots.values()))}\n")


if __name__ == "__main__":
    main()
