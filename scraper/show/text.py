"""A value as text that no page can do harm with: every room that shows something a site said goes through here."""

from __future__ import annotations


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


def cut(text: str, most: int) -> str:
    """The text, or its beginning with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
