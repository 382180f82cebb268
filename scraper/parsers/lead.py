"""What an announcement's lead says: who moves, to which job, where, when. The shapes that its readers share.

`lead_form` reads the sentences that the form of 2025-26 fills in, `lead_prose` what editors wrote: `lead_person` and
`lead_company` those with the person and those with the company before the verb, `lead_verbless` those without a verb;
`lead_parts` puts a lead together, and `lead_supplement` adds what the next sentences tell of a field left open
(`lead_units` the department). `lead_several` and `lead_others` find who else moves.
"""

from __future__ import annotations

from typing import NamedTuple

from scraper.parsers.danish.dates import FoundDate
from scraper.records import MoveKind, Span

MAX_LENGTH = 6_000
"""Longer texts are no announcements."""
MAX_TRIES = 12
"""How many places of a text are tried for one field."""


TO_A_POST = frozenset({MoveKind.HIRE, MoveKind.PROMOTION})
"""Kinds in which somebody takes up a post; made once, since to look up a member of an enum is not cheap."""


def moved(span: Span | None, by: int) -> Span | None:
    """A range of a text that was read with `by` characters fewer before it; None stays None."""
    return (span[0] + by, span[1] + by) if span else None


class Lead(NamedTuple):
    """One move as the lead tells it, all spans into the cleaned text; `sentence` is the range that the rule read."""

    kind: MoveKind
    person: Span
    rule: str
    sentence: Span
    age: Span | None = None
    company: Span | None = None
    role: Span | None = None
    unit: Span | None = None
    location: Span | None = None
    date: FoundDate | None = None
    focus: Span | None = None
    previous_role: Span | None = None
    previous_company: Span | None = None
    inside: bool = False
    """Whether the words themselves say that the person was at the company already."""
