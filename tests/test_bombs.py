"""Small answers that unpack to huge ones, wherever a site can put them, measured in a process of their own."""

from __future__ import annotations

import contextlib
import gzip
import json
import zlib
from collections.abc import Iterator

import brotli
import pytest

from tests.installation import article, in_a_child
from tests.servers import Server, answer

pytestmark = pytest.mark.scorecard

UNPACKED = 200_000_000
MOST_SECONDS = 0.5
MOST_MEMORY = 30 * 2**20

ASK = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from scraper.config import Settings
from scraper.fetchers.archive import Archive
from scraper.fetchers.discovery import discover
from scraper.fetchers.web import Fetcher
from scraper.records import PageKind
from tests.installation import forget_peak, peak_memory

def clock():
    return datetime(2026, 3, 2, tzinfo=UTC)

def ask(place, url, archive):
    feeds, sitemaps = [url] if place == "feed" else [], [url] if "sitemap" in place else []
    source = {"feeds": feeds or ["http://127.0.0.1/"], "sitemaps": sitemaps, "hosts": ["127.0.0.1"], "gap": 0}
    limits = {"allow_private_addresses": True, "retries": 0, "deadline": 20}
    settings = Settings(contact="os@example.dk", fetch=limits, sources={"here": source})
    here = settings.sources["here"].model_copy(update={"feeds": tuple(feeds)})
    with Fetcher(here, settings, clock=clock, sleep=lambda _: None, archive=archive) as web:
        if feeds or sitemaps:
            found = discover(here, web)
            return found.fetches[0].fetch.reason, len(found.candidates)
        got = web.ask(url, kind=PageKind.ARTICLE)
        return got.fetch.reason, int(got.page is not None)

[tasks, folder] = sys.argv[1:]
archive = Archive(Path(folder), clock=clock)
results = []
for name, place, good, url in json.loads(Path(tasks).read_text()):
    ask("page", good, archive)
    ask("sitemap", good, archive)
    before, began = forget_peak(), process_time()
    reason, pages = ask(place, url, archive)
    results.append([name, place, reason, pages, process_time() - began, peak_memory() - before])
print(json.dumps(results))
"""

PLAIN = """
import json, sys
from time import process_time
import requests
from tests.installation import peak_memory
requests.get(sys.argv[1])
before, began = peak_memory(), process_time()
requests.get(sys.argv[2]).content
print(json.dumps([process_time() - began, peak_memory() - before]))
"""


def packed(kind: str, unit: bytes) -> bytes:
    """UNPACKED bytes of the unit, packed."""
    piece = unit * (1_000_000 // len(unit))
    pieces = UNPACKED // len(piece)
    if kind == "br":
        stream = brotli.Compressor(quality=2, lgwin=24)
        return b"".join(stream.process(piece) for _ in range(pieces)) + stream.finish()
    squeeze = zlib.compressobj(6, wbits={"gzip": 31, "deflate": 15, "raw": -15}[kind])
    return b"".join(squeeze.compress(piece) for _ in range(pieces)) + squeeze.flush()


def zstd() -> bytes:
    """UNPACKED zero bytes as Zstandard: blocks of 128 KiB that say only which byte they repeat (RFC 8878)."""
    blocks = UNPACKED // 131_072
    block = ((131_072 << 3) | 0b010).to_bytes(3, "little") + b" "
    last = ((131_072 << 3) | 0b011).to_bytes(3, "little") + b" "
    return b"\x28\xb5\x2f\xfd\x00\x58" + block * (blocks - 1) + last


ENTITIES = b"<!DOCTYPE x [<!ENTITY a 'haha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10)
)


def bombs() -> Iterator[tuple[str, str, bytes, dict[str, str]]]:
    """(name, place, body, headers) of each."""
    blank = {kind: packed(kind, b" ") for kind in ("gzip", "br", "deflate", "raw")}
    codings = {
        "gzip": ("gzip", blank["gzip"]),
        "brotli": ("br", blank["br"]),
        "deflate": ("deflate", blank["deflate"]),
        "raw deflate": ("deflate", blank["raw"]),
        "zstd": ("zstd", zstd()),
        "gzip in gzip": ("gzip, gzip", gzip.compress(blank["gzip"])),
        "gzip in brotli": ("gzip, br", brotli.compress(blank["gzip"], quality=5)),
        "brotli in gzip": ("br, gzip", gzip.compress(blank["br"])),
        "five times gzip": ("gzip, gzip, gzip, gzip, gzip", gzip.compress(gzip.compress(blank["gzip"]))),
        "many members": ("gzip", gzip.compress(b" " * 1_000_000) * (UNPACKED // 1_000_000)),
    }
    for place in ("page", "redirect", "robots.txt", "feed", "sitemap"):
        for name, (coding, body) in codings.items():
            yield name, place, body, {"Content_Encoding": coding}
    entry = b"<url><loc>http://127.0.0.1/art/1</loc></url>"
    for name, unit in (("blanks", b" "), ("entries", entry), ("tags", b"<a>")):
        body = gzip.compress(b"<urlset>") + packed("gzip", unit)
        yield f"gzip file of {name}", "sitemap file", body, {"Content_Type": "application/gzip"}
    for place in ("feed", "sitemap"):
        root = b"<rss>&k;</rss>" if place == "feed" else b"<urlset><url><loc>&k;</loc></url></urlset>"
        yield "entities", place, ENTITIES + b"]>" + root, {"Content_Type": "application/xml"}


def test_no_bomb_goes_off(tmp_path, record_property):
    """As a page, a redirect's body, robots.txt, a feed or a sitemap: hardly any time or memory, and never a page."""
    with contextlib.ExitStack() as stack:
        tasks = []
        for name, place, body, headers in bombs():
            server = stack.enter_context(Server({"/good": answer(article(1))}))
            kind = {"Content_Type": "application/xml"} if place in {"feed", "sitemap"} else {}
            path = {"robots.txt": "/robots.txt"}.get(place, "/bomb")
            more = {"Location": "/good"} if place == "redirect" else {}
            server.routes[path] = answer(body, 302 if more else 200, **{**kind, **headers, **more})
            healthy = stack.enter_context(Server({"/good": answer(article(1))}))
            tasks.append((name, place, healthy.url("/good"), server.url("/good" if place == "robots.txt" else "/bomb")))
        (tmp_path / "tasks.json").write_text(json.dumps(tasks), encoding="utf-8")
        told = in_a_child(ASK, tmp_path / "tasks.json", tmp_path / "archive")
    results = {(name, place): rest for name, place, *rest in told}
    slowest = max(results.values(), key=lambda result: result[2])[2]
    largest = max(results.values(), key=lambda result: result[3])[3]
    taken = [key for key, (_, pages, *_) in results.items() if pages and key[1] not in {"redirect", "robots.txt"}]
    with Server(
        {"/good": answer(article(1)), "/bomb": answer(packed("gzip", b" "), Content_Encoding="gzip")}
    ) as server:
        seconds, memory = in_a_child(PLAIN, server.url("/good"), server.url("/bomb"))
    record_property(
        "scorecard",
        f"12|bombs of {UNPACKED // 1_000_000} MB, slowest and largest|{len(results)}: {slowest:.2f} s,"
        f" {largest / 2**20:.0f} MiB|plain requests: {seconds:.2f} s, {memory / 2**20:.0f} MiB",
    )
    assert not taken
    assert all(pages for (_, place), (_, pages, *_) in results.items() if place == "redirect")
    bad = {key: result for key, result in results.items() if result[2] > MOST_SECONDS or result[3] > MOST_MEMORY}
    assert not bad, json.dumps([[*key, *result] for key, result in bad.items()], indent=1)
    assert memory > MOST_MEMORY
