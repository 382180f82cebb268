"""Sitemaps (sitemaps.org): bytes in, entries out; the entrance of a site that has no feed.

A sitemap is XML that a stranger wrote, packed or not, and it may name 50,000 pages or unpack to gigabytes. So it is
unpacked up to a cap, refused unread when it declares entities, and read element by element.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers.body import GZIP_MARK, decode
from scraper.fetchers.feeds import declares_entities
from scraper.records import Page

MOST_ENTRIES = 50_000
"""Entries that one sitemap may have by the protocol; what follows is not read."""
_LONGEST = 2_048
"""Characters of an address by the protocol."""
_DEEPEST = 6
"""Elements inside one another: a sitemap with its news extension has five."""
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?)?)?")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page, or one sitemap of an index: `link` as written, `changed` in UTC when the sitemap says it."""

    link: str
    title: str
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What a sitemap lists, in its own order; `index` says that these are sitemaps and no pages.

    `fault` says what was wrong with it when it could be read all the same.
    """

    entries: tuple[SitemapEntry, ...]
    index: bool = False
    fault: str = ""


def read_sitemap(page: Page, *, cap: int) -> Sitemap:
    """Read a sitemap or a sitemap index, gzipped or not, of at most `cap` bytes unpacked.

    Raises BadAnswer: too_large past the cap, bad_feed for what is no sitemap or declares entities.
    """
    body = page.body
    if body.startswith(GZIP_MARK):
        body = decode(body, "gzip", cap=cap + 1)
    if len(body) > cap:
        raise BadAnswer(
            f"{page.url}: unpacks to more than {cap / 1e6:g} MB.",
            reason=FetchReason.TOO_LARGE,
            url=page.url,
            status=200,
            hint="Name one of its parts under sitemaps:, or raise fetch: max_megabytes.",
        )
    if declares_entities(body):
        raise _bad(page, "it declares entities of its own, which no honest sitemap needs")
    reader = _Reader(body)
    entries = tuple(reader)
    if reader.root not in {"urlset", "sitemapindex"}:
        raise _bad(page, "the answer is no sitemap")
    if reader.fault and not entries:
        raise _bad(page, f"it cannot be read: {reader.fault}")
    return Sitemap(entries, index=reader.root == "sitemapindex", fault=reader.fault)


class _Reader:
    """The entries of one sitemap, read as they come; `root` and `fault` are known afterwards."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self.root = ""
        self.fault = ""

    def __iter__(self) -> Iterator[SitemapEntry]:
        events: Any = etree.iterparse(
            io.BytesIO(self._body),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
            huge_tree=False,
            recover=True,
        )
        depth = count = 0
        try:
            for event, element in events:
                if event == "start":
                    depth += 1
                    self.root = self.root or _name(element)
                    if depth > _DEEPEST or (depth == 1 and self.root not in {"urlset", "sitemapindex"}):
                        self.fault = "its elements lie deeper in one another than a sitemap's"
                        return
                    continue
                depth -= 1
                if depth != 1:
                    continue
                count += 1
                if count > MOST_ENTRIES:
                    self.fault = f"it has more than {MOST_ENTRIES} entries; the others were not read"
                    return
                entry = _entry(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
                if entry is not None:
                    yield entry
        except etree.XMLSyntaxError as error:
            self.fault = " ".join(str(error).split())[:200]
        else:
            wrong = events.error_log.last_error
            self.fault = " ".join(wrong.message.split())[:200] if wrong is not None else ""


def _name(element: Any) -> str:
    """The name of an element without its namespace: sites get that wrong."""
    return str(element.tag).rpartition("}")[2].lower()


def _entry(element: Any) -> SitemapEntry | None:
    said: dict[str, str] = {}
    for child in element:
        for part in child if _name(child) == "news" else (child,):
            said.setdefault(_name(part), " ".join((part.text or "").split()))
    link = said.get("loc", "")
    if not link or len(link) > _LONGEST:
        return None
    # The news extension says when an article was published; lastmod only when its page was touched last.
    return SitemapEntry(link, said.get("title", ""), _moment(said.get("publication_date") or said.get("lastmod", "")))


def _moment(text: str) -> datetime | None:
    """A W3C date, as far as it goes, in UTC."""
    if not _DATE.fullmatch(text):
        return None
    text += {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _bad(page: Page, what: str) -> BadAnswer:
    return BadAnswer(
        f"{page.url}: {what}.",
        reason=FetchReason.BAD_FEED,
        url=page.url,
        status=200,
        hint="Open the sitemap in a browser; the site's robots.txt names where its sitemaps are.",
    )
