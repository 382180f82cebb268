"""Tables of what is shown where: the menu, and which columns of a view a reader sees first."""

from __future__ import annotations

DAYS_ONLY = frozenset({"moves", "job_ads", "companies", "people"})
"""Views of records, where a moment is shown as its day."""

MENU = (
    ("/trends", "Trends"),
    ("/data/moves?_sort_desc=id", "Moves"),
    ("/data/job_ads?gone_at__isnull=1&_sort_desc=id", "Job ads"),
    ("/trends/companies_hiring_most", "Companies"),
    ("/data", "Data"),
    ("/sql", "SQL"),
)

SHOWN: dict[str, tuple[str, ...]] = {
    "moves": tuple("person kind role company location start_date previous_company previous_role first_seen".split()),
    "job_ads": tuple("title company region deadline is_open first_seen last_seen times_seen".split()),
    "companies": tuple("name hires moves hired_away open_job_ads job_ads latest_hire_start names".split()),
    "people": tuple("name moves latest_kind latest_role latest_company latest_start_date last_seen".split()),
    "sightings": tuple("record record_id seen_at source page_url".split()),
    "fetches": tuple("id at source outcome status reason url bytes_received elapsed_ms".split()),
    "runs": tuple("id started_at finished_at status pages_fetched pages_failed moves_seen job_ads_seen".split()),
}
"""The columns of the widest views that are shown unless all are asked for (`?_all=1`)."""
