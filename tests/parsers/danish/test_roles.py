from __future__ import annotations

import pytest

from scraper.parsers.danish.roles import is_title, role_at


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("it-udvikler hos Granit", "it-udvikler"),
        ("ny administrerende direktør i Granit", "administrerende direktør"),
        ("virksomhedens første elev i salg", "elev"),
        ("arkitekt og teknisk projektleder, hvor hun", "arkitekt og teknisk projektleder"),
        ("salgschef og skal lede", "salgschef"),
        ("konsulent inden for BI", "konsulent"),
        ("chef for drift og support med ansvar", "chef for drift og support"),
        ("vice president, EMEA, med ansvar", "vice president, EMEA"),
        ("senior expert, Managed Services, hos Granit", "senior expert, Managed Services"),
        ("director, business development, hos Granit", "director, business development"),
        ("specialist, unified communications.", "specialist, unified communications"),
        ("partner, Aarhus", "partner"),
        ("head of marketing (CMO) Scandinavia hos Granit", "head of marketing (CMO) Scandinavia"),
        ("solution specialist - Nova hos Granit", "solution specialist - Nova"),
        ("adm. direktør i Granit", "adm. direktør"),
        ("direktør og leder af den nye stab", "direktør"),
        ("CFO for sin danske forretning", "CFO"),
        ("projektleder. Han har", "projektleder"),
        ("PR manager hos Granit", "PR manager"),
        (
            "vice president for product management, large business. Ann er",
            "vice president for product management, large business",
        ),
        ("UX-assistent cirka 10 timer ugentligt", "UX-assistent"),
        ("tiltrædende præsident for", "præsident"),
        ("operatør og for Granit", "operatør"),
        ("operatør SAMT .", "operatør"),
        ("tester og ligeledes koordinerende", "tester"),
    ],
)
def test_a_title_ends_where_place_duty_or_clause_begin(text: str, role: str) -> None:
    """The title alone, double titles and "X for Y" whole."""
    span = role_at(text, 0)
    assert span is not None
    assert text[slice(*span)] == role


@pytest.mark.parametrize("text", ["hos Granit", "", ", hvor", "i Odense"])
def test_no_title_gives_none(text: str) -> None:
    """A place or a clause is no title."""
    assert role_at(text, 0) is None


def test_titles_are_known_by_their_last_part() -> None:
    """Compounds and abbreviations of titles are titles, names are none."""
    assert is_title("It-chef")
    assert is_title("Salgsdirektør")
    assert is_title("CTO")
    assert not is_title("Holm")
