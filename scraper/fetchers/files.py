"""Pages that lie in files: saved HTML, text, WARC archives, standard input."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from scraper.danish_time import danish_date
from scraper.errors import PageUnreadable
from scraper.fetchers import warc
from scraper.fetchers.answers import BINARY, media_type
from scraper.records import Page

MOST_BYTES = 200_000_000
STDIN = "-"
_HTML = frozenset({".html", ".htm", ".xhtml"})
_TEXT = frozenset({".txt"})
_WARC = (".warc", ".warc.gz")
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HINT = "Name a page (.html, .htm, .txt), an archive (.warc, .warc.gz), a folder of them, or - for standard input."


def read_pages(path: str, *, published: date | None = None) -> Iterator[Page]:
    """The pages in a file, in every page file under a folder (sorted), or on standard input (`-`).

    `published` is the day against which dates without a year are read; a page from an archive has its own (the day
    of its WARC-Date) unless one is given. Raises PageUnreadable for what is no page: for a folder, and for a damaged
    archive, after all that could be read.
    """
    if path == STDIN:
        yield from _read_stdin(published)
        return
    file = Path(path)
    if not file.is_dir():
        yield from _read_file(file, published)
        return
    files = sorted(item for item in file.rglob("*") if item.is_file() and _is_ours(item))
    if not files:
        raise PageUnreadable(f"{path}: there is no page in this folder.", hint=_HINT)
    failed = []
    for item in files:
        try:
            yield from _read_file(item, published)
        except PageUnreadable as error:
            failed.append(error.message)
    if failed:
        raise PageUnreadable("\n".join(failed), hint="The other files of the folder were read.")


def _is_ours(path: Path) -> bool:
    return path.suffix.lower() in _HTML | _TEXT or path.name.lower().endswith(_WARC)


def _read_file(path: Path, published: date | None) -> Iterator[Page]:
    if not path.exists():
        raise PageUnreadable(f"{path}: there is no such file.", hint=_HINT)
    if not _is_ours(path):
        raise PageUnreadable(f"{path}: is no page or archive by its name.", hint=_HINT)
    if path.name.lower().endswith(_WARC):
        yield from _archived(warc.read_file(path), published)
        return
    try:
        size = path.stat().st_size
        body = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as error:
        raise PageUnreadable(f"{path}: cannot be read: {error.strerror}.", hint="Check its permissions.") from error
    if size > MOST_BYTES:
        raise _too_large(str(path), size)
    yield _page(str(path), body, "text/plain" if path.suffix.lower() in _TEXT else "text/html", published)


def _read_stdin(published: date | None) -> Iterator[Page]:
    source = cast("BinaryIO", sys.stdin.buffer)
    with tempfile.SpooledTemporaryFile(max_size=16_000_000) as held:
        start = b""
        while chunk := source.read(1 << 20):
            start = start or chunk[:16]
            held.write(chunk)
        size = held.tell()
        held.seek(0)
        if start.startswith((b"\x1f\x8b", b"WARC/")):
            yield from _archived(warc.read_stream(cast("BinaryIO", held), STDIN), published)
            return
        if size > MOST_BYTES:
            raise _too_large(STDIN, size)
        body = held.read()
    markup = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<" or body.startswith((b"\xff\xfe", b"\xfe\xff"))
    yield _page(STDIN, body, "text/html" if markup else "text/plain", published)


def _page(name: str, body: bytes, content_type: str, published: date | None) -> Page:
    """A page of one file. Raises PageUnreadable when it is empty or no text."""
    if not body.strip():
        raise PageUnreadable(f"{name}: is empty.", hint="Save the page again.")
    for start, what in BINARY.items():
        if body.startswith(start):
            raise PageUnreadable(f"{name}: is {what}, no page.", hint=_HINT)
    if not body.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0\0" in body[:4096]:
        raise PageUnreadable(f"{name}: is no text.", hint=_HINT)
    return Page(url=name, body=body, content_type=content_type, published=published)


def _archived(answers: Iterator[warc.Stored], published: date | None) -> Iterator[Page]:
    for stored in answers:
        kind, charset = media_type(stored.header("Content-Type"))
        if stored.status == 200 and kind in _HTML_TYPES and stored.body.strip() and not stored.truncated:
            yield Page(
                url=stored.url,
                body=stored.body,
                content_type=kind,
                charset=charset,
                published=published or danish_date(stored.at),
            )


def _too_large(name: str, size: int) -> PageUnreadable:
    return PageUnreadable(
        f"{name}: {size / 1e6:.0f} MB is no page; {MOST_BYTES / 1e6:.0f} MB is the most that is read.", hint=_HINT
    )
