"""`navnenyt watch`: filters whose new matches are told after each run."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import NavnenytError
from scraper.formats import Format

if TYPE_CHECKING:
    from sqlalchemy import Engine

watch = typer.Typer(no_args_is_help=True, help="Be told of new moves and job ads that a filter wants.")
WantedArgument = Annotated[str, typer.Argument(metavar="FILTER", help='"company:… role:… function:… region:… kind:…"')]


def _engine(url: str) -> Engine:
    """The database to write to; says so when there is none of ours, and makes none."""
    from db.engine import make_engine
    from db.query import run_query

    run_query(url, "SELECT 1 FROM watch LIMIT 1")
    return make_engine(url)


@watch.command()
def add(wanted: WantedArgument, *, config: ConfigOption = CONFIG, database: DatabaseOption = None) -> None:
    """Watch for what a filter wants, from now on.

    Example: navnenyt watch add 'company:"Nordlys Data" role:arkitekt,udvikler region:Midtjylland'

    Values of one key, parted by commas, widen it; each further key narrows. Keys: company, from (the former employer),
    role (words in it), function, seniority, region, kind (hire, promotion, …, job_ad). After each run, what is new is
    told once at the addresses under notify: in config.yaml, and listed by navnenyt watch list.
    """
    from db.record_filter import parse
    from db.watches import add as add_watch
    from scraper.display import print_line, print_warning

    try:
        url = database_url(config, database)
        asked = parse(wanted)
        with _engine(url).begin() as connection:
            number = add_watch(connection, wanted, at=datetime.now(UTC))
        unseen = _unseen(url, [*asked.wanted.get("company", ()), *asked.wanted.get("from", ())])
    except NavnenytError as error:
        fail(error)
    print_line(f"Watch {number}: {asked}")
    for sentence in unseen:
        print_warning(sentence)


def _unseen(url: str, names: list[str]) -> list[str]:
    """A sentence for each company that was never seen: a watch for it may be wanted, or misspelt."""
    from db.engine import connect_read_only, sqlite_path
    from db.profiles import company_id_of
    from scraper.errors import UnknownName

    said = []
    with closing(connect_read_only(sqlite_path(url))) as connection:
        for name in names:
            try:
                company_id_of(connection, name)
            except UnknownName as unknown:
                said.append(f"No company {name!r} has been seen yet. {unknown.hint}")
    return said


@watch.command(name="list")
def list_(
    *,
    matches: Annotated[int, typer.Option(min=0, help="So many of the newest matches as well.")] = 0,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """List the watches, or with --matches what they matched last.

    Example: navnenyt watch list --matches 20
    """
    from db.engine import connect_read_only, reading, sqlite_path
    from db.newest import records_of
    from db.watches import matched, watches
    from scraper.display import write_rows
    from scraper.show.feed import headline

    try:
        url = database_url(config, database)
        with reading(_engine(url)) as connection:
            lines = watches(connection)
            newest = matched(connection, most=matches) if matches else []
        with closing(connect_read_only(sqlite_path(url))) as plain:
            said = [(one, records_of(plain, [one.found])) for one in newest]
    except NavnenytError as error:
        fail(error)
    if matches:
        rows = [
            [
                one.watch_id,
                one.matched_at.isoformat(" ", "seconds"),
                "told" if one.sent_at else "waiting",
                headline(record),
            ]
            for one, records in said
            for record in records
        ]
        write_rows(["watch", "matched_at", "state", "record"], rows, form)
        return
    listed = [
        [
            line.id,
            line.expression,
            line.created_at.date().isoformat(),
            line.matches,
            line.untold,
            "active" if line.active else "removed",
        ]
        for line in lines
    ]
    write_rows(["watch", "filter", "since", "matches", "untold", "state"], listed, form)


@watch.command()
def remove(
    which: Annotated[str, typer.Argument(help="Its number, or its filter.")],
    *,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Stop a watch; what it matched stays listed.

    Example: navnenyt watch remove 2
    """
    from db.watches import remove as remove_watch
    from scraper.display import print_line

    try:
        with _engine(database_url(config, database)).begin() as connection:
            expression = remove_watch(connection, which)
    except NavnenytError as error:
        fail(error)
    print_line(f"No longer watched: {expression}")


@watch.command(name="test")
def try_out(
    wanted: WantedArgument,
    *,
    most: Annotated[int, typer.Option(min=1, max=1000, help="So many, the newest.")] = 10,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show what a filter would have matched so far, the newest first; nothing is kept or sent.

    Example: navnenyt watch test "function:security region:Midtjylland kind:hire"
    """
    from db.engine import connect_read_only, sqlite_path
    from db.newest import newest, records_of
    from db.record_filter import parse
    from scraper.display import write_rows
    from scraper.show.feed import headline
    from scraper.show.text import on_one_line

    try:
        asked = parse(wanted)
        with closing(connect_read_only(sqlite_path(database_url(config, database)))) as connection:
            records = records_of(connection, newest(connection, asked, most=most))
    except NavnenytError as error:
        fail(error)
    rows = [[record.first_seen[:16], headline(record), on_one_line(record.text)] for record in records]
    write_rows(["first_seen", "record", "sentence"], rows, form, title=str(asked))
