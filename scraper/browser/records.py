"""A record's own words, cut so that each field is seen where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from db.known import KnownAd, KnownMove

_UNMARKED = frozenset({"kind", "start_date_text", "label"})
"""Evidence that spans whole sentences, or the same words as another field."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence; `field` is what it says, if anything."""

    text: str
    field: str = ""


def pieces(record: KnownMove | KnownAd) -> list[Piece]:
    """A record's text, cut where its evidence begins and ends. Evidence that makes no sense is left out."""
    text = record.text
    found = []
    at = 0
    for begin, end, field in sorted(_spans(record.evidence)):
        if at <= begin < end <= len(text):
            found += [Piece(text[at:begin]), Piece(text[begin:end], field)]
            at = end
    return [piece for piece in [*found, Piece(text[at:])] if piece.text]


def _spans(evidence: Any) -> Iterator[tuple[int, int, str]]:
    for field, span in evidence.items() if isinstance(evidence, dict) else ():
        whole = isinstance(span, list) and len(span) == 2 and all(type(each) is int for each in span)
        if whole and field not in _UNMARKED:
            yield span[0], span[1], field
