"""Questions about hiring, one .sql file each; a new file is a new question everywhere by itself.

A file begins with a comment that says what it asks:

    -- title: Hires by month
    -- description: One sentence or more, over as many lines as it takes, each of which
    --   goes on like this one.
    -- column month: what it means, with its unit
    -- parameter since: what it does; NULL when it is not given
    -- chart: line x=month y=hires color=function

and then holds one SELECT over the views and the tables of facts (docs/data-model.md). A chart's x is what is counted
by, y the figure and color a further division; of a heatmap x and y are both divisions and color is the figure. Without
a chart line, or with `none`, nothing is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from scraper.errors import QueryError

_LINE = re.compile(
    r"--(?P<space> +)(?:(?P<word>title|description|column|parameter|chart)(?: (?P<name>\w+))?: )?(?P<text>.*)"
)
_CHART = re.compile(r"(?P<kind>line|area|bar|ranked|heatmap) x=(?P<x>\w+) y=(?P<y>\w+)(?: color=(?P<color>\w+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """How an answer is drawn: `kind` is line, area, bar, ranked (lying bars, highest first) or heatmap."""

    kind: str
    x: str
    y: str
    color: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """A question: its name (the file's), what it asks, what its columns and parameters mean, its chart and SQL."""

    name: str
    title: str
    description: str
    columns: Mapping[str, str]
    parameters: Mapping[str, str]
    chart: Chart | None
    sql: str


def read_trend(name: str, sql: str) -> Trend:
    """A question from its file's text. Raises ValueError for a first comment that is not as this module says."""
    single: dict[str, str] = {"title": "", "description": "", "chart": "none"}
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
    columns = named["column"]
    chart = _chart(name, single.pop("chart"), columns)
    return Trend(name=name, sql=sql, columns=columns, parameters=named["parameter"], chart=chart, **single)


def _chart(name: str, text: str, columns: Mapping[str, str]) -> Chart | None:
    if text == "none":
        return None
    if (match := _CHART.fullmatch(text)) is None:
        raise ValueError(f"{name}.sql: no chart is drawn like this: {text}")
    chart = Chart(kind=match["kind"], x=match["x"], y=match["y"], color=match["color"])
    if unknown := [column for column in (chart.x, chart.y, chart.color) if column and column not in columns]:
        raise ValueError(f"{name}.sql: its chart draws what is no column: {', '.join(unknown)}")
    if chart.kind == "heatmap" and chart.color is None:
        raise ValueError(f"{name}.sql: a heatmap needs color=, the column of its figure")
    return chart


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
