"""A clause on a former post as a small grammar: front, verb, middle, post, each in any of the orders Danish allows.

In front stands a time ("Senest"), a house ("Hos Y"), the person, or what the post is called ("Hendes seneste job");
then the verb, then what did not stand in front, then the post, and a time once more. Each of these is a table, in
`danish.careers` and `background_times`, so that a word put into one of them is read with all words of the others.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from scraper.parsers import background_clauses as clauses
from scraper.parsers.background_employers import NUMBER, companies_at
from scraper.parsers.background_phrases import NAME
from scraper.parsers.background_posts import Post, posts_at
from scraper.parsers.background_search import PostFinder
from scraper.parsers.background_times import MONTH, OPENERS, Time, When, time_at
from scraper.parsers.background_titles import role_span
from scraper.parsers.danish import careers
from scraper.parsers.danish.alternatives import any_of
from scraper.records import Span


class Told(NamedTuple):
    """What a clause tells: when a post was held, as its words of time say, and the posts."""

    when: When | None
    """None: the person leaves it for the new one."""
    posts: list[Post]
    house: str = ""
    """The house that the words of time speak of."""


_OTHER_NAME = re.compile(
    r"(?:(?!Senest|Hidtil)[A-ZÆØÅ][a-zæøå-]{1,40})(?: [A-ZÆØÅ][a-zæøå-]{1,40}| [A-ZÆØÅ]\.){0,4}(?=[ ,])"
)
"""A name that is not spelt as the lead spells it."""
_ASIDE = re.compile(r", (?:der|som) [^;.]{3,120}?,")
_STATE, _HOLDING, _DUTY, _SPENDING = careers.STATES, careers.HOLDINGS, careers.DUTIES, careers.SPENDINGS
_KINDS = ("state", "holding", "duty", "spending")
_TABLES = dict(zip(_KINDS, (_STATE, _HOLDING, _DUTY, _SPENDING), strict=True))
_HALF = any_of(sorted({past.split(" ", 1)[0] for past, _ in _DUTY} - {past for past, _ in _HOLDING}))
"""The verb of a duty, whose other half the person may stand before: "stod hun for"."""
_PAST = re.compile(
    ",? (?:"
    + "|".join(f"(?P<{kind}>{careers.past_of(table)})" for kind, table in _TABLES.items() if kind != "state")
    + rf"|(?P<state>{careers.past_of(_STATE)})|(?P<half>{_HALF})|(?P<has>har))\b(?! {any_of(careers.HONOURS)}\b)"
)  # fmt: skip
_PARTICIPLE = re.compile(
    " (?:"
    + "|".join(f"(?P<{kind}>{careers.participles_of(table)})" for kind, table in _TABLES.items() if kind != "state")
    + rf"|(?P<state>{careers.participles_of(_STATE)}|været))\b(?! {any_of(careers.HONOURS)}\b)"
)  # fmt: skip
_PASSIVE = re.compile(r" (?:ansat|beskæftiget|tilknyttet)\b")
_DUTY_REST = re.compile(r" (?:ansvaret for|ansvar for|i spidsen for|for|sig af)\b")
_DURATION = (
    r"(?:(?:i|gennem|igennem) )?(?:(?:mere end|over|knap|godt|cirka|ca\.|næsten|hele|de første) )?"
    rf"(?:{NUMBER}(?: (?:et halvt|og et halvt|halve|gode))? (?:år|årti|årtier|måneder|sæsoner)|"
    r"en (?:lang |længere )?(?:årrække|periode))(?![\w-])"
)
_ADVERB = re.compile(
    rf" (?:(?:også|samtidig|dog|nu|dermed|selv|primært|igen|ligeledes|i stedet|siden|i {MONTH}|{_DURATION})(?=[ ,.])|"
    r"(?:blandt (?:andet|andre)|bl\.a\.)(?= (?!(?:hos|i|som|for|på|ved) )[a-zæøå]))"
)
_OBJECT = re.compile(
    r"(?: (?:en|et|sin|sit|den|det|flere|forskellige|diverse|mange|adskillige|en (?:lang )?række))?"
    r"(?: [a-zæøå]{2,15}(?:e|ende|ig|t)){0,2}(?: [a-zæøå]{2,20}- og)? "
    rf"[a-zæøå]{{0,40}}?{any_of(careers.POSTS)}\b"
)
_BEING = ("var", "været", " hun", " han")
_TITLE_ALONE = re.compile(
    r" (?P<title>(?!(?:ansat|en|et|den|det|med|i|på|hos|tilknyttet|ude|del|af|som|for|blandt|både|også|beskæftiget|"
    r"under|der)\b)[A-Za-zæøåÆØÅ-]{3,30}(?: (?!(?:hos|i|ved|på|for|med|som|af)\b)[A-Za-zæøåÆØÅ-]{2,20}){0,2}) "
    r"(?:hos|i|ved|på|for) (?:[a-zæøå-]{1,30} )?$"
)
_OF = re.compile(r" (?:af|som|med titel af|med titlen) ")
_PLACE_OF_DUTY = re.compile(r" (?:som (?=[\wæøå])|(?:hos|i|ved|på|for) (?=[A-ZÆØÅ\d]|[a-zæøå]{2,20}(?:\.dk|et|en) ))")
_POSSESSED = re.compile(
    rf"(?:(?:Hans|Hendes|Blandt (?:hans|hendes)) )?(?P<when>[Ss]eneste|[Ss]idste|[Hh]idtidige|[Tt]idligere|[Ff]orrige)"
    rf" [a-zæøå]{{0,20}}(?:(?P<post>{any_of(careers.POSTS)})|arbejdsgivere?|arbejdssted(?:er)?|arbejdsplads(?:er)?)"
    r" (?:var|er|tæller|omfatter|inkluderer|har været|spænder over|hører|findes|"
    r"kan nævnes)(?: (?:blandt (?:andet|andre)|bl\.a\.|også))?(?= )"
)
_CALLED = {"seneste": When.LATEST, "sidste": When.LATEST, "hidtidige": When.LATEST, "forrige": When.LATEST}
_LEAVES = re.compile(
    rf" (?:er |har )?(?:(?:nu|dermed|samtidig|netop|hermed|derfor|således) )?(?:{any_of(careers.LEAVINGS)}|"
    rf"(?:{any_of(careers.FAREWELLS)}) (?:(?:nu|dermed|samtidig|netop|hermed) )?farvel til|"
    r"hentet(?= (?:hos|i|fra|ved) ))"
    r"(?: (?:nu|dermed|samtidig|netop|hermed))?(?= )"
)
_ENDS = ("stopper", "stoppede", "stoppet", "afslutter", "afsluttede", "afsluttet")
"""Verbs of ending, behind which no house stands at once: "stopper som X hos Y", "afslutter ni år hos Y"."""
_YEARS_AS = re.compile(rf" efter {_DURATION} som ")
_AFTER = re.compile(rf"Efter (?:at have (?:været|arbejdet|fungeret|siddet|virket)|{_DURATION})")
_WENT_ON = re.compile(
    rf",? (?:{any_of(careers.ARRIVALS)}\b|{any_of(careers.finite_verbs() - {'har'})}(?= (?:{NAME}))|"
    rf"har (?:{NAME} )?(?:arbejdet|været)\b)(?: (?:{NAME}))?"
    r"(?P<to>(?: (?:i (?:19|20)\d\d|siden|så|videre|over|derefter|herefter))* til(?= ))?"
)
_TIME_AHEAD = re.compile(r" (?:siden|de|det|inden|før|indtil|bag sig|fra \d|i \d)\b")
"""What a time behind the post may begin with."""
_LATER_TIME = re.compile(rf",? (?:inden|før) (?:{NAME}) {any_of(careers.ARRIVALS)}\b")
_FIRST_WORDS = OPENERS | {"Hos", "Efter", "Hans", "Hendes", "Seneste", "Blandt", "Han", "Hun"}
_SECOND_WORDS = frozenset({"har", "er", "var", "siger", "sagde", *careers.finite_verbs(), *careers.LEAVINGS})


def _has_clause(text: str, start: int, end: int) -> bool:
    """Whether the first words of a sentence may be those of a clause on a post; most sentences are spared by it."""
    first = text.find(" ", start, end)
    word = text[start:first].rstrip(",")
    if word in _FIRST_WORDS and word not in {"Han", "Hun"}:
        return True
    second = text.find(" ", first + 1, end)
    if word in {"Han", "Hun"}:
        return text[first + 1 : second] in _SECOND_WORDS
    return not text[start : start + 1].islower()


class ClauseReader:
    """Reads the clauses on posts that sentences begin with, by the places where a `PostFinder` finds posts."""

    def __init__(self, finder: PostFinder, person: str) -> None:
        self.names = frozenset(person.split()) | {"han", "hun", "Han", "Hun"}
        self.finder = finder
        self.text = finder.text
        self.aside: Span | None = None
        """What the clause read last tells of the person between two commas."""

    def at(self, start: int, end: int) -> Told | None:
        """What the clause at `start` tells of a post; None where it is none, or says nothing of the time."""
        self.aside = None
        if not _has_clause(self.text, start, end):
            return None
        text = self.text
        called = _POSSESSED.match(text, start, end)
        if called is not None:
            return self._called(called, end)
        if text.startswith("Efter ", start):
            return self._after(start, end)
        time = time_at(text, start, end)
        house: list[Span] = []
        left = False
        has_subject = False
        if time is not None:
            position = time.end
        elif text.startswith("Hos ", start):
            house, position = companies_at(text, start + 4, end, strong=True)
            aside = clauses.NOW_LEFT.match(text, position, end)
            left, position = aside is not None, aside.end() if aside else position
            if not house:
                return None
        else:
            position = self._subject(start, end)
            if position == start:
                return None
            has_subject = True
            leaves = _LEAVES.match(text, position, end)
            if leaves is not None:
                return self._leaves(leaves, end)
            if self.aside is not None and _PAST.match(text, position, end) is None:
                return self._relative(self.aside[0], end)
        return self._verb(position, end, time, house, left=left, has_subject=has_subject)

    def _relative(self, start: int, end: int) -> Told | None:
        """The clause on a post told of the person between commas: "Ea, der indtil for nylig var X hos Y, skal"."""
        self.aside = None
        position, times, _ = self._middle(self.text.index(" ", start + 2), end, has_subject=True)
        return self._verb(position, end, times[0] if times else None, [], left=False, has_subject=True)

    def _verb(
        self, position: int, end: int, time: Time | None, house: list[Span], *, left: bool, has_subject: bool
    ) -> Told | None:
        """A clause from its finite verb on."""
        text = self.text
        verb = _PAST.match(text, position, end)
        if verb is None:
            return None
        kind = verb.lastgroup or ""
        position, times, has_subject = self._middle(verb.end(), end, has_subject=has_subject)
        if not has_subject:
            return None
        bare = False
        if kind == "has":
            participle = _PARTICIPLE.match(text, position, end)
            if participle is not None:
                kind, position = participle.lastgroup or "", participle.end()
                position, more, _ = self._middle(position, end, has_subject=True)
                times += more
            else:
                kind, bare = "holding", True
        if kind == "state" and (passive := _PASSIVE.match(text, position, end)):
            position, more, _ = self._middle(passive.end(), end, has_subject=True)
            times += more
        elif kind in {"holding", "half"} and (duty := _DUTY_REST.match(text, position, end)):
            kind, position = "duty", duty.end()
        if kind == "spending" and verb.lastgroup == kind and time is None and not times:
            time = Time(When.EARLIER, verb.end())
        if not (time or times or left or house or _TIME_AHEAD.search(text, position, end)):
            return None
        if verb.lastgroup != "has":
            times = [one for one in times if one.when is not When.HELD]
            time = None if time is not None and time.when is When.HELD else time
        posts = self._posts(kind, position, end, spent=position > verb.end())
        if not posts and house and kind == "state":
            posts = self.finder.behind(position, end, end)
        if house and posts and posts[0].role and not posts[0].companies:
            posts[0].companies = house
        times = [*([time] if time else []), *times]
        later = self._later(posts[0], end) if posts else None
        if later is not None:
            times.append(later)
            posts[0].role = posts[0].role or self.finder.sub_role(later.end, end)
        if not posts or (bare and not any(one.when is When.EARLIER for one in times)):
            return None
        if left:
            return Told(None, posts)
        if not times:
            return None
        chosen = times[0]
        return Told(chosen.when, posts, chosen.house)

    def _middle(self, position: int, end: int, *, has_subject: bool) -> tuple[int, list[Time], bool]:
        """What stands between the verb and the post: the person, times, adverbs, in any order."""
        text = self.text
        times: list[Time] = []
        for _ in range(6):
            time = time_at(text, position + 1, end) if text.startswith(" ", position) else None
            if time is not None:
                times.append(time)
                position = time.end
                continue
            adverb = _ADVERB.match(text, position, end)
            if adverb is not None:
                position = adverb.end()
                continue
            named = position if has_subject or not text.startswith(" ", position) else self._subject(position + 1, end)
            if named <= position + 1:
                break
            has_subject, position = True, named
        return position, times, has_subject

    def _subject(self, position: int, end: int) -> int:
        """Where the person named at `position` ends, or `position`; what stands between commas is kept apart."""
        text = self.text
        close = position
        while close < end:
            blank = text.find(" ", close, end)
            word = text[close : blank if blank >= 0 else end]
            if word.rstrip(",") not in self.names and word not in self.names:
                break
            close += len(word) + 1
            if word.endswith(","):
                break
        if close == position:
            other = _OTHER_NAME.match(text, position, end)
            close = other.end() + 1 if other else position
        if close == position:
            return position
        close -= 2 if text.startswith(", ", close - 2) else 1
        aside = _ASIDE.match(text, close, end)
        if aside is not None:
            self.aside = aside.span()
            return aside.end()
        return close

    def _posts(self, kind: str, position: int, end: int, *, spent: bool) -> list[Post]:
        """The posts behind a verb of a kind; `spent`: words of time stand between the two."""
        text = self.text
        if kind == "state":
            posts = self.finder.behind(position, end, end)
            if posts and posts[0].companies and not posts[0].role and text.endswith(_BEING, 0, position):
                posts[0].role = self._unknown_title(position, posts[0].companies[0][0])
            return posts
        if kind == "spending":
            return self._with_title(posts_at(text, position, end), end)
        if kind == "duty":
            return self._duty(position, end)
        if kind == "half":
            return []
        named = _OBJECT.match(text, position, end)
        house = position + (6 if text.startswith(" både ", position) else 1)
        if named is None and text[house : house + 1].isupper():
            return self.finder.bare(house, end)
        if named is None:
            return (
                posts_at(text, position, end) if spent and text.startswith((" som ", " hos ", " i "), position) else []
            )
        of = _OF.match(text, named.end(), end)
        return self._with_title(posts_at(text, of.end() - 1 if of else named.end(), end, sure=of is not None), end)

    def _unknown_title(self, position: int, house: int) -> Span | None:
        """A title that no table knows, alone between "var" and the house: "var ordstyrer hos Y"."""
        title = _TITLE_ALONE.match(self.text, position, house)
        return title.span("title") if title else None

    def _with_title(self, posts: list[Post], end: int) -> list[Post]:
        """The posts, the first with the title of the clause on its house: "hos Y, hvor hun var X"."""
        if posts and posts[0].role is None:
            posts[0].role = self.finder.sub_role(posts[0].end, end)
        return posts

    def _duty(self, position: int, end: int) -> list[Post]:
        """The house behind a duty: "for drift og salg hos Y"."""
        stop = clauses.CLAUSE_END.search(self.text, position, clauses.scope_end(self.text, position, end))
        limit = stop.start() if stop else end
        for place in _PLACE_OF_DUTY.finditer(self.text, position, limit):
            titled = place.group() == " som "
            if titled and role_span(self.text, place.end(), end, sure=False) is None:
                continue
            posts = posts_at(self.text, place.start(), end)
            if posts and posts[0].companies:
                return self._with_title(posts, end)
        return []

    def _later(self, post: Post, end: int) -> Time | None:
        """The time behind a post: "var X hos Y, inden hun kom til", "har været X hos Y de seneste fem år"."""
        told = post.companies[-1:] or ([post.role] if post.role else [])
        if not told:
            return None
        position = told[-1][1]
        for _ in range(3):
            if (later := _LATER_TIME.match(self.text, position, end)) is not None:
                return Time(When.BEFORE, later.end())
            if not self.text.startswith(" ", position):
                return None
            time = time_at(self.text, position + 1, end)
            if time is not None:
                return time
            adverb = _ADVERB.match(self.text, position, end)
            if adverb is None:
                return None
            position = adverb.end()
        return None

    def _called(self, called: re.Match[str], end: int) -> Told | None:
        """As in "Hendes seneste job var som X hos Y", "Hans tidligere arbejdsgivere tæller A og B"."""
        posts = posts_at(self.text, called.end(), end) if called.group("post") else []
        posts = posts or self.finder.bare(called.end() + 1, end) or posts_at(self.text, called.end(), end)
        if posts and posts[0].role is None:
            posts[0].role = self.finder.sub_role(posts[0].end, end)
        return Told(_CALLED.get(called.group("when").lower(), When.EARLIER), posts) if posts else None

    def _leaves(self, leaves: re.Match[str], end: int) -> Told | None:
        """As in "hun slipper posten som X hos Y", "han siger farvel til Y", "hun er hentet hos Y"."""
        text = self.text
        position, _, _ = self._middle(leaves.end(), end, has_subject=True)
        if leaves.group().endswith(_ENDS):
            at = position if text.startswith(" som ", position) or position > leaves.end() else end
            posts = posts_at(text, at, end) if text.startswith((" som ", " hos ", " i "), at) else []
            return Told(None, self._with_title(posts, end)) if posts else None
        named = _OBJECT.match(text, position, end)
        if named is not None or text.startswith((" hos ", " i ", " ved "), position):
            posts = posts_at(text, named.end() if named else position, end)
        else:
            start = position + 5 if text.startswith(" fra ", position) else position + 1
            named = _OBJECT.match(text, start - 1, end)
            posts = posts_at(text, named.end(), end) if named else self.finder.bare(start, end)
        after = _YEARS_AS.match(text, posts[-1].end, end) if posts and posts[0].role is None else None
        if after is not None and (title := role_span(text, after.end(), end, sure=True)):
            posts[0].role = title[0]
        return Told(None, self._with_title(posts, end)) if posts else None

    def _after(self, start: int, end: int) -> Told | None:
        """As in "Efter fem år som X hos Y skifter hun til", or "kom hun til Z", which shows that Y came earlier."""
        front = _AFTER.match(self.text, start, end)
        posts = posts_at(self.text, front.end(), end) if front else []
        if not posts or not posts[0].companies:
            return None
        onward = _WENT_ON.match(self.text, posts[-1].end, end)
        if onward is None:
            return Told(When.LATEST, posts)
        more = self.finder.bare(onward.end() + 1, end) if onward.group("to") else []
        return Told(When.EARLIER, [*posts, *more])
