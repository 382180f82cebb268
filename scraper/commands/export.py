"""`navnenyt export` and `feed`: what is stored, as files for other programs."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, LanguageOption, database_url, fail
from scraper.errors import NavnenytError, QueryError
from scraper.show.language import Language

if TYPE_CHECKING:
    from db.exports import Table
    from scraper.show.export import FileFormat

OutOption = Annotated[Path | None, typer.Option("--out", "-o", help="The file; without one, standard output.")]


def export(
    what: Annotated[str, typer.Argument(help="moves, job_ads, companies, or trend:NAME.")],
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", help="csv, json, jsonl, parquet, xlsx or jsonld; else as the file's name ends."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="First seen on this day, month or year, or later.")] = None,
    out: OutOption = None,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Write moves, job ads, companies or the answer to a question to a file, safe to open in a spreadsheet.

    Example: navnenyt export moves --since 2026-01 --out moves.xlsx

    jsonld gives job ads as schema.org JobPosting. The file takes its name once it is whole.
    """
    from scraper.show.export import TEXT_FORMATS, write_file, write_text

    try:
        wanted = _format(form, out)
        if out is None and wanted not in TEXT_FORMATS:
            raise QueryError(f"{wanted} is no text.", hint=f"Name a file: --out {what.replace(':', '_')}.{wanted}")
        if wanted == "jsonld" and what != "job_ads":
            raise QueryError("Only job_ads are written as jsonld.", hint="Write them as jsonl, or: export job_ads.")
        table = _table(database_url(config, database), what, since)
        if out is None:
            write_text(table, wanted, sys.stdout)
        else:
            write_file(table, wanted, out)
    except NavnenytError as error:
        fail(error)


def _format(form: str | None, out: Path | None) -> FileFormat:
    from scraper.show.export import FileFormat

    said = form or (out.suffix.removeprefix(".").lower() if out and out.suffix else "csv")
    if said not in list(FileFormat):
        raise QueryError(f"There is no format {said!r}.", hint=f"There are: {', '.join(FileFormat)}.")
    return FileFormat(said)


def _table(url: str, what: str, since: str | None) -> Table:
    from db.exports import table
    from db.query import run_query
    from db.trends import trend
    from scraper.show.export import table_of
    from scraper.show.filters import checked, day

    kind, colon, name = what.partition(":")
    if colon and kind == "trend":
        asked = trend(name)
        return table_of(name, run_query(url, asked.sql, checked(asked, {"since": since})))
    return table(url, what, since=day(since) if since else None)


def feed(
    *,
    wanted: Annotated[
        str | None, typer.Option("--filter", help='Which: "company:… role:… function:… region:… kind:…".')
    ] = None,
    most: Annotated[int, typer.Option(min=1, max=1000, help="So many entries, the newest.")] = 100,
    out: OutOption = None,
    language: LanguageOption = Language.ENGLISH,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Write an Atom feed of the newest moves and job ads, all or those that a filter wants.

    Example: navnenyt feed --filter "function:security region:Midtjylland" --out security.atom
    """
    from db.engine import connect_read_only, sqlite_path
    from db.newest import begun, newest, records_of
    from db.record_filter import parse
    from scraper.show.feed import atom
    from scraper.show.files import written

    try:
        asked = parse(wanted) if wanted is not None else None
        path = sqlite_path(database_url(config, database))
        with closing(connect_read_only(path)) as connection:
            records = records_of(connection, newest(connection, asked, most=most))
            name = begun(connection)
        said = atom(records, name=name, wanted=str(asked or ""), language=language)
        if out is None:
            sys.stdout.write(said.decode())
        else:
            with written(out) as file:
                file.write(said)
    except NavnenytError as error:
        fail(error)
