"""Bytes to text, so that Danish letters are exact whatever the page claims.

A claim of the transport or of the page is a hint: many pages in windows-1252 say utf-8, and the other way round. Valid
utf-8 with letters beyond ASCII is utf-8, since no other code page makes such bytes by chance; after that the claims
are tried, then the code pages that Danish text was ever kept in, and the first that reads as Danish is taken.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

CODE_PAGES = ("cp1252", "mac-roman", "cp865", "cp850", "cp1257", "iso8859-10")
"""What a page without a true claim may be in, likeliest first: Windows, old Macs, DOS, the Baltic, the Nordic."""

_SPEAKABLE = frozenset(
    # codecs that a page may claim; others of Python's (rot13, idna, utf-7, …) are no character sets of pages
    """
    utf-8 utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be ascii iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5
    iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 cp1250 cp1251 cp1252
    cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp437 cp850 cp865 cp866 mac-roman mac-latin2 mac-cyrillic koi8-r koi8-u
    gbk gb2312 gb18030 big5 big5hkscs shift_jis cp932 euc_jp iso2022_jp euc_kr cp949 hp-roman8
    """.split()
)
_READ_AS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030"}
"""Claims that browsers read as the larger set (https://encoding.spec.whatwg.org/#names-and-labels)."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before utf-16: its mark begins with that of utf-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META = re.compile(rb"""<meta\b[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.IGNORECASE)
_META_WITHIN = 4096
_ASCII = bytes(range(128))
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_PLAUSIBLE = frozenset("æøåÆØÅéÉèüÜöÖäÄëóáíðßçñêâô´¨§°·½²«»–—‘’‚“”„…•€£©®™ \u00ad")
"""What Danish pages write beyond ASCII, letters and typography, no-break space included."""

_BINARY = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_BINARY_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a page, the codec that it was read with, and how many bytes had to be replaced by U+FFFD."""

    text: str
    codec: str
    replaced: int = 0


def _codec(claim: str | None) -> str | None:
    """Python's name for a claimed charset, or None for none, an unknown one or one that is no page's."""
    try:
        name = codecs.lookup((claim or "").strip(" \t\"';")).name
    except (LookupError, ValueError):
        return None
    return _READ_AS.get(name, name) if name in _SPEAKABLE else None


def _without_mark(body: bytes) -> str | None:
    """The utf-16 or utf-32 that a body without a byte-order mark shows by where its zero bytes stand."""
    head = body[:400]
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return None
    zeros = [head[offset::4].count(0) * 4 / len(head) > 0.6 for offset in range(4)]
    shapes = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return shapes.get((zeros[0], zeros[1], zeros[2], zeros[3]))


def _plausibility(high: bytes, codec: str) -> float:
    """The share of characters beyond ASCII that Danish text would have; 0 when the codec cannot read the bytes."""
    try:
        text = high.decode(codec)
    except UnicodeDecodeError:
        return 0.0
    return sum(text.count(character) for character in _PLAUSIBLE) / max(1, len(text))


def _eight_bit(body: bytes, claims: list[str]) -> Decoded:
    """Text in one of the code pages: the first claim or code page that reads as Danish, else the first of all."""
    high = body.translate(None, _ASCII)
    best, best_score = "cp1252", -1.0
    for codec in dict.fromkeys([*(claim for claim in claims if not claim.startswith("utf")), *CODE_PAGES]):
        multibyte = codec in claims and len(codecs.decode(b"\x81\x30", codec, "replace")) == 1
        score = _plausibility(body if multibyte else high, codec)
        if score > best_score + 0.1:
            best, best_score = codec, score
        if score >= 0.9:
            break
    if best_score < 0.8:  # no Danish: then the claim may well be true
        best = next((claim for claim in claims if _letters(high, claim) > 0.8), best)
    text = body.decode(best, "replace")
    return Decoded(text, best, text.count("\ufffd"))


def _letters(high: bytes, codec: str) -> float:
    """The share of letters among the characters beyond ASCII, of whatever language."""
    text = high.decode(codec, "replace")
    return sum(letter.isalpha() for letter in text) / max(1, len(text))


def decode(body: bytes, charset: str | None = None) -> Decoded | None:
    """The text of a page of these bytes; `charset` is what the transport declared. None: the bytes are no text."""
    for mark, marked in _MARKS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(marked, "replace")
            return Decoded(text, marked, text.count("\ufffd"))
    wide = _without_mark(body)
    if wide is not None:
        text = body.decode(wide, "replace")
        return Decoded(text, wide, text.count("\ufffd"))
    found = _XML.search(body[:_META_WITHIN]) or _META.search(body[:_META_WITHIN])
    meta = found.group(1).decode("ascii", "replace") if found else None
    claims = [codec for claim in (charset, meta) if (codec := _codec(claim)) is not None]
    if "iso2022_jp" in claims and b"\x1b" in body:
        return Decoded(body.decode("iso2022_jp", "replace"), "iso2022_jp")
    head = body[:100_000]
    if len(head) - len(head.translate(None, _BINARY)) > _BINARY_SHARE * len(head):
        return None
    try:
        return Decoded(body.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    bad = len(_MULTIBYTE.sub(b"", body).translate(None, _ASCII))
    if len(_MULTIBYTE.findall(body)) > bad:
        return Decoded(body.decode("utf-8", "replace"), "utf-8", bad)
    return _eight_bit(body, claims)
