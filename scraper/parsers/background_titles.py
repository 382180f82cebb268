"""Titles of former posts: where one begins behind "som", and where the words that date or list it end it.

A title is read as `danish.roles` reads any; a past adds what stands behind it: "senest", "og siden", "for firmaer".
"""

from __future__ import annotations

import re

from scraper.parsers.danish.education import is_degree
from scraper.parsers.danish.roles import is_title, role_at
from scraper.records import Span

_AMONG = re.compile(r"(?:blandt andet|bl\. ?a\.|henholdsvis|både|hhv\.) ")
_DATED = re.compile(
    r",? (?:senest|tidligere|siden|nu|før|herunder|hvoraf|(?:(?:i|gennem|igennem) )?(?:de|det) (?:sidste|seneste))\b"
)
_SEVERAL = re.compile(r"(?P<first>[\w-]{4,30}), [\w-]{4,30}(?:, [\w-]{4,30}){0,3} og [\w -]{4,30}$")
"""Three titles or more, one word each but the last: posts held one after another, the first of which counts."""
_OFTEN = re.compile(
    r" (?:for|af|i|på)(?: (?:(?:blandt|bl\.a\.|en række|flere|forskellige|kunder)\b|"
    r"(?:[a-zæøå]{2,20} )?[a-zæøå-]{0,20}(?:bureauer|virksomheder|firmaer|selskaber|organisationer)$).{0,200})?$"
)
_GOES_ON = re.compile(
    r" (?:og|samt) (?:stået|været|haft|arbejdet|fungeret|drevet|ledet|bestridt|siden|"
    r"senere|efterfølgende|derefter|ansat|beskæftiget|i|fortsætter|bringer|bidrager|"
    r"medbringer|indgår|står|får|skal)\b"
)
_BREAKERS = frozenset(
    "senest tidligere siden nu før herunder hvoraf de det i gennem igennem sidste seneste for af på og samt".split()
)
"""Words without which nothing breaks a title off, so that no pattern for it need be tried."""
_NO_TITLE_START = frozenset(
    "har han hun er var været arbejdet arbejder arbejdede de det kommer med til at hvor ansat".split()
)


def role_span(text: str, position: int, end: int, *, sure: bool, among_others: bool = False) -> tuple[Span, int] | None:
    """The title at `position` and where its words end; unless `sure`, only words that look like a title.

    `among_others`: of several titles joined by "og" only the first is meant.
    """
    among = _AMONG.match(text, position)
    span = role_at(text, among.end() if among else position)
    if span is None or span[0] >= end:
        return None
    start, stop = span[0], min(span[1], end)
    plain = _BREAKERS.isdisjoint(text[start:stop].split(" "))
    dated = None if plain else _DATED.search(text, start, stop)
    if dated:
        stop = dated.start()
    often = None if plain else _OFTEN.search(text, start, stop)
    if often:
        dated = often
        stop = often.start()
    several = _SEVERAL.match(text[start:stop]) if text.find(", ", start, stop) > 0 else None
    if several and is_title(several.group("first")):
        dated, stop = several, start + several.end("first")
    next_house = text.rfind(" og ", start, stop) if text.startswith(" som ", stop) else -1
    if next_house > start and text[next_house + 4].isupper():
        dated, stop = re.match(" og ", text[next_house:]), next_house
    value = text[start:stop]
    if (among_others or (among and among.group().startswith(("blandt", "bl")))) and " og " in value:
        stop = start + value.index(" og ")
        value = text[start:stop]
    if not sure:
        core = value.split(" for ", 1)[0].split(" of ", 1)[0]
        if not (core.endswith(" lead") or any(is_title(word) for word in core.replace("/", " ").split())):
            return None
    if value.split(" ", 1)[0] in _NO_TITLE_START:
        return None
    if (value.split(" ", 1)[0] in {"led", "selvstændig"} and " " not in value) or value.startswith(
        ("del af ", "led i ")
    ):
        return None
    if (often and value == "ansvarlig") or is_degree(text, start, stop):
        return None
    goes_on = None if plain else _GOES_ON.search(text, start, stop)
    if goes_on:
        dated, stop = goes_on, goes_on.start()
    while text.endswith((" og", " samt", ",", " -"), start, stop):
        stop = text.rfind(" ", start, stop) if text[stop - 1] != "," else stop - 1
    return ((start, stop), stop if dated else min(span[1], end)) if stop > start else None
