"""What the libraries below us say went wrong, as our typed reasons; and what they let through without a word."""

from __future__ import annotations

import http.client
import re
import ssl
from collections.abc import Iterator
from typing import Any

from urllib3.exceptions import InvalidHeader, SSLError

from scraper.errors import BadAnswer, FetchFailed, FetchReason, Unreachable
from scraper.fetchers.body import GZIP_MARK

_TRUNCATIONS = {
    FetchReason.DEADLINE: "time",
    FetchReason.TOO_LARGE: "length",
    FetchReason.BROKEN_OFF: "disconnect",
    FetchReason.UNDECODABLE: "unspecified",
    FetchReason.RESERVED: "unspecified",
}


_ENDLESS = re.compile("got more than|exceeded maximum allowed length")
"""What http.client says of headers and urllib3 of a chunk's size, for which neither has a class of its own."""


def truncation(reason: FetchReason) -> str:
    """The word for the archive (WARC-Truncated, ISO 28500) when this reason cut a body short, or ""."""
    return _TRUNCATIONS.get(reason, "")


def explain(error: BaseException, url: str, status: int | None) -> FetchFailed:
    """The typed failure behind an error of requests, urllib3, http.client, ssl or the socket."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, FetchFailed):
            return cause
    for cause in causes:
        if isinstance(cause, TimeoutError):
            return Unreachable(
                f"{url}: no whole answer within the deadline.",
                reason=FetchReason.DEADLINE,
                url=url,
                status=status,
                hint="The site is slow or holds us; it is asked again in the next run.",
            )
        if isinstance(cause, ssl.SSLError | SSLError) and status is None:
            return Unreachable(
                f"{url}: no secure connection: {_said(cause)}.",
                reason=FetchReason.TLS,
                url=url,
                hint="Look at the site's certificate in a browser; the clock of this machine may be wrong too.",
            )
        if isinstance(cause, http.client.LineTooLong) or _ENDLESS.search(str(cause)):
            return BadAnswer(f"{url}: a line has no end: {_said(cause)}.", reason=FetchReason.TOO_LARGE, url=url)
        if isinstance(cause, http.client.RemoteDisconnected | ConnectionError):
            break
        if isinstance(cause, http.client.BadStatusLine | http.client.UnknownProtocol | InvalidHeader):
            return BadAnswer(f"{url}: no HTTP answer: {_said(cause)}.", reason=FetchReason.HTTP_ERROR, url=url)
    return Unreachable(
        f"{url}: the answer breaks off: {_said(causes[-1])}.",
        reason=FetchReason.BROKEN_OFF,
        url=url,
        status=status,
        hint="It is asked again in the next run.",
    )


def check_headers(raw: Any, url: str) -> None:
    """Raises BadAnswer (http_error) when a line among the headers is no header: those after it were lost with it."""
    original = getattr(raw, "_original_response", None)
    if original is not None and getattr(original.msg, "defects", None):
        raise BadAnswer(f"{url}: a line of the answer's head is no header.", reason=FetchReason.HTTP_ERROR, url=url)


def check_end(raw: Any, url: str, body: bytes | bytearray, *, leftover: bool, markup: bool) -> None:
    """Raises Unreachable (broken_off) when the body is not all of the page although the connection ended in peace.

    Two servers' faults look like success: a Content-Length shorter than the body, seen by the bytes that follow, and
    a body whose end is the end of the connection, where only the page's own last tag tells that it is whole.
    """
    if raw.headers.get("Content-Length", "").strip().isdigit():  # any other is taken for none, below us as well
        if leftover:
            raise Unreachable(
                f"{url}: the body is longer than the answer says.", reason=FetchReason.BROKEN_OFF, url=url, status=200
            )
        return
    chunked = "chunked" in raw.headers.get("Transfer-Encoding", "").lower()
    if body.startswith(GZIP_MARK):  # a sitemap in a file of its own, whose end is looked for where it is unpacked
        return
    tail = bytes(body[-4096:]).replace(b"\0", b"")  # UTF-16 has a zero byte beside each letter
    if (
        markup
        and body
        and not chunked
        and not re.search(rb"</(?:html|rss|feed|rdf:rdf|urlset|sitemapindex)\s*>", tail, re.IGNORECASE)
    ):
        raise Unreachable(
            f"{url}: the page has no end, and the connection had.", reason=FetchReason.BROKEN_OFF, url=url, status=200
        )


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and all that it wraps, outermost first: requests and urllib3 hide the cause in four places."""
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop(0)
        if not isinstance(item, BaseException) or id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        waiting += [*item.args, getattr(item, "reason", None), item.__cause__, item.__context__]


def _said(error: BaseException) -> str:
    text = getattr(error, "verify_message", "") or getattr(error, "strerror", None) or str(error)
    return " ".join(str(text or type(error).__name__).split())[:200].rstrip(".")
