"""Text of a page to blocks in reading order: what a person sees, whatever the mark-up.

BeautifulSoup on lxml tokenises and mends the mark-up; its tree is not built, since one pass in reading order is all
that is asked for and the tree costs three times as much as everything else. The events go straight to the reader of
`scraper.parsers.events`.
"""

from __future__ import annotations

import re
from typing import Any, cast

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import etree

from scraper.parsers.events import Document, EnoughError, Reader
from scraper.parsers.plain_text import plain_blocks

MAX_CHARACTERS = 6_000_000
"""What is read of a page; a longer one is cut there and said to be too large."""
MAX_STEPS = 50_000_000
"""Depth of the elements times number of end tags: what libxml2 may spend on looking for what an end tag closes."""

_PIECE = 60_000
_XML_HEAD = re.compile(r"\s{0,40}<\?xml[^>]{0,300}>")
_PAGE_BEGINS = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_PAGE_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ALWAYS_CLOSED = ("div", "main", "section", "article", "aside", "script", "style")
"""Elements whose end tag is never left out on purpose."""


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's builder on lxml, the events of lxml going to a reader instead of into a tree."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self._reader = reader

    def feed(self, markup: str | bytes) -> None:
        """As the builder's own, in pieces: lxml notices only between two of them that a reader has had enough."""
        assert isinstance(markup, str)
        parser = etree.HTMLParser(target=cast("Any", self._reader), recover=True)
        try:
            for start in range(0, len(markup), _PIECE):
                parser.feed(markup[start : start + _PIECE])
            parser.close()
        except (UnicodeDecodeError, LookupError, etree.ParserError) as error:
            raise ParserRejectedMarkup(error) from error


def _is_cut_off(text: str) -> bool:
    """Whether a whole page, not a piece of one, ends without its end tags and inside a text, a tag or a block."""
    if _PAGE_ENDS.search(text, max(0, len(text) - 20_000)) or not _PAGE_BEGINS.search(text, 0, 20_000):
        return False
    if not text.rstrip().endswith(">"):
        return True
    folded = text.lower()
    return any(folded.count(f"<{name}") > folded.count(f"</{name}") for name in _ALWAYS_CLOSED)


def read_document(text: str, url: str = "") -> Document:
    """The blocks and JSON-LD of a page of HTML, links made absolute against `url`. Never raises for bad mark-up."""
    too_large = len(text) > MAX_CHARACTERS
    text = text[:MAX_CHARACTERS].replace("\x00", "")
    head = _XML_HEAD.match(text)
    cut_off = not too_large and _is_cut_off(text)
    reader = Reader(url, max(100, MAX_STEPS // (1 + text.count("</"))))
    try:
        # the doctype keeps BeautifulSoup from taking a short text for the name of a file
        BeautifulSoup("<!DOCTYPE html>" + text[head.end() if head else 0 :], builder=_Builder(reader))
    except EnoughError:
        too_large = True
    except ParserRejectedMarkup:
        return Document(blocks=plain_blocks(text), too_large=too_large)
    reader.close()
    reader.document.too_large |= too_large
    reader.document.cut_off = cut_off
    return reader.document
