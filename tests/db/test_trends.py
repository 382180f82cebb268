"""The questions: each file says what it asks, and its answer is right."""

from __future__ import annotations

from typing import Any

import pytest

from db.query import run_query
from db.trends import Chart, Trend, read_trend, trend, trends
from scraper.errors import QueryError
from scraper.records import MoveKind
from tests.db.conftest import Desk, ad, hire

FIVE = {
    "companies_hiring_most",
    "hires_by_month",
    "open_job_ads_by_region",
    "roles_hired",
    "where_people_come_from",
}


def ask(desk: Desk, name: str, **parameters: Any) -> list[dict[str, Any]]:
    answer = run_query(f"sqlite:///{desk.path}", trend(name).sql, parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


@pytest.fixture
def hires(desk: Desk) -> Desk:
    """Eight hires with start dates of each precision, and a promotion that is none."""
    desk.page(
        hire("A A", "Alfa A/S", role="Tester", start="2026-01-15", previous_company="Sydlys"),
        hire("B B", "alfa", role="tester", start="2026-01", previous_company="Sydlys ApS"),
        hire("C C", "Beta", role="Tester", start="2026-02-01", previous_company="Østlys"),
        hire("D D", "Beta", role="Arkitekt", start="2026", previous_company="Sydlys"),
        hire("E E", "Alfa", role=None, start=None),
        hire("F F", None, role="Udvikler", start="2025-12-31"),
        hire("G G", "Gamma", role="Udvikler", start="2026-02", previous_company="Gamma A/S"),
        hire("H H", "Alfa", role="Chef", start="2026-03-01", kind=MoveKind.PROMOTION, previous_company="Alfa"),
    )
    return desk


def test_the_questions_there_are() -> None:
    """Each .sql file is a question by itself, in the order of their names."""
    names = [question.name for question in trends()]
    assert names == sorted(names)
    assert set(names) >= FIVE


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_a_questions_columns_are_those_it_explains(hires: Desk, question: Trend) -> None:
    """The columns of an answer are those of the file's first comment, in order, each with its meaning."""
    answer = run_query(f"sqlite:///{hires.path}", question.sql)
    assert answer.columns == tuple(question.columns)
    assert all(question.columns.values())
    assert all(f":{name}" in question.sql for name in question.parameters)
    assert question.title[0].isupper()
    assert question.description.endswith(".")


@pytest.mark.parametrize("question", trends(), ids=lambda question: question.name)
def test_an_empty_database_gives_an_empty_answer(desk: Desk, question: Trend) -> None:
    """Before the first hire no question fails."""
    assert ask(desk, question.name) == []


def test_hires_by_month(hires: Desk) -> None:
    """Every hire counts once: under its month, its year where no more is known, or unknown."""
    rows = ask(hires, "hires_by_month")
    assert rows == [
        {"month": "2025-12", "hires": 1, "companies": 0},
        {"month": "2026", "hires": 1, "companies": 1},
        {"month": "2026-01", "hires": 2, "companies": 1},
        {"month": "2026-02", "hires": 2, "companies": 2},
        {"month": "unknown", "hires": 1, "companies": 1},
    ]
    assert sum(row["hires"] for row in rows) == hires.row("SELECT count(*) AS n FROM moves WHERE kind = 'hire'")["n"]


def test_hires_in_a_span_of_time(hires: Desk) -> None:
    """A span takes the hires whose start date begins in it."""
    rows = ask(hires, "hires_by_month", since="2026-01-02", until="2026-02-28")
    assert [(row["month"], row["hires"]) for row in rows] == [("2026-01", 1), ("2026-02", 2)]


def test_companies_hiring_most(hires: Desk) -> None:
    """Companies by their hires, however they are spelled, with what they have open."""
    hires.page(ad("ALFA", "Tester"), ad("Alfa", "Udvikler"))
    rows = ask(hires, "companies_hiring_most")
    assert rows == [
        {"company": "Alfa A/S", "hires": 3, "latest_start": "2026-01-15", "open_job_ads": 2},
        {"company": "Beta", "hires": 2, "latest_start": "2026-02-01", "open_job_ads": 0},
        {"company": "Gamma", "hires": 1, "latest_start": "2026-02", "open_job_ads": 0},
    ]


def test_roles_hired(hires: Desk) -> None:
    """Roles by their hires, whatever their case."""
    assert ask(hires, "roles_hired") == [
        {"role": "Tester", "hires": 3, "companies": 2, "latest_start": "2026-02-01"},
        {"role": "Udvikler", "hires": 2, "companies": 1, "latest_start": "2026-02"},
        {"role": "Arkitekt", "hires": 1, "companies": 1, "latest_start": "2026"},
    ]


def test_where_people_come_from(hires: Desk) -> None:
    """The employers people were hired from, without moves within one company."""
    assert ask(hires, "where_people_come_from") == [
        {"previous_company": "Sydlys", "hires": 3, "hired_by": 2, "latest_start": "2026-01-15"},
        {"previous_company": "Østlys", "hires": 1, "hired_by": 1, "latest_start": "2026-02-01"},
    ]


def test_open_job_ads_by_region(desk: Desk) -> None:
    """Open ads by the region they state; those that are gone are not counted."""
    desk.page(ad(title="Gone"))
    desk.end()
    desk.begin()
    desk.page(ad(region="Fyn"), ad("Beta", region="Fyn"), ad(region=None))
    desk.end()
    rows = ask(desk, "open_job_ads_by_region")
    assert [(row["region"], row["open_job_ads"], row["companies"]) for row in rows] == [
        ("Fyn", 2, 2),
        ("not stated", 1, 1),
    ]


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
