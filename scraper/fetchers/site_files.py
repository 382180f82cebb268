"""What is remembered of hosts from one run to the next: their robots.txt and tdmrep.json, and when they want rest.

A program that forgets on each start asks for robots.txt at each start, and comes back to a host that had asked for an
hour's peace. Where the memory lies is the caller's business: a run keeps it in the database.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from scraper.errors import FetchReason
from scraper.records import HostPause, SiteFile

KEPT = timedelta(hours=24)
"""How long a file may be used before it is asked again (RFC 9309, section 2.4)."""
KEPT_UNKNOWN = timedelta(hours=1)
"""How long "could not be had" stands before the file is asked again."""


class HostMemory(Protocol):
    """A place that outlasts the process. Every method raises StoreError when it gives out."""

    def site_file(self, site: str, path: str) -> SiteFile | None:
        """The file at `path` of `site` (`https://www.example.dk`) as it was last asked for."""

    def keep_site_file(self, site: str, path: str, file: SiteFile) -> None:
        """Remember a file in the place of what was known of it."""

    def pause(self, host: str) -> HostPause | None:
        """What `host` last asked for, which may be over."""

    def keep_pause(self, host: str, pause: HostPause) -> None:
        """Remember what a host asks for."""


class InMemory:
    """A memory that ends with the process: for a single look at a site."""

    def __init__(self) -> None:
        self._files: dict[tuple[str, str], SiteFile] = {}
        self._pauses: dict[str, HostPause] = {}

    def site_file(self, site: str, path: str) -> SiteFile | None:
        """See HostMemory."""
        return self._files.get((site, path))

    def keep_site_file(self, site: str, path: str, file: SiteFile) -> None:
        """See HostMemory."""
        self._files[site, path] = file

    def pause(self, host: str) -> HostPause | None:
        """See HostMemory."""
        return self._pauses.get(host)

    def keep_pause(self, host: str, pause: HostPause) -> None:
        """See HostMemory."""
        self._pauses[host] = pause


def site_of(url: str) -> str:
    """Scheme, host and port of an address, spelled one way: `HTTPS://WWW.Example.dk:443/x` is on the same site."""
    return f"{urlsplit(url).scheme}://{host_of(url)}"


def host_of(url: str) -> str:
    """The host of an address in lower case, with its port unless it is the scheme's own. Raises ValueError for none."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return host if parts.port in {None, usual} else f"{host}:{parts.port}"


def is_absent(file: SiteFile) -> bool:
    """Whether the site says that it has no such file: 4xx, or more than five redirects (RFC 9309, section 2.3.1.3).

    429 is no such answer: it asks for fewer requests.
    """
    if file.reason == FetchReason.TOO_MANY_REDIRECTS:
        return True
    return file.reason is not None and 400 <= (file.status or 0) < 500 and file.status != 429


def is_unknown(file: SiteFile) -> bool:
    """Whether nothing can be said of the file: no answer, a server's error, an address that must not be asked."""
    return file.reason is not None and not is_absent(file)


class SiteFiles:
    """The files of the sites of a source, each asked for once a day, over restarts.

    `ask(url)` gives what came of one request and never raises FetchFailed; `clock` gives the time in UTC.
    """

    def __init__(
        self, ask: Callable[[str], SiteFile], clock: Callable[[], datetime], memory: HostMemory | None = None
    ) -> None:
        self._ask = ask
        self._clock = clock
        self._memory = memory or InMemory()

    def get(self, site: str, path: str) -> SiteFile:
        """The file, from memory while it stands. A clock that was set back makes it be asked again."""
        known = self.known(site, path)
        if known is not None and known.asked_at <= self._clock() < known.until:
            return known
        fresh = self._ask(f"{site}{path}")
        unknown = is_unknown(fresh)
        fresh = replace(
            fresh,
            until=fresh.asked_at + (KEPT_UNKNOWN if unknown else KEPT),
            body=known.body if unknown and known is not None else fresh.body,
        )
        self._memory.keep_site_file(site, path, fresh)
        return fresh

    def known(self, site: str, path: str) -> SiteFile | None:
        """The file as it was last asked for, however long ago."""
        return self._memory.site_file(site, path)
