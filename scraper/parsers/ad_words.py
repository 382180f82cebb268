"""What the three parts of a job ad look like, each by itself: company, title, region; and what is none of them."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from scraper.legal_forms import AT_END
from scraper.parsers.danish.labels import is_label
from scraper.parsers.danish.names import person_at
from scraper.parsers.danish.places import PLACES, place_at, places_at
from scraper.parsers.danish.regions import (
    AREAS,
    DIRECTORIES,
    EVENT_BUTTONS,
    EVENT_MARKS,
    EVENT_WORDS,
    FACT_LABELS,
    JOB_REGIONS,
    LOOSE_REGIONS,
    NOT_JOB_WORDS,
    SIGNATURE_WORDS,
    is_people_heading,
)
from scraper.parsers.danish.roles import is_title

MAX_COMPANY = (9, 90)
MAX_TITLE = (20, 180)
MAX_REGION = (6, 60)
"""The most words and characters of each part; a title is up to 12 words long on the pages seen."""

_JOINED = re.compile("[,/&]| og | eller ")
_JOINER = re.compile(r"\s{0,5}[,/]\s{0,5}|\s{1,5}(?:og|&|eller)\s{1,5}")
_POSTCODE = re.compile(r"^(?:DK-)?\d{4} ")
_STREETS = (
    "vej|gade|gaden|vejen|all[eé]|boulevard|bro|brygge|kaj|plads|park|parken|stræde|torv|torvet|vænge|have|havn|holm"
    "|bakke|bakken|strand|sti|stien|port|ring|ringen|gård|skov|mark|dal|toft|led|broen|kajen|engen|lund"
)
"""How the names of streets end: "Silo 9" is a firm."""
ADDRESS = re.compile(
    rf"\b\d{{4}} [A-ZÆØÅ]|^[A-ZÆØÅ][\w. ]*(?:{_STREETS}) \d{{1,3}}[A-Z]?(?:,|$)|^[A-ZÆØÅ][\w. ]+ \d{{1,3}}[A-Z]?,"
    r"|@|\bwww\.|\bhttps?:|\btlf\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\bA/S)(?<!\bInc)(?<!\bLtd)(?<!\bCorp)(?<!\bCo)(?<!\.[VAS])(?<!m\.b\.[Aa])[.!?:]$")
_PERSON_END = re.compile(r"(?:sen|gaard|[A-ZÆØÅ]\.)$")
ORGANISATION = re.compile(
    r" (?:Kommune|Region|Universitet|Gymnasium|Hospital|Energi|Forsyning|Bank|Sparekasse|Forsikring|Pension|Fonden"
    r"|Group|Gruppen|Koncernen|Holding|Invest|Software|Systems?|Systemer|Solutions?|Consulting|Technolog(?:y|ies)|Tech|Media"
    r"|Digital|Data|Networks?|Labs?|Nordic|Danmark|Denmark|Scandinavia|International|Partners?|Services?)$"
    r"|^Region |^[A-ZÆØÅ]\w{1,40}(?:selskabet|styrelsen|ministeriet|departementet|direktoratet|forbundet|fonden|banken"
    r"|foreningen|gruppen|cent(?:e)?ret|værket|instituttet|myndigheden|nævnet|rådet|huset|fabrikken)\b"
    r"|(?:^| )(?:[A-ZÆØÅ]{2,}(?: |$)|(?!Mc|Mac)[A-ZÆØÅ][a-zæøå]+[A-ZÆØÅ])"
)
"""Words that end or begin the name of an organisation, and capitals that no person's name has."""
_BEGINNINGS = frozenset(name[:3].casefold() for name in (*JOB_REGIONS, *LOOSE_REGIONS, *PLACES, "DK-"))
"""The first letters of all regions and towns, and of post codes."""
_SIGNS = frozenset({"So", "Sk", "Mn", "Cf"})
"""Categories of Unicode that pins, stars and arrows belong to, and what colours them."""

_BRACKETS = {"(": ")", "[": "]"}
_OF_NAMES = "°®™©"
"""Signs that names have."""


def without_signs(text: str) -> str:
    """A text without the signs before and after it: "📍 Midtjylland" is Midtjylland."""
    if text.isascii() or ((text[0].isalnum() or text[0].isascii()) and (text[-1].isalnum() or text[-1].isascii())):
        return text
    start, end = 0, len(text)
    while start < end and (text[start] == " " or (category(text[start]) in _SIGNS and text[start] not in _OF_NAMES)):
        start += 1
    while end > start and (
        text[end - 1] == " " or (category(text[end - 1]) in _SIGNS and text[end - 1] not in _OF_NAMES)
    ):
        end -= 1
    return text[start:end]


def bare(text: str) -> str:
    """A text without pins, stars and arrows around it, and without brackets around the whole."""
    text = without_signs(text)
    if text[:1] in _BRACKETS and text.endswith(_BRACKETS[text[0]]) and text.count(text[0]) == 1:
        text = text[1:-1].strip()
    return text


def may_begin_place(text: str) -> bool:
    """Whether a text begins as a region or a town does: all but a few of a page's lines do not."""
    return text[:3].casefold() in _BEGINNINGS or not text[:1].isalpha()


def is_region(text: str, *, loose: bool = False) -> bool:
    """Whether a text is a region of the table or several of them; with `loose` a town or a country will do."""
    if not (loose or may_begin_place(text)):
        return False
    text = without_signs(text)
    return 0 < len(text) <= MAX_REGION[1] and _is_region(text, loose)


@lru_cache(maxsize=4096)
def _is_region(text: str, loose: bool) -> bool:
    """As `is_region`, of a short text; several rooms ask it of the same lines."""
    folded = text.casefold()
    if folded in JOB_REGIONS:
        return loose or folded not in LOOSE_REGIONS or folded in AREAS
    if _JOINED.search(folded) and all(part in JOB_REGIONS for part in _JOINER.split(folded)):
        return True
    if not loose or not _short(text, MAX_REGION) or text[0].islower():
        return False
    bare = without_postcode(text)
    place = places_at(bare, 0, guess=True) or place_at(bare, 0, guess=True)
    return place is not None and len(bare) - place[1] <= 3


def without_postcode(text: str) -> str:
    """A text without the post code before its town."""
    return _POSTCODE.sub("", text) if text[:1].isdigit() or text.startswith("DK-") else text


def _short(text: str, most: tuple[int, int]) -> bool:
    return 0 < len(text) <= most[1] and text.count(" ") < most[0]


def is_furniture(text: str) -> bool:
    """Whether a text belongs to the page around the ads, or heads another part of it."""
    return bool(
        not text
        or NOT_JOB_WORDS.search(text)
        or EVENT_WORDS.search(text)
        or " | " in text
        or is_label(text)
        or is_people_heading(text)
    )


def can_be_company(text: str) -> bool:
    """Whether a text could be the employer of an ad."""
    return (
        _short(text, MAX_COMPANY)
        and not is_furniture(text)
        and (not _SENTENCE_END.search(text) or _is_one_word(text))
        and any(letter.isalpha() for letter in text)
        and ((text not in PLACES and text.casefold() not in JOB_REGIONS) or text.startswith("Region "))
        and (AT_END.search(text) is not None or not ADDRESS.search(text))
    )


def _is_one_word(text: str) -> bool:
    """Whether a text is a name that is written with a full stop or an exclamation mark, and no sentence."""
    return " " not in text and text[-1] in ".!" and text[:-1].isalnum() and text[0].isupper()


def _has_bar_inside(text: str) -> bool:
    """Whether a text is a title with its field behind a bar, and not the topic and place of an event."""
    last = text.rpartition(" | ")[2]
    return " | " in text and names_title(text) and not is_region(last, loose=True) and not EVENT_MARKS.search(last)


def can_be_title(text: str) -> bool:
    """Whether a text could be the title of an ad."""
    return (
        _short(text, MAX_TITLE)
        and not is_furniture(text.replace(" | ", " ") if _has_bar_inside(text) else text)
        and not is_region(text)
        and text not in PLACES
        and text.casefold() not in LOOSE_REGIONS
        and text.rstrip(" :.").casefold() not in FACT_LABELS
        and not (text.count(" ") < 4 and AT_END.search(text) and not names_title(text))
        and not ADDRESS.search(text)
        and any(letter.isalpha() for letter in text)
        and not EVENT_MARKS.search(text)
    )


def can_be_region(text: str) -> bool:
    """Whether a text could be a region that no table has."""
    return (
        _short(text, MAX_REGION)
        and text[0].isupper()
        and text.count(" ") < 4
        and not any(letter.isdigit() for letter in text)
        and not _SENTENCE_END.search(text)
        and not is_furniture(text)
        and text.casefold() not in FACT_LABELS
        and not AT_END.search(text)
        and not names_title(text)
    )


@lru_cache(maxsize=1024)
def names_title(text: str) -> bool:
    """Whether one of the words of a text is the title of a job."""
    return any(is_title(word) for word in re.split(r"[^\w.'-]+", text) if word)


def is_person(text: str) -> bool:
    """Whether a text can be the name of a person and nothing else."""
    if ORGANISATION.search(text):
        return False
    return _PERSON_END.search(text) is not None or (" " in text and person_at(text, 0) == (0, len(text)))


def opens_other(text: str) -> bool:
    """Whether what stands below a text is of another part of the page: an event, a firm of a directory."""
    return (EVENT_WORDS.search(text) is not None and not EVENT_BUTTONS.fullmatch(text)) or bool(
        DIRECTORIES.fullmatch(text)
    )


def ends_ads(text: str) -> bool:
    """Whether a text heads or begins another part of the page than ads."""
    return (
        not text
        or NOT_JOB_WORDS.search(text) is not None
        or EVENT_WORDS.search(text) is not None
        or is_people_heading(text)
        or is_label(text)
    )


def opens_signature(text: str) -> bool:
    """Whether who signs is told in the lines below: not where one line says it all, "(Foto: Bo Lind)"."""
    return SIGNATURE_WORDS.search(text) is not None and "," not in text and not text.endswith(")")
