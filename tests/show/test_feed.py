"""The Atom feed: valid by RFC 4287, the same each time, and nothing in it does harm."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from contextlib import closing
from datetime import datetime
from urllib.parse import urlsplit

import feedparser
import pytest

from db.engine import connect_read_only
from db.newest import begun, newest, records_of
from scraper.show.feed import ATOM, EPOCH, atom
from tests.db.conftest import Desk, ad, hire

RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def made(desk: Desk, *, most: int = 100) -> bytes:
    with closing(connect_read_only(desk.path)) as connection:
        return atom(records_of(connection, newest(connection, None, most=most)), name=begun(connection))


def faults(said: bytes) -> list[str]:
    """What RFC 4287 asks of a feed and this one has not: sections 4.1.1, 4.1.2, 3.1 to 3.3 and 4.2."""
    root = ET.fromstring(said)
    found: list[str] = []

    def one(parent: ET.Element, name: str) -> str:
        elements = parent.findall(f"{{{ATOM}}}{name}")
        if len(elements) != 1:
            found.append(f"{parent.tag} has {len(elements)} {name}")
            return ""
        return elements[0].text or ""

    if root.tag != f"{{{ATOM}}}feed":
        found.append(f"the root is {root.tag}")
    if not root.findall(f"{{{ATOM}}}author/{{{ATOM}}}name"):
        found.append("no author")
    ids = []
    for part in (root, *root.findall(f"{{{ATOM}}}entry")):
        ids.append(one(part, "id"))
        if not one(part, "title"):
            found.append("an empty title")
        if not RFC_3339.fullmatch(one(part, "updated")):
            found.append("an `updated` that is no date of RFC 3339")
        if not urlsplit(ids[-1]).scheme or re.search(r"[\s<>\"{}|\\^`]", ids[-1]):
            found.append(f"an id that is no IRI: {ids[-1]}")
        alternates = [link for link in part.findall(f"{{{ATOM}}}link") if link.get("rel", "alternate") == "alternate"]
        if len(alternates) > 1:
            found.append("two alternates of one kind")
        if part is not root and not alternates and part.find(f"{{{ATOM}}}content") is None:
            found.append("an entry with neither alternate nor content")
        links = [link.get("href", "") for link in part.findall(f"{{{ATOM}}}link")]
        found += [f"no IRI: {link}" for link in links if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", link)]
    if len(set(ids)) != len(ids):
        found.append("an id twice")
    return found


@pytest.fixture
def seen(desk: Desk) -> Desk:
    desk.page(
        hire("Åse Bæk", "Nordlys & Søn A/S", previous_company="Alfa <x>"),
        ad(url="https://tavlen.example/ad/1?a=1&b=æ ø"),
        ad("Delta", "Kok", url="javascript:alert(1)"),
        hire("Bo <script>alert(1)</script>", "Æ\x1b[31m", text="Linje et\nLinje \u202eto"),
        url="https://bladet.example/art/1 2",
    )
    return desk


def test_the_feed_keeps_the_rules_of_atom(seen: Desk) -> None:
    """Nothing that RFC 4287 asks for is missing; a feed that breaks a rule is found out."""
    said = made(seen)
    assert faults(said) == []
    assert len(faults(said.replace(b"<updated>", b"<when>").replace(b"</updated>", b"</when>"))) >= 5
    assert faults(re.sub(rb":move:\d+", b":move:1", said)) == ["an id twice"]


def test_a_reader_reads_it(seen: Desk) -> None:
    """feedparser finds every entry with its words, links and dates, and nothing to complain of."""
    read = feedparser.parse(made(seen))
    assert not read.bozo
    assert read.version == "atom10"
    titles = [entry.title for entry in read.entries]
    assert any("Nordlys & Søn A/S ← Alfa <x>" in title for title in titles)
    assert len(read.entries) == 4
    kok = next(entry for entry in read.entries if "Kok" in entry.title)
    assert kok.link == "https://bladet.example/art/1%202"
    arkitekt = next(entry for entry in read.entries if "Softwarearkitekt" in entry.title)
    assert arkitekt.link == "https://tavlen.example/ad/1?a=1&b=%C3%A6%20%C3%B8"


def test_what_a_site_said_is_text(seen: Desk) -> None:
    """Markup is escaped, control and bidi characters are named, no link leads to a script."""
    said = made(seen).decode()
    assert "<script" not in said
    assert "javascript:" not in said
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_an_entry_keeps_its_id_and_the_feed_its_bytes(seen: Desk) -> None:
    """Writing it again changes nothing; what is new is added before what was there."""
    before = made(seen)
    assert made(seen) == before
    seen.page(hire("Ida Krog", "Nordlys"), identity="2")
    old, new = (re.findall(r"<id>(urn:[^<]+)</id>", said.decode()) for said in (before, made(seen)))
    assert new[0] == old[0]
    assert new[2:] == old[1:]


def test_an_empty_feed_is_a_feed(desk: Desk) -> None:
    """Without entries it is valid, and was never updated."""
    said = made(desk)
    assert faults(said) == []
    assert EPOCH in said.decode()


def test_dates_are_those_of_the_first_sighting(seen: Desk) -> None:
    """An entry was published and updated when it was first seen."""
    entry = feedparser.parse(made(seen)).entries[0]
    assert entry.published == entry.updated
    assert datetime.fromisoformat(entry.updated).date().isoformat() == "2026-01-12"
