"""The filters of a question, checked before it is asked: which it has, and what values they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from db.places import REGIONS
from db.roles import FUNCTIONS, SENIORITIES
from db.trends import Trend
from scraper.errors import QueryError

WORDS: Mapping[str, Sequence[str]] = {"function": FUNCTIONS, "seniority": SENIORITIES, "region": REGIONS}
"""The filters that take one of a few words."""
_DAYS = frozenset({"since", "until"})
_NAMES = frozenset({"company", "role", "person", "previous_company"})
"""A name stays text, also one of digits alone."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def checked(trend: Trend, given: Mapping[str, str | None]) -> dict[str, str | int | float]:
    """The question's parameters from what was given; None is not given.

    Raises QueryError for a filter that the question has not, with those it has, and for a value that it does not take.
    """
    asked = {name: value for name, value in given.items() if value is not None}
    if unknown := [name for name in asked if name not in trend.parameters]:
        has = ", ".join(f"--{name}" if name in OPTIONS else f"--param {name}=…" for name in trend.parameters)
        raise QueryError(
            f"The question {trend.name} has no filter {unknown[0]!r}.",
            hint=f"It has: {has}." if has else "It has none.",
        )
    return {name: value_of(name, value) for name, value in asked.items()}


OPTIONS = ("since", "until", "company", "function", "region")
"""The filters that have an option of their own; the others of a question are given by --param."""


def value_of(name: str, value: str) -> str | int | float:
    """A filter's value as the SQL takes it. Raises QueryError, with what there is."""
    if name in _DAYS:
        return day(value, last=name == "until").isoformat()
    if name in WORDS:
        return word(name, value)
    if name in _NAMES:
        return value
    if re.fullmatch(r"-?\d{1,15}", value):
        return int(value)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,15}", value):
        return float(value)
    return value


def word(name: str, value: str) -> str:
    """One of the words that a filter takes, in whatever case. Raises QueryError with all of them."""
    for known in WORDS[name]:
        if known.casefold() == value.strip().casefold():
            return known
    raise QueryError(f"There is no {name} {value!r}.", hint=f"There are: {', '.join(WORDS[name])}.")


def day(text: str, *, last: bool = False) -> date:
    """A day written as 2026, 2026-01 or 2026-01-31: the first day of it, or with `last` the last.

    Raises QueryError for another text.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)  # noqa: TRY301 - told below, with what a day looks like
        year, month, of_month = (int(part) if part else None for part in match.groups())
        assert year is not None
        first = date(year, month or 1, of_month or 1)
        if not last or of_month:
            return first
        after = date(year + 1, 1, 1) if month in {None, 12} else date(year, (month or 0) + 1, 1)
        return after - timedelta(days=1)
    except ValueError:
        raise QueryError(
            f"{text!r} is no day.", hint="Write it as 2026-01-31, or a month as 2026-01, or a year as 2026."
        ) from None


def pairs(given: Iterable[str]) -> dict[str, str]:
    """`name=value` texts as a mapping. Raises QueryError for one that has no name, no `=`, or comes twice."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name.strip() or name.strip() in found:
            raise QueryError(f"--param {text!r} is not one new NAME=VALUE.", hint="Write it as --param limit=20.")
        found[name.strip()] = value.strip()
    return found
