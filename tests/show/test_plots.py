"""Plots of answers: every kind, in both languages, as files that need no network; none breaks on little or odd data."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from db.query import Result
from db.trends import Chart, Trend, trends
from scraper.errors import NavnenytError
from scraper.show.language import danish, month_name, number, say
from scraper.show.pictures import html, png, save, svg
from scraper.show.plots import NARROW, chart
from scraper.show.series import MOST_BARS, MOST_COLOURS, series

MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
KINDS = ("line", "area", "bar", "ranked", "heatmap")


def question(kind: str, x: str = "company", y: str = "hires", color: str | None = None) -> Trend:
    if kind == "heatmap":
        x, y, color = "company", "function", "hires"
    columns = {name: name for name in (x, y, color) if name}
    made = Chart(kind=kind, x=x, y=y, color=color)
    return Trend(name="q", title="Hires by month", description="D.", columns=columns, parameters={}, chart=made, sql="")


def answer(kind: str, rows: list[tuple[object, ...]]) -> Result:
    names = ("company", "hires") if kind != "heatmap" else ("company", "hires", "function")
    return Result(names, [row if kind != "heatmap" else (*row, "data") for row in rows])


def words(drawn: str) -> list[str]:
    return [element.text or "" for element in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Ærø Ål A/S", 3)],
        [("Åkær", 0), ("Nul", 0)],
        [("Åkær", 4), ("Minus", -2)],
        [(None, 3), ("tom", None)],
        [("2026-01", 5)],
        [(month, 4.5) for month in MONTHS],
    ],
    ids=["none", "one", "zeros", "below zero", "nulls", "one month", "two years"],
)
def test_every_kind_is_drawn_of_little_and_of_odd_data(kind, rows):
    """No row, one row, nulls, zeros and figures below zero all give a plot in both widths."""
    for language, width in (("en", 640), ("da", NARROW)):
        drawn = chart(question(kind), answer(kind, rows), language=language, width=width)
        assert drawn is not None
        said = svg(drawn)
        size = re.search(r'width="(\d+)"', said)
        assert size is not None
        assert abs(int(size[1]) - width) <= 2


def test_a_plot_without_rows_says_so_in_each_language():
    """Nothing drawn is told, not left blank."""
    empty = answer("ranked", [])
    for language, said in (("en", "Nothing to draw: no rows."), ("da", "Intet at tegne: ingen rækker.")):
        drawn = chart(question("ranked"), empty, language=language)
        assert drawn is not None
        assert said in words(svg(drawn))


def test_danish_letters_months_and_numbers_are_right():
    """Æ, Ø and Å stand in names, titles and months; thousands have a full stop."""
    rows = [(month, 1200 * (at + 1)) for at, month in enumerate(MONTHS[:6])]
    line = chart(question("line", x="month"), Result(("month", "hires"), rows), language="da")
    assert line is not None
    text = words(svg(line))
    assert "Ansættelser pr. måned" in text
    assert "Ansættelser" in text
    assert "maj 2025" in text
    assert "2.000" in text
    ranked = chart(question("ranked"), answer("ranked", [("Ærø Øl & Ål A/S", 1234), ("Bø", 1)]), language="da")
    assert ranked is not None
    text = words(svg(ranked))
    assert "Ærø Øl & Ål A/S" in text
    assert "1.234" in text
    assert number(1234567.5, "da", 1) == "1.234.567,5"
    assert month_name("2026-01", "da", long=True) == "januar 2026"


def test_ranked_bars_lie_highest_first_and_say_what_is_left_out():
    """A ranking draws its highest, in order, and says how many there are."""
    rows = [(f"Firma {number}", number) for number in range(40)]
    drawn = series(question("ranked"), answer("ranked", rows))
    assert drawn is not None
    assert [point.y for point in drawn.points] == [float(number) for number in range(39, 39 - MOST_BARS, -1)]
    assert drawn.notes == [f"The {MOST_BARS} highest of 40."]
    plot = chart(question("ranked"), answer("ranked", rows))
    assert plot is not None
    text = words(svg(plot))
    assert text.index("Firma 39") < text.index("Firma 38") < text.index("Firma 15")
    assert "Firma 14" not in text


def test_two_companies_of_one_name_are_two_bars():
    """Equal names do not melt into one bar."""
    drawn = series(question("ranked"), answer("ranked", [("Holm", 5), ("Holm", 4)]))
    assert drawn is not None
    assert [(point.x, point.y) for point in drawn.points] == [("Holm", 5), ("Holm (2)", 4)]


def test_small_divisions_are_added_up_where_they_can_be():
    """No more colours than can be told apart: areas and bars add the rest up, lines leave it out and say so."""
    rows = [("2026-01", 20 - number, f"f{number:02}") for number in range(12)]
    result = Result(("month", "hires", "function"), rows)
    area = series(question("area", x="month", color="function"), result)
    assert area is not None
    assert len(area.colours) == MOST_COLOURS + 1
    assert area.colours[-1] == "all others"
    assert sum(point.y for point in area.points) == sum(row[1] for row in rows)
    line = series(question("line", x="month", color="function"), result)
    assert line is not None
    assert (len(line.colours), line.notes) == (MOST_COLOURS, [f"The {MOST_COLOURS} largest of 12."])


def test_months_that_nobody_watched_are_grey_and_what_has_no_month_is_told():
    """A month with few days watched is marked, so that a broken week is not read as a slump."""
    rows = [("2026-01", 30, 31), ("2026-02", 8, 9), ("2026-03", 31, 30), ("2026-04", 5, 15), ("unknown", 4, 0)]
    drawn = series(question("line", x="month"), Result(("month", "hires", "days_watched"), rows))
    assert drawn is not None
    assert drawn.unwatched == ["2026-02"]
    assert drawn.notes == [
        "Not drawn, as their month is not known: 4.",
        "Grey: fewer than half of the month's days were watched.",
    ]


def test_an_answer_that_lacks_a_column_is_refused():
    """A chart over a column that is not there is a mistake of the question's file."""
    with pytest.raises(ValueError, match="no column hires"):
        series(question("bar"), Result(("company",), [("Åkær",)]))


def test_a_question_that_is_not_drawn_gives_none():
    """`chart: none` is no plot."""
    undrawn = Trend(name="q", title="T", description="D.", columns={"a": "a"}, parameters={}, chart=None, sql="")
    assert chart(undrawn, Result(("a",), [(1,)])) is None


def test_text_of_a_site_does_no_harm_in_a_plot(tmp_path):
    """Markup, escapes and the end of a script in a name are letters, in the SVG and in the page."""
    name = "</script><script>alert(1)</script><b>&\x1b[31m\u202eA/S"
    drawn = chart(question("ranked"), answer("ranked", [(name, 3)]))
    assert drawn is not None
    said = svg(drawn)
    assert "<script" not in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    page = html(drawn, title=name)
    assert page.lower().count("</script") == 2
    assert "alert(1)</script>" not in page


def test_an_svg_takes_its_colours_from_its_page_and_shares_no_id():
    """Two plots on one page: the letters take the page's colour, and no id is there twice."""
    drawn = chart(question("ranked"), answer("ranked", [("Åkær", 3)]))
    assert drawn is not None
    plain, adapted = svg(drawn), svg(drawn, adapt=True, prefix="one-")
    assert 'fill="white"' in plain[:400]
    assert "currentColor" in adapted
    assert "#1d1f23" not in adapted
    ids = set(re.findall(r'\bid="([^"]+)"', adapted))
    assert all(found.startswith("one-") for found in ids)
    assert set(re.findall(r"url\(#([^)]+)\)", adapted)) <= ids


@pytest.mark.parametrize("suffix", ["png", "svg", "html"])
def test_a_plot_is_a_file_whole_or_not_at_all(tmp_path, suffix):
    """Each form is written to its place, with nothing left beside it; the page asks nobody for anything."""
    drawn = chart(question("ranked"), answer("ranked", [("Åkær", 3)]))
    assert drawn is not None
    path = tmp_path / f"plot.{suffix}"
    save(drawn, path, title="Åkær")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    begin = path.read_bytes()[:15]
    assert begin.startswith({"png": b"\x89PNG", "svg": b"<svg ", "html": b"<!DOCTYPE html>"}[suffix])
    if suffix == "html":
        page = path.read_text(encoding="utf-8")
        assert "default-src 'none'" in page
        assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page.partition("<script")[0])
        assert "Åkær" in page


def test_another_kind_of_file_is_refused(tmp_path):
    """A suffix that no plot has is told with those there are."""
    drawn = chart(question("ranked"), answer("ranked", [("Åkær", 3)]))
    assert drawn is not None
    with pytest.raises(NavnenytError, match=r"\.gif") as told:
        save(drawn, tmp_path / "plot.gif", title="")
    assert ".svg" in told.value.hint


def test_a_plot_is_the_same_each_time():
    """The same answer gives the same bytes."""
    rows = [(month, 3) for month in MONTHS]
    made = []
    for _ in range(2):
        drawn = chart(question("line", x="month"), Result(("month", "hires"), rows))
        assert drawn is not None
        made.append((svg(drawn), png(drawn)))
    assert made[0] == made[1]


@pytest.mark.parametrize("asked", [asked for asked in trends() if asked.chart], ids=lambda asked: asked.name)
def test_what_a_question_draws_has_danish_words(asked):
    """The title and the drawn columns of each question stand in danish.tsv."""
    assert asked.chart is not None
    drawn = [asked.title, *(name for name in (asked.chart.x, asked.chart.y, asked.chart.color) if name)]
    assert not [phrase for phrase in drawn if phrase.replace("_", " ") not in danish()]
    assert say(asked.title, "da") != asked.title
