"""The records of saved pages, as `navnenyt parse` prints them; nothing is stored.

They are parsed under a watchdog, as a run's are: among ten thousand saved pages one may hang the parser or end it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from typing import Any

from pydantic_settings import BaseSettings

from scraper.config import FetchSettings, Settings
from scraper.fetchers.files import read_pages
from scraper.parsers import parse_page
from scraper.reading import Parse, read_page
from scraper.records import Extraction, JobAd, Move, Page, Problem, Unparsed, plain
from scraper.watchdog import Watchdog

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


class _Environment(BaseSettings):
    """What of the settings holds without a config file."""

    model_config = Settings.model_config | {"extra": "ignore"}
    fetch: FetchSettings = FetchSettings()


@contextmanager
def watched() -> Iterator[Parse]:
    """The parser under a watchdog: `parse(page, headings=(…))`. The deadline is that of a run."""
    with Watchdog(_Environment().fetch.parse_deadline) as watchdog:

        def parse(page: Page, *, headings: tuple[str, ...]) -> Extraction:
            return watchdog.call(parse_page, page, headings=headings)

        watchdog.start(parse_page)
        yield parse


def parse_pages(path: str, parse: Parse, *, published: date | None = None) -> Iterator[tuple[Page, Extraction]]:
    """Every page in a file, a folder or standard input (`-`), and what it says to `parse`.

    A page that the parser fails on has that as its problem: see `scraper.reading.NOT_READ`. Raises PageUnreadable,
    after the pages that could be read, and ParserUnavailable.
    """
    for page in read_pages(path, published=published):
        yield page, read_page(page, parse)


def parse_saved(path: str, parse: Parse, *, published: date | None = None) -> Iterator[dict[str, Any]]:
    """The records of every page in a file, a folder or standard input (`-`).

    `source` is the path of the file; the records of an archive bear the address of their page as `page` as well.
    Raises what `parse_pages` does, after the records that could be read.
    """
    for page, extraction in parse_pages(path, parse, published=published):
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


__all__ = ["COLUMNS", "GLANCE", "at_a_glance", "parse_pages", "parse_saved", "records_of", "watched"]
