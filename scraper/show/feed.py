"""An Atom feed (RFC 4287) of new moves and job ads, for a reader or a program that asks now and then.

An entry's id is made of what it is and its number in the database, so it stays the same from one writing to the next,
and of when the database was begun, so that two installations do not mix. Nothing of it is a clock: the feed was updated
when its newest entry was seen.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from urllib.parse import quote

from db.known import KnownAd, KnownMove
from scraper.show.language import say
from scraper.show.text import shown

ATOM = "http://www.w3.org/2005/Atom"
_OF_A_URL = ":/?#[]@!$&'()*+,;=%~"
EPOCH = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: never."""


def atom(records: Sequence[KnownMove | KnownAd], *, name: str, wanted: str = "", language: str = "en") -> bytes:
    """The feed of these records, newest first. `name` tells this database's feeds from others'."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": language})
    about = f"navnenyt:{shown(name)}:{shown(wanted)}"
    _add(feed, "id", f"urn:{_urn(about)}")
    title = say("New moves and job ads", language)
    _add(feed, "title", f"{title}: {shown(wanted)}" if wanted else title)
    _add(feed, "updated", max((_moment(record.first_seen) for record in records), default=EPOCH))
    _add(feed, "generator", "navnenyt")
    author = ET.SubElement(feed, f"{{{ATOM}}}author")
    _add(author, "name", "navnenyt")
    for record in records:
        _entry(feed, record, name, language)
    ET.indent(feed)
    said: bytes = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return said + b"\n"


def _entry(feed: ET.Element, record: KnownMove | KnownAd, name: str, language: str) -> None:
    entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
    kind = "move" if isinstance(record, KnownMove) else "job_ad"
    _add(entry, "id", f"urn:{_urn(f'navnenyt:{shown(name)}:{kind}:{record.id}')}")
    _add(entry, "title", headline(record, language))
    _add(entry, "updated", _moment(record.first_seen))
    _add(entry, "published", _moment(record.first_seen))
    for label in (record.kind if isinstance(record, KnownMove) else "job_ad", record.function):
        if label:
            ET.SubElement(entry, f"{{{ATOM}}}category", {"term": label})
    links = [record.url] if isinstance(record, KnownAd) and record.url else []
    links += [page.url for page in record.pages[:1] if page.url not in links]
    safe = [quote(url, safe=_OF_A_URL) for url in links if url.startswith(("https://", "http://"))]
    for rel, url in zip(("alternate", "via"), safe, strict=False):
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": rel, "href": url})
    content = ET.SubElement(entry, f"{{{ATOM}}}content", {"type": "text"})
    content.text = "\n".join(shown(line) for line in record.text.splitlines())


def headline(record: KnownMove | KnownAd, language: str = "en") -> str:
    """Who, what and where in a line of plain text."""
    if isinstance(record, KnownAd):
        where = f" ({shown(record.region)})" if record.region else ""
        return f"{shown(record.company)}: {shown(record.title)}{where}"
    parts = [shown(record.person), say(record.kind.replace("_", " "), language)]
    parts += [shown(part) for part in (record.role, record.company) if part]
    came = f" ← {shown(record.previous_company)}" if record.previous_company else ""
    return f"{', '.join(parts)}{came}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = text


def _moment(stored: str) -> str:
    """A time of the database as RFC 3339."""
    return f"{stored[:10]}T{stored[11:19] or '00:00:00'}Z"


def _urn(text: str) -> str:
    """A text as the part of a URN after `urn:`, with nothing in it that a URI may not have (RFC 3986)."""
    return quote(text, safe=":,.-_~")
