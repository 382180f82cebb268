"""Patterns made of word lists find what the plain alternatives find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scraper.parsers.danish.alternatives import any_of, at_word, beginnings

WORDS = st.lists(st.text("abæ.-", min_size=1, max_size=4), min_size=1, max_size=8)
LETTERED = st.lists(st.builds(str.__add__, st.sampled_from("abæ"), st.text("ab ", max_size=3)), min_size=1, max_size=6)
TEXTS = st.text("abæ.- ", max_size=30)


@given(WORDS, TEXTS)
def test_any_of_finds_the_longest_word_at_every_place(words: list[str], text: str) -> None:
    """A pattern that branches letter by letter finds the words that the list of them, longest first, finds."""
    plain = "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
    assert re.findall(any_of(words), text) == re.findall(plain, text)


@given(WORDS, TEXTS)
def test_a_word_begins_with_one_of_the_beginnings(words: list[str], text: str) -> None:
    """The look at the first letter turns no word away."""
    assert re.findall(f"(?={beginnings(words)}){any_of(words)}", text) == re.findall(any_of(words), text)


@given(LETTERED, TEXTS)
def test_at_word_is_a_word_border_and_the_alternatives(alternatives: list[str], text: str) -> None:
    """Putting the first letter before the look at the border changes nothing of what is found."""
    plain = rf"\b(?:{'|'.join(alternatives)})"
    assert [match.span() for match in re.finditer(at_word(*alternatives), text)] == [
        match.span() for match in re.finditer(plain, text)
    ]


def test_what_begins_with_a_mark_has_no_border_before_it() -> None:
    """Alternatives that begin with a blank stand for themselves, right behind a word."""
    assert re.findall(at_word("skal", " mens "), "han mens skal uskal") == [" mens ", "skal"]
