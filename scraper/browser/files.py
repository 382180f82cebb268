"""A table as a file: every row that the page's filters leave, in its order, however many they are.

The ids of the rows are read first and the rows then piece by piece, each read for itself: a reader holds up the run
that wants to write, and somebody's slow line must not hold it up for minutes. Few files are written at a time, none
waits long for whoever takes it, and one that cannot be ended is broken off, which every browser tells.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils.asgi import NotFound, Response
from datasette.views.base import DatasetteError
from datasette.views.table import TableView

from scraper.browser.tables import Question, question

if TYPE_CHECKING:
    from scraper.browser.site import Site

AT_ONCE = 2
"""Files that are written at the same time."""
PIECE = 200
"""Rows of a piece: some ten milliseconds of reading, and of writing."""
GATHERING = 20.0
"""Seconds that finding the rows may take."""
PATIENCE = 30.0
"""Seconds for which a piece waits to be taken."""
WITHOUT_IDS = 20_000
"""The rows of a table that has no `id` come in one piece, and so many at most."""
PAGED = ("_size", "_next", "_shape", "_nl", "_labels", "_facet")
"""What is asked of Datasette's own JSON, which gives a page and where the next is."""

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Rows = AsyncIterator[list[Sequence[Any]]]


@dataclass
class Files:
    """How many files are being written. Lives in one event loop."""

    writing: int = 0


async def as_file(datasette: Site, request: Any, receive: Receive) -> Any:
    """A table as CSV or JSON; a page of it as JSON where a part of it is asked for."""
    form, table = request.url_vars["format"], request.url_vars["table"]
    if form == "json" and any(name in request.args for name in PAGED):
        return await TableView(datasette).dispatch_request(request)
    asked = await _asked(datasette, request, table)
    if datasette.taken.writing >= AT_ONCE:
        hint = "Try again in a moment, or write it with `navnenyt export`."
        said = {"ok": False, "error": "Others are taking files just now.", "hint": hint}
        return Response.json(said, status=503, headers={"retry-after": "30"})
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}
    headers = {"content-disposition": f'attachment; filename="{table}.{form}"', "cache-control": "no-store"}
    if request.method == "HEAD":
        return Response("", headers=headers, content_type=types[form])
    ids = None
    if asked.has_ids:
        datasette.taken.writing += 1
        try:
            ids = await datasette.reader.ask(asked.ids, seconds=GATHERING)
        finally:
            datasette.taken.writing -= 1
    return _Stream(datasette, asked, ids, receive, {**headers, "content-type": types[form]})


async def _asked(datasette: Site, request: Any, table: str) -> Question:
    """What the page of the same address asks, without its limit. Raises NotFound, DatasetteError or QueryError."""
    kept = [pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair[0] != "_all"]
    query = urlencode([*kept, ("_size", "1"), ("_nofacet", "1"), ("_nocount", "1")])
    said = await datasette.client.get(f"/data/{table}.json?{query}")
    if said.status_code == 404:
        raise NotFound("no such table")
    page = said.json()
    if said.status_code != 200:
        raise DatasetteError(str(page.get("error", "That cannot be asked.")), status=said.status_code)
    about = datasette.described.get(table)
    has_ids = about is not None and "id" in about.columns
    return question(page["query"]["sql"], page["query"]["params"], page["columns"], has_ids=has_ids)


class _Stream:
    """An answer that is written while it is read."""

    def __init__(
        self,
        datasette: Site,
        asked: Question,
        ids: Sequence[int] | None,
        receive: Receive,
        headers: Mapping[str, str],
    ) -> None:
        self._site, self._asked, self._ids, self._receive, self._headers = datasette, asked, ids, receive, headers

    async def asgi_send(self, send: Callable[[Mapping[str, Any]], Awaitable[None]]) -> None:
        """Write all of it, unless whoever asked goes away or takes too long."""
        self._site.taken.writing += 1
        gone = asyncio.ensure_future(self._left())
        try:
            headers = [(name.encode(), value.encode()) for name, value in self._headers.items()]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            async for body in self._written(self._rows()):
                if gone.done():
                    return
                async with asyncio.timeout(PATIENCE):
                    await send({"type": "http.response.body", "body": body.encode(), "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            with suppress(asyncio.CancelledError):
                await gone
            self._site.taken.writing -= 1

    async def _left(self) -> None:
        """Wait until whoever asked has gone away."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _rows(self) -> Rows:
        if (ids := self._ids) is None:
            yield await self._site.reader.ask(lambda connection: self._asked.rows(connection, WITHOUT_IDS))
            return
        for first in range(0, len(ids), PIECE):
            some = ids[first : first + PIECE]
            yield await self._site.reader.ask(lambda connection: self._asked.rows_of(connection, some))  # noqa: B023

    async def _written(self, rows: Rows) -> AsyncIterator[str]:
        columns = self._asked.columns
        if self._headers["content-type"].startswith("text/csv"):
            yield _csv([columns])
            async for piece in rows:
                yield _csv(["" if value is None else value for value in row] for row in piece)
            return
        yield f'{{"ok": true, "columns": {json.dumps(list(columns), ensure_ascii=False)}, "rows": ['
        before = "\n"
        async for piece in rows:
            if piece:
                records = (dict(zip(columns, row, strict=True)) for row in piece)
                yield before + ",\n".join(json.dumps(each, ensure_ascii=False, default=str) for each in records)
                before = ",\n"
        yield "\n]}\n"


def _csv(rows: Any) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


ROUTES = ((r"/(?P<database>data)/(?P<table>\w+)\.(?P<format>csv|json)$", as_file),)
