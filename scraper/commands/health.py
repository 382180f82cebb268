"""`navnenyt health`: what is broken, what to do about it, and what is usual."""

from __future__ import annotations

from typing import Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, DatabaseOption, FormatOption, database_url, fail
from scraper.errors import ConfigError, ExitStatus, NavnenytError
from scraper.formats import Format


def health(  # noqa: PLR0917 - typer calls it with names
    form: FormatOption = Format.TABLE,
    run: Annotated[int | None, typer.Option("--run", help="As that run found it, instead of the last.")] = None,
    accept: Annotated[
        str | None,
        typer.Option("--accept", metavar="SOURCE", help="What this source gave last is right: compare with that."),
    ] = None,
    notify_test: Annotated[
        bool, typer.Option("--notify-test", help="Send a test message to the addresses under notify:.")
    ] = False,
    config: ConfigOption = CONFIG,
    database: DatabaseOption = None,
) -> None:
    """Explain what is broken at each source and what to do; show what healthy sources give beside what is usual.

    Example: navnenyt health

    Exit status: 0 all is well, 4 a source is degraded. docs/health.md explains every alarm.
    """
    from db.engine import make_engine
    from db.query import run_query
    from db.store import Store
    from scraper.health_report import print_health, rows_of

    try:
        if notify_test:
            raise typer.Exit(_notify_test(config))
        url = database_url(config, database)
        run_query(url, "SELECT 1 FROM alarms LIMIT 1")  # says so when there is no database of ours, and makes none
        store = Store(make_engine(url))
        if accept is not None and store.accept(accept) is None:
            raise ConfigError(f"Nothing was ever measured of a source {accept!r}.", hint="See `navnenyt status`.")
        standings = store.standings(run)
        if run is not None and not standings:
            raise ConfigError(f"Run {run} judged no source.", hint="The runs are in the view source_runs.")
    except NavnenytError as error:
        fail(error)
    if form is Format.TABLE:
        print_health(standings)
    else:
        from scraper.display import write_rows

        columns, rows = rows_of(standings)
        write_rows(columns, rows, form)
    raise typer.Exit(int(ExitStatus.DEGRADED if any(one.alarms for one in standings) else ExitStatus.OK))


def _notify_test(config: str | object) -> int:
    from pathlib import Path

    from scraper.config import load
    from scraper.display import print_line
    from scraper.notify import deliver

    notify = load(Path(str(config))).notify
    if not notify.urls:
        raise ConfigError("No address stands under notify: urls:.", hint="See docs/health.md for what to write there.")
    deliveries = deliver(notify, "navnenyt: a test", "If you read this, alarms will reach you here.")
    for delivery in deliveries:
        print_line(f"{delivery.address}: {'sent' if delivery.sent else 'NOT sent'}")
    return int(ExitStatus.OK if all(delivery.sent for delivery in deliveries) else ExitStatus.ERROR)
