"""Titles compared by what they tell: rewording and another tongue change little, another trade or tool much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import tables, title_likeness
from db.identity import fold
from db.title_likeness import likeness, told
from db.titles import words_of
from scraper.errors import NavnenytError

ONE_JOB = [
    ("Systemudvikler", "Software Developer"),
    ("Netværksingeniør", "Network Engineer"),
    ("Landechef", "Country Manager, Denmark"),
    ("Vil du lede vores driftsteam?", "Driftschef"),
    ("Chef for kundeservice", "Head of Customer Service"),
    ("Økonomidirektør", "CFO"),
    ("Bogholder", "Accountant"),
    ("Informationssikkerhedskonsulent", "it security specialist"),
    ("Fjordbyte søger en projektleder til kundeprojekter", "it-projektleder"),
    ("Embedded-udvikler", "softwareudvikler"),
]
OTHER_JOBS = [
    ("SAP-konsulent", "Dynamics NAV-konsulent"),
    ("Java-udvikler", "PHP-udvikler"),
    ("iOS-udvikler", "Android-udvikler"),
    ("Testmanager", "Testkonsulent"),
    ("Product Owner", "Product Controller"),
    ("Projektleder", "Forretningsanalytiker"),
    ("Teamleder i salg", "Teamleder i kundeservice"),
    ("Ballonskipper", "Fyrpasser"),
]


@pytest.mark.parametrize(("one", "other"), ONE_JOB)
def test_one_job_in_other_words(one: str, other: str) -> None:
    """What is sought and who was hired, reworded or translated, are alike."""
    assert likeness(fold(one), fold(other)).score >= 0.6


@pytest.mark.parametrize(("one", "other"), OTHER_JOBS)
def test_other_jobs(one: str, other: str) -> None:
    """Words in common make no one job of two trades, or of two tools that exclude each other."""
    assert likeness(fold(one), fold(other)).score < 0.5


def test_what_is_told() -> None:
    """A compound tells what its parts do; ranks and the employer tell nothing, what follows "til" half as much."""
    assert dict(told("netværksspecialist")) == {"network": 1.0, "specialist": 0.4}
    assert dict(told("seniorudvikler til datateamet hos finanshuset")) == {"developer": 1.0, "data": 0.5, "team": 0.125}
    assert dict(told("direktør")) == {}
    assert dict(told("leder af kundeservice")) == {"customer service": 1.0}
    assert dict(told("ballonskipper")) == {"ballonskipper": 0.6}


def test_what_both_and_only_one_tells() -> None:
    """The reason of a link is made of these."""
    found = likeness("embedded-udvikler", "softwareudvikler")
    assert (found.both, found.only_first, found.only_second) == (("developer",), ("embedded",), ("software",))


titles = st.text(max_size=60) | st.sampled_from([fold(title) for pair in ONE_JOB + OTHER_JOBS for title in pair])


@given(titles, titles)
def test_the_order_changes_nothing(one: str, other: str) -> None:
    """The likeness is a number from 0 to 1, the same both ways, and 1 for the same title."""
    score = likeness(one, other).score
    assert 0 <= score <= 1
    assert score == pytest.approx(likeness(other, one).score, abs=0.001)
    assert likeness(one, one).score == 1


def test_every_line_can_be_found_and_stands_once() -> None:
    """A line whose own words lead to another line would never be read."""
    lines = tables.lines("trades")
    assert len({line.cells["words"] for line in lines}) == len(lines)
    lost = []
    for line in lines:
        words = line.cells["words"]
        bare = words_of(words.replace("$", ""))
        found = [match for title in (bare, [*bare, "qq"]) for match in title_likeness._table().find(title, frozenset())]
        if "*" not in words and line.cells["tells"] not in {match.row.value for match in found}:
            lost.append(words)
    assert lost == []


def test_a_slip_in_the_table_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gives a thing two kinds is told where."""
    text = "words\ttells\tkind\tmeaning\nsap\tsap\terp system\tx\ns4\tsap\tfield\tx\n"
    monkeypatch.setattr(tables, "_text", lambda name: text)
    title_likeness._kinds.cache_clear()
    with pytest.raises(NavnenytError, match=r"trades\.tsv, line 3: `sap` is of the kind erp system elsewhere"):
        title_likeness._kinds()
    title_likeness._kinds.cache_clear()
