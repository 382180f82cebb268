"""Job ads: triples for a side column, and the ads of a board with their schema.org JobPosting."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from random import Random
from typing import Any

from scraper.records import JobAd
from scraper.replica import firms

EMPLOYMENT_TYPES = ("FULL_TIME", "PART_TIME", "TEMPORARY", "INTERN")
NO_DATE = "0001-01-01"
"""What boards write for a deadline that nobody set: the zero date of their database."""

_SIDE_TITLES, _BOARD_TITLES = firms.TITLES[::2], firms.TITLES[1::2]


@dataclass(frozen=True, slots=True)
class Advert:
    """One job ad in rotation from `begins` until `ends`; `path` is where it leads on its site."""

    key: str
    company: str
    title: str
    region: str
    path: str
    begins: datetime
    ends: datetime
    identifier: str | None = None
    deadline: date | None = None
    employment_type: str | None = None

    def record(self, origin: str, *, own_page: bool = False) -> JobAd:
        """The ad as pages of `origin` state it: a side column gives the triple, its own page all of it."""
        if not own_page:
            return JobAd(company=self.company, title=self.title, region=self.region, url=origin + self.path)
        return JobAd(
            company=self.company,
            title=self.title,
            region=self.region,
            url=origin + self.path,
            posted=self.begins.date(),
            deadline=self.deadline,
            employment_type=self.employment_type,
            identifier=self.identifier,
        )


def side_advert(key: str, number: int, begins: datetime, ends: datetime) -> Advert:
    """Side-column ad `number`: two of the first 480 share employer and title only as twins, none with a board's ad.

    Every seventh is the twin of the one before it, the same ad under another region, as employers do.
    """
    source = number - 1 if number % 7 == 6 else number
    lap, at = divmod(source, len(firms.FIRMS))
    firm = firms.FIRMS[at * 11 % len(firms.FIRMS)]
    return Advert(
        key=key,
        company=firm.names[lap % len(firm.names)],
        title=_SIDE_TITLES[(lap + at * 7) % len(_SIDE_TITLES)],
        region=firms.REGIONS[number % len(firms.REGIONS)],
        path=f"/jobklik/{100 + number}",
        begins=begins,
        ends=ends,
    )


def board_advert(key: str, number: int, rng: Random, begins: datetime, ends: datetime) -> Advert:
    """Ad `number` of the job board: its employer has no comma, since the feed's titles are "Role, Company"."""
    employers = [firm for firm in firms.FIRMS if "," not in firm.names[0]]
    lap, at = divmod(number, len(employers))
    firm = employers[at * 13 % len(employers)]
    title = _BOARD_TITLES[(lap + at * 5) % len(_BOARD_TITLES)]
    identifier = f"j{70000 + number * 37}"
    return Advert(
        key=key,
        company=firm.names[0],
        title=title,
        region=firms.BOARD_REGIONS[number % len(firms.BOARD_REGIONS)],
        path=f"/jobannonce/{identifier}/{slug(title)}",
        begins=begins,
        ends=ends,
        identifier=identifier,
        deadline=None if number % 4 == 1 else (ends - timedelta(days=1)).date(),
        employment_type=rng.choice(EMPLOYMENT_TYPES),
    )


_IN_ADDRESSES = {ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa", ord("é"): "e"}


def slug(words: str) -> str:
    """Words as they stand in an address: small ASCII letters, digits and dashes."""
    plain = words.lower().translate(_IN_ADDRESSES)
    return "-".join("".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain).split())


def job_posting(ad: Advert, url: str, rng: Random) -> str:
    """The script blocks of an ad's page: JobPosting as boards write it, in one of five shapes.

    Alone, inside `@graph`, in an array, beside other blocks, and with raw line ends inside a string (which no strict
    JSON reader takes).
    """
    description = f"<p>Vil du være {ad.title} hos {ad.company}?</p><ul><li>Spændende opgaver</li></ul>"
    posting: dict[str, Any] = {
        "@type": "JobPosting",
        "title": ad.title,
        "description": description,
        "identifier": {"@type": "PropertyValue", "name": "Jobfyret", "value": ad.identifier},
        "datePosted": ad.begins.date().isoformat(),
        "validThrough": f"{ad.deadline}T23:59:59" if ad.deadline else f"{NO_DATE}T00:00:00",
        "employmentType": ad.employment_type,
        "hiringOrganization": {"@type": "Organization", "name": ad.company},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressRegion": ad.region, "addressCountry": "DK"},
        },
        "url": url,
    }
    context = {"@context": "https://schema.org"}
    site = {"@type": "WebSite", "name": "Jobfyret", "url": url.split("/jobannonce", 1)[0] + "/"}
    trail = {**context, "@type": "BreadcrumbList", "itemListElement": []}
    shape = rng.randrange(5)
    if shape == 0:
        blocks = [_dump({**context, **posting})]
    elif shape == 1:
        blocks = [_dump({**context, "@graph": [site, posting]})]
    elif shape == 2:
        blocks = [_dump([{**context, **site}, {**context, **posting}])]
    elif shape == 3:
        blocks = [_dump(trail), _dump({**context, **posting}), _dump({**context, **site})]
    else:
        blocks = [_dump({**context, **posting}).replace("<ul>", "\r\n\t<ul>")]
    return "\n".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)


def _dump(value: object) -> str:
    """JSON as it may stand in a page: "</" would end the script."""
    return json.dumps(value, ensure_ascii=False).replace("</", "<\\/")


def feed_item(ad: Advert, url: str, when: str) -> str:
    """The ad's item in the board's RSS feed."""
    title = escape(f"{ad.title}, {ad.company}")
    return (
        f'<item><title>{title}</title><link>{escape(url)}</link><guid isPermaLink="false">{ad.identifier}</guid>'
        f"<pubDate>{when}</pubDate><category>{escape(ad.region)}</category></item>"
    )
