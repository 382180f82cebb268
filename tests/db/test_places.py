"""Places made comparable: as people write them, in the region where they lie, or in none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import places, tables
from db.identity import fold
from db.places import REGIONS, explain_place, region_of
from scraper.errors import NavnenytError

NUTS = {
    "Hovedstaden": "DK01",
    "Sjælland": "DK02",
    "Syddanmark": "DK03",
    "Midtjylland": "DK04",
    "Nordjylland": "DK05",
    "Færøerne": "",
    "Grønland": "",
    "Udlandet": "",
}
LIES_IN = {
    "Hovedstaden": [
        "København", "Storkøbenhavn", "Københavnsområdet", "København NV", "Kbh. K", "Østerbro", "koebenhavn",
        "Copenhagen", "Kgs. Lyngby", "Høje-Taastrup", "Høje Tåstrup", "Nordsjælland", "Bornholm", "Rønne",
        "2750 Ballerup", "DK-2100", "Københavns Kommune", "Ballerup-kontoret", "Frederiksberg, Danmark", "DK013",
    ],
    "Sjælland": ["Sjælland", "Region Sjælland", "Roskilde", "Nykøbing F", "4130 Viby", "2670 Greve", "Lolland-Falster", "Greve, Storkøbenhavn", "Køge (Storkøbenhavn)"],
    "Syddanmark": ["Odense SØ", "Fyn", "Sydjylland", "Sønderjylland", "Trekantområdet", "Kolding", "Åbenrå", "Aabenraa", "Vestjylland, Esbjerg"],
    "Midtjylland": [
        "Aarhus", "Århus", "ÅRHUS", "Aarhus N", "8000 Aarhus C", "Aarhusområdet", "Midt- og Vestjylland", "Horsens'",
        "Region Midtjylland", "Aarhus og Herning", "Sdr. Felding", "7130 Juelsminde", "Central Denmark Region", "Viby J",
    ],
    "Nordjylland": ["Ålborg", "Aalborg Øst", "Nordjylland", "Vendsyssel", "7700 Thisted", "Kontoret i Hjørring"],
    "Færøerne": ["Færøerne", "Tórshavn"],
    "Grønland": ["Grønland", "Nuuk"],
    "Udlandet": ["Udlandet", "Malmø", "Malmö", "Skåne", "Oslo, Norge", "0150 Oslo", "Østeuropa", "USA", "Sverige og Norge"],
}  # fmt: skip
NOWHERE = [
    "Uspecificeret arbejdssted", "Hele landet", "Jylland", "Danmark", "Norden", "Remote", "Danmark og Norge",
    "Aarhus og Odense", "Aarhus og Fyn", "Greve og Storkøbenhavn", "Sjælland og Fyn", "Nord- og Østeuropa", "Limfjordsegnen", "Nykøbing", "Bøvlehavn", "", "12345",
]  # fmt: skip


@pytest.mark.parametrize(("place", "region"), [(place, region) for region, names in LIES_IN.items() for place in names])
def test_a_place_lies_in_its_region(place: str, region: str) -> None:
    """Towns, districts, areas of job boards, postcodes and countries, old and English spellings among them."""
    assert region_of(place) == (region, NUTS[region])


@pytest.mark.parametrize("place", NOWHERE)
def test_what_is_in_no_one_region_has_none(place: str) -> None:
    """A wrong region would be worse than none: unknown, unsaid, or more than one."""
    assert region_of(place) is None


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_lies_in_itself(region: str) -> None:
    """Who filters by a region's own name gets it."""
    assert region_of(region) == (region, NUTS[region])


def test_an_explanation_names_the_lines_and_the_finer_code() -> None:
    """NUTS-3 stands in the table where a place lies in one."""
    (line,) = explain_place("Aarhus C")
    assert (line.place, line.nuts3, line.table) == ("Aarhus C", "DK042", "places")
    (code,) = explain_place("8800 Et Sted")
    assert (code.place, code.nuts3, code.table) == ("8800-8850", "DK041", "postcodes")


@given(st.text(max_size=60) | st.sampled_from([place for names in LIES_IN.values() for place in names]))
def test_any_text_has_a_region_of_ours_or_none(place: str) -> None:
    """Whatever a page calls a place."""
    found = region_of(place)
    assert found is None or NUTS[found[0]] == found[1]


@given(st.sampled_from([place for names in LIES_IN.values() for place in names]), st.data())
def test_case_and_white_space_change_nothing(place: str, data: st.DataObject) -> None:
    """The database keeps a folded place."""
    written = data.draw(st.sampled_from([str, str.upper, str.lower, fold]))(
        place.replace(" ", data.draw(st.sampled_from([" ", "  "])))
    )
    assert region_of(f" {written} ") == region_of(place)


def test_the_tables_agree_with_themselves() -> None:
    """Each place once; NUTS-3 within NUTS-2 within its region; postcodes' ranges the right way round."""
    lines = tables.lines("places")
    assert len({places._key(line.cells["place"]) for line in lines}) == len(lines)
    areas = [*places._places().values(), *(area for _, _, area in places._postcodes())]
    assert all(area.nuts3.startswith(area.nuts) for area in areas if area.nuts3)
    assert all(area.nuts == NUTS[area.region] for area in areas if area.region)
    assert {area.kind for area in areas} == {"town", "municipality", "area", "postcode"}
    assert all(1000 <= start <= end <= 9999 for start, end, _ in places._postcodes())


def test_a_slip_in_a_table_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who extends a table is told where it is wrong."""
    monkeypatch.setattr(
        tables, "_text", lambda name: "place\tregion\tnuts\tnuts3\tkind\tmeaning\nBy\tJylland\t-\t-\ttown\tx\n"
    )
    places._places.cache_clear()
    with pytest.raises(NavnenytError, match=r"places\.tsv, line 2: `region` must be"):
        places._places()
    monkeypatch.setattr(
        tables, "_text", lambda name: "from\tto\tregion\tnuts\tnuts3\tmeaning\n1000\tx\tHovedstaden\tDK01\t-\tx\n"
    )
    places._postcodes.cache_clear()
    with pytest.raises(NavnenytError, match=r"postcodes\.tsv, line 2: `from` and `to` must be numbers"):
        places._postcodes()
