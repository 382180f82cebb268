"""robots.txt by RFC 9309: what a site lets us ask for, and which of its lines says so.

Protego matches the patterns. Which group is ours is decided here: Protego takes a group `news` for a robot `newsbot`,
and lets a line it does not know split a group, where the RFC (sections 2.2.1 and 2.2.4) says otherwise for both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from protego import Protego

from scraper.errors import FetchReason, Unreachable
from scraper.fetchers.site_files import SiteFiles, is_absent, is_unknown, site_of
from scraper.records import SiteFile

PATH = "/robots.txt"
MOST_BYTES = 500 * 1024
"""A longer file is cut here (RFC 9309, section 2.5)."""

_OWN = "*"
_AGENT_FIELDS = frozenset({"user-agent", "useragent", "user agent"})
_RULE_FIELDS = frozenset({"allow", "disallow", "crawl-delay"})
_WISH_FIELDS = frozenset({"content-signal", "content-usage", "tdm-reservation"})
"""Lines of a group that speak of what may be done with the pages; a rule of their group, as the drafts of the IETF's
AI Preferences group have it, so that one of them ends the row of names above it."""


_Line = tuple[str, str]
"""A line of a group: its field in lower case, and its value."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a page may be asked for, the line that says so, and the pause between requests in seconds, if any."""

    allowed: bool
    said: str
    crawl_delay: float | None = None


class RobotsFile:
    """One site's rules for one robot. `token` is its product token, matched without regard to case.

    `wishes` are the lines of our group about the use of pages, as (field, value).
    """

    def __init__(self, content: bytes, token: str) -> None:
        self._groups = _groups(_text(content))
        own = self._lines_for(token.lower())
        own = self._lines_for("*") or [] if own is None else own
        rules = [f"{field}: {value}" for field, value in own if field in _RULE_FIELDS]
        self._rules = Protego.parse("\n".join([f"User-agent: {_OWN}", *rules]))
        self.wishes = tuple((field, value) for field, value in own if field in _WISH_FIELDS)

    def shuts_out(self, agent: str) -> bool:
        """Whether groups of its own keep this robot, in lower case, from every page."""
        lines = self._lines_for(agent) or []
        closed = any(field == "disallow" and value in {"/", "/*", "*"} for field, value in lines)
        return closed and not any(field == "allow" and value for field, value in lines)

    def _lines_for(self, agent: str) -> list[_Line] | None:
        """The lines of all groups that name a robot, which are one group; None when none does."""
        named = [lines for agents, lines in self._groups if agent in agents]
        return [line for lines in named for line in lines] if named else None

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


def _groups(text: str) -> list[tuple[set[str], list[_Line]]]:
    """Every group: the robots that it names, in lower case, and its lines."""
    groups: list[tuple[set[str], list[_Line]]] = []
    naming = False
    for line in re.split(r"[\r\n]+", text):
        field, colon, value = line.partition("#")[0].partition(":")
        if not colon:
            continue
        field, value = field.strip().lower(), " ".join(value.split())
        if field in _AGENT_FIELDS:
            if not naming:
                groups.append((set(), []))
            named = re.match(r"\*|[A-Za-z_-]*", value)
            groups[-1][0].add(named.group().lower() if named else "")
            naming = True
        elif field in _RULE_FIELDS | _WISH_FIELDS:
            if groups:
                groups[-1][1].append((field, value))
            naming = False
    return groups


def verdict_on(file: SiteFile, url: str, token: str) -> Verdict | None:
    """What a robots.txt as it was had says of `url`; None where nothing can be known, which forbids it.

    A file that the site says is not there allows all (RFC 9309, section 2.3.1.3); one that cannot be had allows
    nothing (2.3.1.4). That section would let an older copy stand in after 30 days of silence: we never do.
    """
    if is_unknown(file):
        return None
    return _absent(file) if is_absent(file) else RobotsFile(file.body or b"", token).verdict(url)


def _absent(file: SiteFile) -> Verdict:
    what = "too many redirects" if file.reason == FetchReason.TOO_MANY_REDIRECTS else str(file.status)
    return Verdict(allowed=True, said=f"robots.txt: {what}, all allowed")


class Robots:
    """The robots.txt files of the sites of a source; see `verdict_on` for what is made of them."""

    def __init__(self, token: str, files: SiteFiles) -> None:
        self._token = token
        self._files = files
        self._read: dict[str, tuple[bytes, RobotsFile]] = {}

    def verdict(self, url: str) -> Verdict:
        """Whether `url` may be asked for. Raises Unreachable (robots_unavailable) where that cannot be known."""
        file = self._files.get(site_of(url), PATH)
        if is_unknown(file):
            raise Unreachable(
                f"{url}: not asked for, since robots.txt cannot be had ({file.reason}). {file.detail}",
                reason=FetchReason.ROBOTS_UNAVAILABLE,
                url=url,
                status=file.status,
            )
        rules = self.rules(url)
        return _absent(file) if rules is None else rules.verdict(url)

    def rules(self, url: str) -> RobotsFile | None:
        """The rules of the site of `url` as they were last had, asking for nothing; None when it has none."""
        site = site_of(url)
        file = self._files.known(site, PATH)
        if file is None or file.body is None:
            return None
        if site not in self._read or self._read[site][0] != file.body:
            self._read[site] = (file.body, RobotsFile(file.body, self._token))
        return self._read[site][1]
