"""What ends an ad and what does not, and that the facts say the same as the sum over all that was seen."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from scraper.records import FetchOutcome, PageKind
from tests.db.conftest import Desk, ad

OPEN_AS_SUMMED = """
SELECT a.title
FROM job_ad a
WHERE EXISTS (
  SELECT 1
  FROM job_ad_sighting i
  JOIN "fetch" f ON f.id = i.fetch_id
  JOIN page p ON p.id = f.page_id
  WHERE i.job_ad_id = a.id
    AND (
      (
        p.kind <> 'job_ad'
        AND f.run_id >= coalesce(
          (SELECT max(l.run_id) FROM run_source l WHERE l.source_id = f.source_id AND l.whole AND l.job_ads_seen > 0), 0
        )
      )
      OR (
        p.kind = 'job_ad'
        AND f.id = (
          SELECT g.id
          FROM "fetch" g
          WHERE g.page_id = p.id
            AND (
              g.reason IN ('not_found', 'soft_404')
              OR EXISTS (SELECT 1 FROM job_ad_sighting x WHERE x.fetch_id = g.id)
            )
          ORDER BY g.at DESC, g.id DESC
          LIMIT 1
        )
      )
    )
)
ORDER BY a.title
"""
"""The ads that are open, told by the last good look alone: reservations aside, what the facts have to agree with."""


def next_day(desk: Desk) -> None:
    desk.begin(at=desk.now + timedelta(days=1))


def spans(desk: Desk, title: str) -> list[tuple[str, str, str | None]]:
    """The stretches of an ad, to the day."""
    rows = desk.rows(
        "SELECT s.* FROM job_ad_span s JOIN job_ad a ON a.id = s.job_ad_id WHERE a.title = ? ORDER BY number", title
    )
    return [(r["first_seen"][:10], r["last_seen"][:10], r["gone_at"] and r["gone_at"][:10]) for r in rows]


def test_an_ad_that_is_put_up_again(desk: Desk) -> None:
    """An ad that a good look went without and that shows up again has two stretches, and its days are counted up."""
    for day in range(8):
        if day:
            next_day(desk)
        desk.page(*([ad(title="A")] if day in {0, 1, 2, 5, 6} else []), ad(title="B"))
        desk.end()
    assert spans(desk, "A") == [("2026-01-12", "2026-01-14", "2026-01-15"), ("2026-01-17", "2026-01-18", "2026-01-19")]
    row = desk.row("SELECT is_open, times_relisted, times_seen, days_open FROM job_ads WHERE title = 'A'")
    assert row == {"is_open": 0, "times_relisted": 1, "times_seen": 5, "days_open": 5}
    assert spans(desk, "B") == [("2026-01-12", "2026-01-19", None)]


def test_a_broken_week_neither_ends_nor_relists(desk: Desk) -> None:
    """Runs with an alarm, and failing ones, say nothing: the ad that is seen after them has one stretch."""
    desk.page(ad(title="A"), ad(title="B"))
    desk.end()
    for _ in range(7):
        next_day(desk)
        desk.page(ad(title="B"))
        told = {"stage": "wall", "code": "wall", "sentence": "A wall.", "advice": "Look."}
        desk.store.keep_findings(desk.run_id, desk.source, coverage=[], alarms=[told])
        desk.end()
    next_day(desk)
    desk.page(ad(title="A"))
    desk.end()
    assert spans(desk, "A") == [("2026-01-12", "2026-01-20", None)]
    assert spans(desk, "B") == [("2026-01-12", "2026-01-19", "2026-01-20")]


def test_an_ad_is_up_as_long_as_one_source_shows_it(desk: Desk) -> None:
    """Gone at one source and up at another is up; it is gone with the last of them."""
    for number, (source, titles) in enumerate(
        [("bladet", "AB"), ("posten", "AC"), ("bladet", "B"), ("posten", "AC"), ("posten", "C")]
    ):
        desk.source = source
        if number or source != "bladet":
            next_day(desk)
        desk.page(*(ad(title=title) for title in titles))
        desk.end()
    assert spans(desk, "A") == [("2026-01-12", "2026-01-15", "2026-01-16")]


def test_an_ads_own_page_is_put_up_again(desk: Desk) -> None:
    """An own page that is gone and comes back makes two stretches."""
    own = {"kind": PageKind.JOB_AD, "identity": "a"}
    desk.page(ad(title="A"), **own)  # type: ignore[arg-type]
    for reason in ("server_error", "not_found"):
        next_day(desk)
        desk.failed(reason=reason, **own)
    next_day(desk)
    desk.page(ad(title="A"), **own)  # type: ignore[arg-type]
    desk.end()
    assert spans(desk, "A") == [("2026-01-12", "2026-01-12", "2026-01-14"), ("2026-01-15", "2026-01-15", None)]


def test_a_reservation_leaves_an_ad_as_it_was(desk: Desk) -> None:
    """An ad whose page may no longer be read stays open if it was, and gone if it was."""
    desk.page(ad(title="A"), identity="1")
    desk.page(ad(title="Gone"), ad(title="B"), identity="2")
    desk.end()
    next_day(desk)
    desk.page(ad(title="A"), identity="1")
    desk.page(ad(title="B"), identity="2")
    desk.end()
    next_day(desk)
    for identity in ("1", "2"):
        desk.failed(identity=identity, reason="reserved")
    desk.page(ad(title="C"), identity="3")
    desk.page(ad(title="C"), identity="4")
    desk.end()
    assert desk.column("SELECT title FROM job_ads WHERE is_open ORDER BY title") == ["A", "B", "C"]
    next_day(desk)
    desk.page(ad(title="C"), identity="1")
    desk.end()
    assert desk.column("SELECT title FROM job_ads WHERE is_open ORDER BY title") == ["B", "C"], "1 may be read again"


PAGES = st.sampled_from(["1", "2", "own a", "own b"])
STEP = st.one_of(
    st.tuples(st.just("page"), PAGES, st.sets(st.sampled_from("ABC"), max_size=2)),
    st.tuples(st.just("fail"), PAGES, st.sampled_from(["not_found", "deadline"])),
    st.tuples(st.just("end"), st.sampled_from(["done", "done", "failed"]), st.booleans()),
    st.tuples(st.just("source"), st.sampled_from(["bladet", "posten"]), st.none()),
)


def live(desk: Desk, steps: list[tuple]) -> None:
    """A history of pages, failures and runs."""
    for word, first, second in steps:
        if word == "page":
            kind = PageKind.JOB_AD if first.startswith("own") else PageKind.ARTICLE
            desk.page(*(ad(title=title) for title in sorted(second)), identity=first, kind=kind)
        elif word == "fail":
            kind = PageKind.JOB_AD if first.startswith("own") else PageKind.ARTICLE
            desk.page(identity=first, kind=kind, outcome=FetchOutcome.FAILED, reason=second, body_sha256=None)
        elif word == "source":
            desk.source = first
            desk.store.keep_source(first, kind="articles", title=first)
        else:
            if second:
                told = {"stage": "yield", "code": "fell", "sentence": "Few.", "advice": "Look."}
                desk.store.keep_findings(desk.run_id, desk.source, coverage=[], alarms=[told])
            desk.end(first)
            next_day(desk)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, max_size=25))
@example(steps=[("page", "1", {"A"}), ("end", "done", False), ("page", "own a", {"A"}), ("page", "1", {"B"})])
def test_open_is_what_the_last_good_looks_say(desk: Desk, engine: Engine, steps: list[tuple]) -> None:
    """Whatever happens, the ads that are open are those that the last good look at one of their places showed."""
    with engine.begin() as connection:
        for table in ("search", "hire_ad", "job_ad_span", "job_ad_fact", "job_ad_sighting", "job_ad", "run_source"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
    next_day(desk)
    live(desk, steps)
    assert desk.column("SELECT title FROM job_ads WHERE is_open ORDER BY title") == desk.column(OPEN_AS_SUMMED)
