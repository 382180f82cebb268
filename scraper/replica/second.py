"""A second invented news site, for whoever adds a source: other addresses, other mark-up, another heading, Atom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from html import escape
from random import Random

from scraper.replica import articles
from scraper.replica.articles import LURE_PEOPLE, Article, lure_announcement
from scraper.replica.column import Part, draw
from scraper.replica.layouts import BROADSHEET
from scraper.replica.news import Draw
from scraper.replica.replies import Ask, Origins, Reply, latest, missing, plain, seen
from scraper.replica.rotation import WEEK, Rotation

HEADING = "Nyt om navne"
ARTICLES = 40
"""Articles at the start."""
FEED_LENGTH = 20
CODEC = "iso-8859-1"
_FIRST_ID = 12_345
_EACH = timedelta(hours=42)
_SIDE = "\x00"


@dataclass(frozen=True)
class SecondSite:
    """Articles by their number, 0 the oldest; each has its side column at its foot."""

    seed: int
    start: datetime
    drawing: Draw
    rotation: Rotation

    def answer(self, ask: Ask, origins: Origins) -> Reply:
        """The reply to a request."""
        if match := re.fullmatch(r"/nyheder/\d{4}/[\w-]+-(\d+)", ask.path):
            number = int(match[1]) - _FIRST_ID
            return self._page(number, ask, origins) if 0 <= number < self.visible(ask.now) else missing()
        match ask.path:
            case "/":
                return self._front(ask.now)
            case "/robots.txt":
                return plain("User-agent: *\nDisallow: /velkommen\n", latest(self.start))
            case "/atom.xml":
                return self._feed(ask.now, origins)
            case "/velkommen":
                return self._trap(ask.now)
        return missing()

    def visible(self, now: datetime) -> int:
        """How many articles are published."""
        return ARTICLES + max(0, (now - self.start) // _EACH)

    def article(self, number: int) -> Article:
        """What article `number` says."""
        return _write(self, number)

    def path(self, number: int) -> str:
        """The address of article `number` on its site."""
        article = self.article(number)
        return f"/nyheder/{article.published.year}/{article.slug}-{article.id}"

    def published(self, number: int) -> datetime:
        """When article `number` was published."""
        return self.start + (number - ARTICLES + 1) * _EACH - (timedelta(hours=3) if number < ARTICLES else timedelta())

    def _page(self, number: int, ask: Ask, origins: Origins) -> Reply:
        week = self.rotation.week(ask.now)
        occasion = ask.count if self.drawing == "random" else f"{number}/{week}"
        rng = Random(f"{self.seed}/second/{self.drawing}/{occasion}")  # noqa: S311 - reproducible, not secret
        article = self.article(number)
        parts: list[Part] = draw(
            rng,
            heading=HEADING,
            announced=self.rotation.announced(week),
            clipped=self.rotation.clipped(week),
            advertised=self.rotation.advertised(week),
            stale=None,
            speaker=article.speaker,
            old_layout=False,
        )
        before, after = _frame(self, number)
        changed = latest(article.published, self.start + week * WEEK) if self.drawing == "fixed" else None
        return Reply(
            body=f"{before}{BROADSHEET.side(parts)}{after}".encode(CODEC, errors="xmlcharrefreplace"),
            content_type=f"text/html; charset={CODEC.upper()}",
            modified=changed,
            shown=seen(parts, origins.second),
        )

    def _trap(self, now: datetime) -> Reply:
        """Where a redirect of the news site leads that must not be followed."""
        rng = Random(f"{self.seed}/second/trap")  # noqa: S311 - reproducible, not secret
        trap = lure_announcement(rng.randrange(LURE_PEOPLE), self.seed, rng, now.date())
        html = f"<!DOCTYPE html><title>Velkommen</title><h2>{HEADING}</h2><p>{escape(trap.written)} {trap.label}</p>"
        return Reply(body=html.encode(CODEC, errors="xmlcharrefreplace"), content_type=f"text/html; charset={CODEC}")

    def _newest(self, now: datetime) -> list[int]:
        last = self.visible(now) - 1
        return list(range(last, last - FEED_LENGTH, -1))

    def _front(self, now: datetime) -> Reply:
        items = "".join(
            f'<h4><a href="{self.path(number)}">{escape(self.article(number).headline)}</a></h4>'
            for number in self._newest(now)
        )
        html = f'<!DOCTYPE html><html lang="da"><title>Fjordens Tidende</title><body><h1>Fjordens Tidende</h1>{items}'
        return Reply(body=html.encode(CODEC, errors="xmlcharrefreplace"), content_type=f"text/html; charset={CODEC}")

    def _feed(self, now: datetime, origins: Origins) -> Reply:
        entries = "\n".join(
            f"<entry><title>{escape(self.article(number).headline)}</title>"
            f'<link rel="alternate" href="{origins.second}{self.path(number)}"/>'
            f"<id>tag:fjordens.invalid,2026:{self.article(number).id}</id>"
            f"<updated>{self.published(number).isoformat()}</updated>"
            f"<summary>{escape(self.article(number).lead)}</summary></entry>"
            for number in self._newest(now)
        )
        newest = latest(self.published(self.visible(now) - 1))
        atom = (
            f'<?xml version="1.0" encoding="{CODEC}"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="da">'
            f"<title>Fjordens Tidende</title><id>tag:fjordens.invalid,2026:feed</id>"
            f"<updated>{newest.isoformat()}</updated>\n{entries}\n</feed>\n"
        )
        return Reply(
            body=atom.encode(CODEC, errors="xmlcharrefreplace"),
            content_type=f"application/atom+xml; charset={CODEC}",
            modified=newest,
        )


@lru_cache(maxsize=512)
def _write(site: SecondSite, number: int) -> Article:
    rng = Random(f"{site.seed}/second/article/{number}")  # noqa: S311 - reproducible, not secret
    return articles.write(_FIRST_ID + number, rng, site.published(number), site.seed)


@lru_cache(maxsize=512)
def _frame(site: SecondSite, number: int) -> tuple[str, str]:
    """What stands before and after the side column of an article's page."""
    article = site.article(number)
    related = [(site.article(other).headline, site.path(other)) for other in range(max(0, number - 5), number)]
    before, after = BROADSHEET.whole(article, related, _SIDE).split(_SIDE)
    style = (
        "body{font:17px/1.6 Charter,Georgia,serif;margin:0 auto;max-width:46rem;padding:1rem;color:#222}"
        "h1{font-weight:400;font-size:2.3rem;border-bottom:4px double #933}"
        "h4 span{background:#933;color:#fff;padding:0 .4em}"
        "blockquote{margin:.8rem 0;padding-left:1rem;border-left:3px solid #ccc}.opslag{list-style:none;padding:0}"
        ".opslag li{border:1px solid #ddd;margin:.5rem 0;padding:.2rem .8rem}.opslag p{margin:.2rem 0}.pic{width:100%}"
    )
    top = (
        f'<!DOCTYPE html>\n<html lang="da"><head><meta http-equiv="Content-Type" content="text/html; charset={CODEC}">'
        f"<title>{escape(article.headline)} - Fjordens Tidende</title><style>{style}</style></head>\n<body>"
        '<p><a href="/">Fjordens Tidende</a> | <a href="/">Nyheder</a> | <a href="/">Erhverv</a></p>\n'
    )
    return f"{top}{before}", f"{after}<p>Fjordens Tidende er opdigtet.</p></body></html>\n"
