"""The questions: each file says what it asks, and its answer is right."""

from __future__ import annotations

import re
from typing import Any

import pytest

from db.query import run_query
from db.trends import Chart, Trend, read_trend, trend, trends
from scraper.errors import QueryError
from tests.db.conftest import Desk
from tests.db.market import open_market


def ask(desk: Desk, name: str, **parameters: Any) -> list[dict[str, Any]]:
    answer = run_query(f"sqlite:///{desk.path}", trend(name).sql, parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


KINDS = {"line", "area", "bar", "ranked", "heatmap", "none"}


@pytest.fixture
def market(desk: Desk) -> Desk:
    """The small market of a year."""
    return open_market(desk.store, desk)


def test_the_questions_there_are() -> None:
    """Each .sql file is a question by itself, in the order of their names."""
    names = [question.name for question in trends()]
    assert names == sorted(names)
    assert len(names) >= 21


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_a_questions_columns_are_those_it_explains(market: Desk, question: Trend) -> None:
    """The columns of an answer are those of the file's first comment, in order, each with its meaning."""
    answer = run_query(f"sqlite:///{market.path}", question.sql)
    assert answer.columns == tuple(question.columns)
    assert answer.rows or question.name in {"net_talent_flow", "companies_accelerating"}
    assert all(question.columns.values())
    assert question.title[0].isupper()
    assert question.description.endswith(".")


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_a_question_takes_the_parameters_it_explains(market: Desk, question: Trend) -> None:
    """Each parameter is used, none is used unexplained, and one that nothing fits leaves no or another answer."""
    used = set(re.findall(r"(?<!:):(\w+)", question.sql))
    assert used == set(question.parameters)
    whole = ask(market, question.name)
    for name, value in {"company": "Nobody", "function": "nothing", "region": "Nowhere", "since": "2030-01-01"}.items():
        if name in used and whole:
            assert ask(market, question.name, **{name: value}) != whole


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_a_count_over_time_tells_the_days_watched(question: Trend) -> None:
    """A question whose answer goes over months says on how many days of each its sources were well."""
    if question.chart is not None and question.chart.x == "month":
        assert "days_watched" in question.columns


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_a_chart_draws_columns_of_the_answer(question: Trend) -> None:
    """What a chart needs is among the columns."""
    chart = question.chart
    assert "-- chart: " in question.sql
    if chart is not None:
        assert chart.kind in KINDS
        assert {chart.x, chart.y, chart.color or chart.x} <= set(question.columns)


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_an_empty_database_gives_an_empty_answer(desk: Desk, question: Trend) -> None:
    """Before the first hire no question fails."""
    assert ask(desk, question.name) == []


def test_an_unknown_question_names_the_known() -> None:
    """A question that is not there is told with those that are."""
    with pytest.raises(QueryError, match="'salaries'") as told:
        trend("salaries")
    assert "hires_by_month" in told.value.hint


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("-- title: T\n-- description: D.\nSELECT 1", "lacks column"),
        ("-- title: T\n-- column a: b\nSELECT 1", "lacks description"),
        ("SELECT 1", "lacks title, description, column"),
        ("--   goes on\nSELECT 1", "from nothing"),
        ("--title: T\nSELECT 1", "not understood"),
        ("-- title: T\n-- description: D.\n-- column a: b\n-- chart: pie x=a y=a\nSELECT 1", "no chart"),
        ("-- title: T\n-- description: D.\n-- column a: b\n-- chart: bar x=a y=c\nSELECT 1", "no column: c"),
        ("-- title: T\n-- description: D.\n-- column a: b\n-- chart: heatmap x=a y=a\nSELECT 1", "needs color="),
        ("-- title: T\n-- no such word\nSELECT 1", "from nothing"),
    ],
)
def test_a_file_that_does_not_say_what_it_asks(sql: str, words: str) -> None:
    """A question without its title, description or columns is refused with what is missing."""
    with pytest.raises(ValueError, match=words):
        read_trend("x", sql)


def test_a_long_description_goes_on() -> None:
    """A sentence may go on over several lines."""
    read = read_trend("x", "-- title: T\n-- description: One\n--   two.\n-- column a: b\n--   c\nSELECT 1 AS a\n-- end")
    assert (read.description, read.columns) == ("One two.", {"a": "b c"})


def test_a_question_says_how_it_is_drawn() -> None:
    """A chart names its kind and columns; a question without one is not drawn."""
    head = "-- title: T\n-- description: D.\n-- column month: m\n-- column hires: n\n-- column function: f\n"
    drawn = read_trend("x", f"{head}-- chart: area x=month y=hires color=function\nSELECT 1")
    assert drawn.chart == Chart(kind="area", x="month", y="hires", color="function")
    assert read_trend("x", f"{head}-- chart: none\nSELECT 1").chart is None
    assert read_trend("x", f"{head}SELECT 1").chart is None
