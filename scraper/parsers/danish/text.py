"""Clean text and its sentences: the ground that every other table of this room stands on.

All spans that the parser gives are ranges of the text that `clean` returns. A full stop ends a sentence only where a
Danish reader would stop: abbreviations, degrees, initials, ordinals before a month and names such as Data.dk do not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from scraper.records import Span

ABBREVIATIONS = frozenset(
    # written with the full stop that never ends a sentence by itself; without it here, lower case
    """
    adm afd alm ass brdr chr dir gebr vicedir bl bl.a bla ca civ d dipl div dr e.g em eks evt f.eks fa fhv fig hhv
    ing inkl ekskl int jf jr kgl kl
    konst lic m.a.o m.fl m.h.t m.m m.v maks mfl mht mia mill mio min mr mrs nr o.a o.l obs osv p.t pct pga pr prof pvt
    red ref s.k s.u sen skt sml sr st str stk tidl tlf udd v vedr vha vol økon årl
    """.split()
)
DEGREE_ABBREVIATIONS = frozenset(
    """
    cand cand.it cand.jur cand.ling.merc cand.mag cand.merc cand.merc.aud cand.merc.dat cand.merc.it cand.merc.jur
    cand.oecon cand.polit cand.polyt cand.pæd cand.phil cand.scient cand.scient.adm cand.scient.pol cand.scient.soc
    cand.scient.oecon cand.soc cand.comm cand.psych cand.merc.int cand.negot cand.art cand.ing cand.interpret scient
    merc polit polyt mag jur ph.d phd lic.polyt lic.scient b.sc bsc b.a m.sc msc m.a mba exam.art stud stud.merc
    stud.scient stud.polyt m.b.a e.mba d.m.d h.d h.a dr.phil dr.techn dr.scient akad.ing ling pol adm oecon soc
    """.split()
)
MONTH_NAMES = "januar februar marts april maj juni juli august september oktober november december".split()
SENTENCE_STARTERS = frozenset(
    # words that begin a new sentence when they stand capitalised after an abbreviation
    """
    han hun her han's hendes hans de det den dette denne der herudover desuden derudover endvidere før forud forinden
    efter efterfølgende tidligere senest siden som sideløbende samtidig i inden fra hos på med oprindeligt oprindelig
    gennem igennem ud da sammen foruden udover ved alle begge dermed derfor dertil også samt nu
    """.split()
)
SENTENCE_VERBS = frozenset(
    "har er kommer skal bliver blev var vil får fik har havde arbejder arbejdede startede".split()
)

_NEVER = ABBREVIATIONS | DEGREE_ABBREVIATIONS
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
                        "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")  # fmt: skip
_STOP = re.compile(r"[.!?…|]+[\"”»)'’]*")
_OTHER_STOPS = ("|", "!", "?", "…", "..")
_FULL_STOP = re.compile(r"\.[\"”»)'’]*(?= )")
"""As `_STOP` in a text without other stops: it begins with its full stop, so that the engine jumps to each."""
_DISTRICT = re.compile(r" (?:København|Frederiksberg|Aarhus|Århus|Viby|Odense|Aalborg|Ålborg|Esbjerg) [A-ZÆØÅ]{1,2}$")
"""A town with the letter of its district, which is no initial: "Viby J"."""
_NEXT_WORDS = re.compile(r"[ |]{0,3}[\"“«(]?([^\s.,;:!?)]{1,40})([.,:;)]?)(?: ([^\s.,;:!?]{1,40}))?")


def clean(text: str) -> str:
    """The text as a reader sees it: NFC, no invisible or control characters, every run of white space one blank."""
    text = text.replace("\xa0", " ")
    if _is_plain(text):
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    text = _INVISIBLE.sub("", text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _is_plain(text: str) -> bool:
    """Whether a text is clean already but for its blanks, as nearly all are; False where that takes long to say.

    Latin-1 has no combining characters; what it has of control characters and other blanks is not printable.
    """
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return text.isprintable()


def _is_plain_end(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether a word that is no abbreviation stands before the full stop, and a capital behind it: so most end."""
    at = stop.start()
    if not text[at + 2 : at + 3].isupper() or stop.end() != at + 1:
        return False
    before = text[max(text.rfind(" ", start, at) + 1, start) : at]
    return len(before) > 2 and before.replace("-", "").isalpha() and before.lower() not in _NEVER


def _ends_sentence(text: str, stop: re.Match[str], start: int) -> bool:
    """Whether the punctuation `stop` ends the sentence that began at `start`."""
    if text[stop.start()] != "." or stop.group().startswith(".."):
        return True
    if _is_plain_end(text, stop, start):
        return True
    following = _NEXT_WORDS.match(text, stop.end())
    if following is None:
        return True
    word = following.group(1)
    before = text[max(start, stop.start() - 40) : stop.start()]
    before = before[before.rfind(" ") + 1 :]
    if not before.isalnum():
        for separator in '(,;:/"“':
            before = before[before.rfind(separator) + 1 :]
    if not (word[0].isupper() or word[0].isdigit() or not word[0].isalpha()):
        letters = all(len(part) == 1 for part in before.split("."))  # "A.m.b.a. og før da"
        return len(before) > 3 and not letters and before.lower() not in _NEVER and stop.end() - start > 60
    if before.isdigit():
        return not (len(before) <= 2 and word.lower() in MONTH_NAMES)
    if (
        before.isupper()
        and "/" not in text[stop.start() - 2 : stop.start() - 1]
        and all(len(part) == 1 for part in before.split("."))
    ):
        return word.lower() in SENTENCE_STARTERS or _DISTRICT.search(text, start, stop.start()) is not None
    low = before.lower()
    if low in ABBREVIATIONS and not (len(before) > 1 and before.isupper()):
        return word.lower() in SENTENCE_STARTERS and low in {
            "m.fl",
            "m.m",
            "m.v",
            "mfl",
            "mm",
            "mv",
            "o.a",
            "o.l",
            "osv",
        }
    if low in DEGREE_ABBREVIATIONS or (low.startswith(("cand", "stud")) and "." in low):
        return word.lower() in SENTENCE_STARTERS or following.group(3) in SENTENCE_VERBS
    if low == "co":
        relative = following.group(2) == "," and following.group(3) in {"som", "der"}
        return word.lower() in SENTENCE_STARTERS or following.group(3) in SENTENCE_VERBS or relative
    return True


def sentences(text: str) -> list[Span]:
    """The sentences of a cleaned text in order, each without the blanks around it; together they hold every word."""
    return list(_sentences(text))


@lru_cache(maxsize=4)
def _sentences(text: str) -> tuple[Span, ...]:
    """As `sentences`; kept for the readers of one announcement, which ask one after the other."""
    spans: list[Span] = []
    start = 0
    stops = _STOP if any(map(text.__contains__, _OTHER_STOPS)) else _FULL_STOP
    for stop in stops.finditer(text):
        bar = stop.group().find("|")
        if bar < 0 and not text.startswith(" ", stop.end()):
            continue
        if stop.start() < start or (bar < 0 and not _ends_sentence(text, stop, start)):
            continue
        end = stop.end() if bar < 0 else stop.start() + bar
        if end > start:
            spans.append((start, end))
        start = end if bar < 0 else end + 1
        while start < len(text) and text[start] in " |":
            start += 1
    if start < len(text):
        spans.append((start, len(text)))
    return tuple(spans)
