"""`navnenyt roles` and `places`: what a title or a place is taken for, and which lines of the tables say so."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import NavnenytError
from scraper.formats import Format

_TITLES = """
SELECT title, count(*) AS times
FROM (
  SELECT role AS title FROM moves UNION ALL SELECT previous_role FROM moves UNION ALL SELECT title FROM job_ads
)
WHERE title IS NOT NULL GROUP BY title ORDER BY times DESC, title
"""
_PLACES = """
SELECT place, count(*) AS times
FROM (SELECT location AS place FROM moves UNION ALL SELECT region FROM job_ads)
WHERE place IS NOT NULL GROUP BY place ORDER BY times DESC, place
"""
_MOST = 50

LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to list.")]


def roles(
    title: Annotated[str | None, typer.Argument(help="A role or the title of a job ad.")] = None,
    limit: LimitOption = _MOST,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Say which function and seniority a title has and why; without a title, list the commonest that are `other`.

    Example: navnenyt roles "it-sikkerhedskonsulent"

    The tables are explained in docs/roles.md; a line added to them counts from the next run on.
    """
    from db.roles import explain_function, explain_seniority, function_of
    from scraper.display import write_rows

    if title is None:
        counted = _counted(_TITLES, config, database)
        other = [
            [text, times, explain_function(text).rule] for text, times in counted if function_of(text)[0] == "other"
        ]
        write_rows(["title", "times", "rule"], other[:limit], form, title=f"Titles that are other: {len(other)}")
        return
    rows: list[list[Any]] = []
    for what, answer in (("function", explain_function(title)), ("seniority", explain_seniority(title))):
        rows.append([what, answer.value, answer.rule, "", "", ""])
        for place, row in enumerate(answer.rows):
            said = "decides" if place == 0 else "gives way"
            rows.append(["", said, row.words, row.value, row.weight, row.meaning])
    write_rows(["what", "answer", "words", "says", "weight", "meaning"], rows, form, title=title)


def places(
    place: Annotated[str | None, typer.Argument(help="A town, an area, a postcode or a country.")] = None,
    limit: LimitOption = _MOST,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Say in which region a place lies and why; without a place, list the commonest that have no region.

    Example: navnenyt places "8000 Aarhus C"

    The tables are explained in docs/places.md.
    """
    from db.places import explain_place, region_of
    from scraper.display import write_rows

    if place is None:
        counted = _counted(_PLACES, config, database)
        none = [[text, times, ", ".join(area.place for area in explain_place(text))] for text, times in counted]
        none = [row for row in none if region_of(row[0]) is None]
        write_rows(["place", "times", "known_as"], none[:limit], form, title=f"Places in no one region: {len(none)}")
        return
    region, nuts = region_of(place) or ("", "")
    rows = [["answer", region or "none", nuts, "", ""]]
    rows += [["line", area.region, area.nuts3 or area.nuts, area.place, area.meaning] for area in explain_place(place)]
    write_rows(["what", "region", "nuts", "place", "meaning"], rows, form, title=place)


def _counted(sql: str, config: Path, database: str | None) -> list[tuple[Any, ...]]:
    """What stands in the database, each text once with how often, the commonest first."""
    from db.query import run_query

    try:
        return run_query(database_url(config, database), sql).rows
    except NavnenytError as error:
        fail(error)
