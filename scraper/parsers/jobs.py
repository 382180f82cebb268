"""Blocks of a page to job ads: triples of short blocks, company / title / region, that stand without any heading.

A region of the table anchors a triple; its neighbours in steps of three are ads too when their last block can be a
region. What looks alike is told apart by its words: event cards, advertorials, signatures, lists of articles.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Mapping, Sequence

from scraper.legal_forms import AT_END
from scraper.parsers.ad_lines import spread_out
from scraper.parsers.ad_lists import find_listed_ads
from scraper.parsers.ad_pieces import Pieces
from scraper.parsers.ad_places import around, lines_with_regions
from scraper.parsers.ad_words import (
    MAX_REGION,
    MAX_TITLE,
    can_be_company,
    can_be_region,
    can_be_title,
    ends_ads,
    is_furniture,
    is_person,
    is_region,
    may_begin_place,
    names_title,
    opens_other,
    opens_signature,
    without_postcode,
)
from scraper.parsers.danish.ads import ASKS
from scraper.parsers.danish.places import PLACES
from scraper.parsers.danish.regions import (
    AREAS,
    EVENT_MARKS,
    EVENT_WORDS,
    LOOSE_REGIONS,
    REGION_SHAPE,
    WRITERS,
)
from scraper.parsers.events import Logo
from scraper.parsers.jobposting import written_out
from scraper.parsers.lines import Line
from scraper.parsers.openings import opens_like_form
from scraper.records import JobAd

__all__ = ["ad_from_feed_title", "find_job_ads", "is_region"]

_NEAR_REGION = 24
"""Lines before and after a region, eight ads of three, in which the triples beside its own are looked for."""
_DEADLINE = re.compile(r"frist|ansøg|indrykket|opslået|publiceret", re.IGNORECASE)


class _Finder:
    """Finds the triples among the lines of one page."""

    def __init__(self, lines: Sequence[Line], people: Collection[str]) -> None:
        self._lines = lines
        self._people = people
        self._used: set[int] = set()
        self._starts: set[int] = set()

    def find(self) -> list[int]:
        """Where each triple begins, in reading order."""
        loose: list[int] = []
        for at in [at for at, line in enumerate(self._lines) if line.text and may_begin_place(line.text)]:
            line = self._lines[at]
            if len(line.text) > MAX_REGION[1]:
                continue
            if line.text.casefold() in AREAS:
                loose.append(at - 2)
            elif is_region(line.text):
                if not self._is_employer(at):
                    self._take(at - 2)
            elif without_postcode(line.text) in PLACES or line.text.casefold() in LOOSE_REGIONS:
                loose.append(at - 2)
        self._take_loose(loose)
        self._grow()
        return sorted(self._starts)

    def _text(self, at: int) -> str:
        return self._lines[at].text if 0 <= at < len(self._lines) else ""

    def _is_employer(self, at: int) -> bool:
        """Whether a region stands where a company does: "Region Sjælland", a title, "Region Sjælland"."""
        return (
            self._text(at).startswith("Region ")
            and is_region(self._text(at + 2), loose=True)
            and not is_region(self._text(at + 1), loose=True)
        )

    def _fits(self, start: int) -> bool:
        """Whether the three lines from `start` can be an ad as far as their first two and what is around tell."""
        if start < 0 or start + 3 > len(self._lines) or self._used & {start, start + 1, start + 2}:
            return False
        company, title = self._text(start), self._text(start + 1)
        if not can_be_company(company) or not can_be_title(title) or company in self._people:
            return False
        if title.endswith(".") and title.count(" ") > 1 and not (names_title(title) or ASKS.search(title)):
            return False  # a sentence of an article
        if is_region(company) and not company.startswith("Region "):
            return False
        after = self._text(start + 3)
        if is_region(after) and not after.startswith("Region ") and not names_title(title):
            return False  # a list of regions
        before = [self._text(start - 1), self._text(start - 2)]
        if start - 1 not in self._used and (opens_other(before[0]) or opens_signature(before[0])):
            return False
        signed = "," in before[0]  # who signs is told in one line
        if opens_signature(before[1]) and not signed and not self._used & {start - 1, start - 2}:
            return False
        if WRITERS.search(title) and not AT_END.search(company) and is_person(company):
            return False
        for after in (self._text(start + 3), self._text(start + 4)):
            if ends_ads(after) or opens_like_form(after) or self._begins_event(start):
                break
            if EVENT_MARKS.search(after) and len(after) < 80 and not _DEADLINE.search(after):
                return False
        return True

    def _begins_event(self, start: int) -> bool:
        """Whether a day below an ad is that of an event card that begins with it: its title and place follow."""
        company, title, region, _, event, topic = (self._text(at) for at in range(start, start + 6))
        if not (is_region(region) or names_title(title) or AT_END.search(company)):
            return False
        return EVENT_WORDS.search(event) is not None or " | " in topic

    def _take(self, start: int) -> bool:
        if not self._fits(start):
            return False
        self._starts.add(start)
        self._used.update(range(start, start + 3))
        return True

    def _one_link(self, start: int) -> bool:
        links = {line.link for line in self._lines[start : start + 3]}
        return len(links) == 1 and None not in links

    def _take_loose(self, starts: list[int]) -> None:
        """Takes triples that end in a town or country, where the triples beside them or the title speak for them."""
        fitting = [start for start in starts if self._fits(start) and self._speaks(start)]
        for start in fitting:
            beside = {start - 3, start + 3}
            if beside & self._starts or beside & set(fitting) or self._one_link(start) or self._in_area(start):
                self._take(start)

    def _speaks(self, start: int) -> bool:
        """Whether the words of a triple are those of a job: its title, or a legal form above an area."""
        if names_title(self._text(start + 1)):
            return True
        return self._text(start + 2).casefold() in AREAS and AT_END.search(self._text(start)) is not None

    def _in_area(self, start: int) -> bool:
        return self._text(start + 2).casefold() in AREAS and not is_person(self._text(start))

    def _grow(self) -> None:
        """Takes the triples beside those that are known, whether their region is known or not, as far as they go on."""
        waiting = deque(sorted(self._starts))
        while waiting:
            known = waiting.popleft()
            for start, onward in ((known + 3, 3), (known - 3, -3)):
                if start not in self._starts and self._goes_on(start, known, onward) and self._take(start):
                    waiting.append(start)

    def _goes_on(self, start: int, known: int, onward: int) -> bool:
        region = self._text(start + 2)
        if not region or not self._fits(start):
            return False
        if is_region(region, loose=True) or REGION_SHAPE.fullmatch(region):
            return True
        between = start + onward in self._starts
        return can_be_region(region) and (between or self._belongs(start, known, onward))

    def _belongs(self, start: int, known: int, onward: int) -> bool:
        """Whether three lines with an unknown last one belong to the ads beside them, by their links or their title."""
        if self._one_link(known):
            return self._one_link(start)
        past = self._text(start + 3) if onward > 0 else self._text(start - 1)
        return names_title(self._text(start + 1)) and (is_furniture(past) or len(past) > MAX_TITLE[1])


def _once(text: str) -> str:
    """A text without its repetition: "Udvikler Udvikler" is what a page with a doubled element shows."""
    half = len(text) // 2
    return text[:half] if text[half : half + 1] == " " and text[:half] == text[half + 1 :] else text


def find_job_ads(
    lines: Sequence[Line],
    *,
    taken: Collection[int] = (),
    people: Collection[str] = (),
    logos: Sequence[Logo] = (),
    makes: Sequence[str] = (),
    properties: Mapping[int, str] | None = None,
) -> list[JobAd]:
    """The job ads among the lines of a page, each once; `taken` are lines read already, `people` are no companies.

    `logos` are the images of the page with what stands for them, in reading order; `makes` and `properties` tell what
    the elements are made as that the paths of the lines count.
    """
    found: dict[tuple[str, str, str], JobAd] = {}
    told = lines_with_regions(lines)
    listed, refused = find_listed_ads(
        Pieces(lines, told, taken=taken, logos=logos, makes=makes, properties=properties or {}), people
    )
    for ad in sorted(listed, key=lambda ad: min(ad.lines)):
        _add(found, (ad.company, ad.title, ad.region), ad.link, "list")
    used = {*taken, *refused, *(line for ad in listed for line in ad.lines)}
    for stretch in around((at for at in told if at not in used), _NEAR_REGION, len(lines)):
        shown = [Line("") if at in used else lines[at] for at in stretch]
        spread = spread_out(shown)
        for start in _Finder(spread, people).find():
            triple = spread[start : start + 3]
            link = next((line.link for line in (triple[1], triple[0], triple[2]) if line.link), None)
            _add(found, (triple[0].text, triple[1].text, triple[2].text), link, "triple")
    return list(found.values())


def _add(found: dict[tuple[str, str, str], JobAd], parts: tuple[str, str, str], link: str | None, rule: str) -> None:
    """Keeps an ad once, with its link if it stands somewhere with one."""
    company, title, region = map(_once, parts)
    key = (company.casefold(), title.casefold(), region.casefold())
    if key in found and found[key].url:
        return
    text, evidence = written_out({"company": company, "title": title, "region": region})
    found[key] = JobAd(company=company, title=title, region=region, url=link, text=text, evidence=evidence, rule=rule)


def ad_from_feed_title(title: str, url: str | None = None) -> JobAd | None:
    """The ad that an entry of a job board's feed announces, its title "Role, Company" split at the last comma."""
    role, comma, company = (part.strip() for part in title.rpartition(","))
    if not comma or not role or not company:
        return None
    text, evidence = title, {"title": (0, 0), "company": (0, 0)}
    start = text.index(role)
    end = text.rindex(company)
    evidence = {"title": (start, start + len(role)), "company": (end, end + len(company))}
    return JobAd(company=company, title=role, url=url, text=text, evidence=evidence, rule="feed_title")
