"""Is this answer a page of the kind that was asked for? Pure functions of status, headers and bytes.

A site says "no" in many ways, and half of them with status 200: an empty body, a consent wall, "Siden findes ikke".
What slips through here would be parsed as a page without announcements, so each way has a typed reason. The soft
checks are conservative: a real page called a wall is lost, so a heading must say so and little else may stand there.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree, html

from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers import walls
from scraper.fetchers.body import GZIP_MARK
from scraper.records import PageKind

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_FEED_TYPES = frozenset(
    {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/xml",
        "text/xml",
        "text/html",  # old sites call their feeds so; the bytes are looked at next
        "application/xhtml+xml",
        "application/gzip",  # a sitemap may be a gzip file
        "application/x-gzip",
        "application/octet-stream",
        "binary/octet-stream",
    }
)
TYPES = {PageKind.ARTICLE: _HTML_TYPES, PageKind.JOB_AD: _HTML_TYPES, PageKind.FEED: _FEED_TYPES}

ACCEPT = {
    PageKind.ARTICLE: "text/html, application/xhtml+xml;q=0.9",
    PageKind.JOB_AD: "text/html, application/xhtml+xml;q=0.9",
    PageKind.FEED: "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8",
}

_REASONS = {
    401: FetchReason.FORBIDDEN,
    402: FetchReason.FORBIDDEN,
    403: FetchReason.FORBIDDEN,
    404: FetchReason.NOT_FOUND,
    410: FetchReason.NOT_FOUND,
    429: FetchReason.RATE_LIMITED,
    451: FetchReason.FORBIDDEN,
}

_HINTS = {
    FetchReason.FORBIDDEN: "The site refuses us: look at the page in a browser, and read the site's terms.",
    FetchReason.RATE_LIMITED: "The site asks for fewer requests: raise gap: for this source.",
    FetchReason.SERVER_ERROR: "The site has a fault; the page is asked again in the next run.",
    FetchReason.NOT_FOUND: "The page is gone.",
}

# Beginnings of files that are no text, whatever their header says.
BINARY = {
    b"%PDF-": "a PDF",
    b"\x89PNG": "an image",
    b"GIF8": "an image",
    b"\xff\xd8\xff": "an image",
    b"RIFF": "a media file",
    b"PK\x03\x04": "a ZIP file",
    GZIP_MARK: "a gzip file",
    b"\x7fELF": "a program",
    b"\x00\x00\x01\x00": "an icon",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_MOST_NULS = 0.01

# What a whole heading (or a whole part of a title between | and dashes) says on a page that is not there …
_MISSING = re.compile(
    r"(?:fejl |error |http |status )?404(?: ?[:(-]? ?(?:fejl|error|not found|page not found|siden findes ikke)\)?)?"
    r"|(?:beklager,? |ups!? ?|hov!? ?)?(?:siden|artiklen|annoncen|jobannoncen|stillingen|indholdet)"
    r" (?:findes (?:desværre )?ikke(?: længere)?|blev ikke fundet|kunne ikke findes|kan ikke findes|er ikke fundet"
    r"|er slettet|er fjernet)"
    r"|(?:sorry,? |oops!? ?)?(?:(?:the |this )?page |article )?(?:was |could )?not (?:be )?found"
    r"|(?:sorry,? |oops!? ?)?(?:the |this )?page (?:doesn.t|does not) exist",
    re.IGNORECASE,
)
# … and on one that is an error's, sent as if it were a page.
_BROKEN = re.compile(
    r"(?:fejl |error |http |status )?50[0-4](?: ?[:(-]? ?(?:(?:internal )?server error|bad gateway|service unavailable"
    r"|gateway time-?out|intern(?:al)? (?:server)?fejl)\)?)?|internal server error|bad gateway|gateway time-?out"
    r"|(?:service|siden|tjenesten) (?:temporarily unavailable|unavailable|er midlertidigt utilgængelig)"
    r"|(?:beklager,? |ups!? ?|hov!? ?)?der (?:er sket|opstod|skete) en (?:uventet )?fejl|intern(?:al)? serverfejl"
    r"|error establishing a database connection|(?:oops!? ?)?something went wrong|noget gik galt"
    r"|(?:siden er )?under vedligeholdelse|(?:down for|under) maintenance",
    re.IGNORECASE,
)

_SHORT_PAGE = 1500
"""Characters of visible text under which a page whose heading speaks of a wall is nothing but the wall."""
_BARE_PAGE = 200
"""Characters under which a page with a wall's mark-up has no text of its own."""

_MOST_ELEMENTS = 20_000
"""Elements among which a consent manager's box is looked for."""
_LONGEST_HEAD = 200
_LONGEST_TITLE = 1000


def check_status(status: int, url: str) -> None:
    """Raises BadAnswer for any status but 200; 304 and redirects are the caller's."""
    if status == 200:
        return
    reason = _REASONS.get(status, FetchReason.SERVER_ERROR if status >= 500 else FetchReason.HTTP_ERROR)
    raise BadAnswer(
        f"{url}: the site answers {status}.", reason=reason, url=url, status=status, hint=_HINTS.get(reason, "")
    )


def media_type(header: str | None) -> tuple[str, str | None]:
    """The media type in lower case ("" when there is none) and the charset that a Content-Type header declares."""
    kind, _, rest = (header or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", rest, re.IGNORECASE)
    return kind.strip().lower(), charset.group(1) if charset else None


def check_type(header: str | None, kind: PageKind, url: str) -> None:
    """Raises BadAnswer (wrong_type) when the header names another type; none at all is left to the bytes."""
    found, _ = media_type(header)
    if found and found not in TYPES[kind]:
        raise BadAnswer(
            f"{url}: is {found}, expected a {'feed' if kind is PageKind.FEED else 'page'}.",
            reason=FetchReason.WRONG_TYPE,
            url=url,
            status=200,
        )


def check_body(body: bytes, kind: PageKind, url: str, *, charset: str | None = None) -> None:
    """Raises BadAnswer when the bytes are empty, no text, a missing page or a wall."""

    def refuse(reason: FetchReason, what: str, hint: str = "") -> BadAnswer:
        return BadAnswer(f"{url}: {what}.", reason=reason, url=url, status=200, hint=hint)

    if not body.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise refuse(FetchReason.EMPTY, "the answer has no content")
    if kind is PageKind.FEED and body.startswith(GZIP_MARK):
        return
    for start, what in BINARY.items():
        if body.startswith(start):
            raise refuse(FetchReason.WRONG_TYPE, f"is {what}")
    wide = body.startswith(_UTF16_MARKS) or (charset or "").lower().startswith(("utf-16", "utf-32", "ucs"))
    if not wide and body.count(0) > len(body) * _MOST_NULS:
        raise refuse(FetchReason.UNDECODABLE, "is no text")
    if kind is PageKind.FEED and looks_like_feed(body):
        return
    heads, text, boxed = _read(body)
    if (
        not (text or boxed)
        and kind is not PageKind.FEED
        and not re.search(rb"<(?:script|img|iframe|meta)\b", body, re.IGNORECASE)
    ):
        raise refuse(FetchReason.EMPTY, "the page has no text")
    for head in heads:
        if _MISSING.fullmatch(head) and (len(text) < _SHORT_PAGE or _says_twice(heads)):
            raise refuse(FetchReason.SOFT_404, f"status 200, and the page says “{head}”")
        if _BROKEN.fullmatch(head) and len(text) < _SHORT_PAGE:
            raise refuse(FetchReason.SERVER_ERROR, f"status 200, and the page says “{head}”")
        if walls.HEADINGS.fullmatch(head) and len(text) < _SHORT_PAGE:
            raise refuse(
                FetchReason.WALL,
                f"a wall: the page says “{head}”",
                "Open the address in a browser to see what it asks.",
            )
    if kind is PageKind.FEED or len(text) >= _BARE_PAGE or b"application/ld+json" in body:
        return
    sign = walls.SIGNS.search(body)
    if sign or boxed or walls.OPENINGS.match(text):
        what = sign.group().decode("ascii") if sign else "a request for consent or a check"
        raise refuse(
            FetchReason.WALL,
            f"a wall: {what} and hardly any text",
            "Open the address in a browser to see what it asks.",
        )


def check_place(asked: str, final: str, wanted: str | None, found: str | None) -> None:
    """Raises BadAnswer when redirects ended elsewhere than at the page `wanted` (article ids; None: not known)."""
    if asked == final or wanted is None or wanted == found:
        return
    if walls.PATHS.search(urlsplit(final).path):
        raise BadAnswer(f"{asked}: sent on to the wall {final}.", reason=FetchReason.WALL, url=asked, status=200)
    raise BadAnswer(f"{asked}: sent on to another page, {final}.", reason=FetchReason.SOFT_404, url=asked, status=200)


def looks_like_feed(body: bytes) -> bool:
    """Whether the bytes begin as RSS, RDF or Atom do: such a root element among the first, and no html one."""
    start = body[:4096].replace(b"\0", b"").lower()
    return bool(re.search(rb"<(?:rss|feed|(?:\w+:)?rdf)[\s>:]", start)) and b"<html" not in start


def _says_twice(heads: list[str]) -> bool:
    """Whether title and heading agree that the page is missing; one alone may be an article about that."""
    return sum(bool(_MISSING.fullmatch(head)) for head in heads) > 1


def _read(body: bytes) -> tuple[list[str], str, bool]:
    """The parts of the title and the first headings, and the visible text, white space made one blank.

    The text of a consent manager's box is left out, and whether there was one is told.
    """
    try:
        tree: Any = html.document_fromstring(body, parser=html.HTMLParser(encoding=_encoding(body), huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [], "", False
    boxes = [
        element
        for element in islice(tree.body.iterdescendants() if tree.body is not None else (), _MOST_ELEMENTS)
        if isinstance(element.tag, str)
        and any(walls.BOXES.match(name) for name in (element.get("id", ""), *element.get("class", "").split()[:20]))
    ]
    for box in boxes:
        box.drop_tree()
    headings = list(islice(tree.iter("h1"), 2)) or list(islice(tree.iter("h2"), 1))
    heads = []
    for part in [*islice(tree.iter("title"), 1), *headings]:
        words = " ".join(part.text_content().split())[:_LONGEST_TITLE]
        pieces = re.split(r"\s+[|–—·»-]\s+|\s*\|\s*", words) if part.tag == "title" else [words]
        heads += [piece.strip(" .!") for piece in pieces if 0 < len(piece.strip(" .!")) < _LONGEST_HEAD]
    etree.strip_elements(tree, "script", "style", "noscript", "template", "head", with_tail=False)
    return heads, " ".join(tree.text_content().split()), bool(boxes)


def _encoding(body: bytes) -> str:
    if body.startswith(_UTF16_MARKS):
        return "utf-16"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
