"""The records of a WARC file (ISO 28500:2017, WARC 1.1) as bytes: one exchange is an answer and its request.

The body is kept decoded, and the headers say what it was encoded as. A body that is in the archive already is not
written again: its record is a `revisit`, which names the record that holds it by id, address and date, as the standard
says, and by file and offset, as other crawlers do, so that a reader need not search.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from scraper import __version__
from scraper.fetchers.warc import Headers, Stored

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SAME_BODY = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
# Headers that speak of the body as it crossed the wire; the archived body is the decoded one.
_OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and the answer to it. `body` is decoded; `truncated` is the WARC word for why it is not whole."""

    url: str
    at: datetime
    request_headers: Headers
    status: int
    phrase: str
    headers: Headers
    body: bytes
    address: str = ""
    truncated: str = ""


def exchange_members(exchange: Exchange, original: tuple[str, Stored] | None) -> tuple[bytes, bytes]:
    """The answer and the request, each a gzip member of its own, each naming the other.

    With `original`, a file and a record in it, the answer says that its body is the one of that record.
    """
    answer, request = _answer(exchange, *(original or (None, None))), _request(exchange)
    answer.headers["WARC-Concurrent-To"] = request.record_id or ""
    request.headers["WARC-Concurrent-To"] = answer.record_id or ""
    return member(answer), member(request)


def warcinfo_member(name: str, at: datetime) -> bytes:
    """The record at the head of each file: what wrote it."""
    lines = [
        f"software: navnenyt/{__version__}",
        "format: WARC File Format 1.1",
        "conformsTo: http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots: obey",
    ]
    record = _record(WarcRecordType.warcinfo, "application/warc-fields", "\r\n".join([*lines, ""]).encode(), at)
    record.headers["WARC-Filename"] = name
    return member(record)


def member(record: WarcRecord) -> bytes:
    """A record as one gzip member of its own: without `finish` it could not be read by its offset."""
    buffer = io.BytesIO()
    writer = GzipWriter(buffer, compression_level=6)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


def digest(data: bytes) -> str:
    """As WARC files carry it: SHA-1 in base 32, a checksum and no protection."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode('ascii')}"


def _record(kind: WarcRecordType, content_type: str, block: bytes, at: datetime) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.record_date = at.astimezone(UTC)
    record.headers["Content-Type"] = content_type
    record.headers["WARC-Block-Digest"] = digest(block)
    record.set_bytes_content(block)
    return record


def _answer(exchange: Exchange, file: str | None, original: Stored | None) -> WarcRecord:
    unchanged = exchange.status == 304
    revisit = unchanged or original is not None
    head = [f"HTTP/1.1 {exchange.status} {exchange.phrase}"]
    for name, value in exchange.headers:
        of_the_wire = name.lower() in _OF_THE_WIRE
        head.append(f"{f'X-Archive-Orig-{name}' if of_the_wire else name}: {value}")
    if not revisit:
        head.append(f"Content-Length: {len(exchange.body)}")
    record = _record(
        WarcRecordType.revisit if revisit else WarcRecordType.response,
        "application/http; msgtype=response",
        _head(head) + (b"" if revisit else exchange.body),
        exchange.at,
    )
    record.headers["WARC-Target-URI"] = exchange.url
    if exchange.address:
        record.headers["WARC-IP-Address"] = exchange.address
    if revisit:
        record.headers["WARC-Profile"] = NOT_MODIFIED if unchanged else SAME_BODY
    else:
        record.headers["WARC-Payload-Digest"] = digest(exchange.body)
    if original is not None and file is not None:
        record.headers["WARC-Payload-Digest"] = original.digest or digest(original.body)
        record.headers["WARC-Refers-To"] = original.record_id
        record.headers["WARC-Refers-To-Target-URI"] = original.url
        record.headers["WARC-Refers-To-Date"] = original.date
        record.headers["WARC-Refers-To-Filename"] = file
        record.headers["WARC-Refers-To-File-Offset"] = str(original.offset)
    if exchange.truncated:
        record.headers["WARC-Truncated"] = exchange.truncated
    return record


def _request(exchange: Exchange) -> WarcRecord:
    parts = urlsplit(exchange.url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    head = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{n}: {v}" for n, v in exchange.request_headers)]
    record = _record(WarcRecordType.request, "application/http; msgtype=request", _head(head), exchange.at)
    record.headers["WARC-Target-URI"] = exchange.url
    return record


def _head(lines: list[str]) -> bytes:
    """The head of an HTTP message; what a line may not hold becomes a blank or a question mark."""
    return b"".join(re.sub(r"[\r\n\0]+", " ", line).encode("latin-1", "replace") + b"\r\n" for line in lines) + b"\r\n"
