"""`navnenyt query` and `status`: asking what is stored."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import NavnenytError
from scraper.formats import Format


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT; `-` reads it from standard input.")],
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Ask the database with SQL, on a connection that cannot write.

    Example: navnenyt query "SELECT company, count(*) AS hires FROM moves GROUP BY company ORDER BY hires DESC LIMIT 10"

    The views and their columns are explained in docs/data-model.md.
    """
    from db.query import run_query
    from scraper.display import write_rows

    try:
        result = run_query(database_url(config, database), sys.stdin.read() if sql == "-" else sql)
    except NavnenytError as error:
        fail(error)
    write_rows(result.columns, result.rows, form)


def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show the sources, the last runs, what is stored, and what needs attention.

    Example: navnenyt status
    """
    from dataclasses import asdict

    from db.engine import make_engine
    from db.query import run_query
    from db.status import status as state_of
    from scraper.config import load
    from scraper.display import print_status
    from scraper.fetchers.archive import held

    try:
        url = database_url(config, database)
        run_query(url, "SELECT 1 FROM runs LIMIT 1")  # says so when there is no database of ours, and makes none
        state = state_of(make_engine(url))
        archive = held(load(config).archive_dir) if database is None else None
    except NavnenytError as error:
        fail(error)
    if as_json:
        said = {**asdict(state), "archive": asdict(archive) if archive else None}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        print_status(state, archive)
