"""Text of a page to blocks in reading order: what a person sees, whatever the mark-up.

BeautifulSoup on lxml tokenises and mends the mark-up; its tree is not built, since one pass in reading order is all
that is asked for and the tree costs three times as much as everything else. Elements are told apart only by what a
browser does with them when no style sheet is there: a block stands alone, an inline element joins, a script, a template
or a hidden element is not seen. No class, id or nesting means anything here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, cast
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.builder import ParserRejectedMarkup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import etree

from scraper.parsers.danish.text import clean
from scraper.records import Block

MAX_CHARACTERS = 6_000_000
"""What is read of a page; a longer one is cut there and said to be too large."""
MAX_ELEMENTS = 40_000
"""What is read of a page in elements: some twenty times the largest article page seen."""
MAX_STEPS = 50_000_000
"""Depth of the elements times number of end tags: what libxml2 may spend on looking for what an end tag closes."""
MAX_JSON_LD = 2_000_000
"""Characters of JSON-LD that are kept of one page."""

BLOCKS = frozenset(
    # what a browser sets on lines of its own (https://html.spec.whatwg.org/#flow-content-3), and cells of tables
    """
    address article aside blockquote body br caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav
    ol optgroup option p plaintext pre search section summary table tbody td tfoot th thead tr ul xmp
    """.split()
)
UNSEEN = frozenset(
    """
    script style template noscript title svg math iframe object embed applet audio video canvas select datalist textarea
    noframes noembed rp map meter progress
    """.split()
)
"""What a browser never shows as text of the page, or shows only where something else fails."""

_INERT = frozenset({"template", "noscript", "iframe", "noframes", "noembed", "object"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "summary"})
_AS_TYPED = frozenset({"pre", "listing", "xmp", "plaintext"})
_CHANGING = UNSEEN | _HEADINGS | _AS_TYPED | {"dialog"}
"""Elements that change what holds inside them, whatever their attributes."""
_TELLING = frozenset({"href", "hidden", "aria-hidden", "style", "role", "popover"})
"""Attributes that may change it."""
_PIECE = 60_000
_WORDS_OF_A_PIECE = 4
_LONGEST_ALT = 200
_SENTENCE_END = re.compile(r"[\w/)][\w)]\.?[.!?]$")
_HIDING = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SETS_APART = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_NEW_LINE = "\u2028"
_XML_HEAD = re.compile(r"\s{0,40}<\?xml[^>]{0,300}>")
_PAGE_BEGINS = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_PAGE_ENDS = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
_ALWAYS_CLOSED = ("div", "main", "section", "article", "aside", "script", "style")
"""Elements whose end tag is never left out on purpose."""
_WRAPPED_AT = range(40, 121)
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_TYPE_SET = re.compile("[\x80-\x9f\u2010\u2011]")
_ORDINARY = re.compile("[\t\n\r -~\xa0-\xac\xae-\xff\u2013\u2014\u2018-\u201d\u2026]*")
"""What nearly all texts are made of: letters that are composed already, and nothing that is not seen."""
_TYPED = str.maketrans({"\u2010": "-", "\u2011": "-"} | {chr(code): letter for code, letter in _C1.items()})
"""Hyphens that only forbid a break; and numeric entities of windows-1252 (&#150;), as browsers read them."""


@dataclass(slots=True)
class Document:
    """A page as its reader sees it, the JSON-LD blocks beside it, and whether it was too large to read whole."""

    blocks: list[Block] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    too_large: bool = False
    logos: list[tuple[str, str]] = field(default_factory=list)
    """What stands for each image that begins a block, and the text of that block or, where it has none, of the next."""
    cut_off: bool = False
    """Whether the mark-up ends in the middle of something: the page was not received whole."""


class _EnoughError(Exception):
    """The page is larger than we read."""


class _Reader:
    """Takes the events of lxml in order and keeps the blocks."""

    def __init__(self, url: str, deepest: int) -> None:
        self.document = Document()
        self._base = url
        self._based = False
        self._deepest = deepest
        self._elements = 0
        self._json_ld = 0
        # each open element: its name, whether it stands alone, and what held outside it where it changes that
        self._open: list[tuple[str, bool, tuple[bool, bool, str | None, bool, bool] | None]] = []
        self._hidden = self._inert = self._heading = self._as_typed = False
        self._link: str | None = None
        self._script: list[str] | None = None
        # the block being read: its texts, their links; and where an inline element ended, where one began
        self._texts: list[str] = []
        self._links: list[str | None] = []
        self._seams: list[tuple[int, bool, bool, bool]] = []
        self._images: list[tuple[str, int]] = []
        self._is_heading = False
        self._ended = self._begun = self._ended_own = self._begun_own = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > MAX_ELEMENTS or len(self._open) > self._deepest:
            raise _EnoughError
        apart = name in BLOCKS
        before = None
        if name in _CHANGING or (attributes and not _TELLING.isdisjoint(attributes)):
            before = (self._hidden, self._inert, self._link, self._heading, self._as_typed)
            apart = self._change(name, attributes, apart=apart)
        self._open.append((name, apart, before))
        if apart:
            if self._texts:
                self._flush()
            self._ended = self._begun = self._ended_own = self._begun_own = False
        elif not self._hidden:
            self._begun = True
            self._begun_own = self._begun_own or "-" in name
            if name == "img" and not self._texts and attributes.get("alt", "").strip():
                self._images.append((as_seen(attributes["alt"][:_LONGEST_ALT]), len(self.document.blocks)))

    def _change(self, name: str, attributes: Mapping[str, str], *, apart: bool) -> bool:
        """Notes what an element changes for what is in it; whether it stands alone."""
        if name in UNSEEN:
            self._hidden = True
            self._inert = self._inert or name in _INERT
            if name == "script" and not self._inert and _is_json_ld(attributes.get("type", "")):
                self._script = []
            return apart
        if apart and self._texts:
            self._flush()
        if _is_hidden(name, attributes):
            self._hidden = True
        if name == "a":
            self._link = attributes.get("href") or self._link
        elif name == "base" and not self._based and attributes.get("href"):
            self._base, self._based = web_address(self._base, attributes["href"]) or self._base, True
        elif name in _HEADINGS or attributes.get("role") == "heading":
            self._heading = True
        elif name in _AS_TYPED:
            self._as_typed = True
        return apart or ("style" in attributes and _SETS_APART.search(attributes["style"][:1000]) is not None)

    def end(self, name: str) -> None:
        """An element ends, and with it those that were left open inside it."""
        if not self._open or (self._open[-1][0] != name and all(entry[0] != name for entry in self._open)):
            return
        ended = ""
        while ended != name:
            ended, apart, before = self._open.pop()
            if apart:
                if self._texts:
                    self._flush()
                self._ended = self._begun = self._ended_own = self._begun_own = False
            elif not self._hidden:
                self._ended = True
                self._ended_own = self._ended_own or "-" in ended
            if before is not None:
                self._hidden, self._inert, self._link, self._heading, self._as_typed = before
                if ended == "script" and self._script is not None:
                    self.document.json_ld.append("".join(self._script))
                    self._script = None

    def data(self, data: str) -> None:
        """Some text."""
        if self._hidden:
            if self._script is not None:
                self._json_ld += len(data)
                if self._json_ld <= MAX_JSON_LD:
                    self._script.append(data)
                else:
                    self.document.too_large = True
            return
        texts = self._texts
        if not data.isspace():
            if (self._begun or self._ended) and texts:
                self._seams.append((len(texts), self._ended, self._begun, self._is_hard_seam()))
            self._ended = self._begun = self._ended_own = self._begun_own = False
            if self._heading:
                self._is_heading = True
        elif not texts:
            return
        texts.append(data.replace("\n", _NEW_LINE) if self._as_typed else data)
        self._links.append(self._link)

    def _is_hard_seam(self) -> bool:
        """Whether what ended and what begins are no pieces of one word: two links, or two elements of the page's own.

        Elements that a page names itself, <cw-place>, are inline only as long as no style sheet says what they are.
        """
        if not (self._ended and self._begun):
            return False
        return (self._ended_own and self._begun_own) or None is not self._links[-1] != self._link is not None

    def close(self) -> None:
        """The text ends, whatever is still open."""
        if self._texts:
            self._flush()
        if self._script is not None:
            self.document.json_ld.append("".join(self._script))
            self._script = None
        blocks = self.document.blocks
        self.document.logos = [(shown, blocks[at].text) for shown, at in self._images if at < len(blocks)]

    def _flush(self) -> None:
        texts, links, seams, heading = self._texts, self._links, self._seams, self._is_heading
        self._texts, self._links, self._seams, self._is_heading = [], [], [], False
        if not seams:
            self._keep(texts, links, (), heading)
            return
        first, inner = 0, [0]
        ends = [0, *(seam[0] for seam in seams), len(texts)]
        for number, (seam, ended, begun, hard) in enumerate(seams, start=1):
            left, right = texts[ends[number - 1] : seam], texts[seam : ends[number + 1]]
            if _touch(left[-1], right[0]) and (
                hard or _stand_apart("".join(left), "".join(right), ended=ended, begun=begun)
            ):
                self._keep(texts[first:seam], links[first:seam], [at - first for at in inner], heading)
                first, inner = seam, [seam]
            elif ended and begun:
                inner.append(seam)
        self._keep(texts[first:], links[first:], [at - first for at in inner], heading)

    def _keep(self, texts: list[str], links: list[str | None], starts: list[int] | tuple[()], heading: bool) -> None:
        whole = "".join(texts) if len(texts) > 1 else texts[0]
        if _NEW_LINE in whole:
            self.document.blocks.extend(plain_blocks(whole.replace(_NEW_LINE, "\n")))
            return
        text = as_seen(whole)
        if not text:
            return
        parts: tuple[str, ...] = ()
        if len(starts) > 1:
            pieces = (
                as_seen("".join(texts[start:end])) for start, end in zip(starts, [*starts[1:], None], strict=True)
            )
            parts = tuple(piece for piece in pieces if piece)
        self.document.blocks.append(Block(text, self._where_to(texts, links), heading, parts if len(parts) > 1 else ()))

    def _where_to(self, texts: list[str], links: list[str | None]) -> str | None:
        """The absolute address that most of a block's text leads to, if one does."""
        targets = {link for link in links if link}
        if len(targets) != 1:
            return None
        if None in links:
            linked = sum(len(text) for text, link in zip(texts, links, strict=True) if link)
            if linked * 2 < sum(map(len, texts)):
                return None
        return web_address(self._base, targets.pop())


class _Builder(LXMLTreeBuilder):
    """BeautifulSoup's builder on lxml, the events of lxml going to a reader instead of into a tree."""

    def __init__(self, reader: _Reader) -> None:
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


def _is_json_ld(kind: str) -> bool:
    return kind.split(";", 1)[0].strip().lower() == "application/ld+json"


def _is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden", "").strip().lower() == "true"
        or "popover" in attributes
        or (name == "dialog" and "open" not in attributes)
        or ("style" in attributes and _HIDING.search(attributes["style"][:1000]) is not None)
    )


def web_address(base: str, target: str) -> str | None:
    """The absolute web address of a link on the page at `base`, None for one that leads to no page."""
    target = target.strip()
    if not target or target[0] == "#" or "[" in target or len(target) > 2000:
        return None
    try:
        url = target if target.startswith(("http://", "https://")) else _joined(base, target)
    except ValueError:
        return None
    return url if url.startswith(("http://", "https://")) else None


def _joined(base: str, target: str) -> str:
    """As urljoin, which takes long for what nearly all links are: a path from the root of the site."""
    if target[0] == "/" and target[1:2] != "/" and "/." not in target and base.startswith("http"):
        return "/".join(base.split("/", 3)[:3]) + target
    return urljoin(base, target)


def _touch(before: str, after: str) -> bool:
    """Whether there is no blank between two texts."""
    return not (before[-1:].isspace() or after[:1].isspace())


def _stand_apart(before: str, after: str, *, ended: bool, begun: bool) -> bool:
    """Whether two inline neighbours without a blank between them can only be two pieces: "A/SEngineer" is no word.

    Where only one of the two is an element ("Bølge<b>IT</b>", "<b>H.</b>C."), it has to be longer than a word or two.
    """
    left, right = as_seen(before), as_seen(after)
    if not left or not right or not (right[0].isupper() or right[0].isdigit()):
        return False
    if left.count(" ") >= _WORDS_OF_A_PIECE and _SENTENCE_END.search(left):
        return True
    if not (ended and begun) and (left if ended else right).count(" ") < _WORDS_OF_A_PIECE:
        return False
    return len(left) > 1 and left[-1] not in "-–—/&'’(\"“»"


def as_seen(text: str) -> str:
    """Text of mark-up as it is read: clean, and with the characters that only type-setting needs made plain."""
    if _ORDINARY.fullmatch(text):
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
        if len(lines) > 1 and _is_wrapped(lines):
            lines = [" ".join(lines)]
        blocks.extend(Block(line) for line in lines)
    return blocks


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
    reader = _Reader(url, max(100, MAX_STEPS // (1 + text.count("</"))))
    try:
        # the doctype keeps BeautifulSoup from taking a short text for the name of a file
        BeautifulSoup("<!DOCTYPE html>" + text[head.end() if head else 0 :], builder=_Builder(reader))
    except _EnoughError:
        too_large = True
    except ParserRejectedMarkup:
        return Document(blocks=plain_blocks(text), too_large=too_large)
    reader.close()
    reader.document.too_large |= too_large
    reader.document.cut_off = cut_off
    return reader.document
