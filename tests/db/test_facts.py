"""The facts are right after whatever happens: equal to those worked out from nothing."""

from __future__ import annotations

import dataclasses
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from db import facts, replay_apply
from db.engine import reading
from db.models import Base
from db.regroup import regroup
from db.replay_compare import compare
from db.replayable import Plan
from db.shadow import Shadow
from scraper.records import Extraction, MoveKind, PageKind, Unparsed
from tests.db.conftest import Desk, ad, hire

FACTS = (
    *("move_fact", "move_study", "move_earlier", "job_ad_fact", "job_ad_span", "hire_ad"),
    *("role", "place", "source_day", "company_alias"),
)
MOVES = (
    hire("Bo Tværsted", "Alfa A/S", location="Aarhus", education=("HD",)),
    hire("Bo Tværsted", "Beta", previous_company="Alfa", start="2026-02", role="Projektleder"),
    hire("Bo Tværsted", "Gamma", start=None, role="SYSTEMUDVIKLER"),
    hire("Bo Tværsted", "Delta", earlier_companies=("Gamma ApS", "beta"), start="2026", institution=("Skolen",)),
    hire("Ida Bæk", "Alfa", role="Softwarearkitekt", start="2026-03-01", location="Fyn"),
    hire("Per Dal", "Alfa", kind=MoveKind.PROMOTION, role="Direktør"),
)
ADS = (
    ad("Alfa", "Softwarearkitekt", region=None, identifier="7"),
    ad("Alfa", "Softwarearkitekt", region="Fyn", identifier="7", posted=date(2026, 1, 2)),
    ad("Beta", "Projektleder", region="Aarhus"),
    ad("Alfa A/S", "Systemudvikler", region="Horsens"),
)
STEP = st.one_of(
    st.tuples(
        st.just("page"),
        st.sampled_from(["1", "2", "own"]),
        st.sets(st.integers(0, len(MOVES) - 1), max_size=3),
        st.sets(st.integers(0, len(ADS) - 1), max_size=2),
    ),
    st.tuples(st.just("older"), st.sampled_from(["1", "2"]), st.sets(st.integers(0, 5), max_size=2), st.just(frozenset())),
    st.tuples(st.just("unchanged"), st.sampled_from(["1", "2", "own"]), st.none(), st.none()),
    st.tuples(st.just("failed"), st.sampled_from(["own", "1"]), st.none(), st.none()),
    st.tuples(st.just("end"), st.sampled_from(["done", "done", "failed"]), st.none(), st.none()),
    st.tuples(st.just("unread"), st.just("1"), st.sets(st.integers(0, 5), min_size=1, max_size=2), st.none()),
    st.tuples(st.just("regroup"), st.none(), st.none(), st.none()),
    st.tuples(st.just("replay"), st.sampled_from(["1", "2"]), st.sets(st.integers(0, 5), max_size=2), st.sets(st.integers(0, 3), max_size=2)),
)  # fmt: skip


def kept(path: Path) -> dict[str, list[Any]]:
    """All facts and search rows there are."""
    with closing(sqlite3.connect(path)) as plain:
        found = {name: sorted(map(repr, plain.execute(f"SELECT * FROM {name}"))) for name in FACTS}
        return {**found, "search": plain.execute("SELECT rowid, * FROM search ORDER BY rowid").fetchall()}


def check(desk: Desk, engine: Engine) -> None:
    before = kept(desk.path)
    with engine.begin() as connection:
        told = facts.refresh_all(connection)
    after = kept(desk.path)
    for name, rows in before.items():
        assert rows == after[name], name
    assert told.moves == desk.row("SELECT count(*) AS n FROM move")["n"]


def live(desk: Desk, engine: Engine, step: tuple) -> None:
    """One thing that happens."""
    word, where, moves, ads = step
    kind = PageKind.JOB_AD if where == "own" else PageKind.ARTICLE
    records = [*(MOVES[n] for n in sorted(moves or ())), *(ADS[n] for n in sorted(ads or ()))]
    if word == "page":
        desk.page(*records, identity=where, kind=kind)
    elif word == "older":
        now, desk.now = desk.now, desk.now - timedelta(days=40)
        desk.page(*records, identity=where)
        desk.now = now
    elif word == "unchanged":
        desk.unchanged(identity=where, kind=kind)
    elif word == "failed":
        desk.failed(identity=where, kind=kind, reason="not_found")
    elif word == "end":
        desk.end(where)
        desk.begin(at=desk.now + timedelta(days=1))
    elif word == "unread":
        desk.page(Unparsed(text=f"Ulæst {sorted(moves)}", reason="r"), identity=where)
        (number,) = desk.column("SELECT id FROM unparsed WHERE text = ?", f"Ulæst {sorted(moves)}")
        desk.store.reread(number, records, parser_version="2")
    elif word == "regroup":
        with engine.begin() as connection:
            regroup(connection, ["bo tværsted"], lambda _table, _row: None)
    elif word == "replay":
        replay(desk, engine, {where: records})


def replay(desk: Desk, engine: Engine, says: dict[str, list[Any]]) -> None:
    """The pages named, read by a parser that finds other records in them."""
    with Shadow(parser_version="3") as shadow:
        for showing in Plan(engine):
            identity = showing.url.rsplit("/", 1)[1]
            if identity in says:
                said = [dataclasses.replace(record) for record in says[identity]]
                moves = tuple(record for record in said if hasattr(record, "person"))
                ads = tuple(record for record in said if hasattr(record, "title"))
                shadow.keep(showing, Extraction(moves=moves, job_ads=ads))
        with reading(engine) as connection:
            changes = list(compare(connection, shadow))
        with engine.begin() as connection:
            replay_apply.apply(connection, changes, shadow, at=desk.now, since=None, sources=[])


@example(steps=[("page", "own", set(), {2}), ("failed", "own", None, None)])
@example(
    steps=[("page", "1", {0}, {2}), ("end", "done", None, None), ("page", "1", {4}, {3}), ("end", "done", None, None)]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=14))
def test_facts_are_those_worked_out_from_nothing(desk: Desk, engine: Engine, steps: list[tuple]) -> None:
    """After any sequence of pages, failures, runs, readings anew and regroupings the facts follow from the records."""
    with engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM search")
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in {"source", "run"}:
                connection.execute(table.delete())
    desk.begin(at=desk.now + timedelta(days=1))
    for step in steps:
        live(desk, engine, step)
    check(desk, engine)


def test_a_fact_of_a_move(desk: Desk) -> None:
    """A move's month, lead, function and region."""
    desk.page(
        hire(location="8000 Aarhus C", role="Senior softwareudvikler", previous_role="Jurist", start="2026-02-01"),
        hire("Bo Dal", start="2026"),
    )
    assert desk.rows(
        "SELECT month, month_basis, lead_days, function, seniority, previous_function, region, nuts FROM moves ORDER BY id"
    ) == [
        {
            "month": "2026-02",
            "month_basis": "start",
            "lead_days": 20,
            "function": "development",
            "seniority": "senior",
            "previous_function": "legal",
            "region": "Midtjylland",
            "nuts": "DK04",
        },
        {
            "month": "2026-01",
            "month_basis": "seen",
            "lead_days": None,
            "function": "development",
            "seniority": "professional",
            "previous_function": None,
            "region": None,
            "nuts": None,
        },
    ]


def test_a_fact_counts_every_fetch_once(desk: Desk) -> None:
    """First and last sighting and their number, also where an older page is stored later."""
    for identity in ("1", "2"):
        desk.page(hire(start=None), ad(), identity=identity)
    desk.unchanged(identity="2")
    desk.now -= timedelta(days=30)
    desk.page(hire(start=None), ad(), identity="3")
    for view in ("moves", "job_ads"):
        row = desk.row(f"SELECT first_seen, last_seen, times_seen FROM {view}")
        assert row == {
            "first_seen": "2025-12-13 08:04:00.000000",
            "last_seen": "2026-01-12 08:03:00.000000",
            "times_seen": 4,
        }
    assert desk.column("SELECT month FROM moves") == ["2025-12"]


def test_a_source_day_is_a_day_in_denmark(desk: Desk) -> None:
    """A run at half past eleven at night in UTC is the next day's in Denmark; one good look makes the day healthy."""
    desk.page(hire())
    desk.end()
    desk.begin(at=desk.now.replace(hour=23, minute=30))
    desk.page(hire())
    desk.end()
    desk.begin(at=desk.now + timedelta(minutes=5))
    desk.end("failed")
    assert desk.rows("SELECT day, runs, healthy FROM source_days ORDER BY day") == [
        {"day": "2026-01-12", "runs": 1, "healthy": 1},
        {"day": "2026-01-13", "runs": 2, "healthy": 1},
    ]
