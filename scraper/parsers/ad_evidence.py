"""What each text of a list speaks for: a company, a title, a region; and what a whole list speaks for or against.

Points are added up over all items of a list, so that one odd company or title does not hide an ad that its neighbours
explain. A point is about what one clear word is worth: a legal form, a job's title, a region of the table.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.legal_forms import AT_END
from scraper.parsers.ad_words import (
    ADDRESS,
    MAX_COMPANY,
    MAX_REGION,
    MAX_TITLE,
    ORGANISATION,
    can_be_company,
    can_be_region,
    can_be_title,
    is_region,
    names_title,
)
from scraper.parsers.danish.ads import (
    ASKS,
    BUTTONS,
    DEADLINES,
    JOB_ADDRESS,
    JOB_HEADINGS,
    OTHER_FACTS,
    OTHER_HEADINGS,
    STARTS,
    TERMS,
)
from scraper.parsers.danish.first_names import FIRST_NAMES
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.regions import (
    AD_BADGES,
    AD_FURNITURE,
    BARE_DAY,
    DIRECTORIES,
    EVENT_BUTTONS,
    EVENT_MARKS,
    EVENT_WORDS,
    FACT_LABELS,
    NOT_JOB_WORDS,
    REGION_SHAPE,
    SIGNATURE_WORDS,
    WRITERS,
    is_people_heading,
)

COMPANY, TITLE, REGION = range(3)
_LONGEST_HEADING = 60
_WORDS_OF_HEADING = (3, 6)
"""The most words of what heads other lists, without and with the look of a heading: a headline has more."""
_WEB_NAME = re.compile(r"[\w-]{2,40}\.(?:dk|com|io|net|nu|org|eu|ai|se|no|tech|dev)", re.IGNORECASE)
_PLACES_APART = re.compile(r"\s{0,3}(?:[,/·|•&]|\bog\b|\beller\b|–|-(?=\s))\s{0,3}")


class Piece(NamedTuple):
    """A text of a page that may be a part of an ad, with the line it comes from and what is known of it."""

    text: str
    line: int
    path: tuple[int, ...] = ()
    link: str | None = None
    heading: bool = False
    image: bool = False
    role: int | None = None
    """What the page itself says it is."""
    claimed: bool = False
    """Whether an announcement beside it takes it for a part of its name card, which only a company of an ad can be."""


def is_job_heading(text: str) -> bool:
    """Whether a text heads job ads: "Ledige stillinger", "It-job", "Din næste arbejdsplads?"."""
    return (
        len(text) <= _LONGEST_HEADING
        and JOB_HEADINGS.search(text) is not None
        and not is_label(text)
        and not is_people_heading(text)
        and not OTHER_HEADINGS.search(text)
        and not names_title(text)
    )


def is_other_heading(piece: Piece) -> bool:
    """Whether a text heads something that looks like a list of ads and is none: events, firms, courses, the staff."""
    text = piece.text
    if len(text) > _LONGEST_HEADING or text.count(" ") >= _WORDS_OF_HEADING[piece.heading]:
        return False
    if names_title(text):
        return False
    found = OTHER_HEADINGS.search(text) if piece.heading else OTHER_HEADINGS.match(text)
    return bool(found or EVENT_WORDS.search(text) or DIRECTORIES.fullmatch(text))


def is_surrounding(text: str) -> bool:
    """Whether a text only surrounds the parts of an ad: a button, a badge, a day, the terms of employment."""
    return len(text) <= _LONGEST_HEADING and bool(
        not any(letter.isalnum() for letter in text)
        or AD_FURNITURE.fullmatch(text)
        or AD_BADGES.fullmatch(text)
        or EVENT_BUTTONS.fullmatch(text)
        or (BUTTONS.match(text) and text.count(" ") < 5 and not names_title(text))
        or TERMS.fullmatch(text)
        or DEADLINES.search(text)
        or BARE_DAY.fullmatch(text)
    )


def leads_to_job(link: str | None) -> bool:
    """Whether an address has a word of jobs in it."""
    return link is not None and JOB_ADDRESS.search(link) is not None


def region_points(text: str) -> float:
    """How much a text speaks for being the region of an ad."""
    if is_region(text):
        return 3
    if is_region(text, loose=True):
        return 2
    if REGION_SHAPE.fullmatch(text):
        return 1.5
    if len(text) <= MAX_REGION[1] and any(is_region(part, loose=True) for part in _PLACES_APART.split(text)):
        return 1.5
    return 0.3 if can_be_region(text) else -2


def title_points(piece: Piece) -> float:
    """How much a text speaks for being the title of an ad."""
    text = piece.text
    if piece.image or not any(letter.isalpha() for letter in text) or text.casefold() in FACT_LABELS:
        return -5
    points = 0.5 * piece.heading
    if names_title(text):
        points += 2
    if ASKS.search(text):
        points += 1.5
    if piece.link:
        points += 1.5 if leads_to_job(piece.link) else 0.5
    if is_region(text):
        points -= 3
    elif not can_be_title(text):
        points -= 1
    if len(text) > MAX_TITLE[1] or text.count(" ") >= MAX_TITLE[0]:
        points -= 2
    return points


def company_points(piece: Piece) -> float:
    """How much a text speaks for being the employer of an ad."""
    text = piece.text
    if not any(letter.isalpha() for letter in text) or text.casefold() in FACT_LABELS:
        return -5
    if len(text) > MAX_COMPANY[1] or text.count(" ") >= MAX_COMPANY[0]:
        return -3
    if piece.image:
        return 0.4 if can_be_company(text) else -1  # what is told in words comes first
    points = 0.0
    if AT_END.search(text):
        points += 3
    elif names_title(text):
        points -= 1.5
    elif ADDRESS.search(text):
        points -= 3
    if ORGANISATION.search(text) or _WEB_NAME.fullmatch(text):
        points += 1.5
    if ASKS.search(text):
        points -= 2
    if (is_region(text) or REGION_SHAPE.fullmatch(text)) and not text.startswith("Region "):
        points -= 3
    return points + (0.5 if can_be_company(text) else -0.5)


POINTS = (
    company_points,
    title_points,
    lambda piece: -5.0 if piece.image else region_points(piece.text),
)
"""What tells each of the three parts."""


def is_named_person(text: str) -> bool:
    """Whether a text is a person with a common first name, and no firm called after one."""
    words = text.split()
    return (
        len(words) > 1
        and words[0] in FIRST_NAMES
        and not (AT_END.search(text) or ORGANISATION.search(text) or "&" in text)
    )


def against(text: str, *, jobs: bool, company: bool = False, signed: bool = True) -> float:
    """What a text of an item, its `company` or another, says against its being an ad; `jobs` is what its page says.

    Where it is `signed`, a person may stand where the employer of an ad does: "Journalist" is then no job.
    """
    if STARTS.search(text) and names_title(text):
        return 0
    if DEADLINES.search(text) or AD_FURNITURE.fullmatch(text) or AD_BADGES.fullmatch(text):
        return 0
    if len(text) < 80 and EVENT_MARKS.search(text):
        return (0.5 if jobs else 2) if BARE_DAY.fullmatch(text) else 1 if jobs else 4
    if names_title(text) and not company:
        return 3 * (
            signed and WRITERS.search(text) is not None and not jobs
        )  # "Event Manager", "Projektleder, billetter"
    if EVENT_WORDS.search(text):
        return 4
    if NOT_JOB_WORDS.search(text) or SIGNATURE_WORDS.search(text) or WRITERS.search(text):
        return 0 if jobs else 3
    if OTHER_FACTS.search(text) and not (company and "@" not in text):
        return 1 if jobs else 3
    return 0
