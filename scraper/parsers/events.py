"""The events of lxml to blocks in reading order: what a person sees, whatever the mark-up.

Elements are told apart only by what a browser does with them when no style sheet is there: a block stands alone, an
inline element joins, a script, a template or a hidden element is not seen. No class, id or nesting means anything here.

A page has thousands of events, so what an element means is looked up once, in one table, and nothing is made for it
unless it changes something.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from scraper.parsers.addresses import LONGEST_LINK, root_of, web_address
from scraper.parsers.plain_text import ORDINARY, as_seen, plain_blocks
from scraper.records import Block

MAX_ELEMENTS = 40_000
"""What is read of a page in elements: some twenty times the largest article page seen."""
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
_SHADOW = "shadowrootmode"
"""The attribute of a template that a browser does show, as what stands in the element around it."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "summary"})
_AS_TYPED = frozenset({"pre", "listing", "xmp", "plaintext"})
_CHANGING = UNSEEN | _HEADINGS | _AS_TYPED | {"dialog"}
"""Elements that change what holds inside them, whatever their attributes."""
_HIDING_ATTRIBUTES = frozenset({"hidden", "aria-hidden", "style", "popover"})
_TELLING = _HIDING_ATTRIBUTES | {"href", "role", "itemprop", "itemtype"}
"""Attributes that may change it."""
_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big blink button cite code del dfn em font i img input ins kbd label link mark meta nobr
    output picture q s samp small source span strike strong sub sup time tt u var wbr
    """.split()
)
"""The usual elements that join what is around them, as does any other."""

_ENDED, _BEGUN, _OWN = 1, 2, 4
"""At the place between two texts: an inline element ended, one began; and the same, shifted, of the page's own."""
_BOTH_OWN = _OWN | _OWN << 1
_APART = 0  # and nothing else is: a mark that is not set

_Seam = tuple[int, int, bool, tuple[int, ...]]
"""Where in a block inline elements end or begin: the number of the text, the edge, whether it is hard, the place."""
_Held = tuple[bool, bool, str | None, bool, bool]
_Element = tuple[int, _Held | None]
"""An open element: `_APART` or what its end leaves behind, and what held outside it where it changes that."""

_PLAIN: dict[str, _Element] = {
    **dict.fromkeys(BLOCKS - _CHANGING, (_APART, None)),
    **dict.fromkeys(_INLINE - _CHANGING, (_ENDED, None)),
}
"""The open element for each name that by itself changes nothing."""

_IMAGES = frozenset({"img", "amp-img"})
_DEEPEST_PATH = 120
_LEAST_TURNS = 4
"""Inline elements side by side, without a blank, that are a list where two or more kinds of them take turns."""
_WORDS_OF_A_PIECE = 4
_LONGEST_ALT = 200
_SENTENCE_END = re.compile(r"[\w/)][\w)]\.?[.!?]$")
_HIDING = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_SETS_APART = re.compile(r"(?:^|[;\s])display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_NEW_LINE = "\u2028"
_is_ordinary = ORDINARY.fullmatch
_new = tuple.__new__
"""Makes a named tuple, of which a page has hundreds, in a third of its constructor's time."""


class Logo(NamedTuple):
    """What stands for an image, the text of the block it begins or, where that has none, of the next, and its place."""

    shown: str
    following: str
    path: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    """The path to the block that follows."""


@dataclass(slots=True)
class Document:
    """A page as its reader sees it, the JSON-LD blocks beside it, and whether it was too large to read whole."""

    blocks: list[Block] = field(default_factory=list)
    json_ld: list[str] = field(default_factory=list)
    too_large: bool = False
    logos: list[Logo] = field(default_factory=list)
    """The images that begin a block, in reading order."""
    makes: list[str] = field(default_factory=list)
    """What each element of the page is made as, its name and class, in the order they begin: a path counts in it."""
    properties: dict[int, str] = field(default_factory=dict)
    """What an element says it is, by its number: the last words of its `itemtype` or `itemprop`."""
    cut_off: bool = False
    """Whether the mark-up ends in the middle of something: the page was not received whole."""


class EnoughError(Exception):
    """The page is larger than we read."""


class Reader:
    """Takes the events of lxml in order (it is a parser's target) and keeps the blocks in `document`.

    Raises EnoughError where there are more than MAX_ELEMENTS elements, or one stands `deepest` deep.
    """

    def __init__(self, url: str, deepest: int) -> None:
        self.document = Document()
        self._blocks = self.document.blocks
        self._makes = self.document.makes
        self._base, self._root = url, root_of(url)
        self._based = False
        self._addresses: dict[str, str | None] = {}
        self._deepest = deepest
        self._left = MAX_ELEMENTS
        self._json_ld = 0
        self._open: list[_Element] = []
        self._place: list[int] = []
        self._hidden = self._inert = self._heading = self._as_typed = False
        self._link: str | None = None
        self._script: list[str] | None = None
        # the block being read: its texts, their links; and where elements end and begin between two of them
        self._texts: list[str] = []
        self._links: list[str | None] = []
        self._seams: list[_Seam] = []
        self._images: list[tuple[str, int, tuple[int, ...]]] = []
        self._path: tuple[int, ...] = ()
        self._is_heading = False
        self._edge = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        elements = self._open
        self._left -= 1
        if self._left < 0 or len(elements) > self._deepest:
            raise EnoughError
        element = _PLAIN.get(name)
        if element is None or (attributes and not _TELLING.isdisjoint(attributes)):
            element = self._element(name, attributes)
        elements.append(element)
        if self._texts:
            mark = element[0]
            if not mark:
                self._flush()
            elif not self._hidden:
                self._edge |= mark << 1
        elif name in _IMAGES and element[0] and not self._hidden and attributes.get("alt", "").strip():
            shown = as_seen(attributes["alt"][:_LONGEST_ALT])
            self._images.append((shown, len(self._blocks), self._here()))
        makes = self._makes
        self._place.append(len(makes))
        makes.append(f"{name} {attributes['class']}" if attributes and "class" in attributes else name)

    def _element(self, name: str, attributes: Mapping[str, str]) -> _Element:
        """The open element for one that no table knows or that may change something, which is noted here."""
        mark = _APART if name in BLOCKS else _ENDED | _OWN if "-" in name else _ENDED
        if name not in _CHANGING and (not attributes or _TELLING.isdisjoint(attributes)):
            return mark, None
        if name == "template" and _SHADOW in attributes:
            return mark | _OWN, None
        held = (self._hidden, self._inert, self._link, self._heading, self._as_typed)
        if name in UNSEEN:
            self._hidden = True
            self._inert = self._inert or name in _INERT
            if name == "script" and not self._inert and _is_json_ld(attributes.get("type", "")):
                self._script = []
            return mark, held
        if mark == _APART and self._texts:
            self._flush()
        if name == "dialog" or not _HIDING_ATTRIBUTES.isdisjoint(attributes):
            self._hidden = self._hidden or _is_hidden(name, attributes)
        if "itemtype" in attributes or "itemprop" in attributes:
            said = attributes.get("itemtype") or attributes.get("itemprop") or ""
            self.document.properties[len(self._makes)] = said[:LONGEST_LINK].rstrip("/").rpartition("/")[2]
        if name == "a":
            self._link = attributes.get("href") or self._link
        elif name == "base" and not self._based and attributes.get("href"):
            self._base, self._based = web_address(self._base, attributes["href"]) or self._base, True
            self._root, self._addresses = root_of(self._base), {}
        elif name in _HEADINGS or attributes.get("role") == "heading":
            self._heading = True
        elif name in _AS_TYPED:
            self._as_typed = True
        if "style" in attributes and _SETS_APART.search(attributes["style"][:1000]) is not None:
            mark = _APART
        return mark, held

    def end(self, name: str) -> None:
        """An element ends: the one that began last, for lxml ends what the mark-up leaves open."""
        mark, held = self._open.pop()
        self._place.pop()
        if self._texts:
            if not mark:
                self._flush()
            elif not self._hidden:
                self._edge |= mark
        if held is not None:
            self._hidden, self._inert, self._link, self._heading, self._as_typed = held
            if name == "script" and self._script is not None:
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
            if self._edge:
                self._seams.append((len(texts), self._edge, self._is_hard_seam(), self._here()))
                self._edge = 0
            elif not texts:
                self._path = self._here()
            if self._heading:
                self._is_heading = True
        elif not texts:
            return
        texts.append(data.replace("\n", _NEW_LINE) if self._as_typed else data)
        self._links.append(self._link)

    def _here(self) -> tuple[int, ...]:
        """The path to the place that is read now; none where it is too deep to be one of a list."""
        return tuple(self._place) if len(self._place) <= _DEEPEST_PATH else ()

    def _is_hard_seam(self) -> bool:
        """Whether what ended and what begins are no pieces of one word: two links, or two elements of the page's own.

        Elements that a page names itself, <cw-place>, are inline only as long as no style sheet says what they are.
        """
        edge = self._edge
        if edge & (_ENDED | _BEGUN) != _ENDED | _BEGUN:
            return False
        return edge & _BOTH_OWN == _BOTH_OWN or None is not self._links[-1] != self._link is not None

    def close(self) -> None:
        """The text ends, whatever is still open."""
        if self._texts:
            self._flush()
        if self._script is not None:
            self.document.json_ld.append("".join(self._script))
            self._script = None
        blocks = self._blocks
        self.document.logos = [
            Logo(shown, blocks[at].text, path, blocks[at].path) for shown, at, path in self._images if at < len(blocks)
        ]

    def _flush(self) -> None:
        """The block being read ends."""
        texts, links, heading = self._texts, self._links, self._is_heading
        self._texts, self._links, self._is_heading, self._edge = [], [], False, 0
        if self._seams:
            seams, self._seams = self._seams, []
            self._keep_apart(texts, links, seams, heading)
        else:
            self._keep(texts, links, heading, self._path)

    def _keep_apart(self, texts: list[str], links: list[str | None], seams: list[_Seam], heading: bool) -> None:
        """Keeps a block with inline elements in it, cut where two of them can only be two pieces."""
        first, inner, path = 0, [0], self._path
        in_turn = self._take_turns(texts, seams)
        own = _BOTH_OWN if self._is_all_own(seams) else -1
        for number, (seam, edge, hard, place) in enumerate(seams):
            ended, begun = edge & _ENDED, edge & _BEGUN
            set_apart = edge & _BOTH_OWN == own
            if set_apart or not (texts[seam - 1][-1].isspace() or texts[seam][0].isspace()):
                start = seams[number - 1][0] if number else 0
                end = seams[number + 1][0] if number + 1 < len(seams) else len(texts)
                figure = (
                    texts[seam - 1][-1].isdigit() and texts[seam][0].isdigit() and start and texts[start - 1][-1] == " "
                )
                if set_apart or (
                    not figure
                    and (
                        hard
                        or in_turn
                        or _stand_apart(
                            "".join(texts[start:seam]),
                            "".join(texts[seam:end]),
                            both=bool(ended and begun),
                            ended=bool(ended),
                        )
                    )
                ):
                    self._keep(texts[first:seam], links[first:seam], heading, path, [at - first for at in inner])
                    first, inner, path = seam, [seam], place
                    continue
            if ended and begun:
                inner.append(seam)
        if first:
            self._keep(texts[first:], links[first:], heading, path, [at - first for at in inner])
        else:
            self._keep(texts, links, heading, path, inner)

    def _is_all_own(self, seams: list[_Seam]) -> bool:
        """Whether each text of a block stands in an element of the page's own: it has no running text around them."""
        if not any(edge & _BOTH_OWN == _BOTH_OWN for _, edge, _, _ in seams):
            return False
        paths = [self._path, *(place for _, _, _, place in seams)]
        shared = next(
            (at for at, step in enumerate(zip(*paths, strict=False)) if len({*step}) > 1), min(map(len, paths))
        )
        return all(any("-" in self._makes[number].split(" ", 1)[0] for number in path[shared:]) for path in paths)

    def _take_turns(self, texts: list[str], seams: list[_Seam]) -> bool:
        """Whether a block is a list of inline elements that take turns without a blank: strong, a, em, strong, a, em.

        No word is made of so many: a style sheet sets them apart.
        """
        if len(seams) + 1 < _LEAST_TURNS:
            return False
        makes = [self._makes[place[-1]] if place else "" for place in (self._path, *(seam[3] for seam in seams))]
        round_ = makes.index(makes[0], 1) if makes[0] in makes[1:] else 0
        if round_ < _LEAST_TURNS // 2 or len(makes) % round_ or makes != makes[:round_] * (len(makes) // round_):
            return False
        return all(
            edge & (_ENDED | _BEGUN) == _ENDED | _BEGUN
            and not (texts[seam - 1][-1].isspace() or texts[seam][0].isspace())
            for seam, edge, _, _ in seams
        )

    def _keep(
        self,
        texts: list[str],
        links: list[str | None],
        heading: bool,
        path: tuple[int, ...],
        starts: list[int] | tuple[()] = (),
    ) -> None:
        """Keeps a block of these texts; `starts` are where the inline elements begin that stand side by side in it."""
        whole = texts[0] if len(texts) == 1 else "".join(texts)
        if _is_ordinary(whole):
            text = " ".join(whole.split())
        elif _NEW_LINE in whole:
            self._blocks.extend(plain_blocks(whole.replace(_NEW_LINE, "\n")))
            return
        else:
            text = as_seen(whole)
        if not text:
            return
        parts: tuple[str, ...] = ()
        if len(starts) > 1:
            pieces = map(as_seen, ("".join(texts[start:end]) for start, end in pairwise([*starts, len(texts)])))
            parts = tuple(piece for piece in pieces if piece)
            if len(parts) < 2:
                parts = ()
        link = links[0] if links.count(links[0]) == len(links) else _most_linked(texts, links)
        self._blocks.append(_new(Block, (text, self._address(link) if link else None, heading, parts, path)))

    def _address(self, link: str) -> str | None:
        """The absolute address that a link leads to."""
        if (  # nearly all links are paths from the root of the site, and joining takes long
            link[0] == "/"
            and link[1:2] != "/"
            and "/." not in link
            and "[" not in link
            and len(link) < LONGEST_LINK
            and not link[-1].isspace()
            and self._root
        ):
            return self._root + link
        if link not in self._addresses:
            self._addresses[link] = web_address(self._base, link)
        return self._addresses[link]


def _most_linked(texts: list[str], links: list[str | None]) -> str | None:
    """The link that most of a block's text stands in, where not all of it does; None if there are several."""
    targets = set(links)
    if None not in targets or len(targets) != 2:
        return None
    targets.discard(None)
    linked = sum(len(text) for text, link in zip(texts, links, strict=True) if link)
    return None if linked * 2 < sum(map(len, texts)) else targets.pop()


def _is_json_ld(kind: str) -> bool:
    return kind.split(";", 1)[0].strip().lower() == "application/ld+json"


def _is_hidden(name: str, attributes: Mapping[str, str]) -> bool:
    return (
        "hidden" in attributes
        or ("aria-hidden" in attributes and attributes["aria-hidden"].strip().lower() == "true")
        or "popover" in attributes
        or (name == "dialog" and "open" not in attributes)
        or ("style" in attributes and _HIDING.search(attributes["style"][:1000]) is not None)
    )


def _stand_apart(before: str, after: str, *, both: bool, ended: bool) -> bool:
    """Whether two inline neighbours without a blank between them can only be two pieces: "A/SEngineer" is no word.

    Where not `both` are elements ("Bølge<b>IT</b>", "<b>H.</b>C."), the one that is, the first if it `ended`, has to be
    longer than a word or two.
    """
    left, right = as_seen(before), as_seen(after)
    if not left or not right or not (right[0].isupper() or right[0].isdigit()):
        return False
    if left.count(" ") >= _WORDS_OF_A_PIECE and _SENTENCE_END.search(left):
        return True
    if not both and (left if ended else right).count(" ") < _WORDS_OF_A_PIECE:
        return False
    return len(left) > 1 and left[-1] not in "-–—/&'’(\"“»"
