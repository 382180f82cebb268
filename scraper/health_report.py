"""What `navnenyt health` prints: each alarm in a sentence with what to do, each healthy source in a line of figures."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from rich.console import Console
from rich.markup import escape

from db.health import Standing
from scraper.measures import Measures
from scraper.show.text import shown

COLUMNS = ["source", "state", "run_id", "at", "stage", "code", "sentence", "advice", "since", "notified_at", "figures"]


def figures(standing: Standing) -> str:
    """What a source gave in a line, each figure beside its usual one."""
    now = Measures.from_json(standing.measures)
    usual = [Measures.from_json(kept) for kept in standing.usual]
    parts = []
    for name, value in (
        ("pages", lambda run: float(run.fetched + run.unchanged)),
        ("announcements a page", lambda run: run.announcements / run.fetched if run.fetched else None),
        ("job ads a page", lambda run: run.job_ads / run.fetched if run.fetched else None),
        ("unread", lambda run: run.unparsed / (run.moves + run.unparsed) if run.moves + run.unparsed else None),
    ):
        here = value(now)
        before = [one for run in usual if (one := value(run)) is not None]
        if here is None:
            continue
        form = "{:.0%}" if name == "unread" else "{:.3g}"
        said = f"{form.format(here)} {name}"
        parts.append(f"{said} (usually {form.format(fmean(before))})" if before else said)
    for kind, name in (("move", "announcements"), ("job_ad", "job ads")):
        if kind in standing.coverage:
            parts.append(f"{standing.coverage[kind]['share']:.0%} of the {name} in rotation seen")
    return ", ".join(parts)


def rows_of(standings: Sequence[Standing]) -> tuple[list[str], list[list[Any]]]:
    """A row for each alarm, and one for each healthy source."""
    rows: list[list[Any]] = []
    for one in standings:
        line = figures(one)
        for told in one.alarms:
            alarm = [told.stage, told.code, told.sentence, told.advice, told.since, told.notified_at]
            rows.append([one.source, "degraded", one.run_id, one.at, *alarm, line])
        if not one.alarms:
            rows.append([one.source, "healthy", one.run_id, one.at, *[None] * 6, line])
    return COLUMNS, rows


def print_health(standings: Sequence[Standing]) -> None:
    """The same for a person."""
    console = Console(highlight=False, soft_wrap=True)
    if not standings:
        console.print("No run has judged a source yet: run `navnenyt run`.")
    for one in standings:
        name, line = escape(one.source), escape(figures(one))
        if not one.alarms:
            console.print(f"[bold green]{name}[/] is well as of run {one.run_id}, {one.at:%Y-%m-%d %H:%M} UTC: {line}.")
            continue
        console.print(f"[bold red]{name}[/] is degraded as of run {one.run_id}, {one.at:%Y-%m-%d %H:%M} UTC: {line}.")
        for told in one.alarms:
            since = f" Since {told.since:%Y-%m-%d %H:%M} UTC." if told.since < one.at else ""
            console.print(f"  [red]{told.stage}[/] {told.code}: {escape(shown(told.sentence))}{since}")
            console.print(f"    {escape(shown(told.advice))}")
