"""The phrases that open a former post: "kommer fra", "har senest", "de seneste fem år", "har tidligere arbejdet".

Each phrase is a row: what it says of time, the words it may begin with, and its pattern from that word on. Looking
words up in a table keeps reading quick: only a word that can begin a phrase is matched against a pattern.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from enum import StrEnum, auto
from functools import lru_cache
from typing import NamedTuple

from scraper.parsers.danish import careers
from scraper.parsers.danish.words import words_in


class Says(StrEnum):
    """What a phrase says of the post behind it."""

    COMES_FROM = auto()
    """the job the person comes from"""
    LATEST = auto()
    """the latest post"""
    YEARS = auto()
    """the post of the last years"""
    SINCE = auto()
    """a post held since some year"""
    EARLIER = auto()
    """a post before another"""
    ALSO = auto()
    """one post more, if a verb follows"""
    NOUN = auto()
    """experience, a career, posts in general"""
    HELD = auto()
    """a post without a word of time"""
    LED = auto()
    """a duty for an employer in the genitive"""
    FETCHED = auto()
    """a verb of fetching somebody from an employer"""
    CAME_TO = auto()
    """a verb of going to an employer"""
    AFTER = auto()
    """years behind "efter": what the person comes from where the move itself is told, an earlier post elsewhere"""
    PAST = auto()
    """a verb in the past"""


class Phrase(NamedTuple):
    """A phrase in a text: what it says, and its range."""

    says: Says
    start: int
    end: int


NAME = r"(?:han|hun|[A-ZÆØÅ][\w.-]{1,40}(?: [A-ZÆØÅ][\w.-]{0,40}){0,4})"
"""The person as later sentences name them."""

BETWEEN = (
    r"(?:(?!(?:tidligere|senest|hidtil|indtil|siden (?:\w{1,40} )?\d{4}|"
    r"siden (?:da|færdiggørelsen|afslutningen|studierne)|forinden|sidst|seneste|før|"
    r"inden|hos|som|der|og|har|er|men) )"
    r"[\w.½-]{1,40} ){0,7}?"
)
"""Words that may stand between "har" and its verb."""

WORKED = (
    r"(?:været ansat|været beskæftiget|været tilknyttet|beskæftiget sig|arbejdet|"
    r"været(?! (?:udpeget|kåret|nomineret|udlejet|udlånt))|være|fungeret|siddet|virket|ansat|taget job|gjort karriere"
    r"|(?:haft|bestridt|bestredet|beklædt|varetaget) (?:stillingen|posten|jobbet|rollen|titlen|titel af)"
    r"|(?:haft|bestridt|varetaget|besat) (?:en |et |sin |flere |forskellige |diverse |en række |en lang række )?"
    r"(?:[a-zæøå]{2,15}(?:e|ende|ig|t) ){0,2}(?:[a-zæøå]{2,20}- og )?[a-zæøå]{0,40}"
    r"(?:stilling(?:er)?|jobs?|ansættelser?|post(?:er)?|funktioner|roller|karriere|virke|gang))"
)
"""Verbs after "har" that tell of a post."""

WORKED_PAST = (
    r"(?:var (?:ansat|beskæftiget|tilknyttet)|var|arbejdede|fungerede|sad|virkede|blev ansat"
    r"|bestred (?:stillingen|posten|jobbet|stillinger|en stilling|rollen)"
    r"|havde (?:stillingen|titel af|jobbet|en stilling|stillinger|job))"
)
"""Verbs in the past that tell of a post."""

NUMBER_WORD = r"(?:\d{1,2}|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|mange|par)"
"""How many years, where the word for them was said before: "i ti år, de sidste to som"."""

NOUN_ENDINGS = ("erfaring", "erfaringer", "baggrund", "stillinger", "karriere")
"""Ends of nouns behind which employers stand: "salgserfaring fra", "lederstillinger hos"."""

_THE_WORD = r"\w{1,40}"
"""Stands in a pattern for the word that the phrase begins with."""
_LATELY = (
    r"(?: (?:nu|netop|senest|seneste|sidst|direkte|internt|oprindeligt?|også|primært|dog|desuden|blandt "
    r"andet|bl\.a\.|ind|op|over|tilbage))"
)
_ROWS: tuple[tuple[Says, str, str], ...] = (
    (
        Says.COMES_FROM,
        (
            "kommer kom kommet skifter skiftede hentet hentes headhuntet headhuntes "
            "rekrutteret går gik gået rykker rykket avancerer tiltræder ankommer stiger vender vendt"
        ),
        (rf"\w{{1,40}}(?! (?:[^,.;]{{1,40}} )?til at ){_LATELY}{{0,3}}(?: til [^,.;]{{1,40}}?)?{_LATELY}{{0,2}} fra "),
    ),
    (
        Says.FETCHED,
        "hentet henter",
        (
            r"\w{1,40} (?:(?:sin|sit|deres|en|et|den) [a-zæøå][^,.;]{1,50}?,? )?"
            rf"(?:{NAME}(?:, \d\d(?: år)?)?,? )?hos (?=\w)"
        ),
    ),
    (
        Says.COMES_FROM,
        " ".join((*careers.LEAVINGS, *careers.EXCHANGES)),
        r"\w{1,40} (?=(?:sin stilling|sit job|en stilling|stillingen|posten|jobbet|et job|rollen|hvervet) som )",
    ),
    (Says.COMES_FROM, "forfremmet", r"\w{1,40} fra (?=(?:en stilling|stillingen|posten|jobbet|et job|rollen) som )"),
    (Says.COMES_FROM, "fra", r"(?=F)\w{1,40} (?=(?:en stilling|stillingen|posten|jobbet|et job|rollen) som )"),
    (
        Says.COMES_FROM,
        "skifter skiftede skiftet bytter byttede byttet udskifter udskiftede",
        r"\w{1,40} (?=[^,.;]{2,60} ud med )",
    ),
    (
        Says.COMES_FROM,
        "farvel",
        r"\w{1,40} til (?=(?:sin stilling|sit job|stillingen|posten|jobbet|rollen|hvervet) som )",
    ),
    (
        Says.COMES_FROM,
        "skifter skiftede",
        rf"\w{{1,40}} (?:{NAME} )?(?=(?:sin stilling|sit job|jobbet|stillingen) (?:som|ved|hos|i) )",
    ),
    (
        Says.COMES_FROM,
        "fordel",
        r"\w{1,40} for (?=(?:et|en|sit|sin) [^,.;]{0,30}?(?:job|stilling|rolle) (?:som|hos|i) )",
    ),
    (Says.COMES_FROM, "senest", rf"\w{{1,40}} (?:kommer {NAME} |kom {NAME} )?fra "),
    (Says.LATEST, "senest sidst hidtil", r"\w{1,40}\b"),
    (Says.LATEST, "seneste", r"(?<!de )(?<!det )(?<!den )(?<!sin )(?<!sit )\w{1,40}(?= (?:hos|i|som|ved) )"),
    (Says.LATEST, "forvejen", r"\w{1,40} (?:er|var|(?:arbejder|sidder|arbejdede) som)(?= )"),
    (Says.LATEST, "hidtige hidtidige", r"\w{1,40} (?:ansvar|stilling|job|rolle|post|virke|arbejde)(?= som )"),
    (
        Says.LATEST,
        "indtil",
        r"\w{1,40} (?:nu|videre|for nylig|sin ansættelse|(?:sin )?(?:udnævnelsen?|forfremmelsen?))\b",
    ),
    (Says.YEARS, "sidste seneste senere", r"\w{1,40}(?: [\wæøå½-]{1,40}){0,4}? (?:år|årti|måneder|tid|årrække)\b"),
    (Says.YEARS, "sidste seneste", rf"\w{{1,40}} {NUMBER_WORD}(?= (?:som|hos|i [A-ZÆØÅ]))"),
    (
        Says.SINCE,
        "siden",
        (
            r"\w{1,40} (?:(?:\w{1,40} )?\d{4}|da|januar|februar|marts|april|maj|juni|juli|august|september|oktober"
            r"|november|december)\b"
        ),
    ),
    (
        Says.SINCE,
        "siden",
        (
            r"\w{1,40} (?:færdiggørelsen|afslutningen|dimissionen|sin eksamen|studierne)\b"
            r"(?: af [a-zæøå ]{1,30}?(?:uddannelse|studie|eksamen))?"
        ),
    ),
    (Says.SINCE, "årrække", r"(?<=i en )årrække\b|(?<=m en )årrække\b"),
    (Says.EARLIER, "tidligere", r"(?<! den )(?<! det )(?<! de )\w{1,40}\b"),
    (Says.CAME_TO, "derefter herefter siden senere", r"\w{1,40} til (?=[A-ZÆØÅ\d])"),
    (Says.EARLIER, "forinden derefter herefter", r"\w{1,40}\b"),
    (
        Says.EARLIER,
        "inden",
        (
            r"\w{1,40} (?:(?:ansættelsen|sin ansættelse|tiden|jobbet)\b[^,.;]{0,40}?(?= har| var|,)|da\b|det(?:te)?\b"
            r"|[A-ZÆØÅ][\w&-]{1,30}(?: [A-ZÆØÅ][\w&-]{1,30}){0,2}(?=,? (?:havde|var|arbejdede|har) ))"
        ),
    ),
    (
        Says.EARLIER,
        "før",
        (
            r"\w{1,40}(?: (?:[A-ZÆØÅ][\w&-]{1,30}(?: [A-ZÆØÅ][\w&-]{1,30}){0,2}(?=,? (?:havde|var|arbejdede|har) )|"
            r"(?:ansættelsen|sin ansættelse|"
            r"(?:han|hun|[A-ZÆØÅ]\w{1,40}) (?:kom|blev|startede|begyndte))\b"
            r"[^,.;]{0,50}(?=,| har| var)|da\b|det(?:te)?\b)|(?=,? (?:har|var|arbejde|været)))"
        ),
    ),
    (Says.EARLIER, "forud", r"\w{1,40} for [^,.;]{1,30}\b"),
    (
        Says.ALSO,
        "herudover desuden derudover endvidere sideløbende oprindeligt oprindelig efterfølgende",
        r"\w{1,40}\b",
    ),
    (Says.NOUN, "sine", r"\w{1,40} (?:mange )?år(?= (?:som|hos|i|på|ved) [A-ZÆØÅ])"),
    (Says.NOUN, "tid", r"(?<=sin )\w{1,40}(?= (?:som|hos|i) )"),
    (Says.NOUN, "lederjobs lederjob chefjobs topjobs topposter praktikophold", r"\w{1,40}\b"),
    (Says.NOUN, "fortid ansættelser ansættelse jobs job poster lederposter roller titler", r"\w{1,40}\b"),
    (Says.PAST, "praktik", r"(?<=i )praktik(?= hos| i [A-ZÆØÅ])"),
    (Says.HELD, "har", rf"\w{{1,40}}(?:, [^,.;]{{1,60}},)? (?!han\b|hun\b|[A-ZÆØÅ])(?={BETWEEN}{WORKED}\b)"),
    (Says.HELD, "har", rf"\w{{1,40}} {NAME} (?={BETWEEN}{WORKED}\b)"),
    (Says.PAST, "været", r"(?<=, )\w{1,40}(?= [a-zæøå])"),
    (Says.HELD, "have", rf"\w{{1,40}} (?={WORKED}\b)"),
    (Says.HELD, "og samt", rf"\w{{1,40}} (?=(?:(?:også|desuden|senest|været) )?{WORKED}\b)"),
    (Says.PAST, "var arbejdede fungerede bestred sad virkede blev havde", rf"{WORKED_PAST}\b"),
    (Says.PAST, "blev", rf"\w{{1,40}} {NAME}(?= )"),
    (
        Says.CAME_TO,
        "rykkede skiftede flyttede kom gik",
        (
            rf"\w{{1,40}} (?:{NAME} )?"
            r"(?:(?:herefter|derefter|siden|senere|så|videre|over|efterfølgende|i (?:19|20)\d\d) ){0,2}til "
        ),
    ),
    (
        Says.LED,
        "stod stået havde haft",
        (
            r"\w{1,40} (?:[^,.;]{1,40} )?(?:i spidsen for|ansvaret for|ansvar for)"
            r"(?: (?:[a-zæøå-]{2,30} ){1,4}i)? (?=[A-ZÆØÅ\d][\w&.-]{0,30}(?: [A-ZÆØÅ][\w&-]{0,30}){0,2}(?<=s) [a-zæøå])"
        ),
    ),
    (Says.CAME_TO, "afstikker", r"\w{1,40} til (?=[A-ZÆØÅ\d])"),
    (
        Says.CAME_TO,
        "drevet stiftet grundlagt",
        r"\w{1,40} (?=[a-zæøå-]{0,30}(?:virksomheden|firmaet|selskabet|bureauet) [A-ZÆØÅ\d])",
    ),
    (Says.CAME_TO, "sendt udsendt udstationeret", r"\w{1,40} (?:til|hos) (?=[A-ZÆØÅ])"),
    (Says.CAME_TO, "omkring forbi", r"(?<=været )\w{1,40} (?:både |blandt andet |bl\.a\. )?(?=[A-ZÆØÅ\d])"),
    (Says.NOUN, "ballast erfaringen", r"\w{1,40}\b"),
    (Says.NOUN, "kender", r"\w{1,40} [a-zæøå]{3,20}(?:en|et)(?: godt)?(?= fra )"),
    (Says.PAST, "trådte", r"\w{1,40} sine? (?:første|barne\w{0,8})(?: [a-zæøå]{2,10})?(?= (?:hos|i) )"),
    (Says.PAST, "startede begyndte indledte", r"\w{1,40}\b"),
    (
        Says.PAST,
        "indledt fortsatte",
        r"\w{1,40}(?: (?:sin |sit )?(?:karrieren?|arbejdsliv(?:et)?))?(?= (?:som|hos|i) )",
    ),
    (Says.PAST, "uddannet bankuddannet elevuddannet", r"\w{1,40}(?: [\w-]{1,30}){0,3}(?= hos )"),
    (Says.PAST, "udlært", r"\w{1,40}(?: [\w-]{1,30}){0,3}(?= (?:hos|fra|ved|i) [A-ZÆØÅ])"),
    (Says.AFTER, "efter", r"\w{1,40} at have (?:været|arbejdet|fungeret|virket)\b"),
    (
        Says.AFTER,
        "efter",
        r"\w{1,40} (?:[\w½]{1,40} ){1,4}(?:år|periode|årrække|afstikker|ophold|måneder)\b(?! (?:blev|er|har)\b)",
    ),
)


def _table() -> dict[str, tuple[tuple[Says, re.Pattern[str]], ...]]:
    """For each word, small and capitalised, the phrases that it may begin, in the order of the rows."""
    found: dict[str, list[tuple[Says, re.Pattern[str]]]] = {}
    for says, words, pattern in _ROWS:
        for word in words.split():
            for spelling in (word, word.capitalize()):
                compiled = re.compile(pattern.replace(_THE_WORD, spelling, 1))
                found.setdefault(spelling, []).append((says, compiled))
    return {word: tuple(rows) for word, rows in found.items()}


_BY_WORD = _table()
_EDGES = frozenset(" -–,.;:()\"'”“")
"""What may stand before and behind a word that opens a phrase."""
_EDGE = re.escape("".join(sorted(_EDGES)))
_NEEDS_VERB = frozenset(spelling for word in ("har", "have", "og", "samt") for spelling in (word, word.capitalize()))
"""Words that open a phrase only where a verb of `WORKED` follows."""
_VERB_REACH = 160
"""Characters behind "har" within which its verb stands."""
_VERB_BEGINS = frozenset(
    word for word in re.findall(r"(?<=[(|:])[a-zæøå]{3,40}\b(?! \|)", WORKED) if not word.endswith(NOUN_ENDINGS)
)
"""The words that an alternative of `WORKED` begins with."""
_TELLING = _VERB_BEGINS | _BY_WORD.keys()
_NOUNS = tuple(
    (stem, re.compile(rf"(?<![^{_EDGE}])[\w-]{{0,40}}{stem}(?:er)?(?![^{_EDGE}]|-)").search)
    for stem in ("erfaring", "baggrund", "stillinger", "karriere")
)


@lru_cache(maxsize=4)
def _openers(text: str) -> list[tuple[int, str, int]]:
    """The words that may open a phrase, in order: where, the word, and where the next verb of `WORKED` may begin."""
    places = list(words_in(text).places(_TELLING))
    for stem, search in _NOUNS:
        at = text.find(stem)
        while at >= 0:
            after = at + len(stem)
            match = search(text, max(text.rfind(" ", 0, at) + 1, at - 40), after + 3)
            if match is not None and match.group().endswith(NOUN_ENDINGS) and match.group() not in _BY_WORD:
                places.append((match.start(), match.group()))
            at = text.find(stem, after)
    places.sort(reverse=True)
    found: list[tuple[int, str, int]] = []
    verb = len(text)
    for at, word in places:
        if word in _VERB_BEGINS:
            verb = at
            if word not in _BY_WORD and (not word.endswith(NOUN_ENDINGS) or (found and found[-1][0] == at)):
                continue
        if verb < len(text) or word not in _NEEDS_VERB:
            found.append((at, word, verb))
    found.reverse()
    return found


def _stands_free(text: str, at: int, word: str) -> bool:
    """Whether blanks or marks stand around a word; a hyphen only where it ties the word to no other."""
    before, behind = text[at - 1 : at], text[at + len(word) : at + len(word) + 2]
    if before == "-" and at > 1 and text[at - 2] != " ":
        return False
    return (not before or before in _EDGES) and (
        not behind or behind in {"-", "- "} or (behind[0] != "-" and behind[0] in _EDGES)
    )


def phrases(text: str, start: int, end: int) -> list[Phrase]:
    """The phrases between `start` and `end` that may open a former post, in order, none inside another."""
    found: list[Phrase] = []
    busy = start
    openers = _openers(text)
    for at, word, verb in openers[bisect_left(openers, (start,)) :]:
        if at < busy:
            continue
        if at >= end:
            break
        if word in _NEEDS_VERB and (verb >= end or verb - at > _VERB_REACH):
            continue
        rows = _BY_WORD.get(word)
        if rows is None:
            found.append(Phrase(Says.NOUN, at, at + len(word)))
            continue
        for says, pattern in rows:
            match = pattern.match(text, at, end)
            if match:
                if _stands_free(text, at, word):
                    found.append(Phrase(says, *match.span()))
                    busy = match.end()
                break
    return found
