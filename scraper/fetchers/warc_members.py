"""The gzip members of a WARC file, each one record: where they begin and end, past damage too.

A reader of records stops at the first damage. This one finds the next whole record behind it, so that a bad sector
costs the records that it hit and no others.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_MAGIC = b"\x1f\x8b\x08"
_STEP = 1 << 16
_HEAD = 65_536


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member: `offset` and `end` in the file, and the beginning of what it holds."""

    offset: int
    end: int
    head: bytes

    def headers(self) -> dict[str, str]:
        """The record's own headers by their names in small letters."""
        return _fields(self.head.partition(b"\r\n\r\n")[0])

    def http(self) -> tuple[int | None, dict[str, str]]:
        """The status and the headers of the HTTP answer that the record holds; None when it holds none."""
        head = self.head.partition(b"\r\n\r\n")[2].partition(b"\r\n\r\n")[0]
        said = re.match(rb"HTTP/\S+ (\d{3})\b", head)
        return (int(said.group(1)) if said else None), _fields(head)


def members(path: Path, begin: int = 0) -> Iterator[Member]:
    """The whole members of a file from `begin`, where one must begin; what is damaged is passed over."""
    with path.open("rb") as file:
        at: int | None = begin
        while at is not None:
            member = _member(file, at)
            if member is None:
                at = _next(file, at + 1)
            else:
                yield member
                at = member.end


def unpacked(data: bytes, offset: int) -> Member:
    """A whole member in memory, which stands at `offset` of its file."""
    return Member(offset, offset + len(data), zlib.decompressobj(wbits=31).decompress(data, _HEAD))


def _member(file: BinaryIO, at: int) -> Member | None:
    """The member that begins at `at`; None when none does or it is not whole."""
    file.seek(at)
    stream = zlib.decompressobj(wbits=31)
    head = b""
    end = at
    try:
        while data := file.read(_STEP):
            end += len(data)
            while data and not stream.eof:
                said = stream.decompress(data, _STEP)
                data = stream.unconsumed_tail
                if len(head) < _HEAD:
                    head = (head + said)[:_HEAD]
            if stream.eof:
                return Member(at, end - len(stream.unused_data), head)
    except zlib.error:
        return None
    return None


def _next(file: BinaryIO, at: int) -> int | None:
    """Where the next member begins that holds a WARC record, whole or not; None when there is none."""
    file.seek(at)
    rest = file.read()
    found = rest.find(_MAGIC)
    while found >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(rest[found : found + 4096], 5) == b"WARC/":
                return at + found
        except zlib.error:
            pass
        found = rest.find(_MAGIC, found + 1)
    return None


def _fields(head: bytes) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        fields.setdefault(name.strip().lower(), value.strip())
    return fields
