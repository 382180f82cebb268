"""May this page be asked for, and may it be mined? What the site says in files of its own, before a page is asked for.

robots.txt comes first, for what it forbids is not to be asked at all, tdmrep.json included. What a page says itself,
in headers or mark-up, `web` reads from the answer and brings here to be heeded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scraper.config import SourceSettings, TdmRule
from scraper.errors import FetchFailed, FetchReason, NotAllowed
from scraper.fetchers.reservations import TDMREP, Reservation, in_robots, in_tdmrep
from scraper.fetchers.robots import Robots
from scraper.fetchers.site_files import SiteFiles, site_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What a site says of one address before it is asked for.

    `said` is the rule of robots.txt that decides, `gap` the pause before the request in seconds, `found` what the site
    reserves, and `refusal` why the address must not be asked for.
    """

    said: str
    gap: float = 0.0
    found: Sequence[Reservation] = ()
    refusal: FetchFailed | None = None


class Permission:
    """What the sites of one source permit. `token` is our product token."""

    def __init__(self, source: SourceSettings, token: str, files: SiteFiles) -> None:
        self._source = source
        self._files = files
        self._robots = Robots(token, files)

    def to_ask(self, url: str, asked: str, *, page: bool) -> Leave:
        """Whether `url`, to which asking for `asked` led, may be asked for; `page` is False for a file of the site.

        Raises Unreachable (robots_unavailable), and StoreError of the memory.
        """
        verdict = self._robots.verdict(url)
        if not verdict.allowed:
            rule = verdict.said.removeprefix("robots.txt: ")
            refusal = NotAllowed(
                f"{url}: the site's robots.txt does not allow it ({rule}).",
                reason=FetchReason.ROBOTS_DISALLOWED,
                url=asked,
                hint="The site does not want this page read by programs.",
            )
            return Leave(said=verdict.said, refusal=refusal)
        gap = max(self._source.gap, verdict.crawl_delay or 0.0)
        found = in_robots(self._robots.rules(url), url) if page else []
        if page and self._source.tdm is not TdmRule.IGNORE and not self._binding(found):
            found += in_tdmrep(self._files.get(site_of(url), TDMREP).body, url)
        try:
            self.heed(found, asked, None)
        except NotAllowed as refusal:
            return Leave(said=verdict.said, gap=gap, found=found, refusal=refusal)
        return Leave(said=verdict.said, gap=gap, found=found)

    def heed(self, found: Sequence[Reservation], url: str, status: int | None) -> None:
        """Raises NotAllowed (reserved) when one of these reservations binds us under the source's rule."""
        binding = self._binding(found)
        if binding:
            raise NotAllowed(
                f"{url}: its owner reserves text and data mining ({binding[0]}).",
                reason=FetchReason.RESERVED,
                url=url,
                status=status,
                hint="Ask the owner for a licence; with it in writing, set tdm: ignore for this source.",
            )

    def delay(self, url: str) -> float:
        """The Crawl-delay in seconds that the site's robots.txt asked for when it was last had, however long ago."""
        rules = self._robots.rules(url)
        return (rules.crawl_delay if rules else None) or 0.0

    def _binding(self, found: Sequence[Reservation]) -> list[Reservation]:
        rule = self._source.tdm
        return [item for item in found if rule is TdmRule.STRICT or (rule is TdmRule.OBEY and item.to_us)]
