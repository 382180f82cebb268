"""`navnenyt run`, `init` and `demo`: the commands that scrape and what they need."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from scraper.commands.options import CONFIG, ConfigOption, check_floors_or_fail, fail
from scraper.errors import NavnenytError

if TYPE_CHECKING:
    from scraper.config import Settings
    from scraper.summary import RunSummary


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
    check_floors_or_fail()
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
    from scraper.display import BarReporter, PlainReporter, Waited
    from scraper.run import run as run_once

    console = Console()
    if not console.is_terminal:
        return run_once(settings, names, reporter=PlainReporter(), told=Waited(), **clockwork)
    reporter = BarReporter(console)
    with reporter.progress:
        return run_once(settings, names, reporter=reporter, told=Waited(), **clockwork)


def demo(
    folder: Annotated[Path, typer.Option("--dir", help="Where the demo's database and archive go.")] = Path("demo"),
    serve: Annotated[
        bool, typer.Option("--serve", help="Only serve the replica site until Ctrl-C, to look at it in a browser.")
    ] = False,
) -> None:
    """Run the whole job against a small site of invented people, served on this machine.

    Example: navnenyt demo
    """
    check_floors_or_fail()
    from scraper.demo import play, serve_only

    try:
        raise typer.Exit(int(serve_only(folder) if serve else play(folder)))
    except NavnenytError as error:
        fail(error)
