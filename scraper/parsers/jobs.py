"""Blocks of a page to job ads: triples of short blocks, company / title / region, that stand without any heading.

A region of the table anchors a triple; its neighbours in steps of three are ads too when their last block can be a
region. What looks alike is told apart by its words: event cards, advertorials, signatures, lists of articles.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Sequence

from scraper.legal_forms import AT_END
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.places import PLACES, place_at, places_at
from scraper.parsers.danish.regions import (
    EVENT_MARKS,
    EVENT_WORDS,
    FACT_LABELS,
    JOB_REGIONS,
    LOOSE_REGIONS,
    NOT_JOB_WORDS,
    REGION_SHAPE,
    SIGNATURE_WORDS,
    WRITERS,
    is_people_heading,
)
from scraper.parsers.danish.roles import is_title
from scraper.parsers.jobposting import written_out
from scraper.parsers.lines import Line
from scraper.records import JobAd

MAX_COMPANY = (9, 90)
MAX_TITLE = (20, 180)
MAX_REGION = (6, 60)
"""The most words and characters of each part; a title is up to 12 words long on the pages seen."""

LONGEST_AD = 400
"""Characters of a line that holds a whole ad."""

_REGION_ENDS = tuple(JOB_REGIONS)
_LONGEST_REGION = max(map(len, JOB_REGIONS))
_SEPARATORS = (" | ", " · ", " • ", " – ", " - ")
_BAR = re.compile(" [|·•–-] ")
_JOINED = re.compile("[,/&]| og | eller ")
_JOINER = re.compile(r"\s{0,5}[,/]\s{0,5}|\s{1,5}(?:og|&|eller)\s{1,5}")
_POSTCODE = re.compile(r"^(?:DK-)?\d{4} ")
_ADDRESS = re.compile(
    r"\b\d{4} [A-ZÆØÅ]|^[A-ZÆØÅ][\w. ]+ \d{1,3}[A-Z]?(?:,|$)|@|\bwww\.|\bhttps?:|\btlf\b", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<!\bA/S)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)(?<!\.[VAS])(?<!m\.b\.A)[.!?:]$")
_PERSON_END = re.compile(r"(?:sen|gaard|[A-ZÆØÅ]\.)$")
_DEADLINE = re.compile(r"frist|ansøg|indrykket|opslået|publiceret", re.IGNORECASE)


def is_region(text: str, *, loose: bool = False) -> bool:
    """Whether a text is a region of the table or several of them; with `loose` a town or a country will do."""
    if not text or len(text) > MAX_REGION[1]:
        return False
    folded = text.casefold()
    if folded in JOB_REGIONS:
        return loose or folded not in LOOSE_REGIONS
    if _JOINED.search(folded) and all(part in JOB_REGIONS for part in _JOINER.split(folded)):
        return True
    if not loose or not _short(text, MAX_REGION) or text[0].islower():
        return False
    bare = _without_postcode(text)
    place = places_at(bare, 0, guess=True) or place_at(bare, 0, guess=True)
    return place is not None and len(bare) - place[1] <= 3


def _without_postcode(text: str) -> str:
    return _POSTCODE.sub("", text) if text[:1].isdigit() or text.startswith("DK-") else text


def _short(text: str, most: tuple[int, int]) -> bool:
    return 0 < len(text) <= most[1] and text.count(" ") < most[0]


def _is_furniture(text: str) -> bool:
    return bool(
        not text
        or NOT_JOB_WORDS.search(text)
        or EVENT_WORDS.search(text)
        or " | " in text
        or is_label(text)
        or is_people_heading(text)
    )


def _can_be_company(text: str) -> bool:
    return (
        _short(text, MAX_COMPANY)
        and not _is_furniture(text)
        and not _SENTENCE_END.search(text)
        and any(letter.isalpha() for letter in text)
        and (text not in PLACES or text.startswith("Region "))
        and not _ADDRESS.search(text)
    )


def _can_be_title(text: str) -> bool:
    return (
        _short(text, MAX_TITLE)
        and not _is_furniture(text)
        and not is_region(text)
        and text not in PLACES
        and text.casefold() not in LOOSE_REGIONS
        and text.rstrip(" :.").casefold() not in FACT_LABELS
        and not (text.count(" ") < 4 and AT_END.search(text) and not _names_title(text))
        and not _ADDRESS.search(text)
        and any(letter.isalpha() for letter in text)
        and not EVENT_MARKS.search(text)
    )


def _can_be_region(text: str) -> bool:
    """Whether a text could be a region that no table has."""
    return (
        _short(text, MAX_REGION)
        and text[0].isupper()
        and text.count(" ") < 4
        and not any(letter.isdigit() for letter in text)
        and not _SENTENCE_END.search(text)
        and not _is_furniture(text)
        and text.casefold() not in FACT_LABELS
        and not AT_END.search(text)
        and not _names_title(text)
    )


def _names_title(text: str) -> bool:
    return any(is_title(word) for word in re.split(r"[^\w.'-]+", text) if word)


def _is_person(text: str) -> bool:
    """Whether a text can be the name of a person and nothing else."""
    return _PERSON_END.search(text) is not None or (" " in text and person_at(text, 0) == (0, len(text)))


def _opens_signature(text: str) -> bool:
    """Whether who signs is told in the lines below: not where one line says it all, "(Foto: Bo Lind)"."""
    return SIGNATURE_WORDS.search(text) is not None and "," not in text and not text.endswith(")")


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
        for at, line in enumerate(self._lines):
            if not 0 < len(line.text) <= MAX_REGION[1]:
                continue
            if is_region(line.text):
                if not self._is_employer(at):
                    self._take(at - 2)
            elif _without_postcode(line.text) in PLACES or line.text.casefold() in LOOSE_REGIONS:
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
        if not _can_be_company(company) or not _can_be_title(title) or company in self._people:
            return False
        if is_region(company) and not company.startswith("Region "):
            return False
        after = self._text(start + 3)
        if is_region(after) and not after.startswith("Region ") and not _names_title(title):
            return False  # a list of regions
        before = [self._text(start - 1), self._text(start - 2)]
        if start - 1 not in self._used and (EVENT_WORDS.search(before[0]) or _opens_signature(before[0])):
            return False
        if _opens_signature(before[1]) and not self._used & {start - 1, start - 2}:
            return False
        if WRITERS.search(title) and not AT_END.search(company) and _is_person(company):
            return False
        for after in (self._text(start + 3), self._text(start + 4)):
            if not after or NOT_JOB_WORDS.search(after) or EVENT_WORDS.search(after) or is_people_heading(after):
                break
            if EVENT_MARKS.search(after) and len(after) < 80 and not _DEADLINE.search(after):
                return False
        return True

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
        fitting = [start for start in starts if self._fits(start) and _names_title(self._text(start + 1))]
        for start in fitting:
            beside = {start - 3, start + 3}
            if beside & self._starts or beside & set(fitting) or self._one_link(start):
                self._take(start)

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
        return _can_be_region(region) and (between or self._belongs(start, known, onward))

    def _belongs(self, start: int, known: int, onward: int) -> bool:
        """Whether three lines with an unknown last one belong to the ads beside them, by their links or their title."""
        if self._one_link(known):
            return self._one_link(start)
        past = self._text(start + 3) if onward > 0 else self._text(start - 1)
        return _names_title(self._text(start + 1)) and (_is_furniture(past) or len(past) > MAX_TITLE[1])


def _spread(lines: Sequence[Line], taken: Collection[int]) -> list[Line]:
    """The lines of a page, empty where something else was read, the ads that stand on one line taken apart."""
    apart = _ads_on_one_line(lines)
    spread: list[Line] = []
    for at, line in enumerate(lines):
        if at in taken:
            spread.append(Line(""))
            continue
        if spread and line.text and line.text == spread[-1].text and not line.text.startswith("Region "):
            continue  # a node that the page has twice in a row
        parts = apart.get(at, ())
        if len(line.parts) == 2 and not parts:
            follows = lines[at + 1].text if at + 1 < len(lines) else ""
            if is_region(follows) and _ends_before(spread[-1].text if spread else ""):
                parts = line.parts
        if parts:
            spread.extend(Line(part, line.heading, line.link) for part in parts)
        else:
            spread.append(line)
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
        if len(line.text) > LONGEST_AD or not (line.parts or _BAR.search(line.text)):
            continue
        if line.text[-_LONGEST_REGION:].casefold().endswith(_REGION_ENDS):
            parts = pieces(at)[1]
            if any(is_region(part) for part in parts[1:]):
                apart[at] = parts
    for at in list(apart):
        for step in (1, -1):
            beside = at + step
            while beside not in apart and len(pieces(beside)[1]) == 3 and pieces(beside)[0] == pieces(at)[0]:
                if not _can_be_region(pieces(beside)[1][2]):
                    break
                apart[beside] = pieces(beside)[1]
                beside += step
    return apart


def _pieces(line: Line) -> tuple[str, Sequence[str]]:
    """What stands apart on a line, and by which separator: its inline elements, or what bars or dashes part."""
    if len(line.text) > LONGEST_AD or line.parts:
        return "", line.parts
    for separator in _SEPARATORS:
        if separator in line.text and len(parts := line.text.split(separator)) == 3:
            return separator, parts
    return "", ()


def _ends_before(text: str) -> bool:
    """Whether a line cannot be the company of an ad that goes on with the next."""
    return _is_furniture(text) or is_region(text, loose=True) or len(text) > MAX_TITLE[1]


def _once(text: str) -> str:
    """A text without its repetition: "Udvikler Udvikler" is what a page with a doubled element shows."""
    half = len(text) // 2
    return text[:half] if text[half : half + 1] == " " and text[:half] == text[half + 1 :] else text


def find_job_ads(lines: Sequence[Line], *, taken: Collection[int] = (), people: Collection[str] = ()) -> list[JobAd]:
    """The job ads among the lines of a page, each once; `taken` are lines read already, `people` are no companies."""
    spread = _spread(lines, taken)
    found: dict[tuple[str, str, str], JobAd] = {}
    for start in _Finder(spread, people).find():
        triple = spread[start : start + 3]
        company, title, region = (_once(line.text) for line in triple)
        text, evidence = written_out({"company": company, "title": title, "region": region})
        key = (company.casefold(), title.casefold(), region.casefold())
        if key in found and found[key].url:
            continue
        found[key] = JobAd(
            company=company,
            title=title,
            region=region,
            url=next((line.link for line in (triple[1], triple[0], triple[2]) if line.link), None),
            text=text,
            evidence=evidence,
            rule="triple",
        )
    return list(found.values())


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
