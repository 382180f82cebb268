"""Tables as files: CSV, JSON, JSON lines, Parquet and Excel, row by row, whole or not at all.

A file holds what a site said, and other programs open it: no cell of it is a formula, and no row needs more memory
than a piece of the table.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from db.exports import Column, Table
from db.query import Result
from scraper.show.cells import write_csv
from scraper.show.text import as_json

BATCH = 20_000
"""Rows of a Parquet file that are held at once."""
SHEET_ROWS = 1_048_575
"""Rows that a sheet of Excel has room for below its heading."""
CELL_CHARACTERS = 32_767


class FileFormat(StrEnum):
    """The formats of a file. Parquet and Excel are no text and need a file to go to."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    JSONLD = "jsonld"


def table_of(name: str, result: Result) -> Table:
    """The answer to a question as a table; each column's kind is that of all its values."""
    columns = tuple(Column(column, _kind([row[at] for row in result.rows])) for at, column in enumerate(result.columns))
    return Table(name, columns, iter([list(row) for row in result.rows]))


def _kind(values: Sequence[Any]) -> str:
    there = [value for value in values if value is not None]
    if there and all(isinstance(value, int) for value in there):
        return "integer"
    return "number" if there and all(isinstance(value, int | float) for value in there) else "text"


def _plain(value: Any) -> Any:
    """A value as JSON has it: days and times in ISO 8601."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def _flat(value: Any) -> Any:
    """A value as a cell of CSV or Excel: lists and objects as text."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return as_json(value) if isinstance(value, dict) else value


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return str(_plain(value)) if isinstance(value, date) else _flat(value)


def _csv(table: Table, out: TextIO) -> None:
    rows = ([_cell(value) for value in row] for row in table.rows)
    write_csv(out, [column.name for column in table.columns], rows)


def _records(table: Table) -> Iterator[dict[str, Any]]:
    names = [column.name for column in table.columns]
    for row in table.rows:
        yield dict(zip(names, map(_plain, row), strict=True))


def _json(table: Table, out: TextIO) -> None:
    between = "[\n"
    for record in _records(table):
        out.write(f"{between}{as_json(record)}")
        between = ",\n"
    out.write("[]\n" if between == "[\n" else "\n]\n")


def _jsonl(table: Table, out: TextIO) -> None:
    out.writelines(f"{as_json(record)}\n" for record in _records(table))


def _parquet(table: Table, out: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
        "day": pa.date32(),
        "time": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "object": pa.string(),
    }
    schema = pa.schema([(column.name, types[column.kind]) for column in table.columns])
    texts = [column.kind in {"text", "object"} for column in table.columns]
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(table.rows, BATCH)):
            arrays = [
                pa.array([_text(value) if texts[at] else value for value in values], type=field.type)
                for at, (values, field) in enumerate(zip(zip(*batch, strict=True), schema, strict=True))
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        return as_json(value)
    return value if value is None else str(value)


def _xlsx(table: Table, out: BinaryIO) -> None:
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        forms = {
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        number, rows = 1, table.rows
        first = list(islice(rows, 1))
        while first or number == 1:
            sheet = book.add_worksheet(table.name[:25] if number == 1 else f"{table.name[:25]} {number}")
            sheet.freeze_panes(1, 0)
            for at, column in enumerate(table.columns):
                sheet.set_column(at, at, WIDTHS.get(column.kind, 24))
                sheet.write_string(0, at, column.name, bold)
            count = 0
            for count, row in enumerate(_first_and(first, islice(rows, SHEET_ROWS - len(first))), start=1):
                for at, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                    _write(sheet, count, at, value, forms.get(column.kind))
            sheet.autofilter(0, 0, count, max(0, len(table.columns) - 1))
            first = list(islice(rows, 1))
            number += 1


WIDTHS = {"integer": 12, "number": 12, "truth": 9, "day": 12, "time": 20}
"""Of columns in Excel, in characters."""


def _first_and(first: list[list[Any]], rest: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield from first
    yield from rest


def _write(sheet: Any, row: int, column: int, value: Any, form: Any) -> None:
    """One cell, by its type and never by how its text looks."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, form)
    else:
        sheet.write_string(row, column, str(_flat(value))[:CELL_CHARACTERS])


def _jsonld(table: Table, out: TextIO) -> None:
    from scraper.show.jobposting import write_postings

    write_postings(_records(table), out)


_TEXTS: Mapping[FileFormat, Callable[[Table, TextIO], None]] = {
    FileFormat.CSV: _csv,
    FileFormat.JSON: _json,
    FileFormat.JSONL: _jsonl,
    FileFormat.JSONLD: _jsonld,
}
_BINARIES: Mapping[FileFormat, Callable[[Table, BinaryIO], None]] = {
    FileFormat.PARQUET: _parquet,
    FileFormat.XLSX: _xlsx,
}
TEXT_FORMATS = frozenset(_TEXTS)


def write_text(table: Table, form: FileFormat, out: TextIO) -> None:
    """Write a table as text. Raises KeyError for a format that is no text."""
    _TEXTS[form](table, out)


def write_file(table: Table, form: FileFormat, path: Path) -> None:
    """Write a table to `path`, which it takes once it is whole. Raises NavnenytError where it cannot be written."""
    from scraper.show.files import written

    with written(path) as file:
        if form in _BINARIES:
            _BINARIES[form](table, file)
            return
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        write_text(table, form, text)
        text.flush()
        text.detach()
