"""A page's bytes to everything it says: decoded, read into blocks, sections and job ads. Never raises."""

from __future__ import annotations

from dataclasses import replace

from scraper.parsers.decoding import decode
from scraper.parsers.document import MAX_CHARACTERS, read_document
from scraper.parsers.events import Document
from scraper.parsers.jobposting import read_json_ld
from scraper.parsers.jobs import find_job_ads
from scraper.parsers.lines import lines_of
from scraper.parsers.plain_text import plain_blocks
from scraper.parsers.sections import find_announcements
from scraper.records import Extraction, JobAd, Page, Problem

MAX_BYTES = 60_000_000
"""Bytes that are decoded of one page at most."""

_PLAIN = frozenset({"text/plain", "text/markdown"})


def _document(page: Page, problems: list[Problem]) -> Document | None:
    if len(page.body) > MAX_BYTES:
        problems.append(
            Problem(code="too_large", message=f"The page has {len(page.body)} bytes; its end was not read.")
        )
    decoded = decode(page.body[:MAX_BYTES], page.charset)
    if decoded is None:
        problems.append(Problem(code="undecodable", message="The bytes are no text in any known encoding."))
        return None
    if decoded.replaced:
        message = f"{decoded.replaced} bytes are no {decoded.codec} and were replaced."
        problems.append(Problem(code="bad_bytes", message=message))
    kind = page.content_type.split(";", 1)[0].strip().lower()
    if kind in _PLAIN or (not kind and page.url.lower().endswith(".txt")):
        text = decoded.text[:MAX_CHARACTERS]
        return Document(blocks=plain_blocks(text), too_large=len(decoded.text) > MAX_CHARACTERS)
    return read_document(decoded.text, page.url)


def _merge(posted: list[JobAd], shown: list[JobAd]) -> tuple[JobAd, ...]:
    """The ads of the JSON-LD and those shown as triples, an ad that is both only once, with what either knows.

    On a job's own page its facts, set in a table, can look like a triple: one of the same employer and region that
    leads nowhere is not another ad. Nor is one that shows the title above the employer.
    """
    ads = list(posted)
    own = {(ad.company.casefold(), (ad.region or "").casefold()) for ad in posted} if len(posted) == 1 else set()
    keys = {(ad.company.casefold(), ad.title.casefold()): at for at, ad in enumerate(ads)}
    for ad in shown:
        names = ad.company.casefold(), ad.title.casefold()
        at = keys.get(names, keys.get((names[1], names[0])))
        if at is None:
            if ad.url is None and (ad.company.casefold(), (ad.region or "").casefold()) in own:
                continue
            ads.append(ad)
        elif ads[at].url is None and ad.url is not None:
            ads[at] = replace(ads[at], url=ad.url)
    return tuple(ads)


def parse_page(page: Page, *, headings: tuple[str, ...] = ()) -> Extraction:
    """The moves, job ads, unread announcements and problems of a page.

    `headings` are further headings of people sections, as the source writes them. Dates without a year are resolved
    against `page.published`. Bad bytes and bad mark-up give problems, never an exception; time is bounded by the limits
    of the modules that are called.
    """
    problems: list[Problem] = []
    document = _document(page, problems)
    if document is None:
        return Extraction(problems=tuple(problems))
    if document.too_large:
        problems.append(Problem(code="too_large", message="The page is larger than is read; its end was left out."))
    if document.cut_off:
        message = "The page ends in the middle of its mark-up: it was not received whole."
        problems.append(Problem(code="cut_off", message=message))
    address = page.url if page.url.startswith(("http://", "https://")) else None
    posted, wrong = read_json_ld(document.json_ld, address)
    problems.extend(wrong)
    if not document.blocks and not posted:
        problems.append(Problem(code="empty_page", message="The page shows no text."))
    lines = lines_of(document.blocks, headings)
    sections = find_announcements(lines, headings=headings, published=page.published)
    problems.extend(sections.problems)
    people = {move.person for move in sections.moves}
    shown = find_job_ads(
        lines,
        taken=sections.taken,
        people=people,
        logos=document.logos,
        makes=document.makes,
        properties=document.properties,
    )
    return Extraction(
        moves=tuple(sections.moves),
        job_ads=_merge(posted, shown),
        unparsed=tuple(sections.unparsed),
        problems=tuple(problems),
        headings=tuple(dict.fromkeys(sections.headings)),
    )
