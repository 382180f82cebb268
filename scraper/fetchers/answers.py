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
    r"|(?:the |this )?page (?:doesn.t|does not) exist",
    re.IGNORECASE,
)
# … and on one that wants something of us first: consent, a login, proof of being human.
_BARRED = re.compile(
    r"log (?:ind|in|på)|login|sign in|du skal (?:være logget ind|logge ind).{0,60}"
    r"|just a moment\W*|attention required!?|access denied|adgang nægtet|forbidden|request blocked"
    r"|checking your browser.{0,40}|(?:please )?verify (?:that )?you are (?:a )?human|are you (?:a )?(?:robot|human)\W*"
    r"|er du (?:en robot|et menneske)\W*|bekræft,? at du (?:er et menneske|ikke er en robot)|security check"
    r"|(?:vi|vores hjemmeside|this (?:web)?site|we) (?:bruger|use[sr]?|anvender) cookies.{0,60}"
    r"|(?:dit )?cookie-?samtykke|samtykke(?: til cookies)?|before you continue.{0,40}|før du fortsætter.{0,40}"
    r"|cookie consent|your privacy choices|vi (?:værner om|respekterer) dit privatliv",
    re.IGNORECASE,
)
_BAR_SIGNS = re.compile(
    rb"/cdn-cgi/challenge-platform|_incapsula_resource|captcha-delivery\.com|g-recaptcha|h-captcha|cf-turnstile"
    rb"|type=[\"']?password",
    re.IGNORECASE,
)
_BAR_PATH = re.compile(r"/(?:log-?ind?|sign-?in|consent|samtykke|captcha|challenge|cookiewall)\b", re.IGNORECASE)

_SHORT_PAGE = 1500
"""Characters of visible text under which a page whose heading speaks of a wall is nothing but the wall."""
_BARE_PAGE = 200
"""Characters under which a page with a bot check's or login's mark-up has no text of its own."""

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
    heads, text = _read(body)
    if not text and kind is not PageKind.FEED and not re.search(rb"<(?:script|img|iframe|meta)\b", body, re.IGNORECASE):
        raise refuse(FetchReason.EMPTY, "the page has no text")
    for head in heads:
        if _MISSING.fullmatch(head) and (len(text) < _SHORT_PAGE or _says_twice(heads)):
            raise refuse(FetchReason.SOFT_404, f"status 200, and the page says “{head}”")
        if _BARRED.fullmatch(head) and len(text) < _SHORT_PAGE:
            raise refuse(
                FetchReason.WALL,
                f"a wall: the page says “{head}”",
                "Open the address in a browser to see what it asks.",
            )
    sign = _BAR_SIGNS.search(body) if len(text) < _BARE_PAGE else None
    if sign and kind is not PageKind.FEED:
        raise refuse(
            FetchReason.WALL,
            f"a wall: {sign.group().decode('ascii')} and hardly any text",
            "Open the address in a browser to see what it asks.",
        )


def check_place(asked: str, final: str, wanted: str | None, found: str | None) -> None:
    """Raises BadAnswer when redirects ended elsewhere than at the page `wanted` (article ids; None: not known)."""
    if asked == final or wanted is None or wanted == found:
        return
    if _BAR_PATH.search(urlsplit(final).path):
        raise BadAnswer(f"{asked}: sent on to the wall {final}.", reason=FetchReason.WALL, url=asked, status=200)
    raise BadAnswer(f"{asked}: sent on to another page, {final}.", reason=FetchReason.SOFT_404, url=asked, status=200)


def looks_like_feed(body: bytes) -> bool:
    """Whether the bytes begin as RSS, RDF or Atom do: such a root element among the first, and no html one."""
    start = body[:4096].replace(b"\0", b"").lower()
    return bool(re.search(rb"<(?:rss|feed|(?:\w+:)?rdf)[\s>:]", start)) and b"<html" not in start


def _says_twice(heads: list[str]) -> bool:
    """Whether title and heading agree that the page is missing; one alone may be an article about that."""
    return sum(bool(_MISSING.fullmatch(head)) for head in heads) > 1


def _read(body: bytes) -> tuple[list[str], str]:
    """The parts of the title and the first headings, and the visible text, white space made one blank."""
    try:
        tree: Any = html.document_fromstring(body, parser=html.HTMLParser(encoding=_encoding(body), huge_tree=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return [], ""
    headings = list(islice(tree.iter("h1"), 2)) or list(islice(tree.iter("h2"), 1))
    heads = []
    for part in [*islice(tree.iter("title"), 1), *headings]:
        words = " ".join(part.text_content().split())[:_LONGEST_TITLE]
        pieces = re.split(r"\s+[|–—·»-]\s+|\s*\|\s*", words) if part.tag == "title" else [words]
        heads += [piece.strip(" .!") for piece in pieces if 0 < len(piece.strip(" .!")) < _LONGEST_HEAD]
    etree.strip_elements(tree, "script", "style", "noscript", "template", "head", with_tail=False)
    return heads, " ".join(tree.text_content().split())


def _encoding(body: bytes) -> str:
    if body.startswith(_UTF16_MARKS):
        return "utf-16"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "windows-1252"
    return "utf-8"
