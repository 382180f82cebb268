"""Whether two names are one company, with the reason: a pure judgement that a person can read and overrule.

Two steps. A name is cut down to its core: what is left when legal form, branch, group and trade are off, written
together (`db.company_words` says which words those are). Names of one core are one company. So are names whose cores
differ by one slip of the finger in a long word, a name and its initials where there are four or more, and the short and
the long name of an organisation that everybody knows (`db.short_names`). All else
tells companies apart. Both steps are symmetric, so the order in which names are seen decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from db import short_names, tables
from db.company_words import (
    ALIKE_LETTERS,
    BEFORE,
    COMMON,
    GROUP,
    HOME,
    KEYBOARD,
    NORDIC,
    SAME_WORD,
    SMALL,
    SURNAME_ENDS,
    TRADE,
    WHOLE_IN_INITIALS,
)
from db.identity import company_key, fold
from scraper.legal_forms import AT_END, without_legal_form

_RULES = "2"
"""Goes up when a rule changes or one of `db.company_words`."""

_APOSTROPHES = re.compile(r"[’‘´`ʼ′']s?\b")
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_BRANCH_OF = re.compile(r",?\s+filial af\b.*$")
_TWO_NAMES = re.compile(r"\s*/\s*|\s+[-–]\s+")
_HALF_FORM = re.compile(r"\s+a/$")
_DOMAIN = re.compile(r"(?<=\w{4})\.(?:dk|com)$")
_WORD = re.compile(r"[^\W_]+(?:[+#]+(?!\w))?")
_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "&": " og "})
SHORTEST_INITIALS = 4
"""Letters from which initials alone tell a company: with three, too many firms share them."""
_SHORTEST_BASE = 3
_TWO = 2
_LONG_WORD = 7
_LONG_AMONG_OTHERS = 5
_OTHERS = 8
_NEIGHBOURS = frozenset(frozenset(pair) for row in KEYBOARD for pair in pairwise(row))
_VOWELS = frozenset("aeiouy")


@dataclass(frozen=True, slots=True)
class Core:
    """A name cut down. `words` are what is left; `also` are further cores that the name itself says are its own.

    `spelled` are all its words as they are written, before anything was cut.
    """

    words: tuple[str, ...]
    spelled: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The words written together."""
        return "".join(self.words)

    @property
    def keys(self) -> frozenset[str]:
        """All cores that lead to the company."""
        return frozenset({self.key, *self.also})


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two names are one company, why, and how alike they are spelled (0 to 1)."""

    same: bool
    score: float
    reason: str


def rules_version() -> str:
    """Changes with every rule and every line of the table of short names: known names are then judged anew."""
    return tables.version(rules=_RULES, names=(short_names.TABLE,))


@lru_cache(maxsize=50_000)
def core(name: str) -> Core:
    """The name without what does not tell companies apart. Never empty for a name that is not blank."""
    cut = _cut(name)
    houses = short_names.houses(_key_of)
    house = houses.get(cut.key)
    # Two letters that an organisation is well known by are no other's, whatever a text puts them beside.
    also = {short for short in cut.also if len(short) > _TWO or houses.get(short) in {None, house}}
    if house is not None and house != cut.key:
        also.add(house)
    return replace(cut, also=tuple(sorted(also)))


def said_initials(name: str) -> tuple[str, ...]:
    """The initials that a name gives beside what they stand for: `("kvb",)` of `Kvarnbo Virksomheds Beregning (KVB)`.

    Mostly none, at most one.
    """
    return _cut(name).also


def are_rivals(one: str, other: str) -> bool:
    """Whether two names of two companies give the same initials, so that the initials alone tell neither."""
    return not set(said_initials(one)).isdisjoint(said_initials(other)) and not judge(one, other).same


def _key_of(name: str) -> str:
    return _cut(name).key


@lru_cache(maxsize=50_000)
def _cut(name: str) -> Core:
    text = _BRANCH_OF.sub("", _APOSTROPHES.sub("", fold(name)))
    text, also = _asides(text)
    before, comma, rest = text.partition(",")
    if comma and (AT_END.search(before) or _describes(before, rest)):
        text = before
    text = _HALF_FORM.sub("", text)
    while (bare := without_legal_form(text.strip(" ,"))) != text:
        text = bare
    text = _DOMAIN.sub("", text)
    words, spelled = _words(text), _bare_words(text)
    cut: list[str] = []
    for first in range(min(len(words) - 1, 2), 0, -1):
        if (words[first - 1] == "the" or words[first - 1].endswith(BEFORE)) and not _common(words[first:]):
            cut, words = words[:first], words[first:]
            break
    while (shorter := _shorter(words)) is not None:
        cut += words[len(shorter) :]
        words = shorter
    if not words:
        words = [company_key(name)]
    return Core(tuple(words), tuple(spelled), tuple(cut), tuple(sorted(also)))


def _describes(before: str, rest: str) -> bool:
    """Whether what follows a comma only describes: words without `&`, by which a firm's partners are joined."""
    base = _words(before)
    return len(_words(rest)) > 1 and "&" not in rest and len("".join(base)) >= _SHORTEST_BASE and not _common(base)


def _asides(text: str) -> tuple[str, set[str]]:
    """The text without what only repeats it: its initials, or what initials stand for. Also the initials as a core."""
    for found in (_ASIDE.search(text), _TWO_NAMES.search(text)):
        if found is None:
            continue
        if found.re is _ASIDE:
            base, aside = (text[: found.start()] + " " + text[found.end() :]).strip(" ,"), found[1]
        else:
            base, aside = text[: found.start()], text[found.end() :]
        mine, others = _words(without_legal_form(base)), _words(without_legal_form(aside))
        for long, short, shown in ((mine, others, base), (others, mine, aside)):
            if len(short) == 1 and _stands_for(short[0], long, in_brackets=found.re is _ASIDE):
                return shown, {short[0]}
        if found.re is _TWO_NAMES and "/" not in found[0] and len(mine) == 1 and _describes(base, aside):
            return base, set()
    return _ASIDE.sub(r" \1 ", text), set()


def _stands_for(short: str, long: list[str], *, in_brackets: bool) -> bool:
    """Whether initials are those of a name beside them; two letters only in brackets, as `Bluegrane & Tinde (BT)`."""
    if len(short) >= _SHORTEST_BASE:
        return short in initials(long)
    told = [word for word in long if word not in SMALL]
    return in_brackets and len(short) == _TWO and short == "".join(word[0] for word in told)


def _bare_words(text: str) -> list[str]:
    return _WORD.findall(text.replace(".", "").translate(_LETTERS))


def _words(text: str) -> list[str]:
    """The words, each in its one spelling and without the s that ends it: a possessive, a plural."""
    return [SAME_WORD.get(word, word) for word in map(_without_s, _bare_words(text))]


def _without_s(word: str) -> str:
    return word[:-1] if len(word) >= _LONG_AMONG_OTHERS and word[-1] == "s" and word[-2] != "s" else word


def initials(words: Sequence[str]) -> frozenset[str]:
    """What a name of three or more words may be called by its initials; empty for shorter ones."""
    told = [word for word in words if word not in SMALL]
    found = set()
    for counted in (told, list(words)):
        if len(counted) > 2:
            found.add("".join(word[0] for word in counted))
            found.add("".join(word if word in WHOLE_IN_INITIALS else word[0] for word in counted))
    return frozenset(found)


def _shorter(words: list[str]) -> list[str] | None:
    """The words without the last one where that says nothing; None where nothing more can go."""
    if len(words) < 2:
        return None
    last, base = words[-1], words[:-1]
    if last in HOME | GROUP | NORDIC and base[-1] in {"i", "og"}:
        base = base[:-1]
    if not base or (_common(base) and not (last in GROUP and len(base) > 1)):
        return None
    long_enough = len("".join(base)) >= _SHORTEST_BASE
    if last in HOME | TRADE or (long_enough and last in GROUP | NORDIC):
        return base
    return base if last == "co" and words[-2] == "og" else None


def _common(words: list[str]) -> bool:
    return all(word in COMMON for word in words)


def judge(one: str, other: str) -> Judgement:
    """Whether two names are one company. `judge(a, b)` and `judge(b, a)` say the same."""
    first, second = sorted((one, other))
    score = round(fuzz.ratio(company_key(first), company_key(second)) / 100, 3)
    if company_key(first) == company_key(second):
        return Judgement(same=True, score=1.0, reason="the same but for legal form, case and punctuation")
    a, b = core(first), core(second)
    if a.key == b.key:
        return Judgement(same=True, score=score, reason=_why_same(a, b))
    if shared := _shared(a, b, first, second):
        return Judgement(same=True, score=score, reason=_why_shared(min(shared), first, second))
    if slip := _slip(a, b):
        return Judgement(same=True, score=score, reason=f"a slip of the finger: '{slip[0]}' and '{slip[1]}'")
    for short, long in ((a, b), (b, a)):
        if len(short.words) == 1 and len(short.key) >= SHORTEST_INITIALS and short.key in initials(long.words):
            return Judgement(
                same=True, score=score, reason=f"'{short.key}' are the initials of '{' '.join(long.words)}'"
            )
    return Judgement(same=False, score=score, reason=_why_different(a, b))


def _shared(a: Core, b: Core, first: str, second: str) -> set[str]:
    """The keys that lead from both names to one company: not initials that both give beside other words."""
    shared = set(a.keys & b.keys)
    if shared and short_names.houses(_key_of).get(a.key, a.key) != short_names.houses(_key_of).get(b.key, b.key):
        shared -= set(said_initials(first)) & set(said_initials(second))
    return shared


def _why_shared(key: str, first: str, second: str) -> str:
    known = short_names.houses(_key_of)
    if key in known and {known.get(core(name).key) for name in (first, second)} == {key}:
        return f"'{key}' is what it is commonly known by"
    spelled = next(name for name in (first, second) if key in said_initials(name))
    return f"said so by an announcement: '{key}' is given as the initials in '{spelled}'"


def _why_same(a: Core, b: Core) -> str:
    extra = sorted(set(a.cut) ^ set(b.cut)) or sorted({*a.cut, *b.cut})
    reasons = (
        (HOME, "the Danish branch"),
        (GROUP, "the whole house"),
        (NORDIC, "the branch for the Nordic countries"),
        (TRADE, "the trade in the long form of the name"),
    )
    said = [f"'{word}' is {what}" for word in extra for table, what in reasons if word in table]
    said += [f"'{word}' only says what it is" for word in extra if word.endswith(BEFORE) or word in {"the", "co"}]
    if a.words != b.words:
        said.append("written together or apart")
    return "; ".join(said) or "the same but for spelling"


def _why_different(a: Core, b: Core) -> str:
    mine, others = [word for word in a.words if word not in b.words], [word for word in b.words if word not in a.words]
    if mine and others:
        return f"'{' '.join(mine)}' is not '{' '.join(others)}'"
    extra = " ".join(mine or others)
    return f"'{extra}' tells them apart" if extra else "the words stand in another order"


def _slip(a: Core, b: Core) -> tuple[str, str] | None:
    """The two words in which the names differ by one slip of the finger, if that is all they differ in."""
    found = _slip_in(a.words, b.words) or _slip_in(a.spelled, b.spelled)
    return found if found or len(a.words) == len(b.words) else _slip_in((a.key,), (b.key,))


def _slip_in(mine: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, str] | None:
    pairs = list(zip(mine, others, strict=False))
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    if len(mine) != len(others) or len(apart) != 1:
        return None
    rest = [word for word, other in pairs if word == other]
    one, other = apart[0]
    shortest = _LONG_AMONG_OTHERS if rest and len("".join(rest)) >= _OTHERS else _LONG_WORD
    return (one, other) if _slipped(one, other, shortest) else None


def _slipped(one: str, other: str, shortest: int) -> bool:
    """Whether one word is the other with a letter doubled, dropped, swapped with the next or hit beside its key."""
    if max(len(one), len(other)) < shortest or one[0] != other[0] or OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    if any(char.isdigit() for char in one + other) or one.endswith(SURNAME_ENDS) or other.endswith(SURNAME_ENDS):
        return False
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    longer = max(one, other, key=len)
    if start == len(longer) - 1:
        # The last letter is where made-up names differ; but a finger may hit two keys at once.
        return len(one) != len(other) and frozenset(longer[-2:]) in _NEIGHBOURS and len(longer) > _LONG_WORD
    if len(one) != len(other):
        return True
    if one[start + 1 :] != other[start + 1 :]:
        return True  # two letters swapped
    hit = frozenset({one[start], other[start]})
    return hit in ALIKE_LETTERS or (hit in _NEIGHBOURS and not hit <= _VOWELS)
