"""Job ads whose parts stand in another order, or behind the names of what they are, set in the order of the others.

Most pages show company, title, region; some the title first, and some write "Virksomhed: …" before each part. A list of
ads has one order for all, so the ads that are plain tell how the others are to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scraper.legal_forms import AT_END
from scraper.parsers.ad_words import (
    MAX_REGION,
    can_be_company,
    can_be_title,
    ends_ads,
    is_person,
    is_region,
    may_begin_place,
    names_title,
    opens_other,
)
from scraper.parsers.danish.regions import COMPANY_NAMES, REGION_NAMES, TITLE_NAMES
from scraper.parsers.lines import Line

_LONGEST_NAME = 24
_PARTS = dict.fromkeys(COMPANY_NAMES, 0) | dict.fromkeys(TITLE_NAMES, 1) | dict.fromkeys(REGION_NAMES, 2)
_ALL = 3


def in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page with each ad as company, title, region."""
    ordered = _two_lines_apart(_without_names(lines))
    for group in _groups(ordered):
        if _titles_first(ordered, group):
            for at in group:
                ordered[at - 2], ordered[at - 1] = ordered[at - 1], ordered[at - 2]
    return ordered


def _named(lines: Sequence[Line], at: int) -> tuple[int, Line, int] | None:
    """Which part of an ad stands named at a line, the part, and where what follows begins; None where none does."""
    if at >= len(lines) or not lines[at].text:
        return None
    name, colon, value = lines[at].text.partition(":")
    part = _PARTS.get(name.strip().casefold()) if len(name) <= _LONGEST_NAME else None
    if part is None:
        return None
    if value.strip():
        return part, lines[at]._replace(text=value.strip(), parts=()), at + 1
    if at + 1 < len(lines) and lines[at + 1].text and not (colon and value):
        return part, lines[at + 1], at + 2
    return None


def _without_names(lines: Sequence[Line]) -> list[Line]:
    """The lines with the ads whose parts are named put in order, without the names.

    All three are named, or the title stands right above the other two.
    """
    kept: list[Line] = []
    at = 0
    while at < len(lines):
        parts: dict[int, Line] = {}
        end = at
        while (found := _named(lines, end)) is not None and found[0] not in parts:
            parts[found[0]], end = found[1], found[2]
        if set(parts) == {0, 2} and kept and can_be_title(kept[-1].text):
            parts[1] = kept.pop()
        if set(parts) == {2} and is_region(parts[2].text, loose=True) and _are_last_two(kept):
            kept.append(parts[2])
            at = end
        elif len(parts) == _ALL:
            kept.extend(parts[part] for part in range(_ALL))
            at = end
        else:
            kept.append(lines[at])
            at += 1
    return kept


def _two_lines_apart(lines: list[Line]) -> list[Line]:
    """The lines with the ads of two lines, the title above "company, region", taken apart and put in order."""
    found: dict[int, tuple[str, str]] = {}
    for at in range(1, len(lines)):
        company, comma, region = lines[at].text.rpartition(", ")
        if not comma or len(region) > MAX_REGION[1] or not may_begin_place(region) or not is_region(region, loose=True):
            continue
        if can_be_company(company) and can_be_title(lines[at - 1].text) and not is_region(company, loose=True):
            found[at] = (company, region)
    sure = {
        at
        for at, (company, _) in found.items()
        if names_title(lines[at - 1].text) and not is_person(company) and not names_title(company)
    }
    ordered: list[Line] = []
    for at, line in enumerate(lines):
        if at in found and (at in sure or at - 2 in sure or at + 2 in sure):
            title = ordered.pop()
            ordered += [Line(found[at][0]), title, Line(found[at][1])]
        else:
            ordered.append(line)
    return ordered


def _groups(lines: Sequence[Line]) -> Iterable[list[int]]:
    """The places of the regions of each list of ads: three lines apart."""
    group: list[int] = []
    for at in range(2, len(lines)):
        text = lines[at].text
        if not text or len(text) > MAX_REGION[1] or not may_begin_place(text) or not is_region(text, loose=True):
            continue
        if is_region(lines[at - 1].text, loose=True) or not _are_two(lines[at - 2].text, lines[at - 1].text):
            continue
        if group and at - group[-1] != _ALL:
            yield group
            group = []
        group.append(at)
    if group:
        yield group


def _are_two(first: str, second: str) -> bool:
    """Whether two lines could be the company and the title of an ad, in one order or the other."""
    if not first or not second or ends_ads(first) or ends_ads(second):
        return False
    return (can_be_company(first) and can_be_title(second)) or (can_be_title(first) and can_be_company(second))


def _are_last_two(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and _are_two(lines[-2].text, lines[-1].text)


def _titles_first(lines: Sequence[Line], group: Sequence[int]) -> bool:
    """Whether the titles of a list stand above the companies: by their words, and by which of the two is a link."""
    if opens_other(lines[group[0] - 3].text if group[0] > 2 else ""):
        return False
    balance, sure, forms = 0, False, 0
    for at in group:
        above, below = lines[at - 2], lines[at - 1]
        if not (can_be_title(above.text) and can_be_company(below.text)):
            return False
        titled = names_title(above.text) - names_title(below.text)
        formed = bool(AT_END.search(below.text)) - bool(AT_END.search(above.text))
        linked = bool(above.link and above.link != below.link) - bool(below.link and above.link != below.link)
        balance += titled + formed + linked
        forms += formed
        sure = sure or (titled > 0 and (formed > 0 or linked > 0)) or (len(group) > 1 and titled > 0)
    return (sure or forms > 1) and balance > 0
