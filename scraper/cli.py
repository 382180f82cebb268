"""The `navnenyt` command: arguments in, tables out, no logic. What each command does stands in `scraper.commands`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from scraper import __version__
from scraper.commands.ask import query, status
from scraper.commands.companies import companies
from scraper.commands.db import database
from scraper.commands.export import export, feed
from scraper.commands.health import health
from scraper.commands.parse import parse
from scraper.commands.profiles import company, person
from scraper.commands.replay import replay
from scraper.commands.report import report
from scraper.commands.roles import places, roles
from scraper.commands.run import demo, init, run
from scraper.commands.schedule import schedule
from scraper.commands.serve import serve
from scraper.commands.sources import sources
from scraper.commands.trends import trends
from scraper.commands.watch import watch
from scraper.errors import ExitStatus

app = typer.Typer(
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    add_completion=False,
)
for command in (
    init,
    run,
    parse,
    query,
    trends,
    company,
    person,
    report,
    export,
    feed,
    status,
    health,
    sources,
    schedule,
    serve,
    replay,
    roles,
    places,
    demo,
):
    app.command()(command)
app.add_typer(companies, name="companies")
app.add_typer(database, name="db")
app.add_typer(watch, name="watch")


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"navnenyt {__version__}\n")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", help="Print the release and end.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Danish people moves and job ads, read from article pages into a database that you ask with SQL."""


def main() -> None:
    """Run the command; a broken pipe (`| head`) is no error."""
    import os

    try:
        app()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(ExitStatus.OK)
    except KeyboardInterrupt:
        sys.exit(ExitStatus.INTERRUPTED)
