"""One company, one person, in rows."""

from __future__ import annotations

from scraper.records import MoveKind
from tests.db.conftest import Desk, ad, hire


def test_spellings_of_a_company_are_kept(desk: Desk) -> None:
    """A company is one row however it is spelled; each spelling is kept with the fetch that showed it first."""
    first = desk.page(hire(company="netFyr"), identity="1")
    second = desk.page(hire("Bo Tværsted", "Netfyr A/S"), ad("NETFYR A/S"), identity="2")
    desk.page(hire("Ida Rønbjerg", "Netfyr A/S"), identity="3")
    assert desk.row("SELECT name, names, hires, moves, job_ads FROM companies") == {
        "name": "netFyr",
        "names": "NETFYR A/S | Netfyr A/S | netFyr",
        "hires": 3,
        "moves": 3,
        "job_ads": 1,
    }
    assert desk.rows("SELECT name, first_fetch_id FROM company_name ORDER BY id") == [
        {"name": "netFyr", "first_fetch_id": first.fetch_id},
        {"name": "Netfyr A/S", "first_fetch_id": second.fetch_id},
        {"name": "NETFYR A/S", "first_fetch_id": second.fetch_id},
    ]


def test_a_new_spelling_of_a_known_move_is_kept(desk: Desk) -> None:
    """A page that spells the company of a known move otherwise adds the spelling and no move."""
    desk.page(hire(company="Netfyr A/S"), identity="1")
    assert desk.page(hire(company="netFyr"), identity="2").new_moves == 0
    assert desk.column("SELECT names FROM companies") == ["Netfyr A/S | netFyr"]


def test_the_company_left_is_a_company(desk: Desk) -> None:
    """The former employer is a company too, with the number of people whom others hired away from it."""
    desk.page(
        hire(previous_company="Sydlys ApS"),
        hire("Bo Tværsted", "Alfa", previous_company="sydlys"),
        hire("Ida Rønbjerg", "SYDLYS", previous_company="Sydlys"),
    )
    row = desk.row("SELECT hires, hired_away FROM companies WHERE name = 'Sydlys ApS'")
    assert row == {"hires": 1, "hired_away": 2}
    assert desk.column("SELECT DISTINCT previous_company FROM moves") == ["Sydlys ApS"]


def test_one_person_in_a_chain_of_jobs(desk: Desk) -> None:
    """The same name is one person where a company of the one move is a company of the other."""
    desk.page(hire("Bo Tværsted", "Alfa A/S"), identity="1")
    desk.page(hire("BO TVÆRSTED", "Beta", previous_company="ALFA", start="2026-06"), identity="2")
    row = desk.row("SELECT name, moves, latest_company, latest_start_date FROM people")
    assert row == {"name": "Bo Tværsted", "moves": 2, "latest_company": "Beta", "latest_start_date": "2026-06"}


def test_namesakes_are_two_people(desk: Desk) -> None:
    """The same name at companies that nothing ties is two people."""
    desk.page(hire("Bo Tværsted", "Alfa"), hire("Bo Tværsted", "Beta"))
    assert desk.column("SELECT count(*) FROM people") == [2]


def test_a_link_that_comes_late(desk: Desk) -> None:
    """Two rows of one name become one person when a later move ties them, and a third namesake stays apart."""
    first, second = hire("Bo Tværsted", "Alfa", start="2023-02"), hire("Bo Tværsted", "Beta", start="2024-05")
    desk.page(first, second, hire("Bo Tværsted", "Gamma"))
    desk.page(hire("Bo Tværsted", "Delta", previous_company="Beta", earlier_companies=("Alfa A/S",)), identity="2")
    assert desk.column("SELECT moves FROM people ORDER BY moves") == [1, 3]


def test_an_unemployed_name_is_not_made_twice(desk: Desk) -> None:
    """A move that names no company is one person, however often it is seen."""
    award = hire(company=None, kind=MoveKind.AWARD, start=None, text="Bo har fået en pris.")
    desk.page(award, identity="1")
    desk.page(award, identity="2")
    assert desk.column("SELECT count(*) FROM people") == [1]
    assert desk.column("SELECT company FROM moves") == [None]
