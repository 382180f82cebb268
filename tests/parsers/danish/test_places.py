from __future__ import annotations

import pytest

from scraper.parsers.danish.places import place_at, places_at


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Odense, hvor", "Odense"),
        ("Kgs. Lyngby.", "Kgs. Lyngby"),
        ("Høje Taastrup og", "Høje Taastrup"),
        ("New York som", "New York"),
        ("Nord- og Østeuropa.", "Nord- og Østeuropa"),
    ],
)
def test_places_of_the_tables_are_read_whole(text: str, place: str) -> None:
    """Towns of several words and joined regions come out whole."""
    span = place_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == place


def test_a_town_that_stands_in_no_table_is_known_by_its_look_when_asked() -> None:
    """A guess is made only where a caller asks for one."""
    assert place_at("Ubberup,", 0) is None
    assert place_at("Ubberup,", 0, guess=True) == (0, 7)
    assert place_at("Granit,", 0, guess=True) is None


def test_an_enumeration_of_countries_is_one_place() -> None:
    """The places of "Danmark, Norge og Finland" are where one job lies."""
    text = "Danmark, Norge og Finland med ansvar"
    assert places_at(text, 0) == (0, 25)
    assert places_at("salg", 0) is None
