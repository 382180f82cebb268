"""The words of a text, taken apart once for all readers that ask whether and where some word stands.

Each reader knows the words that can begin what it reads. To look up all words of a text in a table costs less than to
search the text with a pattern for each reader; only what is found is then read with the reader's own pattern.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache

_MARKS = ",.;:()\"'”“–!?/’»«…"


class Words:
    """The words of a text without the marks and the hanging hyphens around them."""

    __slots__ = ("bare", "row")

    def __init__(self, text: str) -> None:
        for mark in filter(text.__contains__, _MARKS):
            text = text.replace(mark, " ")
        if "- " in text or " -" in text:
            text = text.replace("- ", "  ").replace(" -", "  ")
        self.row = text.split(" ")
        """The words in order; an empty one where two blanks stand side by side."""
        self.bare = f" {text} "
        """The text with a blank for each mark, and one around it all: what stood at `at` stands at `at + 1`."""

    def places(self, table: Container[str]) -> Iterator[tuple[int, str]]:
        """Where in the text the words of a table stand, in order, each with the word."""
        at = -1
        for word in filter(table.__contains__, self.row):
            at = self.bare.index(f" {word} ", at + 1)
            yield at, word


words_in = lru_cache(maxsize=4)(Words)
"""As `Words`, kept for the readers of one text, which ask one after the other."""
