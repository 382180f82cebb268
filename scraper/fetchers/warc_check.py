"""Whether the record that a fetch points at is there, whole, and the answer of that address."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

_ANSWERS = WarcRecordType.response | WarcRecordType.revisit


def faults_at(path: Path, wanted: Iterable[tuple[int, str]]) -> list[str]:
    """What is wrong with the answers at these offsets of an archive file, each given with its address.

    An answer is whole when its block has the digest that its head states.
    """
    said: list[str] = []
    try:
        with path.open("rb") as stream:
            for offset, url in sorted(wanted):
                fault = _fault(stream, offset, url)
                if fault:
                    said.append(f"{path.name} at {offset}: {fault}")
    except OSError as error:
        said.append(f"{path.name}: {error.strerror}")
    return said


def _fault(stream: BinaryIO, offset: int, url: str) -> str | None:
    stream.seek(offset)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        if record is None or record.stream_pos != offset:
            return "no record begins there"
        if not record.record_type & _ANSWERS:
            return "the record is no answer"
        if record.headers.get("WARC-Target-URI") != url:
            return f"the record is of {record.headers.get('WARC-Target-URI')}, not of {url}"
        return None if record.verify_block_digest() else "the answer is damaged"
    except (OSError, ValueError, RuntimeError) as error:
        return f"cannot be read: {error}"
