"""The options that commands share, and how a command ends with an error."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from scraper.errors import NavnenytError
from scraper.formats import Format
from scraper.show.language import Language

ConfigOption = Annotated[Path, typer.Option("--config", "-c", help="The config file.", envvar="NAVNENYT_CONFIG")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", "-d", help="Another database than the config file's: a file or a URL.")
]
LanguageOption = Annotated[Language, typer.Option("--language", help="en or da.")]
CONFIG = Path("config.yaml")


def fail(error: NavnenytError) -> NoReturn:
    """End the command with an error's sentence, hint and status."""
    from scraper.display import print_error

    print_error(error)
    raise typer.Exit(int(error.exit_status))


def check_floors_or_fail() -> None:
    """End the command when a library below us is too old to fetch or parse safely."""
    from scraper.floors import check_floors

    try:
        check_floors()
    except NavnenytError as error:
        fail(error)


def database_url(config: Path, database: str | None) -> str:
    """The database named on the command line (a path or a URL), or else the one of the config file."""
    from scraper.config import load

    if database is None:
        return load(config).database
    return database if "://" in database else f"sqlite:///{Path(database).resolve()}"
