"""What an announcement itself says of a company's names: `Kvarnbo Virksomheds Beregning (KVB)`.

The parser keeps one of the two. Here the name is found as the text spells it, with the aside, and is then one more
spelling of the company: `db.same_company` joins it with the long name and with the initials, and the decision shows the
spelling as its evidence. Only initials that fit the long name count; an aside may say anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.same_company import said_initials
from scraper.legal_forms import without_legal_form
from scraper.records import JobAd, Move

_ASIDE = re.compile(r"\s*\(([^()\n]{2,80})\)")
_SHORT = re.compile(r"[^\W\d_][\w&-]{1,7}")
_WORD = re.compile(r"\S+")
_MOST_WORDS = 9
"""Words of the longest name that is looked for before its initials."""


def said_by(records: Iterable[Move | JobAd]) -> list[str]:
    """The names with their initials beside them that the texts of these say of their companies, each once."""
    found: dict[str, None] = {}
    for record in records:
        for name in _companies(record) if "(" in record.text else ():
            found |= dict.fromkeys(said_of(name, record.text) if name else ())
    return list(found)


def said_of(name: str, text: str) -> list[str]:
    """The spellings in a text that say what a company is called beside this name.

    `said_of("KVB", "Ny chef i Kvarnbo Virksomheds Beregning (KVB)") == ["Kvarnbo Virksomheds Beregning (KVB)"]`
    """
    found = []
    for aside in _ASIDE.finditer(text):
        before, inside = text[: aside.start()].rstrip(" ,"), aside[1].strip()
        if _ends_in(before, name) or _ends_in(before := without_legal_form(before[-200:]), name):
            long, short = (inside, name) if _is_short(name) else (name, inside)
            spelled = [f"{name} ({inside})"] if _is_short(short) and _is_long(long) else []
        elif inside == name and _is_short(name):
            spelled = _longs_before(before, name)
        elif inside == name and (short := _last_words(before, 1)[-1:]) and _is_short(short[0]):
            spelled = [f"{short[0]} ({name})"]
        else:
            spelled = []
        found += [each for each in spelled if said_initials(each)][:1]
    return found


def _companies(record: Move | JobAd) -> tuple[str | None, ...]:
    if isinstance(record, JobAd):
        return (record.company,)
    return record.company, record.previous_company, *record.earlier_companies


def _ends_in(text: str, name: str) -> bool:
    return text.endswith(name) and not text[: -len(name)][-1:].isalnum()


def _is_short(name: str) -> bool:
    """Whether a name may be initials: one short word with two capital letters or more."""
    return bool(_SHORT.fullmatch(name)) and sum(char.isupper() for char in name) > 1


def _is_long(name: str) -> bool:
    return " " in name or "-" in name


def _last_words(text: str, most: int) -> list[str]:
    return _WORD.findall(text[-200:])[-most:]


def _longs_before(before: str, short: str) -> list[str]:
    """The names that a text may end in, the shortest first: each begins with the first of the initials."""
    words = _last_words(before, _MOST_WORDS)
    starts = [at for at in range(len(words) - 2, -1, -1) if words[at][0] == short[0]]
    return [f"{' '.join(words[at:])} ({short})" for at in starts]
