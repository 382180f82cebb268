"""Whole pages: folders of tests/pages with the page and what it says, and what no page may do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.parsers import parse_page
from scraper.records import Extraction, Page, plain

ROOT = Path(__file__).parents[1] / "pages"
FOLDERS = sorted(path for path in ROOT.iterdir() if path.is_dir())
PUBLISHED = date(2026, 3, 15)
SHARED = Path(__file__).parents[3] / "shared" / "pages" / "article.txt"


@cache
def read(folder: Path) -> Extraction:
    """What the page of a folder says."""
    text = folder / "page.txt"
    if text.exists():
        return parse_page(Page("https://www.example.dk/art/1", text.read_bytes(), "text/plain", published=PUBLISHED))
    return parse_page(Page("https://www.example.dk/art/1", (folder / "page.html").read_bytes(), published=PUBLISHED))


def as_expected(found: Extraction) -> dict[str, Any]:
    """An extraction as expected.json holds it: records without evidence, empty fields left out, problems by code."""

    def short(record: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in record.items() if value not in (None, [], "") and name != "evidence"}

    return {
        "moves": [short(plain(move)) for move in found.moves],
        "job_ads": [short(plain(ad)) for ad in found.job_ads],
        "unparsed": [short(plain(item)) for item in found.unparsed],
        "problems": [problem.code for problem in found.problems],
        "headings": list(found.headings),
    }


def _fields() -> Iterator[tuple[Path, str, int, str]]:
    for folder in FOLDERS:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        for kind in ("moves", "job_ads", "unparsed"):
            for number, record in enumerate(expected[kind]):
                for name in record:
                    yield folder, kind, number, name


@pytest.mark.parametrize(
    ("folder", "kind", "number", "name"),
    [pytest.param(*case, id=f"{case[0].name}-{case[1]}-{case[2]}-{case[3]}") for case in _fields()],
)
def test_a_field_of_a_stored_page(folder: Path, kind: str, number: int, name: str) -> None:
    """Each field of each record of a stored page reads as a person wrote it down."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = as_expected(read(folder))[kind]
    assert len(found) > number
    assert found[number].get(name) == expected[kind][number][name]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_stored_page_says_nothing_else(folder: Path) -> None:
    """A stored page gives these records and problems and no others."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert as_expected(read(folder)) == expected


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_evidence_points_at_the_words(folder: Path) -> None:
    """Every span of evidence lies in the record's own text, and for a plain field says exactly its value."""
    found = read(folder)
    for record in (*found.moves, *found.job_ads):
        for name, (start, end) in record.evidence.items():
            assert 0 <= start < end <= len(record.text)
            value = getattr(record, name)
            if isinstance(value, str) and name != "kind":
                assert record.text[start:end] == value


@pytest.mark.shared
def test_the_seed_page_says_four_moves_and_two_ads() -> None:
    """The real page beside the project gives its 4 moves and 2 ads, all fields right, and none of its lures."""
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not there")
    found = parse_page(Page("article.txt", SHARED.read_bytes(), "text/plain", published=PUBLISHED))
    text = SHARED.read_text(encoding="utf-8")
    assert [len(found.moves), len(found.job_ads), found.unparsed, found.problems] == [4, 2, (), ()]
    assert {str(move.start_date) for move in found.moves} == {"2026-01-01", "2025-09-01", "2025-09-15"}
    assert {move.label for move in found.moves} == {"Nyt job"}
    assert [move.location for move in found.moves] == [None, None, None, "Odense"]
    assert [bool(move.previous_company) for move in found.moves] == [True, False, False, False]
    assert [bool(move.focus) for move in found.moves] == [True, True, True, False]
    for move in found.moves:
        assert f"{move.company} har pr. {move.start_date_text} ansat {move.person} som {move.role}" in text
    assert [ad.region for ad in found.job_ads] == ["Uspecificeret arbejdssted", "Københavnsområdet"]


def codes(found: Extraction) -> list[str]:
    return [problem.code for problem in found.problems]


def test_an_empty_page_is_a_problem() -> None:
    """A page without any text is reported, whatever its mark-up."""
    assert codes(parse_page(Page("x.html", b""))) == ["empty_page"]
    assert codes(parse_page(Page("x.html", b"<html><body><script>x</script></body></html>"))) == ["empty_page"]
    assert codes(parse_page(Page("x.txt", b" \n ", "text/plain"))) == ["empty_page"]


def test_bytes_that_are_no_text_are_a_problem() -> None:
    """An image that came as a page is reported and gives no record."""
    found = parse_page(Page("x.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20))
    assert codes(found) == ["undecodable"]


def test_a_page_that_is_too_large_is_read_to_the_limit_and_said() -> None:
    """A page of 8 MB gives what stands at its beginning, and the problem."""
    page = (
        b"<h3>Navnenyt</h3><p>Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job</p>"
        + b"<i>x</i> " * 2_000_000
    )
    found = parse_page(Page("x.html", page))
    assert [move.person for move in found.moves] == ["Bo Lind"]
    assert "too_large" in codes(found)


POSTING = (
    '<script type="application/ld+json">{"@type": "JobPosting", "title": "Udvikler", "hiringOrganization": '
    '{"name": "Granit Data A/S"}, "jobLocation": {"address": {"addressRegion": "Midtjylland"}}}</script>'
)


def test_the_fact_table_of_a_jobs_own_page_is_no_other_ad() -> None:
    """A page with one JobPosting gives that ad, and those that lead elsewhere, not its own facts once more."""
    facts = "<tr><td>Granit Data A/S<td>Fuld tid fra august<td>Midtjylland</tr><tr><td>Område<td>Midtjylland</tr>"
    other = "<a href=/job/2><p>Tværfag<p>Tester<p>Midtjylland</a>"
    found = parse_page(Page("https://www.example.dk/job/1", f"{POSTING}<table>{facts}</table>{other}".encode()))
    assert [(ad.company, ad.title) for ad in found.job_ads] == [("Granit Data A/S", "Udvikler"), ("Tværfag", "Tester")]


def test_a_jobs_own_page_with_its_title_above_the_employer_is_one_ad() -> None:
    """What a JobPosting says and the page shows in another order is one ad, not a firm by the name of a title."""
    shown = "<h1>Udvikler</h1><p>Granit Data A/S</p><p>Midtjylland</p>"
    plain = POSTING.replace(" A/S", "")
    for posting, words in ((POSTING, shown), (plain, shown.replace(" A/S", ""))):
        found = parse_page(Page("https://www.example.dk/job/1", f"{posting}{words}".encode()))
        assert [ad.title for ad in found.job_ads] == ["Udvikler"]


@pytest.mark.parametrize(
    ("page", "cut"),
    [
        ("<!doctype html><body><div><p>Et ord</p></div></body></html>", False),
        ("<!doctype html><p>Et ord<p>To ord</p>", False),
        ("<p>Et ord", False),
        ("<!doctype html><div><p>Et o", True),
        ("<html><body><div><p>Et ord</p", True),
        ("<HTML><BODY><div><p>Et ord</p>", True),
    ],
)
def test_a_page_that_was_not_received_whole_is_a_problem(page: str, cut: bool) -> None:
    """A whole page that ends inside its mark-up is reported; what only leaves out the tags that HTML lets out is not."""
    assert codes(parse_page(Page("x.html", page.encode()))) == (["cut_off"] if cut else [])


def test_bytes_that_had_to_be_replaced_are_said() -> None:
    """A page of utf-8 with a broken byte in it is read, and the byte reported."""
    found = parse_page(Page("x.html", "<p>Bæk og Ærø på Fyn</p>".encode() + b"<p>\xff</p>"))
    assert codes(found) == ["bad_bytes"]


def test_a_heading_of_the_source_opens_a_section() -> None:
    """A heading that config.yaml names for a source is a people section's, in any case of letters."""
    page = Page("x.html", "<h2>Stoleleg</h2><p>Bo Lind er ansat som udvikler hos Tværfag.</p>".encode())
    assert parse_page(page).moves == ()
    found = parse_page(page, headings=("stoleleg",))
    assert [(move.person, move.company) for move in found.moves] == [("Bo Lind", "Tværfag")]
    assert found.headings == ("Stoleleg",)


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 100_000, b"<b>" * 50_000 + b"</i>" * 50_000, b"<!--" * 50_000, b"<" * 200_000, b"&#" * 100_000,
        b"<table><tr><td>" * 20_000, b"<a href=" * 50_000, b"x" * 1_000_000, b"A " * 300_000, b"Nyt job. " * 20_000,
        b"har pr. 1. maj 2026 ansat " * 5_000, "\u202e\u0000\u200d😀".encode() * 20_000, b'<script type="application/ld+json">' + b"[" * 100_000,
    ],
    ids=lambda body: body[:12].decode("utf-8", "replace"),
)  # fmt: skip
def test_hostile_pages_end(body: bytes) -> None:
    """Pages made to hang a parser are read to an end, without an exception."""
    parse_page(Page("https://www.example.dk/x", body))


PIECES = st.sampled_from(
    ["<p>", "</p>", "<li>", "<b>", "</b>", "<br>", "<table>", "<td>", "<script>", "</script>", "<!--", "-->", "<a href=/x>", "</a>", "\n\n",
     "Navnenyt", "Nyt job", "Granit Data A/S", "Bo Lind", "har pr. 1. maj 2026 ansat", "Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO.",
     "Midtjylland", "Softwareudvikler", "er ansat som", "&aelig;", "Han kommer fra", "<span>", "</span>", "|", "…", "\u00ad", "<div hidden>"]
)  # fmt: skip


@given(st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=60), st.sampled_from(["text/html", "text/plain", ""]))
@settings(max_examples=80, deadline=None)
def test_any_page_is_read(pieces: list[str], kind: str) -> None:
    """Whatever a page says, in whatever order, it gives an extraction, and every move a person that its text says."""
    found = parse_page(Page("x", " ".join(pieces).encode("utf-8", "replace"), kind), headings=("Granit",))
    for move in found.moves:
        assert move.person in move.text


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read(body: bytes) -> None:
    """Whatever bytes come as a page, there is no exception."""
    parse_page(Page("x", body))
