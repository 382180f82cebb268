"""Employers in a person's past: which names are companies, and how a list of them runs.

Built on the names that `danish.companies` reads; added is what a past needs: lists ("A, B og C"), the town or the unit
behind a name, and what looks like a company and is a place, a field or a technology.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.legal_forms import without_legal_form
from scraper.parsers.danish.alternatives import any_of
from scraper.parsers.danish.companies import Company, read_company
from scraper.parsers.danish.company_words import FIRM_ENDS, UNIT_NOUNS
from scraper.parsers.danish.education import COUNTRIES, is_degree
from scraper.parsers.danish.places import REGIONS, TOWNS, place_at
from scraper.parsers.danish.roles import is_title
from scraper.parsers.danish.units import UNIT_WORDS
from scraper.records import Span

NUMBER = (
    r"(?:\d[\d.,½-]*|et|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|halvandet|mange|"
    r"flere|adskillige|nogle|en række|"
    r"et par|et halvt|halvdelen)"
)
NEXT = re.compile(
    r"(?:, (?:og |samt |herunder )?| og | samt | - (?:og |samt )?| – (?:og )?|; | eller |/| både )"
    r"(?P<when>(?:senest|siden hen|siden|herefter|derefter|senere|før det|før da|forinden|"
    r"inden da|tidligere|nu|efterfølgende|sidst)(?:, siden \d{4},)? )?"
    r"(?:(?:blandt (?:andet|andre)|bl\. ?a\.|også|desuden|i en periode|frem til \d{4}) "
    r")*(?!(?:har|været|var|er|kommer|arbejde\w{0,40}|han|hun)\b)"
)
_DURATION = re.compile(
    rf" (?:(?:fra|i|frem til|indtil) (?:(?:perioden|tiden|årene|begyndelsen af|starten af|"
    rf"slutningen af) )?(?:fra )?\d{{4}}(?: ?(?:-|–|til|og til) ?\d{{4}})?|siden "
    rf"(?:[a-zæøå]{{1,40}} )?\d{{4}}|"
    rf"(?:i |gennem |igennem )(?:mere end |over |knap |godt |cirka |ca\. |næsten "
    rf")?{NUMBER}(?: (?:et halvt|og et halvt|halve))? år|i en (?:lang )?(?:årrække|"
    rf"periode))(?![\w-])"
)
_UNDER = re.compile(r" under (?=[A-ZÆØÅ])")
_TOWN = re.compile(r" (?:i|på|\() ?(?P<place>[A-ZÆØÅ][\w.-]{1,40}(?: [A-ZÆØÅ][\w.-]{0,40})?)\)?")
_PAREN = re.compile(r" (?:\([^()]{1,60}\)|\"[^\"]{1,40}\"(?=,| og ))")
_OWNED = re.compile(
    rf"(?: [\w&/.-]{{1,40}}){{0,4}}? "
    rf"[\w&/-]{{0,40}}{any_of(noun for noun in UNIT_NOUNS if len(noun) > 3)}(?:en|"
    rf"et|s)?\b(?! for\b)"
)
_OWNED_NAME = re.compile(r"(?: [A-ZÆØÅ][\w&-]{0,30}| for [A-ZÆØÅa-zæøå][\w-]{1,30}){1,4}")
_FIELDS = re.compile(
    r"(?:asien|europa|amerika|afrika)$|(?:^|-| )(?:branchen|industrien|sektoren|markedet|verdenen|miljøet|området|"
    r"løsninger|løsning|projekter|projekt|platformen|platform|"
    r"certificering|certificeret|konsulent|udvikling|teknologi|teknologier|produkter|"
    r"systemer|system|verden|baggrund|relaterede|segmentet|siden)$"
    r"|-(?!koncernen$|gruppen$|kæden$|net$)[a-zæøå]{1,40}(?:er|erne|en|et)$|-(?:storage|regi|marked|"
    r"bureau|firma|virksomhed|server|miljø|delen|moduler|certificering|programmering|"
    r"drift)$"
)
_MEASURE = re.compile(r"\d{1,4}-[a-zæøå]{2,30}$")
"""A number with its measure, no firm: "4-takts"."""
_PARTNER_OF = re.compile(
    r" (?:[a-zæøå]{4,20} ){0,2}(?:partnere?|forhandlere?|datterselskab(?:er)?|søsterselskab(?:er)?|distributører?)\b"
    r"[^,.;]{0,40}, (?=[A-ZÆØÅ\d])"
)
"""What a firm owns that is itself a firm, named behind a comma: "Granits partnere i Polen, Birk"."""
_NOT_COMPANIES = frozenset(
    """
    Axapta BA HD HA MBA
    EU it It IT EDI ERP CRM BI NAV AX C5 .NET Java Dynamics SharePoint Sharepoint Linux Windows HR PR Brexit Scrum ITIL
    Prince2 PRINCE2 Christiansborg Han Hun Den Det De Her
    """.split()
)
_TECHNOLOGIES = frozenset(
    """
    JavaScript Javascript TypeScript Python PHP Perl Ruby Delphi Cobol COBOL Android iOS Unix HTML HTML5 CSS SQL XML
    Drupal Magento Umbraco Wordpress WordPress Typo3 TYPO3 Concorde Silverlight SSIS SSRS QlikView BizTalk Biztalk
    DevOps SEO Lean LEAN Agile Kanban ABAP J2EE Visual
    """.split()
)
"""Languages, tools and methods that one works in, where a firm might stand: "udvikler i JavaScript"."""
_DEPARTMENT = re.compile(
    r"(?:Financial|Finance|Professional|Customer|Business|Human|Public|Shared|Managed|Technical|Corporate|Strategic|"
    r"Information|Performance|Supply|Field|Global|Digital|Cloud|Infrastructure|Application|Product|Sales|Marketing)"
    r"(?: (?:&|and|[A-Z][a-z]{2,12})){0,2} (?:Services?|Support|Management|Division|Operations|Resources|Development|"
    r"Department|Team|Delivery|Sales|Marketing|Practice)"
)
"""Names of departments by their words alone: "i Financial Services"."""
_OTHERS = re.compile(
    r",? (?:og|samt|eller) (?:andre|lignende) "
    r"(?!(?:[\w-]{1,30} ){0,2}[\w-]{0,30}(?:virksomhed|firma|selskab|bureau|hus|organisation|bank|kunde|brand|kommun))"
    r"[a-zæøå]"
)
"""What shows that a list behind "i" names fields: "i Lean, Six Sigma og andre metoder"."""
_COUNTRY = re.compile(r", ([A-ZÆØÅ][A-Za-zæøå-]{1,20})(?=[ ,.])")
_DASHED = re.compile(r" [-–] (?:Mærsk(?: (?:A/S|Gruppen))?|[A-ZÆØÅ][\w&]{1,30} (?:A/S|ApS|AB|Gruppen))(?=[ ,.;]|$)")
_JOINT_NAME = re.compile(
    r"[A-ZÆØÅ]\w{1,40}-(?:, [A-ZÆØÅ]?[a-zæøå]{1,40}-){0,3} og [A-ZÆØÅ]?[a-zæøå-]{4,}(?: "
    r"(?:Politi|Kommune|Region|Amt|A/S|Danmark))?|[A-ZÆØÅ][a-zæøå]{2,30} og [A-ZÆØÅ][a-zæøå]{2,30} Hospital(?:er)?\b"
    r"|(?:Kort|By|Bolig|Land|Told|Vej|Havne?|Plan|Natur|Vand|Skov|Energi) og "
    r"[A-ZÆØÅ][a-zæøå]{2,20}(?:styrelsen|forvaltningen)\b"
)
_SCHOOL = re.compile(r"(?:skolen|universitetet|akademiet|gymnasiet|VUC)$")
_IN_TOWN = re.compile(r" i [A-ZÆØÅ][a-zæøå]{1,30}(?: [A-ZÆØÅ](?=[ ,.]))?")
"""The town that belongs to the name of a school: "Handelsskolen i Vejle"."""
_OFFICE = re.compile(
    r"(?:[A-ZÆØÅ][a-zæøå]{0,20}(?:inisteriet|tyrelsen|irektoratet|orvaltningen)|Institut(?:tet)?) for "
    r"[A-ZÆØÅ][a-zæøå-]{1,30}(?:, [A-ZÆØÅ][a-zæøå-]{1,30}){0,3} og [A-ZÆØÅ][a-zæøå-]{1,30}(?=[ ,.]|$)(?! A/S| ApS)"
)
"""An office whose field is a list: "Ministeriet for Skov, Sø og Eng"."""
_AGAIN = re.compile(
    r"(?:hos|i|ved|på|for|fra) (?=[A-ZÆØÅ\d])|"
    r"(?:virksomheder|firmaer|selskaber|organisationer|bureauer|banker) (?:så)?som (?=[A-ZÆØÅ\d])|"
    r"[a-zæøå-]{0,30}(?:virksomhederne|firmaerne|selskaberne|bureauerne|bankerne|kæderne|husene) (?=[A-ZÆØÅ\d])"
)
_JOINERS = frozenset(" -")
_PRODUCT = re.compile(
    r"[ -](?:projekt|projekter|løsning|løsninger|platform|platformen|system|systemer|"
    r"teknologi|teknologier|implementering|certificering)\b"
)
_HOUSES = ("både ", "firmaerne ", "bureauerne ", "selskaberne ", "virksomhederne ", "kæderne ", "husene ", "bankerne ")
"""Several houses announced: "hotelkæderne Granit & Birk" is two."""
_OWN_PRODUCTS = re.compile(
    r" (?:[a-zæøå]{3,20}e )?(?:produkter|systemer|platforme?|teknologi(?:er)?|programmer|værktøjer|software)\b"
)
"""What a maker owns that others know: "underviser i Granits produkter" names no employer."""
_SMALL_TAIL = re.compile(
    r" (?:communications?|business|distribution|systems|solutions|consulting|group|"
    r"software|technolog(?:y|ies)|services|"
    r"international|telecom|electronics|medical|design|partners|energy|shipping|logistics|security|airlines|innovation|"
    r"a Car|data)(?: (?:A/S|ApS))?(?=[,.]| og | samt |$)"
)
_KIND_OF_HOUSE = re.compile(r"(?<!\w)(?:det |den )?(?:[a-zæøå]{1,40}e )?[a-zæøå-]{4,25}(?:et|en|ne) (?=[A-ZÆØÅ])")
_ADJECTIVE = re.compile(r"(?:(?:det|den) )?[a-zæøå]{3,20}(?:ejede|etablerede|baserede|noterede|nske|iske) (?=[A-ZÆØÅ])")
_SMALL_NAME = re.compile(
    r"(?<!\w)(?:[a-zæøå]{1,20}[-.:][a-zæøå\d.-]{2,20}|"
    r"[a-zæøå]{1,40}\d+[a-zæøå]{0,40})(?=[ ,.;]|$)"
)
_SMALL_WORD = re.compile(
    r"(?<= hos )(?!(?:andre|begge|samme|flere|politi|hjemme|familie)\b)[a-zæøå]{4,20}"
    r"(?<!er)(?<!ne)(?<!et)(?<!den)(?<!ten)(?<!sen)(?<!gen)(?<!e)"
    r"(?=[.,]|$| som | og (?:er|har|hun|han|kommer)\b| i \d| efter | siden | de s)"
)
"""A name in small letters, alone behind "hos" and no noun by its end: "hos nordlys."."""
_DIGITS = frozenset("0123456789.,")
_QUANTITY = re.compile(
    r"(?<!\w)[\d.,]{1,12} ?(?:år|måneder|dage|uger|mand|medarbejdere|lande|kunder|pct|%|"
    r"mio|virksomheder|personer|ansatte)\b"
)
_NO_LIST = re.compile(r"(?:da|hvor|som|der|idet|mens|hvis|så|når|inden|efter|først|hvilket|hvoraf|før)\b")
_ROLE_AHEAD = re.compile(
    r"(?<!\w)(?=\w)(?P<role>[^,.;()]{2,60}?) (?:hos|i|ved|for|på) (?=[A-ZÆØÅ\d]|"
    r"\w{0,40}(?:virksomheden|firmaet|huset|bureauet|selskabet|koncernen|kæden|banken|fonden)\b|"
    r"(?:forsvaret|politiet|hæren|søværnet|flyvevåbnet)\b)"
)


@lru_cache(maxsize=4096)
def company_key(name: str) -> str:
    """What two spellings of one company's name have in common."""
    return without_legal_form(name.strip()).rstrip(".").removesuffix("-koncernen").casefold()


def is_company(text: str, span: Span) -> bool:
    """Whether the words may name an employer rather than a place, a field or a technology."""
    name = text[span[0] : span[1]]
    if name.isdigit():
        if text.endswith(("sidste ", "seneste ", "første "), 0, span[0]):
            return False
        return len(name) == 1 or (len(name) < 5 and text.endswith("hos ", 0, span[0]))
    return _names_house(name)


@lru_cache(maxsize=8192)
def _names_house(name: str) -> bool:
    """As `is_company`, of a name that is no number, whatever stands around it."""
    if name.startswith("Region ") and len(name) > 9:
        return True
    if (
        len(name) == 1
        or name in TOWNS
        or name in REGIONS
        or name in COUNTRIES
        or name in _NOT_COMPANIES
        or name.endswith(("-", "–", "/", "'erne"))
        or name.startswith(("Dynamics ", "Microsoft Dynamics", "MS "))
        or name.split(" ", 1)[0] in _TECHNOLOGIES
        or name.replace("-", "").replace(".", "").isdigit()
    ):
        return False
    if name[0] in _DIGITS and (_MEASURE.match(name) or _QUANTITY.match(name)):
        return False
    return not (_FIELDS.search(name) or is_degree(name, 0, len(name)))


_BEHIND = frozenset({" (", ' "', " u", " f", " i", " s", " g", " p"})
"""How the bracket, the years and the town behind a company begin."""


def after_company(text: str, position: int, end: int, *, owner: bool) -> int:
    """The position after the owned unit, the bracket and the town that follow a company's name."""
    if owner:
        owned = _OWNED.match(text, position, end) or _OWNED_NAME.match(text, position, end)
        if owned:
            position = owned.end()
    if text[position : position + 2] not in _BEHIND:
        return position
    paren = _PAREN.match(text, position, end) if text.startswith((" (", ' "'), position) else None
    if paren:
        position = paren.end()
    under = _UNDER.match(text, position, end) if text.startswith(" under ", position) else None
    if under:
        above = read_company(text, under.end(), strong=False)
        if above:
            position = min(above.end, end)
    duration = _DURATION.match(text, position, end)
    if duration:
        return duration.end()
    town = _TOWN.match(text, position, end)
    place = town.group("place").rstrip(".") if town else ""
    if town and (place in TOWNS or place in REGIONS):
        return town.end() - (1 if town.group().endswith(".") else 0)
    return position


@lru_cache(maxsize=4)
def _may_be_joint(text: str) -> bool:
    """Whether two halves of one name may stand somewhere in a text."""
    return "- og " in text or " Hospital" in text or "styrelsen" in text or "forvaltningen" in text


@lru_cache(maxsize=16)
def _company(text: str, position: int, strong: bool) -> Company | None:
    """The company at `position`, with the town that stands in its name ("Familiecenter Aarhus") and odd spellings."""
    joint = _JOINT_NAME.match(text, position) if _may_be_joint(text) else None
    if joint:
        return None if place_at(text, position) and "-" in joint.group() else Company(joint.span(), joint.end())
    office = _OFFICE.match(text, position) if text.find(" for ", position, position + 35) > 0 else None
    if office:
        return Company(office.span(), office.end())
    owned_by = _ADJECTIVE.match(text, position) if text[position : position + 1].islower() else None
    if owned_by:
        position = owned_by.end()
    company = read_company(text, position, strong=strong)
    if company is None:
        kind = _KIND_OF_HOUSE.match(text, position) if strong else None
        if kind:
            return read_company(text, kind.end(), strong=False)
        small = (_SMALL_NAME.match(text, position) or _SMALL_WORD.match(text, position)) if strong else None
        if small is None or small.group().endswith((".", "-")):
            return None
        return Company(small.span(), small.end())
    if company.owner and (partner := _PARTNER_OF.match(text, company.end)):
        return read_company(text, partner.end(), strong=False)
    tail = _SMALL_TAIL.match(text, company.end) if company.span[1] == company.end else None
    if tail:
        return Company((company.span[0], tail.end()), tail.end())
    start, stop = company.span
    if text.startswith(" i ", stop) and _SCHOOL.search(text, start, stop) and (town := _IN_TOWN.match(text, stop)):
        return Company((start, town.end()), town.end())
    dashed = _DASHED.match(text, company.end) if text.startswith((" - ", " – "), company.end) else None
    if dashed:
        return Company((start, dashed.end()), dashed.end())
    if company.town and not company.owner and company.town[0] == stop + 1:
        return Company((start, company.town[1]), max(company.end, company.town[1]))
    if start > position and text[position].isupper() and text[start:stop] in TOWNS:
        return Company((position, stop), company.end)
    return company


def companies_at(text: str, position: int, end: int, *, strong: bool, among: bool = False) -> tuple[list[Span], int]:
    """The employers listed from `position` on ("A, B og C"), and where the list ends; () where none stands there.

    `among`: "blandt andre" stands before them, so "A og B ApS" is two.
    """
    found: list[Span] = []
    last = position
    while len(found) < 25:
        company = _company(text, position, strong and not found)
        if (
            company is None
            or company.span[1] > end
            or not is_company(text, company.span)
            or (text[company.end : company.end + 1] in _JOINERS and _PRODUCT.match(text, company.end))
            or (company.owner and _OWN_PRODUCTS.match(text, company.end))
            or (not strong and (_in_country(text, company.end) or _DEPARTMENT.fullmatch(text, *company.span)))
        ):
            break
        if found and (_NO_LIST.match(text, position, end) or is_role_ahead(text, position, end)):
            break
        pair = text.find(" & ", *company.span) if text.endswith(_HOUSES, 0, company.span[0]) else -1
        if pair > 0 and NEXT.match(text, company.end) is None:
            found.append((company.span[0], pair))
            company = company._replace(span=(pair + 3, company.span[1]))
        joint = text.find(" og ", *company.span)
        long = text.count(" ", company.span[0], joint) > 1
        whole = not among and not long and not found
        apart = joint > 0 and text[:joint].rsplit(" ", 1)[-1] in FIRM_ENDS
        if joint > 0 and not apart and (whole or text[joint - 1] == "-" or _OFFICE.match(text, company.span[0])):
            joint = -1
        if joint > 0:
            found += [(company.span[0], joint), (joint + 4, company.span[1])]
        else:
            found.append(company.span)
            if len(found) > 1 and _initials(text[slice(*company.span)]) == text[slice(*found[-2])]:
                found.pop()
        last = after_company(text, company.end, end, owner=company.owner)
        following = None if text.startswith(".", last) else NEXT.match(text, last, end)
        if following is None or following.group("when"):
            break
        position = following.end()
        again = _AGAIN.match(text, position, end)
        if again:
            position = again.end()
    if len(found) == 2 and text[found[0][1] : found[1][0]] == ", " and _is_part(text, found[1]):
        found.pop()
    if not strong and found and _OTHERS.match(text, last, end):
        return [], position
    return found, last


def _in_country(text: str, position: int) -> bool:
    """Whether a country behind a comma shows that the name before it is a town's: "i Kalkopolis, USA"."""
    country = _COUNTRY.match(text, position)
    return country is not None and (country.group(1) in COUNTRIES or country.group(1) in REGIONS)


def _initials(name: str) -> str:
    """What a house may be called by: "BEK" of "Bankernes EDB Kontor", EDB counting as one word."""
    return "".join(word[0] for word in name.split(" "))


def _is_part(text: str, span: Span) -> bool:
    """Whether the second of two names, which no "og" joins, is a department of the first."""
    return text[slice(*span)].rsplit(" ", 1)[-1].lower() in UNIT_WORDS and text[span[1] : span[1] + 1] in {",", "."}


def is_role_ahead(text: str, position: int, end: int) -> bool:
    """Whether a title with an employer of its own begins at `position`: "afdelingschef hos Granit"."""
    ahead = _ROLE_AHEAD.match(text, position, end)
    return ahead is not None and is_title(ahead.group("role").rsplit(" ", 1)[-1])
