"""Text as it is read, whatever type-setting has put into it; and a page of plain text to its blocks."""

from __future__ import annotations

import re
from itertools import pairwise

from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.text import clean
from scraper.records import Block

_WRAPPED_AT = range(40, 121)
_BREAK = "\u2028"
_IN_BRACKETS = re.compile(r"\[[^\[\]]{1,40}\]|\([^()]{1,40}\)")
_SEAM = re.compile(rf"(?<=[^\W\d_])-{_BREAK}(?=[^\W\d_])(?!(?:og|eller|samt)\b)")
"""A hyphen that a line was broken behind, and that no word is left out after: not "salgs- og"."""
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_TYPE_SET = re.compile("[\x80-\x9f\u2010\u2011]")
ORDINARY = re.compile("[\t\n\r -~\xa0-\xac\xae-\xff\u2013\u2014\u2018-\u201d\u2026]*")
"""What nearly all texts are made of: letters that are composed already, and nothing that is not seen."""
_TYPED = str.maketrans({"\u2010": "-", "\u2011": "-"} | {chr(code): letter for code, letter in _C1.items()})
"""Hyphens that only forbid a break; and numeric entities of windows-1252 (&#150;), as browsers read them."""


def as_seen(text: str) -> str:
    """Text of mark-up as it is read: clean, and with the characters that only type-setting needs made plain."""
    if ORDINARY.fullmatch(text):
        return " ".join(text.split())
    return clean(text if text.isascii() or not _TYPE_SET.search(text) else text.translate(_TYPED))


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines of a paragraph are one text broken to a width: no first word would have fitted a line above."""
    width = max(len(line) for line in lines)
    return width in _WRAPPED_AT and all(
        len(line) + 1 + len(following.split(" ", 1)[0]) > width for line, following in pairwise(lines)
    )


def plain_blocks(text: str) -> list[Block]:
    """The blocks of a page of plain text: its lines, and the paragraphs that were broken to a width."""
    blocks: list[Block] = []
    for paragraph in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [line for line in map(as_seen, paragraph.split("\n")) if line]
        last = len(lines) - 1 if lines and (is_label(lines[-1]) or _IN_BRACKETS.fullmatch(lines[-1])) else len(lines)
        if last > 1 and _is_wrapped(lines[:last]):
            lines = [_SEAM.sub("-", _BREAK.join(lines[:last])).replace(_BREAK, " "), *lines[last:]]
        blocks.extend(Block(line) for line in lines)
    return blocks
