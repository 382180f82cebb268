"""Which spellings are one."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.identity import (
    clean,
    company_key,
    fold,
    job_ad_event,
    job_ad_key,
    move_event,
    move_key,
    person_key,
    problem_key,
    unparsed_key,
)
from scraper.legal_forms import LEGAL_FORMS
from scraper.records import JobAd, Move, MoveKind, PartialDate

NAMES = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("netFyr", "Netfyr A/S"),
        ("netFyr", "netFyr’s"),
        ("netFyr", "netFyr's"),
        ("netFyr", "netFyr´s"),
        ("Aabybro Data ApS", "Åbybro Data"),
        ("Aabybro Data", "A\u030abybro  Data"),
        ("H.C. Mølgård A/S", "HC Mølgaard"),
        ("Tern & Krage", "Tern og Krage A/S"),
        ("Tern & Krage A/S.", "TERN & KRAGE"),
        ("Skovsø-Bruun", "Skovsø Bruun"),
        ("Rønne Systems, ApS", "Rønne Systems"),
        ("Café Lys IVS", "Cafe Lys"),
        ("Nord\u200blys Data", "Nordlys\u00a0Data"),
    ],
)
def test_spellings_of_one_company(one: str, other: str) -> None:
    """Case, legal form, punctuation, possessive, accents and aa for å do not make two companies."""
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Danske Lamper", "Danske Lygter"),
        ("Nordlys", "Nordlys Group"),
        ("Rørby", "Rorby"),
        ("Mælk A/S", "Malk A/S"),
        ("C", "C++"),
        ("Lys 1", "Lys 2"),
    ],
)
def test_different_companies_stay_apart(one: str, other: str) -> None:
    """Only spelling is folded: another word, sign, digit or Danish letter is another company."""
    assert company_key(one) != company_key(other)


@pytest.mark.parametrize("form", [form for form, _ in LEGAL_FORMS])
def test_every_legal_form_is_left_out_of_the_key(form: str) -> None:
    """A company is the same with and without each of the legal forms."""
    assert company_key(f"Lyngby Bits {form}") == company_key("Lyngby Bits")


@given(NAMES)
def test_folding_twice_is_folding_once(text: str) -> None:
    """A folded text is its own folding, so a search may fold what is folded already."""
    assert fold(fold(text)) == fold(text)


@given(NAMES)
def test_a_decomposed_name_is_the_same_name(text: str) -> None:
    """Whether a site sends å as one character or two makes no difference to what is stored or searched."""
    apart = unicodedata.normalize("NFD", text)
    assert clean(apart) == clean(text)
    assert fold(apart) == fold(text)


@given(NAMES)
def test_a_name_always_has_a_key(text: str) -> None:
    """No name that is not blank has an empty key, whatever signs it is made of."""
    if clean(text):
        assert company_key(clean(text))
        assert person_key(clean(text))


@given(NAMES)
def test_case_never_tells_companies_apart(text: str) -> None:
    """A name in capitals has the key of the name."""
    assert company_key(fold(text)) == company_key(text)


def test_folding_keeps_the_danish_letters() -> None:
    """Å, æ and ø are letters of their own; other accents are taken off."""
    assert fold("ÅSE  René ÆBLE Ørsted Müller") == "åse rene æble ørsted muller"
    assert fold("ﬁn Ａ") == "fin a"
    assert fold("´ x̌") == "´ x"


def test_people_by_spelling() -> None:
    """Hyphens, full stops, case and accents do not make two names; another letter does."""
    assert person_key("Anne-Marie B. Tværsted") == person_key("anne marie b tværsted")
    assert person_key("Åse Ny") != person_key("Ase Ny")
    assert person_key("...") == "..."


MOVE = Move(
    kind=MoveKind.HIRE,
    person="Signe Lundegaard",
    company="Nordlys Data A/S",
    role="IT Konsulent",
    start_date=PartialDate(2026, 1),
    text="Nordlys Data A/S har ansat Signe Lundegaard.",
)


def test_one_move_in_two_spellings() -> None:
    """The same hire worded otherwise, with the role spelled otherwise, is one event whatever its company is called.

    It is read under one name where only case, accents and white space differ.
    """
    again = replace(MOVE, company="NORDLYS data  a/s", role="it  konsulent", text="Helt andre ord.", age=40, label="Ny")
    assert move_key(again) == move_key(MOVE)
    other = replace(again, company="Nordlys")
    assert move_key(other) != move_key(MOVE)
    assert move_event(other) == move_event(again) == move_event(MOVE)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": MoveKind.PROMOTION},
        {"person": "Signe Lundegård Ny"},
        {"company": "Sydlys Data"},
        {"company": None},
        {"role": "Arkitekt"},
        {"role": None},
        {"start_date": PartialDate(2026, 2)},
        {"start_date": None},
    ],
)
def test_what_makes_another_move(change: dict[str, object]) -> None:
    """Kind, person, company, role and start date each tell two moves apart."""
    other = replace(MOVE, **change)  # type: ignore[arg-type]
    assert move_key(other) != move_key(MOVE)
    assert (move_event(other) == move_event(MOVE)) is ("company" in change)


def test_an_undated_birthday_comes_again() -> None:
    """Events that come back are told apart by their words when no date does, and by the date when there is one."""
    fifty = replace(MOVE, kind=MoveKind.BIRTHDAY, start_date=None, text="Signe Lundegaard fylder 50 år.")
    sixty = replace(fifty, text="Signe Lundegaard fylder 60 år.")
    assert move_key(fifty) != move_key(sixty)
    assert move_key(fifty) == move_key(replace(fifty, text="Signe Lundegaard  fylder 50 ÅR."))
    assert move_event(fifty) != move_event(sixty)
    named = replace(fifty, text="Nordlys fylder 50 år.", evidence={"company": (0, 7)})
    other = replace(named, text="Nordlys Data A/S fylder 50 år.", company="Nordlys", evidence={"company": (0, 16)})
    assert move_event(named) == move_event(other), "the company's name is none of the words"
    dated = replace(fifty, start_date=PartialDate(2026, 3, 1))
    assert move_key(dated) == move_key(replace(dated, text="Andre ord."))


def test_job_ads_by_identifier_or_by_words() -> None:
    """A board's identifier names the ad at that board; without one company, title and region do."""
    board = JobAd(company="Nordlys", title="Tester", identifier="77")
    assert job_ad_key(board, "board") == job_ad_key(replace(board, title="Ny titel"), "board")
    assert job_ad_key(board, "board") != job_ad_key(board, "another board")
    assert job_ad_event(board, "board") == job_ad_event(replace(board, company="Nordlys Data"), "board")
    plain = JobAd(company="Nordlys A/S", title="Tester", region="Fyn")
    assert job_ad_key(plain, "a") == job_ad_key(replace(plain, company="NORDLYS a/s", title="TESTER"), "b")
    assert job_ad_key(plain, "a") != job_ad_key(replace(plain, company="Nordlys"), "a")
    assert job_ad_event(plain, "a") == job_ad_event(replace(plain, company="Nordlys"), "b")
    assert job_ad_event(plain, "a") != job_ad_event(replace(plain, region="Bornholm"), "a")


def test_unread_texts_and_problems() -> None:
    """White space and case do not make two unread announcements; the page tells problems apart."""
    assert unparsed_key("Nyt  fra\nSigne") == unparsed_key("nyt fra signe")
    assert problem_key(1, "empty_section", "m", "") != problem_key(2, "empty_section", "m", "")
