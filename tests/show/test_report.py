"""The report of a month: its figures are right, it holds everything itself, and nothing in it does harm."""

from __future__ import annotations

import re
from base64 import b64encode
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from db.trends import trends
from scraper.errors import QueryError
from scraper.records import MoveKind
from scraper.show.language import danish
from scraper.show.report import METHOD, html_of
from scraper.show.report_data import PARTS, Report, gather, month_of, months_before
from tests.db.conftest import Desk, ad, hire


@pytest.fixture
def seen(desk: Desk) -> Desk:
    """December and January: hires, a board seat, an ad; one name that would do harm."""
    desk.page(
        hire("Åse Bæk", "Nordlys A/S", role="Administrerende direktør", previous_company="Ærø ApS", start="2026-01-15"),
        hire("Bo Holm", "Nordlys A/S", start="2026-01"),
        hire("Ida Krog", "Ærø ApS", start=None),
        hire("Per Vig", "Ærø ApS", start="2025-12-01"),
        hire("</style><script>alert(1)</script>\x1b[31m", "<b>Æ & Ø</b>", role="Direktør", start="2026-01-02"),
        hire("Kaj Lund", "Ærø ApS", kind=MoveKind.BOARD, role="Bestyrelsesformand", start="2026-01-03"),
        ad("Nordlys A/S", "Tester"),
    )
    desk.end()
    return desk


def report(desk: Desk, month: str = "2026-01") -> Report:
    return gather(f"sqlite:///{desk.path}", month)


def test_the_figures_of_the_month_beside_those_of_the_month_before(seen: Desk) -> None:
    """Hires by their start or, without one, by their first sighting; companies; ads."""
    figures = {figure.name: (figure.value, figure.before) for figure in report(seen).figures}
    assert figures["Hires"] == (4, 1)
    assert figures["Companies that hired"] == (3, 1)
    assert figures["New job ads"] == (1, 0)
    assert figures["Job ads open at the end of the month"] == (1, 0)
    assert report(seen).undated == 1


def test_the_top_positions_are_those_of_directors_and_boards(seen: Desk) -> None:
    """Moves into positions of a director or above, and no others."""
    people = {move.person for move in report(seen).top}
    assert {"Åse Bæk", "Kaj Lund"} <= people
    assert "Bo Holm" not in people


def test_the_days_watched_are_told_by_source(seen: Desk) -> None:
    """A day is well, unwell, not looked at, or yet to come."""
    (source,) = report(seen).sources
    assert source.source == "bladet"
    assert (len(source.days), source.days[0], source.days[30]) == (31, "missed", "future")
    assert source.days[11] in {"healthy", "unwell"}
    assert report(seen).passed_days == 12


def test_every_chapter_asks_questions_that_there_are(seen: Desk) -> None:
    """The report holds the answers to the questions it names, in order, over the span it says."""
    known = {trend.name for trend in trends()}
    asked = [answer.trend.name for _, answers in report(seen).chapters for answer in answers]
    assert asked == [part.name for _, parts in PARTS for part in parts if part.name in known]
    by_month = next(
        answer for _, answers in report(seen).chapters for answer in answers if answer.trend.name == "hires_by_month"
    )
    assert (by_month.since, by_month.until) == (date(2024, 2, 1), date(2026, 1, 31))


class Reader(HTMLParser):
    """What a browser would find in the page."""

    VOID = frozenset("meta link img br hr input rect path line circle use stop".split())

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.crossed: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src", "xlink:href", "action") if given.get(name)]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in self.VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.crossed.append(tag)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_page_holds_everything_itself(seen: Desk, language: str) -> None:
    """No script, nothing fetched, one style sheet that its own policy names; well nested, no id twice."""
    page = html_of(report(seen), language=language)
    found = read(page)
    assert not {"script", "iframe", "link", "img", "object", "form"} & set(found.tags)
    assert not found.crossed
    assert not found.open
    assert len(set(found.ids)) == len(found.ids)
    outward = [link for link in found.links if not link.startswith("#")]
    assert set(outward) == {"https://bladet.example/art/1"}
    assert {link[1:] for link in found.links if link.startswith("#")} <= set(found.ids)
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    assert style is not None
    assert f"sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}" in page
    assert "style=" not in page
    assert f'<html lang="{language}">' in page


def test_text_of_a_site_does_no_harm(seen: Desk) -> None:
    """Markup and escapes in names are letters."""
    page = html_of(report(seen))
    assert "<script" not in page
    assert "<b>Æ" not in page
    assert "&lt;b&gt;Æ &amp; Ø&lt;/b&gt;" in page
    assert "\x1b" not in page


def test_the_page_is_in_the_language_asked_for(seen: Desk) -> None:
    """Titles, figures and method, in Danish and in English."""
    danish_page, english = html_of(report(seen), language="da"), html_of(report(seen), language="en")
    assert "<h1>Ansættelser i januar 2026</h1>" in danish_page
    assert "I januar 2026 begyndte 4 personer i nyt job hos 3 virksomheder" in danish_page
    assert "<h1>Hiring in January 2026</h1>" in english
    assert "Method" not in danish_page
    assert "300 % more than the month before" in english
    assert not [phrase for phrase in METHOD if phrase not in danish()]


def test_every_phrase_of_the_report_has_its_danish(seen: Desk) -> None:
    """No phrase that the report's room says is left in English: each literal handed to `say` is in danish.tsv."""
    from inspect import getsource

    from scraper.show import report as room

    said = re.findall(r'say\(\s*"((?:[^"\\]|\\.)*)"', getsource(room))
    titles = [title for title, _ in PARTS] + [figure.name for figure in report(seen).figures]
    assert len(said) > 20
    assert not [phrase for phrase in [*said, *titles] if phrase not in danish()]


def test_an_empty_database_gives_a_page_that_says_so(desk: Desk) -> None:
    """Before anything was seen the report is a page without rows, not a trace."""
    page = html_of(report(desk), language="da")
    assert "Ingen kilde blev set på i denne måned." in page
    assert "Ingen rækker." in page
    assert not read(page).crossed


def test_a_question_that_takes_too_long_is_left_out_and_that_is_said(
    seen: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One slow question does not cost the report."""
    said = "Udeladt: spørgsmålet tog for lang tid."
    assert said not in html_of(report(seen), language="da")
    monkeypatch.setattr("scraper.show.report_data.PATIENCE", -1)
    page = html_of(report(seen), language="da")
    assert said in page
    assert "I januar 2026 begyndte 4 personer" in page


def test_the_same_report_is_the_same_page(seen: Desk) -> None:
    """Nothing of it is a clock."""
    assert html_of(report(seen)) == html_of(report(seen))


@pytest.mark.parametrize("text", ["januar", "2026", "2026-13", "2026-1", "0000-01", "2026-01-01"])
def test_what_is_no_month_is_told(text: str) -> None:
    """A month is written as 2026-01."""
    with pytest.raises(QueryError, match="no month"):
        month_of(text)


def test_months_before_cross_the_year() -> None:
    """Also forwards."""
    assert months_before(date(2026, 1, 1), 1) == date(2025, 12, 1)
    assert months_before(date(2025, 12, 1), -1) == date(2026, 1, 1)
    assert months_before(date(2026, 1, 1), 23) == date(2024, 2, 1)
