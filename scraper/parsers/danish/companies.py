"""Companies and other organisations: where their names begin and end in running Danish.

A name is the longest run of proper words; what stands before it ("it-firmaet", "den danske kæde") describes it and is
no part of it; a genitive ends it ("Granits kontor"). `read_company` also tells whether the name owns what follows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from scraper.parsers.danish.careers import finite_verbs
from scraper.parsers.danish.company_words import (
    COUNTRIES_OWNING,
    NAME_HEADS,
    NAMES_IN_S,
    PLURALS,
    SMALL_NAMES,
    STOP_WORDS,
    UNIT_NOUNS,
)
from scraper.parsers.danish.descriptors import (
    DOTTED,
    END_PUNCTUATION,
    FORMS,
    LEGAL_NEXT,
    PROPER_AFTER,
    TOKEN,
    is_proper,
    low_form,
    skip_descriptor,
)
from scraper.parsers.danish.places import TOWNS, place_at
from scraper.parsers.danish.plain_names import HEADS, OFFICES, plain_name_at
from scraper.parsers.danish.text import MONTH_NAMES
from scraper.records import Span

_INNER = frozenset("of in the and & de la le di van von der for i af und et du".split())
_FOLLOWERS_OF_OG = frozenset("Co Co. Søn Sønner Partnere Partners Co., Søn, Sønner, Datter Døtre Company".split())

_GENITIVE_ENDS = "s'’"
_PAREN = re.compile(r" \([^()]{1,40}\)")
_UNIT_END = tuple(noun for noun in UNIT_NOUNS if len(noun) > 3)


_CLEAR_FORMS = FORMS - {"as"}
"""Legal forms that are no word of Danish."""


class Company(NamedTuple):
    """A company in running text: `span` its name, `end` where its phrase ends, `owner` whether it owns what follows."""

    span: Span
    end: int
    owner: bool = False
    town: Span | None = None


@lru_cache(maxsize=4096)
def _is_unit(piece: str) -> bool:
    """Whether a word is a unit noun: small, or the last part after a hyphen; "Group" at the end of a name is none."""
    last = piece.rsplit("-", 1)[-1]
    if last[:1].isupper() and last == piece:
        return last in {"Team", "Afdeling", "Teams", "Division", "Practice", "Practise", "Department", "Line"}
    low = last.lower()
    return low in UNIT_NOUNS or low.endswith(_UNIT_END)


def _genitive(text: str, piece: str, end: int) -> int | None:
    """How many characters of `piece`, which ends at `end`, are a genitive ending that owns the next words; or None."""
    if piece.endswith(("'s", "’s")):
        following = TOKEN.match(text, end + 1) if text.startswith(" ", end) else None
        return 2 if following is not None and following.group() not in STOP_WORDS else None
    if piece.endswith(("'", "’")):
        return 1 if text.startswith(" ", end) else None
    if not piece.endswith("s") or len(piece) < 3 or not text.startswith(" ", end):
        return None
    if piece.endswith(_BODIES_OWNING) and text[end + 1 : end + 2].isupper():
        return 1
    if piece in _NEVER_OWNING and text[end + 1 : end + 2].isupper():
        return None
    own = piece.endswith(("ss", "ius", "bus", "rus", "tus", "nus")) or piece in NAMES_IN_S
    position, seen = end + 1, 0
    while seen < 9:
        following = TOKEN.match(text, position)
        if following is None:
            return None
        word = following.group().rstrip(".!?")
        if not word:
            return None
        low = word.lower()
        if seen == 0 and low in _NEVER_OWNED:
            return None
        if _is_unit(word):
            if own and seen and (word[0].islower() or "-" in word):
                return None
            return (0 if own else 1) if seen or word[0].islower() or "-" in word else None
        if low in STOP_WORDS and low != "og":
            return None
        if seen == 0 and low in {"og", "and", "&"}:
            return None
        if seen == 0 and word == "Academy" and not own and _LOWER_NEXT.match(text, following.end()):
            return 1
        if word[0].islower() and not any(c.isupper() for c in word):
            if seen == 0:
                return (
                    1 if not own and low not in FORMS and not _small_end(text, word, following.end(), piece) else None
                )
        elif word.endswith("s") and "-" not in word and _LOWER_NEXT.match(text, following.end()):
            return None
        if text[following.end() - 1] in END_PUNCTUATION:
            return None
        position = following.end()
        if text.startswith(", ", position) and LISTED_UNIT.match(text, position):
            position += 1
        if not text.startswith(" ", position):
            return None
        position += 1
        seen += 1
    return None


LISTED_UNIT = re.compile(
    r", [A-ZÆØÅ][\w-]{0,30}(?:(?: (?:&|og) [A-ZÆØÅ]\w{0,30})?-(?:team|afdeling|division|enhed)"
    r"|(?: (?:&|og|and|[A-ZÆØÅ]\w{0,30})){1,4} (?:Practise|Practice|Division|Department|Team))\b"
)
"""The end of a department named by a list: "Transport, Travel & Logistics-team"."""


def _joins(text: str, head: str, piece: str, position: int) -> bool:
    """Whether a small word inside a name is followed by more of the name."""
    following = TOKEN.match(text, position)
    if following is None:
        return False
    word = following.group()
    if piece == "og":
        if head in OFFICES and is_proper(word) and word[0].isupper():
            return True
        if word in _FOLLOWERS_OF_OG:
            return True
        after = TOKEN.match(text, following.end() + 1) if text.startswith(" ", following.end()) else None
        return after is not None and after.group().lower().rstrip(".") in FORMS and is_proper(word)
    if piece == "i" and place_at(text, position) is not None:
        return False
    if piece in {"for", "i", "af"}:
        named = head in NAME_HEADS or (piece == "for" and head.endswith("gruppen"))
        return named and (is_proper(word) or word in {"de", "den", "det"})
    if piece == "de" and head in NAME_HEADS:
        return True
    return piece in {"of", "in", "the", "and", "&", "la", "le", "di", "van", "von", "der", "und", "du"} and is_proper(
        word
    )


def read_company(text: str, start: int, *, strong: bool = True) -> Company | None:
    """As `find_company`, a town at the end of the name told apart."""
    plain = plain_name_at(text, start)
    company = Company(plain, plain[1]) if plain else find_company(text, start, strong=strong)
    return _without_town(text, company) if company else None


def find_company(  # noqa: PLR0915 - one walk over the words of a name, read from top to bottom
    text: str, start: int, *, strong: bool = True
) -> Company | None:
    """The company whose phrase begins at `start`, a descriptor before it skipped. None where no name stands there.

    `strong`: a word before it ("hos") says that an organisation follows, so that one small word may be its name.
    """
    first = TOKEN.match(text, start)
    begin = skip_descriptor(text, start, first) if first is not None else start
    match = first if begin == start else TOKEN.match(text, begin)
    if match is None:
        return None
    head = match.group()
    if head.isdigit() and _LOWER_NEXT.match(text, match.end()):
        following = TOKEN.match(text, match.end() + 1)
        if following is not None and following.group().rstrip(".,") not in STOP_WORDS:
            return None
    if not is_proper(head):
        bare = head.rstrip(END_PUNCTUATION)
        after = TOKEN.match(text, match.end() + 1)
        legal = after is not None and after.group().lower().rstrip(".") in FORMS
        common = bare.endswith(("er", "erne", "en", "et", "den", "ne")) or bare.lower() in STOP_WORDS
        branded = (
            strong and after is not None and is_proper(after.group()) and not common and begin == start and bare == head
        )
        alone = (
            strong
            and not common
            and len(bare) >= 3
            and begin == start
            and (bare != head or not text.startswith(" ", match.end()) or _AFTER_SMALL.match(text, match.end()))
        )
        office = len(bare) > 12 and bare.endswith(("styrelsen", "ministeriet", "direktoratet"))
        if not (office or bare.removesuffix("s") in SMALL_NAMES or bare in SMALL_NAMES or legal or alone or branded):
            return None
    shared = _SHARED_HOUSE.match(text, begin)
    if shared is not None:
        return Company((begin, shared.end()), shared.end())
    end = match.end()
    previous, previous_end = head, end
    while True:
        cut = _genitive(text, previous, previous_end) if previous[-1] in _GENITIVE_ENDS else None
        if cut is not None and previous_end == match.end() and head in PLURALS:
            cut = None
        if previous in COUNTRIES_OWNING and previous_end > match.end() and PROPER_AFTER.match(text, previous_end):
            cut = 1
        body = _BODY_OF_BODY.match(text, previous_end) if cut and previous.endswith(_BODIES_OWNING) else None
        if body is not None:
            return Company((begin, body.end()), body.end())
        if cut is not None and previous.lower().rstrip(".") not in _CLEAR_FORMS:
            return Company((begin, previous_end - cut), previous_end, owner=True)
        if previous[-1] in END_PUNCTUATION and not _goes_on_after_stop(text, previous, previous_end):
            end = previous_end if previous in DOTTED or _SHOUTS.match(text, previous_end - 1) else previous_end - 1
            if end - begin < 1:
                return None
            return Company((begin, end), end)
        end = previous_end
        paren = _PAREN.match(text, end) if text.startswith(" (", end) else None
        if paren is not None and LEGAL_NEXT.match(text, paren.end()):
            end = previous_end = paren.end()
        elif paren is not None and text[paren.start() + 2 : paren.end() - 1].isupper():
            return Company((begin, end), paren.end())
        if text.startswith(", ", end):
            following = TOKEN.match(text, end + 2)
            if following is None or following.group().lower().rstrip(".") not in FORMS:
                break
            previous, previous_end = following.group(), following.end()
            continue
        if not text.startswith(" ", end):
            break
        following = TOKEN.match(text, end + 1)
        if following is None:
            break
        piece = following.group()
        low = piece.lower()
        if (piece[0].isdigit() or low in {"og", "&"}) and low_form(previous) in FORMS:
            break
        if piece[0].isdigit() and _DAY.match(text, following.start()):
            break
        if low in STOP_WORDS or low in _INNER:
            if piece[0].isupper() and low not in MONTH_NAMES and piece not in {"Han", "Hun"}:
                pass
            elif not _joins(text, previous if low == "for" and previous in HEADS else head, low, following.end() + 1):
                break
        elif (
            not is_proper(piece)
            and low not in FORMS
            and not previous.endswith("-")
            and low not in {"gruppen", "koncernen"}
            and not (LEGAL_NEXT.match(text, following.end()) and piece.isalpha())
            and not _small_end(text, piece, following.end(), previous)
        ):
            break
        previous, previous_end = piece, following.end()
    if text[end - 1] == "-":
        return None
    return Company((begin, end), end)


def _small_end(text: str, piece: str, end: int, previous: str) -> bool:
    """Whether a small word ends the name, as in "Kom it": one that no clause goes on with stands before its end."""
    bare = piece.rstrip(".").removesuffix("'s").removesuffix("’s")
    if not bare.isalpha() or bare in STOP_WORDS or previous.lower().rstrip(".") in FORMS or len(bare) > 10:
        return False
    if bare in _SMALL_WORDS and previous[0].isupper():
        return True
    if bare in UNIT_NOUNS and bare not in _SMALL_WORDS:
        return False
    if bare != "it" and bare.endswith(("en", "et", "er", "ne", "e", "s", "t", "igt")) and bare not in _SMALL_WORDS:
        return False
    return text[end : end + 1] in {"", ",", "."} or bare != piece or _AFTER_NAME.match(text, end) is not None


_AFTER_SMALL = re.compile(
    r" (?:som (?!er |har |var )|i [A-ZÆØÅ]|med (?:titel|titlen|base|fokus|ansvar) |efter |den \d|\d{1,2}\. )"
)
"""What follows a small word that names a house, so that it cannot describe one: "hos gnist som it-chef"."""
_DAY = re.compile(rf"[0-3]?\d\. ?(?:{'|'.join(sorted(MONTH_NAMES))})\b")
"""A day that follows a name without a word between: "hos Granit 1. maj"."""
_NEVER_OWNING = frozenset("Business Access Process Wireless Success Services Sales".split())
"""Words of English names whose s never owns what follows: "Finance & Business Support"."""
_BODIES_OWNING = ("ministeriets", "styrelsens", "direktoratets", "forvaltningens", "politiets")
"""Public bodies in the genitive, which own what is named behind them: "Havministeriets Center for tang"."""
_BODY_OF_BODY = re.compile(
    r"(?: [A-ZÆØÅ][a-zæøå-]{1,30}(?:,| og)?){0,4} [A-ZÆØÅ][a-zæøå]{2,30}(?:styrelse|tjeneste|direktorat)(?=[ ,.;]|$)"
)
"""The body that another is named after, no unit of it: "Havministeriets Materiel og Indkøbsstyrelse"."""
_SHARED_HOUSE = re.compile(
    r"[A-ZÆØÅ][a-zæøå]{2,20} og [A-ZÆØÅ][a-zæøå]{2,20}nes [A-ZÆØÅ][a-zæøå]{4,30}(?: \([A-ZÆØÅ]{2,5}\))?(?=[ ,.;]|$)"
)
"""A house of two owners: "Byerne og Havnenes Indkøbsservice"."""
_SMALL_WORDS = frozenset(
    "partners group consulting it me change house engage home love one core move live share care line create".split()
)
_AFTER_NAME = re.compile(r" (?:som|i|på|og|har|hvor|med|der|til)(?![\w-])")


_SHOUTS = re.compile(r"!(?:,| (?:og|som|i|har)(?= ))")
"""A mark that belongs to a brand, since the sentence goes on: "Vupti!, Birk og Granit"."""
_NEVER_OWNED = finite_verbs() | {"bag"}
"""Words behind a name in s that no house owns: "hos Nobelis varetog hun"."""
_LOWER_NEXT = re.compile(r" [a-zæøå]")


def _goes_on_after_stop(text: str, piece: str, end: int) -> bool:
    """Whether a full stop at the end of `piece` is part of a name that goes on: "J. Holm", "Inc. Danmark"."""
    if piece[-1] != "." or not text.startswith(" ", end):
        return False
    if piece.lower() in FORMS or piece == "Co.":
        following = TOKEN.match(text, end + 1)
        return following is not None and following.group().lower().rstrip(".") in FORMS
    return (
        len(piece) == 2
        or (piece.isupper() and all(len(part) < 2 for part in piece.split(".")))
        or piece in {"Pvt.", "St.", "Dr.", "Sct.", "Chr.", "Kgs.", "Alm.", "Brdr.", "Gebr."}
    )


def _without_town(text: str, company: Company) -> Company:
    """A town at the end of the name tells where the branch is: "Granit Aarhus"."""
    start, end = company.span
    blank = text.rfind(" ", start, end)
    if blank < 0 or company.owner or text[blank + 1 : end] not in _BRANCH_TOWNS:
        return company
    before = text[start:blank]
    if before.endswith((" i", " of", " in", " for", "&", " og", ",")) or before in _TOWN_HEADS:
        return company
    return Company((start, blank), company.end, town=(blank + 1, end))


_FOREIGN = frozenset("Copenhagen London Paris Berlin Boston Chicago Lund Dublin Singapore Sydney York".split())
_BRANCH_TOWNS = TOWNS - _FOREIGN
_TOWN_HEADS = frozenset("Region Business University Havn By Erhverv Business Innovation Invest Visit Wonderful".split())
