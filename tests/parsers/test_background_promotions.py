"""The post that somebody leaves who rises in the house, comes back to it, or is only celebrated.

The people and employers are invented.
"""

from __future__ import annotations

import pytest

from scraper.parsers.background import read_background
from scraper.records import MoveKind
from tests.parsers.test_background import LEAD, job, names, past


@pytest.mark.parametrize(
    ("lead", "rest", "expected"),
    [
        ("Salgschef Ib Holm er udnævnt til salgsdirektør i Granit A/S.", "", ("salgschef", None)),
        ("Ib Holm, tester hos Granit A/S, er pr. 1. maj 2026 forfremmet til testchef.", "", ("tester", "Granit A/S")),
        (
            "Ib Holm er udnævnt til direktør i Granit A/S.",
            "Ib kommer fra en stilling som salgschef i samme virksomhed.",
            ("salgschef", "Granit A/S"),
        ),
        ("Ib Holm er forfremmet til chef i Granit A/S.", "Han har tidligere været tester.", ("tester", None)),
        ("Granits it-chef, Ib Holm, 37 år, er udnævnt til direktør i Granit A/S.", "", ("it-chef", None)),
        (
            "Salgschef Ib Holm er udnævnt til direktør i Granit A/S.",
            "Ib Holm kom til Granit i 2012 fra en stilling som tester hos Basalt.",
            ("salgschef", None),
        ),
        (
            "Granit A/S har udvidet partnerkredsen med Ib Holm, som i forvejen er konsulent i firmaet.",
            "",
            ("konsulent", "Granit A/S"),
        ),
        (
            "Ib Holm er udnævnt til direktør for Granit A/S, men beholder sit hidtidige ansvar som stedleder i Granit A/S.",
            "",
            ("stedleder", "Granit A/S"),
        ),
        (
            "Ib Holm er udnævnt til direktør i Granit A/S.",
            "Ib har været ansat i Granit A/S siden 2014, hvor han som projektchef har været en nøgleperson.",
            ("projektchef", "Granit A/S"),
        ),
        (
            "Ib Holm har overtaget stillingen som direktør i Granit A/S, hvor han i de sidste to år som kreativ chef har arbejdet med salg.",
            "Ib har gennem det seneste år fungeret som fast konsulent for Basalt.",
            ("kreativ chef", "Granit A/S"),
        ),
        (
            "Granit A/S har forfremmet salgschef i Granit Norge, Ib Holm, til direktør.",
            "",
            ("salgschef", "Granit Norge"),
        ),
        (
            "Granit A/S har udnævnt den tekniske chef i søsterfirmaet Basalt, Ib Holm, til direktør.",
            "",
            ("tekniske chef", "Basalt"),
        ),
        (
            "Ib Holm indtræder som direktør i Granit A/S.",
            "Ib kom til firmaet i 2014 efter mange år som leder for Basalt Danmark.",
            (None, None),
        ),
    ],
)
def test_post_left_in_a_promotion(lead: str, rest: str, expected: tuple[str | None, str | None]) -> None:
    """In a promotion the previous job is the post left, its employer only where the text ties it to that post."""
    role, company = job(past(rest, lead=lead, kind=MoveKind.PROMOTION, role="direktør"))
    assert (role and role.lower(), company) == expected


@pytest.mark.parametrize(
    ("lead", "rest", "expected"),
    [
        ("Ib Holm er genstartet som tester hos Granit A/S efter en afstikker hos Basalt.", "", (None, "Basalt")),
        ("Ib Holm er efter en kort periode hos Basalt vendt tilbage til Granit A/S.", "", (None, "Basalt")),
        ("Ib Holm er tilbage hos Granit A/S efter nogle år som tester hos Basalt.", "", ("tester", "Basalt")),
        (LEAD, "Efter en årrække som tester hos Basalt er Ib vendt tilbage til Granit A/S.", ("tester", "Basalt")),
        (LEAD, "Han har erfaring fra it-branchen efter to år hos Basalt.", (None, None)),
        ("Salgschef i Basalt Danmark Ib Holm bliver ny direktør i Granit A/S.", "", ("Salgschef", "Basalt Danmark")),
        ("Salgschef Ib Holm bliver ny direktør i Granit A/S.", "", (None, None)),
    ],
)
def test_what_somebody_comes_back_from(lead: str, rest: str, expected: tuple[str | None, str | None]) -> None:
    """Years elsewhere, told where the move is told, are the job a person comes from."""
    found = read_background(
        f"{lead} {rest}".strip(),
        person="Ib Holm",
        company="Granit A/S",
        role=None,
        kind=MoveKind.HIRE,
        lead=(0, len(lead)),
    )
    assert job(found) == expected


def test_birthday_has_no_previous_job() -> None:
    """On a birthday nobody comes from a job: former employers are earlier ones."""
    found = past("Han har senest været chef hos Basalt.", lead="Ib Holm fylder 50 år.", kind=MoveKind.BIRTHDAY)
    assert job(found) == (None, None)
    assert names(found.earlier_companies) == ["Basalt"]


def test_a_promotion_at_a_house_known_by_its_initials() -> None:
    """A house that later sentences call by its initials is the own one, and no earlier employer."""
    found = read_background(
        "Ib Holm er ansat som chef hos Granit-Kalk. Han har tidligere arbejdet hos GK og Skifer.",
        person="Ib Holm",
        company="Granit-Kalk",
        role="chef",
        kind=MoveKind.HIRE,
        lead=(0, 42),
    )
    assert names(found.earlier_companies) == ["Skifer"]
