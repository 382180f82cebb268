"""The formats that rows are printed in."""

from enum import StrEnum


class Format(StrEnum):
    """A table for a person; CSV, JSON or JSON lines for a program; Markdown for a text."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
