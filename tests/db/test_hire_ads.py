"""Which hire an ad led to: a score with its reason, what speaks against it, and each opening filled once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from db.hire_ads import Ad, Hire, best, is_for_many, score
from tests.db.conftest import Desk, ad, hire
from tests.db.market import day, run

DAY = date(2026, 3, 2)


def offer(title: str = "softwareudvikler", number: int = 1, *later: int, **more: Any) -> Ad:
    """An ad put up on `DAY`, and anew so many days `later`."""
    values = {"id": number, "title": title, "function": "development", "seniority": "professional"}
    openings = tuple(DAY + timedelta(days) for days in (0, *later))
    return Ad(**{**values, "region": "Sjælland", "openings": openings, **more})


def hired(role: str = "softwareudvikler", number: int = 1, after: int = 60, **more: Any) -> Hire:
    """A hire that started so many days after `DAY`, and was seen ten days later."""
    start = DAY + timedelta(after)
    values = {"id": number, "role": role, "seniority": "professional", "region": "Sjælland", "day": start}
    return Hire(**{**values, "seen": start + timedelta(10), **more})


def test_the_same_in_every_way_is_certain() -> None:
    """The same title, level and region, two months later."""
    pair = score(offer(), hired())
    assert pair is not None
    assert (pair.score, pair.days, pair.opening) == (1.0, 60, DAY)
    assert pair.reason == "the same title, the same seniority, the same region, 60 days after the ad"


def test_a_reason_tells_what_is_alike_and_what_is_not() -> None:
    """A reader sees what both titles tell, what only one does, and how the rest fits."""
    pair = score(offer("embedded-udvikler"), hired("senior softwareudvikler", seniority="senior", region="Hovedstaden"))
    assert pair is not None
    assert pair.reason == (
        "both developer, only the ad embedded, only the hire software, professional sought, senior hired, "
        "a neighbouring region, 60 days after the ad"
    )


@pytest.mark.parametrize(
    "less",
    [
        hired("senior softwareudvikler", seniority="senior"),
        hired(seniority=None),
        hired(region="Hovedstaden"),
        hired(region=None),
        hired(after=20),
        hired(after=230),
        hired("softwareudvikler til energidata"),
    ],
)
def test_each_difference_takes_something_off(less: Hire) -> None:
    """Another wording, level or region, or an odd time, lowers the score."""
    pair, whole = score(offer(), less), score(offer(), hired())
    assert pair is not None
    assert whole is not None
    assert pair.score < whole.score


@pytest.mark.parametrize(
    "never",
    [
        hired(after=-1),
        hired(after=13),
        hired(after=271),
        hired(after=40, seen=DAY - timedelta(1)),
        hired("projektleder"),
        hired(seniority="director"),
        hired(seniority="trainee"),
        hired(region="Nordjylland"),
    ],
)
def test_what_cannot_be(never: Hire) -> None:
    """Too soon, too late, told before the ad was up, another trade, step or part of the country."""
    assert score(offer(), never) is None


@pytest.mark.parametrize(("sought", "got"), [("junior", "senior"), ("manager", "senior"), ("trainee", "junior")])
def test_steps_that_are_sought_by_their_word(sought: str, got: str) -> None:
    """Who seeks a junior does not hire a senior for it, nor an expert as a chief, nor the other way about."""
    assert score(offer(seniority=sought), hired(seniority=got)) is None
    assert score(offer(seniority=got), hired(seniority=sought)) is None


def test_where_a_function_says_little_titles_must_say_more() -> None:
    """Two developers may well be one job; of all trades that are `other` two half-alike titles are not."""
    alike = offer("sadelmager til værkstedet"), hired("sadelmager og tapetserer, herning")
    assert score(*alike) is not None
    assert score(alike[0]._replace(function="other"), alike[1]) is None


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
        ("graduate programme 2026", True),
        ("projektleder", False),
        ("it-arkitekt", False),
    ],
)
def test_ads_for_many(title: str, *, many: bool) -> None:
    """A number, a plural or a programme asks for more than one person."""
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


def test_an_ad_put_up_anew_seeks_another() -> None:
    """Each opening has its hire, and the days count from it."""
    twice = offer("softwareudvikler", 1, 120)
    found = best(likely((twice, hired(number=1)), (twice, hired(number=2, after=190))))
    assert [(pair.hire.id, pair.days) for pair in found] == [(1, 60), (2, 70)]


def test_an_ad_for_many_has_all_that_fit() -> None:
    """A plural is filled by several."""
    many = offer("softwareudviklere")
    found = best(likely((many, hired("softwareudvikler", 1)), (many, hired("softwareudvikler", 2))))
    assert [pair.hire.id for pair in found] == [1, 2]


def test_one_job_put_up_twice_shares_the_hire() -> None:
    """The same title twice is one job, as far as the regions let it be: both ads were filled by whoever was hired."""
    anywhere = hired(region=None)
    found = best(likely((offer(number=1), anywhere), (offer(number=2, region=None), anywhere)))
    assert sorted((pair.ad.id, pair.hire.id) for pair in found) == [(1, 1), (2, 1)]
    found = best(likely((offer(number=1), anywhere), (offer(number=2, region="Nordjylland"), anywhere)))
    assert [(pair.ad.id, pair.hire.id) for pair in found] == [(1, 1)]


def test_pairs_are_kept_with_the_records(desk: Desk) -> None:
    """A hire is joined to the ad as soon as its page is stored; another company or function never is."""
    run(desk, "2026-03-02", ad("Alfa", "Jurist"), ad("Beta", "Jurist"), ad("Alfa", "Controller"))
    desk.begin(at=day("2026-04-20"))
    desk.page(hire("A A", "ALFA A/S", role="Jurist", start="2026-05-01"), identity="2")
    row = desk.row("SELECT company, title, person, days_to_fill, score > 0.9 AS sure FROM ad_hires")
    assert row == {"company": "Alfa", "title": "Jurist", "person": "A A", "days_to_fill": 60, "sure": 1}
    desk.page(hire("B B", "Alfa", role="Jurist", start="2026-04-20"), identity="3")
    assert desk.column("SELECT person FROM ad_hires") == ["B B"], "as good a fit, and sooner"


def test_the_unit_tells_the_field(desk: Desk) -> None:
    """A team leader in the service desk fills the service desk's ad, one in development does not."""
    run(desk, "2026-03-02", ad("Alfa", "Teamleder til Service Desk"))
    desk.begin(at=day("2026-04-20"))
    leaders = (
        hire(f"{u} X", "Alfa", role="teamleder", unit=u, start="2026-05-01") for u in ("Udvikling", "Service Desk")
    )
    desk.page(*leaders, identity="2")
    assert desk.column("SELECT person FROM ad_hires") == ["Service Desk X"]
