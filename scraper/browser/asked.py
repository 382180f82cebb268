"""What the rooms that make pages share: a page from a template, and the one record that an address names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from scraper.errors import UnknownName

if TYPE_CHECKING:
    from scraper.browser.site import Site


async def page(
    datasette: Site, request: Any, template: str, values: Mapping[str, Any], *, status: int = 200
) -> Response:
    """A page of ours, which no cache keeps."""
    body = await datasette.render_template(template, dict(values), request=request)
    return Response.html(body, status=status, headers={"cache-control": "no-store"})


async def record(datasette: Site, request: Any, read: Callable[[sqlite3.Connection, int], Any]) -> Any:
    """What `read` finds for the id in an address. Raises NotFound when that is None or a name nobody has."""
    id_ = int(request.url_vars["id"])
    try:
        found = await datasette.reader.ask(lambda connection: read(connection, id_))
    except UnknownName as error:
        raise NotFound("no such record") from error
    if found is None:
        raise NotFound("no such record")
    return found
