"""Bytes become text with exact Danish letters, whatever a page claims about itself."""

from __future__ import annotations

import pytest

from scraper.parsers.decoding import decode

TEXT = "<p>Åse Ærø Bjørnskov – ”rådgiver” på Læsø, for Ældre Sagen og Ørsted</p>" * 3
PLAIN = "<p>Åse Ærø Bjørnskov, rådgiver på Læsø</p>" * 3
CODECS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "iso8859-1",
    "iso8859-15",
    "cp1252",
    "mac-roman",
    "cp865",
    "cp850",
)
CLAIMS = (
    None,
    "utf-8",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "shift_jis",
    "us-ascii",
    "nonsense",
    "utf-7",
    "rot13",
    "",
)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("claim", CLAIMS)
@pytest.mark.parametrize("meta", [None, "utf-8", "windows-1252"])
def test_danish_letters_are_exact_whatever_is_claimed(codec: str, claim: str | None, meta: str | None) -> None:
    """Twelve ways to store a page, each under every claim of header and meta, read the same."""
    text = f"<meta charset={meta}>{PLAIN}" if meta else PLAIN
    decoded = decode(text.encode(codec), claim)
    assert decoded is not None
    assert decoded.text == text
    assert decoded.replaced == 0


def test_windows_1252_that_claims_utf_8_keeps_its_typography() -> None:
    """Dashes and quotation marks of windows-1252 come out too, not only letters."""
    decoded = decode(TEXT.encode("cp1252"), "utf-8")
    assert decoded is not None
    assert (decoded.text, decoded.codec) == (TEXT, "cp1252")


def test_a_few_bad_bytes_do_not_turn_utf_8_into_another() -> None:
    """One broken byte in a page of utf-8 is replaced and counted, the letters around it stay."""
    decoded = decode(TEXT.encode() + b"\xe6", "utf-8")
    assert decoded is not None
    assert decoded.text == TEXT + "\ufffd"
    assert decoded.replaced == 1


def test_a_true_claim_of_a_far_code_page_is_believed() -> None:
    """A page in another language's code page, truly declared, is read by it."""
    for codec, text in (("cp1251", "Анна Иванова работает"), ("shift_jis", "東京の会社"), ("iso2022_jp", "東京の会社")):
        decoded = decode(text.encode(codec), codec)
        assert decoded is not None
        assert decoded.text == text


def test_the_xml_declaration_is_a_claim() -> None:
    """A page that names its code page in an XML declaration is read by it."""
    text = '<?xml version="1.0" encoding="macintosh"?><p>Øre</p>'
    decoded = decode(text.encode("mac-roman"))
    assert decoded is not None
    assert decoded.text == text


def test_no_bytes_are_an_empty_text_and_binary_is_none() -> None:
    """An empty body is an empty page; an image is no text at all."""
    empty = decode(b"")
    assert empty is not None
    assert empty.text == ""
    assert decode(bytes(range(256)) * 8) is None
