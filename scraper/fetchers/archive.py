"""The archive: every answer as it came, in WARC files (ISO 28500) that any tool of the trade reads.

One file for each source and UTC day, one gzip member for each record, so that a record can be read by its offset
alone. A record is on the disk before `add` returns: what the database later says about a page can be traced to bytes
that were safe before the page was parsed. The body is kept decoded, and the headers say what it was encoded as.
"""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import os
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from scraper import __version__
from scraper.errors import DiskFull, StoreError
from scraper.fetchers import warc
from scraper.fetchers.warc import Headers, Stored

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_MEMBER = b"\x1f\x8b\x08"
_STEP = 1 << 20
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


class Archive:
    """The archive in `directory`, which is made when the first record is. `clock` gives the time in UTC.

    Only one process may add to it at a time; the run's lock sees to that.
    """

    def __init__(self, directory: Path, *, clock: Callable[[], datetime]) -> None:
        self._directory = directory
        self._clock = clock
        self._current: dict[str, tuple[str, Path]] = {}

    def add(self, source: str, exchange: Exchange) -> tuple[str, int]:
        """Append an exchange; gives the file's name and the offset of the answer's record, both synced to the disk.

        Raises DiskFull, or StoreError when the file cannot be written; the file is then as it was before.
        """
        path = self._file(source)
        response = _response(exchange)
        request = _request(exchange, response.record_id or "")
        try:
            offset = _append(path, _member(response) + _member(request))
        except OSError as error:
            raise _cannot_write(path, error) from error
        return path.name, offset

    def read_at(self, file: str, offset: int) -> Stored:
        """The answer whose record begins at `offset` of `file`. Raises PageUnreadable when there is none."""
        return warc.read_at(self._directory / Path(file).name, offset)

    def files(self, source: str | None = None) -> list[Path]:
        """The archive's files, oldest day first, of one source or of all."""
        pattern = re.compile(rf"({re.escape(source) if source else '.+'})-(\d{{8}})(?:-(\d+))?\.warc\.gz")
        found = [(match, path) for path in self._directory.glob("*.warc.gz") if (match := pattern.fullmatch(path.name))]
        found.sort(key=lambda item: (item[0].group(2), item[0].group(1), int(item[0].group(3) or 1)))
        return [path for _, path in found]

    def _file(self, source: str) -> Path:
        """The file to append to today: it ends at the end of a record."""
        day = self._clock().astimezone(UTC).strftime("%Y%m%d")
        known = self._current.get(source)
        if known is not None and known[0] == day and known[1].exists():
            return known[1]
        try:
            path = self._open(f"{source}-{day}")
        except OSError as error:
            raise _cannot_write(self._directory, error) from error
        self._current[source] = (day, path)
        return path

    def _open(self, stem: str) -> Path:
        """The last file of this stem, mended if a killed process left half a record; begun if there is none.

        What stands after the last whole record was never acknowledged and is cut off. When whole records follow the
        damage it is not a torn end but a damaged disk: that file is left as it is, and the next number begun.
        """
        self._directory.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            path = self._directory / f"{stem}{f'-{number}' if number > 1 else ''}.warc.gz"
            if not path.exists():
                break
            if not (self._directory / f"{stem}-{number + 1}.warc.gz").exists():
                whole, torn_at_end = _whole(path)
                if whole and whole == path.stat().st_size:
                    return path
                if torn_at_end:
                    os.truncate(path, whole)
                    if whole:
                        return path
                    break
            number += 1
        _append(path, _member(_warcinfo(path.name, self._clock())))
        _sync_directory(self._directory)
        return path


def _append(path: Path, data: bytes) -> int:
    """Append and sync; gives where `data` begins. When it fails the file keeps its length."""
    with path.open("ab", buffering=0) as file:
        begin = file.tell()
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[file.write(rest) :]
            os.fsync(file.fileno())
        except BaseException:
            file.truncate(begin)
            raise
    return begin


def _sync_directory(directory: Path) -> None:
    """A new file is there after a power cut only when its directory is synced too."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _whole(path: Path) -> tuple[int, bool]:
    """Where the last whole gzip member ends, and whether nothing but a torn member stands behind it."""
    end = position = 0
    stream = zlib.decompressobj(wbits=31)
    with path.open("rb") as file:
        while data := file.read(_STEP):
            while data:
                if stream.eof:
                    end = position
                    stream = zlib.decompressobj(wbits=31)
                before = len(data)
                try:
                    stream.decompress(data)
                except zlib.error:
                    file.seek(end + 1)
                    return end, not _has_record(file.read())
                data = stream.unused_data
                position += before - len(data)
        if stream.eof:
            end = position
        file.seek(end + 1)
        return end, not _has_record(file.read())


def _has_record(data: bytes) -> bool:
    """Whether a gzip member that holds a WARC record begins anywhere in these bytes."""
    at = data.find(_MEMBER)
    while at >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(data[at : at + 4096], 5) == b"WARC/":
                return True
        except zlib.error:
            pass
        at = data.find(_MEMBER, at + 1)
    return False


def _cannot_write(path: Path, error: OSError) -> StoreError:
    if error.errno in _FULL:
        return DiskFull(f"No space is left for the archive {path}.", hint="Free some space, then run again.")
    return StoreError(
        f"The archive {path} cannot be written: {error.strerror or error}.", hint="Check data_dir: and its permissions."
    )


def _member(record: WarcRecord) -> bytes:
    """A record as one gzip member of its own."""
    buffer = io.BytesIO()
    writer = GzipWriter(buffer, compression_level=6)
    record.write(writer)
    writer.finish()
    return buffer.getvalue()


def _record(kind: WarcRecordType, content_type: str, block: bytes, at: datetime) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind)
    record.record_date = at.astimezone(UTC)
    record.headers["Content-Type"] = content_type
    record.headers["WARC-Block-Digest"] = _digest(block)
    record.set_bytes_content(block)
    return record


def _response(exchange: Exchange) -> WarcRecord:
    revisit = exchange.status == 304
    head = [f"HTTP/1.1 {exchange.status} {exchange.phrase}"]
    for name, value in exchange.headers:
        of_the_wire = name.lower() in _OF_THE_WIRE
        head.append(f"{f'X-Archive-Orig-{name}' if of_the_wire else name}: {value}")
    if not revisit:
        head.append(f"Content-Length: {len(exchange.body)}")
    record = _record(
        WarcRecordType.revisit if revisit else WarcRecordType.response,
        "application/http; msgtype=response",
        _head(head) + exchange.body,
        exchange.at,
    )
    record.headers["WARC-Target-URI"] = exchange.url
    if exchange.address:
        record.headers["WARC-IP-Address"] = exchange.address
    if revisit:
        record.headers["WARC-Profile"] = _REVISIT
        record.headers["WARC-Refers-To-Target-URI"] = exchange.url
    else:
        record.headers["WARC-Payload-Digest"] = _digest(exchange.body)
    if exchange.truncated:
        record.headers["WARC-Truncated"] = exchange.truncated
    return record


def _request(exchange: Exchange, answer: str) -> WarcRecord:
    parts = urlsplit(exchange.url)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    head = [f"GET {target} HTTP/1.1", f"Host: {parts.netloc}", *(f"{n}: {v}" for n, v in exchange.request_headers)]
    record = _record(WarcRecordType.request, "application/http; msgtype=request", _head(head), exchange.at)
    record.headers["WARC-Target-URI"] = exchange.url
    record.headers["WARC-Concurrent-To"] = answer
    return record


def _warcinfo(name: str, at: datetime) -> WarcRecord:
    block = f"software: navnenyt/{__version__}\r\nformat: WARC File Format 1.1\r\nrobots: obey\r\n".encode()
    record = _record(WarcRecordType.warcinfo, "application/warc-fields", block, at)
    record.headers["WARC-Filename"] = name
    return record


def _head(lines: list[str]) -> bytes:
    """The head of an HTTP message; what a line may not hold becomes a blank or a question mark."""
    return b"".join(re.sub(r"[\r\n\0]+", " ", line).encode("latin-1", "replace") + b"\r\n" for line in lines) + b"\r\n"


def _digest(data: bytes) -> str:
    """As WARC files carry it: SHA-1 in base 32, a checksum and no protection."""
    return f"sha1:{base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode('ascii')}"
