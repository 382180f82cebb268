"""Degrees, trades and schools in Danish, on invented schools."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers.background_education import read_education
from scraper.parsers.danish import education
from scraper.parsers.danish.text import sentences


def read(text: str) -> tuple[list[str], list[str]]:
    """The degrees and the schools of a text."""
    degrees, schools = read_education(text, sentences(text))
    return [value for value, _ in degrees], [value for value, _ in schools]


@pytest.mark.parametrize(
    ("text", "degrees", "schools"),
    [
        ("Han er uddannet datamatiker.", ["datamatiker"], []),
        ("Han er uddannet cand.merc. i strategi og ledelse.", ["cand.merc. i strategi og ledelse"], []),
        ("Hun er uddannet cand.merc.(kom.) fra CBS.", ["cand.merc.(kom.)"], ["CBS"]),
        ("Han er nyuddannet M.Sc. i data fra DTU.", ["M.Sc. i data"], ["DTU"]),
        (
            "Ib er uddannet cand.scient. i datalogi med speciale i net fra Kalkby Universitet.",
            ["cand.scient. i datalogi"],
            ["Kalkby Universitet"],
        ),
        ("Ib er uddannet datalog og har en HD i regnskab.", ["datalog", "HD i regnskab"], []),
        ("Ib har en HD i salg, ledelse og drift og kommer fra Basalt.", ["HD i salg, ledelse og drift"], []),
        ("Ib er uddannet maskintekniker og multimediedesigner.", ["maskintekniker", "multimediedesigner"], []),
        ("Ib er uddannet i datalogi på Kalkby Universitet.", ["datalogi"], ["Kalkby Universitet"]),
        ("Ib er uddannet fra DTU i fysik.", ["fysik"], ["DTU"]),
        ("Ib er nyuddannet fysiker fra Kalkby Universitet og DTU.", ["fysiker"], ["Kalkby Universitet", "DTU"]),
        ("Åse er civilingeniør og har ti års erfaring.", ["civilingeniør"], []),
        ("Ib har netop afsluttet sin uddannelse som datatekniker.", ["datatekniker"], []),
        ("Ib er bankuddannet og har senest været rådgiver.", ["bankuddannet"], []),
        (
            (
                "Ib Holm, konsulent hos Granit, har pr. 1. maj 2026 fuldført uddannelsen Master i it, Organisation, på "
                "Kalkby Universitet via Netværket."
            ),
            ["Master i it, Organisation"],
            ["Kalkby Universitet"],
        ),
        ("Ib er uddannet IT-Supporter hos Kalkby Data.", ["IT-Supporter"], []),
        ("Ib er uddannet rådgiver hos Kalkby Bank.", ["rådgiver"], []),
        ("Ib er uddannet datamatiker hos Kalkby Erhvervsakademi.", ["datamatiker"], ["Kalkby Erhvervsakademi"]),
        ("Ib er udlært radiomontør fra Basalt.", ["radiomontør"], []),
        ("Han har en MBA fra England.", ["MBA"], []),
        ("Ib er uddannet cand.ling.merc. med speciale i fransk.", ["cand.ling.merc."], []),
        ("Ib er uddannet Cand.Scient.Soc og kommer fra Basalt.", ["Cand.Scient.Soc"], []),
        ("Ib har en ph.D. inden for samme felt.", ["ph.D."], []),
        ("Ib er uddannet cand.jur. og advokat - og har arbejdet med udbud.", ["cand.jur.", "advokat"], []),
        ("Ib er bro-ingeniør fra DTU.", ["bro-ingeniør"], ["DTU"]),
        ("Ib er uddannet it-supporter fra Kalkskolen i Odder og Ballerup.", ["it-supporter"], ["Kalkskolen i Odder"]),
        ("Ib er uddannet fra University of Basalt i Kalkow, Polen.", [], ["University of Basalt"]),
        (
            "Ib er uddannet montør og har en CBA fra Basalt Business School.",
            ["montør", "CBA"],
            ["Basalt Business School"],
        ),
        ("Ib er uddannet cand.merc.dat og Prince2 certificeret.", ["cand.merc.dat"], []),
        ("Ib er uddannet datamatiker og certificeret udvikler på SharePlank.", ["datamatiker"], []),
        ("Ib er blevet færdig som datamatiker - en uddannelse han holdt af.", ["datamatiker"], []),
        ("Ib har videreuddannet sig på Kalkby Erhvervsakademi.", [], ["Kalkby Erhvervsakademi"]),
        ("Ib er uddannet datalog i 2009 fra Ingeniørhøjskolen i Kalkby.", ["datalog"], ["Ingeniørhøjskolen i Kalkby"]),
        ("Ib er cand.scient. og ph.d. i kemi fra DTU.", ["cand.scient.", "ph.d. i kemi"], ["DTU"]),
    ],
)
def test_degrees_and_schools(text: str, degrees: list[str], schools: list[str]) -> None:
    """A completed degree is read with its field and without its speciality, its school beside it."""
    assert read(text) == (degrees, schools)


@pytest.mark.parametrize(
    "text",
    [
        "Ib læser til datamatiker på Kalkby Erhvervsakademi.",
        "Ib er i gang med en HD i regnskab på CBS.",
        "Ib er under uddannelse som it-supporter.",
        "Ib er professional Scrum master og har kunder i HD-kvalitet.",
        "Ib er certificeret i ITIL.",
        "Ib har løbende uddannet sig.",
        "Ib har arbejdet som ph.d. fellow med bølger.",
        "Ib er uddannet inden for den finansielle sektor.",
    ],
)
def test_what_is_no_completed_degree(text: str) -> None:
    """Studies under way, certificates and words that only look like a degree are none."""
    assert read(text) == ([], [])


@pytest.mark.parametrize("country", ["Norge", "USA", "England"])
def test_a_country_is_no_school(country: str) -> None:
    """Where a degree was taken abroad and no school is named, none is given."""
    assert education.school_at(country, 0, len(country)) is None


def test_values_stand_once() -> None:
    """A degree that the text repeats is given once."""
    assert read("Ib er uddannet datalog. Som datalog ved han det. Ib er uddannet datalog.")[0] == ["datalog"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from("uddannet cand.merc. HD ( ) i fra DTU og , . Master har en 2010 ph.d. - æ".split()), max_size=50
    )
)
def test_any_order_of_words_is_read(words: list[str]) -> None:
    """Whatever the order of the words, each value stands in the text at its span."""
    text = " ".join(words)
    for values in read_education(text, sentences(text)):
        for value, (start, end) in values:
            assert text[start:end] == value
