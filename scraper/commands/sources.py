"""`navnenyt sources`: how we stand with each site."""

from __future__ import annotations

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import NavnenytError, QueryError, StoreError
from scraper.formats import Format


def sources(
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show for each source whether it may be asked and why, its terms, pace, budget, last answer and wishes.

    Example: navnenyt sources

    Asks no site for anything: it shows what config.yaml says and what the last runs were told.
    """
    from dataclasses import astuple, fields

    from rich.console import Console

    from db.engine import make_engine, sqlite_path
    from db.query import run_query
    from scraper.config import load
    from scraper.display import write_rows
    from scraper.run import utc_now
    from scraper.schedule import next_due
    from scraper.sources import Standing, standings
    from scraper.sources_terminal import print_standings

    try:
        settings = load(config)
        url = database_url(config, database)
        engine = None
        if sqlite_path(url).exists():
            try:
                run_query(url, "SELECT 1 FROM site_file LIMIT 1")
            except QueryError as error:
                raise StoreError(
                    f"{sqlite_path(url)} was not written by this release.",
                    hint="`navnenyt run` brings a database of an older release up to date; a copy of it is kept.",
                ) from error
            engine = make_engine(url)
        now = utc_now()
        found = standings(settings, engine, now, next_due=next_due(settings, now))
    except NavnenytError as error:
        fail(error)
    if form is Format.TABLE:
        print_standings(Console(highlight=False), found)
    else:
        write_rows([field.name for field in fields(Standing)], [astuple(standing) for standing in found], form)
