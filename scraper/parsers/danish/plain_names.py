"""Names of companies that need no second look: capitalised words up to a word or a mark that ends any name.

Half of all names are written so. One pattern reads them, where `companies` looks at each word in turn.
"""

from __future__ import annotations

import re

from scraper.parsers.danish.company_words import ARTICLES, NAME_HEADS
from scraper.parsers.danish.descriptors import DOTTED, FORMS, TOKEN, describes
from scraper.records import Span

OFFICES = frozenset("Styrelsen Ministeriet Direktoratet".split())
"""Offices whose fields are joined by "og": "Styrelsen for Vand og Vind"."""
HEADS = frozenset("Forum Institut Center".split())
"""Words that "for" follows even where they do not begin the name: "Nordisk Forum for Data"."""
_WORD = r"(?!H[au]n\b)[A-ZÆØÅ][^\W_]*+(?<!s)"
_PLAIN = re.compile(
    rf"({_WORD})(?: (?:{_WORD}|A/S|ApS))*+"
    r"(?:(?P<stop> (?:(?P<word>i|for|af)|og(?= [a-zæøå]+(?:[ ,.]|$))"
    r"|som|hos|har|er|på|med|til|fra|ved|hvor|samt|efter|siden|under|men|inden|blandt|skal|bliver|før|da))(?= )"
    r"|,|\.(?= |$)|$)"
)
"""A name of capitalised words, none in the genitive, up to a word or mark that ends any name: most are written so."""
_SHORTENED = frozenset("Pvt St Dr Sct Chr Kgs Alm Brdr Gebr".split())
"""Words within names whose full stop ends nothing."""


def plain_name_at(text: str, start: int) -> Span | None:
    """The company whose name begins at `start`, where it needs no second look; None for all others."""
    match = _PLAIN.match(text, start)
    if match is None:
        return None
    head = match.group(1)
    stop = match.group("stop")
    opens = start == 0 or text.endswith((". ", "| "), 0, start)
    if opens and (head.lower() in ARTICLES or stop == " og" or describes(head, article=False)):
        return None
    end = match.end() - len(stop) if stop else match.end()
    if stop:
        if match.group("word") and (
            head in NAME_HEADS or head.endswith("gruppen") or text[text.rfind(" ", start, end) + 1 : end] in HEADS
        ):
            return None
        if stop == " og" and head in OFFICES:
            return None
    elif text.startswith(",", end - 1):
        end -= 1
        following = TOKEN.match(text, end + 2) if text.startswith(" ", end + 1) else None
        if following is not None and following.group().lower().rstrip(".") in FORMS:
            return None
    elif text.startswith(".", end - 1):
        end -= 1
        last = text[max(text.rfind(" ", start, end) + 1, start) : end]
        if len(last) < 3 or last in _SHORTENED or last.lower() in FORMS or last + "." in DOTTED:
            return None
    return (start, end)
