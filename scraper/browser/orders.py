"""In which order the wide views' rows come when a reader sorts them: read along an index, not by sorting all.

A view joins what a reader wants to see together, and SQLite sorts a million of its rows by first making each. Here
stands, for a view and a column, how the ids alone are had in that order: from the table that holds the column, along an
index where one is worth its room. Other columns are sorted the plain way.
"""

from __future__ import annotations

_LATEST = (
    "n.id = (SELECT m.id FROM move m WHERE m.person_id = n.person_id AND m.same_as_id IS NULL"
    " ORDER BY CASE WHEN m.start_date_first IS NULL THEN 1 ELSE 0 END, m.start_date_first DESC, m.id DESC LIMIT 1)"
)
"""Whether the move `n` is the one that the view `people` shows of its person."""
_FACTS = {
    "moves": ("move_fact", "move_id", "first_seen last_seen times_seen month lead_days function seniority region"),
    "job_ads": ("job_ad_fact", "job_ad_id", "first_seen last_seen times_seen gone_at times_relisted days_open"),
}
"""Columns of a view that its table of facts holds, which is narrow: looked through in a moment, index or none."""


def _people(by: str) -> str:
    return f"SELECT person_id AS id FROM move_fact GROUP BY person_id ORDER BY {by} {{way}}, person_id {{way}}"  # noqa: S608 - names of ours


def _of_latest(by: str) -> str:
    return f"SELECT n.person_id AS id FROM move n WHERE {_LATEST} ORDER BY {by} {{way}}"  # noqa: S608 - names of ours


_ORDERS: dict[tuple[str, str], str] = {
    **{
        ("moves", column): f"SELECT id FROM move WHERE same_as_id IS NULL ORDER BY {column} {{way}}, id {{way}}"  # noqa: S608 - names of ours
        for column in ("id", "person", "role", "location", "start_date", "previous_role")
    },
    ("moves", "kind"): "SELECT id FROM move WHERE same_as_id IS NULL ORDER BY kind {way}",
    **{
        (view, column): f"SELECT {key} AS id FROM {table} ORDER BY {column} {{way}}, {key} {{way}}"  # noqa: S608 - names of ours
        for view, (table, key, columns) in _FACTS.items()
        for column in columns.split()
    },
    ("job_ads", "id"): "SELECT id FROM job_ad WHERE same_as_id IS NULL ORDER BY id {way}",
    ("job_ads", "is_open"): "SELECT job_ad_id AS id FROM job_ad_fact ORDER BY gone_at IS NULL {way}, job_ad_id {way}",
    ("people", "id"): "SELECT id FROM person ORDER BY id {way}",
    ("people", "name"): "SELECT id FROM person ORDER BY name {way}, id {way}",
    ("people", "moves"): _people("count(*)"),
    ("people", "last_seen"): _people("max(last_seen)"),
    ("people", "latest_kind"): _of_latest("n.kind"),
    ("people", "latest_role"): _of_latest("n.role"),
    ("people", "latest_start_date"): _of_latest("n.start_date"),
}
"""For a view and a column the ids in its order; `{way}` is ASC or DESC."""
_BY_COMPANY = {
    ("moves", "company"): ("n.id", "move n", "n.company_id", "n.same_as_id IS NULL"),
    ("moves", "previous_company"): ("n.id", "move n", "n.previous_company_id", "n.same_as_id IS NULL"),
    ("job_ads", "company"): ("n.id", "job_ad n", "n.company_id", "n.same_as_id IS NULL"),
    ("people", "latest_company"): ("n.person_id", "move n", "n.company_id", _LATEST),
}
"""The same by the name of a company: the id, the table, its column that names the company, and which of its rows."""


def ordered(view: str, column: str, *, descending: bool) -> str | None:
    """SQL that gives the ids of a view's rows, as `id`, in the order of a column; None for one that is not known here.

    NULL comes first, or last when descending, as SQLite has it.
    """
    way = "DESC" if descending else "ASC"
    if (order := _ORDERS.get((view, column))) is not None:
        return order.format(way=way)
    if (by := _BY_COMPANY.get((view, column))) is None:
        return None
    number, table, company, which = by
    # A join in a fixed order walks along the names; the limit keeps SQLite from taking the order for needless.
    named = (
        f"SELECT id FROM (SELECT {number} AS id FROM company c CROSS JOIN {table} ON {company} = c.id"  # noqa: S608 - names of ours
        f" WHERE {which} ORDER BY c.name {way} LIMIT -1)"
    )
    nameless = f"SELECT {number} AS id FROM {table} WHERE {company} IS NULL AND {which}"  # noqa: S608 - names of ours
    return " UNION ALL ".join((named, nameless) if descending else (nameless, named))
