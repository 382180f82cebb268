"""The language of watches and feeds: what it wants, and what is said of a text that it does not understand."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import connect_read_only
from db.newest import newest, records_of
from db.record_filter import KEYS, Filter, parse
from scraper.errors import FilterError
from scraper.records import MoveKind
from tests.db.conftest import Desk, ad, hire


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("role:arkitekt", {"role": ("arkitekt",)}),
        ('company:"Nordlys Data A/S",netKlit role:a', {"company": ("Nordlys Data A/S", "netKlit"), "role": ("a",)}),
        ("role:a role:b,a", {"role": ("a", "b")}),
        ("FUNCTION:Data region:sjælland", {"function": ("data",), "region": ("Sjælland",)}),
        ("kind:hire,job_ad", {"kind": ("hire", "job_ad")}),
        ("company:“Æ og Å”", {"company": ("Æ og Å",)}),
        ("company:A/S's", {"company": ("A/S's",)}),
    ],
)
def test_what_a_filter_wants(text, wanted):
    """Keys narrow, values of one key widen, quotes hold blanks, words come in any case."""
    found = parse(text)
    assert found.wanted == wanted
    assert parse(str(found)).wanted == found.wanted


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "empty", "company"),
        ("arkitekt", "without a key", "role"),
        ("rolle:x", "no key 'rolle'", "role, function"),
        ("role:", "has no value", ""),
        ("role: arkitekt", "has no value", "No blank"),
        ('company:"Nordlys', "opened and not closed", ""),
        ('company:""', "empty value", ""),
        ("function:udvikling", "no function 'udvikling'", "development"),
        ("kind:fyring", "no kind 'fyring'", "hire"),
        ("region:Fyn", "no region 'Fyn'", "Syddanmark"),
        ("role:a,,b", "Not understood: role:a,,b", ""),
        ("from:Alfa kind:job_ad", "Nothing can match", ""),
        ("role:" + "x" * 600, "at most 500", ""),
    ],
)
def test_what_is_wrong_is_said_with_what_there_is(text, message, hint):
    """An error names the place, and the keys or words that there are."""
    with pytest.raises(FilterError, match=message) as told:
        parse(text)
    assert hint in told.value.hint


@given(st.text(max_size=80))
def test_any_text_is_a_filter_or_an_error_of_ours(text):
    """No text does anything else; what is understood is written so that it is understood again."""
    try:
        found = parse(text)
    except FilterError:
        return
    assert parse(str(found)) == found
    assert set(found.wanted) <= set(KEYS)


def ask(desk: Desk, text: str | None) -> list[str]:
    with closing(connect_read_only(desk.path)) as connection:
        wanted: Filter | None = parse(text) if text else None
        found = records_of(connection, newest(connection, wanted, most=50))
    return sorted(getattr(record, "person", None) or getattr(record, "title", "") for record in found)


@pytest.fixture
def seen(desk: Desk) -> Desk:
    desk.page(
        hire("A A", "Alfa A/S", role="IT-arkitekt", location="Odense", previous_company="Beta"),
        hire("B B", "Beta ApS", role="Systemudvikler", location="Aarhus", previous_company="Alfa"),
        hire("C C", "Gamma", role="Økonomichef", kind=MoveKind.PROMOTION),
        ad("Alfa", "Løsningsarkitekt", region="Midtjylland"),
        ad("Delta", "Sælger", region=None),
    )
    return desk


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ["A A", "B B", "C C", "Løsningsarkitekt", "Sælger"]),
        ("company:ALFA", ["A A", "Løsningsarkitekt"]),
        ("company:alfa,delta", ["A A", "Løsningsarkitekt", "Sælger"]),
        ("company:Alfa kind:hire", ["A A"]),
        ("role:ARKITEKT", ["A A", "Løsningsarkitekt"]),
        ("role:arkitekt,sælger", ["A A", "Løsningsarkitekt", "Sælger"]),
        ("from:Alfa", ["B B"]),
        ("region:Midtjylland", ["B B", "Løsningsarkitekt"]),
        ("kind:job_ad", ["Løsningsarkitekt", "Sælger"]),
        ("kind:promotion,job_ad", ["C C", "Løsningsarkitekt", "Sælger"]),
        ("company:Ukendt", []),
        ('role:"\' OR 1=1 --"', []),
    ],
)
def test_what_a_filter_finds(seen, text, found):
    """Moves and ads that the filter wants, whatever the spelling; no value is ever SQL."""
    assert ask(seen, text) == found
