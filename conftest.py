"""The scorecard: each test that measures says so with `record_property("scorecard", "row|what|figure|control")`.

The table of all rows that a run of pytest measured is printed at its end: `make scorecard`.
"""

from __future__ import annotations

import logging
import re
from itertools import groupby

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
    rows.sort()
    terminalreporter.section("scorecard")
    widths = [max(len(row[column]) for row in rows) for column in (2, 3)]
    for (_, number), group in groupby(rows, key=lambda row: row[:2]):
        for index, (_, _, what, figure, control, held) in enumerate(group):
            begin = f"{'  ' if held else '! '}{number if not index else '':>4}"
            terminalreporter.line(f"{begin}  {what:<{widths[0]}}  {figure:<{widths[1]}}  control: {control}")


def _order(row: str) -> int:
    number = re.match(r"\d+", row)
    return int(number.group()) if number else 0


@pytest.fixture(autouse=True)
def heard() -> None:
    """The program's log is on in every test: a tool that a test ran may have configured logging and put it out."""
    logging.getLogger("navnenyt").disabled = False
