"""Roles: what a title looks like, where it begins and where it ends.

A title is read up to the word that tells where, when, with what duty or since when it is held; "X for Y" and "X og Y"
stay whole. `is_title` tells a title from other words by its last part, for prefixes such as "Advokat Ann Holm".
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.parsers.danish.descriptors import is_proper
from scraper.parsers.danish.places import TOWNS
from scraper.records import Span

TITLE_ENDINGS = tuple(
    """
    chef direktør konsulent udvikler leder ansvarlig manager consultant developer architect arkitekt specialist engineer
    ingeniør supporter sælger rådgiver assistent elev trainee partner officer president director executive programmør
    designer analyst analytiker tester formand medlem coordinator koordinator medarbejder administrator professor lektor
    adjunkt rektor forsker advokat jurist revisor controller bogholder redaktør journalist sekretær tekniker praktikant
    lærling student studerende owner lead head kandidat minister borgmester adviser advisor strateg strategist planner
    grafiker fotograf webmaster master expert ekspert stifter grundlægger founder ejer indehaver iværksætter
    repræsentant ambassadør agent buyer indkøber logistiker økonom instruktør underviser lærer dekan dommer inspektør
    fuldmægtig kommitteret scientist researcher associate principal coach evangelist recruiter salesman salesmanager
    mester montør operatør receptionist støtte vejleder tillidsmand talsmand næstformand vicedirektør ceo cto cio
    cfo coo
    cmo cdo cso ciso cpo hr-partner entreprenør skribent producer producent editor writer copywriter tekstforfatter
    accountant clerk representative supervisor foreman technician programmer administratør assistant graduate intern
    controlleraspirant aspirant stipendiat postdoc datalog datamatiker civilingeniør bibliotekar læge sygeplejerske
    pilot
    officer major oberst general kaptajn sagsbehandler mand kvinde freelancer skolekonsulent mentor curator
    tutor vært medhjælper leader piccoline piccolo auditor secretary forvalter formidler technologist examiner
    supportmedarbejder salgsdirektør resource promoter animator dealer broker trader planlægger scrummaster scrum-master
    konstruktør værkfører disponent kontrollør elektriker mekaniker laborant
    """.split()
)
"""What the last word of a title ends in, Danish and English."""

TITLE_WORDS = frozenset(
    """
    ceo cto cio cfo coo cmo cdo cso ciso cpo vp svp evp chro cco cro pm pl it-chef head director
    chefen direktøren stifteren lederen formanden grundlæggeren ejeren indehaveren rektoren professoren
    """.split()
)
"""Titles too short to be known by their ending."""

_NOT_TITLES = frozenset("samarbejdspartner forhandler general mand kvinde major konsulenter lead master".split())

STOPS = frozenset(
    """
    hos i på ved med fra pr pr. per efter under inden indenfor blandt når mens hvis til fordi at den d. siden som
    hvor der
    hvilket og/eller gennem igennem ud over men da uden om mod via ifølge samtidig herunder bl.a. bla. netop her
    først efterfølgende samme
    tilknyttet internt baseret cirka ca. skal vil har er kan får bliver han hun sammen foruden frem sideløbende
    tilbage dels særligt primært især også ho ansvar
    """.split()
)
"""Words that end a title."""

AFTER_OG = frozenset(
    """
    skal har er får bliver vil indgår kommer arbejder varetager med hans hendes han hun den det de en et i hos på
    til som
    indtræder tager sidder fungerer ansvarlig_for dermed bliver var der bidrager styrker refererer samtidig får
    står overtager
    kan dækker afløser erstatter hvor sin sine sit supplerer deltager del går starter dertil her denne ansvar bl.a.
    blandt for kom ligeledes endvidere
    """.split()
)
"""Words after "og" that go on with the sentence and not with the title."""

_QUARTERS = frozenset("øst vest nord syd".split())
"""Words that, with "for", tell where the job is: "konsulent øst for Storebælt"."""

_OPENING = tuple(
    """
    ny; nyt; nye; nyudnævnt; kommende; nuværende; deres; virksomhedens; firmaets; selskabets; koncernens; bureauets;
    bankens; organisationens; foreningens; første; en; et; den; det; sin; sine; sit; som; ligeledes; ren; egentlig;
    blandt andet; bl.a.; fuldtidsansat; nyansat; midlertidig; tiltrædende; blandt andre; både; fremover;
    konstitueret nye; tidligere; mangeårig
    """.replace("\n   ", "")
    .strip()
    .split("; ")
)
"""Words before a title that are no part of it."""
_OPENERS = re.compile(f"(?:(?:{'|'.join(map(re.escape, _OPENING))}) )+")
_OPENERS_BEGIN = frozenset(words.split(" ")[0] for words in _OPENING)

_CAPITALS = frozenset({"PR"})
"""Words of titles that, written small, would end one."""
_TOKEN = re.compile(r"[^\s,;:()]+")
_FIELD = re.compile(
    r"(?<![a-z&/-])[a-z][a-z&/-]{0,30}(?: [a-z&/-]{1,30}){0,3}"
    r"(?=(?:, [A-ZÆØÅ][A-Za-z]{3,20})?, (?:hos|i) [A-ZÆØÅ0-9]| (?:hos|i) [A-ZÆØÅ0-9])"
)
_LAST_FIELD = re.compile(
    r"(?<![a-z])[a-z]{1,30}(?: (?:& )?[a-z]{1,30}){0,3}"
    r"(?=\.(?: [A-ZÆØÅ]|$)|, (?:og|hvor|der|som|med) | og (?:medlem|en del) af )"
)
_MORE_FIELDS = re.compile(r"[a-zæøå-]{4,30} og ([a-zæøå-]{4,30})(?=[.,]| - | i [A-ZÆØÅ]| hos )")
"""The end of a list of fields: "direktør for salg, presse og drift"."""
_ENGLISH = re.compile(
    r"(?:manager|management|marketing|sales|operations|delivery|specialist|director|consultant|executive|lead|officer|head|president|engineer|developer|architect|analyst)$",
    re.IGNORECASE,
)
_PAREN = re.compile(r" ?\([^()]{1,60}\)")


@lru_cache(maxsize=4096)
@lru_cache(maxsize=8192)
def is_title(word: str) -> bool:
    """Whether a single word is, or ends in, a title: "it-chef", "Salgsdirektør", "CTO"."""
    low = word.lower().strip(".,'\"")
    if low in TITLE_WORDS:
        return True
    return low.endswith(TITLE_ENDINGS) and low not in _NOT_TITLES


def is_danish_title(words: str) -> bool:
    """Whether a title is in Danish, so that a name behind a comma is that of a department and no part of it."""
    last = words.rsplit(" ", 1)[-1]
    return is_title(last) and not last.isupper() and not _ENGLISH.search(words)


def _comma_goes_on(text: str, position: int) -> int | None:
    """Where the title goes on after a comma at `position`, None when it ends there."""
    if not text.startswith(", ", position):
        return None
    following = _TOKEN.match(text, position + 2)
    if following is None:
        return None
    word = following.group()
    if word.lower() in STOPS or word.lower() in AFTER_OG:
        return None
    if word.islower() or not is_proper(word):
        fields = (
            _MORE_FIELDS.match(text, position + 2) if text.find(" for ", max(0, position - 60), position) > 0 else None
        )
        if fields is not None and fields.group(1) not in AFTER_OG and fields.group(1) not in STOPS:
            return position + 2
        if _LAST_FIELD.match(text, position + 2) and _ENGLISH.search(text, max(0, position - 40), position):
            return position + 2
        if is_title(word.rstrip(".")):
            return position + 2
        return position + 2 if _FIELD.match(text, position + 2) else None
    end, words = following.end(), 1
    while words < 5 and text.startswith(" ", end):
        token = _TOKEN.match(text, end + 1)
        if token is None or token.group().lower() in STOPS:
            break
        if not is_proper(token.group()) and token.group() not in {"and", "og", "of", "business"}:
            return None
        end, words = token.end(), words + 1
    phrase = text[position + 2 : end].rstrip(".")
    if text.startswith(" har", end) or text.startswith(" er ", end):
        return None
    if phrase in TOWNS or (end < len(text) and text[end] not in " ,."):
        return None
    return position + 2


_PLAIN = re.compile(
    r"(?<![\w-])([A-ZÆØÅa-zæøå][\w-]{0,40}+(?: [A-ZÆØÅa-zæøå][\w-]{0,40}+){0,3}?)"
    r"(?: (?:hos|i|på|med|inden|ved|fra)(?= )|, hvor |(?<=[\w-]{4})\.(?= [A-ZÆØÅ]|$))"
)
"""One to four words up to a word or mark that ends any title: so most titles are written."""
_NOT_PLAIN = STOPS | _QUARTERS | {"og", "samt", "eller", "for", "af", "adm", "tekn", "afd", "nord", "vice"}
"""Words that need a second look."""


def role_at(text: str, start: int) -> Span | None:
    """The title that begins at `start`, words such as "ny" before it skipped; None when no title can stand there."""
    plain = _PLAIN.match(text, start)
    if plain is not None:
        words = plain.group(1).lower().split(" ")
        if words[0] not in _OPENERS_BEGIN and _NOT_PLAIN.isdisjoint(words):
            return plain.span(1)
    return _role_by_words(text, start)


def _role_by_words(text: str, start: int) -> Span | None:
    """As `role_at`, one word after the other."""
    opener = _OPENERS.match(text, start) if text[start : text.find(" ", start)] in _OPENERS_BEGIN else None
    begin = opener.end() if opener else start
    position, end, words = begin, begin, 0
    while words < 16:
        match = _TOKEN.match(text, position)
        if match is None:
            break
        token = match.group()
        low = token.lower()
        bare = token.rstrip(".!?")
        if (low in STOPS and token not in _CAPITALS) or low.rstrip(".") in {"hos", "hvor"} or _lies(text, match, low):
            break
        if low in {"og", "samt", "&", "eller"}:
            following = _TOKEN.match(text, match.end() + 1)
            if following is None or words == 0:
                break
            after = following.group().rstrip(".")
            if low == "og" and text.startswith(" medlem af ", match.end()):
                break
            if not after or after.lower() in AFTER_OG or after.lower() in STOPS:
                break
            if low == "samt" and not is_title(after) and not (is_proper(after) and " for " in text[begin:position]):
                break
        elif low in {"-", "–"}:
            following = _TOKEN.match(text, match.end() + 1)
            if following is None or not is_proper(following.group()):
                break
        elif low in {"for", "af"} and words == 0:
            break
        else:
            end = match.start() + len(token if low in _DOTTED and text.startswith(" ", match.end()) else bare)
        words += 1
        if len(bare) < len(token) and _ends(text, token, match.end()):
            break
        position = match.end()
        paren = _PAREN.match(text, position) if text.startswith((" (", "("), position) else None
        if paren is not None:
            inner = paren.group().strip(" ()")
            if inner in TOWNS or inner.startswith(("og ", "som ", "der ")):
                break
            end = position = paren.end()
        if text.startswith(" ", position):
            position += 1
            continue
        goes_on = _comma_goes_on(text, position)
        if goes_on is None:
            break
        position = goes_on
    end = _without_loose_end(text, begin, end)
    return (begin, end) if end > begin else None


def _lies(text: str, match: re.Match[str], low: str) -> bool:
    """Whether a word says where the job is: "øst for Storebælt"."""
    return low in _QUARTERS and text.startswith(" for ", match.end())


def _without_loose_end(text: str, begin: int, end: int) -> int:
    """Where a title ends without a joining word that nothing follows, and without whom it is held for."""
    if text.endswith(_DANGLING_ENDS, begin, end) or text.find(".", begin, end) >= 0:
        dangling = _DANGLING.search(text, begin, end)
        end = dangling.start() if dangling is not None else end
    if text.startswith((", som ", ", der "), end) and (some := _SOME_TEAM.search(text, begin, end)) is not None:
        return some.start()
    own = _OWN.search(text, begin, end) if text.find(" for ", begin, end) > 0 else None
    return own.start() if own is not None else end


_DANGLING = re.compile(
    r"(?: (?:og|samt) (?:[a-zæøå]+ )?(?:leder|chef|ansvarlig|del))? (?:af|for|og|of|til|samt)(?= |$|\.)(?! \S)"
)
_SOME_TEAM = re.compile(r"(?: og (?:leder|chef|ansvarlig))? (?:af|for) (?:det|et|en|den) (?:team|gruppe|afdeling)$")
"""What is led that only the next clause tells: "chef og leder af det team, som …"."""
_DANGLING_ENDS = ("af", "for", "og", "of", "til", "samt", " ")
_OWN = re.compile(
    r"(?: og ansvarlig)? for (?:(?:et|en) (?:team|gruppe|hold)|sin|sit|sine|deres|"
    r"virksomhedens|firmaets|selskabets|koncernens|bureauets|hele sin)(?: |$)"
    r"| for (?:virksomheden|firmaet|selskabet|koncernen|bureauet|organisationen)$"
)


_DOTTED = frozenset({"dir.", "dir.,", "adm.dir.", "vicedir."})
"""Titles that are short forms and keep their full stop: "adm. dir."."""


def _ends(text: str, token: str, end: int) -> bool:
    """Whether the full stop of `token` ends the title: not in "adm. direktør" and "sr. consultant"."""
    if token.lower() in {
        "adm.",
        "vice-adm.",
        "sr.",
        "jr.",
        "vice.",
        "ass.",
        "tekn.",
        "afd.",
        "økon.",
        "mgr.",
        "int.",
        "nord.",
    }:
        return False
    following = text[end + 1 : end + 2]
    return not following.islower()
