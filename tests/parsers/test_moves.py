from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers.moves import parse_announcement, read_announcement
from scraper.records import MoveKind

SHARED = Path(__file__).parents[3] / "shared" / "evaluate"
WORDS = st.sampled_from(
    "er har ansat som hos i på ved og , . Granit A/S Ann Holm Bo konsulent pr. 1. maj 2026 35 år, udnævnt til bestyrelsen for "
    "fylder 50 den ( ) \" ' - – … Nyt job kommer fra en stilling blev i 1998 stiftet med Nordlys' team".split(" ")
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ord",
        "x" * 100_000,
        "A " * 50_000,
        "ORD OG FLERE ORD I EN RÆKKE",
        "😀 " * 40,
        "\x00\x07" * 30,
        "Ã¦Ã¸Ã¥ har ansat",
    ],
)
def test_what_is_no_announcement_gives_a_reason(text: str) -> None:
    """Empty, endless, shouted, broken: no move, a sentence that says why."""
    reading = read_announcement(text)
    assert reading.moves == ()
    assert reading.unread


def test_dates_are_resolved_against_the_day_of_publication() -> None:
    """The first such date from 90 days before publication on."""
    (move,) = parse_announcement("Ann Holm starter i januar som chef hos Granit.", published=date(2025, 11, 20))
    assert str(move.start_date) == "2026-01"


def test_blanks_before_punctuation_do_not_disturb() -> None:
    """Evidence still points into the text as it was read."""
    text = "Ann Holm , 35 år , er ansat som it-chef hos Granit A/S , hvor hun er leder ."
    (move,) = read_announcement(text).moves
    assert (move.text, move.company, move.age) == (text, "Granit A/S", 35)
    for name in ("person", "company", "role"):
        start, end = move.evidence[name]
        assert text[start:end] == getattr(move, name)


def test_the_label_decides_between_hire_and_promotion() -> None:
    """A label that says promotion is believed."""
    (move,) = read_announcement("Ann Holm er udnævnt til chef i Granit. Forfremmelse").moves
    assert (move.kind, move.label) == (MoveKind.PROMOTION, "Forfremmelse")


def test_an_announcement_that_breaks_off_is_not_read() -> None:
    """A dangling last word tells that the rest is missing."""
    assert read_announcement("Ann Holm er ansat som chef hos Granit. Hun kommer fra en stilling hos").moves == ()
    assert read_announcement("Ann Holm er ansat som chef hos Granit. Hun har været…").moves == ()
    assert read_announcement("Ann Holm er ansat som chef hos Gran").moves == ()


@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=300))
@settings(max_examples=400)
def test_any_text_is_read_without_an_error_and_within_itself(text: str) -> None:
    """Whatever is given: moves with evidence inside their text, or a reason."""
    reading = read_announcement(text, published=date(2026, 1, 1))
    assert bool(reading.moves) != bool(reading.unread)
    for move in reading.moves:
        assert move.person
        assert move.person[0].isupper()
        for start, end in move.evidence.values():
            assert 0 <= start < end <= len(move.text)


@pytest.mark.shared
def test_the_real_announcements_are_read_as_annotated() -> None:
    """The scores on the annotated announcements do not fall below what has been reached."""
    if not SHARED.is_dir():
        pytest.skip("the shared announcements lie beside the project, and are missing here")
    sys.path.insert(0, str(SHARED))
    try:
        import evaluate
    finally:
        sys.path.remove(str(SHARED))
    lines = [json.loads(line) for line in (SHARED / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    scores = evaluate.evaluate(lines, parse_announcement)
    floors = {
        "person": 0.99,
        "company": 0.98,
        "role": 0.97,
        "kind": 0.98,
        "age": 0.98,
        "location": 0.94,
        "record": 0.96,
    }
    assert {field: scores[field]["f1"] for field in floors if scores[field]["f1"] < floors[field]} == {}


@pytest.mark.parametrize(
    ("tail", "label"),
    [
        ("Læs mere", None),
        ("Nyt job Læs mere", "Nyt job"),
        ("Nyt job", "Nyt job"),
        ("Del artiklen her", None),
        ("Nyt fra huset", "Nyt fra huset"),
    ],
)
def test_a_link_below_the_announcement_is_no_label(tail: str, label: str | None) -> None:
    """What was copied with the announcement, "Læs mere", is neither its label nor a part of its text."""
    said = "Granit A/S har pr. 1. januar 2026 ansat Ib Holm, 45 år, som konsulent. Ib Holm skal især arbejde med drift."
    (move,) = read_announcement(f"{said} {tail}").moves
    assert (move.label, move.text) == (label, f"{said} {label}" if label else said)


def test_a_link_below_prose_is_cut_too() -> None:
    """Editors' prose with a link behind it is read as without."""
    (move,) = read_announcement("Granit A/S har ansat Ib Holm som konsulent. Ib skal kode. Se mere").moves
    assert (move.role, move.label, move.text.endswith("kode.")) == ("konsulent", None, True)
