"""The body of an answer, taken in small steps so that neither its length nor its compression can flood us.

We ask for gzip and brotli alone. Both are undone here and not in urllib3, because a step of urllib3's decoder has no
upper end: a bomb is refused after the cap and not after it has gone off.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Protocol

import brotli
from urllib3.response import BaseHTTPResponse

from scraper.errors import BadAnswer, FetchReason, Unreachable

ACCEPT_ENCODING = "gzip, br"
GZIP_MARK = b"\x1f\x8b"
"""How every gzip file begins."""
_STEP = 65_536
_MOST_CODINGS = 2
MOST_RATIO = 200
"""How many times its size on the wire a body may unpack to. Pages and feeds unpack to 5 to 30 times theirs."""
_RATIO_COUNTS_FROM = 2_000_000
"""Bytes up to which a body may unpack to anything."""


class _Decoder(Protocol):
    def feed(self, data: bytes, room: int) -> bytes:
        """Decoded bytes of `data`, a little more than `room` at the most. Raises ValueError for other data."""

    @property
    def whole(self) -> bool:
        """Whether the stream came to its own end."""


class _Gunzip:
    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._begun = False

    def feed(self, data: bytes, room: int) -> bytes:
        out = bytearray()
        while data and len(out) <= room:
            if self._stream.eof:
                if not data.startswith(GZIP_MARK):  # padding after the last member, as gzip itself allows
                    break
                self._stream = zlib.decompressobj(wbits=31)
            self._begun = True
            try:
                out += self._stream.decompress(data, room + 1 - len(out))
            except zlib.error as error:
                raise ValueError(str(error)) from error
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail
        return bytes(out)

    @property
    def whole(self) -> bool:
        return self._stream.eof or not self._begun


class _Unbrotli:
    def __init__(self) -> None:
        self._stream = brotli.Decompressor()
        self._begun = False

    def feed(self, data: bytes, room: int) -> bytes:
        if not data or self._stream.is_finished():
            return b""
        self._begun = True
        out = bytearray()
        try:
            out += self._stream.process(data, output_buffer_limit=_STEP)
            while not self._stream.can_accept_more_data() and len(out) <= room:
                out += self._stream.process(b"", output_buffer_limit=_STEP)
        except brotli.error as error:
            raise ValueError(str(error)) from error
        return bytes(out)

    @property
    def whole(self) -> bool:
        return bool(self._stream.is_finished()) or not self._begun


_DECODERS: dict[str, type[_Gunzip | _Unbrotli]] = {"gzip": _Gunzip, "x-gzip": _Gunzip, "br": _Unbrotli}


@dataclass(slots=True)
class Body:
    """A body on its way: the decoded bytes so far, and how many came over the wire for them."""

    decoded: bytearray = field(default_factory=bytearray)
    received: int = 0


def read_body(raw: BaseHTTPResponse, url: str, body: Body, *, cap: int, cut: bool = False) -> None:
    """Fill `body`, which keeps what had come when this raises. With `cut` what is past `cap` bytes is left unread.

    Raises BadAnswer (too_large past `cap` bytes, undecodable) or Unreachable (broken_off when the compressed stream
    has no end). What the socket and urllib3 raise goes through as it is.
    """
    declared = raw.headers.get("Content-Length", "")
    if declared.isdigit() and int(declared) > cap and not cut:
        raise _too_large(url, cap)
    decoders = _decoders(raw, url)
    decoded = body.decoded
    for chunk in raw.stream(_STEP, decode_content=False):
        body.received += len(chunk)
        data = chunk
        most = min(cap, max(_RATIO_COUNTS_FROM, body.received * MOST_RATIO)) if decoders else cap
        for decoder in decoders:
            try:
                data = decoder.feed(data, most - len(decoded))
            except ValueError as error:
                raise BadAnswer(
                    f"{url}: the body is not {raw.headers.get('Content-Encoding')} as its header says: {error}.",
                    reason=FetchReason.UNDECODABLE,
                    url=url,
                    status=raw.status,
                ) from error
        decoded += data[: most + 1 - len(decoded)]
        if len(decoded) > most:
            if cut:
                return
            raise _too_large(url, cap) if most == cap else _bomb(url, raw.status)
    if not all(decoder.whole for decoder in decoders):
        raise Unreachable(
            f"{url}: the compressed body breaks off.", reason=FetchReason.BROKEN_OFF, url=url, status=raw.status
        )


def decode(data: bytes, content_encoding: str, *, cap: int) -> bytes:
    """The decoded form of a body that is at hand; as it is where it is not encoded as its header says.

    What is past `cap` bytes is left out.
    """
    try:
        for name in reversed(_codings(content_encoding)):
            data = _DECODERS[name]().feed(data, cap)[:cap]
    except (KeyError, ValueError):
        pass
    return data


def _codings(header: str) -> list[str]:
    names = [name.strip().lower() for name in header.split(",")]
    return [name for name in names if name not in {"", "identity"}]


def _too_large(url: str, cap: int) -> BadAnswer:
    return BadAnswer(
        f"{url}: larger than {cap / 1_000_000:g} MB.",
        reason=FetchReason.TOO_LARGE,
        url=url,
        hint="If pages of this size are to be had, raise fetch: max_megabytes.",
    )


def _bomb(url: str, status: int) -> BadAnswer:
    return BadAnswer(
        f"{url}: unpacks to more than {MOST_RATIO} times its size, as no page does.",
        reason=FetchReason.TOO_LARGE,
        url=url,
        status=status,
    )


def _decoders(raw: BaseHTTPResponse, url: str) -> list[_Decoder]:
    """One decoder for each coding named, the last applied first. Raises BadAnswer for one we did not ask for."""
    codings = _codings(raw.headers.get("Content-Encoding", ""))
    if len(codings) > _MOST_CODINGS or any(name not in _DECODERS for name in codings):
        raise BadAnswer(
            f"{url}: the body comes as {', '.join(codings)}, and we asked for {ACCEPT_ENCODING}.",
            reason=FetchReason.UNDECODABLE,
            url=url,
            status=raw.status,
        )
    return [_DECODERS[name]() for name in reversed(codings)]
