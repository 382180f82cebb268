"""Which names are one company, and why. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.company_words import COMMON, GROUP, HOME, NORDIC, TRADE
from db.identity import clean
from db.same_company import core, judge
from scraper.legal_forms import LEGAL_FORMS

WORDS = st.sampled_from(
    "Fjeldtop Bluegrane Kvarnbo Tværsted Nordlys Rønbjerg Danmark Denmark Group Gruppen Nordic Systems Software Consulting"
    " Hosting Bank IT A/S ApS & og i / - , (Norge) (KVB) 7 Zanit Zantic's data.dk firmaet Hjemmefirmaet filial af".split()
)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
ANY = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ("zanIT", "Zanit A/S", "legal form"),
        ("zanIT", "zanIT's", "legal form"),
        ("Fjeldtop", "Fjeldtop Danmark A/S", "'danmark' is the Danish branch"),
        ("Fjeldtop", "Fjeldtop (Denmark) ApS", "the Danish branch"),
        ("Fjeldtop Danmark", "Fjeldtop Denmark A/S", ""),
        ("Fjeldtop", "Fjeldtop i Danmark", "the Danish branch"),
        ("Fjeldtop", "Fjeldtop Danmark, filial af Fjeldtop AB, Sverige", "the Danish branch"),
        ("Fjeldtop", "Fjeldtop Nordic & Baltic", "Nordic"),
        ("Fjeldtop", "Fjeldtop-koncernen", "'koncernen' is the whole house"),
        ("KVB Consulting", "KVB Consulting Group A/S", "'group' is the whole house"),
        ("Jydske Bank", "Jydske Bank-koncernen", "the whole house"),
        ("Fjeldtop", "Fjeldtop Systems", "'system' is the trade"),
        ("Kvarnbo & Lund", "Advokatfirmaet Kvarnbo & Lund", "'advokatfirmaet' only says what it is"),
        ("Blue Grane", "Bluegrane ApS", "written together or apart"),
        ("Kvarnbo & Co.", "Kvarnbo & Company A/S", ""),
        ("Kværnbo", "Kvaernbo", ""),
        ("Brdr. Tværsted", "Brødrene Tværsted A/S", ""),
        ("Bluegrane Network", "Bluegrane Networks", ""),
        ("Bluegrane.dk", "Bluegrane", ""),
        ("Bluegrane", "Bluegraen", "a slip of the finger"),
        ("Bluegrane", "Bluegranne", "a slip of the finger"),
        ("Bluegrane", "Bluegrame", "a slip of the finger"),
        ("Kvarnbo Virksomheds Beregning", "Kvarnbo Virksomheds Beregning (KVB)", ""),
        ("KVB", "Kvarnbo Virksomheds Beregning (KVB)", "'kvb' is given as the initials"),
        ("KVB", "Kvarnbo Virksomheds Beregning/KVB", "'kvb' is given as the initials"),
        ("KVBI", "Kvarnbo Virksomheds Beregning og Information", "'kvbi' are the initials"),
        ("Zanit, Danmarks hus for regning", "Zanit", ""),
        ("Zanit A/S, Regnskab", "Zanit", ""),
    ],
)
def test_one_company(one: str, other: str, because: str) -> None:
    """Names of one company are one, and the reason says which rule held."""
    said = judge(one, other)
    assert said.same, said
    assert because in said.reason
    assert 0 < said.score <= 1


@pytest.mark.parametrize(
    ("one", "other", "because"),
    [
        ("Jydske Bank", "Jydske Spil", "'bank' is not 'spil'"),
        ("Fjeldtop", "Fjeldtop Norge", "'norge' tells them apart"),
        ("Fjeldtop", "Fjeldtop Finland", "'finland' tells them apart"),
        ("Fjeldtop Danmark", "Fjeldtop Norge", ""),
        ("Fjeldtop", "Fjeldtop Hosting", "'hosting' tells them apart"),
        ("Fjeldtop", "Fjeldtop Consulting", "'consulting' tells them apart"),
        ("Fjeldtop", "Fjeldtop Holding", "'holding' tells them apart"),
        ("Fjeldtop Systems", "Fjeldtop Hosting Systems", "'hosting' tells them apart"),
        ("Post Danmark", "Post", "'danmark' tells them apart"),
        ("KB Group", "KB", "'group' tells them apart"),
        ("Kvarnbo 7", "Kvarnbo 8", ""),
        ("Lindegaard", "Lindgaard", ""),
        ("Lundberg Data", "Lindberg Data", ""),
        ("Zantica", "Zantice", ""),
        ("Fjeldtop", "Sjeldtop", ""),
        ("Zanit", "Zanti", ""),
        ("KVB", "Kvarnbo Virksomheds Beregning", ""),
        ("Fjeldtop/Kvarnbo", "Fjeldtop", "'kvarnbo' tells them apart"),
        ("Kvarnbo, Lund & Co", "Kvarnbo", ""),
        ("Kommune", "Fjeldby Kommune", ""),
    ],
)
def test_two_companies(one: str, other: str, because: str) -> None:
    """Names that only sound alike are two companies, and the reason names the word that tells them apart."""
    said = judge(one, other)
    assert not said.same, said
    assert because in said.reason


@given(NAMES, NAMES)
def test_which_name_comes_first_decides_nothing(one: str, other: str) -> None:
    """A judgement is the same from both sides."""
    assert judge(one, other) == judge(other, one)


@given(st.one_of(NAMES, ANY), st.sampled_from([form for form, _ in LEGAL_FORMS]))
def test_a_name_is_itself(name: str, form: str) -> None:
    """A name is one company with itself, and with its legal form."""
    if not clean(name):
        return
    assert judge(name, name).same
    assert judge(f"Bluegrane {name}", f"Bluegrane {name} {form}").same


@given(ANY)
def test_every_name_has_a_core(name: str) -> None:
    """No name that is not blank is cut down to nothing, whatever it is made of."""
    if clean(name):
        assert core(name).key
        assert core(name).words


@given(NAMES, NAMES, NAMES)
def test_names_of_one_core_hang_together(one: str, other: str, third: str) -> None:
    """What is cut down to one core is one company for all names of that core."""
    if core(one).key == core(other).key and core(other).key == core(third).key:
        assert judge(one, third).same


@pytest.mark.parametrize(
    "table", [HOME, GROUP, NORDIC, TRADE, COMMON], ids=["home", "group", "nordic", "trade", "common"]
)
def test_the_tables_hold_words_as_names_are_cut_to(table: frozenset[str]) -> None:
    """Each word of a table is spelled as a name's words are compared, or it would never be met."""
    for word in table:
        assert core(f"7 {word}").spelled[-1:] == (word,) or core(f"7 {word}").words[-1:] == (word,), word
        assert not word.endswith("s") or len(word) < 5 or word.endswith("ss"), word
