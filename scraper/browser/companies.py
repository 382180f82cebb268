"""The pages of a company: who it is with the newest of each list, and each list whole, a page at a time."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Response

from db.known import KnownMove
from db.profiles import NEWEST, CompanyHead, company_ads, company_head, company_id_of, company_moves
from db.trends import trends
from scraper.browser.asked import page, record
from scraper.browser.records import pieces
from scraper.errors import UnknownName

if TYPE_CHECKING:
    from scraper.browser.site import Site

LISTED = 20
"""Moves of each list, and ads, that a company's page shows."""
ON_A_PAGE = 50
"""Moves on a page of one list."""
_ID = re.compile(r"\d{1,18}")
LISTS = {
    "joined": "Who joined",
    "left": "Who left",
    "inside": "Promotions, degrees and the like",
    "named": "Who was there earlier",
}
"""The lists of `db.profiles.COMPANY_MOVES` that are shown, each with its heading."""
OF_COMPANIES = frozenset(
    "hires_by_month where_people_come_from where_people_go net_talent_flow functions_over_time time_to_fill".split()
)
"""The questions that a company's page leads to, asked of that company."""


async def one_company(datasette: Site, request: Any) -> Response:
    """A company: who joined, who left, its ads, each with its sentence; its names and what was decided of them."""

    def read(connection: sqlite3.Connection, id_: int) -> dict[str, Any]:
        return {
            "company": company_head(connection, id_),
            "lists": {which: company_moves(connection, id_, which, most=LISTED) for which in LISTS},
            "ads": company_ads(connection, id_, most=LISTED),
        }

    found = await record(datasette, request, read)
    asked = [question for question in trends() if question.name in OF_COMPANIES]
    found |= {"pieces_of": pieces, "questions": asked, "headings": LISTS, "counts": _counts(found["company"])}
    return await page(datasette, request, "company.html", found)


async def one_list(datasette: Site, request: Any) -> Response:
    """One of a company's lists of moves, each with its sentence: the newest, or those after the one that is named."""
    which = request.url_vars["list"]
    seen, after = request.args.get("seen") or "", request.args.get("after") or ""
    before = (seen[:40], int(after)) if _ID.fullmatch(after) else NEWEST

    def read(connection: sqlite3.Connection, id_: int) -> tuple[CompanyHead, tuple[KnownMove, ...]]:
        moves = company_moves(connection, id_, which, most=ON_A_PAGE + 1, before=before)
        return company_head(connection, id_), moves

    company, moves = await record(datasette, request, read)
    last = moves[ON_A_PAGE - 1] if len(moves) > ON_A_PAGE else None
    shown = {
        "company": company,
        "which": which,
        "heading": LISTS[which],
        "count": _counts(company)[which],
        "moves": moves[:ON_A_PAGE],
        "is_first": before == NEWEST,
        "older": urlencode({"seen": last.first_seen, "after": last.id}) if last else "",
        "pieces_of": pieces,
    }
    return await page(datasette, request, "company_list.html", shown)


def _counts(company: CompanyHead) -> dict[str, int]:
    """How many moves each list has."""
    counts = company.counts
    return {
        "joined": counts["hires"],
        "left": counts["left"],
        "inside": counts["moves"] - counts["hires"],
        "named": counts["named"],
    }


async def company_by_name(datasette: Site, request: Any) -> Response:
    """The company of a name, in any of its spellings."""
    name = (request.args.get("name") or "").strip()[:300]
    try:
        id_ = await datasette.reader.ask(lambda connection: company_id_of(connection, name))
    except UnknownName as error:
        shown = {"heading": "Not here", "sentence": error.message, "hint": "", "names": error.nearest}
        return await page(datasette, request, "error.html", shown, status=404)
    return Response.redirect(f"/company/{id_}")


async def unknown(datasette: Site, name: str) -> UnknownName | None:
    """Why a question about a company of that name can have no answer, with the names that may be meant."""
    try:
        if name:
            await datasette.reader.ask(lambda connection: company_id_of(connection, name))
    except UnknownName as error:
        return error
    return None


ROUTES = (
    (r"/company$", company_by_name),
    (r"/company/(?P<id>\d{1,18})$", one_company),
    (rf"/company/(?P<id>\d{{1,18}})/(?P<list>{'|'.join(LISTS)})$", one_list),
)
