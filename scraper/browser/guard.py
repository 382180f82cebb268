"""What stands before every page: who may ask, what may be asked, and the policy that each answer carries.

The policy allows no script at all, and nothing from elsewhere: whatever a stored value turns into, it does nothing.
Only names that are ours are answered to, so that a page elsewhere cannot reach in by a name of its own (rebinding).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from scraper.browser.cells import neutral

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; script-src 'none'; object-src 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
LONGEST_QUERY = 100_000
"""Bytes of a query string."""


class Guard:
    """An ASGI application round another. `hosts` are the names that are answered to; None answers to any."""

    def __init__(self, app: App, hosts: Iterable[str] | None = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(hosts) if hosts is not None else None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _guarded(send, csv_rows=scope["path"].endswith(".csv"))
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, guarded)
            return
        status, sentence = refusal
        plain = [(b"content-type", b"text/plain; charset=utf-8")]
        await guarded({"type": "http.response.start", "status": status, "headers": plain})
        await guarded({"type": "http.response.body", "body": f"{sentence}\n".encode()})

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        if scope["method"] not in {"GET", "HEAD"}:
            return 405, "This site can only be read."
        path = scope.get("raw_path") or scope["path"].encode()
        if b"//" in path or b"\\" in path or not path.isascii():
            return 404, "There is no such page."
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414, "That question is too long."
        if self._hosts is not None and _host(scope) not in self._hosts:
            return 421, "This server does not answer to that name."
        return None


def _host(scope: Message) -> str:
    said = [value for name, value in scope["headers"] if name == b"host"]
    if len(said) != 1:
        return ""
    host: str = said[0].decode("latin-1").lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _guarded(send: Send, *, csv_rows: bool) -> Send:
    """`send`, with our headers on each answer and cells of CSV made harmless."""
    ok = False

    async def sending(message: Message) -> None:
        nonlocal ok
        if message["type"] == "http.response.start":
            ok = message["status"] == 200
            ours = {name for name, _ in HEADERS}
            kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in ours]
            message = {**message, "headers": [*kept, *HEADERS]}
        elif csv_rows and ok and message.get("body"):
            message = {**message, "body": _harmless(message["body"])}
        await send(message)

    return sending


def _harmless(rows: bytes) -> bytes:
    """Rows of CSV whose cells no spreadsheet takes for a formula. Each message of an answer holds whole rows."""
    out = io.StringIO()
    writer = csv.writer(out)
    for row in csv.reader(io.StringIO(rows.decode("utf-8"), newline="")):
        writer.writerow([neutral(cell) for cell in row])
    return out.getvalue().encode()
