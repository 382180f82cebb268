"""Job ads as schema.org JobPosting (https://schema.org/JobPosting), in JSON-LD, as search engines and boards read it.

A field stands only where the ad says it: `datePosted` is the day that the ad states and is left out where it states
none, because the day on which we saw it first is another thing (`sdDatePublished`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any, TextIO

from scraper.show.text import as_json


def posting(ad: Mapping[str, Any]) -> dict[str, Any]:
    """One ad, as the view `job_ads` has it with days as ISO text, as a JobPosting."""
    place = {"addressRegion": ad["region_name"] or ad["region"], "addressCountry": "DK"}
    if ad["region_name"] in {"Udlandet", "Færøerne", "Grønland"}:
        del place["addressCountry"]
    said: dict[str, Any] = {
        "@type": "JobPosting",
        "@id": f"urn:navnenyt:job_ad:{ad['id']}",
        "title": ad["title"],
        "description": f"<p>{'<br>'.join(escape(line, quote=False) for line in ad['text'].splitlines())}</p>",
        "hiringOrganization": {"@type": "Organization", "name": ad["company"]},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", **place}} if ad["region"] else None,
        "datePosted": ad["posted"],
        "validThrough": ad["deadline"],
        "employmentType": ad["employment_type"],
        "identifier": {"@type": "PropertyValue", "name": ad["sources"], "value": ad["identifier"]}
        if ad["identifier"]
        else None,
        "occupationalCategory": ad["function"],
        "url": ad["url"],
        "sdDatePublished": (ad["first_seen"] or "")[:10] or None,
    }
    return {name: value for name, value in said.items() if value is not None}


def write_postings(ads: Iterable[Mapping[str, Any]], out: TextIO) -> None:
    """Write the ads as one JSON-LD document, which may stand in a page: no `<` is in it."""
    out.write('{"@context": "https://schema.org", "@graph": [')
    between = "\n"
    for ad in ads:
        out.write(between + as_json(posting(ad)).replace("<", "\\u003c"))
        between = ",\n"
    out.write("\n]}\n")
