"""Charts and filters of the terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from db.query import Result
from db.trends import Chart, Trend
from scraper.errors import QueryError
from scraper.show.charts_terminal import drawn_in_terminal
from scraper.show.filters import checked, day, pairs
from scraper.show.series import series
from tests.show.test_plots import KINDS, MONTHS, answer, question


def printed(kind: str, result: Result, *, width: int = 80, language: str = "en", **more: str) -> list[str]:
    drawn = series(question(kind, **more), result, language=language)
    assert drawn is not None
    console = Console(width=width, record=True, file=io.StringIO())
    console.print(drawn_in_terminal(drawn, language=language, width=width))
    return console.export_text().splitlines()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [20, 80, 200])
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Ærø Ål A/S", 3)],
        [("Åkær", 0)],
        [("Åkær", 4), ("Minus", -2)],
        [(None, 3)],
        [(month, 4.5) for month in MONTHS],
    ],
    ids=["none", "one", "zero", "below zero", "null", "two years"],
)
def test_every_kind_is_drawn_in_any_width(kind, width, rows):
    """No line is longer than the terminal is wide."""
    assert all(len(line) <= width for line in printed(kind, answer(kind, rows), width=width))


def test_bars_are_as_long_as_their_figures():
    """Lying bars, the highest first, to an eighth of a cell, with the figure in the language's marks."""
    lines = printed("ranked", answer("ranked", [("Bo", 1000), ("Åse", 2000), ("Nul", 0)]), language="da")
    bars = [line.count("█") for line in lines[2:5]]
    assert lines[2].startswith("Åse ")
    assert lines[2].rstrip().endswith("2.000")
    assert bars[0] == 2 * bars[1] > 0
    assert bars[2] == 0


def test_months_are_columns_and_those_hardly_watched_have_a_dot():
    """A column for each month, also one without a row; the note says what the dot means."""
    months = ["2026-01", "2026-02", "2026-04", "2026-05"]
    rows = [(month, at + 1, 31 if at else 3) for at, month in enumerate(months)]
    lines = printed("line", Result(("month", "hires", "days_watched"), rows), x="month")
    foot = next(line for line in lines if "└" in line)
    assert foot.count("·") == 5
    assert "Jan 2026" in lines[lines.index(foot) + 1]
    top = next(line for line in lines if line.startswith("4 │"))
    assert top.rstrip().endswith("█")
    assert lines[-1] == "Under a dot: fewer than half of the month's days were watched."


def test_divisions_are_small_columns_with_their_sum():
    """A line for each division, the largest first."""
    rows = [(month, 10 * (name == "sales") + 1, name) for month in MONTHS for name in ("data", "sales")]
    lines = printed("area", Result(("month", "hires", "function"), rows), x="month", color="function")
    assert lines[2].startswith("sales")
    assert lines[2].rstrip().endswith("264")
    assert lines[3].rstrip().endswith("24")


ASKED = Trend(
    name="q", title="T", description="D.", columns={"a": "a"}, sql="", chart=Chart(kind="bar", x="a", y="a"),
    parameters={"since": "", "until": "", "company": "", "region": "", "limit": "", "share": ""},
)  # fmt: skip


def test_filters_are_checked_before_the_question_is_asked():
    """Days may be months or years, words come in any case, numbers are numbers, a name of digits stays a name."""
    given = {
        "since": "2026",
        "until": "2026-02",
        "company": "1234",
        "region": "MIDTjylland",
        "limit": "20",
        "share": "0.5",
    }
    assert checked(ASKED, {**given, "function": None}) == {
        "since": "2026-01-01",
        "until": "2026-02-28",
        "company": "1234",
        "region": "Midtjylland",
        "limit": 20,
        "share": 0.5,
    }


def test_a_filter_that_a_question_has_not_is_told_with_those_it_has():
    """--function on a question without it names what there is."""
    with pytest.raises(QueryError, match="has no filter 'function'") as told:
        checked(ASKED, {"function": "data"})
    assert "--since" in told.value.hint
    assert "--param limit=…" in told.value.hint


@pytest.mark.parametrize("text", ["nu", "2026-13", "2026-02-30", "26", "2026-1-1", "", "2026-01-01T00"])
def test_what_is_no_day_is_told(text):
    """A day is a day, a month or a year in ISO 8601."""
    with pytest.raises(QueryError, match="is no day"):
        day(text)


def test_the_last_day_of_a_month_and_a_year():
    """Until takes in the whole month or year."""
    assert str(day("2024-02", last=True)) == "2024-02-29"
    assert str(day("2025", last=True)) == "2025-12-31"
    assert str(day("2025-12", last=True)) == "2025-12-31"
    assert str(day("2025-12-05", last=True)) == "2025-12-05"


@pytest.mark.parametrize("given", [["limit"], ["=3"], ["a=1", "a=2"]])
def test_a_parameter_that_is_no_pair_is_told(given):
    """--param is one NAME=VALUE, each name once."""
    with pytest.raises(QueryError, match="--param"):
        pairs(given)
    assert pairs(["a=1", " b = c=d "]) == {"a": "1", "b": "c=d"}
