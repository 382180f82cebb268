"""The day in Denmark: sites, budgets and dates without a year go by it, whatever zone the machine is in.

Moments are kept in UTC; a day in Copenhagen has 23, 24 or 25 hours of them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def danish_date(moment: datetime) -> date:
    """The date in Copenhagen at an aware moment. Raises ValueError for one without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone has no date anywhere: {moment!r}")
    return moment.astimezone(COPENHAGEN).date()


def danish_day(day: date) -> tuple[datetime, datetime]:
    """When a day begins in Copenhagen and when the next one does, in UTC."""
    begin, end = (datetime.combine(each, time(), tzinfo=COPENHAGEN) for each in (day, day + timedelta(days=1)))
    return begin.astimezone(UTC), end.astimezone(UTC)
