"""Which line of a page goes on with the announcement above it, and which stands by itself.

A layout may set each sentence on a line of its own, and may break a sentence in its middle. An announcement that was
cut off looks like the latter, and what stands below it is an ad, a heading or the foot of the page: so lines are put
together across a break only where, together, they end a sentence in the way that a broken sentence does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.parsers.ad_words import is_region
from scraper.parsers.danish.labels import LABELS, is_label
from scraper.parsers.danish.regions import NOT_JOB_WORDS, SECTION_ENDS, is_people_heading
from scraper.parsers.lines import Line, split_label
from scraper.parsers.openings import announces, opens_like_form
from scraper.parsers.readings import reading_of

MOST_LINES = 14
"""Lines that one announcement may be spread over."""

BROKEN_OFF = ("...", "…")
"""How a text ends that a teaser cut off."""

_CLOSED = re.compile(r"(?<!\.\.)[.!?][\"”»'’)]*(?: ?(?:\(?[-–/]?[a-zæøå]{1,4}\)?|\[/?[a-z]+\])\.?)?$|\([^()]{1,30}\)$")
_DANGLING = re.compile(
    r"(?:^|[ (])(?:pr|bl\.a|f\.eks|hhv|inkl|ekskl|ca|nr|d|kl|cand|stud|akad|vedr|dvs|tidl|udd|[A-ZÆØÅ]|\d{1,2})\.$"
)
"""Abbreviations, initials and ordinals that no sentence ends in: it was cut off behind their full stop."""
_DISTRICT = re.compile(
    r" i [A-ZÆØÅ][a-zæøå]+ [CKNSVØ]\.$|(?:hos| og|,) [A-ZÆØÅ][a-zæøå]+ \d{1,2}\.$| [A-ZÆØÅ]{3,12} v?\d{1,2}\.$"
)
"""A town with the letter of its district, a firm or a standard with its number: they end a sentence as any word."""
_PRONOUNS = frozenset("han hun de hans hendes deres vedkommende foto".split())
_GOES_ON_WITH = frozenset(
    """
    er har skal kommer bliver vil får var fik blev havde arbejder arbejdede afløser tiltræder holder fylder bor
    """.split()
)
_INNER = re.compile(r"[.,;:)’'–-]|[a-zæøå]+(?:[ ,.]|$)")
"""How a line begins that can only be the rest of a sentence: a lower-case word, and no brand such as "netIP"."""
_HOLE = re.compile(r" (?:hos|som|ansat|uddannet|uddannelsen|(?:forfremmet|udnævnt) (?:til|som)) ?[,.](?: |$)| , ")
_PARTICLES = frozenset("von van de der den af da di du la le el al ten ter zu dos san".split())
_QUOTES = ("Ifølge ",)
_SPEECH = (*_QUOTES, '"', "”", "“", "»", "'", "Det siger ", "Det fortæller ", "Det oplyser ", "Det skriver ")
"""How a sentence begins that quotes somebody: one of an article's body."""
_INNER_NAME = re.compile(r"(?<![.!?]) [A-ZÆØÅ]")
"""A capital within a sentence: it may name somebody."""
_KNOWN_LABELS = tuple(label.casefold() for label in LABELS)


def is_closed(text: str) -> bool:
    """Whether a text ends where a sentence may end."""
    return _CLOSED.search(text) is not None and (_DANGLING.search(text) is None or _DISTRICT.search(text) is not None)


def begins_label(text: str) -> bool:
    """Whether a text is a label that was cut off: "Nyt jo"."""
    folded = text.casefold()
    return not is_label(text) and any(label.startswith(folded) for label in _KNOWN_LABELS)


def begins_name(text: str) -> bool:
    """Whether a text begins as a name does, in a capital or with a particle; not where its beginning was lost."""
    return (text[:1].isupper() and not text.startswith(_QUOTES)) or text.split(" ", 1)[0] in _PARTICLES


def has_hole(text: str) -> bool:
    """Whether words of the form stand there without what they lead in: "konsulent hos , er", "ansat som."."""
    return _HOLE.search(text) is not None


def names_part(line: Line, body: str) -> bool:
    """Whether a line, or each of its parts, repeats words of an announcement, as a name card does."""
    folded = body.casefold()
    return any(
        all(said and said in folded for said in (part.strip(" .,:–-").casefold() for part in parts))
        for parts in ((line.text,), line.parts)
        if parts
    )


def begins_ad(lines: Sequence[Line], at: int) -> bool:
    """Whether the line at `at` is the first of the three of a job ad, as far as the region in the third tells."""
    return at + 2 < len(lines) and is_region(lines[at + 2].text) and not is_region(lines[at + 1].text)


def is_of_a_body(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a paragraph of an article: without form and label, it quotes somebody or names nobody."""
    text = lines[at].text
    if len(text) < 40 or not is_closed(text) or lines[at].label or split_label(text)[1] or opens_like_form(text):
        return False
    if at + 1 < len(lines) and is_label(lines[at + 1].text):
        return False
    return text.startswith(_SPEECH) or _INNER_NAME.search(text) is None


def continues(body: str, text: str) -> bool:
    """Whether a line goes on with the whole sentences above it: "Hun kommer fra …", "Bo er uddannet …"."""
    words = text.split(" ", 2)
    if len(words) < 2 or opens_like_form(text):
        return False
    first = words[0].strip(",:").casefold()
    if first not in _PRONOUNS and (
        words[0].strip(",") not in body or words[1].casefold() not in _GOES_ON_WITH or not words[0][0].isupper()
    ):
        return False
    if not (_CLOSED.search(text) or split_label(f"{body} {text}")[1]):
        return False
    return first in _PRONOUNS or not _is_another(text)


def end_of_sentence(lines: Sequence[Line], start: int, at: int, body: str) -> int:
    """Past the lines, from `at`, that end the sentence that breaks off in `body`; 0 where it was cut off.

    The lines count as the rest of the sentence when one of them can be nothing else, or a label stands right below.
    """
    if body.endswith(BROKEN_OFF):
        return 0
    inner = False
    until = min(len(lines), start + MOST_LINES)
    for index in range(at, until):
        line = lines[index]
        if _stands_alone(line, lines[start]) or begins_ad(lines, index):
            return 0
        inner = inner or _INNER.match(line.text) is not None
        body, label = split_label(f"{body} {line.text}")
        if label is not None:
            return index + 1
        if is_closed(body):
            below = lines[index + 1].text if index + 1 < len(lines) else ""
            return index + 1 if inner or is_label(below) else 0
    return 0


def _stands_alone(line: Line, first: Line) -> bool:
    """Whether a line cannot be a part of a sentence that began above it."""
    text = line.text
    return bool(
        not text
        or (line.heading and not first.heading)
        or text.split(" ", 1)[0].strip(",:").casefold() in _PRONOUNS
        or is_label(text)
        or is_people_heading(text)
        or is_region(text)
        or NOT_JOB_WORDS.search(text)
        or SECTION_ENDS.search(text)
        or opens_like_form(text)
        or _is_another(text)
    )


def _is_another(text: str) -> bool:
    """Whether a line is an announcement by itself: the same company may hire again, a namesake may be next."""
    return text.count(" ") > 3 and text[0].isupper() and announces(text) and bool(reading_of(text).moves)
