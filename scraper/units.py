"""The schedule written for the schedulers that a machine has: a systemd service with its timer, or lines for cron."""

from __future__ import annotations

import getpass
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from scraper.config import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """What is installed here: the program, its config file, the user it runs as and the folder it writes to."""

    program: Path
    config: Path
    data_dir: Path
    user: str


def this_installation(settings: Settings, config: Path) -> Installation:
    """What runs here now. The program is the `navnenyt` command beside this Python."""
    return Installation(
        program=Path(sys.executable).parent / "navnenyt",
        config=config.resolve(),
        data_dir=settings.data_dir.resolve(),
        user=getpass.getuser(),
    )


def _systemd(path: Path) -> str:
    """A path in a unit file: quoted, with the percent signs and backslashes that systemd reads doubled."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if any(sign in text for sign in " \t\"'") else text


def service(here: Installation) -> str:
    """navnenyt.service: one run, with no more rights than it needs."""
    program, config, data = _systemd(here.program), _systemd(here.config), _systemd(here.data_dir)
    return f"""\
# navnenyt.service
[Unit]
Description=navnenyt: scrape the sources once
Documentation=man:systemd.service(5)
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={here.user}
ExecStart={program} run --config {config}
# A run that is stopped ends the page it is at.
TimeoutStartSec=6h
TimeoutStopSec=2min
Nice=10
UMask=0077
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={data}
"""


def timer(settings: Settings) -> str:
    """navnenyt.timer: the slots; a slot missed while the machine was off is run once at its next start."""
    schedule = settings.schedule
    calendar = "\n".join(f"OnCalendar=*-*-* {at:%H:%M}:00 {schedule.time_zone}" for at in schedule.clock_times)
    return f"""\
# navnenyt.timer
[Unit]
Description=navnenyt: when to scrape

[Timer]
{calendar}
RandomizedDelaySec={round(schedule.jitter * 60)}
AccuracySec=1s
Persistent=true

[Install]
WantedBy=timers.target
"""


def crontab(settings: Settings, here: Installation) -> str:
    """Lines for `crontab -e`. Cron catches nothing up and has no delay of its own: the shell waits."""
    schedule = settings.schedule
    seconds = round(schedule.jitter * 60)
    wait = f"sleep $((RANDOM \\% {seconds})); " if seconds else ""
    program, config = (shlex.quote(str(path)).replace("%", "\\%") for path in (here.program, here.config))
    lines = [f"{at.minute} {at.hour} * * * {wait}{program} run --config {config}" for at in schedule.clock_times]
    return "\n".join(
        [
            "# cronie reads CRON_TZ; Debian's cron goes by the machine's own time zone (see `timedatectl`).",
            f"CRON_TZ={schedule.time_zone}",
            "SHELL=/bin/bash",
            *lines,
            "",
        ]
    )
