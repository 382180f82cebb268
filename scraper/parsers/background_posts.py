"""One post of a person's past: a title, the employers it was held at, and where the words for them end.

A post is written "som TITLE hos COMPANY", "hos COMPANY som TITLE", "TITLE i COMPANY", "hos A, B og C", or with either
half alone. `posts_at` reads a list of them; what is no post ends it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from scraper.parsers.background_employers import NEXT, NUMBER, after_company, companies_at, is_company, is_role_ahead
from scraper.parsers.background_titles import role_span
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.roles import is_title
from scraper.parsers.danish.units import UNIT_WORDS
from scraper.parsers.job_words import PUBLIC_BODY
from scraper.records import Span

FILLER = re.compile(
    r"(?: (?:bland(?:t|et) (?:andet|andre)|bl\. ?a\.|bla\.|desuden|også|både|henholdsvis|hhv\.|"
    r"primært|ligeledes|endvidere|derudover|"
    r"hovedsagelig(?:t)?|først|fast|bare|netop|ansat|som ansat(?= (?:hos|i|på|ved) )|selv|senest|"
    r"(?:siden|senere|derefter|herefter)(?= (?:hos|for|i|på|ved|som) )|sammenlagt|alt i alt|i "
    r"alt|efterfølgende|sideløbende|som bosiddende i \w{1,40},|"
    r"(?:i |gennem |igennem )?(?:mere end |over |knap |godt |cirka |ca\. |næsten |de |det "
    r")?(?:(?:sidste|seneste|første) )?"
    rf"(?:knap |godt )?{NUMBER}(?: (?:et halvt|og et halvt|halve|gode))? (?:år|måneder|års tid|sæsoner)|"
    r"(?:i |gennem |igennem )?en (?:lang |længere |kort(?:ere)? )?(?:årrække|periode|tid)|i et års tid|"
    r"(?:i|fra) (?:perioden |tiden |årene )?(?:fra )?\d{4}(?: ?(?:-|–|til|og frem til) "
    r"?\d{4})?|siden (?:\w{1,40} )?\d{4}|"
    r"(?:i )?(?:en stilling|stillingen|stillinger|et job|jobbet)(?= som )|"
    r"(?:indtil|frem til) (?:[a-zæøå]{3,10} )?\d{4}|sidste år|"
    r"(?:gennem|igennem|i) (?:hele |det meste af )?(?:sin|hans|hendes) (?:\d+ år lange "
    r")?karriere|tidligere i sin karriere|"
    r",)(?![\w-]))*"
)
_FILLER_BEGINS = frozenset(
    """
    blandt blandet bl bl.a bla desuden også både henholdsvis hhv primært ligeledes endvidere derudover hovedsagelig
    hovedsageligt først fast bare netop ansat som selv senest sammenlagt alt i efterfølgende sideløbende gennem
    igennem mere over knap godt cirka ca næsten de det sidste seneste første en et fra siden stillingen stillinger
    jobbet indtil frem tidligere to tre fire fem seks syv otte ni ti elleve tolv halvandet mange flere adskillige
    nogle halvdelen senere derefter herefter
    """.split()
)
"""The words that a filler may begin with, besides numbers in digits: most words are not, and spare the pattern."""
_PLACE_OF_WORK = re.compile(
    r"(?:,| -| –)? (?:både |dels |bl\.a\. |blandt andet )?(?P<prep>hos|ho|i|ved|på|for|"
    r"fra)(?P<often> (?=[a-zæøå])(?:(?:det|den|de) (?:daværende|tidligere|gamle|nu hedengangne)|"
    r"bland(?:t|et) (?:andet|andre)|bl\. ?a\.?|bla\.|både|henholdsvis|såvel|f\.eks\.|eksempelvis|"
    r"(?:en (?:lang )?række |flere |nogle af )?(?:[a-zæøå]{1,40}e ){0,3}"
    r"(?:[a-zæøå-]{0,40}virksomheder|[a-zæøå-]{0,40}firmaer|organisationer|[a-zæøå]{0,40}selskaber|"
    r"koncerner|[a-zæøå]{0,40}bureauer|arbejdspladser|leverandører|aktører|producenter|"
    r"mediehuse|styrelser|kommuner|banker|[a-zæøå]{0,40}huse|kæder)"
    r"(?:,? (?:så)?som|(?:,| -) (?:herunder|heriblandt)(?: i| hos)?)(?: (?:bland(?:t|et) (?:andet|andre)|bl\. ?a\.?))?"
    r"|firmaet|fx|"
    r"[a-zæøå-]{0,40}(?:virksomhederne|firmaerne|bureauerne|selskaberne|kommunerne|"
    r"bankerne)))* "
)
_SAME = re.compile(
    r" (?:i|hos) (?:samme (?:virksomhed|firma|selskab|afdeling|koncern)|virksomheden|"
    r"organisationen|koncernen|bureauet|banken|firmaet|selskabet)\b(?! [A-ZÆØÅ\d])"
)
_UNIT_NAMES = frozenset(
    """
    afdeling afdelingen department division divisionen team teamet enhed enheden services group practice sektion
    sektionen support helpdesk servicedesk operations
    """.split()
)
"""Last words of the names of departments."""
_FUNCTIONS = re.compile(
    r"(?:salg|marketing|kommunikation|drift|udvikling|finance|sales|support|"
    r"services?\b|operations|business|development|product|delivery|"
    r"management|analytics|solutions|strategy|koncern|øko|it-\w{1,40}|"
    r"security|infrastructure|consulting|technology|"
    r"enterprise|online|(?-i:[Ee]-(?=[a-z]))|customer|kanal|research|communication|"
    r"(?:hr|it|digital|erp|crm|bi|sap|cloud|nord(?:ic|en)?s?|emea|public|retail|mobile|partner|global|group|design|"
    r"large|small|key|data|web)\b)",
    re.IGNORECASE,
)
_OUTER = re.compile(r" (?:i|på|ved|under) (?=[A-ZÆØÅ])")
_INNER_PLACE = re.compile(r"(?: (?:i|på|under|for|ved) [\w&-]{1,40}){0,2} hos ")
_LATER_PLACE = re.compile(
    r" (?:i|på|under|for|af|ved|inden for|indenfor|med|og) (?!som )"
    r"(?=[^.,;]{1,50} (?:hos|i|på|ved) )(?:(?! - | – |senest|tidligere|"
    r" som | hvor| og har| og er| og kommer|\b(?:har|er|var|han|hun)\b)[^.,;]){1,50}?"
    r" (?:hos|i|ved(?= [A-ZÆØÅ])|på(?= [A-ZÆØÅ][a-zæøå]{5,40}(?:et|en)[ ,.]"
    r"| (?:[A-ZÆØÅ]\w{0,30} ){0,2}[A-ZÆØÅ]?\w{0,30}"
    r"(?:skole|skolen|niversitet|akademi|[Cc]ollege|CBS|DTU|Niels Brock)\b)) "
    r"(?P<often>(?:bland(?:t|et) (?:andet|andre)|bl\. ?a\.|både|henholdsvis|"
    r"virksomheder som|firmaer som) )?(?=[A-ZÆØÅ\d]|\w{0,40}(?:firmaet|huset|bureauet|"
    r"virksomheden|selskabet) )"
)
_FIELD_AFTER_COMMA = re.compile(
    r"(?:,| -)(?: (?!og |senest |tidligere |før |nu |har |hvor |er |kommer |samt |som "
    r")[\w&/-]{1,40}){1,6}?,? (?=(?:hos|i) [A-ZÆØÅ\d])"
)
_WITH_DUTY = re.compile(r" (?:med|inden for|for|i|under|på|indenfor) [^,.;]{3,80}?(?=, | og som | samt som )")
_OWNER = ("ejer", "partner", "direktør", "grundlægger", "stifter", "chef", "indehaver", "leder")
_FOR = re.compile(
    r" (?:for|af|i|ved|på) (?:(?P<what>[\w-]{0,40}(?:virksomheden|firmaet|selskabet|koncernen|"
    r"bureauet|kæden|foreningen|organisationen)) )?"
)
_SECOND_TITLE = re.compile(
    r"(?P<title> (?:for|af) )(?P<name>[A-ZÆØÅ][^,.;]{1,40}?|[a-zæøå\d-]{2,30}\.(?:dk|com|net))(?: og | samt |, )"
    r"(?P<next>[a-zæøåA-Z-]{3,30}(?: [\w-]{2,30}){0,2})"
)
_LOOSE_NAME = re.compile(r"(?<=[a-zæøå]) (?P<name>[A-ZÆØÅ][\w&.-]{1,30}(?: [A-ZÆØÅ&][\w&.-]{0,30}){0,4} (?:A/S|ApS))$")
"""A firm with its legal form that a title runs into, since the preposition was lost."""
_WHOSE = re.compile(r" (?:for|af) (?=[A-ZÆØÅ]|[a-zæøå\d-]{2,30}\.(?:dk|com|net)\b)")
_TITLED = re.compile(
    r",? (?:- )?(?:som|med titel af|med titlen|i (?:en|sin) (?:[a-zæøå]{3,20} )?(?:stilling|rolle) som|"
    r"i (?:stillingen|rollen) som|"
    r"i (?:(?:flere|forskellige|diverse|en række|mange) ){1,2}"
    r"(?:stillinger|roller|funktioner|job),? (?:herunder )?som) "
)
_FOR_CLIENTS = re.compile(
    r"\b(?:selvstændig|mangeårig|fast|ekstern|freelance\w{0,5})[ -](?:[\w-]{1,20} )?[\w-]{0,20}konsulent$"
)
"""Titles of those who work for clients: "mangeårig konsulent for Granit" names no employer."""
_OWN_MASTER = re.compile(r"(?: som)? (?P<role>selvstændig)(?=[.,]| - | – | og |$)")
_OWN_FIRM = re.compile(
    r"(?: som)? (?P<role>selvstændig) (?:med|i) (?:sit eget |sin egen |eget |egen )?"
    r"[a-zæøå-]{0,20}(?:firma(?:et)?|virksomhed(?:en)?|selskab(?:et)?|bureau(?:et)?),? (?=[A-ZÆØÅ\d])"
)
_LATELY = re.compile(
    r"\b(?:[Ss]enest(?: [\w.-]{1,20}){0,5}|(?:seneste|sidste) (?:[\w½]{1,12} ){1,3}år(?: [\w.-]{1,20}){0,7})$"
)


@dataclass(slots=True)
class Post:
    """A title and the employers it was held at; `when` is the word that dates it within a list ("senest", "før da")."""

    role: Span | None = None
    companies: list[Span] = field(default_factory=list)
    when: str = ""
    end: int = 0


def skip_filler(text: str, position: int, end: int) -> int:
    """The position after words that say how long, how often or among what, and no post."""
    blank = text.find(" ", position + 1)
    word = text[position + 1 : blank]
    if word.rstrip(".,") not in _FILLER_BEGINS and not word[:1].isdigit():
        return position
    if word == "som" and not text.startswith(("ansat ", "bosiddende "), blank + 1):
        return position
    if word in {"i", "fra"} and text[blank + 1 : blank + 2].isupper():
        return position
    match = FILLER.match(text, position, end)
    return match.end() if match else position


def _inner_employer(text: str, span: Span) -> tuple[Span, Span] | None:
    """The title and the employer of "direktør for Granit A/S samt chef for salg", whose second half has its own."""
    found = _SECOND_TITLE.search(text, *span)
    if found is None:
        return None
    company = read_company(text, found.end("title"), strong=False)
    if company is None or company.end != found.end("name") or not is_company(text, company.span):
        return None
    if _is_duty(text[slice(*company.span)]):
        return None
    if not any(is_title(word) for word in text[found.start("next") : found.end("next")].split(" ")):
        return None
    return ((span[0], found.start("title")), company.span)


def _is_duty(name: str) -> bool:
    """Whether the name behind "for" is that of a field or a department: "director for Customer Operations"."""
    named_house = name.endswith(("Group", "Institut", "Gruppen", "A/S", "ApS", "Danmark", "Denmark"))
    last = name.lower().replace("-", " ").rsplit(" ", 1)[-1]
    return not named_house and (last in _UNIT_NAMES or _FUNCTIONS.match(name) is not None)


def split_for(text: str, role: Span) -> tuple[Span, Span | None]:
    """A title such as "direktør for Granit" and its employer apart, where what follows "for" is no duty."""
    found = _FOR.search(text, *role)
    if found is None:
        return role, None
    company = read_company(text, found.end(), strong=False)
    if company is None or not is_company(text, company.span):
        return role, None
    named_at_once = not found.group("what") and company.span[0] == found.end()
    if named_at_once and _is_duty(text[slice(*company.span)]):
        return role, None
    return (role[0], found.start()), company.span


def workplace(text: str, position: int, end: int) -> tuple[list[Span], int]:
    """The employers that a preposition at `position` names; the innermost where units stand before them."""
    return _employers(text, _PLACE_OF_WORK.match(text, position, end), position, end)


def _employers(text: str, place: re.Match[str] | None, position: int, end: int) -> tuple[list[Span], int]:
    """As `workplace`, its preposition looked for already."""
    if place is not None:
        strong = place.group("prep") in {"hos", "ho"}
        found, last = companies_at(text, place.end(), end, strong=strong, among=bool(place.group("often")))
        inner_end = found[0][1] if found and text.startswith(" i Region ", found[0][1]) else last
        if len(found) == 1 and (whole := _whole_house(text, found[0], inner_end, end)):
            return whole
        inner = _INNER_PLACE.match(text, last, end) if len(found) == 1 else None
        if inner:
            outer, outer_last = companies_at(text, inner.end(), end, strong=True)
            if outer:
                return outer, outer_last
        if found:
            return found, last
    later = _LATER_PLACE.match(text, position, end)
    if later:
        return companies_at(text, later.end(), end, strong=True, among=later.group("often") is not None)
    return [], position


def _whole_house(text: str, part: Span, position: int, end: int) -> tuple[list[Span], int] | None:
    """The employer behind a part of it: "Byservice i Nordby Kommune", "Service & Outsourcing i Granit"; or None."""
    outer = _OUTER.match(text, position, end)
    if outer is None:
        return None
    found, last = companies_at(text, outer.end(), end, strong=False)
    if not found:
        return None
    words = text[slice(*part)].lower().split(" ")
    public = PUBLIC_BODY.search(text[slice(*found[0])])
    return (found, last) if public or words[0] in UNIT_WORDS or words[-1] in UNIT_WORDS else None


def own_master(text: str, position: int, end: int) -> Post | None:
    """The post of one who was last "selvstændig", which names no employer; None where the word goes on."""
    own = _OWN_MASTER.match(text, position, end)
    firm = _OWN_FIRM.match(text, position, end)
    if firm is not None and (company := read_company(text, firm.end(), strong=False)):
        return Post(role=firm.span("role"), companies=[company.span], end=company.end)
    if own is None or not _LATELY.search(text, max(0, position - 120), position):
        return None
    return Post(role=own.span("role"), end=own.end())


def post_at(text: str, position: int, end: int, *, sure: bool = False, bare: bool = False) -> Post | None:
    """The post at `position`, which is a blank before its first word. `sure`: a title or name must stand here.

    `bare`: a company may stand without a preposition before it, as in a list.
    """
    if text.find(" selvstændig", position, position + 17) >= 0 and (own := own_master(text, position, end)):
        return own
    begun, position = position, skip_filler(text, position, end)
    among = "blandt a" in text[begun:position] or "bl.a." in text[begun:position]
    post = Post(end=position)
    title: tuple[Span, int] | None = None
    if text.startswith(" som ", position):
        title = role_span(text, position + 5, end, sure=True, among_others=among)
    elif place := _PLACE_OF_WORK.match(text, position, end):
        post.companies, post.end = _employers(text, place, position, end)
        if not post.companies:
            return None
        after = skip_filler(text, post.end, end)
        titled = _TITLED.match(text, after, end)
        if titled:
            title = role_span(text, titled.end(), end, sure=True)
            if title:
                post.role, post.end = title
        return post
    elif text.startswith(" ", position):
        begin = position + 1
        title = role_span(text, begin, end, sure=sure, among_others=among)
        if title is None and bare:
            post.companies, post.end = companies_at(text, begin, end, strong=False)
            return post if post.companies else None
    if title is None:
        return None
    post.role, post.end = title
    return _at_house(text, post, post.role, end)


def _at_house(text: str, post: Post, role: Span, end: int) -> Post:
    """A post whose title `role` was read, with the employers behind the title or inside it."""
    whose = _WHOSE.search(text, *role)
    if not whose and text.endswith(("A/S", "ApS"), *role) and (loose := _LOOSE_NAME.search(text, *role)):
        post.role, post.companies, post.end = (role[0], loose.start()), [loose.span("name")], loose.end()
        return post
    inner = _inner_employer(text, role) if whose else None
    if inner:
        post.role, post.companies, post.end = inner[0], [inner[1]], inner[1][1]
        return post
    after = skip_filler(text, post.end, end)
    if text.startswith(" i ", after) and not text.startswith(" i Region ", after):
        after = after_company(text, after, end, owner=False)
    if _SAME.match(text, after, end):
        post.when = "same"
        return post
    post.companies, last = workplace(text, after, end)
    told = max(0, role[0] - len("mangeårig "))
    if post.companies and text.startswith(" for ", after) and _FOR_CLIENTS.search(text, told, role[1]):
        post.companies = []
    if not post.companies and text.startswith(" af ", after) and text.endswith(_OWNER, *role):
        post.companies, last = companies_at(text, after + 4, end, strong=True)
    if not post.companies and text.endswith(" blandt andre", 0, after) and text.startswith(" ", after):
        post.companies, last = companies_at(text, after + 1, end, strong=False, among=True)
    if post.companies:
        post.end = last
        return post
    field_after = _FIELD_AFTER_COMMA.match(text, post.end, end)
    if field_after and not is_role_ahead(text, post.end + 2, end):
        employers, last = workplace(text, field_after.end() - 1, end)
        if employers:
            post.role, post.companies, post.end = (role[0], field_after.end() - 1), employers, last
            return post
    post.role, employer = split_for(text, role)
    if employer:
        post.companies = [employer]
        more, last = _list_after(text, employer[1], end)
        post.companies += more
        post.end = last
    return post


def _list_after(text: str, position: int, end: int) -> tuple[list[Span], int]:
    """Further employers after a first one that was read already."""
    following = NEXT.match(text, position, end)
    if following is None or following.group("when") or is_role_ahead(text, following.end(), end):
        return [], after_company(text, position, end, owner=False)
    found, last = companies_at(text, following.end(), end, strong=False)
    return (found, last) if found else ([], after_company(text, position, end, owner=False))


def _apart(text: str, span: Span) -> list[Span]:
    """The two names of "A og B ApS", which the form of today writes as a list after "og før da"."""
    joint = text.find(" og ", *span)
    return [span] if joint < 0 else [(span[0], joint), (joint + 4, span[1])]


def posts_at(text: str, position: int, end: int, *, sure: bool = False) -> list[Post]:
    """The posts listed from `position` (a blank) on, in order; empty where none stands there."""
    posts: list[Post] = []
    first = post_at(text, position, end, sure=sure)
    if first is None:
        return posts
    posts.append(first)
    while len(posts) < 25:
        if text.startswith(".", posts[-1].end):
            break
        following = NEXT.match(text, posts[-1].end, end)
        if following is None:
            duty = _WITH_DUTY.match(text, posts[-1].end, end)
            following = NEXT.match(text, duty.end(), end) if duty else None
            ahead = following.end() if following else end
            ahead += 4 if text.startswith("som ", ahead) else 0
            if not posts[-1].companies or not is_role_ahead(text, ahead, end):
                break
        if following is None or (following.group("when") or "").strip() == "nu":
            break
        if text.startswith("først som ", following.end()) and posts[-1].companies and not posts[-1].role:
            title = role_span(text, following.end() + 10, end, sure=True)
            posts[-1].role, posts[-1].end = title or (None, following.end())
            break
        further = post_at(text, following.end() - 1, end, bare=True)
        if further is None:
            break
        further.when = (following.group("when") or "").strip().split(",", 1)[0] or further.when
        if further.when.startswith("før"):
            further.companies = [part for span in further.companies for part in _apart(text, span)]
        posts.append(further)
    return posts
