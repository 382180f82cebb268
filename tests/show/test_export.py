"""Files of what is stored: every format holds the same rows, with proper types, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from db import exports
from db.exports import Column, Table, table
from db.query import Result
from scraper.errors import NavnenytError, QueryError
from scraper.parsers.jobposting import read_json_ld
from scraper.show.export import FileFormat, table_of, write_file, write_text
from scraper.show.files import written
from tests.db.conftest import Desk, ad, hire


@pytest.fixture
def stored(desk: Desk) -> str:
    """Two moves and two ads, one of each with everything, and one with little."""
    desk.page(
        hire("Åse Bæk", "Nordlys A/S", age=41, earlier_companies=("Alfa", "Beta; Gamma"), education=("Cand.it",)),
        hire("=Bo", "Æ", role=None, start=None),
        ad(
            posted=date(2026, 1, 2),
            deadline=date(2026, 2, 1),
            url="https://tavlen.example/1",
            identifier="x1",
            employment_type="FULL_TIME",
        ),
        ad("Delta <b>", "Kok & tjener", region=None),
    )
    return f"sqlite:///{desk.path}"


def text(made: Table, form: FileFormat) -> str:
    out = io.StringIO()
    write_text(made, form, out)
    return out.getvalue()


def test_json_lines_hold_lists_objects_and_days(stored: str) -> None:
    """A record a line, lists as lists, times in UTC."""
    first, second = [json.loads(line) for line in text(table(stored, "moves"), FileFormat.JSONL).splitlines()]
    assert (first["person"], first["age"], first["earlier_companies"]) == ("Åse Bæk", 41, ["Alfa", "Beta; Gamma"])
    assert (first["start_date_first"], first["first_seen"][:11], first["first_seen"][-1]) == (
        "2026-01-01",
        "2026-01-12T",
        "Z",
    )
    assert isinstance(first["evidence"], dict)
    assert (second["person"], second["start_date"], second["role"]) == ("=Bo", None, None)
    assert not [name for name in first if name.endswith("_folded")]


def test_every_format_holds_the_same_rows(stored: str, tmp_path: Path) -> None:
    """CSV, JSON, Parquet and Excel agree with the JSON lines, text by text."""
    lines = [json.loads(line) for line in text(table(stored, "moves"), FileFormat.JSONL).splitlines()]
    assert json.loads(text(table(stored, "moves"), FileFormat.JSON)) == lines
    rows = list(csv.DictReader(io.StringIO(text(table(stored, "moves"), FileFormat.CSV))))
    assert [row["person"] for row in rows] == ["Åse Bæk", "'=Bo"]
    assert rows[0]["earlier_companies"] == "Alfa; Beta; Gamma"
    write_file(table(stored, "moves"), FileFormat.PARQUET, tmp_path / "m.parquet")
    read = pq.read_table(tmp_path / "m.parquet").to_pylist()
    assert [row["person"] for row in read] == ["Åse Bæk", "=Bo"]
    assert read[0]["text"] == lines[0]["text"]
    write_file(table(stored, "moves"), FileFormat.XLSX, tmp_path / "m.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "m.xlsx").active
    names, *cells = list(sheet.values)
    assert list(names) == list(lines[0])
    assert [dict(zip(names, row, strict=True))["person"] for row in cells] == ["Åse Bæk", "=Bo"]
    assert dict(zip(names, cells[0], strict=True))["start_date_first"] == datetime(2026, 1, 1)  # noqa: DTZ001
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.parquet", "m.xlsx"]


def test_parquet_has_proper_types(stored: str, tmp_path: Path) -> None:
    """Whole numbers, days, moments in UTC, lists and truths are what they are, also in a table without rows."""
    for name, since in (("moves", None), ("moves", date(2030, 1, 1)), ("job_ads", None)):
        path = tmp_path / "t.parquet"
        write_file(table(stored, name, since=since), FileFormat.PARQUET, path)
        schema = pq.read_schema(path)
        expected = {"id": pa.int64(), "first_seen": pa.timestamp("us", tz="UTC")}
        if name == "moves":
            expected |= {
                "age": pa.int64(),
                "start_date_first": pa.date32(),
                "education": pa.list_(pa.string()),
                "lead_days": pa.int64(),
            }
        else:
            expected |= {"is_open": pa.bool_(), "deadline": pa.date32(), "gone_at": pa.timestamp("us", tz="UTC")}
        assert {column: schema.field(column).type for column in expected} == expected
    row = pq.read_table(tmp_path / "t.parquet").to_pylist()[0]
    assert (row["is_open"], row["deadline"]) == (True, date(2026, 2, 1))


def test_a_table_is_read_in_pieces_and_loses_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the size of a piece, each row is there once, by id."""
    desk.page(*(hire(f"Person Nr{number}", "Alfa") for number in range(7)))
    monkeypatch.setattr(exports, "PIECE", 3)
    rows = list(table(f"sqlite:///{desk.path}", "moves").rows)
    assert [row[0] for row in rows] == list(range(1, 8))


def test_a_file_that_is_being_written_holds_up_no_run(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between two pieces a run can write: the reader holds no lock."""
    desk.page(*(hire(f"Person Nr{number}", "Alfa") for number in range(4)))
    monkeypatch.setattr(exports, "PIECE", 2)
    rows = table(f"sqlite:///{desk.path}", "moves").rows
    next(rows)
    desk.page(hire("Ny Person", "Alfa"), identity="2")
    assert len(list(rows)) == 3


def test_only_what_was_first_seen_since_a_day(desk: Desk) -> None:
    """`since` is by the first sighting; companies have none."""
    desk.page(hire("A A", "Alfa"))
    desk.now = datetime(2026, 3, 1, tzinfo=UTC)
    desk.page(hire("B B", "Alfa"), identity="2")
    url = f"sqlite:///{desk.path}"
    assert len(list(table(url, "moves", since=date(2026, 3, 1)).rows)) == 1
    with pytest.raises(QueryError, match="not of a day"):
        table(url, "companies", since=date(2026, 3, 1))
    with pytest.raises(QueryError, match="no table 'wages'"):
        table(url, "wages")


def test_companies_are_a_table_too(stored: str) -> None:
    """One row for each company."""
    rows = [json.loads(line) for line in text(table(stored, "companies"), FileFormat.JSONL).splitlines()]
    assert "Nordlys A/S" in {row["name"] for row in rows}
    assert all(isinstance(row["hires"], int) for row in rows)


def test_the_answer_to_a_question_is_a_table(tmp_path: Path) -> None:
    """Each column is of the kind of its values."""
    made = table_of(
        "q", Result(("month", "hires", "share", "none"), [("2026-01", 3, 0.5, None), ("2026-02", 4, 1, None)])
    )
    assert [column.kind for column in made.columns] == ["text", "integer", "number", "text"]
    write_file(made, FileFormat.PARQUET, tmp_path / "q.parquet")
    assert pq.read_table(tmp_path / "q.parquet").to_pylist()[1] == {
        "month": "2026-02",
        "hires": 4,
        "share": 1.0,
        "none": None,
    }


def test_a_long_table_goes_on_on_the_next_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel's limit of rows loses none."""
    monkeypatch.setattr("scraper.show.export.SHEET_ROWS", 3)
    made = table_of("long", Result(("n",), [(number,) for number in range(7)]))
    write_file(made, FileFormat.XLSX, tmp_path / "l.xlsx")
    book = openpyxl.load_workbook(tmp_path / "l.xlsx")
    assert book.sheetnames == ["long", "long 2", "long 3"]
    found = [row[0] for sheet in book for row in list(sheet.values)[1:]]
    assert found == list(range(7))


def test_an_empty_table_is_a_file_in_every_format(tmp_path: Path) -> None:
    """No rows are a heading, or an empty list."""
    for form in FileFormat:
        made = Table("moves", (Column("id", "integer"), Column("person")), iter(()))
        write_file(made, form, tmp_path / f"e.{form}")
        assert (tmp_path / f"e.{form}").stat().st_size > 0 or form == "jsonl"


def test_a_file_that_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    """An error half-way changes nothing and leaves nothing beside it."""
    path = tmp_path / "a.csv"
    path.write_text("old", encoding="utf-8")

    def rows():
        yield [1]
        raise QueryError("broken off")

    with pytest.raises(QueryError):
        write_file(Table("t", (Column("a", "integer"),), rows()), FileFormat.CSV, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert [found.name for found in tmp_path.iterdir()] == ["a.csv"]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """A folder, and a folder that is not there, are told."""
    for path in (tmp_path, tmp_path / "no" / "a.csv"):
        with pytest.raises(NavnenytError, match=r"is no file|cannot be written"), written(path):
            pass


def test_job_ads_are_schema_org_job_postings(stored: str) -> None:
    """The document is JSON-LD that may stand in a page; a field stands only where the ad says it."""
    said = text(table(stored, "job_ads"), FileFormat.JSONLD)
    assert "<" not in said
    document = json.loads(said)
    assert document["@context"] == "https://schema.org"
    full, little = document["@graph"]
    assert full["@type"] == "JobPosting"
    assert (full["title"], full["datePosted"], full["validThrough"]) == ("Softwarearkitekt", "2026-01-02", "2026-02-01")
    assert full["hiringOrganization"] == {"@type": "Organization", "name": "Nordlys Data A/S"}
    assert full["jobLocation"]["address"]["addressRegion"] == "Midtjylland"
    assert full["jobLocation"]["address"]["addressCountry"] == "DK"
    assert (full["employmentType"], full["identifier"]["value"]) == ("FULL_TIME", "x1")
    assert "datePosted" not in little
    assert "jobLocation" not in little
    assert little["description"] == "<p>Delta &lt;b&gt; Kok &amp; tjener</p>"


def test_what_is_posted_is_read_back_by_our_own_reader(stored: str) -> None:
    """The reader of JobPosting that reads sites reads ours."""
    ads, problems = read_json_ld([text(table(stored, "job_ads"), FileFormat.JSONLD)])
    assert not problems
    full, little = ads
    assert (full.company, full.title, full.region) == ("Nordlys Data A/S", "Softwarearkitekt", "Midtjylland")
    assert (full.posted, full.deadline) == (date(2026, 1, 2), date(2026, 2, 1))
    assert (little.title, little.posted) == ("Kok & tjener", None)
