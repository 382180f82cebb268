"""The news site: 200 articles and more each week, each with a side column drawn for the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from html import escape
from random import Random
from typing import Literal

from scraper.replica import articles
from scraper.replica.articles import LURE_PEOPLE, Article, lure_announcement
from scraper.replica.column import Part, draw
from scraper.replica.layouts import LAYOUTS, Layout
from scraper.replica.look import Link, foot, head, masthead
from scraper.replica.replies import (
    Ask,
    Fault,
    Origins,
    Reply,
    http_date,
    latest,
    missing,
    plain,
    seen,
    simple_page,
)
from scraper.replica.rotation import WEEK, Rotation

Draw = Literal["random", "fixed"]

HEADING = "Navnenyt fra it-Danmark"
FEED_LENGTH = 30
FRONT_LENGTH = 100
FEWEST = 40
"""Articles that a site must have so that each fault finds one among those of the feed."""

_FAULTS: dict[int, Fault] = {
    # how many articles before the newest at the start
    2: Fault.NOT_FOUND,
    4: Fault.ERROR_ONCE,
    6: Fault.SLOW,
    8: Fault.SOFT_404,
    10: Fault.ELSEWHERE,
    12: Fault.WRONG_TYPE,
    14: Fault.OVERSIZED,
    16: Fault.GONE,
    18: Fault.ERROR,
    20: Fault.MOVED,
    22: Fault.DISALLOWED,
    24: Fault.NO_ARTICLE,
    35: Fault.NOT_FOUND,
}
_LATER_FAULTS = (Fault.NOT_FOUND, Fault.SOFT_404, Fault.ERROR_ONCE, Fault.SLOW)
"""Of the articles that come later every fifteenth has one of these."""

_CHARSETS: dict[int, tuple[str, str, str | None]] = {
    # last digit of the article's number: how it is written, the Content-Type, and what its meta element says
    0: ("cp1252", "text/html; charset=windows-1252", "windows-1252"),
    3: ("cp1252", "text/html; charset=utf-8", "utf-8"),
    5: ("cp1252", "text/html", "windows-1252"),
    7: ("utf-8-sig", "text/html", None),
    8: ("utf-8", "text/html", "utf-8"),
}
_UTF_8 = ("utf-8", "text/html; charset=UTF-8", "utf-8")

_FIRST_ID, _IDS, _STEP = 100_000, 90_000, 7919
_BACK = pow(_STEP, -1, _IDS)
_EACH = timedelta(hours=14)
"""Between two new articles: twelve a week."""

_OVERSIZED = 12_000_000
_PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 8"><path fill="#cbd8df" d="M0 0h16v8H0z"/></svg>'
_SIDE = "\x00"
"""Where the side column goes."""


@dataclass(frozen=True)
class NewsSite:
    """Articles by their number: 0 is the oldest, `articles` of them are there at the start."""

    seed: int
    start: datetime
    articles: int
    drawing: Draw
    rotation: Rotation

    def answer(self, ask: Ask, origins: Origins) -> Reply:
        """The reply to a request; the slug in an article's address is ignored."""
        if match := re.fullmatch(r"/art/(\d+)(/[\w.-]*)?", ask.path):
            return self._article(int(match[1]), match[2], ask, origins)
        if match := re.fullmatch(r"/print/art/(\d+)", ask.path):
            return self._print(int(match[1]), ask.now)
        if ask.path.startswith("/jobklik/"):
            return Reply(status=302, location=f"{origins.jobs}/")
        if ask.path.startswith("/om/"):
            return simple_page("Om Kodebladet", "Kodebladet er opdigtet.")
        if re.fullmatch(r"/(emne/\d+)?", ask.path):
            return self._front(ask.now)
        if ask.path in {"/billede.svg", "/ansigt.svg"}:
            return Reply(body=_PICTURE, content_type="image/svg+xml", modified=latest(self.start))
        match ask.path:
            case "/robots.txt":
                return self._robots(origins)
            case "/rss/all":
                return self._feed(ask.now, origins)
            case "/sitemap.xml":
                return self._sitemap(ask.now, origins)
        return missing()

    def visible(self, now: datetime) -> int:
        """How many articles are published."""
        return self.articles + max(0, (now - self.start) // _EACH)

    def identity(self, number: int) -> int:
        """The id of article `number`; ids are not in order of time."""
        return _FIRST_ID + (number * _STEP + self.seed * 13) % _IDS

    def number(self, identity: int) -> int:
        """The opposite of `identity`."""
        return (identity - _FIRST_ID - self.seed * 13) * _BACK % _IDS

    def fault(self, number: int) -> Fault | None:
        """What is wrong with an article's page."""
        if number >= self.articles:
            return _LATER_FAULTS[number // 15 % len(_LATER_FAULTS)] if number % 15 == 7 else None
        return _FAULTS.get(self.articles - 1 - number)

    def article(self, number: int) -> Article:
        """What article `number` says."""
        return _write(self, number)

    def published(self, number: int) -> datetime:
        """When article `number` was published."""
        before = self.articles - 1 - number
        if before < 0:
            return self.start - (before + 1) * _EACH
        if before < self.articles * 7 // 10:
            return self.start - timedelta(hours=2) - before * timedelta(hours=7)
        year = 2002 + number * 22 // self.articles
        return datetime(year, 1 + number % 12, 1 + number % 28, 6 + number % 14, 30, tzinfo=UTC)

    def path(self, number: int) -> str:
        """The address of article `number` on its site."""
        return f"/art/{self.identity(number)}/{self.article(number).slug}"

    def _article(self, identity: int, slug: str | None, ask: Ask, origins: Origins) -> Reply:
        number = self.number(identity)
        if identity < _FIRST_ID or identity >= _FIRST_ID + _IDS or number >= self.visible(ask.now):
            return missing()
        fault = self.fault(number)
        match fault:
            case Fault.NOT_FOUND:
                return missing()
            case Fault.GONE:
                return missing(status=410)
            case Fault.ERROR | Fault.ERROR_ONCE if fault is Fault.ERROR or ask.attempt == 0:
                return simple_page("Der er sket en fejl", "Prøv igen om lidt.", status=500)
            case Fault.SOFT_404:
                return missing(status=200)
            case Fault.ELSEWHERE:
                return Reply(status=302, location=f"{origins.second}/velkommen")
            case Fault.WRONG_TYPE:
                return Reply(
                    body=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", content_type="application/pdf"
                )
            case Fault.OVERSIZED:
                return Reply(body=_oversized())
            case Fault.MOVED if not slug:
                return Reply(status=301, location=self.path(number))
            case Fault.DISALLOWED:
                return self._print(identity, ask.now)
            case Fault.NO_ARTICLE:
                return self._front(ask.now)
        return self._page(number, ask, origins, slow=fault is Fault.SLOW)

    def _page(self, number: int, ask: Ask, origins: Origins, *, slow: bool) -> Reply:
        week = self.rotation.week(ask.now)
        occasion = ask.count if self.drawing == "random" else f"{number}/{week}"
        rng = Random(f"{self.seed}/{self.drawing}/{occasion}")  # noqa: S311 - reproducible, not secret
        parts = self._column(number, week, rng)
        before, after, layout = _frame(self, number)
        side = layout.side(parts)
        codec, content_type, _ = _CHARSETS.get(number % 10, _UTF_8)
        changed = latest(self.published(number), self.start + week * WEEK) if self.drawing == "fixed" else None
        return Reply(
            body=f"{before}{side}{after}".encode(codec, errors="xmlcharrefreplace"),
            content_type=content_type,
            modified=changed,
            shown=seen(parts, origins.news),
            slow=slow,
        )

    def _column(self, number: int, week: int, rng: Random) -> list[Part]:
        article = self.article(number)
        today = (self.start + week * WEEK).date()
        return draw(
            rng,
            heading=HEADING,
            announced=self.rotation.announced(week),
            clipped=self.rotation.clipped(week),
            advertised=self.rotation.advertised(week),
            stale=lure_announcement(rng.randrange(LURE_PEOPLE), self.seed, rng, today),
            speaker=article.speaker,
            old_layout=article.old_layout,
        )

    def _print(self, identity: int, now: datetime) -> Reply:
        """The page for a printer, which robots.txt forbids: its announcements are traps."""
        rng = Random(f"{self.seed}/print/{identity}")  # noqa: S311 - reproducible, not secret
        traps = [lure_announcement(rng.randrange(LURE_PEOPLE), self.seed, rng, now.date()) for _ in range(3)]
        items = "".join(f"<p>{escape(trap.written)} {trap.label}</p>\n" for trap in traps)
        html = (
            '<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Udskriv</title></head><body>'
            f"<h1>Udskriv</h1><h2>{HEADING}</h2>{items}</body></html>"
        )
        return Reply(body=html.encode())

    def _newest(self, now: datetime, length: int) -> list[int]:
        last = self.visible(now) - 1
        return list(range(last, max(-1, last - length), -1))

    def _front(self, now: datetime) -> Reply:
        items = "".join(
            f'<li><a href="{self.path(number)}">{escape(self.article(number).headline)}</a>'
            f"<p>{escape(self.article(number).lead)}</p></li>\n"
            for number in self._newest(now, FRONT_LENGTH)
        )
        html = (
            '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Kodebladet</title>'
            '<link rel="alternate" type="application/rss+xml" href="/rss/all"></head>'
            f"<body>{masthead()}<main><h1>Seneste nyt</h1><ul>{items}</ul></main></body></html>\n"
        )
        return Reply(body=html.encode(), modified=latest(self.published(self.visible(now) - 1)))

    def _robots(self, origins: Origins) -> Reply:
        forbidden = "".join(
            f"Disallow: /art/{self.identity(self.articles - 1 - before)}\n"
            for before, fault in _FAULTS.items()
            if fault is Fault.DISALLOWED
        )
        rules = f"User-agent: *\nDisallow: /print/\nDisallow: /jobklik/\n{forbidden}Allow: /\n"
        return plain(f"{rules}\nSitemap: {origins.news}/sitemap.xml\n", latest(self.start))

    def _feed(self, now: datetime, origins: Origins) -> Reply:
        items = []
        for number in self._newest(now, FEED_LENGTH):
            article, path = self.article(number), self.path(number)
            older = "-opdateret" if number % 6 == 1 else ""
            link = f"{origins.news}{path}{older}?utm_source=rss&utm_medium=feed&utm_campaign=alle"
            items.append(
                f"<item><title>{escape(article.headline)}</title><link>{escape(link)}</link>"
                f'<guid isPermaLink="false">kodebladet-{article.id}</guid>'
                f"<description>{escape(article.lead)}</description><pubDate>{http_date(article.published)}</pubDate></item>"
            )
        newest = latest(self.published(self.visible(now) - 1))
        rss = (
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Kodebladet</title>'
            f"<link>{origins.news}/</link><description>Seneste nyt</description><language>da</language>"
            f"<lastBuildDate>{http_date(newest)}</lastBuildDate>\n" + "\n".join(items) + "\n</channel></rss>\n"
        )
        return Reply(body=rss.encode(), content_type="application/rss+xml; charset=utf-8", modified=newest)

    def _sitemap(self, now: datetime, origins: Origins) -> Reply:
        urls = "\n".join(
            f"<url><loc>{origins.news}{self.path(number)}</loc>"
            f"<lastmod>{self.published(number).date().isoformat()}</lastmod></url>"
            for number in self._newest(now, self.visible(now))
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
        )
        newest = latest(self.published(self.visible(now) - 1))
        return Reply(body=xml.encode(), content_type="application/xml", modified=newest)


@lru_cache(maxsize=2048)
def _write(site: NewsSite, number: int) -> Article:
    rng = Random(f"{site.seed}/article/{number}")  # noqa: S311 - reproducible, not secret
    return articles.write(site.identity(number), rng, site.published(number), site.seed)


@lru_cache(maxsize=512)
def _frame(site: NewsSite, number: int) -> tuple[str, str, Layout]:
    """What stands before and after the side column of an article's page: the same for each answer."""
    article, layout = site.article(number), LAYOUTS[number % len(LAYOUTS)]
    related: list[Link] = [
        (site.article(other).headline, site.path(other)) for other in range(max(0, number - 10), number)
    ]
    _, _, meta = _CHARSETS.get(number % 10, _UTF_8)
    before, after = layout.whole(article, related, _SIDE).split(_SIDE)
    top = f"{head(article, site.path(number), meta)}<body>\n{masthead()}"
    return f"{top}{before}", f"{after}{foot(article, related)}", layout


@lru_cache(maxsize=1)
def _oversized() -> bytes:
    line = "<p>Denne side er for lang til nogen læser, og den bliver ved og ved.</p>\n".encode()
    return b"<!DOCTYPE html><title>Alt for lang</title><body>" + line * (_OVERSIZED // len(line) + 1)
