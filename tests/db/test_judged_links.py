"""Small scenes as an analyst would judge them: the ads of one company, its hires, and which filled which.

All is invented. Larger sets were judged the same way and measured once; docs/links.md has the figures.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from db.hire_ads import LIKELY, Ad, Hire, best, score
from db.identity import fold
from db.places import region_of
from db.roles import function_of, seniority_of

PUT_UP = date(2025, 2, 3)


class Scene(NamedTuple):
    """Ads as (title, place); hires as (role, place, start); the pairs that an analyst would join, by their numbers."""

    ads: list[tuple[str, str | None]]
    hires: list[tuple[str, str | None, str]]
    joined: set[tuple[int, int]]


SCENES = {
    "a senior and another are sought": Scene(
        [("Senior Java-udvikler", "Aarhus"), ("Softwareudvikler", "Aarhus")],
        [("softwareudvikler", "Aarhus", "2025-05-01"), ("senior Java developer", "Aarhus", "2025-04-01")],
        {(0, 1), (1, 0)},
    ),
    "in another tongue": Scene(
        [("Finance Manager", "København"), ("Network Engineer", None)],
        [("netværksspecialist", None, "2025-05-01"), ("økonomichef", None, "2025-06-01")],
        {(0, 1), (1, 0)},
    ),
    "a question to the reader": Scene(
        [("Vil du lede vores salgsteam?", "Odense")],
        [("salgschef", "Odense", "2025-05-01"), ("sælger", "Odense", "2025-05-01")],
        {(0, 0)},
    ),
    "one learns and one has learned": Scene(
        [("IT-elev", "Vejle"), ("IT-supporter", "Vejle")],
        [("it-supporter", "Vejle", "2025-04-01"), ("it-supporterelev", "Vejle", "2025-08-01")],
        {(1, 0)},
    ),
    "one knows another system": Scene(
        [("SAP-konsulent", None)],
        [("Dynamics NAV-konsulent", None, "2025-05-01"), ("SAP FI-konsulent", None, "2025-05-01")],
        {(0, 1)},
    ),
    "in two towns": Scene(
        [("Servicetekniker", "Aalborg"), ("Servicetekniker", "Roskilde")],
        [("servicetekniker", "Roskilde", "2025-04-01"), ("servicetekniker", "Kolding", "2025-04-01")],
        {(1, 0)},
    ),
    "before the ad, at once, and a year later": Scene(
        [("Webudvikler", None)],
        [("webudvikler", None, "2025-01-01"), ("webudvikler", None, "2025-02-10"), ("webudvikler", None, "2026-02-01")],
        set(),
    ),
    "near in words and far in trade": Scene(
        [("Product Owner", None), ("Testmanager", None)],
        [("product controller", None, "2025-05-01"), ("testkonsulent", None, "2025-05-01")],
        set(),
    ),
    "one ad for two": Scene(
        [("To jurister til kontrakter", None)],
        [("jurist", None, "2025-05-01"), ("jurist", None, "2025-06-01"), ("chefjurist", None, "2025-06-01")],
        {(0, 0), (0, 1)},
    ),
    "heads of different fields": Scene(
        [("Afdelingschef, it-drift", None), ("Afdelingschef, kommunikation", None)],
        [("kommunikationschef", None, "2025-05-01"), ("afdelingschef for marketing", None, "2025-05-01")],
        {(1, 0)},
    ),
}


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_links_are_those_that_an_analyst_would_make(scene: Scene) -> None:
    """Every link of the scene and no other."""
    ads = [
        Ad(number, fold(title), function_of(title)[0], seniority_of(title)[0], _region(place), (PUT_UP,))
        for number, (title, place) in enumerate(scene.ads)
    ]
    hires = [
        Hire(number, fold(role), seniority_of(role)[0], _region(place), day := date.fromisoformat(start), day)
        for number, (role, place, start) in enumerate(scene.hires)
    ]
    same_function = ((a, h) for a in ads for h in hires if a.function == function_of(h.role)[0])
    pairs = [pair for pair in (score(*each) for each in same_function) if pair is not None and pair.score >= LIKELY]
    assert {(pair.ad.id, pair.hire.id) for pair in best(pairs)} == scene.joined


def _region(place: str | None) -> str | None:
    found = region_of(place) if place else None
    return found[0] if found else None
