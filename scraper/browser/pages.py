"""Our addresses and what stands at each."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound, Response

from db.known import ads_of, moves_of
from db.profiles import person_profile
from db.query import Result
from db.search import find
from db.trends import Trend, trend, trends
from scraper.browser import companies, files
from scraper.browser.asked import page, record
from scraper.browser.questions import given
from scraper.browser.records import pieces
from scraper.errors import QueryError
from scraper.show.filters import WORDS

if TYPE_CHECKING:
    from scraper.browser.site import Site

FOUND = 20
"""Records of each kind that a search shows."""


async def front(datasette: Site, request: Any) -> Response:
    """What is new, the trends at a glance, and how each source does."""
    return await page(datasette, request, "front.html", {"front": await datasette.front.front()})


async def search(datasette: Site, request: Any) -> Response:
    """Companies, people, moves and ads that have all the words."""
    typed = (request.args.get("q") or "").strip()[:200]
    found: Mapping[str, Sequence[Any]] = {}
    if typed:
        found = await datasette.reader.ask(lambda connection: _found(connection, typed))
    return await page(datasette, request, "search.html", {"typed": typed, "found": found, "most": FOUND})


def _found(connection: sqlite3.Connection, typed: str) -> dict[str, list[dict[str, Any]]]:
    views = {"company": "companies", "person": "people", "move": "moves", "job_ad": "job_ads"}
    found = {}
    for kind, view in views.items():
        ids = find(connection, typed, kind, limit=FOUND + 1)
        marks = ", ".join(str(each) for each in ids)
        rows = connection.execute(f"SELECT * FROM {view} WHERE id IN ({marks})")  # noqa: S608 - numbers of our own
        by_id = {row["id"]: dict(row) for row in rows}
        found[kind] = [by_id[each] for each in ids if each in by_id]
    return found


async def one_move(datasette: Site, request: Any) -> Response:
    """A move: its fields, the sentence they stand in, every page that showed it, the ad it may have come from."""
    move = await record(datasette, request, lambda connection, id_: next(iter(moves_of(connection, [id_])), None))
    return await page(datasette, request, "move.html", {"move": move, "pieces_of": pieces})


async def one_ad(datasette: Site, request: Any) -> Response:
    """A job ad: the same, with the hires it may have led to."""
    ad = await record(datasette, request, lambda connection, id_: next(iter(ads_of(connection, [id_])), None))
    return await page(datasette, request, "ad.html", {"ad": ad, "pieces_of": pieces})


async def one_person(datasette: Site, request: Any) -> Response:
    """A person: their moves, each with its sentence, and others of the same name."""
    person = await record(datasette, request, person_profile)
    return await page(datasette, request, "person.html", {"person": person, "pieces_of": pieces})


async def all_trends(datasette: Site, request: Any) -> Response:
    """The questions."""
    return await page(datasette, request, "trends.html", {"questions": trends()})


async def one_trend(datasette: Site, request: Any) -> Response:
    """A question: its filters, its plot, its answer; or the answer as CSV or JSON."""
    question = _question(request.url_vars["name"])
    filters = given(question, request.args)
    result = await datasette.answers.to(question, filters)
    form = request.url_vars.get("format")
    if form == "svg":
        dark, narrow = (bool(request.args.get(name)) for name in ("dark", "narrow"))
        drawn = await datasette.drawings.svg(question, result, dark=dark, narrow=narrow)
        if drawn is None:
            raise NotFound("this question is not drawn")
        return Response(drawn, content_type="image/svg+xml; charset=utf-8", headers={"cache-control": "no-cache"})
    if form is not None:
        return _as_file(result, form, question.name)
    shown = {
        "question": question,
        "filters": filters,
        "result": result,
        "query": urlencode(filters),
        "words": WORDS,
        "unknown": await companies.unknown(datasette, filters.get("company", "")),
    }
    return await page(datasette, request, "trend.html", shown)


def _question(name: str) -> Trend:
    try:
        return trend(name)
    except QueryError as error:
        raise NotFound("no such question") from error


async def as_trend(datasette: Site, request: Any) -> Response:  # noqa: ARG001 - Datasette gives both
    """A question under the address that Datasette gives to its queries."""
    form = f".{request.url_vars['format']}" if request.url_vars.get("format") else ""
    query = f"?{request.query_string}" if request.query_string else ""
    return Response.redirect(f"/trends/{request.url_vars['name']}{form}{query}")


async def all_data(datasette: Site, request: Any) -> Response:
    """The views and tables, with what each holds."""
    if request.args.get("sql"):
        return Response.redirect(f"/sql?{urlencode({'sql': request.args['sql']})}")
    names = await datasette.reader.ask(
        lambda connection: [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    )
    there = [each for each in datasette.described.values() if each.name in set(names)]
    return await page(datasette, request, "data.html", {"there": there})


async def sql(datasette: Site, request: Any) -> Response:
    """SQL of the reader's own, through the fence."""
    asked = (request.args.get("sql") or "").strip()
    result = error = None
    if asked:
        try:
            result = await datasette.fence.ask(asked, _parameters(request.args))
        except QueryError as failed:
            error = failed
    status = 400 if error else 200
    if (form := request.url_vars.get("format")) is not None:
        if error is not None or result is None:
            sentence = error.message if error else "Ask with ?sql=SELECT …"
            hint = error.hint if error else ""
            return Response.json({"ok": False, "error": sentence, "hint": hint}, status=400)
        return _as_file(result, form, "query")
    shown: dict[str, Any] = {
        "asked": asked,
        "result": result,
        "error": error,
        "query": urlencode({"sql": asked}),
        "said": {},
    }
    return await page(datasette, request, "sql.html", shown, status=status)


def _parameters(args: Any) -> dict[str, str]:
    """The values that the address gives to `:names` in the SQL."""
    return {key: args[key] for key in args if key != "sql" and key.isidentifier()}


def _as_file(result: Result, form: str, name: str) -> Response:
    if form == "csv":
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(result.columns)
        writer.writerows(["" if value is None else value for value in row] for row in result.rows)
        headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
        return Response(out.getvalue(), headers=headers, content_type="text/csv; charset=utf-8")
    rows = [dict(zip(result.columns, row, strict=True)) for row in result.rows]
    said = {"ok": True, "columns": result.columns, "rows": rows, "truncated": result.truncated}
    body = json.dumps(said, ensure_ascii=False, default=str)
    return Response(body, content_type="application/json; charset=utf-8")


_NAMES = "|".join(question.name for question in trends())
ROUTES = (
    (r"/$", front),
    (r"/search$", search),
    (r"/move/(?P<id>\d{1,18})$", one_move),
    (r"/ad/(?P<id>\d{1,18})$", one_ad),
    *companies.ROUTES,
    (r"/person/(?P<id>\d{1,18})$", one_person),
    (r"/trends$", all_trends),
    (r"/trends/(?P<name>\w+)(?:\.(?P<format>csv|json|svg))?$", one_trend),
    (r"/data$", all_data),
    (rf"/data/(?P<name>{_NAMES})(?:\.(?P<format>csv|json))?$", as_trend),
    *files.ROUTES,
    (r"/sql(?:\.(?P<format>csv|json))?$", sql),
)
"""Each address as a regular expression, and its page. What is under /data otherwise is Datasette's."""
