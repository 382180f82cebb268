"""Profiles of companies and people: all that is known, each thing with its sentence and pages."""

from __future__ import annotations

from contextlib import closing

import pytest

from db.engine import connect_read_only
from db.profiles import CompanyProfile, PersonProfile, company_profile, person_profile, person_profiles
from scraper.errors import UnknownName
from tests.db.conftest import Desk, ad, hire


def company(desk: Desk, name: str | int, **more: int) -> CompanyProfile:
    with closing(connect_read_only(desk.path)) as connection:
        return company_profile(connection, name, **more)


def people(desk: Desk, name: str) -> list[PersonProfile]:
    with closing(connect_read_only(desk.path)) as connection:
        return person_profiles(connection, name)


@pytest.fixture
def told(desk: Desk) -> Desk:
    """A company with two spellings, a hire seen on two pages, one who left, one who was there earlier, and two ads."""
    desk.page(
        hire("Åse Bækgaard", "Nordlys Data A/S", previous_company="Fjordbyte ApS"), ad("Nordlys Data A/S"), identity="1"
    )
    desk.page(hire("Åse Bækgaard", "Nordlys Data A/S", previous_company="Fjordbyte ApS"), identity="2")
    desk.page(hire("Bo Holm", "Ærø Software", previous_company="nordlys data"), identity="3")
    desk.page(hire("Ida Krog", "Ærø Software", role="Tester", earlier_companies=("Nordlys Data",)), identity="4")
    desk.page(ad("Nordlys Data", "Tester"), identity="5")
    return desk


def test_a_company_in_any_spelling_with_all_that_is_known(told: Desk) -> None:
    """Moves to it, people who left, those who name it, ads and spellings; the counts are of all."""
    profile = company(told, "NORDLYS DATA")
    assert profile.name == "Nordlys Data A/S"
    assert [move.person for move in profile.moves] == ["Åse Bækgaard"]
    assert [move.person for move in profile.left] == ["Bo Holm"]
    assert [move.person for move in profile.named] == ["Ida Krog"]
    assert {one.title for one in profile.job_ads} == {"Softwarearkitekt", "Tester"}
    assert {spelling.name for spelling in profile.spellings} == {"Nordlys Data A/S", "nordlys data", "Nordlys Data"}
    assert all(spelling.url.startswith("https://bladet.example/art/") for spelling in profile.spellings)
    assert profile.counts == {"moves": 1, "hires": 1, "left": 1, "named": 1, "job_ads": 2, "open_job_ads": 2}
    assert company(told, profile.id) == profile


def test_each_thing_has_its_sentence_and_every_page_that_showed_it(told: Desk) -> None:
    """A move leads to the words that state it and to each page, with the days."""
    (move,) = company(told, "Nordlys Data").moves
    assert move.text == "Nordlys Data A/S har ansat Åse Bækgaard. Nyt job"
    assert [page.url for page in move.pages] == ["https://bladet.example/art/1", "https://bladet.example/art/2"]
    assert {page.source for page in move.pages} == {"bladet"}
    assert move.pages[0].title == "Artikel 1"
    assert (move.first_seen, move.times_seen) == (move.pages[0].first_seen, 2)


def test_only_the_newest_are_listed_and_all_are_counted(desk: Desk) -> None:
    """A list is cut, the count is not."""
    for number in range(4):
        desk.page(hire(f"Person Nr{number}", "Alfa"), identity=str(number))
    profile = company(desk, "Alfa", most=2)
    assert [move.person for move in profile.moves] == ["Person Nr3", "Person Nr2"]
    assert profile.counts["moves"] == 4


def test_an_unknown_company_is_told_with_the_nearest_names(told: Desk) -> None:
    """A mistyped or half name leads to those that may be meant, each company once; nothing like it is said so."""
    with pytest.raises(UnknownName) as mistyped:
        company(told, "Nordlis Datta")
    assert len(mistyped.value.nearest) == 1
    assert "nordlys data" in mistyped.value.nearest[0].casefold()
    with pytest.raises(UnknownName) as half:
        company(told, "Fjordbyt")
    assert half.value.nearest == ("Fjordbyte ApS",)
    with pytest.raises(UnknownName, match="no company 'Qwxz'") as nothing:
        company(told, "Qwxz")
    assert nothing.value.hint == "No name is like it."


def test_a_person_with_each_move_and_namesakes_apart(told: Desk) -> None:
    """Two people of one name are two profiles, and each names the other with where that one is."""
    told.page(hire("Bo Holm", "Helt Andet A/S", role="Kok"), identity="9")
    first, second = people(told, "bo  HOLM")
    assert [move.company for move in first.moves] == ["Helt Andet A/S"]
    assert [move.company for move in second.moves] == ["Ærø Software"]
    assert [(one.id, one.companies) for one in first.namesakes] == [(second.id, ("Ærø Software",))]
    with closing(connect_read_only(told.path)) as connection:
        assert person_profile(connection, second.id) == second
        assert person_profile(connection, "Bo Holm") == first


def test_an_unknown_person_is_told_with_the_nearest_names(told: Desk) -> None:
    """A name with another letter is found."""
    with pytest.raises(UnknownName) as caught:
        people(told, "Aase Bækgård")
    assert caught.value.nearest[0] == "Åse Bækgaard"
    with closing(connect_read_only(told.path)) as connection, pytest.raises(UnknownName):
        person_profile(connection, 999)
