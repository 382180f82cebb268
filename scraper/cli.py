"""The `navnenyt` command: arguments in, tables out, no logic.

Imports stand inside the commands, so that `--help` comes at once.
"""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console

from scraper import __version__
from scraper.errors import ExitStatus, NavnenytError
from scraper.formats import Format

if TYPE_CHECKING:
    from scraper.config import Settings
    from scraper.run import RunSummary

HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    no_args_is_help=True,
    context_settings=HELP,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    add_completion=False,
)

ConfigOption = Annotated[Path, typer.Option("--config", "-c", help="The config file.", envvar="NAVNENYT_CONFIG")]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print.")]
DatabaseOption = Annotated[
    str | None, typer.Option("--database", "-d", help="Another database than the config file's: a file or a URL.")
]
CONFIG = Path("config.yaml")


def fail(error: NavnenytError) -> NoReturn:
    """End the command with an error's sentence, hint and status."""
    from scraper.display import print_error

    print_error(error)
    raise typer.Exit(int(error.exit_status))


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


@app.command()
def init(
    path: Annotated[Path, typer.Argument(help="Where to write it.")] = CONFIG,
) -> None:
    """Write a config.yaml with every key commented.

    Example: navnenyt init
    """
    from scraper.setup import write_config

    try:
        write_config(path)
    except NavnenytError as error:
        fail(error)
    Console().print(f"Wrote {path}. Put your address under `contact:`, then: navnenyt run")


@app.command()
def run(
    sources: Annotated[list[str] | None, typer.Argument(help="Sources to scrape; all enabled ones if none.")] = None,
    config: ConfigOption = CONFIG,
) -> None:
    """Scrape the sources once and store what is new.

    Example: navnenyt run computerworld

    Exit status: 0 done, 1 error, 2 configuration wrong, 3 a source gave nothing, 4 a source is degraded,
    5 no source could be reached, 6 another run is on, 7 disk full, 8 database locked, 9 no usable database,
    130 interrupted.
    """
    from scraper.config import load
    from scraper.display import print_summary, print_warning
    from scraper.run import warnings_before

    try:
        settings = load(config)
        names = tuple(sources or ())
        for sentence in warnings_before(settings, settings.enabled_sources(names)):
            print_warning(sentence)
        summary = watched_run(settings, names)
    except NavnenytError as error:
        fail(error)
    print_summary(summary, Console(highlight=False))
    raise typer.Exit(int(summary.exit_status))


def watched_run(settings: Settings, names: tuple[str, ...] = (), **clockwork: Any) -> RunSummary:
    """A run with a progress bar on a terminal and plain lines elsewhere."""
    from scraper.display import BarReporter, PlainReporter
    from scraper.run import run as run_once

    console = Console()
    if not console.is_terminal:
        return run_once(settings, names, reporter=PlainReporter(), **clockwork)
    reporter = BarReporter(console)
    with reporter.progress:
        return run_once(settings, names, reporter=reporter, **clockwork)


@app.command()
def parse(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Saved pages (.html, .htm, .txt), archives (.warc, .warc.gz), folders, or - for standard input."
        ),
    ],
    form: FormatOption = Format.TABLE,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day the page was published, for dates written without a year."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show each text with the words that every field rests on, and the rule.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="OUT", help="Write the same as one HTML file, to open in a browser."),
    ] = None,
) -> None:
    """Print the records of saved pages, storing nothing.

    Example: navnenyt parse --format jsonl page.html

    Example: navnenyt parse --explain page.html

    Exit status: 0, or 1 when a file could not be read; the others are still printed.
    """
    from scraper.display import print_error, write_rows
    from scraper.saved import COLUMNS, GLANCE, at_a_glance, parse_saved

    if explain or html is not None:
        if form is not Format.TABLE:
            raise typer.BadParameter(f"--explain and --html show all there is: leave out --format {form}.")
        whole = _explain(paths, published, on_terminal=explain, html=html)
        raise typer.Exit(int(ExitStatus.OK if whole else ExitStatus.ERROR))
    failed = False
    held: list[dict[str, Any]] = []
    for path in paths:
        try:
            for record in parse_saved(path, published=published.date() if published else None):
                if form is Format.JSONL:
                    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
                else:
                    held.append(record)
        except NavnenytError as error:
            failed = True
            print_error(error)
    if form is Format.JSON:
        sys.stdout.write(json.dumps(held, ensure_ascii=False, indent=1) + "\n")
    elif form is Format.TABLE:
        write_rows(GLANCE, [at_a_glance(record) for record in held], form)
    elif form is Format.CSV:
        flat = [[_flat(record.get(column)) for column in COLUMNS] for record in held]
        write_rows(COLUMNS, flat, form)
    raise typer.Exit(int(ExitStatus.ERROR if failed else ExitStatus.OK))


def _explain(paths: list[str], published: datetime | None, *, on_terminal: bool, html: Path | None) -> bool:
    """Show the pages text by text, each parsed once; whether all of them could be read."""
    from collections.abc import Iterator

    from scraper.display import print_error
    from scraper.explain import PageAccount, explain_saved
    from scraper.explain_html import write_html
    from scraper.explain_terminal import print_page

    errors: list[NavnenytError] = []
    console = Console(highlight=False)

    def pages() -> Iterator[PageAccount]:
        for page in explain_saved(paths, errors.append, published=published.date() if published else None):
            if on_terminal:
                print_page(console, page)
            yield page

    try:
        if html is None:
            for _ in pages():
                pass
        else:
            write_html(html, pages(), sources=paths)
            Console(stderr=True, highlight=False, soft_wrap=True).print(f"Wrote {html}.", markup=False)
    except NavnenytError as error:
        fail(error)
    for unreadable in errors:
        print_error(unreadable)
    return not errors


def _flat(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


@app.command()
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


@app.command()
def trends(
    name: Annotated[str | None, typer.Argument(help="A question; without one, all are listed.")] = None,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Answer a question about hiring; without a name, list the questions.

    Example: navnenyt trends hires_by_month --format csv
    """
    from db.query import run_query
    from db.trends import trend
    from db.trends import trends as questions
    from scraper.display import write_rows

    try:
        if name is None:
            rows = [[question.name, question.title, question.description] for question in questions()]
            write_rows(["name", "title", "description"], rows, form)
            return
        asked = trend(name)
        result = run_query(database_url(config, database), asked.sql)
    except NavnenytError as error:
        fail(error)
    write_rows(result.columns, result.rows, form, title=asked.title, bars=True)


@app.command()
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
    from scraper.display import print_status

    try:
        url = database_url(config, database)
        run_query(url, "SELECT 1 FROM runs LIMIT 1")  # says so when there is no database of ours, and makes none
        state = state_of(make_engine(url))
    except NavnenytError as error:
        fail(error)
    if as_json:
        sys.stdout.write(json.dumps(asdict(state), ensure_ascii=False, indent=1, default=str) + "\n")
    else:
        print_status(state)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo's database and archive go.")] = Path("demo"),
    serve: Annotated[
        bool, typer.Option("--serve", help="Only serve the replica site until Ctrl-C, to look at it in a browser.")
    ] = False,
) -> None:
    """Run the whole job against a small site of invented people, served on this machine.

    Example: navnenyt demo
    """
    from scraper.demo import play, serve_only

    try:
        raise typer.Exit(int(serve_only(folder) if serve else play(folder)))
    except NavnenytError as error:
        fail(error)


def database_url(config: Path, database: str | None) -> str:
    """The database named on the command line (a path or a URL), or else the one of the config file."""
    from scraper.config import load

    if database is None:
        return load(config).database
    return database if "://" in database else f"sqlite:///{Path(database).resolve()}"


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
