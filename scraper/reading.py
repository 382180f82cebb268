"""What a source's page says: the parser's reading, made whole by what else is known of the page.

A run reads a page when it has just come, a replay when it has lain in the archive: both the same way, here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from scraper.config import SourceKind, SourceSettings
from scraper.errors import NavnenytError, ParseLost
from scraper.parsers.jobs import ad_from_feed_title
from scraper.records import Extraction, Page, Problem

log = logging.getLogger("navnenyt")

Parse = Callable[..., Extraction]
"""`parse_page`, or something that calls it: `parse(page, headings=(…))`."""

NOT_READ = frozenset({"parse_failed", "parse_timed_out", "parse_crashed"})
"""The problems of a page that the parser could not read at all."""


def read_page(page: Page, parse: Parse, *, headings: tuple[str, ...] = ()) -> Extraction:
    """What a page says; a parser that fails on it is a problem of that page, and the run goes on.

    Raises ParserUnavailable.
    """
    try:
        return parse(page, headings=headings)
    except ParseLost as lost:
        log.error(lost.message, extra={"url": page.url, "stage": "parse"})  # noqa: TRY400  where it hung is elsewhere
        return Extraction(problems=(Problem(code=lost.code, message=lost.message),))
    except NavnenytError:
        raise
    except Exception as error:  # the page is in the archive, so a mended parser can read it again
        log.exception("the parser failed on a page", extra={"url": page.url, "stage": "parse"})
        return Extraction(problems=(Problem(code="parse_failed", message=f"{type(error).__name__}: {error}"),))


def completed(source: SourceSettings, extraction: Extraction, *, title: str, url: str) -> Extraction:
    """A job ad's own page that carries no JobPosting is read by its title in the feed."""
    if source.kind is not SourceKind.JOB_BOARD or extraction.job_ads:
        return extraction
    ad = ad_from_feed_title(title, url)
    if ad is not None:
        return replace(extraction, job_ads=(ad,))
    problem = Problem(code="no_job_ad", message="The ad's page holds no JobPosting, its feed title no company.")
    return Extraction(problems=(*extraction.problems, problem), headings=extraction.headings)
