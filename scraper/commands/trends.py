"""`navnenyt trends`: the questions about hiring, answered as a table, a file or a plot."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from scraper.commands.options import (
    CONFIG,
    ConfigOption,
    DatabaseOption,
    FormatOption,
    LanguageOption,
    database_url,
    fail,
)
from scraper.errors import NavnenytError
from scraper.formats import Format
from scraper.show.language import Language

if TYPE_CHECKING:
    from db.query import Result
    from db.trends import Trend


def trends(
    name: Annotated[str | None, typer.Argument(help="A question; without one, all are listed.")] = None,
    *,
    since: Annotated[
        str | None, typer.Option(help="From this day, month or year on: 2026-01-31, 2026-01, 2026.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Up to this day, month or year.")] = None,
    company: Annotated[str | None, typer.Option(help="Only this company, in whatever spelling.")] = None,
    function: Annotated[str | None, typer.Option(help="Only this kind of work: development, sales, …")] = None,
    region: Annotated[str | None, typer.Option(help="Only this region: Hovedstaden, Midtjylland, …")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", help="NAME=VALUE for a filter of this question alone.")
    ] = None,
    form: FormatOption = Format.TABLE,
    plot: Annotated[
        str | None, typer.Option(help="Draw it: to a .png, .svg or .html file, or with `-` in the terminal.")
    ] = None,
    language: LanguageOption = Language.ENGLISH,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Answer a question about hiring; without a name, list the questions.

    Example: navnenyt trends hires_by_month --since 2025 --function development --plot hires.svg
    """
    from db.query import run_query
    from db.trends import trend
    from db.trends import trends as questions
    from scraper.display import print_questions, write_rows
    from scraper.show.filters import checked, pairs
    from scraper.show.language import say

    given = {"since": since, "until": until, "company": company, "function": function, "region": region}
    try:
        if name is None:
            listed = [
                [asked.name, say(asked.title, language), ", ".join(asked.parameters), asked.description]
                for asked in questions()
            ]
            if form is Format.TABLE:
                print_questions(listed)
            else:
                write_rows(["name", "title", "filters", "description"], listed, form)
            return
        asked = trend(name)
        parameters = checked(asked, {**given, **pairs(param or [])})
        url = database_url(config, database)
        if company is not None:
            _must_be_known(url, company)
        result = run_query(url, asked.sql, parameters)
        if plot is not None:
            _draw(asked, result, plot, language)
    except NavnenytError as error:
        fail(error)
    if plot == "-":
        return
    columns, rows = (result.columns, result.rows) if form in DATA else _in_words(result, language)
    write_rows(columns, rows, form, title=say(asked.title, language), bars=True)


DATA = frozenset({Format.CSV, Format.JSON, Format.JSONL})
"""Formats for programs, which hold the names and words of the database."""


def _in_words(result: Result, language: Language) -> tuple[Sequence[str], Sequence[Sequence[Any]]]:
    """The answer with its headings and our own words in the language; names and numbers stay."""
    from scraper.show.language import WORDS, heading, say

    ours = [name in WORDS for name in result.columns]
    rows = [
        [
            say(value, language) if our and isinstance(value, str) else value
            for our, value in zip(ours, row, strict=True)
        ]
        for row in result.rows
    ]
    return [heading(column, language) for column in result.columns], rows


def _must_be_known(url: str, company: str) -> None:
    from contextlib import closing

    from db.engine import connect_read_only, sqlite_path
    from db.profiles import company_id_of

    with closing(connect_read_only(sqlite_path(url))) as connection:
        company_id_of(connection, company)


def _draw(asked: Trend, result: Result, plot: str, language: Language) -> None:
    from scraper.show.language import say

    if asked.chart is None:
        raise NavnenytError(f"The question {asked.name} is not drawn.", hint="Ask it without --plot.")
    if plot == "-":
        from scraper.show.charts_terminal import print_chart
        from scraper.show.series import series

        drawn = series(asked, result, language=language)
        assert drawn is not None
        print_chart(drawn, language=language)
        return
    from scraper.show.pictures import save
    from scraper.show.plots import chart

    picture = chart(asked, result, language=language)
    assert picture is not None
    save(picture, Path(plot), title=say(asked.title, language), language=language)
