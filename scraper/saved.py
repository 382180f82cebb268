"""The records of saved pages, as `navnenyt parse` prints them; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from typing import Any

from scraper.fetchers.files import read_pages
from scraper.parsers import parse_page
from scraper.records import Extraction, JobAd, Move, Page, Problem, Unparsed, plain

KINDS: tuple[tuple[str, str, type[Move | JobAd | Unparsed | Problem]], ...] = (
    ("move", "moves", Move),
    ("job_ad", "job_ads", JobAd),
    ("unparsed", "unparsed", Unparsed),
    ("problem", "problems", Problem),
)
"""The word for each kind of record in the output, the field of an Extraction that holds it, its class."""

COLUMNS: tuple[str, ...] = (
    "record",
    "source",
    "page",
    *dict.fromkeys(field.name for _, _, record in KINDS for field in fields(record)),
)
"""The columns of a flat output: every field of every kind of record once."""

GLANCE: tuple[str, ...] = ("record", "kind", "person", "company", "role", "start_date", "location", "says")
"""The columns of the table for a person: `says` holds what a record has that is neither a move nor a job ad."""


def records_of(extraction: Extraction, source: str) -> Iterator[dict[str, Any]]:
    """All records of a page as `{"record": kind, "source": source, …fields…}`, moves first."""
    for word, name, _ in KINDS:
        for record in getattr(extraction, name):
            yield {"record": word, "source": source, **plain(record)}


def parse_pages(path: str, *, published: date | None = None) -> Iterator[tuple[Page, Extraction]]:
    """Every page in a file, a folder or standard input (`-`), and what it says.

    Raises PageUnreadable, after the pages that could be read.
    """
    for page in read_pages(path, published=published):
        yield page, parse_page(page)


def parse_saved(path: str, *, published: date | None = None) -> Iterator[dict[str, Any]]:
    """The records of every page in a file, a folder or standard input (`-`).

    `source` is the path of the file; the records of an archive bear the address of their page as `page` as well.
    Raises PageUnreadable, after the records that could be read.
    """
    for page, extraction in parse_pages(path, published=published):
        if page.url.startswith(("http://", "https://")):
            yield from ({**record, "page": page.url} for record in records_of(extraction, path))
        else:
            yield from records_of(extraction, page.url)


def at_a_glance(record: dict[str, Any]) -> list[Any]:
    """One row of the table for a person."""
    row = dict(record)
    if record["record"] == "job_ad":
        row |= {"role": record["title"], "location": record["region"]}
    elif record["record"] == "problem":
        row["says"] = f"{record['code']}: {record['message']}"
    elif record["record"] == "unparsed":
        row["says"] = f"{record['reason']}: {record['text']}"
    return [row.get(column) for column in GLANCE]


__all__ = ["COLUMNS", "GLANCE", "at_a_glance", "parse_pages", "parse_saved", "records_of"]
