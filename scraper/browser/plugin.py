"""What Datasette asks of a plugin: our addresses, the words and filters of templates, cells, and errors as pages."""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Forbidden, NotFound, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment
from markupsafe import Markup

from scraper import __version__
from scraper.browser import pages
from scraper.browser.cells import belongs, cell
from scraper.browser.shapes import MENU, SHOWN
from scraper.browser.typography import FILTERS, finalize
from scraper.errors import NavnenytError, StoreError

if TYPE_CHECKING:
    from scraper.browser.site import Site


@hookimpl
def register_routes(datasette: Site) -> list[tuple[str, Any]]:  # noqa: ARG001 - the hook's parameter
    """Our addresses."""
    return list(pages.ROUTES)


@hookimpl
def prepare_jinja2_environment(env: Environment, datasette: Site) -> None:  # noqa: ARG001 - the hook's parameter
    """Our filters, and no invisible character from anywhere."""
    env.filters.update(FILTERS)
    env.finalize = finalize


@hookimpl
def extra_template_vars(datasette: Site, request: Any) -> dict[str, Any]:
    """What every page has at hand."""
    return {
        "menu": MENU,
        "path": request.path if request is not None else "/",
        "described": datasette.described,
        "shown_columns": SHOWN,
        "release": __version__,
    }


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Site) -> Markup | None:
    """A stored value in a table of Datasette's."""
    if isinstance(value, dict):  # an id, with the words of the row that it names
        return belongs(column, value["value"], value["label"])
    described = datasette.described.get(table or "")
    said = described.columns.get(column) if described else None
    return cell(value, column, table, row.__getitem__, said)


@hookimpl(tryfirst=True)
async def handle_exception(datasette: Site, request: Any, exception: Exception) -> Response:
    """An error as a page that says what to do, or as JSON where that was asked for."""
    status, heading, sentence, hint = _told(exception)
    if status == 500:
        datasette.note("".join(traceback.format_exception(exception)))
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": sentence, "hint": hint}, status=status)
    page = {"status": status, "heading": heading, "sentence": sentence, "hint": hint}
    return Response.html(await datasette.render_template("error.html", page, request=request), status=status)


def _told(error: Exception) -> tuple[int, str, str, str]:
    if isinstance(error, NotFound):
        return 404, "Not here", "There is no such page.", "Search for it, or begin at the front page."
    if isinstance(error, Forbidden):
        return 403, "Not allowed", "This site does not do that.", "SQL of your own runs on the SQL page."
    if isinstance(error, QueryInterrupted) or getattr(error, "title", "") == "SQL Interrupted":
        return 400, "That took too long", "The query was ended.", "Narrow it down with a filter, or sort by less."
    if isinstance(error, StoreError):
        return 503, "The database cannot be read just now", error.message, error.hint
    if isinstance(error, NavnenytError):
        return 400, "That did not work", error.message, error.hint
    if isinstance(error, DatasetteError):
        status = 400 if error.status == 500 else error.status  # so it says of a column that it does not know
        return status, "That did not work", str(error.message), "Check the address."
    status = getattr(error, "status", 500)
    if status != 500:
        return status, "That did not work", str(error), "Check the address."
    return 500, "Something broke", "The page could not be made.", "The terminal that serves it says why."
