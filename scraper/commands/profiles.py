"""`navnenyt company` and `navnenyt person`: all that is known of one, with its sources."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from typing import Annotated, Any

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, database_url, fail
from scraper.errors import NavnenytError

JsonOption = Annotated[bool, typer.Option("--json", help="Print it as JSON, with every page.")]


def company(
    name: Annotated[str, typer.Argument(help="Its name, in whatever spelling.")],
    *,
    most: Annotated[int, typer.Option(min=1, max=10_000, help="So many of each list, the newest.")] = 20,
    as_json: JsonOption = False,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show all that is known of a company: moves, job ads, spellings, each with its sentence and pages.

    Example: navnenyt company "Nordlys Data"
    """
    from db.engine import connect_read_only, sqlite_path
    from db.profiles import company_profile
    from scraper.show.profile_terminal import print_company

    try:
        with closing(connect_read_only(sqlite_path(database_url(config, database)))) as connection:
            profile = company_profile(connection, name, most=most)
    except NavnenytError as error:
        fail(error)
    if as_json:
        _print_json(asdict(profile))
    else:
        print_company(profile, most=most)


def person(
    name: Annotated[str, typer.Argument(help="The name, in whatever spelling.")],
    *,
    as_json: JsonOption = False,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show all that is known of a person: each move with its sentence and pages; namesakes apart.

    Example: navnenyt person "Åse Bækgaard"
    """
    from db.engine import connect_read_only, sqlite_path
    from db.profiles import person_profiles
    from scraper.show.profile_terminal import print_people

    try:
        with closing(connect_read_only(sqlite_path(database_url(config, database)))) as connection:
            people = person_profiles(connection, name)
    except NavnenytError as error:
        fail(error)
    if as_json:
        _print_json([asdict(profile) for profile in people])
    else:
        print_people(people)


def _print_json(said: Any) -> None:
    from scraper.show.text import as_json

    sys.stdout.write(as_json(said, indent=1) + "\n")
