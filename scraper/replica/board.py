"""The job board: a feed of ads, each with a page of its own that carries schema.org JobPosting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from random import Random

from scraper.replica.adverts import Advert, feed_item, job_posting
from scraper.replica.replies import Ask, Origins, Reply, Shown, http_date, latest, missing, plain
from scraper.replica.rotation import Rotation

CODEC = "iso-8859-1"


@dataclass(frozen=True)
class JobBoard:
    """Ads come and go with the weeks; the page of one that is over answers 410."""

    seed: int
    start: datetime
    rotation: Rotation

    def answer(self, ask: Ask, origins: Origins) -> Reply:
        """The reply to a request."""
        if match := re.fullmatch(r"/jobannonce/(\w+)(/[\w-]*)?", ask.path):
            return self._page(match[1], ask.now, origins)
        match ask.path:
            case "/":
                return self._front(ask.now)
            case "/robots.txt":
                return plain("User-agent: *\nDisallow: /ansoeg/\n", latest(self.start))
            case "/job.rss":
                return self._feed(ask.now, origins)
        return missing()

    def open(self, now: datetime) -> list[Advert]:
        """The ads that are open, the newest first."""
        ads = self.rotation.advertised(self.rotation.week(now))
        return sorted(ads, key=lambda ad: (ad.begins, ad.key), reverse=True)

    def _page(self, identifier: str, now: datetime, origins: Origins) -> Reply:
        week = self.rotation.week(now)
        ad = next((ad for ad in self.rotation.every_advert(week) if ad.identifier == identifier), None)
        if ad is None:
            return missing()
        if ad not in self.rotation.advertised(week):
            return missing(status=410)
        url = origins.jobs + ad.path
        rng = Random(f"{self.seed}/posting/{identifier}")  # noqa: S311 - reproducible, not secret
        html = (
            f'<!DOCTYPE html>\n<html lang="da"><head><meta charset="{CODEC}"><title>{escape(ad.title)} Jobfyret</title>'
            f'<link rel="canonical" href="{ad.path}">\n{job_posting(ad, url, rng)}\n<style>{_STYLE}</style></head>\n'
            f'<body><p><a href="/">Jobfyret</a></p><h1>{escape(ad.title)}</h1><h2>{escape(ad.company)}</h2>'
            f"<table><tr><th>Område<td>{escape(ad.region)}<tr><th>Oprettet<td>{ad.begins.date().isoformat()}"
            f"<tr><th>Ansøgningsfrist<td>{ad.deadline or 'Hurtigst muligt'}</table>"
            f"<p>Vil du være med til at gøre en forskel? Vi er 35 kolleger, som løser opgaverne sammen.</p>"
            "<h3>Dine opgaver</h3><ul><li>Drift og udvikling<li>Dialog med brugerne<li>Dokumentation</ul>"
            '<h3>Om os</h3><p>Vi har siden nytår ansat 20 medarbejdere.</p><p><a href="/ansoeg/1">Søg jobbet</a></p>'
            "</body></html>\n"
        )
        shown = Shown(job_ads=(ad.record(origins.jobs, own_page=True),))
        return Reply(
            body=html.encode(CODEC, errors="xmlcharrefreplace"),
            content_type=f"text/html; charset={CODEC}",
            modified=latest(ad.begins),
            shown=shown,
        )

    def _front(self, now: datetime) -> Reply:
        items = "".join(f'<li><a href="{ad.path}">{escape(ad.title)}</a>' for ad in self.open(now))
        html = f'<!DOCTYPE html><html lang="da"><title>Jobfyret</title><style>{_STYLE}</style><h1>Jobfyret</h1>{items}'
        return Reply(body=html.encode(CODEC, errors="xmlcharrefreplace"), content_type=f"text/html; charset={CODEC}")

    def _feed(self, now: datetime, origins: Origins) -> Reply:
        ads = self.open(now)
        newest = latest(max((ad.begins for ad in ads), default=self.start))
        items = "\n".join(feed_item(ad, origins.jobs + ad.path, http_date(ad.begins)) for ad in ads)
        rss = (
            f'<?xml version="1.0" encoding="{CODEC}"?>\n<rss version="2.0"><channel><title>Jobfyret</title>'
            f"<link>{origins.jobs}/</link><description>Nye job</description>"
            f"<lastBuildDate>{http_date(newest)}</lastBuildDate>\n{items}\n</channel></rss>\n"
        )
        return Reply(
            body=rss.encode(CODEC, errors="xmlcharrefreplace"),
            content_type=f"application/rss+xml; charset={CODEC}",
            modified=newest,
        )


_STYLE = (
    "body{font:16px/1.5 Verdana,Arial,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#223}"
    "h1{color:#b34700}table{background:#fdf4ec;padding:.6rem 1rem;margin:1rem 0}th{text-align:left;padding-right:2rem}"
)
