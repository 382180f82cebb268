"""Reading WARC files (ISO 28500), ours and other people's: answers with their headers and decoded bodies.

A reader that stops quietly at damage gives half an archive for a whole one. FastWARC does so when a file is cut in
its last record; here the cut is told, after everything that stands before it.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from scraper.errors import PageUnreadable
from scraper.fetchers.body import decode

Headers = tuple[tuple[str, str], ...]

_GZIP = b"\x1f\x8b"
_LONGEST_HEAD = 65_536
MOST_BYTES = 200_000_000
"""A decoded body of more bytes than this is no page and is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The record that holds the body of another: its file and offset where they are told, its id and digest."""

    record_id: str
    file: str | None
    offset: int
    digest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One answer read back: `headers` as they were archived, `offset` where its record begins in the file.

    A revisit has no body of its own: `original` says where that is, as far as the record tells it.
    """

    url: str
    at: datetime
    status: int
    headers: Headers
    body: bytes
    offset: int
    truncated: str = ""
    record_id: str = field(default="", compare=False)
    date: str = field(default="", compare=False)
    digest: str | None = field(default=None, compare=False)
    revisit: bool = False
    original: Original | None = None

    def header(self, name: str) -> str | None:
        """The first header of this name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def read_file(path: Path, *, revisits: bool = False, begin: int = 0) -> Iterator[Stored]:
    """Every answer in a WARC file (plain or gzip), in order; requests and the like are passed over.

    Revisits, which say that a body is the one of another record, come only when asked for, without that body. `begin`
    is the offset of the first record that is read.

    Raises PageUnreadable where the file is damaged, after all answers before the damage.
    """
    with _open(path) as stream:
        stream.seek(begin)
        yield from read_stream(stream, str(path), revisits=revisits)


def read_at(path: Path, offset: int) -> Stored:
    """The answer or revisit whose record begins at `offset`. Raises PageUnreadable when none does."""
    with _open(path) as stream:
        stream.seek(offset)
        for stored in read_stream(stream, str(path), revisits=True):
            if stored.offset == offset:
                return stored
            break
    raise PageUnreadable(f"{path}: no answer is archived at offset {offset}.", hint="The archive was moved or pruned.")


def read_stream(stream: BinaryIO, name: str, *, revisits: bool = False) -> Iterator[Stored]:
    """As `read_file`, from a seekable stream that stands at the beginning of a record."""
    wanted = [WarcRecordType.response, *([WarcRecordType.revisit] if revisits else [])]
    begin = stream.tell()
    last = (begin, 0)
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            length = record.content_length
            if length > MOST_BYTES:
                raise _damaged(name, f"a record of {length / 1e6:.0f} MB is no page")
            block = record.reader.read(length) if length else b""
            if len(block) < length:
                raise _damaged(name, "it breaks off inside a record")
            last = (record.stream_pos, length)
            if record.record_type in wanted and record.is_http:
                stored = _stored(record, block)
                if stored is not None:
                    yield stored
    except (OSError, ValueError, RuntimeError) as error:
        raise _damaged(name, str(error)) from error
    stream.seek(begin)
    if stream.read(2) == _GZIP:
        stream.seek(begin)
        _check_gzip(stream, name)
    else:
        _check_plain(stream, name, *last)


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise PageUnreadable(f"{path}: cannot be read: {error.strerror}.", hint="Name a file that is there.") from error


def _check_gzip(stream: BinaryIO, name: str) -> None:
    """Raises PageUnreadable when the stream does not end where a gzip member ends."""
    try:
        with gzip.GzipFile(fileobj=stream, mode="rb") as whole:
            while whole.read(1 << 20):
                pass
    except (EOFError, OSError, zlib.error) as error:
        raise _damaged(name, "it breaks off inside a record") from error


def _check_plain(stream: BinaryIO, name: str, begin: int, length: int) -> None:
    """Raises PageUnreadable when anything stands behind the last record, which begins at `begin`: half another one."""
    stream.seek(begin)
    head = stream.read(_LONGEST_HEAD).find(b"\r\n\r\n")
    stream.seek(begin + head + 4 + length)
    if head < 0 or stream.read(_LONGEST_HEAD).strip():
        raise _damaged(name, "it breaks off inside a record")


def _damaged(name: str, what: str) -> PageUnreadable:
    return PageUnreadable(
        f"{name}: the archive is damaged: {what}.", hint="The answers before the damage were read; the rest is lost."
    )


def _stored(record: WarcRecord, block: bytes) -> Stored | None:
    """The answer in a record's block, or None when the block is no HTTP message."""
    head, _, body = block.partition(b"\r\n\r\n")
    status_line, *lines = head.decode("latin-1").split("\r\n")
    parts = status_line.split(None, 2)
    if len(parts) < 2 or not parts[0].startswith("HTTP/") or not parts[1].isdigit():
        return None
    headers = tuple((name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines))
    values = {name.lower(): value for name, value in headers}
    if "chunked" in values.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    said = record.headers
    revisit = record.record_type == WarcRecordType.revisit
    return Stored(
        url=said.get("WARC-Target-URI", "") or "",
        at=record.record_date,
        status=int(parts[1]),
        headers=headers,
        body=decode(body, values.get("content-encoding", ""), cap=MOST_BYTES),
        offset=record.stream_pos,
        truncated=said.get("WARC-Truncated", "") or "",
        record_id=record.record_id or "",
        date=said.get("WARC-Date", "") or "",
        digest=said.get("WARC-Payload-Digest"),
        revisit=revisit,
        original=_original(record) if revisit else None,
    )


def _original(record: WarcRecord) -> Original | None:
    """Where a revisit says that the body is; None when it says nothing."""
    said = record.headers
    record_id = said.get("WARC-Refers-To")
    offset = said.get("WARC-Refers-To-File-Offset") or ""
    if not record_id:
        return None
    return Original(
        record_id=record_id,
        file=said.get("WARC-Refers-To-Filename") if offset.isdigit() else None,
        offset=int(offset) if offset.isdigit() else 0,
        digest=said.get("WARC-Payload-Digest"),
    )


def _unchunked(body: bytes) -> bytes:
    """A chunked body put together; one that is not chunked, whatever its header says, as it is."""
    out = bytearray()
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        try:
            size = int(body[at : end if end >= 0 else len(body)].partition(b";")[0], 16)
        except ValueError:
            return bytes(out) or body
        if size <= 0 or end < 0:
            return bytes(out)
        out += body[end + 2 : end + 2 + size]
        at = end + 2 + size + 2
