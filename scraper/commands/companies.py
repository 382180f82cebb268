"""`navnenyt companies`: which names are one company, why, and how to overrule it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import ExitStatus, NavnenytError
from scraper.formats import Format

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from db.company_changes import Changed

companies = typer.Typer(
    no_args_is_help=True,
    help="""List companies, and say which names are one.

Rules join the names of one company (docs/identity.md tells which); what you decide goes before them and is kept.""",
)

Done = TypeVar("Done")
DryOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would come of it.")]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many rows at most.")]

_LISTED = ("name", "cvr", "hires", "moves", "open_job_ads", "names")
_DECIDED = ("id", "at", "by_whom", "verdict", "name_a", "name_b", "score", "reason", "is_valid", "company")


@companies.command("list")
def list_companies(
    words: Annotated[str | None, typer.Argument(help="Only those with a spelling that holds this.")] = None,
    limit: LimitOption = 50,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """List companies with their spellings, those that hire most first; or those that a word finds.

    Example: navnenyt companies list nordlys --format csv
    """
    from db.company_lists import listed
    from db.engine import make_engine, reading

    try:
        with reading(make_engine(_there(config, database))) as connection:
            rows = [[row[name] for name in _LISTED] for row in listed(connection, words, limit)]
    except NavnenytError as error:
        fail(error)
    nothing = f"No company is called like “{words}”." if words else "No company is known yet."
    _print(_LISTED, rows, form, nothing=nothing)


@companies.command()
def decisions(
    name: Annotated[str | None, typer.Argument(help="Only those about this company.")] = None,
    *,
    by: Annotated[str | None, typer.Option("--by", help="Only those by `rule`, `user` or `cvr`.")] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", help="Only `same`, `different`, `rename` or `cvr`.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Those too that were overruled.")] = False,
    limit: LimitOption = 50,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Show which names were taken for one company or for two, by whom, and why; the newest first.

    Example: navnenyt companies decisions --by rule --verdict same

    Overrule one with `navnenyt companies split` or `merge`.
    """
    from db.company_lists import decided
    from db.engine import make_engine, reading

    try:
        with reading(make_engine(_there(config, database))) as connection:
            found = decided(connection, name, by=by, verdict=verdict, every=every, limit=limit)
            rows = [[row[column] for column in _DECIDED] for row in found]
    except NavnenytError as error:
        fail(error)
    _print(_DECIDED, rows, form, nothing="No such decision.")


@companies.command()
def why(
    one: Annotated[str, typer.Argument(help="A name.")],
    other: Annotated[str, typer.Argument(help="Another name.")],
    form: FormatOption = Format.TABLE,
) -> None:
    """Say whether the rules take two names for one company, and why; needs no database.

    Example: navnenyt companies why "Nordlys" "Nordlys Danmark A/S"
    """
    from db.same_company import judge
    from scraper.display import write_rows

    said = judge(one, other)
    write_rows(["same", "score", "reason"], [[said.same, said.score, said.reason]], form)


@companies.command()
def merge(
    one: Annotated[str, typer.Argument(metavar="A", help="A company, by any of its spellings: its name stays.")],
    other: Annotated[str, typer.Argument(metavar="B", help="The company that is the same.")],
    *,
    name: Annotated[str | None, typer.Option("--as", help="What the merged company is called.")] = None,
    dry_run: DryOption = False,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Make two companies one, for good: later runs and replays keep to it.

    Example: navnenyt companies merge "Nordlys" "Nordlys Regnskab" --as "Nordlys Gruppen"

    `navnenyt companies split` takes it back.
    """
    from db.company_changes import merge as change

    _change(lambda connection, at: change(connection, one, other, at=at, name=name), dry_run, form, config, database)


@companies.command()
def split(
    name: Annotated[str, typer.Argument(help="A company, by any of its spellings.")],
    spelling: Annotated[str, typer.Argument(help="The spelling that is another company.")],
    *,
    exact: Annotated[
        bool, typer.Option("--exact", help="Not those too that differ from it only in legal form and case.")
    ] = False,
    dry_run: DryOption = False,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Make a company of its own of a spelling, for good: no rule joins the two again.

    Example: navnenyt companies split "Nordlys" "Nordlys Danmark"
    """
    from db.company_changes import split as change

    _change(
        lambda connection, at: change(connection, name, spelling, at=at, exact=exact), dry_run, form, config, database
    )


@companies.command()
def rename(
    name: Annotated[str, typer.Argument(help="A company, by any of its spellings.")],
    new: Annotated[str, typer.Argument(help="What it is called from now on.")],
    *,
    dry_run: DryOption = False,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Give a company another name, for good; its spellings stay as they were seen.

    Example: navnenyt companies rename "NORDLYS AS" "Nordlys A/S"
    """
    from db.company_changes import rename as change

    _change(lambda connection, at: change(connection, name, new, at=at), dry_run, form, config, database)


@companies.command("import-cvr")
def import_cvr(
    path: Annotated[Path, typer.Argument(help="A CSV file with columns of CVR numbers and names.", metavar="FILE")],
    dry_run: DryOption = False,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Import numbers of the Danish business register: names of one number become one company.

    Example: navnenyt companies import-cvr register.csv --dry-run

    The first line names the columns: `cvr`, and `name`, `navn`, `binavne` or the like, in any order; several names in
    one field are parted by `|`. Rows that are wrong are named and left out. Two numbers are never made one company,
    and what you merged or split stays. Exit status: 0, or 1 when rows were left out.
    """
    from db.cvr import import_entries, read_csv
    from scraper.display import write_rows
    from scraper.run import utc_now

    try:
        read = read_csv(path)
        done = _inside(
            lambda connection: import_entries(connection, read.entries, at=utc_now(), source=path.name),
            _there(config, database),
            dry_run=dry_run,
        )
    except NavnenytError as error:
        fail(error)
    columns = ("new", "known", "numbered", "merged", "parted", "unclear", "kept", "wrong")
    counted = [done.new, done.known, done.numbered, *map(len, (done.merged, done.parted, done.unclear, done.kept))]
    write_rows(columns, [[*counted, len(read.wrong)]], form)
    said = [f"{path.name}, line {line}: {reason}." for line, reason in read.wrong]
    said += [f"Merged: {pair}." for pair in done.merged] + [f"Parted: {pair}." for pair in done.parted]
    said += [f"Stands under several numbers and decides nothing: {name}." for name in done.unclear]
    said += [f"Left as it was decided before: {pair}." for pair in done.kept]
    _say(said + (["Nothing was changed (--dry-run)."] if dry_run else []))
    if read.wrong:
        raise typer.Exit(int(ExitStatus.ERROR))


def _change(
    change: Callable[[Connection, Any], Changed], dry_run: bool, form: Format, config: Path, database: str | None
) -> None:
    """Carry out a change and print the companies that it touched."""
    from scraper.run import utc_now

    try:
        done = _inside(lambda connection: change(connection, utc_now()), _there(config, database), dry_run=dry_run)
    except NavnenytError as error:
        fail(error)
    rows = [[each.name, each.cvr, each.moves, each.job_ads, " | ".join(each.spellings)] for each in done.companies]
    _print(("name", "cvr", "moves", "job_ads", "names"), rows, form, nothing="")
    some = "1 earlier decision is" if done.overruled == 1 else f"{done.overruled} earlier decisions are"
    overruled = f"{some} overruled." if done.overruled else ""
    _say([line for line in (overruled, "Nothing was changed (--dry-run)." if dry_run else "") if line])


def _inside(work: Callable[[Connection], Done], url: str, *, dry_run: bool) -> Done:
    """Work in one transaction, which is taken back after a dry run."""
    from db.engine import make_engine

    engine = make_engine(url)
    try:
        with engine.connect() as connection, connection.begin() as transaction:
            done = work(connection)
            if dry_run:
                transaction.rollback()
            return done
    finally:
        engine.dispose()


def _there(config: Path, database: str | None) -> str:
    """The URL of the database, once it is known that it is one of this release's."""
    from db.engine import sqlite_path
    from db.upgrade import head_revision, revision_of
    from scraper.errors import StoreError

    url = database_url(config, database)
    path = sqlite_path(url)
    if revision_of(path) != head_revision():
        raise StoreError(
            f"{path} was written by an older release.",
            hint="`navnenyt run` brings it up to date; a copy of it is kept.",
        )
    return url


def _print(columns: Sequence[str], rows: list[list[Any]], form: Format, *, nothing: str) -> None:
    from scraper.display import write_rows

    if rows or form is not Format.TABLE:
        write_rows(columns, rows, form)
    else:
        _say([nothing])


def _say(lines: Sequence[str]) -> None:
    """Print sentences beside the rows, so that a program that reads the rows is not disturbed."""
    from rich.console import Console
    from rich.markup import escape

    from scraper.show.text import shown

    console = Console(highlight=False, stderr=True)
    for line in lines:
        console.print(escape(shown(line)), soft_wrap=True)
