"""Degrees and schools as editors write them.

The people and employers are invented.
"""

from __future__ import annotations

import pytest

from scraper.parsers.moves import read_announcement
from tests.parsers.test_background import names, past


@pytest.mark.parametrize(
    ("rest", "degrees", "schools"),
    [
        (
            "Ib er uddannet cand.merc. fra Basalt Business School og datamatiker fra Erhvervsakademi Kalkby.",
            ["cand.merc.", "datamatiker"],
            ["Basalt Business School", "Erhvervsakademi Kalkby"],
        ),
        (
            "Han har en baggrund som datamatiker fra Kalkby Business College og stenhuggernes lederuddannelse fra Skiferskolen i Kalkby.",
            ["datamatiker", "stenhuggernes lederuddannelse"],
            ["Kalkby Business College", "Skiferskolen i Kalkby"],
        ),
        (
            "Ib er uddannet cand.it med fokus på it og design fra Kalkby Universitet.",
            ["cand.it"],
            ["Kalkby Universitet"],
        ),
        (
            "Ib er uddannet eksportingeniør med byggeri som linjefag fra Kalkby Teknikum.",
            ["eksportingeniør"],
            ["Kalkby Teknikum"],
        ),
        ("Ib er uddannet maskinarbejder, maskinist og tømrer.", ["maskinarbejder", "maskinist", "tømrer"], []),
        (
            "Ib er uddannet HD fra CBS og efteruddannet på blandt andet Basalt University.",
            ["HD"],
            ["CBS", "Basalt University"],
        ),
        ("Ib er uddannet edb-assistent og siden merkonom.", ["edb-assistent", "merkonom"], []),
        (
            "Han er uddannet cand.scient. fra Institut for Datalogi på Kalkby Universitet.",
            ["cand.scient."],
            ["Kalkby Universitet"],
        ),
        ("Han er uddannet cand.jur. fra Danmark.", ["cand.jur."], []),
        (
            "Han har forsvaret sin ph.d.-afhandling \"Tang: Data og 'Vand'\" på Kalkby Universitet.",
            ["ph.d."],
            ["Kalkby Universitet"],
        ),
        ("Ib har læst HD i organisation og ledelse.", ["HD i organisation og ledelse"], []),
        (
            "Han har en baggrund som cand.merc. samt en HA i økonomi - begge dele fra Kalkby Universitet.",
            ["cand.merc.", "HA i økonomi"],
            ["Kalkby Universitet"],
        ),
        (
            "Ib er AdWords-certificeret og kandidat i data fra Kalkby Universitet.",
            ["kandidat i data"],
            ["Kalkby Universitet"],
        ),
        ("Ib, der er certificeret, salgsuddannet fra Basalt og glad, ler.", ["salgsuddannet"], []),
        ("Ib har ti års erfaring med design og uddannelse inden for it-systemer.", [], []),
        ("Ib har gennemført grundforløbet i sin uddannelse som datatekniker.", ["grundforløbet"], []),
        (
            "Ib er datamatiker og har en erhvervsøkonomisk uddannelse.",
            ["datamatiker", "erhvervsøkonomisk uddannelse"],
            [],
        ),
        ("Ib blev uddannet multimediedesigner for to år siden og er glad.", ["multimediedesigner"], []),
        (
            "Ib er uddannet MBA i ledelse og oprindelig har han en officersuddannelse i flyvevåbnet.",
            ["MBA i ledelse", "officersuddannelse i flyvevåbnet"],
            [],
        ),
    ],
)
def test_degrees_with_their_schools(rest: str, degrees: list[str], schools: list[str]) -> None:
    """Each degree of a person is read with each school, also where the sentence names several."""
    found = past(rest)
    assert (names(found.education), names(found.institution)) == (degrees, schools)


def test_a_degree_before_the_name_is_no_part_of_it() -> None:
    """The degree ends where the name begins, whatever follows the name."""
    (move,) = read_announcement("Basalt har ansat cand. oecon. Ib Holm som ny direktør. Han er glad.").moves
    assert move.education == ("cand. oecon.",)
