"""Which hire an ad led to: a score with its reason, and each job filled once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from db.hire_ads import Ad, Hire, best, is_for_many, score
from tests.db.conftest import Desk, ad, hire
from tests.db.market import run

DAY = date(2026, 3, 2)


def offer(title: str = "softwareudvikler", number: int = 1, **more: Any) -> Ad:
    return Ad(**{"id": number, "title": title, "seniority": "professional", "region": "Fyn", "day": DAY, **more})


def hired(role: str = "softwareudvikler", number: int = 1, after: int = 60, **more: Any) -> Hire:
    values = {"id": number, "role": role, "seniority": "professional", "region": "Fyn", "day": DAY + timedelta(after)}
    return Hire(**{**values, **more})


def test_the_same_in_every_way_is_certain() -> None:
    """The same title, level and region, two months later."""
    pair = score(offer(), hired())
    assert pair is not None
    assert (pair.score, pair.days) == (1.0, 60)
    assert pair.reason == "the same title, the same seniority, the same region, 60 days after the ad"


@pytest.mark.parametrize(
    "less",
    [
        hired("senior softwareudvikler", seniority="senior"),
        hired(region="Hovedstaden"),
        hired(region=None),
        hired(after=5),
        hired(after=300),
        hired("softwareudvikler til energidata"),
        hired(seniority="director"),
    ],
)
def test_each_difference_takes_something_off(less: Hire) -> None:
    """Another wording, level or region, or an odd time, lowers the score."""
    pair, whole = score(offer(), less), score(offer(), hired())
    assert pair is not None
    assert whole is not None
    assert pair.score < whole.score


@pytest.mark.parametrize("never", [hired(after=-1), hired(after=366), hired("økonomichef")])
def test_what_cannot_be(never: Hire) -> None:
    """Whoever started before the ad, or a year after it, or in quite another post, did not come from it."""
    assert score(offer(), never) is None


def test_words_in_another_order_are_one_title() -> None:
    """Titles are compared by their words."""
    one, other = score(offer("it projektleder"), hired("projektleder it")), score(offer(), hired())
    assert one is not None
    assert other is not None
    assert one.score == other.score


@pytest.mark.parametrize(
    ("title", "many"),
    [
        ("udvikler", False),
        ("udviklere", True),
        ("2 konsulenter", True),
        ("konsulent", False),
        ("senior developers", True),
        ("developer", False),
        ("ingeniører til anlæg", True),
        ("flere jurister søges", True),
        ("projektleder", False),
        ("it-arkitekt", False),
    ],
)
def test_ads_for_many(title: str, *, many: bool) -> None:
    """A number or a plural asks for more than one person."""
    assert is_for_many(title) is many


def likely(*pairs: tuple[Ad, Hire]) -> list[Any]:
    return [pair for pair in (score(*each) for each in pairs) if pair is not None]


def test_an_ad_for_one_person_has_one_hire() -> None:
    """Of two hires that fit the better one has the ad; the other is left for another ad."""
    first, second = hired(number=1), hired(number=2, after=200)
    one, other = offer(number=1), offer("softwareudvikler nord", number=2)
    every = likely((one, first), (one, second), (other, first), (other, second))
    assert [(pair.ad.id, pair.hire.id) for pair in best(every)] == [(1, 1), (2, 2)]
    assert [(pair.ad.id, pair.hire.id) for pair in best(likely((one, first), (one, second)))] == [(1, 1)]


def test_an_ad_for_many_has_all_that_fit() -> None:
    """A plural is filled by several."""
    many = offer("softwareudviklere")
    found = best(likely((many, hired("softwareudvikler", 1)), (many, hired("softwareudvikler", 2))))
    assert [pair.hire.id for pair in found] == [1, 2]


def test_one_job_under_two_regions_shares_the_hire() -> None:
    """The same title put up twice is one job: both ads were filled by whoever was hired."""
    found = best(likely((offer(number=1), hired()), (offer(number=2, region="Bornholm"), hired())))
    assert sorted((pair.ad.id, pair.hire.id) for pair in found) == [(1, 1), (2, 1)]


def test_pairs_are_kept_with_the_records(desk: Desk) -> None:
    """A hire is joined to the ad as soon as its page is stored; another company or function never is."""
    run(desk, "2026-03-02", ad("Alfa", "Jurist"), ad("Beta", "Jurist"), ad("Alfa", "Controller"))
    desk.begin()
    desk.page(hire("A A", "ALFA A/S", role="Jurist", start="2026-05-01"), identity="2")
    row = desk.row("SELECT company, title, person, days_to_fill, score > 0.9 AS sure FROM ad_hires")
    assert row == {"company": "Alfa", "title": "Jurist", "person": "A A", "days_to_fill": 60, "sure": 1}
    desk.page(hire("B B", "Alfa", role="Jurist", start="2026-04-20"), identity="3")
    assert desk.column("SELECT person FROM ad_hires") == ["B B"], "as good a fit, and sooner"
