"""The answers of the questions about hires, counted by hand on the market of tests/db/market.py."""

from __future__ import annotations

from typing import Any

import pytest

from db.query import run_query
from db.trends import trend
from tests.db.conftest import Desk, hire
from tests.db.market import open_market, run


@pytest.fixture
def market(desk: Desk) -> Desk:
    """The small market of a year."""
    return open_market(desk.store, desk)


def ask(desk: Desk, name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    return run_query(f"sqlite:///{desk.path}", trend(name).sql, parameters).rows


def test_hires_by_month(market: Desk) -> None:
    """Every hire counts once, in the month of its start or first sighting; a watched month without one counts 0."""
    rows = ask(market, "hires_by_month")
    assert [row[:3] for row in rows if row[1]] == [
        ("2025-05", 1, 1),
        ("2025-06", 3, 2),
        ("2025-12", 2, 1),
        ("2026-01", 1, 1),
    ]
    assert [row[0] for row in rows] == [
        *(f"2025-{month:02}" for month in range(3, 13)),
        "2026-01",
    ]
    assert sum(row[1] for row in rows) == market.row("SELECT count(*) AS n FROM moves WHERE kind = 'hire'")["n"]
    assert {row[3] for row in rows} == {None}, "no year has gone by"
    assert [row[4] for row in rows] == [2, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1]


def test_the_trend_is_the_mean_of_twelve_months(market: Desk) -> None:
    """From the twelfth month on the trend is the mean of a year; a filter on time does not cut what it rests on."""
    run(market, "2026-03-02", hire("Ida Juul", "Beta", start="2026-03-01"))
    rows = {row[0]: row for row in ask(market, "hires_by_month", since="2026-02-01")}
    assert set(rows) == {"2026-02", "2026-03"}
    assert rows["2026-02"][3] == pytest.approx(7 / 12, abs=0.05)
    assert rows["2026-03"][3] == pytest.approx(8 / 12, abs=0.05)


def test_filters_of_hires(market: Desk) -> None:
    """Time, company by any of its names, function and region narrow the answer."""

    def months(**filters: str) -> dict[str, int]:
        return {row[0]: row[1] for row in ask(market, "hires_by_month", **filters) if row[1]}

    assert months(company="ALFA") == {"2025-05": 1, "2025-06": 1, "2025-12": 2}
    assert months(company="Nobody at all") == {}
    assert months(function="project") == {"2025-06": 1, "2026-01": 1}
    assert months(region="Midtjylland") == {"2025-06": 1, "2025-12": 1}
    assert months(since="2025-06-30", until="2025-12-01") == {"2025-06": 3, "2025-12": 2}
    assert months(company="beta", function="development", region="Syddanmark") == {"2025-06": 1}


def test_companies_hiring_most(market: Desk) -> None:
    """Companies by their hires, a promotion is none."""
    assert ask(market, "companies_hiring_most") == [
        ("Alfa A/S", 4, "2025-12", 0),
        ("Beta", 2, "2025-06", 0),
        ("Sydlys", 1, "2026-01", 0),
    ]
    assert ask(market, "companies_hiring_most", function="sales") == [("Alfa A/S", 1, "2025-12", 0)]


def test_companies_that_hire_more(market: Desk) -> None:
    """A year against the year before, weighed by the days watched in each."""
    assert ask(market, "companies_accelerating") == [], "the year before was not watched"
    people = [hire(f"Person {number}", "Beta", start="2026-11-01") for number in range(5)]
    run(market, "2026-11-02", *people, hire("Nr. 1", "Alfa", start="2026-11-01"))
    run(market, "2026-12-01", hire("Nr. 2", "Alfa", start="2026-12-01"))
    # 2026 was watched on three days, 2025 on five: three eighths of all hires of both years are to be expected.
    assert ask(market, "companies_accelerating") == [("Beta", 5, 2, 2.6, 3.4, 3, 5), ("Sydlys", 1, 0, 0.4, 1.7, 3, 5)]
    assert ask(market, "companies_accelerating", until="2025-12-31") == []


def test_net_talent_flow(market: Desk) -> None:
    """Who gains from whom; one company's pairs, or the greatest of all."""
    assert ask(market, "net_talent_flow", company="Alfa") == [
        ("Alfa A/S", "Beta", 1, 1, 0),
        ("Alfa A/S", "Sydlys", 1, 1, 0),
    ]
    assert ask(market, "net_talent_flow") == [], "single moves are no flow"
    run(market, "2026-02-01", *(hire(f"P {n}", "Beta", previous_company="Sydlys", start="2026-02-01") for n in (1, 2)))
    assert ask(market, "net_talent_flow") == [("Beta", "Sydlys", 3, 0, 3)]
    assert ask(market, "net_talent_flow", company="sydlys") == [
        ("Sydlys", "Beta", 0, 3, -3),
        ("Sydlys", "Alfa A/S", 1, 1, 0),
    ]


def test_where_people_come_from_and_go(market: Desk) -> None:
    """The employers people were hired from, and those they went to, without moves within one company."""
    assert ask(market, "where_people_come_from") == [
        ("Alfa A/S", 2, 2, "2026-01"),
        ("Sydlys", 2, 2, "2025-06"),
        ("Beta", 1, 1, "2025-05"),
    ]
    assert ask(market, "where_people_come_from", company="Beta") == [
        ("Alfa A/S", 1, 1, "2025-06"),
        ("Sydlys", 1, 1, "2025-06"),
    ]
    assert ask(market, "where_people_go") == [
        ("Alfa A/S", 2, 2, "2025-06"),
        ("Beta", 2, 2, "2025-06"),
        ("Sydlys", 1, 1, "2026-01"),
    ]
    assert ask(market, "where_people_go", company="Alfa") == [("Beta", 1, 1, "2025-06"), ("Sydlys", 1, 1, "2026-01")]


def test_functions_and_seniority_over_time(market: Desk) -> None:
    """Hires of each month by what the role is about and by its level."""
    assert ask(market, "functions_over_time", since="2025-06-01") == [
        ("2025-06", "development", 2, 0.667, 1),
        ("2025-06", "project", 1, 0.333, 1),
        ("2025-12", "development", 1, 0.5, 1),
        ("2025-12", "sales", 1, 0.5, 1),
        ("2026-01", "project", 1, 1.0, 1),
    ]
    assert ask(market, "seniority_over_time", since="2025-06-01") == [
        ("2025-06", "professional", 2, 0.667, 1),
        ("2025-06", "senior", 1, 0.333, 1),
        ("2025-12", "professional", 2, 1.0, 1),
        ("2026-01", "manager", 1, 1.0, 1),
    ]


def test_regions(market: Desk) -> None:
    """Hires by region; what states no place stands apart."""
    assert ask(market, "regions") == [
        ("Midtjylland", 2, 1, 0.5, 0),
        ("Syddanmark", 2, 1, 0.5, 0),
        ("not stated", 3, 2, None, 1),
    ]


def test_lead_time(market: Desk) -> None:
    """Days from the announcement to the start, of hires that state the day."""
    assert ask(market, "lead_time") == [
        ("2025-05", 1, -1, 0.0, 1),
        ("2025-06", 2, 31, 0.5, 1),  # 31 days before, and 9 days after
        ("2025-12", 2, 14, 0.5, 1),
        ("2026-01", 1, 31, 1.0, 1),
    ]


def test_people_who_come_back(market: Desk) -> None:
    """By the announcement's own words, or by an earlier hire with another employer in between."""
    back = ("Anna Ahl", "Sydlys", "Projektchef", "2026-01", "announcement", "Alfa A/S")
    assert ask(market, "returning_people") == [back]
    run(market, "2026-03-02", hire("Anna Ahl", "Alfa", start="2026-03-01", role="Direktør", previous_company="Sydlys"))
    assert ask(market, "returning_people") == [
        ("Anna Ahl", "Alfa A/S", "Direktør", "2026-03", "earlier hire", "Sydlys"),
        back,
    ]


def test_a_hire_told_twice_is_no_return(market: Desk) -> None:
    """Half a year later the same hire is told in other words: the person comes from the same employer both times."""
    before = ask(market, "returning_people")
    run(market, "2025-07-02", hire("Ida Ek", "Alfa", start="2025-07-01", role="Chef", previous_company="Granit"))
    run(market, "2026-03-02", hire("Ida Ek", "Alfa", start="2026-03-01", role="Salgschef", previous_company="Granit"))
    assert ask(market, "returning_people") == before


def test_schools_and_degrees(market: Desk) -> None:
    """Schools, or degrees, by the people hired who have them."""
    assert ask(market, "schools_and_degrees") == [
        ("Fjord Universitet", 2, 2, "2026-01"),
        ("Bugt Akademi", 1, 1, "2025-12"),
    ]
    assert ask(market, "schools_and_degrees", what="degree") == [("cand.it", 1, 1, "2026-01"), ("HD", 1, 1, "2026-01")]


def test_first_hires_of_a_function(market: Desk) -> None:
    """A company's first hire in a function after hires in others; its very first hires are no such sign."""
    assert ask(market, "first_hires_of_a_function") == [("Alfa A/S", "sales", "2025-12", "Sælger", "Eva Fog", 1, 2)]
    assert ask(market, "first_hires_of_a_function", function="development") == []


def test_new_companies(market: Desk) -> None:
    """Companies by the month of their first hire, the newest first."""
    assert ask(market, "new_companies") == [
        ("Sydlys", "2026-01", 1, 1, 0),
        ("Beta", "2025-06", 2, 2, 0),
        ("Alfa A/S", "2025-05", 4, 2, 0),
    ]


def test_roles_hired(market: Desk) -> None:
    """Roles by their hires, with what each is taken for."""
    assert ask(market, "roles_hired", until="2025-12-31") == [
        ("Systemudvikler", "development", "professional", 3, 1, "2025-12"),
        ("Projektleder", "project", "professional", 1, 1, "2025-06"),
        ("Senior udvikler", "development", "senior", 1, 1, "2025-06"),
        ("Sælger", "sales", "professional", 1, 1, "2025-12"),
    ]
