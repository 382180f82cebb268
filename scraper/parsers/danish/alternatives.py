"""One pattern for many words: it branches letter by letter, so that a word of another beginning costs one look.

The regular expressions of the standard library try the alternatives of "a|b|c" one after the other. A pattern that
begins with a blank, or with a small class of marks, lets the engine jump from word to word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits first."""
    tails: dict[str, list[str]] = {}
    whole = False
    for word in sorted(set(words)):
        if word:
            tails.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    if not tails:
        return ""
    branches = "|".join(re.escape(letter) + any_of(rest) for letter, rest in tails.items())
    return f"(?:{branches}){'?' if whole else ''}"


def beginnings(words: Iterable[str]) -> str:
    """A class of all letters that the words begin with: looked at ahead of `any_of`, it spares the branches."""
    return f"[{''.join(sorted({re.escape(word[0]) for word in words}))}]"


def at_word(*alternatives: str) -> str:
    r"""As `\b(?:a|b|c)`, for patterns that each begin with a plain letter; one that begins with a mark has no `\b`.

    The letter comes first and the look behind it second: so the engine tries only places where one of the letters
    stands, where a leading `\b` makes it try every character. Those of one letter stay in their order.
    """
    tails: dict[str, list[str]] = {}
    for one in alternatives:
        tails.setdefault(one[0], []).append(one[1:])
    return f"(?:{'|'.join(_begun(first, rest) for first, rest in tails.items())})"


def _begun(first: str, tails: list[str]) -> str:
    """The alternatives of one first character."""
    border = rf"(?<!\w{first})" if first.isalpha() else ""
    return f"{first}{border}{tails[0] if len(tails) == 1 else '(?:' + '|'.join(tails) + ')'}"


def anywhere(*alternatives: str) -> str:
    r"""As `a|b|c`, grouped by first letters, for patterns that each begin with a plain letter, or with `\b` and one.

    A pattern that can tell by one letter that nothing begins here is several times as quick as one that tries each.
    """
    tails: dict[str, list[str]] = {}
    for one in alternatives:
        bare = one.removeprefix(r"\b")
        tails.setdefault(bare[0], []).append((rf"(?<!\w{bare[0]})" if bare != one else "") + bare[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())
