"""Which spellings are one company, one person, one move, one job ad.

Everything here is a pure function of text. A company's key says "these are the same" only where nothing but spelling
differs: case, accents, legal form, punctuation, possessives, aa for å. Whether "Holm Consulting" and "Holm Consulting
Group" are one firm is a judgement, and no key makes it. So a move and a job ad have two marks: a key, for what was read
under one spelling of the company, and an event, for what is one where the companies are (db/same_event.py).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from scraper.legal_forms import without_legal_form
from scraper.records import JobAd, Move, MoveKind

_ONE_APOSTROPHE = str.maketrans(dict.fromkeys("’‘´`ʼ′", "'"))
_KEPT_WITH_MARK = "å"
"""Letters of the Danish alphabet that Unicode would take apart; æ and ø it leaves alone."""

_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУаеѕіјорсхуΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",  # Cyrillic and Greek letters
    "ABESIJKMHOPCTXYaesijopcxyABEZHIKMNOPTYXo",  # that look like these of the Latin alphabet
)
_MIXED = re.compile(r"\b(?=\w*[A-Za-zÀ-ɏ])\w+")
"""A word with a Latin letter: one that looks Latin in it is another keyboard's, not another name."""

UNDATED_EVENTS = frozenset(
    {MoveKind.ANNIVERSARY, MoveKind.AWARD, MoveKind.BIRTHDAY, MoveKind.CERTIFICATION, MoveKind.OTHER}
)
"""Kinds that come back for the same person in the same job: without a date only their words tell them apart."""


_PLAIN = re.compile(r"[\x00-\x7fæøåÆØÅ]*")
"""Texts of these letters alone are most of all: nothing in them is invisible, composed or accented."""


def clean(text: str) -> str:
    """A name as it is stored: Unicode NFC, invisible format characters gone, one blank between words."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    visible = "".join(char for char in unicodedata.normalize("NFC", text) if unicodedata.category(char) != "Cf")
    return " ".join(visible.split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """A text for comparing and searching: small letters, accents off, but æ, ø and å kept.

    A Cyrillic or Greek letter among Latin ones counts as the letter it looks like.

    `fold("Åse  René ÆBLE") == "åse rene æble"`. Folding a folded text changes nothing.
    """
    shown = clean(text)
    if _PLAIN.fullmatch(shown):
        return shown.casefold()
    folded: list[str] = []
    if not _LOOKALIKES.keys().isdisjoint(map(ord, shown)):
        shown = _MIXED.sub(lambda word: word.group().translate(_LOOKALIKES), shown)
    for char in unicodedata.normalize("NFC", shown.casefold()):
        if char in _KEPT_WITH_MARK:
            folded.append(char)
            continue
        if unicodedata.combining(char):
            continue
        # Compatibility forms too: a full-width Ａ or an ﬁ ligature is the same letter to a reader.
        apart = unicodedata.normalize("NFKD", char)
        bare = "".join(part for part in apart if not unicodedata.combining(part)).casefold()
        folded.append(bare if bare.strip() else char)
    joined = " ".join("".join(folded).split())
    return joined if joined == text else fold(joined)


@lru_cache(maxsize=20_000)
def company_key(name: str) -> str:
    """What all spellings of one company share: `netKlit`, `Netklit A/S` and `netKlit’s` give `netklit`.

    Never empty for a name that is not: a name of nothing but signs is its own key.
    """
    folded = fold(name.translate(_ONE_APOSTROPHE)).removesuffix("'s").removesuffix("'")
    while (bare := without_legal_form(folded)) != folded:
        folded = bare
    spelled = folded.replace("å", "aa").replace("&", " og ").replace("'", "").replace(".", "")
    words = "".join(char if char.isalnum() or char in "+#" else " " for char in spelled).split()
    return " ".join(words) or folded or clean(name)


@lru_cache(maxsize=20_000)
def person_key(name: str) -> str:
    """What all spellings of one name share: folded, hyphens as blanks, full stops off."""
    words = fold(name).replace(".", " ").replace("-", " ").replace("‐", " ").split()
    return " ".join(words) or fold(name)


def _key(*parts: str) -> str:
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def move_event(move: Move) -> str:
    """Equal for two announcements of one move by companies that are one: kind, person, role and start date.

    Where an event can come back and no date tells one from the next (`UNDATED_EVENTS`), its folded text counts too, but
    for the company's name in it.
    """
    said = move.text
    if (span := move.evidence.get("company")) is not None:
        said = f"{said[: span[0]]} {said[span[1] :]}"
    return _key("event", *_event_parts(move, said))


def move_key(move: Move) -> str:
    """Equal for two announcements of one move under one spelling of its company, but for case and accents."""
    return _key("move", *_event_parts(move, move.text), fold(move.company or ""))


def _event_parts(move: Move, said: str) -> tuple[str, ...]:
    words = fold(said) if move.kind in UNDATED_EVENTS and move.start_date is None else ""
    return move.kind.value, person_key(move.person), fold(move.role or ""), str(move.start_date or ""), words


def job_ad_event(ad: JobAd, source: str) -> str:
    """Equal for two sightings of one ad by companies that are one: the board's identifier, else title and region."""
    if ad.identifier:
        return _key("ad", "identifier", source, ad.identifier)
    return _key("ad", "words", fold(ad.title), fold(ad.region or ""))


def job_ad_key(ad: JobAd, source: str) -> str:
    """Equal for two sightings of one ad under one spelling of its company, but for case and accents.

    An ad that a board has given an identifier is that one ad under any name.
    """
    return _key("job_ad", job_ad_event(ad, source), "" if ad.identifier else fold(ad.company))


def unparsed_key(text: str) -> str:
    """Equal for the same words, whatever the white space and case."""
    return _key("unparsed", fold(text))


def problem_key(page_id: int, code: str, message: str, text: str) -> str:
    """Equal for the same problem on the same page, by the id of its row."""
    return _key("problem", str(page_id), code, message, text)
