"""Organisations that everybody knows by a short and a long name are one; the table of them makes sense."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from db import short_names, tables
from db.company_words import COMMON
from db.same_company import core, judge, rules_version
from scraper.errors import NavnenytError

LINES = tables.lines(short_names.TABLE)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("DTU", "Danmarks Tekniske Universitet (DTU)"),
        ("CBS", "Copenhagen Business School"),
        ("KL", "Kommunernes Landsforening"),
        ("Region H", "Region Hovedstaden"),
        ("HP Danmark", "Hewlett-Packard ApS"),
        ("EY", "Ernst & Young P/S"),
        ("General Electric", "GE"),
        ("Tele Danmark", "TDC-koncernen"),
    ],
)
def test_a_short_name_that_everybody_knows(short: str, long: str) -> None:
    """The short name and the long one are one company, with branch and legal form, and the reason says so."""
    said = judge(short, long)
    assert said.same
    assert "commonly known" in said.reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HP", "Hewlett Packard Enterprise"),
        ("GE", "GE Healthcare"),
        ("AU", "Aarhus Universitetshospital"),
        ("DTU", "DTU Science Park"),
        ("DR", "Dr. Fjeldtop"),
        ("KL", "KLM"),
    ],
)
def test_an_arm_of_a_known_organisation_is_none_of_it(one: str, other: str) -> None:
    """Only the names of the table itself lead to an organisation."""
    assert not judge(one, other).same


def test_all_names_of_a_line_are_one_company() -> None:
    """Every line holds: each of its names is one with each other, and none is a word that many share."""
    assert len(LINES) >= 150
    for line in LINES:
        names = list(short_names.names_of(line))
        assert all(judge(one, other).same for one in names for other in names), line
        assert not any(core(name).key in COMMON for name in names), line
        assert line.cells["meaning"], line


def test_no_name_stands_in_two_lines() -> None:
    """A short name of two organisations would make one of them, so it may stand in no line."""
    shorts = [core(line.cells["short"]).key for line in LINES]
    assert len(shorts) == len(set(shorts))


@pytest.fixture
def another_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The lines of the table, for a test to write; read anew, and afterwards forgotten."""
    written = ["short\tnames\tmeaning"]
    caches = (short_names.houses, core, tables.version)
    for each in caches:
        each.cache_clear()
    monkeypatch.setattr(tables, "_text", lambda _name: "\n".join(written))
    yield written
    for each in caches:
        each.cache_clear()


def test_a_line_that_is_added_counts(another_table: list[str]) -> None:
    """A new line joins its names, and known names are judged anew: the version of the rules is another."""
    before = rules_version()
    tables.version.cache_clear()
    another_table.append("KVB\tBluegrane Tinde\tinvented")
    assert judge("KVB", "Bluegrane Tinde A/S").same
    assert rules_version() != before


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("KVB\tBluegrane\tinvented", "KBV\tBluegrane A/S\tinvented"), "line 3.*“Bluegrane A/S” stands in another"),
        (("KVB\tBluegrane |\tinvented",), "line 2.*names with"),
        (("KVB\tBluegrane",), "line 2.*3 cells"),
    ],
)
def test_a_wrong_line_is_named(another_table: list[str], lines: tuple[str, ...], said: str) -> None:
    """A line that cannot be used is told with its number and what is wrong."""
    another_table.extend(lines)
    with pytest.raises(NavnenytError, match=said):
        judge("KVB", "Bluegrane")
