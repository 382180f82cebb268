"""Former posts that stand beside the person's name: "Salgschef Ib Holm er udnævnt", "Ib Holm, tidligere chef i Granit".

In a promotion the title beside the name is the post that is left; with "tidligere" it is the former post of any move.
"""

from __future__ import annotations

import re

from scraper.parsers.background_posts import Post, posts_at, split_for, workplace
from scraper.parsers.background_ranks import Found, Rank
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.education import TRADES
from scraper.parsers.danish.roles import is_title, role_at
from scraper.records import MoveKind, Span

_AGE = re.compile(r",? ?\(?\d{2}(?: år)?\)?,?")
_FORMER = re.compile(r",? (?:(?:der|som) )?(?:er )?(?:tidligere|forhenværende|fhv\.|hidtidig|hidtil|indtil nu)(?= )")
_BESIDE = re.compile(
    r",(?: (?:der|som) (?:er|har været|har hidtil været|hidtil har været|indtil nu har "
    r"været|i dag er|til daglig er|p\.t\. er|nu er))?(?= [a-zæøåA-ZÆØÅ])"
)
_MOVES_ON = re.compile(
    r"(?=[,(]| (?! ))(?=[^.;]{0,41} [a-zæøå]{2})[^.;]{0,40}?,? (?:er|blev|bliver|har|rykker|udnævnes|forfremmes|får)\b"
)
_TOKEN = re.compile(r"\S+")
_APPOINTING = re.compile(
    r"\b(?:udnævnt|forfremmet|udpeget|udnævner|forfremmer|udpeger|rykket|rykker|gjort)(?: "
    r"(?:sin|deres|den|den hidtidige|hidtidige|tidligere|sin hidtidige|selskabets|"
    r"virksomhedens|bankens|firmaets|nuværende))* $"
)
_APPOINTS = re.compile(
    r"\b(?:udnævnt|forfremmet|udpeget|udnævner|forfremmer|udpeger) (?:(?:sin|deres|den|hidtidige) )*(?=[a-zæøå])"
)
_FORMER_OF = re.compile(
    r"\b(?:[Ff]orhenværende|[Tt]idligere|[Ff]hv\.|[Ee]ks-|[Ee]x-) "
    r"?(?P<company>[A-ZÆØÅ][\w&]{0,40}(?:[- ][A-ZÆØÅ][\w&]{0,40})?)-(?=(?:top)?(?:chef|direktør|"
    r"boss|leder|medarbejder|mand)\b)"
)

_ONCE = re.compile(r"(?:Den )?(?:[Tt]idligere|[Ff]orhenværende|[Hh]idtidige?) ")


def _says_former(opening: str) -> bool:
    """Whether a sentence calls something former."""
    return "idligere " in opening or "orhenværende " in opening or "hv. " in opening


def beside_the_name(text: str, person: str, kind: MoveKind, first: Span) -> list[Found]:
    """The posts named beside the person in the first sentence `first`; empty where there are none."""
    found: list[Found] = []
    start = text.find(person, first[0], first[1])
    opening = text[first[0] : first[1]]
    hyphen = "-" in opening and ("ks-" in opening or "x-" in opening or _says_former(opening))
    for former in _FORMER_OF.finditer(text, first[0], first[1]) if hyphen else ():
        post = Post(companies=[former.span("company")], end=former.end())
        found.append(Found(Rank.EARLIER, post, former.start()))
    if start < 0:
        return found
    end = start + len(person)
    age = _AGE.match(text, end, first[1])
    after = age.end() - (1 if age.group().endswith(",") else 0) if age else end
    former_title = _FORMER.match(text, after, first[1])
    if former_title:
        posts = posts_at(text, former_title.end(), first[1])
        found += [
            Found(Rank.LATEST if number == 0 else Rank.EARLIER, post, former_title.start())
            for number, post in enumerate(posts)
        ]
    if kind is MoveKind.PROMOTION:
        left = _left_behind(text, after, first) or _before(text, start, first) or _appointed(text, start, first)
        if left:
            found.append(Found(Rank.LATEST, left, start))
    elif kind is MoveKind.HIRE and start > first[0] + 5 and text.find(" har ", first[0], start) < 0:
        left = _from_elsewhere(text[:start].rstrip(" ,"), first[0])
        if left:
            found.append(Found(Rank.LATEST, left, first[0]))
    return found


def _left_behind(text: str, after: int, first: Span) -> Post | None:
    """The post between the name and the verb: "Ib Holm, salgschef hos Granit, er forfremmet"."""
    beside = _BESIDE.match(text, after, first[1])
    if beside is None:
        return None
    role = role_at(text, beside.end() + 1)
    if role is None or not is_title(text[role[0] : role[1]].split(" for ", 1)[0].rsplit(" ", 1)[-1]):
        return None
    posts = posts_at(text, beside.end(), first[1])
    if not posts:
        return None
    post = posts[0]
    return post if _MOVES_ON.match(text, post.end, first[1]) else None


def _from_elsewhere(head: str, begin: int) -> Post | None:
    """The post a hire opens with, "Salgschef i Granit Ib Holm bliver …"; `head` ends before the name."""
    former = _ONCE.match(head, begin)
    begin = former.end() if former else begin
    role = role_at(head, begin)
    if role is None or role[0] != begin or not is_title(head[slice(*role)].split(" for ", 1)[0].rsplit(" ", 1)[-1]):
        return None
    if role[1] == len(head):
        title, employer = split_for(head, role)
        return Post(role=title, companies=[employer], end=role[1]) if employer and employer[1] == role[1] else None
    companies, last = workplace(head, role[1], len(head))
    return Post(role=role, companies=companies[:1], end=last) if companies and last == len(head) else None


def _before(text: str, start: int, first: Span) -> Post | None:
    """The title right before the name: "Salgschef Ib Holm er udnævnt", "har forfremmet salgschef Ib Holm til"."""
    begin = first[0]
    tokens = list(_TOKEN.finditer(text, begin, start))
    for back in range(1, min(5, len(tokens)) + 1):
        at = tokens[-back].start()
        if not (back == len(tokens) or _APPOINTING.search(text, begin, at)):
            continue
        owner = read_company(text, at)
        at = owner.end + 1 if owner is not None and owner.owner and owner.end + 1 < start else at
        title = text[at:start].strip(" ,")
        if is_title(title.rsplit(" ", 1)[-1]) and not (back == len(tokens) and title.lower() in TRADES):
            return Post(role=(at, at + len(title)), end=start)
        return None
    return None


def _appointed(text: str, start: int, first: Span) -> Post | None:
    """The post between the verb and the name: "har udnævnt den tekniske chef i Granit Norge, Ib Holm, til"."""
    verb = _APPOINTS.search(text, first[0], start)
    if verb is None or not text.startswith(",", start - 2):
        return None
    head = text[: start - 2]
    role = role_at(head, verb.end())
    if role is None or not is_title(head[slice(*role)].split(" for ", 1)[0].rsplit(" ", 1)[-1]):
        return None
    companies, last = workplace(head, role[1], len(head))
    return Post(role=role, companies=companies[:1], end=last) if companies and last == len(head) else None
