"""A small labour market of a year, by hand: what each question should answer can be counted on fingers.

Functions and seniority are those of plain titles; every page is of the one source `bladet`, a run is a day.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from db.store import Store
from scraper.records import JobAd, Move, MoveKind
from tests.db.conftest import Desk, ad, hire

AARHUS = {"location": "Aarhus"}


def day(text: str) -> datetime:
    """Nine in the morning in Denmark, in winter."""
    return datetime.fromisoformat(f"{text}T08:00:00").replace(tzinfo=UTC)


def open_market(store: Store, desk: Desk) -> Desk:
    """Seven runs from March 2025 to January 2026, the one in April broken."""
    desk.store = store
    developer, leader = ad("Alfa A/S", "Systemudvikler", region="Aarhus"), ad("Beta", "Projektleder", region="Odense")
    seller = ad("Beta", "Sælger", region="Odense")
    run(desk, "2025-03-10", developer, leader, seller)
    run(desk, "2025-03-20", leader)  # the developer's ad is gone, and the seller's
    run(desk, "2025-04-25", ad("Gamma", "Jurist", region=None), alarm=True)  # broken: ends nothing
    run(
        desk,
        "2025-05-02",
        developer,  # put up again; the leader's ad is gone
        ad("Gamma", "Jurist", region=None),
        hire("Anna Ahl", "Alfa", start="2025-06-02", role="Systemudvikler", previous_company="Sydlys", **AARHUS),
        hire("Bo Bæk", "Alfa A/S", start="2025-05-01", role="Systemudvikler", previous_company="Beta"),
    )
    run(
        desk,
        "2025-06-10",
        ad("Gamma", "Jurist", region=None),
        hire("Carl Dam", "Beta", start="2025-06-01", role="Projektleder", previous_company="Sydlys", location="Odense"),
        hire("Dan Eng", "Beta", start=None, role="Senior udvikler", previous_company="Alfa", location="Odense"),
    )
    run(
        desk,
        "2025-12-01",
        ad("Gamma", "Jurist", region=None),
        hire(
            *("Anna Ahl", "Sydlys ApS"),
            start="2026-01-01",
            role="Projektchef",
            previous_company="Alfa",
            institution=("Fjord Universitet",),
            education=("HD", "cand.it"),
            earlier_companies=("Sydlys",),
        ),
        hire("Eva Fog", "Alfa", start="2025-12-01", role="Sælger", institution=("fjord universitet", "Bugt Akademi")),
        hire("Finn Gad", "Alfa", start="2025-12-15", role="Systemudvikler", **AARHUS),
        hire("Gry Holm", "Alfa", start="2025-12-15", role="Direktør", kind=MoveKind.PROMOTION, previous_company="Alfa"),
    )
    run(desk, "2026-01-12", ad("Gamma", "Jurist", region=None))
    return desk


def run(desk: Desk, on: str, *records: Move | JobAd, alarm: bool = False) -> None:
    """A run of one page."""
    desk.begin(at=day(on))
    desk.page(*records, identity=on)
    if alarm:
        told = {"stage": "yield", "code": "fell", "sentence": "Too few.", "advice": "Look."}
        desk.store.keep_findings(desk.run_id, desk.source, coverage=[], alarms=[told])
    desk.end()
    desk.now += timedelta(minutes=1)
