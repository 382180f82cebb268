"""Departments and teams: how Danish names a part of a company."""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.legal_forms import AT_END
from scraper.parsers.danish.companies import LISTED_UNIT
from scraper.parsers.danish.company_words import STOP_WORDS, UNIT_NOUNS
from scraper.parsers.danish.descriptors import is_proper
from scraper.parsers.danish.roles import is_title
from scraper.records import Span

DEFINITE_UNITS = tuple(
    """
    afdelingen teamet divisionen gruppen enheden sektionen sektoren stationen organisationen forretningen staben
    centret centeret
    servicecentret practicen practisen praksissen afsnittet forretningsområdet branchen serviceline sekretariatet
    forretningsenheden området laboratoriet linjen fakultetet funktionen instituttet praktikken
    """.split()
)
"""Definite nouns that a unit ends in: "BI-afdelingen", "arkitektteamet"."""

PRODUCTS = frozenset(
    """
    Microsoft MS SAP Axapta Dynamics Sharepoint SharePoint Oracle Java Citrix Exchange VMware Navision Axapta .NET .Net
    Cisco Linux
    Windows Office Lotus AX NAV CRM ERP
    """.split()
)
"""First words of products: "konsulent i MS Dynamics AX" names a field and no department."""
PRODUCTS_OF_TWO = ("Business Objects", "Business One", "Active Directory", "Visual Studio", "Google Analytics")

_TOKEN = re.compile(r"[^\s,;:()\"“”»«]+")
_TEAM = re.compile(
    r"(?:(?:en )?(?:ny )?del|medlem) af (?:(?:det|den|de|deres|et|en|virksomhedens|firmaets|"
    r"selskabets|bureauets|koncernens) )?"
)
_ARTICLE = re.compile(
    r"(?:(?:det|den|de|deres|sin|sit|et|en|virksomhedens|firmaets|selskabets|bureauets|"
    r"koncernens) )?(?:både )?(?:(?:nye|ny|nyoprettede|nyetablerede|nystartede|nystartet|nyoprettet|nyetableret|"
    r"store|faste|samlede|hele|egen|eget|eksisterende) )?"
)
_FOR_FIELD = re.compile(
    r" (?:inden )?for (?:[A-ZÆØÅ][\w&-]{0,40}|[a-zæøå]{4,40}(?: (?:af )?[a-zæøå]{4,40})?)"
    r"(?: (?:og|&|[A-ZÆØÅ][\w&-]{0,40})(?: (?!(?:i|på|hos|og) )[\w&-]{1,40})?){0,3}"
    r"(?=[,.]| i | på | hos | med | og (?:blandt|skal|får) |$)"
)
NEW = frozenset("ny nye nyt nyoprettede nyetablerede nyåbnede nystartede nystartet store".split())
_BARE = frozenset(
    """
    afdelingen teamet divisionen gruppen enheden området forretningsområdet forretningsenheden organisationen
    sektionen centret practicen practisen praksissen forretningen arbejdsområdet
    """.split()
)
_GENERIC = frozenset(
    """
    afdeling kontor hovedkontor team division filial hovedsæde adresse domicil ledelse organisation lager
    butik datterselskab forretningsenhed forretningsområde arbejdsområde enhed forretning institut fakultet
    """.split()
)


class Unit(NamedTuple):
    """A unit in running text: `span` its name, `end` where its phrase ends."""

    span: Span
    end: int


def proper_run(text: str, position: int) -> int:
    """Where a run of proper words that begins at `position` ends; `position` when there is none."""
    end = position
    cursor = position
    while True:
        token = _TOKEN.match(text, cursor)
        if token is None:
            return end
        word = token.group()
        bare = word.rstrip(".!?")
        if is_proper(word) and word not in {"Han", "Hun"}:
            end = token.start() + len(bare)
        elif bare not in {"og", "&", "and", "of", "for"} or end == position:
            return end
        if bare != word or not text.startswith(" ", token.end()):
            return end
        cursor = token.end() + 1


_OF_PEOPLE = re.compile(r" af (?:[a-zæøå-]{3,20}e )?[a-zæøå-]{4,40}er(?: og [a-zæøå-]{4,40}er)?(?=[ ,.]|$)")
"""The people a team is made of: "team af arkitekter"."""
_NOUN_AFTER = re.compile(r" (?:center|afdeling|team|division)(?=[ ,.]|$)")
"""The noun that ends a name whose words before it might end one: "Nova management center"."""
_SIDE = re.compile(r" (?:(?:Øst|Vest|Nord|Syd|Midt)(?![\w-])|\([A-ZÆØÅ]{2,6}\))")
"""What follows the noun of a department and belongs to its name: "salgsafdeling Øst", "Nova-division (NV)"."""
_STEMS = tuple(
    """
    afd eam division grupp enhed sekt station organisation forretning stab cent praksis pract prakt afsnit område
    branche line linje sekretariat laborator fakultet funktion institut
    """.split()
)
"""Parts of every noun of a department: where none stands near, there is none."""
_REACH = 220
"""Characters within which the noun of a department stands."""
_INDEFINITE = re.compile(r"(?:et|en) (?!ny|ny[a-zæøå]+(?:t|et) )")
"""A team that is one of many is no department with a name: "indgår i et konsulentteam"."""


def unit_at(text: str, start: int) -> Unit | None:
    """The department whose phrase begins at `start`: "BI-afdelingen", "teamet Nova", "det nye salgsteam"; or None."""
    if not any(map(text[start : start + _REACH].__contains__, _STEMS)) or _INDEFINITE.match(text, start):
        return None
    article = _ARTICLE.match(text, start)
    begin = article.end() if article else start
    position = begin
    for count in range(8):
        token = _TOKEN.match(text, position)
        if token is None:
            return None
        word = token.group()
        bare = word.rstrip(".!?")
        low = bare.lower()
        if _LEADERS.match(low) or (low.endswith("instituttet") and _NAME_NEXT.match(text, token.end())):
            return None
        if (
            (low.endswith(DEFINITE_UNITS) and not _names_firm(text, bare, token.end()))
            or (begin > start and _indefinite(low))
            or (count and (low.endswith("-team") or (low == "team" and _COLOUR.match(text, begin))))
        ):
            end = token.start() + len(bare)
            if count == 0 and (low in _BARE or low in _GENERIC):
                return _named(text, begin, end)
            named = _name_behind(text, end) if count == 0 and word.islower() else None
            if named is not None:
                return Unit(named, named[1])
            return Unit((begin, end), end)
        if low in STOP_WORDS and (low != "og" or count == 0):
            break
        if bare != word or not text.startswith(" ", token.end()):
            break
        position = token.end() + 1
    token = _TOKEN.match(text, begin)
    if token is not None and token.group() in {"Team", "team", "afdeling", "Afdeling", "afd."}:
        end = proper_run(text, token.end() + 1) if text.startswith(" ", token.end()) else token.end()
        if end > token.end() + 1 and not AT_END.search(text[begin:end]):
            return Unit((token.end() + 1 if token.group() == "team" else begin, end), end)
        small = _small_name(text, token.end() + 1) if token.group() == "team" else None
        if small is not None:
            return Unit(small, small[1])
    if token is not None and token.group() in _SEVERAL and text.startswith(" ", token.end()):
        end = proper_run(text, token.end() + 1)
        while text.startswith(", ", end) and (further := proper_run(text, end + 2)) > end + 2:
            end = further
        return Unit((token.end() + 1, end), end) if end > token.end() + 1 else None
    return None


_SEVERAL = frozenset("afdelingerne divisionerne enhederne forretningsenhederne forretningsområderne".split())
"""Departments in the plural, whose names follow: "forretningsenhederne Hav & Vind"."""
_COLOUR = re.compile(r"(?:rødt|blåt|grønt|gult|hvidt|sort|lilla) team\b")


def _names_firm(text: str, word: str, end: int) -> bool:
    """Whether a word that ends as a unit does is the name of a firm: "It-afdelingen A/S", "Nordgruppen"."""
    if AT_END.match(text[end : end + 5].rstrip("., ")):
        return True
    return word[0].isupper() and "-" not in word and word.lower().endswith("gruppen")


_UNIT_IN_TITLE = re.compile(
    r" (?=(?:[A-ZÆØÅ][\w&/-]{0,40} (?:& )?){0,6}[A-ZÆØÅ][\w&]{0,40}(?:-\w{1,40}){0,3}-?"
    r"(?:afdelingen|teamet|divisionen|enheden)$|[a-zæøå]{3,30}-området$)"
)
_OF = (" for", " af", " of", " og", " &")


def unit_after_title(text: str, role: Span) -> Span | None:
    """The department that follows a title without a word between: "developer Nova-afdelingen"."""
    if not text.endswith(("afdelingen", "teamet", "divisionen", "enheden", "-området"), *role):
        return None
    match = _UNIT_IN_TITLE.search(text[: role[1]], *role)
    if (
        match is None
        or not any(map(is_title, text[role[0] : match.start()].split(" ")))
        or text.endswith(_OF, role[0], match.start())
    ):
        return None
    return (match.end(), role[1])


_FIELD_BEFORE = re.compile(
    r"(?:business intelligence|customer service|human resources|professional services|application management|"
    r"service management|project management|(?:it|e|business|marketing|support|sales|consulting|finance|web|mobile)"
    r"(?: [a-z]{3,20})?) "
)
"""Fields in English before a mere noun, which make a name of it: "business intelligence afdeling"."""
_LEADERS = re.compile(
    r"(?<![\w-])[a-zæøå-]{0,40}(?:(?:ledelses?|leder|lederskabs?|direktions?)(?:team|gruppe)(?:t|et|n)?"
    r"|ledelsen?|direktion(?:en)?|bestyrelse(?:n)?|(?:partner|ejer)(?:kreds(?:en)?|gruppe(?:n)?))$"
)
"""Those who lead are no department."""


_TOP = re.compile(r"(?:Group|Executive|Extended|Senior|Global|Top) (?:Leadership|Management)(?: Team)?$")
"""Those who lead, in English."""


def _indefinite(low: str) -> bool:
    return low.endswith(("team", "afdeling", "division", "gruppe", "enhed"))


def _named(text: str, begin: int, end: int) -> Unit | None:
    """The name after "afdelingen" or "teamet"; the noun alone when it has none."""
    if text.startswith(" ", end):
        run = proper_run(text, end + 1)
        if run > end + 1:
            listed = _SMALL_LIST.match(text, run) or _PROPER_LIST.match(text, run)
            run = listed.end() if listed else run
            return Unit((end + 1, run), run)
        named = _FOR_FIELD.match(text, end)
        if named is not None:
            return Unit((begin, named.end()), named.end())
        small = _small_name(text, end + 1)
        if small is not None:
            return Unit(small, small[1])
        people = _OF_PEOPLE.match(text, end) if text.startswith("team", begin) else None
        if people is not None:
            return Unit((begin, people.end()), people.end())
    return None


def _name_behind(text: str, end: int) -> Span | None:
    """The name of two words or more behind a noun that ends at `end`: "serviceafdeling Nova Support Nord"; or None."""
    run = proper_run(text, end + 1) if text.startswith(" ", end) else end
    listed = _PROPER_LIST.match(text, run)
    run = listed.end() if listed else run
    name = text[end + 1 : run]
    return (end + 1, run) if " " in name and not AT_END.search(name) else None


def _small_name(text: str, start: int) -> Span | None:
    """A name in small words behind its noun: "afdelingen kurser og rejser hos Granit"; or None."""
    name = _SMALL_NAME.match(text, start)
    if name is None or not STOP_WORDS.isdisjoint(name.group().replace(" og ", " ").split(" ")):
        return None
    return name.span()


_SMALL_LIST = re.compile(r"(?:, [a-zæøå-]{2,30}){0,3} og [a-zæøå-]{4,30}(?= (?:i|hos) [A-ZÆØÅ])")
"""The end of a department's name that is a list: "afdelingen It, modeller og processer i Granit"."""
_PROPER_LIST = re.compile(r"(?:, [A-ZÆØÅ][\w-]{1,30}){1,3} (?:&|og|and) [A-ZÆØÅ][\w-]{1,30}(?=[ .,]|$)")
"""The same in proper words: "teamet Data, Strategy & Analysis"."""
_SMALL_NAME = re.compile(
    r"[a-zæøå]{2,30}(?:- og [a-zæøå]{3,30}| og [a-zæøå]{3,30}| [a-zæøå]{4,30})?"
    r"(?=\.(?: |$)|, hvor | (?:hos|i) [A-ZÆØÅ])"
)
_NAME_NEXT = re.compile(r" [A-ZÆØÅ][a-zæøå]")


def owned_unit(text: str, start: int) -> Unit | None:
    """What a company in the genitive owns at `start`: "Nova-afdeling", "nye BI-team"; None for a mere "afdeling"."""
    position = start
    begin = start
    for _ in range(10):
        token = _TOKEN.match(text, position)
        if token is None:
            return None
        word = token.group()
        bare = word.rstrip(".!?")
        low = bare.lower()
        if _LEADERS.match(low):
            return None
        if low in NEW and position == begin:
            begin = token.end() + 1
        elif (
            low.endswith((*UNIT_NOUNS, "-afdelingen", "-teamet"))
            or low.rsplit("-", 1)[-1] in UNIT_NOUNS
            or (bare in {"Services", "Operations", "Desk", "Line"} and (position > begin or bare != word))
            or bare == "Academy"
        ) and not (bare == word and bare[0].isupper() and _PROPER_NEXT.match(text, token.end())):
            end = token.start() + len(bare)
            if low in _GENERIC:
                if text.startswith(" ", end):
                    run = proper_run(text, end + 1)
                    named = _FOR_FIELD.match(text, end) or (_OF_PEOPLE.match(text, end) if low == "team" else None)
                    if run > end + 1:
                        return Unit((end + 1, run), run)
                    if named is not None:
                        return Unit((begin, named.end()), named.end())
                small = text[begin : token.start()].islower() and not _FIELD_BEFORE.fullmatch(
                    text, begin, token.start()
                )
                return None if small or position == begin else Unit((begin, end), end)
            behind = _name_behind(text, end) if bare.islower() else None
            if behind is not None:
                return Unit(behind, behind[1])
            side = _SIDE.match(text, end)
            if _TOP.match(text[begin:end]):
                return None
            noun = _NOUN_AFTER.match(text, end) if bare == word else None
            end = noun.end() if noun else end
            return Unit((begin, side.end()), side.end()) if side else Unit((begin, end), end)
        elif low in STOP_WORDS and low != "og":
            return None
        listed = LISTED_UNIT.match(text, token.end())
        if bare != word or not (listed or text.startswith(" ", token.end())):
            return None
        position = token.end() + (2 if listed else 1)
    return None


def part_of_team(text: str, start: int) -> Span | None:
    """The team in "en del af TEAM" at `start`."""
    opening = _TEAM.match(text, start)
    if opening is None:
        return None
    unit = unit_at(text, opening.end())
    return unit.span if unit else None


def leads(name: str) -> bool:
    """Whether a word names those who lead or own a house, "direktionen", "ejerkredsen": no department."""
    return _LEADERS.match(name.lower()) is not None


def field_at(text: str, start: int) -> Span | None:
    """A field in small words at `start`, one to five of them: "hosting", "salg og support"."""
    if _NO_FIELD.match(text, start):
        return None
    position, end = start, start
    for _ in range(5):
        token = _TOKEN.match(text, position)
        if token is None:
            break
        word = token.group()
        bare = word.rstrip(".!?")
        if bare.lower() in STOP_WORDS and bare != "og":
            break
        if bare != "og":
            end = token.start() + len(bare)
        if bare != word or not text.startswith(" ", token.end()):
            break
        position = token.end() + 1
    return (start, end) if end > start else None


def with_second_part(text: str, unit: Span) -> Span:
    """The unit with a last word after a comma that only departments have: "Operation & Infrastructure, Management"."""
    joined = _JOINED_PART.match(text, unit[1])
    if joined is not None:
        return (unit[0], joined.end())
    last = _SECOND_PART.match(text, unit[1])
    if last is None or last.group(1).lower() not in UNIT_WORDS:
        return unit
    return (unit[0], last.end())


_JOINED_PART = re.compile(
    r" og [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ][a-z]+)?(?:-[A-ZÆØÅ][a-z]+(?: [A-ZÆØÅ][a-z]+)?)?(?=[.,](?: |$)| i | på | hos )"
)
_SECOND_PART = re.compile(r", ([A-ZÆØÅ][a-zæøå]+)(?=\.(?: |$))")


def is_product(name: str) -> bool:
    """Whether a proper name is a product and no department."""
    named = name.split(" ", 1)[0] in PRODUCTS or name.startswith(PRODUCTS_OF_TWO)
    return named and not name.lower().endswith(_DIVISION_ENDS)


_PROPER_NEXT = re.compile(r" (?:(?:and|og) )?[A-ZÆØÅ&]")
_NO_FIELD = re.compile(
    r"(?:hierarkiet|graderne|rækkerne|ledelseslagene|geledderne|afdelingen|teamet|gruppen|enheden|divisionen|firmaet|virksomheden|selskabet|branchen|forvejen|dag|gang|stedet|øvrigt|alt|praktik|forbindelse|samarbejde|spidsen|starten|slutningen|løbet|øjeblikket|mange|flere|over|perioden|år|hele|\d+)\b"
)
UNIT_WORDS = frozenset(
    """
    services service sales banking support solutions management development operations consulting marketing finance
    delivery digital
    infrastructure application applications network
    business public private health retail corporate team center salg drift
    udvikling
    teknisk it hr commercial engineering technology security analytics research
    """.split()
)
"""Words that the names of departments are made of."""


def named_unit_at(text: str, start: int) -> Span | None:
    """A department known by the words of its name alone at `start`: "Support Center", "Unified Operations"; or None."""
    run = proper_run(text, start)
    name = text[start:run]
    if " Leadership " in name or name.endswith("Management Team"):
        return None
    if " " not in name or is_product(name):
        return None
    known = name.rsplit(" ", 1)[-1].lower() in _LAST_WORDS or (" & " in name and has_unit_word(name))
    return (start, run) if known else None


_LAST_WORDS = frozenset("center centre team services operations division department unit".split())


def named_area_at(text: str, start: int) -> Span | None:
    """The name in "forretningsområdet Nova" at `start`; None where no area with a name stands."""
    opening = _AREA.match(text, start)
    if opening is None:
        return None
    run = proper_run(text, opening.end())
    return (opening.end(), run) if run > opening.end() else _small_name(text, opening.end())


_AREA = re.compile(r"(?:forretnings|arbejds|salgs)området? ")


def division_at(text: str, start: int) -> Span | None:
    """A department by its last word at `start`: "Nova Management Division"; or None."""
    run = proper_run(text, start)
    last = text[start:run].rsplit(" ", 1)[-1].lower()
    named = text[start:run].split(" ", 1)[0].lower() in UNIT_WORDS and text[run : run + 1] in {".", ","}
    return (start, run) if (last in _DIVISIONS or named) and " " in text[start:run] else None


_DIVISIONS = frozenset("division department team practice practise center centre unit".split())
_DIVISION_ENDS = tuple(f" {noun}" for noun in _DIVISIONS)


def has_unit_word(name: str) -> bool:
    """Whether a name is made of words as departments are."""
    return not UNIT_WORDS.isdisjoint(name.lower().replace(",", "").split(" "))
