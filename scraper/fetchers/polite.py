"""How fast we ask, how often we try again, and how long we stay away when a site says so.

One gap for each host, from the end of one request to the start of the next, and never two requests at once: the
largest of what config.yaml says, what robots.txt asks for, and five times what the last answer took, so that a site
that labours is left alone the longer.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from scraper.config import FetchSettings

SLOWNESS = 5
"""The gap in units of the last answer's time."""
MOST_PATIENCE = 6 * 3600.0
"""Seconds: a longer Retry-After is taken as this."""

_RETRIED = frozenset({429, 500, 502, 503, 504})
_SECONDS = re.compile(r"[0-9]+")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After header asks to wait (RFC 9110, section 10.2.3), at most 6 hours; None: it says none.

    Both forms are read, whole seconds and an HTTP date in any of its three spellings; a past date gives 0.
    """
    value = (value or "").strip()
    if _SECONDS.fullmatch(value):
        return min(float(value[:12]), MOST_PATIENCE)
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return min(max((then - now).total_seconds(), 0.0), MOST_PATIENCE)


class Patience:
    """The tries left for one page: urllib3's Retry keeps the count and the back-off, the sleeping is ours."""

    def __init__(self, settings: FetchSettings) -> None:
        self._retry = Retry(
            total=settings.retries,
            status_forcelist=_RETRIED,
            backoff_factor=settings.backoff,
            allowed_methods={"GET"},
        )

    def pause(self, status: int | None) -> float | None:
        """Seconds before the next try after a failure with this status (None: no answer); None: no try is left."""
        if status is not None and not self._retry.is_retry("GET", status):
            return None
        try:
            self._retry = self._retry.increment("GET")
        except MaxRetryError:
            return None
        return self._retry.get_backoff_time()


class Pace:
    """When each host may be asked next. Times are in seconds of `monotonic`; `sleep` does the waiting."""

    def __init__(
        self, sleep: Callable[[float], None] = time.sleep, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._sleep = sleep
        self._monotonic = monotonic
        self._ended: dict[str, tuple[float, float]] = {}
        self._held: dict[str, float] = {}

    def wait(self, host: str, gap: float) -> float:
        """Wait until `host` may be asked; gives the seconds waited. `gap` is the configured or asked-for one."""
        if host not in self._ended:
            return 0.0
        ended, took = self._ended[host]
        pause = max(gap, SLOWNESS * took) - (self._monotonic() - ended)
        if pause > 0:
            self._sleep(pause)
        return max(pause, 0.0)

    def done(self, host: str, began: float) -> None:
        """Note that the request that began at `began` (of `monotonic`) has ended."""
        now = self._monotonic()
        self._ended[host] = (now, now - began)

    def resume(self, host: str, ago: float, took: float) -> None:
        """Take up the pace of an earlier run: its last request ended so many seconds ago and took so long."""
        self._ended.setdefault(host, (self._monotonic() - max(ago, 0.0), took))

    def now(self) -> float:
        """The time of this pace's own clock."""
        return self._monotonic()

    def rest(self, seconds: float) -> None:
        """Wait as a back-off or a Retry-After asks."""
        if seconds > 0:
            self._sleep(seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Leave `host` alone for so long: it asked for it."""
        self._held[host] = self._monotonic() + seconds

    def held(self, host: str) -> float:
        """Seconds for which `host` is still to be left alone."""
        return max(self._held.get(host, 0.0) - self._monotonic(), 0.0)
