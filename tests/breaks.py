"""The replica's news site, broken in one of many ways, as sites break: by a redesign, a wall, a fault, a new editor.

A break changes what the site answers and nothing of ours. Each names the stage at which a person would say it is broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random

from scraper.replica import Replica
from scraper.replica.announcements import MONTHS, Announcement
from scraper.replica.column import Jobs, Part, People
from scraper.replica.news import NewsSite
from scraper.replica.replies import Answering, Ask, Origins, Reply, Site, missing
from scraper.replica.rotation import Rotation

ENGLISH = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """What is broken: `parts` changes the side column, `page` an article's answer, `feed` the feed's and front page's.

    `stages` are those that its first alarm may name, as a rule one; `robots` is what robots.txt says.
    """

    name: str
    stages: str
    parts: Callable[[Part], list[Part]] | None = None
    page: Callable[[Reply, int], Reply] | None = None
    feed: Callable[[Reply, Ask], Reply] | None = None
    front: bool = False
    robots: str = ""


class BreakableReplica(Replica):
    """A replica whose news site can be broken: set `broken`, and mend it with None."""

    def __init__(self, seed: int, *, start: datetime, articles: int = 200) -> None:
        super().__init__(seed, start=start, articles=articles)
        news = self.news
        self.news = _News(news.seed, news.start, news.articles, news.drawing, news.rotation)
        self._sites[Site.NEWS] = _Gate(self)

    @property
    def broken(self) -> Break | None:
        return _News.broken

    @broken.setter
    def broken(self, how: Break | None) -> None:
        _News.broken = how


class _News(NewsSite):
    broken: Break | None = None

    def _column(self, number: int, week: int, rng: Random) -> list[Part]:
        parts = super()._column(number, week, rng)
        change = _News.broken.parts if _News.broken else None
        return [new for part in parts for new in change(part)] if change else parts


class _Gate:
    """Passes on what the site answers, changed."""

    def __init__(self, replica: BreakableReplica) -> None:
        self.replica = replica

    @property
    def rotation(self) -> Rotation:
        return self.replica.news.rotation

    def answer(self, ask: Ask, origins: Origins) -> Reply:
        news: Answering = self.replica.news
        reply, how = news.answer(ask, origins), self.replica.broken
        if how is None:
            return reply
        if ask.path == "/login":
            return _WALLED["a login form"]
        if how.page and ask.path.startswith("/art/"):
            return how.page(reply, ask.count)
        if how.feed and (ask.path == "/rss/all" or (how.front and ask.path == "/")):
            return how.feed(reply, ask)
        if how.robots and ask.path == "/robots.txt":
            return replace(reply, body=how.robots.encode())
        return reply


def page(words: str, *, status: int = 200, title: str = "Kodebladet") -> Reply:
    body = f'<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>{title}</title></head><body>{words}</body></html>'
    return Reply(body=body.encode(), status=status)


def _always(reply: Reply) -> Callable[[Reply, int], Reply]:
    return lambda _, __: reply


def _rewritten(change: Callable[[str], str]) -> Callable[[Reply, int], Reply]:
    """A change of the words of a page, whatever it is encoded in."""

    def changed(reply: Reply, _: int) -> Reply:
        if reply.status != 200 or "html" not in reply.content_type or len(reply.body) > 1_000_000:
            return reply
        try:
            text = reply.body.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = reply.body.decode("cp1252")
        return replace(reply, body=change(text).encode(), content_type="text/html; charset=utf-8")

    return changed


def _items(change: Callable[[Announcement], Announcement | None], *, every: int = 1) -> Callable[[Part], list[Part]]:
    """A change of the announcements; of every so-many-th by its key."""

    def changed(part: Part) -> list[Part]:
        if not isinstance(part, People):
            return [part]
        items = [change(item) if sum(map(ord, item.key)) % every == 0 else item for item in part.items]
        return [replace(part, items=tuple(item for item in items if item is not None))]

    return changed


def _said(pattern: str, instead: str) -> Callable[[Announcement], Announcement]:
    return lambda item: replace(item, written=re.sub(pattern, instead, item.written), card=False)


def _labelled(label: str) -> Callable[[Part], list[Part]]:
    return _items(lambda item: replace(item, move=replace(item.move, label=label)))


def _without_value(name: str) -> Callable[[Announcement], Announcement]:
    def changed(item: Announcement) -> Announcement:
        value = getattr(item.move, name)
        return replace(item, written=item.written.replace(value, ""), card=False) if value else item

    return changed


def _english(item: Announcement) -> Announcement:
    def day(match: re.Match[str]) -> str:
        return f"{ENGLISH[MONTHS.index(match[2])]} {match[1]}, {match[3]}"

    return replace(item, written=re.sub(rf"(\d+)\. ({'|'.join(MONTHS)}) (\d{{4}})", day, item.written))


def _only_first(part: Part) -> list[Part]:
    global _first  # noqa: PLW0603 - the site shows the first announcement it ever drew, again and again
    if not isinstance(part, People):
        return [part]
    _first = _first or part.items[0]
    return [replace(part, items=(_first,) * len(part.items))]


_first: Announcement | None = None


def _dropped(kind: type[Part]) -> Callable[[Part], list[Part]]:
    return lambda part: [] if isinstance(part, kind) else [part]


_ASIDE = re.compile(
    r"(<(?:h\d|div|p|span|strong|td|dt|b|summary|legend)\b[^>]*>\s*(?:<[^>]+>\s*)*Navnenyt fra it-Danmark.*?)(?=<footer|<div class=\"foot|</body)",
    re.DOTALL,
)


def _moved_to_frame(text: str) -> str:
    return _ASIDE.sub('<iframe src="/navne/ramme"></iframe>', text)


def _moved_to_comment(text: str) -> str:
    return _ASIDE.sub(lambda match: f"<!-- {match[1].replace('--', '')} -->", text)


def _moved_to_script(text: str) -> str:
    return _ASIDE.sub("<h2>Navnenyt fra it-Danmark</h2><div id='navne' data-src='/api/navne'></div>", text)


def _as_images(part: Part) -> list[Part]:
    return [replace(part, items=())] if isinstance(part, People) else [part]


def _items_gone(text: str) -> str:
    return re.sub(r"<item>.*</item>", "", text, flags=re.DOTALL)


def _frozen() -> Callable[[Reply, Ask], Reply]:
    """The feed and the front page as they stood when they were asked for before the break."""
    return lambda reply, ask: STILL.get(ask.path, reply)


STILL: dict[str, Reply] = {}
"""What the feed and the front page said on the last healthy day."""


def keep_still(replica: Replica) -> None:
    """Note what the feed and the front page say today, for the break that lets them stand still."""
    STILL.update((path, replica.news.answer(Ask(path, replica.now), replica.origins)) for path in ("/rss/all", "/"))


_ROOM = "<div>" + "<p>&nbsp;</p>" * 40 + "</div>"
_WALLED = {
    "a consent form": page("<h1>Vi bruger cookies</h1><p>Sig ja for at læse videre.</p><button>Accepter</button>"),
    "a login form": page('<h1>Log ind</h1><form><input name="u"><input type="password"></form>', title="Log ind"),
    "a robot check": page("<h1>Just a moment...</h1><p>Checking your browser.</p>", title="Just a moment..."),
    "a page that says it is missing": missing(status=200),
    "a redirect to the login": Reply(status=302, location="/login"),
    "a redirect to the front page": Reply(status=302, location="/"),
    "a refusal": page("<h1>403 Forbidden</h1>", status=403),
}
_STUB = (
    "<nav><a href='/'>Forside</a> <a href='/emne/1'>Sikkerhed</a></nav><h1>Kommunen skifter leverandør</h1>"
    "<p>En ny aftale for hele området er på plads, og den træder i kraft til foråret.</p><h2>Læs videre</h2>"
    "<p>Artiklen er forbeholdt abonnenter. Bliv abonnent, eller log ind for at læse resten.</p>" + _ROOM
)
_SHELL = "<div id='root'></div><script src='/app.js'></script>"

BREAKS = [
    Break(
        "the feed is empty",
        "discovery",
        feed=lambda reply, _: replace(reply, body=_items_gone(reply.body.decode()).encode()),
    ),
    Break(
        "the feed is JSON",
        "discovery",
        feed=lambda *_: Reply(
            body=b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', content_type="application/feed+json"
        ),
    ),
    Break("the feed is a page", "discovery", feed=lambda *_: page("<h1>RSS</h1><p>Vores RSS er flyttet.</p>")),
    Break("the feed is not found", "discovery", feed=lambda *_: missing()),
    Break("the feed is gone", "discovery", feed=lambda *_: missing(status=410)),
    Break(
        "the feed has another site's links",
        "discovery",
        feed=lambda reply, _: replace(
            reply, body=re.sub(rb"<link>http://[^/]+/art", b"<link>https://nyt.invalid/art", reply.body)
        ),
    ),
    Break(
        "the feed's addresses changed",
        "discovery",
        feed=lambda reply, _: replace(reply, body=re.sub(rb"/art/\d+/", b"/artikel/", reply.body)),
    ),
    Break("the feed stands still", "discovery", feed=_frozen(), front=True),
    Break("every page is a server error", "fetch", page=_always(page("<h1>Fejl</h1>", status=500))),
    Break("too many requests", "fetch", page=_always(page("<h1>429</h1>", status=429))),
    Break("pages take too long", "fetch", page=lambda reply, _: replace(reply, slow=True)),
    Break("pages end in the middle", "fetch", page=_rewritten(lambda text: text[: len(text) * 2 // 5])),
    Break("robots.txt closes the site", "fetch", robots="User-agent: *\nDisallow: /art/\n"),
    *(Break(f"every page is {name}", "wall", page=_always(reply)) for name, reply in _WALLED.items()),
    Break("a paywall leaves a stub", "wall", page=lambda _, count: page(_STUB + f"<i>{count}</i>")),
    Break(
        "all pages are one",
        "layout",
        page=_always(page("<h1>Kodebladet bliver nyt</h1><p>Vi er snart tilbage.</p>" + _ROOM)),
    ),
    Break("a script builds the pages", "layout", page=lambda _, count: page(_SHELL + f"<script>n={count}</script>")),
    Break(
        "the section is called otherwise",
        "layout",
        parts=lambda part: [replace(part, heading="Rokader på gangene")] if isinstance(part, People) else [part],
    ),
    Break("announcements are pictures", "layout", parts=_as_images),
    Break("a script fills the section in", "layout", page=_rewritten(_moved_to_script)),
    Break("the section is in a frame", "layout", page=_rewritten(_moved_to_frame)),
    Break("the section is in a comment", "layout", page=_rewritten(_moved_to_comment)),
    Break("the section is gone", "layout", parts=_dropped(People)),
    Break(
        "letters are encoded twice", "layout", page=_rewritten(lambda text: text.encode().decode("cp1252", "replace"))
    ),
    Break(
        "Danish letters are lost",
        "layout",
        page=_rewritten(
            lambda text: re.sub(r"[æøåÆØÅ]|&(?:ae|o|a)(?:lig|slash|ring);", "?", text, flags=re.IGNORECASE)
        ),
    ),
    Break(
        "half the announcements are unreadable",
        "field",
        parts=_items(_said(r"\b(?:har pr\.|er pr\.) .*", "skifter nu spor"), every=2),
    ),
    Break("dates are in English", "field", parts=_items(_english)),
    Break("dates are gone", "field", parts=_items(_said(rf" pr\. \d+\. (?:{'|'.join(MONTHS)}) \d{{4}}", ""))),
    Break("roles are gone", "field", parts=_items(_said(r" som [^.]*?(?= ved |\.)", ""))),
    Break("people are initials", "field yield", parts=_items(lambda item: replace(_without_value("person")(item)))),
    Break("companies are gone", "field", parts=_items(_without_value("company"))),
    Break("previous jobs are gone", "field", parts=_items(_said(r" \w+(?:-\w+)? kommer fra [^.]*\.", ""))),
    Break(
        "what they will do is gone", "field", parts=_items(_said(r" \w+(?:-\w+)? skal især beskæftige sig [^.]*\.", ""))
    ),
    Break("ages are gone", "field", parts=_items(_said(r", \d+ år,?", ""))),
    Break("labels are new", "field", parts=_labelled("Jobskifte")),
    Break("labels are gone", "field", parts=_labelled("")),
    Break("job ads are gone", "yield", parts=_dropped(Jobs)),
    Break(
        "job ads have no region",
        "yield",
        parts=lambda part: (
            [replace(part, ads=tuple(replace(ad, region="") for ad in part.ads))] if isinstance(part, Jobs) else [part]
        ),
    ),
    Break("one announcement stands for all", "yield", parts=_only_first),
]
"""All of them."""
