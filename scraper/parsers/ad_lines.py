"""The lines of a page as the finder of job ads wants them: one part of an ad on each, nothing between two ads.

A line that holds a whole ad is taken apart; what pages put around their ads, buttons, badges and days, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from scraper.legal_forms import AT_END
from scraper.parsers.ad_order import in_order
from scraper.parsers.ad_places import LONGEST_AD
from scraper.parsers.ad_words import (
    MAX_TITLE,
    can_be_company,
    can_be_region,
    can_be_title,
    is_furniture,
    is_region,
    names_title,
    without_signs,
)
from scraper.parsers.danish.regions import AD_BADGES, AD_FURNITURE, BARE_DAY, EVENT_WORDS, JOB_REGIONS
from scraper.parsers.lines import Line

_LONGEST_FURNITURE = 60
_REGION_ENDS = tuple(JOB_REGIONS)
_LONGEST_REGION = max(map(len, JOB_REGIONS))
_SEPARATORS = (" | ", " · ", " • ", " – ", " - ", " / ")
_SLASH = " / "
"""A separator that menus and subjects have too: only words of a job or a legal form tell an ad."""


def spread_out(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, or of a stretch of it, for the finder; an empty line stands for what was read already."""
    return in_order(_without_furniture(_apart(lines)))


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """The lines but for those that only surround an ad, and without the signs that stand before their words."""
    kept: list[Line] = []
    for at, line in enumerate(lines):
        text = line.text
        if AD_BADGES.fullmatch(text) and _begins_plain_ad(lines[at + 1 : at + 4]):
            continue
        if not text.isascii() and (bare := without_signs(text)) != text:
            text = bare
            if not text:
                continue
            line = line._replace(text=text)  # noqa: PLW2901 - the same line, without its signs
        if 0 < len(text) <= _LONGEST_FURNITURE and (
            AD_FURNITURE.fullmatch(text) or (text[0].isdigit() and _is_day_below_ad(text, kept))
        ):
            continue
        kept.append(line)
    return kept


def _begins_plain_ad(lines: Sequence[Line]) -> bool:
    """Whether the next three lines are an ad by the look of each, so that a badge above them says nothing else."""
    if len(lines) < 3:
        return False
    company, title, region = (line.text for line in lines)
    return is_region(region, loose=True) and can_be_company(company) and can_be_title(title)


def _is_day_below_ad(text: str, above: Sequence[Line]) -> bool:
    """Whether a text is the day below an ad: events have one too, but no title of a job above their place."""
    return (
        len(above) > 2
        and BARE_DAY.fullmatch(text) is not None
        and is_region(above[-1].text, loose=True)
        and names_title(above[-2].text)
        and not any(EVENT_WORDS.search(line.text) for line in above[-4:])
    )


def _apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with the ads that stand on one line taken apart."""
    apart = _ads_on_one_line(lines)
    spread: list[Line] = []
    before = ""
    for at, line in enumerate(lines):
        text = line.text
        if text and text == before and not text.startswith("Region "):
            continue  # a node that the page has twice in a row
        if line.parts or at in apart:
            parts = apart.get(at, ())
            if len(line.parts) == 2 and not parts:
                follows = lines[at + 1].text if at + 1 < len(lines) else ""
                parts = line.parts if is_region(follows) and _ends_before(before) else ()
            if parts:
                spread.extend(Line(part, line.heading, line.link) for part in parts)
                before = parts[-1]
                continue
        spread.append(line)
        before = line.text
    return spread


def _ads_on_one_line(lines: Sequence[Line]) -> dict[int, Sequence[str]]:
    """The parts of each line that holds a whole ad: by its inline elements or between bars, its region known or not."""
    split: dict[int, tuple[str, Sequence[str]]] = {}

    def pieces(at: int) -> tuple[str, Sequence[str]]:
        if at not in split:
            split[at] = _pieces(lines[at]) if 0 <= at < len(lines) else ("", ())
        return split[at]

    apart: dict[int, Sequence[str]] = {}
    for at, line in enumerate(lines):
        if not (line.parts or _has_bar(line.text)) or len(line.text) > LONGEST_AD:
            continue
        if line.text[-_LONGEST_REGION:].casefold().endswith(_REGION_ENDS):
            separator, parts = pieces(at)
            if separator == _SLASH and not (names_title(parts[1]) or AT_END.search(parts[0])):
                continue
            if any(is_region(part) for part in parts[1:]):
                apart[at] = parts
    for at in list(apart):
        for step in (1, -1):
            beside = at + step
            while beside not in apart and len(pieces(beside)[1]) == 3 and pieces(beside)[0] == pieces(at)[0]:
                if not can_be_region(pieces(beside)[1][2]):
                    break
                apart[beside] = pieces(beside)[1]
                beside += step
    return apart


def _has_bar(text: str) -> bool:
    return " | " in text or " – " in text or " - " in text or " · " in text or " • " in text or _SLASH in text


def _pieces(line: Line) -> tuple[str, Sequence[str]]:
    """What stands apart on a line, and by which separator: its inline elements, or what bars or dashes part."""
    if len(line.text) > LONGEST_AD or line.parts:
        return "", line.parts
    for separator in _SEPARATORS:
        parts = line.text.split(separator)
        if len(parts) == 3:
            return separator, parts
        title = separator.join(parts[1:-1])
        if len(parts) == 4 and names_title(title) and is_region(parts[-1]):
            return separator, (parts[0], title, parts[-1])
    return "", ()


def _ends_before(text: str) -> bool:
    """Whether a line cannot be the company of an ad that goes on with the next."""
    return is_furniture(text) or is_region(text, loose=True) or len(text) > MAX_TITLE[1]
