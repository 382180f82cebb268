"""`navnenyt demo`: the real main job, end to end, against the replica site on this machine.

Real HTTP, real pages, the real database; only the site, its people and its companies are invented, and its clock can
be moved on.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console

from db.query import run_query
from db.trends import trend
from scraper.commands.run import watched_run
from scraper.config import Settings, load
from scraper.display import print_summary, print_table
from scraper.errors import ConfigError, ExitStatus
from scraper.replica import Replica, ReplicaServer

START = datetime(2026, 1, 12, 8, 0, tzinfo=UTC)
WEEKS = 3
OURS = (
    "navnenyt.db",
    "navnenyt.db-journal",
    "navnenyt.db-wal",
    "navnenyt.db-shm",
    "config.yaml",
    "archive",
    "backups",
    "logs",
)
"""What an earlier demo left in its folder; nothing else there is touched."""

NEWEST = """
SELECT person, role, company, start_date AS starts, nullif(previous_company, company) AS came_from
FROM moves ORDER BY first_seen DESC, start_date DESC, person LIMIT 10
"""
OPEN_ADS = """
SELECT company, title, region, date(first_seen) AS first_seen, times_seen
FROM job_ads WHERE is_open ORDER BY region IS NULL, times_seen DESC, company, title LIMIT 10
"""
TRENDS = ("hires_by_month", "companies_hiring_most", "where_people_come_from")


def prepare(folder: Path, server: ReplicaServer) -> Settings:
    """A fresh folder with a config for the replica. Raises ConfigError when the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in OURS:
            path = folder / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        config = folder / "config.yaml"
        config.write_text(server.config(data_dir=folder.resolve()), encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"{folder} cannot be written: {error.strerror}.", hint="Name another folder: navnenyt demo --dir PATH"
        ) from error
    return load(config)


def moving_clock(replica: Replica) -> Callable[[], datetime]:
    """The replica's own time, moving on as real time does."""
    began = time.monotonic()
    return lambda: replica.now + timedelta(seconds=time.monotonic() - began)


def no_wait(_seconds: float) -> None:
    """The replica is ours and needs no sparing."""


def play(folder: Path) -> ExitStatus:
    """Scrape the replica, let some weeks pass, scrape it again, and show what is in the database."""
    console = Console(highlight=False)
    replica = Replica(seed=1, start=START)
    with ReplicaServer(replica) as server:
        settings = prepare(folder, server)
        clock = moving_clock(replica)
        console.print(
            "A replica of a news site, a second one and a job board are served on this machine:"
            f"\n  {server.news_url}  {server.second_url}  {server.jobs_url}\nAll people and companies are invented.\n"
        )
        status = ExitStatus.OK
        for week in (0, WEEKS):
            if week:
                replica.advance(weeks=week)
            console.print(f"[bold]{replica.now:%A %d %B %Y}[/]" + (f", {week} weeks later" if week else ""))
            summary = watched_run(settings, clock=clock, sleep=no_wait)
            print_summary(summary, console)
            console.print()
            status = status or summary.exit_status
            if status is ExitStatus.INTERRUPTED:
                return status
    for title, sql in (("The newest moves", NEWEST), ("Open job ads", OPEN_ADS)):
        result = run_query(settings.database, sql)
        print_table(result.columns, result.rows, title=title)
    for name in TRENDS:
        question = trend(name)
        answer = run_query(settings.database, question.sql)
        print_table(answer.columns, answer.rows[:10], title=question.title, bars=True)
    config = folder / "config.yaml"
    database = folder / "navnenyt.db"
    console.print(f"\nIt is all in {database}. Ask it:", soft_wrap=True)
    for command in ('query "SELECT * FROM moves LIMIT 3"', "trends", "status"):
        console.print(f"  navnenyt {command} --config {config}", soft_wrap=True)
    return status


def serve_only(folder: Path) -> ExitStatus:
    """Serve the replica until Ctrl-C, with a config for it in the folder."""
    console = Console(highlight=False)
    replica = Replica(seed=1, start=START)
    with ReplicaServer(replica) as server:
        prepare(folder, server)
        console.print(
            f"News site   {server.news_url}\nSecond site {server.second_url}\nJob board   {server.jobs_url}"
            f"\n\nIn another terminal: navnenyt run --config {folder / 'config.yaml'}\nCtrl-C ends it.",
            soft_wrap=True,
        )
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            console.print("Ended.")
    return ExitStatus.OK
