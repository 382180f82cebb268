"""Where the post stands that a phrase announces: right behind it, as a bare name, or later in the clause.

Kept apart from what a phrase says of the post, so that `background_jobs` reads as the list of phrases it is.
"""

from __future__ import annotations

from scraper.parsers import background_clauses as clauses
from scraper.parsers.background_employers import companies_at
from scraper.parsers.background_posts import Post, own_master, posts_at, skip_filler
from scraper.parsers.background_titles import role_span
from scraper.records import Span


class PostFinder:
    """Finds the posts of one text; `leads` while the sentence that tells of the move itself is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.leads = False

    def bare(self, position: int, end: int) -> list[Post]:
        """As in "kommer fra Granit": an employer without a preposition of its own."""
        found, last = companies_at(self.text, position, end, strong=False)
        if not found:
            return []
        posts = [Post(companies=found, end=last)]
        rest = posts_at(self.text, last, end) if self.text.startswith((" som ", " hvor"), last) else []
        if rest and rest[0].role and not rest[0].companies:
            posts[0].role, posts[0].end = rest[0].role, rest[0].end
        return posts

    def sub_role(self, position: int, end: int) -> Span | None:
        """The title in "…, hvor han var TITLE" right behind an employer."""
        sub = clauses.WHERE_THEY.match(self.text, position, end)
        if sub is None:
            return None
        stated = clauses.SUB_ROLE.match(self.text, sub.end(), end)
        if stated is None:
            return None
        begin = skip_filler(self.text, stated.end() - 1, end)
        title = role_span(self.text, begin + 1, end, sure=False)
        verb = clauses.ITS_VERB.search(self.text, *title[0]) if title and stated.group().endswith("som ") else None
        return (title[0][0], verb.start()) if title and verb else title[0] if title else None

    def behind(self, position: int, reach: int, end: int) -> list[Post]:
        """The posts behind a verb; where none follows at once, the first "hos" or "som TITLE" of the clause."""
        text = self.text
        tied = text.endswith("tilknyttet", 0, position)
        posts = posts_at(text, position, end) if not (tied and text[position + 1 : position + 2].isupper()) else []
        if not posts and tied:
            among = clauses.AMONG_OTHERS.match(text, position, end)
            posts = self.bare(among.end() if among else position + 1, end)
        if posts:
            first = posts[0]
            if first.role is None:
                first.role = self.sub_role(first.end, end)
            return posts
        limit = clauses.scope_end(text, position, max(reach, position))
        clause = clauses.CLAUSE_END.search(text, position, limit)
        limit = clause.start() if clause else limit
        for opener in clauses.VERB_OPENER.finditer(text, position, limit):
            if opener.start() - position > (120 if self.leads else 180) or clauses.DURING.search(
                text, position, opener.start()
            ):
                break
            such_as = opener.group() == " som" and clauses.SUCH_AS.search(text, position, opener.start())
            if opener.group() == " som" and (own := own_master(text, opener.start(), end)):
                return [own]
            if such_as or (opener.group() == " som" and role_span(text, opener.end() + 1, end, sure=False) is None):
                continue
            if opener.group("among"):
                found, last = companies_at(text, opener.end(), end, strong=False)
                if found:
                    return [Post(companies=found, end=last)]
                continue
            posts = posts_at(text, opener.start(), end)
            if posts:
                return posts
        return []
