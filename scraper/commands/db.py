"""`navnenyt db backup`, `restore`, `check` and `refresh`: keeping the database safe and its facts right."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from scraper.commands.options import CONFIG, ConfigOption, fail
from scraper.errors import ConfigError, ExitStatus, NavnenytError

database = typer.Typer(no_args_is_help=True, help="Back up, restore, check and refresh the database.")


@database.command()
def backup(
    path: Annotated[
        Path | None,
        typer.Argument(help="Where to: a file, or a folder. Without one: the folder `backups` of the data."),
    ] = None,
    config: ConfigOption = CONFIG,
) -> None:
    """Copy the database, also while a run is on, and check the copy.

    Example: navnenyt db backup /mnt/disk/navnenyt.db

    Without a path the newest `backups: keep:` of config.yaml are kept; a backup with a path is never removed.
    """
    from db.backup import backup as make
    from db.backup import copy_database, prune
    from db.engine import sqlite_path
    from db.upgrade import revision_of
    from scraper.config import load
    from scraper.show.text import shown

    removed: list[Path] = []
    try:
        settings = load(config)
        source = sqlite_path(settings.database)
        revision_of(source)
        if path is None or path.is_dir():
            made = make(source, path or settings.data_dir / "backups", now=datetime.now(UTC))
        else:
            made = path
            copy_database(source, made)
        if path is None:
            removed = prune(made.parent, keep=settings.backups.keep, now=datetime.now(UTC))
    except NavnenytError as error:
        fail(error)
    console = Console(highlight=False)
    size = made.stat().st_size / 1e6
    console.print(f"{escape(shown(made))}: {size:,.1f} MB, whole. {_holds(made)}", soft_wrap=True)
    for old in removed:
        console.print(f"Removed {escape(shown(old))} (backups: keep: {settings.backups.keep}).", soft_wrap=True)


@database.command()
def restore(
    path: Annotated[Path, typer.Argument(help="The backup: a .db file.", metavar="BACKUP")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask first.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Put a backup in the database's place; the database of before stays beside it under a dated name.

    Example: navnenyt db restore data/backups/navnenyt-0002-20260112T080000000000Z.db

    A backup of an older release is brought up to date. The next run reads from the archive what was stored since.
    """
    from db.engine import sqlite_path
    from db.restore import look_into
    from db.restore import restore as put_back
    from scraper.config import load
    from scraper.display import Waited
    from scraper.run import only_run
    from scraper.show.text import shown

    console = Console(highlight=False)
    try:
        settings = load(config)
        target = sqlite_path(settings.database)
        with only_run(settings):
            look_into(path)
            if not yes:
                if not _somebody_there():
                    raise ConfigError("Nobody is there to be asked.", hint="Add --yes to restore without a question.")
                console.print(f"{escape(shown(path))}: {_holds(path)}", soft_wrap=True)
                if target.exists():
                    console.print(f"It takes the place of {escape(shown(target))}, which is kept.", soft_wrap=True)
                if not typer.confirm("Restore it?"):
                    raise typer.Exit(int(ExitStatus.OK))
            done = put_back(target, path, now=datetime.now(UTC), told=Waited())
    except NavnenytError as error:
        fail(error)
    said = " It was brought up to this release." if done.upgraded else ""
    console.print(f"{escape(shown(target))} is restored. {_holds(target)}{said}", soft_wrap=True)
    if done.kept is not None:
        console.print(f"What stood there is {escape(shown(done.kept))}.", soft_wrap=True)
    console.print("The next run reads from the archive what was fetched since.", soft_wrap=True)


@database.command()
def check(
    every: Annotated[bool, typer.Option("--all", help="Trace every fetch to the archive, not a sample.")] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Look whether the database, the archive and the disk are sound; change nothing.

    Example: navnenyt db check --all

    Exit status: 0 sound, 1 answers are missing from the archive, 2 configuration wrong, 7 disk nearly full,
    8 database locked, 9 database damaged, missing or not ours.
    """
    from scraper.check import check as look
    from scraper.check import gravest
    from scraper.config import load
    from scraper.show.text import shown

    try:
        findings = look(load(config), now=datetime.now(UTC), every=every)
    except NavnenytError as error:
        fail(error)
    console = Console(highlight=False)
    for finding in findings:
        mark = "[green]ok [/]" if finding.status is ExitStatus.OK else "[bold red]BAD[/]"
        console.print(f"{mark} {finding.what:<9} {escape(shown(finding.sentence))}", soft_wrap=True)
    raise typer.Exit(int(gravest(findings)))


@database.command()
def refresh(config: ConfigOption = CONFIG) -> None:
    """Work out anew what follows from the records: functions, regions, months, lives of ads, the search index.

    Example: navnenyt db refresh

    A run keeps all of it by itself; this is for after a change of the tables in db/tables that should count at once.
    """
    from db.facts import refresh_all
    from db.upgrade import open_database
    from scraper.config import load
    from scraper.display import Waited
    from scraper.run import only_run

    try:
        settings = load(config)
        with only_run(settings):
            now = datetime.now(UTC)
            backups, told = settings.data_dir / "backups", Waited()
            engine = open_database(settings.database, backup_dir=backups, now=now, told=told)
            with engine.begin() as connection:
                done = refresh_all(connection, told=told)
            engine.dispose()
    except NavnenytError as error:
        fail(error)
    Console(highlight=False).print(f"{done.moves:,} moves and {done.job_ads:,} job ads: all facts are worked out anew.")


def _somebody_there() -> bool:
    return sys.stdin.isatty()


def _holds(path: Path) -> str:
    """What a database holds, for a person."""
    from db.restore import look_into

    held = look_into(path)
    rows = ", ".join(
        f"{held.rows.get(table, 0):,} {name}" for table, name in (("move", "moves"), ("job_ad", "job ads"))
    )
    last = f"last run {held.last_run[:16]} UTC" if held.last_run else "no run yet"
    return f"Revision {held.revision}, {rows}, {last}."
