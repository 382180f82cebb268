"""The records themselves: partial dates, and records as JSON."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.records import JobAd, Move, MoveKind, PartialDate, Problem, Unparsed, plain

partial_dates = st.dates().flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)


@given(partial_dates)
def test_a_partial_date_survives_being_written_and_read(value):
    """What str() writes, parse() reads back."""
    assert PartialDate.parse(str(value)) == value


@given(partial_dates, partial_dates)
def test_partial_dates_sort_as_their_text_does(one, other):
    """ISO text with reduced precision sorts like the dates it stands for."""
    assert (one < other) == (str(one) < str(other))


@given(partial_dates)
def test_a_partial_date_covers_whole_days(value):
    """From its first to its last day lie one day, a month or a year, by its precision."""
    if value.last_day == date.max:
        return
    length = value.last_day - value.first_day + timedelta(days=1)
    lowest, highest = {"day": (1, 1), "month": (28, 31), "year": (365, 366)}[value.precision]
    assert lowest <= length.days <= highest


@pytest.mark.parametrize("parts", [(2026, 13), (2026, 2, 29), (2026, None, 1), (0,)])
def test_a_date_that_does_not_exist_is_refused(parts):
    """A month 13, a 29 February outside leap years and a day without a month raise ValueError."""
    with pytest.raises(ValueError):
        PartialDate(*parts)


@pytest.mark.parametrize("text", ["", "2026-1", "26", "2026-01-01T00", "januar 2026"])
def test_text_that_is_no_partial_date_is_refused(text):
    """Only reduced ISO dates are read back."""
    with pytest.raises(ValueError):
        PartialDate.parse(text)


def test_a_partial_date_is_not_compared_with_other_things():
    """Comparing with a string is a mistake, not an order."""
    with pytest.raises(TypeError):
        _ = PartialDate(2026) < "2026"


def test_a_move_becomes_plain_json():
    """Kinds and dates are strings, tuples lists, evidence lists of two numbers."""
    move = Move(
        kind=MoveKind.HIRE,
        person="Åse Holm",
        start_date=PartialDate(2026, 1),
        earlier_companies=("Nordlys Data A/S",),
        evidence={"person": (0, 8)},
    )
    record = plain(move)
    assert record["kind"] == "hire"
    assert type(record["kind"]) is str
    assert record["start_date"] == "2026-01"
    assert record["earlier_companies"] == ["Nordlys Data A/S"]
    assert record["evidence"] == {"person": [0, 8]}
    assert record["age"] is None


def test_every_kind_of_record_becomes_plain_json():
    """Job ads, unparsed announcements and problems keep all their fields."""
    assert plain(JobAd(company="A", title="B", posted=date(2026, 1, 2)))["posted"] == "2026-01-02"
    assert plain(Unparsed(text="t", reason="r")) == {"text": "t", "reason": "r", "label": None}
    assert plain(Problem(code="c", message="m")) == {"code": "c", "message": "m", "text": ""}
