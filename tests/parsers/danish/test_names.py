from __future__ import annotations

import pytest

from scraper.parsers.danish.names import person_at


@pytest.mark.parametrize(
    "name",
    [
        "Ann Holm",
        "Søren Aa. Bak",
        "H.C. Frost",
        "Ane-Marie von der Lieth",
        "José da Silva Lund",
        "Per Klittegaard",
        "Liv O'Brien",
        "Bo B.T. Lund",
        "Óli á Deild",
        "Åse Østergård Krogh Lund",
    ],
)
def test_a_name_is_read_to_its_end(name: str) -> None:
    """Particles, initials and hyphens stay inside; the word after the name does not."""
    text = f"{name} er ansat"
    span = person_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == name


@pytest.mark.parametrize("text", ["hun er ansat", "Han er ansat", "35 år", "", "A/S er", "Siden 2012"])
def test_what_is_no_name_gives_none(text: str) -> None:
    """Pronouns, numbers and legal forms are nobody."""
    assert person_at(text, 0) is None


def test_a_nickname_in_quotes_stays_inside() -> None:
    """A nickname between the names does not end them."""
    text = 'Bo "Bolden" Lund er ansat'
    assert person_at(text, 0) == (0, 16)
