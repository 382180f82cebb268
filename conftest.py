"""The scorecard: each test that measures says so with `record_property("scorecard", "row|what|figure|control")`.

The table of all rows that a run of pytest measured is printed at its end: `make scorecard`.
"""

from __future__ import annotations

import logging
import os
import re
from itertools import groupby
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def parse_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs parse in the test's own process, where a test can put another parser; tests of the watchdog say so."""
    monkeypatch.setenv("NAVNENYT_FETCH__PARSE_DEADLINE", "0")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rows that were measured, in order, each figure beside its negative control's."""
    rows = []
    for outcome in ("passed", "failed"):
        for report in terminalreporter.stats.get(outcome, []):
            for name, value in getattr(report, "user_properties", ()):
                if name == "scorecard" and report.when == "call":
                    row, what, figure, control = (part.strip() for part in value.split("|"))
                    rows.append((_order(row), row, what, figure, control, outcome == "passed"))
    if not rows:
        return
    rows.sort(key=lambda row: row[:3])
    terminalreporter.section("scorecard")
    widths = [max(len(row[column]) for row in rows) for column in (2, 3)]
    for (_, number), group in groupby(rows, key=lambda row: row[:2]):
        for index, (_, _, what, figure, control, held) in enumerate(group):
            begin = f"{'  ' if held else '! '}{number if not index else '':>4}"
            terminalreporter.line(f"{begin}  {what:<{widths[0]}}  {figure:<{widths[1]}}  control: {control}")
    workers = terminalreporter.config.stash.get(_CPU, [])
    seconds = sum(os.times()[:2]) + sum(workers) if workers else _cpu_seconds()
    terminalreporter.line(f"{seconds:.0f} s of CPU time, processes that were killed aside")


_CPU = pytest.StashKey[list[float]]()


def _cpu_seconds() -> float:
    """What this process and those that it waited for have used so far."""
    return sum(os.times()[:4])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Keep what a worker of pytest-xdist used."""
    node.config.stash.setdefault(_CPU, []).append(getattr(node, "workeroutput", {}).get("cpu", 0.0))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist tells what it used."""
    told = getattr(session.config, "workeroutput", None)
    if told is not None:
        told["cpu"] = _cpu_seconds()


def _order(row: str) -> int:
    number = re.match(r"\d+", row)
    return int(number.group()) if number else 0


@pytest.fixture(autouse=True)
def heard() -> None:
    """The program's log is on in every test: a tool that a test ran may have configured logging and put it out."""
    logging.getLogger("navnenyt").disabled = False
