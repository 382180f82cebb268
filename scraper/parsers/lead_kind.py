"""Which kind of move the words tell, where the verb alone leaves it open.

"Udnævnt til X i Y" is a hire unless the text shows that the person was at Y before: then it is a promotion. A birthday
and an anniversary share their verbs.
"""

from __future__ import annotations

import re

from scraper.legal_forms import without_legal_form
from scraper.parsers.danish.alternatives import at_word
from scraper.parsers.danish.kinds import Verb
from scraper.parsers.lead import Lead
from scraper.records import MoveKind

STRONG = (
    "udnævnt", "udnævner", "udnævnes", "udpeget", "udpeger", "udpeges", "nyudnævnt", "konstitueret",
    "ny stilling", "rykket", "rykker",
)  # fmt: skip
"""Ends of the verbs for which any earlier year at the company makes a promotion."""

RISING = (
    *STRONG, "overtager", "overtaget", "overtog", "bliver", "blevet", "fået", "får", "skifter", "optaget", "ny",
    "indtrådt", "indtræder", "tiltræder", "tiltrådt", "indsat", "ind",
)  # fmt: skip
"""Ends of all verbs that tell of a hire or, for one who is inside, of a promotion."""

_STILL = re.compile(
    r"(?:^|[.!] ?)[A-ZÆØÅ][^.,!]{0,40}? har været (?:ansat )?(?:i|hos) (?:virksomheden|firmaet|selskabet|koncernen|"
    r"organisationen|bureauet|banken|kommunen|huset) (?:i |siden |gennem )|"
    r"\bi forvejen (?:er|var|arbejder|sidder)\b[^.]{0,60}\b(?:i|hos) (?:firmaet|virksomheden|selskabet|koncernen|"
    r"organisationen|bureauet|banken|huset)\b"
)
"""Words that say that the person has been at the company all along, whatever the verb."""
_STILL_SIGNS = (" har været i ", " har været hos ", " har været ansat ", "i forvejen ")
_HOUSE = "(?:virksomheden|firmaet|selskabet|koncernen|organisationen|bureauet|banken)"
_HOUSES = "(?:virksomheden|firmaet|selskabet|koncernen|organisationen|bureauet|banken|foreningen|huset)"
_NO_NAME = "(?! [A-ZÆØÅ])"
_IN_THE_SAME = (
    "(?:samme|den samme) (?:virksomhed|firma|selskab|koncern|organisation|bank|afdeling)",
    _HOUSES + r" (?:siden|i \d|gennem|i (?:de|det) s)",
)
_SAME = re.compile(
    at_word(
        r"samme sted\b",
        *(f"{word} {words}" for word in ("i", "hos", "I", "Hos") for words in _IN_THE_SAME),
        *(f"{word} {_IN_THE_SAME[0]}" for word in ("inden for", "Inden for")),
        "forfremmelse",
        "Forfremmelse",
        r"internt? (?:i|hos|job|fra)\b",
        "kom til " + _HOUSE,
        "har været (?:ansat )?i " + _HOUSE,
        "været en del af " + _HOUSE,
        "ansat i " + _HOUSE,
        *(
            word + " (?:har )?(?:han |hun )?været [^.]{0,60} (?:af|i|for) "
            "(?:virksomhedens|firmaets|selskabets|bankens) "
            for word in ("hidtil", "Hidtil")
        ),
        *(
            word + rf" (?:selv )?(?:har )?været [^.]{{0,60}} (?:i|hos) {_HOUSES}\b{_NO_NAME}"
            for word in ("hidtil", "Hidtil")
        ),
        "udvidet (?:sit|sine) (?:ansvar|beføjelser)",
        "udvidede (?:sit|sine) (?:ansvar|beføjelser)",
        *(rf"{post}(?:en)? som [^.]{{1,60}} (?:i|hos) {_HOUSE}{_NO_NAME}" for post in ("stilling", "job", "post")),
        rf"har (?:ansat |været )?[^.]{{0,30}}\b(?:år|siden)\b[^.]{{0,70}} (?:i|hos) {_HOUSE}{_NO_NAME}",
        r"har været (?:ansat )?(?:i|hos) (?![a-zæøå-]{0,20}(?:branchen|sektoren|industrien|verdenen|faget|markedet)\b)"
        rf"[a-zæøå-]{{4,30}}(?:en|et)\b{_NO_NAME}[^.]{{0,80}} siden\b",
    )
)
"""Words that say that an earlier post was in the house that the announcement tells of."""
_SAME_SIGNS = (
    "samme ", "forfremmelse", "intern", "virksomheden", "firmaet", "selskabet", "koncernen", "organisationen",
    "bureauet", "banken", "foreningen", "huset", " ansvar", " beføjelser", "siden",
)  # fmt: skip
"""Without one of these a text needs no look at the pattern."""
_WORK = re.compile(
    r"\b(?:ansat|arbejdet|været|startede|startet|begyndte|begyndt|kom|kommet|arbejde(?!r)|"
    r"ansættelse|karriere|stilling|del af|direktør|chef|leder|"
    r"konsulent|manager|senest|hentet|tiltrådte|fungeret|tilknyttet|erfaring|varetaget|bestridt|virket|virkede|"
    r"indtil nu|stillingen|jobbet|posten)\b[^.]{0,70}$",
    re.IGNORECASE,
)
_JOINED = (
    " kom til ",
    " startede i ",
    " startede hos ",
    " begyndte i ",
    " begyndte hos ",
    " været i ",
    " været hos ",
    " ansat i ",
    " ansat hos ",
)
_SINCE_BEFORE = re.compile(
    r"(?:\bsiden [^.]{0,40}|\bhar siden (?:19|20)\d\d [^.]{0,110}|\bsiden (?:19|20)\d\d har [^.]{0,90}|"
    r"(?:sidste|seneste) [^.]{0,20}år[^.]{0,140})$",
    re.IGNORECASE,
)
_SINCE_AFTER = re.compile(r"['’]?s? [a-zæøå-]+ siden\b|[^.]{0,6} (?:siden|i \d{4}|gennem)\b", re.IGNORECASE)
_AT = (" hos ", " i ", " til ", " ved ", " af ", " for ")
_YEARS = re.compile(r"fødselsdag", re.IGNORECASE)
_JUBILEE = re.compile(r"[Jj]ubilæum|års ansættelse|\bår (?:i|hos|som) (?=[A-ZÆØÅ])")


def _names(company: str) -> tuple[str, ...]:
    """The company as later sentences may call it: without its legal form, or by its first word if it is long."""
    bare = _GROUP.sub("", without_legal_form(company))
    first, *more = _PARTS.split(bare)
    short = "".join(part[0] for part in (first, *more) if part)
    if len(short) > 1 and short.isupper():
        return (*_long_names(bare, bare.split(" ")[0]), short.lower())
    return _long_names(bare, bare.split(" ")[0])


_PARTS = re.compile(r"[ -]")


def _long_names(bare: str, first: str) -> tuple[str, ...]:
    if len(first) == 2 and first.isupper() and first != bare:
        return (bare.lower(), first.lower())
    if (len(first) > 3 or (len(first) == 3 and first.isupper())) and first.lower() not in _COMMON_FIRST:
        return (first.lower(),)
    return (bare.lower(),)


_GROUP = re.compile(r"[- ](?:gruppen|koncernen)$")
_COMMON_FIRST = frozenset("dansk danske nordic region københavns aarhus københavn institut center".split())


_BEEN_FOR = re.compile(r"\bhar [^.]{0,60}\bværet [^.,]{0,40} for $")
_UP_TO_NOW = re.compile(
    r"(?: \([^()]{1,30}\))?(?: (?:i|på) [A-ZÆØÅ][a-zæøå]+)?, (?:hvor|som) (?:han|hun) (?:hidtil|siden|"
    r"(?:i |gennem |igennem )?(?:de|det) (?:sidste|seneste) [^.,]{0,20}?år(?:ene)?\b[^.,]{0,40} (?:har|være)"
    r"|har (?:været|arbejdet) [^.,]{0,60}\bsiden (?:[a-z]{3,9} )?(?:19|20)\d\d)\b"
)


def was_there_till_now(text: str, position: int) -> bool:
    """Whether the clause right after the company, which ends at `position`, tells of years there up to now."""
    return _UP_TO_NOW.match(text, position) is not None


def rises_from_within(sentence: str, company: str) -> bool:
    """Whether the announcing sentence says itself that the person was at the company: "efter to års ansættelse"."""
    if " samme sted" in sentence or (
        (" intern" in sentence or " forfremmelse" in sentence) and _MOVES_INSIDE.search(sentence)
    ):
        return True
    if " efter " not in sentence:
        return False
    post = _AFTER_POST.search(sentence)
    if post is not None and sentence.lower().startswith(_names(company), post.end()):
        return True
    return _AFTER_YEARS.search(sentence) is not None


_MOVES_INSIDE = re.compile(
    r"\b(?:skift|ryk|flyt|avance|forfrem|stig|få)[a-zæøå]{0,10} (?:[a-zæøå]{1,12} ){0,3}"
    r"intern(?:t (?:i|hos|til)\b| stilling)| efter en (?:intern )?forfremmelse\b"
)
"""Words that say that the move is one within the house: "har skiftet stol internt"."""
_AFTER_POST = re.compile(r" efter (?:[\w½]{1,12} ){1,5}(?:år|måneder) som [^,.;]{2,60}? (?:for|i|hos) (?=[A-ZÆØÅ\d])")
"""Years in a post up to where the house is named that it was held at."""
_AFTER_YEARS = re.compile(
    r" efter (?:[\w½]{1,12} ){0,4}(?:års?|måneders?) ansættelse(?! (?:i|hos) )|"
    r" efter (?:[\w½]{1,12} ){1,5}(?:år|måneder) som [^,.;]{2,60}? (?:i|hos) (?:virksomheden|firmaet|selskabet|"
    r"koncernen|banken|organisationen|bureauet|huset)\b(?! [A-ZÆØÅ])|"
    r" efter at have (?:været|arbejdet) (?:ansat )?(?:[^,.]{0,40} )?(?:i|hos) (?:virksomheden|firmaet|selskabet|"
    r"koncernen|banken|organisationen|bureauet|huset)\b(?! [A-ZÆØÅ])"
)


def is_still_inside(rest: str, company: str) -> bool:
    """Whether the text says in plain words that the person has been at `company` up to now."""
    if not any(map(rest.__contains__, _INSIDE_SIGNS)):
        return False
    still = _STILL.search(rest) if any(map(rest.__contains__, _STILL_SIGNS)) else None
    if still is not None and not _COMES_FROM.search(rest, 0, still.end()):
        return True
    if " siden " not in rest:
        return False
    low = rest.lower()
    for name in _names(company):
        at = low.find(name)
        while at >= 0:
            end = at + len(name)
            if _HAS_BEEN.search(rest, max(0, at - 40), at) and _UNTIL_NOW.match(rest, end):
                return not _COMES_FROM.search(rest, 0, at)
            if _KNOWN_SINCE.search(rest, max(0, at - 30), at) and _SINCE_THEN.match(rest, end):
                return True
            at = low.find(name, at + 1)
    return False


def _holds_post(rest: str, at: int, end: int) -> bool:
    """Whether the name between two places is that of the house where the person held the last post, as its own."""
    if rest[end : end + 1].isalnum() and not rest.startswith("s ", end):
        return False
    post = _FROM_POST.search(rest, max(0, at - 130), at)
    if post is None or _LONGER_NAME.match(rest, end):
        return False
    return _OUTSIDER.search(rest, post.start(), min(len(rest), end + 60)) is None


def _keeps_post(rest: str, at: int, end: int) -> bool:
    """Whether the words tell of a post there up to now: "har været chef for Granits salg siden 2014"."""
    post = _HAS_HELD.search(rest, max(0, at - 80), at)
    return post is not None and _UP_TO_YEAR.match(rest, end) is not None


_HAS_HELD = re.compile(r"\bhar været (?!ansat|tilknyttet|konsulent)[a-zæøå -]{3,50} (?:for|i|hos|af) $")
_UP_TO_YEAR = re.compile(r"['’]?s?(?: (?!og har )[^.,]{1,60})? siden (?:[a-z]{3,9} )?(?:19|20)\d\d\b")
_OUTSIDER = re.compile(r"freelance|ekstern|vikar|konsulent for|praktik|tilknyttet", re.IGNORECASE)
_BUILDS_UP = re.compile(r"\bhar siden (?:19|20)\d\d været (?:med til at|en del af) [^.]{0,40}$")
"""Years up to now in building up the house, whose name follows."""
_TILL_NOW = re.compile(
    r"\bhar hidtil (?:selv )?været (?:(?! og har | hos | i [A-ZÆØÅ]| ved | for [A-ZÆØÅ])[^.,])+(?=[.,]| og har )"
)
"""What somebody who is named to a post has been so far, without another house named."""
_LEFT_POST = re.compile(
    r"\bkommer (?:nu |senest )?fra (?:en stilling|et job) som "
    r"(?:(?! og har | hos | i (?:[A-ZÆØÅ]|en |et |det |den )| ved | på | for [A-ZÆØÅ]| fra )[^.,])+"
    r"(?=[.,]| og har været )"
)
"""The post that is left, without another house named: it was held in this one."""
_WORKED = (" har arbejdet i ", " har arbejdet hos ")
_FOR_YEARS = re.compile(r" (?:i|gennem) (?:[a-zæøå]{2,12} ){0,3}(?:\w{1,8} )?år\b(?!tusind)")
_INSIDE_SIGNS = (" været ", " forvejen ")
_FROM_POST = re.compile(
    r"\bkommer (?:nu |senest )?fra (?:en stilling|et job) (?:som (?:(?! og har | hos | i [A-ZÆØÅ])[^.,]){1,90} )?"
    r"(?:i|hos|af|ved) (?:det |den )?$"
)
"""A post that the person comes from, up to the house that hires: it was held there."""
_LONGER_NAME = re.compile(r"['’]?s?(?: (?:&|[A-ZÆØÅ])|-[a-zæøåA-Z])")
_KNOWN_SINCE = re.compile(r"\b(?:kendskab til|erfaring (?:i|hos|fra)) $")
_SINCE_THEN = re.compile(r"(?: [A-Z][\w/]*){0,2}, hvor (?:han|hun) (?:har|siden) [^.]{0,120}\bsiden (?:19|20)\d\d")
_HAS_BEEN = re.compile(r"\b(?:har|har (?:han|hun)) været (?:ansat )?(?:i|hos) $")
_UNTIL_NOW = re.compile(r"(?: [A-Z][\w/]*){0,2} siden (?:[a-z]+ )?(?:19|20)\d\d\b")
_COMES_FROM = re.compile(r"\bkommer (?:senest )?(?:fra|med)|\btidligere\b|\bsenest\b")


def was_inside(rest: str, company: str, *, strong: bool) -> bool:
    """Whether the text after the lead shows earlier years or an earlier post at `company`."""
    low = rest.lower()
    if any(map(low.__contains__, _SAME_SIGNS)) and _SAME.search(rest):
        return True
    if strong and " hidtil " in rest and _TILL_NOW.search(rest):
        return True
    if strong and (" fra en stilling " in rest or " fra et job " in rest) and _LEFT_POST.search(rest):
        return True
    if " startede som " in rest and not _COMES_FROM.search(rest) and not _STARTED_ELSEWHERE.search(rest):
        return True
    for name in _names(company):
        at = low.find(name)
        while at >= 0:
            end = at + len(name)
            joined = low[end : end + 1] == "-" and not low.startswith(("koncernen", "gruppen"), end + 1)
            if not joined and (not low[end : end + 1].isalnum() or low[end : end + 1] == "s"):
                before = rest[max(0, at - 180) : at]
                if before.endswith(_AT) and _told(before, rest, end, strong=strong):
                    return True
                if _holds_post(rest, at, end) or _keeps_post(rest, at, end):
                    return True
                if strong and _BUILDS_UP.search(before):
                    return True
                if strong and _SINCE_AFTER.match(rest, end) and " siden" in rest[end : end + 40]:
                    return True
            at = low.find(name, end)
    return False


def _told(before: str, rest: str, end: int, *, strong: bool) -> bool:
    """Whether the words around "hos COMPANY" tell of earlier years there."""
    if (_ARRIVES.search(before) and not _ROSE.search(before)) or _CAME_FROM.match(rest, end):
        return False
    if before.endswith(("kommer til ", "købt af ", "overtaget af ", "fusioneret med ")) or (
        before.endswith(" for ") and not _BEEN_FOR.search(before)
    ):
        return False
    if _TILL_TODAY.search(before):
        return True
    if not strong:
        joined = before.endswith(_JOINED) or (before.endswith(_WORKED) and _FOR_YEARS.match(rest, end) is not None)
        return joined and "tidligere" not in before[-60:]
    if _ROSE.search(before):
        return True
    work = _WORK.search(before)
    if work is not None and "skal " not in work.group() and "tilbage" not in work.group():
        return True
    return bool(_SINCE_BEFORE.search(before) or _SINCE_AFTER.match(rest, end))


_ARRIVES = re.compile(
    r"\b(?:[Ff]ør|[Ii]nden|[Ff]orud for|[Ii]ndtil) (?:han|hun|sin|sit|at|hans|hendes|ansættelsen|tiltrædelsen|jobbet|"
    r"starten|[A-ZÆØÅ][\w.-]{1,20})\b[^.,;]{0,60}$"
)
"""A clause on what was before the move: the house that it names is the new one, "Inden hun kom til Granit"."""
_STARTED_ELSEWHERE = re.compile(r" startede som [^.,]{3,60}? (?:i|hos) (?=[A-ZÆØÅ])")
"""A first post in a house that is named: whether it is this one, its name tells."""
_TILL_TODAY = re.compile(
    r"\b(?:[Hh]idtil har (?:han|hun|[A-ZÆØÅ]\w+)|har (?:hidtil|indtil nu|de (?:sidste|seneste) [^.,]{2,16}|"
    r"siden (?:19|20)\d\d)|har indtil i dag) "
    r"(?:været|arbejdet|fungeret|varetaget|bestridt|haft|virket)\b[^.,]{2,90}$"
)
"""Years up to now in the house whose name follows, whatever the verb of the news."""
_CAME_FROM = re.compile(
    r"['’]?s?(?: (?:&|[A-ZÆØÅ][\w./&-]{0,20})){0,3} fra "
    r"(?!19|20|\d|starten|begyndelsen|januar|februar|marts|april|maj|juni)"
)
"""Where somebody came to the house from: "kom til Granit fra Birk" tells of the arrival."""
_ROSE = re.compile(r"\b(?:udnævnelsen|forfremmelsen|oprykningen|avancementet|udnævnelse|forfremmelse) [^.]{0,90}$")
"""What was before a rise was in the same house."""


def birthday_or_anniversary(clause: str, verb: str) -> MoveKind:
    """Which of the two a clause with "fylder", "runder" or "fejrer" tells of."""
    if _YEARS.search(clause):
        return MoveKind.BIRTHDAY
    if _JUBILEE.search(clause):
        return MoveKind.ANNIVERSARY
    if verb.startswith(("fyld", "rund")):
        return MoveKind.BIRTHDAY
    return MoveKind.ANNIVERSARY


def raised(text: str, lead: Lead, verb: Verb) -> Lead:
    """The lead as a promotion, where the text shows that the person was at the company before."""
    if lead.kind is not MoveKind.HIRE or lead.company is None:
        return lead
    company = text[slice(*lead.company)]
    if (
        was_there_till_now(text, lead.company[1])
        or rises_from_within(text[slice(*lead.sentence)], company)
        or is_still_inside(text[lead.person[1] :], company)
    ):
        return lead._replace(kind=MoveKind.PROMOTION)
    if not verb.words.endswith(RISING):
        return lead
    strong = verb.words.endswith(STRONG)
    if lead.inside or was_inside(text[lead.sentence[1] :], company, strong=strong):
        return lead._replace(kind=MoveKind.PROMOTION)
    return lead
