"""The answers of the questions about job ads and sources, counted by hand on the market of tests/db/market.py."""

from __future__ import annotations

from tests.db.conftest import Desk, ad, hire
from tests.db.market import run
from tests.db.test_trend_answers import ask, market

__all__ = ["market"]


def test_the_life_of_ads(market: Desk) -> None:
    """Days up, over all stretches: 9, 9 and 38, and 52; the ad that a broken run showed first is still open."""
    assert ask(market, "life_of_ads") == [("2025-03", 3, 2, 0, 47, 1, 2), ("2025-04", 1, 1, 1, None, 0, 0)]
    assert ask(market, "life_of_ads", company="beta") == [("2025-03", 2, 1, 0, 9, 0, 2)]


def test_time_to_fill(market: Desk) -> None:
    """Days from the ad to the start of whoever fits it best; the ad that was put up anew in May was filled again."""
    assert ask(market, "time_to_fill") == [("development", 2, 84, 84, 227), ("project", 1, 83, 83, 83)]
    assert ask(market, "time_to_fill", by="company") == [("Alfa A/S", 2, 84, 84, 227), ("Beta", 1, 83, 83, 83)]
    assert ask(market, "time_to_fill", by="region", region="Syddanmark") == [("Syddanmark", 1, 83, 83, 83)]


def test_quarters_of_the_time_to_fill(desk: Desk) -> None:
    """Of four ads filled after 30, 40, 50 and 60 days a quarter took at most 30, half 40, the slowest quarter 50 up."""
    names = ("Alfa", "Beta", "Gamma", "Delta")
    run(desk, "2026-03-01", *(ad(name, "Jurist") for name in names))
    starts = ("2026-03-31", "2026-04-10", "2026-04-20", "2026-04-30")
    run(desk, "2026-05-01", *(hire(f"P {s}", n, start=s, role="Jurist") for n, s in zip(names, starts, strict=True)))
    assert ask(desk, "time_to_fill") == [("legal", 4, 30, 40, 50)]


def test_ads_without_hires_and_hires_without_ads(market: Desk) -> None:
    """Ads gone for half a year that no hire fits, and hires that no ad fits."""
    assert ask(market, "ads_without_hires") == [("Beta", 2, 1, 0.5)]
    assert ask(market, "hires_without_ads") == [
        ("Alfa A/S", 4, 2, 0.5, 1),
        ("Sydlys", 1, 1, 1.0, 0),
        ("Beta", 2, 1, 0.5, 2),
    ]


def test_job_ads_by_month(market: Desk) -> None:
    """Ads by the month in which they were seen first."""
    assert ask(market, "job_ads_by_month", since="2025-04-01") == [("2025-04", "legal", 1, 1.0, 0)]
    assert ask(market, "job_ads_by_month", company="Alfa") == [("2025-03", "development", 1, 1.0, 2)]


def test_open_job_ads_by_region(market: Desk) -> None:
    """Open ads by region; those that are gone are not counted."""
    run(market, "2026-02-01", ad(region="Fyn"), ad("Beta", region="Odense"), ad("Gamma", "Jurist", region=None))
    assert [row[:3] for row in ask(market, "open_job_ads_by_region")] == [("Syddanmark", 2, 2), ("not stated", 1, 1)]


def test_source_health(market: Desk) -> None:
    """The broken run of April makes no healthy day."""
    rows = ask(market, "source_health")
    assert [row[:5] for row in rows[:3]] == [
        ("2025-03", "bladet", 2, 2, 2),
        ("2025-04", "bladet", 1, 0, 1),
        ("2025-05", "bladet", 1, 1, 1),
    ]
    assert ask(market, "source_health", source="another") == []
