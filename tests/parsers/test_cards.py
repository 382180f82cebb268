"""Name cards: what repeats an announcement, and what contradicts it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.parsers import parse_announcement
from scraper.parsers.cards import mismatch, names_of, repeats
from scraper.parsers.lines import Line

BO = parse_announcement("Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job")[0]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Bo Lind", True), ("Granit Data", True), ("Bo Lind, CTO, Granit Data A/S", True), ("Granit Data A/S Bo Lind", True),
        ("Bo Lind Granit Data ApS", True), ("Bo Lind, Tværfag", False), ("Bo Lind Bo Lind Bo Lind Bo Lind", False),
    ],
)  # fmt: skip
def test_a_card_repeats_names_in_any_order(text: str, wanted: bool) -> None:
    """Person, company and role, alone or together, with any legal form, are a repetition; another name is not."""
    assert repeats(text, names_of([BO])) is wanted


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (("Bo Lind", "Skærgård ApS"), "company"), (("Granit Data A/S", "Pia Sten"), "person"), (("Bo Lind", "CTO"), None),
        (("Bo Lind", "Granit Dat"), None), (("Pia Sten", "Skærgård ApS"), None), (("Bo Lind", "Læs mere"), None), (("Bo Lind",), None),
    ],
)  # fmt: skip
def test_a_card_with_another_name_is_a_contradiction(card: tuple[str, ...], said: str | None) -> None:
    """One line must repeat the announcement, the other then contradict it; a role, a link or a slip of a key does not."""
    problem = mismatch(BO, [Line(text) for text in card])
    assert (problem is not None and f"announcement's {said} is" in problem.message) if said else problem is None


def test_an_announcement_without_company_is_not_contradicted() -> None:
    """Where the announcement names no company, no card can name another."""
    assert mismatch(replace(BO, company=None), [Line("Bo Lind"), Line("Skærgård ApS")]) is None
