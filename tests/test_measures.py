"""What is measured of the pages of a run."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.moves import Again
from scraper.measures import Gauge
from scraper.records import Extraction, Fetch, FetchOutcome, JobAd, Move, MoveKind, Page, Problem, Unparsed

AT = datetime(2026, 1, 12, tzinfo=UTC)
DANISH = "<p>Ærø, Tåsinge og Læsø er øer.</p>".encode() * 50


def fetch(outcome: FetchOutcome = FetchOutcome.FETCHED, **more) -> Fetch:
    return Fetch(url="https://a.example/1", at=AT, outcome=outcome, **more)


def measured(body: bytes, said: Extraction | None = None):
    gauge = Gauge()
    gauge.take(fetch(body_sha256="x"), Page(url="https://a.example/1", body=body), said or Extraction())
    return gauge.read()


def test_records_are_counted_once_and_sightings_each_time():
    """The same move on two pages is one move with an age and two sightings."""
    move = Move(
        kind=MoveKind.HIRE, person="Signe Lundegaard", company="Nordlys", role="Tester", age=41, label="Nyt job"
    )
    said = Extraction(
        moves=(move,),
        job_ads=(JobAd(company="Nordlys", title="Tester", region="Fyn"),),
        unparsed=(Unparsed(text="Uforståeligt.", reason="r"),),
        problems=(Problem(code="card_mismatch", message="m"),),
        headings=("Navnenyt",),
    )
    gauge = Gauge()
    for _ in range(2):
        gauge.take(fetch(body_sha256="x"), Page(url="https://a.example/1", body=DANISH), said)
    gauge.take(fetch(FetchOutcome.FAILED, reason="dns"), None, None)
    gauge.take(fetch(FetchOutcome.UNCHANGED), None, None)
    now = gauge.read()
    assert (now.asked, now.fetched, now.unchanged, now.failed, now.failures) == (4, 2, 1, {"dns": 1}, 1)
    assert (now.announcements, now.moves, now.same_move, now.job_ads, now.ads, now.same_ad) == (2, 1, 2, 2, 1, 2)
    assert (now.move_fields["age"], now.move_fields["unit"], now.ad_fields["region"]) == (1, 0, 1)
    assert (now.labels, now.kinds, now.headings) == ({"Nyt job": 1}, {"hire": 1}, {"Navnenyt": 2})
    assert (now.unparsed, now.problems, now.same_body, now.foreign) == (1, {"card_mismatch": 2}, 2, 0)


@pytest.mark.parametrize(
    ("body", "garbled", "foreign"),
    [
        (DANISH, 0, 0),
        (DANISH.decode().encode("cp1252"), 0, 0),
        (DANISH.decode().encode().decode("cp1252", "replace").encode(), 1, 1),
        (DANISH.decode("ascii", "replace").encode(), 1, 1),
        (DANISH.decode().encode("ascii", "replace"), 0, 1),
        (b"<p>&AElig;r&oslash;</p>" * 90, 0, 0),
        (b"short", 0, 0),
    ],
)
def test_letters_that_are_broken_or_missing_are_noticed(body, garbled, foreign):
    """A page whose Danish letters went through the wrong encoding, and one that has none."""
    now = measured(body)
    assert (now.garbled, now.foreign) == (garbled, foreign)


@pytest.mark.parametrize(
    ("body", "signs"),
    [
        (b"<iframe src='/navne'></iframe>", {"frame": 1}),
        (b"<!-- " + b"<p>navne</p>" * 30 + b"-->", {"comment": 1}),
        (b"<!-- short --><!-- <p></p> --><!-- never ends", {}),
        (b"<p>Artiklen er forbeholdt abonnenter.</p>", {"pay": 1}),
        (b"<div id='root'></div>", {"script": 1}),
    ],
)
def test_signs_that_may_explain_a_loss(body, signs):
    """A frame, a part in a comment, an offer to subscribe, a script's empty root."""
    assert measured(body).signs == signs


def test_of_several_readings_of_a_known_move_the_best_counts():
    """A field is lost only when no page of the run showed it."""
    gauge = Gauge()
    had = frozenset({"age", "label"})
    page = Page(url="https://a.example/1", body=DANISH)
    for lost in (had, frozenset({"age"}), had):
        gauge.take(fetch(), page, Extraction(), [Again("k", had, lost)])
    now = gauge.read()
    assert (now.had, now.lost) == ({"age": 1, "label": 1}, {"age": 1})
