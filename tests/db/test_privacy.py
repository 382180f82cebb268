"""What is never written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.privacy import redact_cpr
from db.writable import storable, writable, writable_text
from scraper.records import JobAd, Move, MoveKind, Problem, Unparsed


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("cpr 010190-1234.", "cpr xxxxxx-xxxx."),
        ("cpr 0101901234.", "cpr xxxxxxxxxx."),
        ("cpr 290200 1234", "cpr xxxxxx xxxx"),
        ("cpr 311299–1234", "cpr xxxxxx–xxxx"),
        ("cpr 311299 - 1234", "cpr xxxxxx - xxxx"),
        ("to: 010190-1234 og 020290-4321", "to: xxxxxx-xxxx og xxxxxx-xxxx"),
    ],
)
def test_a_cpr_number_is_blotted_out(text: str, kept: str) -> None:
    """A personal number is not stored, however it is written, and the text keeps its length."""
    assert redact_cpr(text) == kept


@pytest.mark.parametrize(
    "text",
    ["310290-1234", "320190-1234", "011390-1234", "12345678", "0101901234567", "1. januar 2026", "CVR 12 34 56 78"],
)
def test_other_numbers_stay(text: str) -> None:
    """Telephone and company numbers, and ten digits that begin with no date, are left alone."""
    assert redact_cpr(text) == text


@given(st.text())
def test_no_change_of_length(text: str) -> None:
    """Whatever is blotted out or mended, every character stands where it stood, so evidence stays true."""
    assert len(writable_text(text)) == len(text)
    assert writable_text(writable_text(text)) == writable_text(text)


def test_every_text_of_a_record() -> None:
    """Names, lists, texts and messages are redacted; an ad's address and a board's number are not touched."""
    number = "010190-1234"
    move = writable(
        Move(
            kind=MoveKind.HIRE,
            person=f"Signe {number}",
            education=(number, "datamatiker"),
            text=f"Signe {number}",
            focus=number,
        )
    )
    assert "1234" not in repr(move)
    assert move.kind is MoveKind.HIRE
    ad = writable(JobAd(company="N", title=number, url="https://x.example/0101901234", identifier="0101901234"))
    assert (ad.title, ad.url, ad.identifier) == ("xxxxxx-xxxx", "https://x.example/0101901234", "0101901234")
    assert "1234" not in repr(writable(Unparsed(text=number, reason="r")))
    assert "1234" not in repr(writable(Problem(code="c", message=number, text=number)))


def test_a_clean_record_is_itself() -> None:
    """A record with nothing to mend is not copied."""
    move = Move(kind=MoveKind.HIRE, person="Signe", earlier_companies=("A",))
    assert writable(move) is move


def test_what_no_database_takes() -> None:
    """NUL and half surrogate pairs, which JSON-LD can carry, become the replacement character."""
    assert storable("a\x00b\ud800c") == "a\ufffdb\ufffdc"
    assert writable(JobAd(company="N", title="T", url="https://x.example/\ud800")).url == "https://x.example/\ufffd"
