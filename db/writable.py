"""Records as they may be written: what no database takes is mended, what must not be stored is blotted out.

Every change keeps the length of the text, so that the spans of the evidence stay true.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from db.privacy import redact_cpr
from scraper.records import JobAd, Move, Problem, Unparsed

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""NUL, which ends a text in C, and half a surrogate pair, which has no UTF-8: JSON-LD can carry both as escapes."""
_ADDRESSES = frozenset({"url", "identifier"})
"""Fields that hold a page's address or a board's own number: ten digits there are no person's."""

RecordT = TypeVar("RecordT", Move, JobAd, Unparsed, Problem)


def storable(text: str) -> str:
    """The text with U+FFFD for each character that UTF-8 or a database cannot hold; of the same length."""
    return _UNSTORABLE.sub("\ufffd", text)


def writable_text(text: str) -> str:
    """The text, storable and without CPR numbers; of the same length."""
    return redact_cpr(storable(text))


def writable(record: RecordT) -> RecordT:
    """The record with every text of it fit to be written; the very same record when nothing had to change."""
    changed: dict[str, Any] = {}
    for name in (field.name for field in fields(record)):
        fit = storable if name in _ADDRESSES else writable_text
        value = getattr(record, name)
        if type(value) is str:
            mended: object = fit(value)
        elif isinstance(value, tuple):
            mended = tuple(fit(item) for item in value)
        else:
            continue
        if mended != value:
            changed[name] = mended
    return replace(record, **changed) if changed else record
