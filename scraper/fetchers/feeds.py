"""RSS and Atom: bytes in, entries out.

feedparser survives most broken feeds, and that is its danger here: it makes entries of a feed that declares entities
(`&j;` becomes a fine title), opens a file when it is given a name, and calls a page of HTML a feed without entries.
So what it is given is checked before, and what it gives after.
"""

from __future__ import annotations

import calendar
import html
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers.answers import looks_like_feed
from scraper.records import Page

MOST_ENTRIES = 1_000
"""Entries that are read of one feed: half from its beginning and half from its end, wherever it has the newest."""
MOST_BYTES = 5_000_000
MOST_TAGS = 60_000
"""feedparser takes some 40 µs for each tag: the entries that are read have fewer, and this is a matter of seconds."""

_DECLARATION = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
_NULLS = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_CLOSED_AREAS = (("<!--", "-->"), ("<![CDATA[", "]]>"))
_TAG = re.compile(r"<[^<>]{0,500}>")
_ENTRY = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `link` as the feed writes it, `title` as plain text, `published` in UTC when the feed says it."""

    link: str
    title: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed lists, in its own order. `fault` says what was wrong with it when it could be read all the same.

    `left_out` counts the entries in the middle of a long feed that were not read.
    """

    entries: tuple[Entry, ...]
    fault: str = ""
    left_out: int = 0


def read_feed(page: Page) -> Feed:
    """Read RSS 0.9x-2.0, RDF or Atom in any encoding. Raises BadAnswer (bad_feed) for anything else.

    A feed that declares entities is refused unread: that is how entity bombs and external entities come in. Of a feed
    of more than `MOST_ENTRIES` the first and the last are read.
    """
    if not looks_like_feed(page.body):
        raise _bad(page, "the answer is no RSS or Atom feed")
    if declares_entities(page.body):
        raise _bad(page, "it declares entities of its own, which no honest feed needs")
    body, left_out = _shortened(page.body)
    if len(body) > MOST_BYTES:
        raise _bad(page, f"{len(body) / 1e6:.0f} MB is more than {MOST_ENTRIES} entries have")
    tags = sum(part.count("<") for part in _markup(_text(body)))
    if tags > MOST_TAGS:
        raise _bad(page, f"{tags} tags are more than {MOST_ENTRIES} entries have")
    headers = {"content-type": f"{page.content_type}; charset={page.charset}" if page.charset else page.content_type}
    # A stream, for a text or bytes could be taken for the name of a file to open.
    parsed: Any = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    entries = tuple(_entries(parsed))
    fault = ""
    if parsed.bozo and not isinstance(
        parsed.bozo_exception, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    ):
        fault = " ".join(str(parsed.bozo_exception).split())[:200]
    if not entries and (fault or not parsed.version):
        raise _bad(page, f"it cannot be read: {fault}" if fault else "it is of no version we know")
    return Feed(entries, fault, left_out)


def declares_entities(body: bytes) -> bool:
    """Whether XML in any encoding declares entities of its own, outside comments and CDATA."""
    return any(_DECLARATION.search(part) for part in _markup(_text(body)))


def _shortened(body: bytes) -> tuple[bytes, int]:
    """A feed without the middle of its entries where there are too many, and how many are left out."""
    begins = [found.start() for found in _ENTRY.finditer(body)]
    left_out = len(begins) - MOST_ENTRIES
    if left_out <= 0:
        return body, 0
    half = MOST_ENTRIES // 2
    return body[: begins[half]] + body[begins[-half] :], left_out


def _entries(parsed: Any) -> Iterator[Entry]:
    for item in parsed.entries:
        link = str(item.get("link") or "").strip()
        if not link and str(item.get("id", "")).startswith(("http://", "https://")):
            link = str(item["id"]).strip()
        if link:
            when = next((item[key] for key in ("published_parsed", "updated_parsed") if key in item), None)
            yield Entry(link, _plain(str(item.get("title", ""))), _moment(when))


def _moment(when: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(when), UTC) if when else None
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _plain(title: str) -> str:
    """A title without mark-up; some feeds escape theirs twice."""
    return " ".join(html.unescape(_TAG.sub(" ", title)).split())


def _text(body: bytes) -> str:
    """The bytes as text, only to look for declarations in: in any encoding their letters are ASCII."""
    codec = _MARKS.get(body[:2]) or _MARKS.get(body[:3]) or _NULLS.get(body[:2], "latin-1")
    return body.decode(codec, errors="replace")


def _markup(text: str) -> Iterator[str]:
    """The text outside comments and CDATA; an area that is never closed is none, so that nothing hides in it."""
    at = 0
    ends_nowhere: set[str] = set()
    while True:
        found = [
            (begin, opening, closing)
            for opening, closing in _CLOSED_AREAS
            if opening not in ends_nowhere and (begin := text.find(opening, at)) >= 0
        ]
        if not found:
            yield text[at:]
            return
        begin, opening, closing = min(found)
        end = text.find(closing, begin + len(opening))
        if end < 0:
            ends_nowhere.add(opening)
            continue
        yield text[at:begin]
        at = end + len(closing)


def _bad(page: Page, what: str) -> BadAnswer:
    return BadAnswer(
        f"{page.url}: {what}.",
        reason=FetchReason.BAD_FEED,
        url=page.url,
        status=200,
        hint="Open the feed in a browser; its address may have changed.",
    )
