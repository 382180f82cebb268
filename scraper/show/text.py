"""A value as text that no page can do harm with: every room that shows something a site said goes through here."""

from __future__ import annotations

import json
import re

_UNPRINTABLE = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
"""What JSON leaves as it is and a terminal or a reader does not: C1 controls, bidi and invisible characters."""


def shown(value: object) -> str:
    """A value as one line that is safe on a terminal: control and bidi characters as their escapes."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


def on_one_line(text: str) -> str:
    """A text of several lines as one, its lines parted by dots; safe on a terminal."""
    return " · ".join(shown(line.strip()) for line in text.splitlines() if line.strip())


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def as_json(value: object, *, indent: int | None = None) -> str:
    """A value as JSON in which every character can be printed: control and bidi characters are escaped."""
    said = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match.group()):04x}", said)
