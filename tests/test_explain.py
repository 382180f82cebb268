"""`navnenyt parse --explain` and `--html`: how a person checks a parse. All people and companies are invented."""

import re
from dataclasses import fields, replace
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from scraper.cli import app
from scraper.errors import NavnenytError
from scraper.explain import COLOURS, Account, Passage, Told, account_for, counted, explain_saved
from scraper.explain_html import html_of, marked, write_html
from scraper.explain_terminal import marked as marked_on_terminal
from scraper.explain_terminal import print_page
from scraper.parsers import parse_page
from scraper.records import Extraction, JobAd, Move, MoveKind, PartialDate, Problem, Unparsed

TEXT = "Nordlys Data A/S har pr. 1. februar 2026 ansat Åse Bækgaard, 41 år, som projektleder. Nyt job"
PAGE = f"""<!doctype html><meta charset=utf-8><h2>Navnenyt</h2><p>{TEXT}</p>
<p>Kim Holt og Lis Dam er ansat som konsulenter hos Fjordbyte ApS. Nyt job</p>
<p>Fjordbyte ApS har pr. 1. januar 2026 ansat Per Lund. Nyt job</p>
<h2>Job</h2><div>Lyngtech ApS</div><div>It-supporter</div><div>Midtjylland</div>"""


def span(text, words):
    at = text.index(words)
    return at, at + len(words)


def move(text=TEXT, rule="form.hire", **values):
    """A move whose every text value is its evidence, the first time that it stands in the text."""
    evidence = {name: span(text, value) for name, value in values.items() if isinstance(value, str)}
    return Move(**{"kind": MoveKind.HIRE, "person": "", **values}, text=text, rule=rule, evidence=evidence)


def on_terminal(extraction, *, width=100, colours=False):
    console = Console(
        width=width, highlight=False, color_system="truecolor" if colours else None, force_terminal=colours
    )
    with console.capture() as caught:
        print_page(console, account_for("side.html", extraction))
    return "\n".join(line.rstrip() for line in caught.get().split("\n"))


class Reader(HTMLParser):
    """Reads a file as a browser does: its elements, what is marked, and its text without the tags in small print."""

    def __init__(self, source):
        super().__init__()
        self.elements, self.open, self.marked, self.text = [], [], {}, ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(attributes.get("class") == "tag" for _, attributes in self.open):
            return
        self.text += data
        for at, (tag, attributes) in enumerate(self.open):
            if tag == "mark":
                name = attributes["class"].removeprefix("f-")
                self.marked.setdefault((name, at), []).append(data)

    def words(self, name):
        return "".join(data for (marked_as, _), found in self.marked.items() if marked_as == name for data in found)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with a saved page in it, where the command is run, its columns fixed and no colours."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "side.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_every_field_of_a_record_has_a_colour():
    """No field can be added to the records without being shown."""
    named = {field.name for record in (Move, JobAd) for field in fields(record)}
    assert named - {"text", "evidence", "rule"} == set(COLOURS)


def test_the_colours_are_legible_on_white_and_on_black():
    """Each colour has a contrast of 4.5:1 or more on both grounds."""
    for colour in COLOURS.values():
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert 1.05 / (luminance + 0.05) >= 4.5
        assert (luminance + 0.05) / 0.05 >= 4.5


def test_a_pipe_gets_the_fields_as_a_list_without_colours(folder):
    """The list below a text says the field, its value and its evidence; nothing is parsed or printed twice."""
    done = CliRunner().invoke(app, ["parse", "--explain", "side.html"])
    assert done.exit_code == 0
    assert "\x1b" not in done.output
    lines = [re.sub(r" {2,}", "  ", line.strip()) for line in done.output.splitlines()]
    assert lines[:2] == ["side.html", "1 page, 3 moves, 1 job ad, 1 unparsed, 0 problems"]
    assert "start_date  2026-02-01  «1. februar 2026»" in lines
    assert "person  Åse Bækgaard  «Åse Bækgaard»" in lines
    assert "rule  form.hire" in lines
    assert lines.count("move 1 of 2: Kim Holt") == lines.count("move 2 of 2: Lis Dam") == 1
    assert done.output.count("Kim Holt og Lis Dam er ansat som konsulenter hos Fjordbyte ApS. Nyt job") == 1
    assert any(line.startswith("unparsed 1: ") for line in lines)
    assert "title  It-supporter  «It-supporter»" in lines


def test_the_list_is_stable():
    """The same records give the same lines, to the character."""
    told = move(person="Åse Bækgaard", company="Nordlys Data A/S")
    assert on_terminal(Extraction(moves=(told,))) == (
        "side.html\n1 page, 1 move, 0 job ads, 0 unparsed, 0 problems\n\n"
        f"announcement 1: hire\n  {TEXT}\n\n"
        "  kind               hire              not in the text\n"
        "  person             Åse Bækgaard      «Åse Bækgaard»\n"
        "  company            Nordlys Data A/S  «Nordlys Data A/S»\n"
        "  rule               form.hire\n\n"
    )


def test_a_narrow_terminal_shows_the_evidence_below_the_value():
    """On a telephone's width nothing is squeezed into a third column."""
    told = on_terminal(Extraction(moves=(move(person="Åse Bækgaard"),)), width=44)
    assert "person             Åse Bækgaard\n                     «Åse Bækgaard»" in told


def test_a_terminal_underlines_each_field_in_its_colour():
    """The words of a field are underlined in the colour that its name has in the list."""
    seen = on_terminal(Extraction(moves=(move(person="Åse Bækgaard"),)), colours=True)
    colour = ";".join(str(int(COLOURS["person"][at : at + 2], 16)) for at in (1, 3, 5))
    assert f"\x1b[1;4;38;2;{colour}mÅse Bækgaard" in seen
    assert f"\x1b[38;2;{colour}mperson" in seen


def test_problems_and_unparsed_announcements_are_shown_with_their_reasons():
    """What could not be read is as plain to see as what could."""
    left = Unparsed(text="Per Lund er", reason="the announcement is cut off", label="Nyt job")
    wrong = Problem(code="bad_bytes", message="3 bytes were replaced.", text="x" * 200)
    extraction = Extraction(unparsed=(left,), problems=(wrong, replace(wrong, text="")))
    seen, written = on_terminal(extraction), html_of([account_for("side.html", extraction)])
    for words in ("the announcement is cut off", "Per Lund er", "Nyt job", "3 bytes were replaced.", "bad_bytes"):
        assert words in seen
        assert words in written
    assert "unparsed 1: the announcement is cut off" in seen


def test_a_value_that_no_words_tell_says_so():
    """A job ad's link comes from its mark-up: no evidence is made up for it."""
    ad = JobAd(company="Lyngtech ApS", title="It-supporter", url="https://lyng.example/1", text="Lyngtech ApS")
    extraction = Extraction(job_ads=(ad,))
    assert "not in the text" in on_terminal(extraction)
    assert "not in the text" in html_of([account_for("side.html", extraction)])


def test_the_items_of_a_list_are_marked_one_by_one():
    """ "og" between two earlier companies is no part of either; a list written otherwise is marked whole."""
    text = "Bo Fjeld har arbejdet hos Lyngtech ApS og Granbyte A/S."
    told = move(text, person="Bo Fjeld", earlier_companies=("Lyngtech ApS", "Granbyte A/S"))
    hull = (text.index("Lyngtech"), len(text) - 1)
    told = replace(told, evidence={**told.evidence, "earlier_companies": hull})
    page = account_for("x", Extraction(moves=(told,)))
    marks = [piece.text for piece in page.passages[0].pieces() if piece.marks]
    assert marks == ["Bo Fjeld", "Lyngtech ApS", "Granbyte A/S"]
    other = replace(told, earlier_companies=("Granbyte", "Lyngtech"))
    marks = [piece.text for piece in account_for("x", Extraction(moves=(other,))).passages[0].pieces() if piece.marks]
    assert marks == ["Bo Fjeld", "Lyngtech ApS og Granbyte A/S"]


def test_an_announcement_of_several_moves_tells_whose_words_are_whose():
    """ "person 1" is the first one's; the company of both bears no number."""
    text = "Kim Holt og Lis Dam er ansat hos Fjordbyte ApS."
    moves = tuple(move(text, person=name, company="Fjordbyte ApS") for name in ("Kim Holt", "Lis Dam"))
    written = html_of([account_for("x", Extraction(moves=moves))])
    assert written.count('<p class="text"') == 1
    for said in ("person 1", "person 2", "company"):
        assert f'<span class="tag">{said}</span>' in written


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><style>*{}</style></mark></style>"
    "\x1b[2J\x07\u202egnp.exe\u2066\u200b\nannouncement 9: forged https://evil.example/x.js"
)


def test_hostile_texts_do_nothing_on_a_terminal():
    """No escape sequence, bidi character or forged line at the margin reaches the terminal."""
    told = Move(kind=MoveKind.HIRE, person=HOSTILE, text=HOSTILE, rule=HOSTILE, evidence={"person": (3, 150)})
    wrong = Problem(code=HOSTILE, message=HOSTILE, text=HOSTILE)
    left = Unparsed(text=HOSTILE, reason=HOSTILE, label=HOSTILE)
    seen = on_terminal(Extraction(moves=(told,), unparsed=(left,), problems=(wrong,)), width=200)
    assert not set(seen) & set("\x1b\x07\u202e\u2066\u200b")
    assert "\\x1b[2J" in seen
    assert not re.search(r"^announcement 9", seen, re.MULTILINE)


def test_hostile_texts_do_nothing_in_the_file():
    """Every text is escaped wherever it stands: no element, attribute or address of a page's own gets in."""
    told = Move(kind=MoveKind.HIRE, person=HOSTILE, text=HOSTILE, rule=HOSTILE, evidence={"person": (3, 150)})
    ad = JobAd(company=HOSTILE, title=HOSTILE, url="javascript:alert(1)", text=HOSTILE, evidence={"title": (0, 9)})
    wrong = Problem(code=HOSTILE, message=HOSTILE, text=HOSTILE)
    left = Unparsed(text=HOSTILE, reason=HOSTILE, label=HOSTILE)
    extraction = Extraction(moves=(told,), job_ads=(ad,), unparsed=(left,), problems=(wrong,))
    written = html_of([account_for(HOSTILE, extraction), account_for("second", extraction)])
    assert not set(written) & set("\x1b\x07\u202e\u2066\u200b")
    read = Reader(written)
    assert read.open == []
    assert not {tag for tag, _ in read.elements} & {"script", "img", "link", "iframe", "object", "base", "form", "svg"}
    for _, attributes in read.elements:
        assert set(attributes) <= {"aria-label", "aria-labelledby", "charset", "class", "content", "href", "http-equiv"} | {
            "id", "lang", "name", "title",
        }  # fmt: skip
        assert attributes.get("href", "#").startswith("#")
    assert escape("<script>alert(1)</script>") in written


def test_the_file_allows_itself_nothing_but_its_style_sheet(folder):
    """The policy forbids all, and the hash in it is that of the sheet, which fetches nothing."""
    from base64 import b64encode
    from hashlib import sha256

    write_html(folder / "out.html", explain_saved(["side.html"], parse_page, print))
    written = (folder / "out.html").read_text(encoding="utf-8")
    sheet = written.partition("<style>")[2].partition("</style>")[0]
    policy = next(
        a["content"] for tag, a in Reader(written).elements if a.get("http-equiv") == "Content-Security-Policy"
    )
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|https?:|expression", sheet)
    assert "style=" not in written


def test_every_evidence_span_is_marked_in_the_file(folder):
    """Each field's words bear the field's mark, and what is marked is nothing more than these words."""
    pages = list(explain_saved(["side.html"], parse_page, print))
    passages = [passage for page in pages for passage in page.passages if passage.accounts]
    assert len(passages) == 3
    for passage in passages:
        read = Reader(marked(passage))
        assert read.text == passage.text
        for account in passage.accounts:
            for field in account.told:
                if field.name != "start_date_text":
                    assert field.words
                    assert field.words in read.words(field.name)


def test_every_link_of_the_file_leads_somewhere(folder):
    """The counts at the top, the list of pages and the skip link lead to what they name."""
    (folder / "second.txt").write_text("Her er ingen.", encoding="utf-8")
    done = CliRunner().invoke(app, ["parse", "--html", "out.html", "side.html", "second.txt"])
    assert done.exit_code == 0
    assert "Wrote out.html." in done.stderr
    assert done.stdout == ""
    elements = Reader((folder / "out.html").read_text(encoding="utf-8")).elements
    named = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(named) == len(set(named))
    assert {a["href"][1:] for _, a in elements if "href" in a} <= set(named)
    assert {"p1-move-1", "p1-job-ad-1", "p1-unparsed-1", "p2"} <= set(named)


@given(st.data())
def test_marks_may_nest_and_cross(data):
    """Whatever the spans, the text stays whole, the elements nest, and each mark covers its words and no others."""
    text = data.draw(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=30))
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).map(sorted).map(tuple), max_size=6))
    names = list(COLOURS)
    told = tuple(
        Told(name, "", text[a:b], ((a, b),)) for name, (a, b) in zip(names, dict.fromkeys(spans), strict=False)
    )
    passage = Passage("move", text, (Account("hire", "", told),))
    assert "".join(piece.text for piece in passage.pieces()) == text
    read = Reader(marked(passage))
    assert read.open == []
    plain = marked_on_terminal(passage).plain
    assert read.text == plain
    for field in told:
        assert read.words(field.name) == marked_on_terminal(Passage("unparsed", field.words)).plain


def test_the_file_is_replaced_at_once_and_only_by_a_whole_one(folder):
    """An error half-way leaves the old file as it was, and no litter beside it."""
    out = folder / "out.html"
    out.write_text("old", encoding="utf-8")

    def broken():
        yield account_for("x", Extraction())
        raise NavnenytError("half-way")

    with pytest.raises(NavnenytError, match="half-way"):
        write_html(out, broken())
    assert out.read_text(encoding="utf-8") == "old"
    write_html(out, [])
    assert "No page could be read." in out.read_text(encoding="utf-8")
    assert sorted(path.name for path in folder.iterdir()) == ["out.html", "side.html"]


@pytest.mark.parametrize("out", ["missing/out.html", ".", "side.html", "n" * 300])
def test_a_file_that_cannot_be_written_is_named(folder, out):
    """The command ends with 1 and a sentence; the page that it would have read is as it was."""
    done = CliRunner().invoke(app, ["parse", "--html", out, "side.html"])
    assert done.exit_code == 1
    assert f"Error: {out}: " in done.stderr
    assert (folder / "side.html").read_text(encoding="utf-8") == PAGE


def test_the_file_may_not_lie_among_the_pages_that_are_read(folder):
    """Else the next look at the folder would read the last one's file as a page."""
    with pytest.raises(NavnenytError, match="among the pages"):
        write_html(folder / "out.html", [], sources=[str(folder)])


def test_a_full_disk_is_told(folder, monkeypatch):
    """A file that cannot be put in its place is an error with the system's reason, and leaves nothing."""

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(NavnenytError, match="No space left on device"):
        write_html(folder / "out.html", [])
    assert [path.name for path in folder.iterdir()] == ["side.html"]


def test_a_missing_page_is_told_and_the_others_are_shown(folder):
    """The exit status is 1, what could be read is shown."""
    done = CliRunner().invoke(app, ["parse", "--explain", "--html", "out.html", "none.html", "side.html"])
    assert done.exit_code == 1
    assert "none.html" in done.stderr
    assert "Åse Bækgaard" in done.stdout
    assert "Åse Bækgaard" in (folder / "out.html").read_text(encoding="utf-8")


def test_a_format_does_not_go_with_an_explanation(folder):
    """Two ways of printing at once are refused instead of one being dropped."""
    done = CliRunner().invoke(app, ["parse", "--explain", "--format", "json", "side.html"])
    assert done.exit_code == 2


def test_counts_are_in_words():
    """One page is no "1 pages"."""
    date = PartialDate(2026, 2, 1)
    page = account_for("x", Extraction(moves=(move(person="Åse Bækgaard", start_date=date),), problems=(Problem(code="a", message="b"),)))  # fmt: skip
    assert counted(page.counts()) == "1 page, 1 move, 0 job ads, 0 unparsed, 1 problem"
