"""Bytes become text with exact Danish letters, whatever a page claims about itself."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from scraper.parsers import page, parse_page
from scraper.parsers.decoding import Decoded, decode
from scraper.records import Page

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


METAS = (None, "utf-8", "windows-1252", "iso-8859-1", "utf-16", "shift_jis")
MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
ANNOUNCEMENT = "Fjordværk A/S har pr. 1. maj 2026 ansat Åse Ærø Bjørnskov som rådgiver på Læsø. Nyt job"


def conflicts() -> list[tuple[str, str | None, str | None, bool]]:
    """Every codec under every claim of header and meta, with and without the byte-order mark it can have."""
    return [
        (codec, claim, meta, mark)
        for codec in CODECS
        for claim in CLAIMS
        for meta in METAS
        for mark in ((False, True) if codec in MARKS else (False,))
    ]


def misread() -> list[tuple[str, str | None, str | None, bool]]:
    """The conflicts that a page is not read right under, to the letter."""
    wrong = []
    for codec, claim, meta, mark in conflicts():
        head = f"<meta charset={meta}>" if meta else ""
        body = (MARKS[codec] if mark else b"") + f"<html>{head}<h2>Navnenyt</h2><p>{ANNOUNCEMENT}</p></html>".encode(
            codec
        )
        found = parse_page(Page("https://www.example.dk/art/1", body, charset=claim))
        if [move.text for move in found.moves] != [ANNOUNCEMENT] or found.problems:
            wrong.append((codec, claim, meta, mark))
    return wrong


@pytest.mark.scorecard
def test_a_page_is_read_to_the_letter_under_every_conflict(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve codecs under all claims of header, meta and byte-order mark; believing the claims fails on most."""

    def believing(body: bytes, charset: str | None = None) -> Decoded:
        try:
            return Decoded(body.decode(charset or "utf-8", "replace"), charset or "utf-8")
        except (LookupError, TypeError):
            return Decoded(body.decode("utf-8", "replace"), "utf-8")

    wrong, tried = misread(), len(conflicts())
    monkeypatch.setattr(page, "decode", believing)
    control = misread()
    figure = f"{tried - len(wrong)} of {tried} right"
    record_property("scorecard", f"23|12 codecs x header, meta, mark|{figure}|claims believed: {len(control)} wrong")
    assert wrong == []
    assert len(control) > tried // 3
