from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.parsers.danish.dates import date_at, date_in

PUBLISHED = date(2026, 2, 10)


@pytest.mark.parametrize(
    ("text", "shown", "meaning"),
    [
        ("pr. 1. januar 2026", "1. januar 2026", "2026-01-01"),
        ("den 23. august", "den 23. august", "2026-08-23"),
        ("pr. 1/8", "1/8", "2026-08-01"),
        ("pr. 1/6-26", "1/6-26", "2026-06-01"),
        ("1. marts", "1. marts", "2026-03-01"),
        ("d. 3. marts", "d. 3. marts", "2026-03-03"),
        ("i marts 2025", "i marts 2025", "2025-03"),
        ("til august", "august", "2026-08"),
        ("medio marts", "medio marts", "2026-03"),
        ("i december", "i december", "2025-12"),
        ("fra årsskiftet", "årsskiftet", "2026-01"),
        ("ved årsskiftet 2025/26", "ved årsskiftet 2025/26", "2026-01"),
        ("i dag", "i dag", "2026-02-10"),
        ("i 2026", "i 2026", "2026"),
        ("pr. 01 juli", "01 juli", "2026-07-01"),
        ("i 1. kvartal 2026", "i 1. kvartal 2026", "2026"),
        ("per 29. februar", "29. februar", "2028-02-29"),
    ],
)
def test_dates_mean_what_a_reader_takes_them_for(text: str, shown: str, meaning: str) -> None:
    """As written, and resolved to the first such date from 90 days before publication on."""
    found = date_at(text, 0)
    assert found is not None
    assert text[slice(*found.shown(text))] == shown
    assert str(found.resolve(PUBLISHED)) == meaning


@pytest.mark.parametrize(
    "text", ["netop", "maj", "35 år", "i 10 ugers", "marts 2026 er", "pr. 1/13", "2026 medarbejdere"]
)
def test_what_is_no_date_of_a_start_gives_none(text: str) -> None:
    """Bare months, ages and numbers are no dates."""
    assert date_at(text, 0) is None


def test_nothing_is_guessed_without_a_day_to_count_from() -> None:
    """Without a year and without a day of publication a date keeps its words and no meaning."""
    found = date_at("den 23. august", 0)
    assert found is not None
    assert found.resolve(None) is None
    today = date_at("i dag", 0)
    assert today is not None
    assert today.resolve(None) is None


def test_a_date_that_tells_since_when_is_no_start() -> None:
    """The first date is taken, one after "siden" is not."""
    assert date_in("har siden 1. maj 2020 været chef", 0, 32) is None
    found = date_in("starter 1. maj 2026 som chef", 0, 28)
    assert found is not None
    assert str(found.resolve(None)) == "2026-05-01"


@given(st.text(max_size=60), st.dates())
def test_any_text_and_day_are_read_without_an_error(text: str, published: date) -> None:
    """A date or none, never an exception."""
    found = date_in(text, 0, len(text))
    if found is not None:
        found.resolve(published)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_without_a_year_is_the_first_such_from_90_days_before_publication(day: date, published: date) -> None:
    """No earlier day of that name lies in the window: the meaning is on or after it and the year before is not."""
    found = date_at(f"pr. {day.day}/{day.month}", 0)
    assert found is not None
    meaning = found.resolve(published)
    assert meaning is not None
    earliest = published - timedelta(days=90)
    assert (meaning.month, meaning.day) == (day.month, day.day)
    assert meaning.last_day >= earliest
    if (day.month, day.day) != (2, 29):
        assert meaning.last_day.replace(year=meaning.year - 1) < earliest
