"""`navnenyt replay`: what today's parser would make of the archive."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, FormatOption, fail
from scraper.errors import NavnenytError
from scraper.formats import Format

if TYPE_CHECKING:
    from scraper.config import Settings
    from scraper.replay import Replayed


def replay(
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Only pages fetched on this day (UTC) or later.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only this source; may be given several times.")] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Make the changes, all at once, and keep what they replaced.")
    ] = False,
    form: FormatOption = Format.TABLE,
    config: ConfigOption = CONFIG,
) -> None:
    """Read the archive through today's parser and show what would change in the database.

    Example: navnenyt replay --since 2026-01-01

    Example: navnenyt replay --apply

    Nothing is changed without --apply. Exit status: 0, whatever there is to change; see docs/archive.md.
    """
    from scraper.config import load
    from scraper.display_replay import print_replay

    try:
        settings = load(config)
        found = _watched(settings, tuple(source or ()), since, apply=apply)
    except NavnenytError as error:
        fail(error)
    print_replay(found, form, applied=apply)


def _watched(settings: Settings, names: tuple[str, ...], since: datetime | None, *, apply: bool) -> Replayed:
    """The replay, with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from scraper.display import Waited
    from scraper.replay import replay as replay_archive

    day = since.date() if since else None
    console = Console(stderr=True)
    if not console.is_terminal:
        return replay_archive(settings, names, since=day, apply=apply, told=Waited())
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the archive", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        return replay_archive(settings, names, since=day, apply=apply, progress=progress, told=Waited())
