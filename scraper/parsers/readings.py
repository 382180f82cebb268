"""Announcements as they were read, remembered: the same one stands on hundreds of pages of a run or an archive.

Reading one takes a hundred times as long as looking up that it was read. The readings are frozen and a function of the
text and the day alone, so which page asks first changes nothing; the oldest are forgotten, so memory is bounded
(some 10 MB).
"""

from __future__ import annotations

from functools import lru_cache

from scraper.parsers.moves import read_announcement

MOST_REMEMBERED = 2048
"""Announcements that are remembered; a page shows ten, a rotation a hundred."""

reading_of = lru_cache(maxsize=MOST_REMEMBERED)(read_announcement)
"""As `read_announcement`, which see."""
