"""One cell of a table: how a stored value is shown, and where it leads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup, escape

from scraper.browser.dictionary import Column
from scraper.browser.shapes import DAYS_ONLY
from scraper.browser.typography import EMPTY, clock, cut, dated, day, is_web, moment, number, web_link

_FORMULA = frozenset("=+-@\t\r\n|%")
_LINKS = {
    ("moves", "id"): ("/move/", "id"),
    ("moves", "person"): ("/person/", "person_id"),
    ("moves", "company"): ("/company/", "company_id"),
    ("moves", "previous_company"): ("/company/", "previous_company_id"),
    ("job_ads", "id"): ("/ad/", "id"),
    ("job_ads", "title"): ("/ad/", "id"),
    ("job_ads", "company"): ("/company/", "company_id"),
    ("companies", "id"): ("/company/", "id"),
    ("companies", "name"): ("/company/", "id"),
    ("people", "id"): ("/person/", "id"),
    ("people", "name"): ("/person/", "id"),
}
"""Where a column of a view leads: our page, and the column that holds its id."""
_OWNERS = "unparsed problem company job_ad replay person source watch fetch move page run".split()
_PAGES = {"move": "/move/", "job_ad": "/ad/", "company": "/company/", "person": "/person/"}
"""Tables that others' columns name, and those whose rows have a page of ours."""


def neutral(cell: str) -> str:
    """A cell of CSV that no spreadsheet takes for a formula: an apostrophe before what begins like one.

    Numbers stay numbers.
    """
    if cell[:1] not in _FORMULA or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).removeprefix("-").isdecimal() and cell.isascii()


def cell(value: Any, column: str, table: str | None, get: Callable[[str], Any], said: Column | None) -> Markup:
    """A value as it is shown in a table. `get` gives other columns of its row and raises KeyError or IndexError."""
    if value is None or value == "":
        return EMPTY
    leads = _LINKS.get((table or "", column))
    if leads is not None:
        try:
            target = int(get(leads[1]))
        except (KeyError, IndexError, TypeError, ValueError):
            target = None
        if target is not None:
            return Markup('<a href="{}{}">{}</a>').format(leads[0], target, cut(value))
    holds = said.holds if said else ""
    if table in DAYS_ONLY and holds.startswith("time"):
        return escape(moment(value))
    return escape(_shown(value, holds))


def belongs(column: str, value: Any, words: Any) -> Markup:
    """A link to the row that a column `…_id` names, with that row's own words."""
    table = next((name for name in _OWNERS if column.endswith(f"{name}_id")), "")
    said = cut(words if words not in {None, ""} else value)
    if not table or not isinstance(value, int):
        return escape(said)
    return Markup('<a href="{}{}">{}</a>').format(_PAGES.get(table, f"/data/{table}/"), value, said)


def _shown(value: Any, holds: str) -> Any:
    if isinstance(value, bytes):
        return f"{number(len(value))} bytes"
    if isinstance(value, int | float):
        return number(value, 3)
    text = str(value)
    if holds.startswith("time"):
        return clock(text)
    if holds == "date":
        return day(text)
    if is_web(text):
        return web_link(text)
    return dated(text)
