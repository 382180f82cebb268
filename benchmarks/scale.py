"""How long the questions take on a database of twelve years, and in DuckDB over the same file.

    python benchmarks/scale.py [DATABASE] [--moves 1000000] [--seed 7] [--times 5] [--write docs/scale.md]

DATABASE is made when it is not there: so many moves, five times as many sightings, three ads for ten moves, over twelve
years, with a realistic skew; the same seed makes the same database. Then each question is asked so many times without
filters, by way of `db.query`, as the command line and the browser ask it; the median counts. DuckDB gets the same SQL,
but for what its dialect says otherwise, on the same file (its SQLite scanner, from PyPI; nothing is downloaded).
"""

from __future__ import annotations

import argparse
import platform
import re
import sqlite3
import statistics
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import duckdb
from scale_data import Maker, Size

from db import facts
from db.engine import connect_read_only, make_engine
from db.query import run_query
from db.search import find
from db.trends import Trend, trends
from scraper.display import Waited

OTHERWISE = (
    (r"strftime\('%Y-%m', ([^']*?) \|\| '-01', '([+-])(\d+) months?'\)",
     r"strftime(CAST(\1 || '-01' AS DATE) \2 INTERVAL \3 MONTH, '%Y-%m')"),
    (r"datetime\(max\(day\), '-(\d+) days'\)", r"(max(day) - INTERVAL \1 DAY)"),
    (r"strftime\('%Y-%m', 'now'\)", "strftime(current_date, '%Y-%m')"),
    (r"substr\((d\.day|r\.started_at)", r"substr(CAST(\1 AS VARCHAR)"),
    (r"12 \* substr\(month, 1, 4\) \+ substr\(month, 6\)",
     "12 * CAST(substr(month, 1, 4) AS INTEGER) + CAST(substr(month, 6) AS INTEGER)"),
    (r"\bsum\((NOT EXISTS \(.*?\))\)( AS)", r"count(*) FILTER (\1)\2"),
    (r"\bsum\((f\.times_relisted > 0)\)", r"count(*) FILTER (\1)"),
    (r"\bsum\(d\.healthy\)", "count(*) FILTER (d.healthy)"),
    (r"CAST\(m\.what AS INTEGER\)", "TRY_CAST(m.what AS INTEGER)"),
    (r"(?<=[ (])\+(?=[a-z]\.)", ""),  # by which SQLite is told which index not to use
    (r"(?<!:):(\w+)", r"$\1"),
)  # fmt: skip
"""What DuckDB says otherwise: patterns of our SQL, and its words."""
WORDS = ("nord", "udvikler klit", "senior arkitekt", "anna sen", "aarhus")


class Took(NamedTuple):
    """The median of so many askings: seconds on the clock, and of the processor."""

    clock: float
    processor: float


def seconds(ask: Callable[[], object], times: int) -> Took:
    """How long it takes."""
    clock, processor = [], []
    for _ in range(times):
        begun, worked = time.perf_counter(), time.process_time()
        ask()
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - worked)
    return Took(statistics.median(clock), statistics.median(processor))


class Duck:
    """DuckDB with the SQLite file attached, read-only."""

    def __init__(self, path: Path) -> None:
        self.db = duckdb.connect(config={"threads": 2})
        (scanner,) = Path(str(files("duckdb_extension_sqlite_scanner"))).glob("extensions/*/*.duckdb_extension")
        self.db.load_extension(str(scanner))
        self.db.execute(f"ATTACH '{path}' AS ours (TYPE sqlite, READ_ONLY)")
        self.db.execute("USE ours")
        self.db.execute("CREATE TEMP MACRO fold(text) AS lower(text)")
        self.db.execute("CREATE TEMP MACRO company_key(text) AS lower(text)")

    def ask(self, question: Trend) -> list[tuple[object, ...]]:
        """The answer to a question without filters. Raises duckdb.Error."""
        sql = question.sql
        for pattern, words in OTHERWISE:
            sql = re.sub(pattern, words, sql)
        parameters = dict.fromkeys(question.parameters)
        return self.db.execute(sql, parameters).fetchall()


def make(path: Path, size: Size, seed: int) -> None:
    """The database, with its facts; says how long each took."""
    begun = time.perf_counter()
    waited = Waited()
    Maker(path, size, seed, waited).make()
    print(f"{path}: {size.moves:,} moves made in {time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    engine = make_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        done = facts.refresh_all(connection, told=waited)
    engine.dispose()
    print(f"{done} in {time.perf_counter() - begun:.0f} s")


def rows(path: Path, times: int) -> list[tuple[str, Took, Took | None]]:
    """For each question its name, seconds in SQLite, and seconds in DuckDB (None where it does not take the SQL)."""
    duck = Duck(path)
    found = []
    for question in trends():
        ours = seconds(lambda: run_query(f"sqlite:///{path}", question.sql, limit_seconds=60), times)  # noqa: B023
        try:
            theirs: Took | None = seconds(lambda: duck.ask(question), times)  # noqa: B023
        except duckdb.Error as error:
            theirs = None
            print(f"{question.name}: DuckDB says {str(error)[:300]}")
        print(f"{question.name:<28}{ours.processor:8.3f} s {ours.clock:8.3f} s", theirs, flush=True)
        found.append((question.name, ours, theirs))
    return found


def searches(path: Path, times: int) -> list[tuple[str, Took]]:
    """For each search its words and seconds: the newest twenty moves and ads, on one connection."""
    connection = connect_read_only(path)
    found = [
        (words, seconds(lambda: [find(connection, words, record) for record in ("move", "job_ad")], times))  # noqa: B023
        for words in WORDS
    ]
    connection.close()
    return found


def told(path: Path, questions: list[tuple[str, Took, Took | None]], found: list[tuple[str, Took]]) -> str:
    """The tables as Markdown."""
    plain = sqlite3.connect(path)
    counted = {
        name: plain.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
        for name in ("move", "move_sighting", "job_ad", "job_ad_sighting", "company", "person", "fetch", "hire_ad")
    }
    plain.close()
    held = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in counted.items())
    lines = [
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, DuckDB {duckdb.__version__}.",
        f"The file has {path.stat().st_size / 1e9:.2f} GB and holds {held}.",
        "",
        "| question | SQLite, processor, s | SQLite, clock, s | DuckDB, processor, s | DuckDB, clock, s |",
        "|---|---|---|---|---|",
        *(
            f"| `{name}` | {ours.processor:.2f} | {ours.clock:.2f} "
            + ("| – | – |" if duck is None else f"| {duck.processor:.2f} | {duck.clock:.2f} |")
            for name, ours, duck in questions
        ),
        "",
        "| search | processor, ms | clock, ms |",
        "|---|---|---|",
        *(f"| {words} | {took.processor * 1000:.1f} | {took.clock * 1000:.1f} |" for words, took in found),
    ]
    return "\n".join(lines)


def main() -> None:
    """Make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path, nargs="?", default=Path("scale.db"))
    parser.add_argument("--moves", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--write", type=Path, help="a file that has the lines <!-- measured --> and <!-- end -->")
    given = parser.parse_args()
    if not given.database.exists():
        part = given.moves / 1_000_000
        size = Size(*(max(100, round(part * whole)) for whole in vars(Size()).values()))
        make(given.database, size, given.seed)
    text = told(given.database, rows(given.database, given.times), searches(given.database, given.times))
    print(text)
    if given.write:
        page = given.write.read_text(encoding="utf-8")
        page = re.sub(r"(?s)(<!-- measured -->\n).*(<!-- end -->)", lambda kept: f"{kept[1]}{text}\n{kept[2]}", page)
        given.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
