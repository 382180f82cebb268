"""Which pages of a source are there to be asked for: its feeds, list pages and sitemaps, read into candidates.

The id in an address is a page's identity. The slug changes, hosts vary, feeds add `?utm_…`, and the same article
stands in the feed and on the list page: all of these are one candidate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from lxml import etree, html

from scraper.config import SourceKind, SourceSettings
from scraper.errors import BadAnswer
from scraper.fetchers.feeds import read_feed
from scraper.fetchers.sitemaps import read_sitemap
from scraper.fetchers.web import Fetcher
from scraper.records import Answer, Candidate, FetchOutcome, Page, PageKind, Problem, Validators

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|ref_?src", re.IGNORECASE)
MOST_LINKS = 5_000
"""Links that are read of one list page; no page that a person scrolls through has more."""
MOST_PARTS = 3
"""Parts of a sitemap index that are asked for: those changed last."""
MOST_OF_A_SITEMAP = 1_000
"""Pages taken of one sitemap, the newest: it lists all that a site ever had."""
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What the entrances of a source gave.

    `candidates`: each page once, newest first. `fetches`: one Answer for each feed, list page and sitemap, failures
    included (a feed that is none has reason bad_feed). `unchanged`: the entrances that answered 304; their pages are
    those known from the run before. `problems`: what a person should know.
    """

    candidates: tuple[Candidate, ...] = ()
    fetches: tuple[Answer, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


def discover(
    source: SourceSettings,
    fetcher: Fetcher,
    *,
    validators_of: Callable[[str], Validators] = lambda _: Validators(),
) -> Discovery:
    """Ask each entrance of a source. `validators_of(url)` gives what is kept of its last answer."""
    found: list[Candidate] = []
    fetches: list[Answer] = []
    problems: list[Problem] = []
    entrances = [(url, PageKind.FEED) for url in source.feeds] + [(url, PageKind.ARTICLE) for url in source.pages]
    for url, kind in entrances:
        answer = fetcher.ask(url, kind=kind, validators=validators_of(url))
        if answer.page is not None:
            try:
                seen, said = read_entrance(source, answer.page, kind)
            except BadAnswer as failure:
                answer = _refused(answer, failure)
            else:
                found += seen
                problems += said
        fetches.append(answer)
    for url in source.sitemaps:
        walk = _Walk(source, fetcher, validators_of)
        walk.ask(url)
        found += walk.found
        fetches += walk.fetches
        problems += walk.problems
    return Discovery(
        candidates=tuple(_once(found)),
        fetches=tuple(fetches),
        unchanged=tuple(answer.fetch.url for answer in fetches if answer.fetch.outcome is FetchOutcome.UNCHANGED),
        problems=tuple(problems),
    )


def _refused(answer: Answer, failure: BadAnswer) -> Answer:
    """The answer, turned into a failure; without validators, or it would be unchanged in the next run."""
    fetch = replace(
        answer.fetch,
        outcome=FetchOutcome.FAILED,
        reason=failure.reason.value,
        detail=f"{failure.message} {failure.hint}".strip(),
        validators=Validators(),
    )
    return Answer(fetch=fetch, page=None)


class _Walk:
    """One sitemap, and where it is an index the parts of it that changed last."""

    def __init__(self, source: SourceSettings, fetcher: Fetcher, validators_of: Callable[[str], Validators]) -> None:
        self._source = source
        self._fetcher = fetcher
        self._validators_of = validators_of
        self.found: list[Candidate] = []
        self.fetches: list[Answer] = []
        self.problems: list[Problem] = []

    def ask(self, url: str) -> None:
        """Ask for the sitemap and say what is odd about it as a whole."""
        self._one(url, part=False)
        if not self.found and all(answer.page is not None for answer in self.fetches):
            message = f"{url}: the sitemap gives no page: no address in it carries an id as id_pattern: describes"
            self.problems.append(Problem(code="empty_sitemap", message=message))

    def _one(self, url: str, *, part: bool) -> None:
        answer = self._fetcher.ask(url, kind=PageKind.FEED, validators=self._validators_of(url))
        at = len(self.fetches)
        self.fetches.append(answer)
        if answer.page is None:
            return
        try:
            sitemap = read_sitemap(answer.page, cap=self._fetcher.most_bytes)
        except BadAnswer as failure:
            self.fetches[at] = _refused(answer, failure)
            return
        if sitemap.fault:
            self._say("malformed_sitemap", f"{url} is no clean sitemap: {sitemap.fault}")
        entries = sorted(sitemap.entries, key=lambda entry: entry.changed or _EARLIEST, reverse=True)
        links = [(_absolute(answer.page.url, entry.link), entry) for entry in entries]
        owned = [(link, entry) for link, entry in links if _owns(self._source, link)]
        if len(owned) < len(links):
            foreign = len(links) - len(owned)
            self._say("foreign_links", f"{url} has {foreign} addresses on hosts that are not listed under hosts:")
        if not sitemap.index:
            pages = (_candidate(self._source, link, entry.title, entry.changed) for link, entry in owned)
            self.found += islice(filter(None, pages), MOST_OF_A_SITEMAP)
        elif part:
            self._say("nested_sitemap", f"{url} is an index within an index; its parts are not asked for")
        else:
            for link, _ in owned[:MOST_PARTS]:
                self._one(link, part=True)

    def _say(self, code: str, message: str) -> None:
        self.problems.append(Problem(code=code, message=message))


def _candidate(source: SourceSettings, link: str, title: str, published: datetime | None) -> Candidate | None:
    """The page at `link` as the source knows it, or None when its address carries no id."""
    identity = source.article_id(link)
    if identity is None:
        return None
    return Candidate(
        url=source.url_of(identity, _without_tracking(link)),
        identity=identity,
        kind=PageKind.JOB_AD if source.kind is SourceKind.JOB_BOARD else PageKind.ARTICLE,
        title=title,
        published=published,
    )


def read_entrance(source: SourceSettings, page: Page, kind: PageKind) -> tuple[list[Candidate], list[Problem]]:
    """The candidates of a feed or list page in its order, and what is odd about it. Raises BadAnswer for no feed."""
    problems: list[Problem] = []
    if kind is PageKind.FEED:
        feed = read_feed(page)
        links = [(_absolute(page.url, entry.link), entry.title, entry.published) for entry in feed.entries]
        if feed.left_out:
            message = f"{page.url} is long: its first and last entries were read, {feed.left_out} between them were not"
            problems.append(Problem(code="long_feed", message=message))
        if feed.fault:
            problems.append(Problem(code="malformed_feed", message=f"{page.url} is no clean XML: {feed.fault}"))
    else:
        links = [(link, title, None) for link, title in _links(page)]
    candidates: list[Candidate] = []
    foreign = 0
    for link, title, published in links:
        if not _owns(source, link):
            foreign += 1
        elif (candidate := _candidate(source, link, title, published)) is not None:
            candidates.append(candidate)
    if kind is PageKind.FEED and foreign:
        message = f"{page.url} has {foreign} entries on hosts that are not listed under hosts:; they are left out"
        problems.append(Problem(code="foreign_links", message=message))
    if not candidates:
        what = "the feed" if kind is PageKind.FEED else "the list page"
        why = (
            f"of {len(links)} links none carries an id as id_pattern: describes"
            if links
            else "there are no links in it"
        )
        problems.append(
            Problem(
                code=f"empty_{'feed' if kind is PageKind.FEED else 'list'}",
                message=f"{page.url}: {what} gives no page: {why}",
            )
        )
    return candidates, problems


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    """Each identity once, newest first.

    Where an entry has no time of its own it keeps its place behind the one before it: entrances list the newest first.
    """
    kept: dict[str, Candidate] = {}
    for candidate in found:
        known = kept.get(candidate.identity)
        if known is None:
            kept[candidate.identity] = candidate
        else:
            kept[candidate.identity] = replace(
                known, title=known.title or candidate.title, published=known.published or candidate.published
            )
    times: dict[str, datetime] = {}
    last = max((item.published for item in kept.values() if item.published), default=_EARLIEST)
    for candidate in kept.values():
        last = times[candidate.identity] = candidate.published or last
    return sorted(kept.values(), key=lambda candidate: times[candidate.identity], reverse=True)


def _links(page: Page) -> Iterator[tuple[str, str]]:
    """The links of a list page with their texts, absolute, in reading order."""
    try:
        tree: Any = html.document_fromstring(page.body, parser=html.HTMLParser(encoding=page.charset))
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError):
        return
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), "")
    for element in islice(tree.iter("a"), MOST_LINKS):
        href = (element.get("href") or "").strip()
        yield _absolute(_absolute(page.url, base), href), " ".join(element.text_content().split())


def _owns(source: SourceSettings, url: str) -> bool:
    try:
        return source.owns(url)
    except ValueError:  # no address at all, such as http://[
        return False


def _absolute(base: str, link: str) -> str:
    """A link as an address; as it stands where it is none, such as http://[, which is on nobody's host."""
    try:
        return urljoin(base, link)
    except ValueError:
        return link


def _without_tracking(url: str) -> str:
    parts = urlsplit(url)
    query = [
        (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(key)
    ]
    if len(query) == parts.query.count("&") + 1 or not parts.query:
        return url
    return urlunsplit(parts._replace(query=urlencode(query)))
