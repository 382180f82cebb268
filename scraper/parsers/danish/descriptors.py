"""The words around a company's name that are looked at by themselves: what describes it, what it may end in.

"it-firmaet Granit" and "den danske kæde Granit" name Granit: `skip_descriptor` finds where the name begins.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.legal_forms import LEGAL_FORMS
from scraper.parsers.danish.company_words import (
    ARTICLES,
    DESCRIPTOR_ENDINGS,
    INDEFINITE_DESCRIPTORS,
    STOP_WORDS,
)
from scraper.parsers.danish.places import REGIONS

DOTTED = frozenset(form for form, _ in LEGAL_FORMS if form.endswith(".")) | {"Co."}
"""Last words of a name that keep their full stop at the end of a sentence."""
FORMS = {form.lower() for form, _ in LEGAL_FORMS} | {form.lower() + "." for form, _ in LEGAL_FORMS} | {"a/s", "aps"}
TOKEN = re.compile(r"[^\s,;:()\"“”»«]+(?::(?=[^\W\d_])[^\s,;:()\"“”»«]+)*")
"""A word; a colon within it belongs to a brand: "Nord:Works"."""
END_PUNCTUATION = ".!?"
LEGAL_NEXT = re.compile(r" (?:A/S|ApS|AS|AB|Aps)\b")
PROPER_AFTER = re.compile(r" [A-ZÆØÅ][^\s]")
_SURE_FORMS = FORMS - {"se", "as", "ab", "ag"}
"""Legal forms that begin no name."""
_DIGIT = re.compile(r"\d|\w:\w|\w\.(?:dk|com|net|org|eu|it|io)\.?$")


@lru_cache(maxsize=4096)
def is_proper(piece: str) -> bool:
    """Whether a word looks like part of a name: it begins with a capital or a digit, or has one inside ("netBolt")."""
    first = piece[0]
    return (
        first.isupper() or first.isdigit() or piece == "&" or piece != piece.lower() or _DIGIT.search(piece) is not None
    )


@lru_cache(maxsize=4096)
def describes(word: str, *, article: bool) -> bool:
    """Whether a word says what a company is, "it-firmaet"; one without an article must be long to do so."""
    low = word.lower()
    return low.endswith(DESCRIPTOR_ENDINGS) or (
        low.endswith(INDEFINITE_DESCRIPTORS) and (article or "-" in low or len(low) > 9)
    )


def low_form(piece: str) -> str:
    """A word as the table of legal forms writes it."""
    return piece.lower().rstrip(".")


def skip_descriptor(text: str, start: int, first: re.Match[str]) -> int:
    """Where the name begins after words that only describe it; `start`, where `first` stands, when none do."""
    word = first.group()
    opens = start == 0 or text.endswith((". ", "| "), 0, start)
    if word[0].isupper() and not opens and "-" not in word and not text[first.end() + 1 : first.end() + 2].islower():
        return start
    if word.endswith("ske") and word.islower() and PROPER_AFTER.match(text, first.end()):
        return first.end() + 1
    article = word.lower() in ARTICLES and (word[0].islower() or opens)
    position, seen, previous = first.end(), 0, word
    described = describes(word, article=article) and not text.startswith(("s ", "'"), position)
    described = described and (word[0].islower() or opens or "-" in word)
    if not described and not article and is_proper(word) and not text[first.end() + 1 : first.end() + 2].islower():
        return start
    while True:
        comma = text.startswith(", ", position)
        if not text.startswith(" ", position) and not (comma and (article or described)):
            return start
        following = TOKEN.match(text, position + (2 if comma else 1))
        if following is None:
            return start
        piece = following.group()
        if previous[-1] in END_PUNCTUATION and len(previous) > 4:
            return start
        proper = is_proper(piece) and piece not in {"Han", "Hun"}
        if proper and described:
            whole = low_form(piece) in _SURE_FORMS or (word[0].isupper() and not opens and piece in REGIONS)
            return start if whole else following.start()
        if proper and article and seen and previous.lower() not in STOP_WORDS and not opens:
            return following.start()
        if comma:
            return start
        low = piece.lower()
        if described and low not in STOP_WORDS and LEGAL_NEXT.match(text, following.end()):
            return following.start()
        if proper and seen == 0 and not article and not described:
            return start
        if low == "og" and not previous.endswith("-") and not article:
            second = TOKEN.match(text, following.end() + 1) if opens and seen == 0 else None
            if second is None or not describes(second.group(), article=False):
                return start
        if (
            low in STOP_WORDS
            and low not in {"og", "af", "for", "inden", "indenfor", "de", "det", "den"}
            and not (article and low == "netop")
        ):
            return start
        if not article and not described and low in STOP_WORDS and low != "og":
            return start
        if described and not article and low in STOP_WORDS and low not in {"af", "for", "inden", "indenfor", "og"}:
            return start
        described = described or describes(piece, article=article or (seen > 0 and is_proper(word)))
        previous, position, seen = piece, following.end(), seen + 1
        if seen > 9:
            return start
