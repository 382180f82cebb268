"""Places made comparable: in which Danish region a town, an area or a postcode lies, or that it lies abroad.

What the tables know (db/tables/places.tsv, postcodes.tsv) is found in the words of a place as people write it:
"8000 Aarhus C", "Ballerup-kontoret", "Midt- og Vestjylland". A text that names two regions, or none, gives none:
a wrong region is worse in a count than a missing one. docs/places.md explains the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from db import tables
from db.identity import fold
from scraper.errors import NavnenytError

REGIONS = ("Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland", "Færøerne", "Grønland", "Udlandet")
"""The regions there are; the first five are NUTS-2 regions DK01 to DK05, the others have no code."""

_ABROAD = "Udlandet"
_JOINED = re.compile(r"[&+;]| og | and | samt | eller | or ")
"""Between these stand places of their own: "Aarhus og Fyn"."""
_PART = re.compile(r"[,/()|–—]| - ")
"""Between these stands the same place, more and less exactly, or another: "Greve, Storkøbenhavn"."""
_WORD = re.compile(r"[^\W_]+")
_POSTCODE = re.compile(r"(?<![\d.])(?:dk ?)?(\d{4})(?![\d.])")
_ENDINGS = ("s", "området", "omraadet", "kontoret", "afdelingen", "egnen", "regionen", "kommune", "omraadets")
_ELIDED = re.compile(r"\b(\w+)-(?= (?:og|&|eller) \w*?(jylland|sjælland|europa|amerika|fyn)\b)")
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Area:
    """What a line of a table says: the region with its codes, all empty for a place that is in no one region."""

    place: str
    region: str
    nuts: str
    nuts3: str
    kind: str
    meaning: str
    table: str
    line: int


def region_of(place: str) -> tuple[str, str] | None:
    """The region of a place and its NUTS-2 code; the code is empty outside the five regions.

    `region_of("8000 Aarhus C") == ("Midtjylland", "DK04")`; `region_of("Malmø") == ("Udlandet", "")`. None when no
    table knows the place, when it lies in several regions ("Jylland") or names several ("Aarhus og Odense").
    """
    found = explain_place(place)
    regions = {area.region for area in found}
    if len(regions) != 1 or regions == {""}:
        return None
    return found[0].region, found[0].nuts


@lru_cache(maxsize=20_000)
def explain_place(place: str) -> tuple[Area, ...]:
    """The lines that a place's words were found in, those that decide; empty when none was.

    A line without a region stands back where another names a Danish one: "Aarhus, Danmark" is Aarhus, while "Danmark
    og Norge" stays both. A postcode decides over the town beside it, since towns share names; a town over the area
    beside it, since areas are drawn loosely.
    """
    folded = fold(_ELIDED.sub(r"\1\2", place))
    found = [area for place in _JOINED.split(f" {folded} ") for area in _exact(place)]
    coded = [area for code in _POSTCODE.findall(folded) if (area := _by_code(int(code))) is not None]
    if coded and not any(area.region == _ABROAD for area in found):
        return tuple(coded)
    danish = [area for area in found if area.nuts]
    if danish and not any(area.region and not area.nuts for area in found):
        return tuple(danish)
    return tuple(found)


def _exact(text: str) -> list[Area]:
    """The places that a text names, without the areas beside a town."""
    found = [area for part in _PART.split(text) for area in _named(part)]
    towns = [area for area in found if area.nuts and area.kind != "area"]
    return towns + [area for area in found if not area.nuts] if towns else found


def _named(part: str) -> list[Area]:
    """The places that a part of a text names: at each word the longest that a line has."""
    words = _WORD.findall(_key(part))
    places = _places()
    found: list[Area] = []
    position = 0
    while position < len(words):
        for length in range(min(_LONGEST, len(words) - position), 0, -1):
            area = _spelled(words[position : position + length], places)
            if area is not None:
                found.append(area)
                position += length
                break
        else:
            position += 1
    return found


def _spelled(words: list[str], places: dict[str, Area]) -> Area | None:
    """The line of these words as they stand, without an ending ("aarhusområdet"), or with "oe" read as ø."""
    spelling = " ".join(words)
    if (area := places.get(spelling)) is not None:
        return area
    for ending in _ENDINGS:
        bare = spelling.removesuffix(ending).rstrip()
        if bare != spelling and len(bare) > 1 and (area := places.get(bare)) is not None:
            return area
    typed = spelling.replace("oe", "ø").replace("ae", "æ")
    return places.get(typed) if typed != spelling else None


def _key(text: str) -> str:
    """How a place is compared: folded, å as aa, full stops off, hyphens as blanks."""
    return " ".join(fold(text).replace("å", "aa").replace(".", "").replace("-", " ").split())


def _by_code(code: int) -> Area | None:
    """The narrowest range that holds a postcode."""
    holding = [(end - start, area) for start, end, area in _postcodes() if start <= code <= end]
    return min(holding, key=lambda held: held[0])[1] if holding else None


@cache
def _places() -> dict[str, Area]:
    return {_key(area.place): area for area in map(_area_of_town, tables.lines("places"))}


@cache
def _postcodes() -> tuple[tuple[int, int, Area], ...]:
    lines = tables.lines("postcodes")
    for line in lines:
        if not (line.cells["from"].isdigit() and line.cells["to"].isdigit()):
            raise NavnenytError(f"db/tables/postcodes.tsv, line {line.number}: `from` and `to` must be numbers")
    return tuple(
        (
            int(line.cells["from"]),
            int(line.cells["to"]),
            _area(line, "postcodes", f"{line.cells['from']}-{line.cells['to']}"),
        )
        for line in lines
    )


def _area_of_town(line: tables.Line) -> Area:
    return _area(line, "places", line.cells["place"])


def _area(line: tables.Line, table: str, place: str) -> Area:
    region, nuts, nuts3 = (line.cells[name].removeprefix("-") for name in ("region", "nuts", "nuts3"))
    if region and region not in REGIONS:
        raise NavnenytError(
            f"db/tables/{table}.tsv, line {line.number}: `region` must be `-` or one of {', '.join(REGIONS)}"
        )
    kind = line.cells.get("kind", "postcode")
    return Area(place, region, nuts, nuts3, kind, line.cells["meaning"], table, line.number)
