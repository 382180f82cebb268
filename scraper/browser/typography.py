"""Numbers, days and text as a Danish reader writes them, and every stored character made visible.

`1.234`, `0,5`, `12. jan. 2026`, `12. jan. 2026 kl. 09.05` (the time in Copenhagen). What is no number or day is shown
as it stands: a page never fails on what a database holds.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from scraper.danish_time import COPENHAGEN
from scraper.show.language import SHORT_DA

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?")
_BREAKS = "\n\t"
LONGEST = 220
"""Characters of a cell; the page of the row, and every file, give the whole."""
EMPTY = Markup('<span class="none"><span class="unseen">not stated</span><span aria-hidden="true">–</span></span>')


def visible(text: str) -> str:
    """The text with control, bidirectional and other invisible characters as their escapes; line ends stay."""
    if text.isprintable():
        return text
    return "".join(
        char
        if char.isprintable() or char in _BREAKS or unicodedata.category(char) == "Zs"
        else char.encode("unicode_escape", "backslashreplace").decode("ascii")
        for char in text
    )


def finalize(value: Any) -> Any:
    """What a template writes for a value: nothing for None, and no invisible character from anywhere."""
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Markup):
        return visible(value)
    return value


def number(value: Any, decimals: int = 1) -> str:
    """`1.234`, `0,5`; anything but a number as it stands."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "" if value is None else str(value)
    if isinstance(value, float) and not value.is_integer() and abs(value) < 1e15:
        text = f"{value:,.{decimals}f}"
    elif isinstance(value, float) and not abs(value) < 1e15:
        return str(value)
    else:
        text = f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def percent(value: Any) -> str:
    """A share from 0 to 1 as `99,5 %`; of a share short of all never `100 %`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return ""
    shown = min(value * 100, 99.9) if value < 1 else 100.0
    return f"{number(round(shown, 1))} %"


def day(value: Any) -> Any:
    """A day, month or year (`2026-01-15`, `2026-01`, `2026`) as `15. jan. 2026`, `jan. 2026`, `2026`, in a <time>."""
    text = str(value or "")
    match = _DAY.fullmatch(text)
    month = int(match[2]) if match and match[2] else None
    if match is None or (month is not None and not 1 <= month <= 12):
        return moment(value) if _MOMENT.fullmatch(text) else (cut(text) or EMPTY)
    words = match[1] if month is None else f"{SHORT_DA[month - 1]} {match[1]}"
    if match[3]:
        words = f"{int(match[3])}. {words}"
    return _time(text, words)


def moment(value: Any, *, clock: bool = False) -> Any:
    """A moment in UTC as the day in Copenhagen; with `clock` the time as well."""
    text = str(value or "")
    try:
        when = datetime.fromisoformat(text)
        here = (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(COPENHAGEN)
    except (ValueError, OverflowError):
        return cut(text) or EMPTY
    words = f"{here.day}. {SHORT_DA[here.month - 1]} {here.year}"
    return _time(here.isoformat(timespec="minutes"), f"{words} kl. {here:%H.%M}" if clock else words)


def clock(value: Any) -> Any:
    """A moment in UTC as day and time in Copenhagen."""
    return moment(value, clock=True)


def _time(machine: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, words.replace(" ", "\N{NO-BREAK SPACE}"))


def web_link(url: Any, words: str | None = None) -> Any:
    """A link that leads to http or https and nowhere else; another address is shown as the text that it is."""
    text = str(url or "").strip()
    if not text:
        return EMPTY
    shown = words or visible(text.split("://", 1)[-1])
    shown = shown if len(shown) <= 80 else f"{shown[:79]}…"
    if not is_web(text):
        return escape(visible(text if words is None else f"{words}: {text}"))
    return Markup('<a class="out" href="{}" rel="noreferrer noopener nofollow external">{}</a>').format(text, shown)


def is_web(url: str) -> bool:
    """Whether an address is one of the web, whole and without anything hidden in it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(host) and url.isprintable() and not set(url) & set(" \\<>\"'`")


def listed(value: Any) -> list[str]:
    """The texts of a JSON list; one text for what is no list."""
    if value is None or value == "":
        return []
    try:
        said = json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return [str(value)]
    return [str(item) for item in said] if isinstance(said, list) else [str(value)]


def cut(value: Any) -> str:
    """A value as text of at most `LONGEST` characters."""
    text = visible(str(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def dated(value: Any) -> Any:
    """A text that is a day, a month or a moment as such; any other cut."""
    text = str(value)
    if len(text) > 4 and (_DAY.fullmatch(text) or _MOMENT.fullmatch(text)):
        return day(text)
    return cut(text)


def prose(text: Any) -> Markup:
    """Words of our own docs, with what stands between backticks as code."""
    parts = str(text).split("`")
    marked = [Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)]
    return Markup("").join(marked)


def of_numbers(rows: Sequence[Sequence[Any]]) -> set[int]:
    """The columns, from 0, of rows that hold numbers and nothing else."""
    columns = [{type(value) for value in column if value is not None} for column in zip(*rows, strict=True)]
    return {at for at, kinds in enumerate(columns) if kinds and kinds <= {int, float}}


def label(name: str) -> str:
    """A column's or view's name as words: `first_seen` is `first seen`."""
    return name.replace("_", " ").strip()


def title(name: str) -> str:
    """The same for a heading: `First seen`."""
    words = label(name)
    return words[:1].upper() + words[1:]


FILTERS = {
    "number": number,
    "percent": percent,
    "day": day,
    "moment": moment,
    "clock": clock,
    "web_link": web_link,
    "listed": listed,
    "cut": cut,
    "dated": dated,
    "prose": prose,
    "of_numbers": of_numbers,
    "label": label,
    "heading": title,
}
