"""Questions about hiring, one .sql file each; a new file is a new question everywhere by itself.

A file begins with a comment that says what it asks:

    -- title: Hires by month
    -- description: One sentence or more, over as many lines as it takes, each of which
    --   goes on like this one.
    -- column month: what it means, with its unit
    -- parameter since: what it does; NULL when it is not given

and then holds one SELECT over the views.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from scraper.errors import QueryError

_LINE = re.compile(r"--(?P<space> +)(?:(?P<word>title|description|column|parameter)(?: (?P<name>\w+))?: )?(?P<text>.*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A question: its name (the file's), what it asks, what its columns and parameters mean, and its SQL."""

    name: str
    title: str
    description: str
    columns: Mapping[str, str]
    parameters: Mapping[str, str]
    sql: str


def read_trend(name: str, sql: str) -> Trend:
    """A question from its file's text. Raises ValueError for a first comment that is not as this module says."""
    single: dict[str, str] = {"title": "", "description": ""}
    named: dict[str, dict[str, str]] = {"column": {}, "parameter": {}}
    kept: dict[str, str] | None = None
    key = ""
    for line in sql.splitlines():
        if not line.startswith("--"):
            break
        match = _LINE.fullmatch(line)
        if match is None:
            raise ValueError(f"{name}.sql: not understood: {line}")
        word = match["word"]
        if word is None:
            if kept is None or len(match["space"]) < 2:
                raise ValueError(f"{name}.sql: goes on from nothing: {line}")
            kept[key] += f" {match['text'].strip()}"
            continue
        kept, key = (named[word], match["name"] or "") if word in named else (single, word)
        kept[key] = match["text"].strip()
    missing = [word for word, text in single.items() if not text] + ([] if named["column"] else ["column"])
    if missing:
        raise ValueError(f"{name}.sql: its first comment lacks {', '.join(missing)}")
    return Trend(name=name, sql=sql, columns=named["column"], parameters=named["parameter"], **single)


def trends() -> list[Trend]:
    """All questions, by name."""
    found = [entry for entry in files(__name__).iterdir() if entry.name.endswith(".sql")]
    return [
        read_trend(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for entry in sorted(found, key=lambda entry: entry.name)
    ]


def trend(name: str) -> Trend:
    """The question of that name. Raises QueryError, with the names there are, when there is none."""
    questions = {question.name: question for question in trends()}
    if name not in questions:
        raise QueryError(f"There is no question {name!r}.", hint=f"There are: {', '.join(questions)}.")
    return questions[name]
