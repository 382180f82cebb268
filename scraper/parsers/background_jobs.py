"""Former posts in an announcement: which phrase opens them, how near to the move it puts them.

Each phrase gives its posts a rank: the post of the lowest rank is the one the person comes from, all other employers
are earlier ones.
"""

from __future__ import annotations

from scraper.parsers import background_clauses as clauses
from scraper.parsers.background_employers import companies_at, company_key, is_company
from scraper.parsers.background_grammar import ClauseReader, Told
from scraper.parsers.background_phrases import Phrase, Says, phrases
from scraper.parsers.background_posts import Post, posts_at, skip_filler
from scraper.parsers.background_ranks import Found, Rank, attach, sweep
from scraper.parsers.background_search import PostFinder
from scraper.parsers.background_times import When, time_at
from scraper.parsers.background_titles import role_span
from scraper.parsers.danish.companies import read_company
from scraper.parsers.danish.education import sounds_like_school
from scraper.records import Span

_RANKS = {Says.LATEST: Rank.LATEST, Says.YEARS: Rank.LAST_YEARS, Says.SINCE: Rank.SINCE, Says.EARLIER: Rank.EARLIER}
_OPENS_ANEW = frozenset({Says.COMES_FROM, Says.YEARS, Says.HELD})
"""Phrases that end a list of posts before them."""
_LAST_WORDS = frozenset({"senest", "sidst"})
_TO_COME = ("vil ", "skal ", "kommer til ", "kan ")
"""Words before "desuden være" that make it no past."""
_FIRST_WORDS = frozenset({"før det", "før da", "forinden", "inden da", "tidligere"})


class JobReader(PostFinder):
    """Reads the former posts of the sentences it is given, in order."""

    def __init__(self, text: str, person: str = "", company: str | None = None, *, told: bool = False) -> None:
        super().__init__(text)
        self.company = company
        self.leaving = " nu " in text and ("forlad" in text or "slip" in text)
        self.grammar = ClauseReader(self, person)
        self.told = told
        self.found: list[Found] = []
        self.cues: list[Phrase] = []
        self.sentence = 0
        self.start = 0
        self.done = 0

    def add(self, rank: Rank, posts: list[Post], position: int) -> bool:
        """Keep the posts that a phrase at `position` opened; the first has its rank, the listed ones are earlier."""
        if not posts or not any(post.role or post.companies for post in posts):
            return False
        if self.leaving and clauses.NOW_LEFT.match(self.text, posts[0].end):
            rank = Rank.COMES_FROM
        for number, post in enumerate(posts):
            mine = rank if number == 0 else Rank.EARLIER
            if post.when in {"senest", "sidst"}:
                mine = Rank.LATEST_LISTED
                earlier = posts[number - 1] if number else None
                if earlier and post.role and not post.companies and len(earlier.companies) == 1:
                    post.companies, earlier.companies = earlier.companies, []
                elif earlier and earlier.role and not earlier.companies and not post.role:
                    post.role = earlier.role
                elif post.role is None:
                    post.role = self.sub_role(post.end, len(self.text))
            elif post.when in {"før det", "før da", "forinden", "inden da", "tidligere"}:
                mine = Rank.EARLIER
            self.found.append(Found(mine, post, position, self.sentence))
        self.done = max(self.done, posts[-1].end)
        return True

    def read(self, start: int, end: int, only: frozenset[Says] | None = None) -> None:
        """Read one sentence; `only`: no phrases but these."""
        self.sentence += 1
        self.leads = only is not None
        self.start = self.done = start
        known = len(self.found)
        told = None if self.leads else self.grammar.at(start, end)
        if told is not None:
            if self.grammar.aside is not None:
                self._read_cues(*self.grammar.aside, only)
                self.done = start
            self._told(told, start)
        if not self._read_cues(self.done, end, only) and told is None:
            return
        if only is None:
            if self.text.find(" ho", start, end) >= 0:
                for item in sweep(self.text, start, end, self.found[known:]):
                    item.sentence = self.sentence
                    self.found.append(item)
            if len(self.found) > known + 1:
                attach(self.text, self.found[known:])

    def _read_cues(self, start: int, end: int, only: frozenset[Says] | None) -> bool:
        """Read the phrases from `start` on, each behind what the one before it read; False where there are none."""
        text = self.text
        cues = phrases(text, start, end)
        self.cues = cues
        for number, cue in enumerate(cues):
            if cue.start < self.done or (only and cue.says not in only):
                continue
            limit = reach = end
            if number + 1 < len(cues):
                limit = cues[number + 1].start
                for later in cues[number + 1 :]:
                    if later.says in _OPENS_ANEW and later.start > cue.end + 1 and self._opens_anew(later):
                        reach = later.start
                        break
            after = cue.says is Says.AFTER
            arrives = clauses.ARRIVES.search(text, self.start, cue.start) if after and not only else None
            if after and (only or arrives or " tilbage" in text[self.start : end]):
                away = self.bare(cue.end + 5, reach) if self.text.startswith(" til ", cue.end) else []
                posts = away or self.behind(cue.end, limit, reach)
                if arrives:
                    self.add(Rank.COMES_FROM, posts, arrives.start())
                else:
                    self.add(Rank.LATEST, posts, cue.start)
                continue
            self._read_cue(cue, limit, reach)
        return bool(cues)

    def _told(self, told: Told, position: int) -> None:
        """Keep the posts of a clause that says when they were held."""
        first = told.posts[0]
        if told.when is None:
            own = any(self._own(self.text[slice(*house)]) for house in first.companies)
            rank = Rank.EARLIER if own and first.role is None else Rank.COMES_FROM
        elif told.when is When.BACK:
            any_told = self.told or any(item.post.role or item.post.companies for item in self.found)
            rank = Rank.EARLIER if any_told else Rank.BEFORE
        else:
            rank = Rank(told.when.value) if self._own(told.house) else Rank.EARLIER
        several = first.companies and clauses.OF_SEVERAL.search(self.text, position, first.companies[0][0])
        if rank == Rank.HELD and several:
            rank = Rank.EARLIER
        if rank in {Rank.SINCE, Rank.BEFORE, Rank.HELD} and len(first.companies) > 1:
            rank = Rank.EARLIER
        self.add(rank, told.posts, position)

    def _own(self, house: str) -> bool:
        """Whether the house that a time speaks of is the new one, or none."""
        return not (house and house[:1].isupper()) or company_key(house)[:4] in (self.company or "").casefold()

    def _opens_anew(self, cue: Phrase) -> bool:
        """Whether a phrase of `_OPENS_ANEW` ends the posts before it, which "hvor han har været" does not."""
        return cue.says is Says.COMES_FROM or not clauses.WHERE.search(
            self.text, max(self.start, cue.start - 60), cue.start
        )

    def _read_cue(self, cue: Phrase, limit: int, end: int) -> None:
        says = cue.says
        rank = _RANKS.get(says)
        if rank is not None:
            self._dated(cue, rank, limit, end)
        elif says is Says.COMES_FROM:
            self._comes(cue, end)
        elif says is Says.HELD:
            self._has(cue, limit, end)
        elif says is Says.NOUN:
            self._noun(cue, limit, end)
        elif says is Says.ALSO:
            if clauses.VERB.match(self.text, cue.end, end) and not self.text.endswith(_TO_COME, self.start, cue.start):
                self._dated(cue, Rank.EARLIER, limit, end)
        elif says is Says.LED:
            owner = read_company(self.text, cue.end)
            if owner is not None and owner.owner and not self._after_where(cue):
                self.add(Rank.EARLIER, [Post(companies=[owner.span], end=owner.end)], cue.start)
        elif says is Says.FETCHED:
            houses, last = companies_at(self.text, cue.end, end, strong=True)
            self.add(Rank.COMES_FROM, [Post(companies=houses[:1], end=last)], cue.start)
        elif says is Says.CAME_TO:
            self.add(Rank.EARLIER, self.bare(cue.end, end), cue.start)
        else:
            self._past(cue, limit, end)

    def _comes(self, cue: Phrase, end: int) -> None:
        text = self.text
        position = cue.end
        job = clauses.COMES_JOB.match(text, position, end)
        posts: list[Post] = []
        if job:
            named = clauses.AS.match(text, job.end(), end)
            if named is None and not clauses.ALIKE.search(job.group("adjectives")):
                reach = clauses.TO_AS.match(text, job.end(), end)
                if reach and not clauses.ANOTHER.search(reach.group()):
                    named = reach
            if named:
                posts = posts_at(text, job.end(), end) if text.startswith((" i ", " hos "), job.end()) else []
                if not (posts and posts[0].role and posts[0].companies):
                    posts = posts_at(text, named.end() - 1, end, sure=True)
            else:
                posts = posts_at(text, job.end(), end, sure=False)
                if (
                    posts
                    and posts[0].role
                    and not posts[0].companies
                    and not text.startswith((" som", " hos"), job.end())
                ):
                    posts = []
            if not posts:
                hos = clauses.HOS.search(text, job.end(), clauses.scope_end(text, job.end(), end))
                if hos:
                    posts = posts_at(text, hos.start(), end)
        else:
            world = (
                clauses.WORLD.match(text, position, end) if text.find(" som ", position, position + 60) > 0 else None
            )
            position = world.end() if world else position
            posts = posts_at(text, position - 1, end, sure=False) if not text.startswith("en ", position) else []
            if not posts:
                posts = self.bare(position, end)
        if not posts:
            self.done = max(self.done, cue.end)
            return
        first = posts[0]
        if first.role is None:
            first.role = self.sub_role(first.end, end)
        elif len(posts) == 1 and not first.companies and first.when != "same":
            far = clauses.FAR_HOUSE.match(text, first.end, clauses.scope_end(text, first.end, end))
            if far and (far.group().endswith(" ved ") or not clauses.DURING.search(text, *far.span())):
                first.companies, first.end = companies_at(text, far.end(), end, strong=True)
        last = self.found[-1] if self.found and self.found[-1].sentence == self.sentence else None
        if not first.companies and first.when != "same" and last and self._after_where(cue):
            first.companies = last.post.companies[-1:]
            last.post.companies = last.post.companies[:-1]
        self.add(Rank.COMES_FROM, posts, cue.start)

    def _after_where(self, cue: Phrase) -> bool:
        """Whether a phrase stands in a clause on a place: "hvor han kommer fra"."""
        return clauses.WHERE_NEAR.search(self.text, max(self.start, cue.start - 40), cue.start) is not None

    def _dated(self, cue: Phrase, rank: Rank, limit: int, end: int) -> None:
        """A word of time, with its verb behind it ("senest har han været") or before it ("har senest været")."""
        text = self.text
        position = cue.end
        near = text[max(self.start, cue.start - 70) : cue.start]
        sub = clauses.SUBORDINATE.search(near) if ", " in near or "- " in near else None
        named = sub is not None and any(item.sentence == self.sentence and item.post.companies for item in self.found)
        if sub and named and "hvor" in sub.group() and rank != Rank.EARLIER:
            self._sub_dated(cue, end)
            return
        verb = clauses.VERB.match(text, position, end)
        if verb:
            subject = clauses.SUBJECT.match(text, verb.end(), end) if verb.group("past") else None
            position = subject.end() if subject else verb.end()
            limit = next((other.start for other in self.cues if other.start >= position), end)
        elif text.startswith((", som ", " - som "), position):
            position = text.index(" som ", position)
        elif rank != Rank.LATEST and clauses.NO_POST.match(text, position, end):
            return
        if rank == Rank.LATEST and verb is None and not text.endswith("har ", self.start, cue.start):
            rank = Rank.LATEST_LISTED
        posts = self.behind(position, limit, end)
        if not posts and rank == Rank.LATEST_LISTED and text.startswith(" ", position):
            posts = self.bare(position + 1, end)
            if posts and posts[0].role is None:
                posts[0].role = self.sub_role(posts[0].end, end)
        if posts and not self._renamed(posts[0], rank):
            if self.leads and sub and "hvor" in sub.group() and rank != Rank.EARLIER and not posts[0].companies:
                posts[0].when = "same"
            if not posts[0].companies and posts[0].role and rank != Rank.EARLIER:
                posts[0].companies = self._opening(cue)
            if sub and not named and not posts[0].companies:
                house = clauses.PLACE_BEHIND.search(text, max(self.start, cue.start - 90), cue.start)
                posts[0].companies = [house.span("name")] if house and is_company(text, house.span("name")) else []
            if rank == Rank.SINCE and len(posts[0].companies) > 1:
                rank = Rank.EARLIER
            self._complete(posts[0], rank, cue)
            self.add(rank, posts, cue.start)

    def _says_years(self, cue: Phrase) -> bool:
        """Whether a phrase of time has its noun; "de sidste otte" goes on with what stands before it."""
        return self.text.endswith(("år", "årti", "måneder", "tid", "årrække"), cue.start, cue.end)

    def _opening(self, cue: Phrase) -> list[Span]:
        """The employer that opens the sentence of a phrase: "Hos Granit har hun siden 2005 været"."""
        if not self.text.startswith("Hos ", self.start):
            return []
        found, last = companies_at(self.text, self.start + 4, cue.start, strong=True)
        return found if clauses.HAS_THEY.fullmatch(self.text, last, cue.start) else []

    def _renamed(self, post: Post, rank: Rank) -> bool:
        """As in "kommer fra Granit, hvor hun har været TITLE og senest TITLE": the later title is the one left."""
        before = self.found[-1] if self.found else None
        if rank != Rank.LATEST_LISTED or before is None or before.sentence != self.sentence:
            return False
        if not before.post.companies or post.companies or not post.role:
            return False
        if before.rank == Rank.EARLIER and len(before.post.companies) == 1 and before.post.role is None:
            if ", hvor " not in self.text[before.post.end : post.role[0]]:
                return False
            before.rank = Rank.LATEST_LISTED
        elif before.rank != Rank.COMES_FROM:
            return False
        before.post.role = post.role
        self.done = max(self.done, post.end)
        return True

    def _complete(self, post: Post, rank: Rank, cue: Phrase) -> None:
        """Give a title without employer the single employer that the same sentence named just before it."""
        if post.companies or post.when == "same" or not self.found:
            return
        before = self.found[-1]
        reach = 60
        if rank == Rank.LAST_YEARS and post.role:
            if self._says_years(cue):
                reach = 13
            else:
                before = next((item for item in reversed(self.found) if item.post.companies), before)
        elif rank not in {Rank.LATEST, Rank.LATEST_LISTED}:
            return
        if (
            before.sentence != self.sentence
            or len(before.post.companies) != 1
            or cue.start - max(before.post.end, before.post.companies[0][1]) > reach
        ):
            return
        post.companies = before.post.companies
        before.post.companies = []

    def _sub_dated(self, cue: Phrase, end: int) -> None:
        """As in "hos Granit, hvor han senest var TITLE": the title belongs to the employer named before."""
        if not self.found or self.found[-1].sentence != self.sentence:
            return
        post = self.found[-1].post
        stated = clauses.SUB_ROLE.match(self.text, cue.end + 1, end)
        if post.role is None and stated:
            begin = skip_filler(self.text, stated.end() - 1, end)
            title = role_span(self.text, begin + 1, end, sure=False)
            post.role = title[0] if title else None
        elif post.role and cue.says is Says.LATEST and self.text[post.role[1] : cue.start] == " og ":
            later = role_span(self.text, cue.end + 1, end, sure=False)
            post.role = later[0] if later else post.role
        if self.found[-1].rank == Rank.EARLIER and len(post.companies) == 1:
            if cue.says is Says.LATEST:
                self.found[-1].rank = Rank.HELD
            elif cue.says is Says.YEARS and post.role:
                self.found[-1].rank = Rank.LAST_YEARS
        if stated:
            self.done = max(self.done, stated.end())

    def _noun(self, cue: Phrase, limit: int, end: int) -> None:
        """As in "erfaring fra A og B", "en fortid hos A", "baggrund som TITLE i A", "stillinger hos A"."""
        text = self.text
        position = cue.end
        new_one = clauses.NEW_ONE.search(text, max(self.start, cue.start - 12), cue.start)
        if new_one and text[cue.start : cue.end] in {"job", "stillinger", "roller"}:
            return
        if text.endswith("uddannelsesmæssig ", self.start, cue.start):
            return
        limit = clauses.scope_end(text, position, limit)
        field = text.endswith("erfaring", cue.start, cue.end) and text.startswith(" i ", position)
        field = field and " års " not in text[max(self.start, cue.start - 18) : cue.start]
        direct = [] if field else posts_at(text, position, limit)
        includes = clauses.INCLUDES.match(text, position, limit)
        if includes:
            direct = posts_at(text, includes.end(), end) or self.bare(includes.end() + 1, end)
        untold = text.endswith("erfaring", cue.start, cue.end) and not any(post.companies for post in direct)
        if not direct or untold:
            clause = clauses.NOUN_END.search(text, position, limit)
            limit = clause.start() if clause else limit
            for found in clauses.OPENER.finditer(text, position, limit):
                if found.start() - position > 120:
                    break
                if field and found.start() == position:
                    continue
                if clauses.DURING.search(text, position, found.start()):
                    direct = posts_at(text, found.start(), end)
                    direct = direct if any(post.when in _LAST_WORDS for post in direct) else []
                    break
                if found.group() == " som" and clauses.SUCH_AS.search(text, position, found.start()):
                    continue
                if found.group("among"):
                    named, last = companies_at(text, found.end(), end, strong=False)
                    direct = [Post(companies=named, end=last)] if named else []
                    break
                similar = clauses.SIMILAR_JOB.match(text, found.end(), end)
                if similar and found.group() == " fra":
                    self.add(Rank.HELD, posts_at(text, similar.end(), end), cue.start)
                    return
                if found.group() == " fra" and clauses.MAKERS.search(text, position, found.start()):
                    continue
                inner = text.rfind(" ", 0, found.end()) if found.group().startswith(" heraf") else found.start()
                direct = posts_at(text, inner, end)
                if any(post.companies for post in direct):
                    break
                direct = []
        if text.endswith("baggrund", cue.start, cue.end):
            direct = [post for post in direct if post.role or not self._school(post)]
        if direct and any(post.companies for post in direct):
            latest = text.endswith("seneste ", self.start, cue.start)
            self.add(Rank.LATEST if latest else Rank.EARLIER, direct, cue.start)

    def _school(self, post: Post) -> bool:
        """Whether the only employer of a post is a school, where one with "en baggrund fra" it was taught."""
        return len(post.companies) == 1 and sounds_like_school(self.text[slice(*post.companies[0])])

    def _has(self, cue: Phrase, limit: int, end: int) -> None:
        text = self.text
        verb = clauses.HAS_WORKED.match(text, cue.end, end)
        if verb is None:
            return
        said = verb.group()
        if said.endswith("ansat") and text.startswith("har ", cue.start) and "været" not in said:
            return
        long_time = clauses.LONG_TIME.search(text, cue.end, min(end, verb.end() + 20))
        posts = self.behind(verb.end(), limit, end)
        first = posts[0].companies[0][0] if posts and posts[0].companies else verb.end()
        one = long_time and not clauses.OF_SEVERAL.search(text, verb.end(), max(verb.end(), first))
        rank = Rank.HELD if one else Rank.EARLIER
        told = posts[0].companies or ([posts[0].role] if posts[0].role else []) if posts else []
        seat = posts[0].role is not None and text.endswith(("medlem", "formand"), *posts[0].role) if posts else True
        now = clauses.UP_TO_NOW.match(text, told[-1][1]) if told and not seat else None
        if now is not None:
            rank = Rank.SINCE
            posts[0].role = posts[0].role or self.sub_role(now.end(), end)
        if clauses.YEARS_ABROAD.search(text, max(self.start, cue.start - 120), cue.start):
            rank = Rank.LAST_YEARS
        self.add(rank, posts, cue.start)

    def _past(self, cue: Phrase, limit: int, end: int) -> None:
        text = self.text
        if (
            self.found
            and self.found[-1].sentence == self.sentence
            and clauses.WHERE.search(text, max(self.start, cue.start - 60), cue.start)
        ):
            return
        time = time_at(text, cue.end + 1, end) if text.startswith(" ", cue.end) else None
        if time is not None and time.when in {When.LATEST, When.YEARS}:
            dated = self.behind(time.end, end, end)
            if dated:
                self._told(Told(time.when, dated, time.house), cue.start)
                return
        posts = posts_at(text, cue.end, end)
        if text.startswith(" på ", cue.end) and posts and not posts[0].role and clauses.SCHOOL.match(text, cue.end):
            return
        if not posts:
            named = clauses.SUBJECT.match(text, cue.end, end)
            if named or text[cue.start : cue.end] != "var":
                posts = self.behind(named.end() if named else cue.end, limit, end)
        self.add(Rank.EARLIER, posts, cue.start)
