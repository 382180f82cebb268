"""robots.txt by RFC 9309: what a site lets us ask for, and which of its lines says so.

Protego matches the patterns. Which group is ours is decided here: Protego takes a group `news` for a robot `newsbot`,
and lets a line it does not know split a group, where the RFC (sections 2.2.1 and 2.2.4) says otherwise for both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from protego import Protego

from scraper.errors import FetchFailed, FetchReason, Unreachable

MOST_BYTES = 500 * 1024
"""A longer file is cut here (RFC 9309, section 2.5)."""
KEPT = timedelta(hours=24)
"""How long a file may be used before it is asked again (section 2.4)."""
KEPT_UNAVAILABLE = timedelta(hours=1)
"""How long "could not be had" stands before it is asked again."""

_OWN = "*"
_AGENT_FIELDS = frozenset({"user-agent", "useragent", "user agent"})
_RULE_FIELDS = frozenset({"allow", "disallow", "crawl-delay"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be asked for, the line that says so, and the pause between requests in seconds, if any."""

    allowed: bool
    said: str
    crawl_delay: float | None = None


class RobotsFile:
    """One site's rules for one robot. `token` is its product token, matched without regard to case."""

    def __init__(self, content: bytes, token: str) -> None:
        text = _text(content)
        self._rules = Protego.parse("\n".join([f"User-agent: {_OWN}", *_own_lines(text, token)]))

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between requests, as the site asks for."""
        delay = self._rules.crawl_delay(_OWN)
        return None if delay is None else float(delay)

    def verdict(self, url: str) -> Verdict:
        """The longest rule that matches decides; Allow wins a tie; no rule allows."""
        allowed = bool(self._rules.can_fetch(url, _OWN))
        rule = self._deciding_rule(url)
        return Verdict(allowed, f"robots.txt: {rule}" if rule else "robots.txt: no rule", self.crawl_delay)

    def _deciding_rule(self, url: str) -> str:
        """The rule as written. Protego tells only yes or no, so its rules are walked in its order of precedence."""
        group: Any = self._rules._get_matching_rule_set(_OWN)  # noqa: SLF001  no public way to the rules
        if group is None:
            return ""
        from protego._utils import _quote_path  # the form in which it compares

        path = _quote_path(url)
        for rule in group._rules:  # noqa: SLF001  as above
            if rule.value.match(path):
                return f"{rule.field.capitalize()}: {rule.value._pattern}"  # noqa: SLF001  as above
        return ""


def _text(content: bytes) -> str:
    """The file as text: no byte-order mark, and when it is cut, no half line, which could say more than the whole."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    if len(content) > MOST_BYTES:
        content = content[:MOST_BYTES]
        end = max(content.rfind(b"\n"), content.rfind(b"\r"))
        content = content[: end + 1]
    return content.decode("utf-8", errors="replace")


def _own_lines(text: str, token: str) -> list[str]:
    """The rules of every group for `token`, or else of every group for `*` (RFC 9309, section 2.2.1)."""
    groups: dict[str, list[str]] = {}
    agents: list[str] = []
    naming = False
    for line in re.split(r"\r\n|\r|\n", text):
        field, colon, value = line.partition("#")[0].partition(":")
        field, value = field.strip().lower(), " ".join(value.split())
        if colon and field in _AGENT_FIELDS:
            if not naming:
                agents = []
            named = re.match(r"\*|[A-Za-z_-]*", value)
            agents.append(named.group().lower() if named else "")
            groups.setdefault(agents[-1], [])
            naming = True
        elif colon and field in _RULE_FIELDS:
            for agent in agents:
                groups[agent].append(f"{field}: {value}")
            naming = False
    return groups.get(token.lower(), groups.get("*", []))


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one host's robots.txt, and until when: its rules, one verdict for all, or why it is not had."""

    until: datetime
    answer: RobotsFile | Verdict | FetchFailed


class Robots:
    """The robots.txt files of the hosts of a source, each asked for once a day.

    `fetch(url)` gives the body of a robots.txt or raises FetchFailed; `clock` gives the time in UTC. A file that the
    site says is not there (4xx, or more than five redirects) allows everything; one that cannot be had (5xx, no
    answer, no connection, and 429, which asks for less) allows nothing (RFC 9309, section 2.3.1).
    """

    def __init__(
        self,
        token: str,
        fetch: Callable[[str], bytes],
        clock: Callable[[], datetime],
        known: MutableMapping[str, Known] | None = None,
    ) -> None:
        self._token = token
        self._fetch = fetch
        self._clock = clock
        self._known: MutableMapping[str, Known] = {} if known is None else known

    def verdict(self, url: str) -> Verdict:
        """Whether `url` may be asked for. Raises Unreachable (robots_unavailable) where that cannot be known."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        known = self._known.get(site)
        if known is None or self._clock() >= known.until:
            known = self._known[site] = self._ask(f"{site}/robots.txt")
        if isinstance(known.answer, FetchFailed):
            raise Unreachable(
                f"{url}: not asked for, since robots.txt cannot be had ({known.answer.reason}). {known.answer.message}",
                reason=FetchReason.ROBOTS_UNAVAILABLE,
                url=url,
                status=known.answer.status,
                hint=known.answer.hint,
            )
        return known.answer.verdict(url) if isinstance(known.answer, RobotsFile) else known.answer

    def _ask(self, url: str) -> Known:
        now = self._clock()
        try:
            content = self._fetch(url)
        except FetchFailed as failure:
            status = failure.status or 0
            if 400 <= status < 500 and status != 429:
                return Known(now + KEPT, Verdict(allowed=True, said=f"robots.txt: {status}, all allowed"))
            if failure.reason is FetchReason.TOO_MANY_REDIRECTS:
                return Known(now + KEPT, Verdict(allowed=True, said="robots.txt: too many redirects, all allowed"))
            return Known(now + KEPT_UNAVAILABLE, failure)
        return Known(now + KEPT, RobotsFile(content, self._token))
