from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parsers.danish.text import clean, sentences


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_invisible_characters_and_runs_of_blanks_go() -> None:
    """A reader sees no soft hyphen, zero-width space, bidi mark or no-break space: neither does the parser."""
    assert clean("Gra\u00adnit\u200b  har\u00a0\n\u202eansat\t Ann\ufeff ") == "Granit har ansat Ann"


def test_a_letter_with_its_ring_apart_is_one_letter() -> None:
    """A decomposed å compares equal to the one that is typed."""
    assert clean("A\u030ase") == "Åse"


@pytest.mark.parametrize(
    "text",
    [
        "Granit har pr. 1. januar 2026 ansat Ann Holm som konsulent.",
        "Hun er uddannet cand.merc. og cand. scient. fra en skole.",
        "Han har arbejdet hos bl.a. Granit, Nordlys m.fl. i mange år.",
        "Data.dk har ansat H.C. Frost som chef.",
        "Bo B. Lund har en M.Sc. i finance.",
        "Hun blev ansat den 3. Marts af Birk & Co. A/S.",
    ],
)
def test_full_stops_inside_a_sentence_end_nothing(text: str) -> None:
    """Abbreviations, degrees, initials, ordinals and domains do not cut a sentence in two."""
    assert said(text) == [text]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Ann er ansat hos Granit A/S. Hun er ny.", "Hun er ny."),
        ("Hun er uddannet cand.merc. Tidligere var hun chef.", "Tidligere var hun chef."),
        ("Han kom i 2012. Bo er glad.", "Bo er glad."),
        ("Er det nyt? Ja!", "Ja!"),
        ("Bo er ansat hos Birk & Co. Bo har en uddannelse.", "Bo har en uddannelse."),
        ("Første del.|Anden del.", "Anden del."),
        ("Ann arbejdede med drift m.m. Desuden var hun leder.", "Desuden var hun leder."),
    ],
)
def test_a_new_sentence_begins_where_a_reader_would_begin_it(text: str, second: str) -> None:
    """The second sentence stands alone."""
    assert said(text)[1] == second


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is clean stays as it is, and is NFC."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(alphabet="Aab. ,!?1|cand.merc", max_size=80))
def test_sentences_hold_every_word_in_order(text: str) -> None:
    """No word of a text is lost between its sentences."""
    cleaned = clean(text)
    spans = sentences(cleaned)
    assert all(start < end for start, end in spans)
    assert [end for _, end in spans] == sorted(end for _, end in spans)
    kept = "".join(cleaned[start:end] for start, end in spans)
    assert [c for c in kept if c not in " |"] == [c for c in cleaned if c not in " |"]


@given(st.text("aå .\t\u00ad\u00a0\u0301’é", max_size=20))
def test_a_text_without_anything_to_clean_is_read_as_any_other(text: str) -> None:
    """An invisible character at the end of a text changes nothing of the text, however plain the rest is."""
    assert clean(text) == clean(text + "\u200b")


@given(st.text("aB. )", max_size=40))
def test_another_mark_in_a_later_sentence_changes_no_sentence_before_it(text: str) -> None:
    """Sentences that full stops end stay as they are when a question follows."""
    text = clean(text)
    known = sentences(text + " Bab aab aab. Hvad nu?")
    assert known[:-2] == sentences(text + " Bab aab aab. Hvad nu.")[:-2]
