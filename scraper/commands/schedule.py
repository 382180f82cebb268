"""`navnenyt schedule`: ready units for systemd and cron, or a scheduler in the foreground."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from scraper.commands.options import CONFIG, ConfigOption, fail
from scraper.errors import NavnenytError


class Scheduler(StrEnum):
    """The schedulers that units can be printed for."""

    SYSTEMD = "systemd"
    CRON = "cron"


def schedule(
    form: Annotated[
        Scheduler | None, typer.Option("--format", "-f", help="Print only the units for this scheduler.")
    ] = None,
    run: Annotated[
        bool, typer.Option("--run", help="Stay in the foreground and run at every time, until Ctrl-C.")
    ] = False,
    config: ConfigOption = CONFIG,
) -> None:
    """Print ready systemd and cron units for config.yaml's schedule, or keep it in the foreground.

    Example: navnenyt schedule --format cron | crontab -

    Example: navnenyt schedule --run
    """
    from scraper.config import load
    from scraper.display import Waited
    from scraper.schedule import run_in_foreground, slots_of
    from scraper.units import crontab, service, this_installation, timer

    try:
        settings = load(config)
        slots_of(settings)
        if run:
            run_in_foreground(settings, config, say=_say, told=Waited())
            return
    except NavnenytError as error:
        fail(error)
    settings.data_dir.mkdir(parents=True, exist_ok=True)  # the one folder that the service may write to must be there
    here = this_installation(settings, config)
    parts = []
    if form is not Scheduler.CRON:
        parts += [service(here), timer(settings)]
    if form is not Scheduler.SYSTEMD:
        parts.append(crontab(settings, here))
    sys.stdout.write("\n".join(parts))


def _say(sentence: str) -> None:
    """One plain line, flushed, so that a service's journal shows it at once."""
    from datetime import datetime

    sys.stdout.write(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {sentence}\n")
    sys.stdout.flush()
