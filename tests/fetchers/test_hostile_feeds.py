"""Feeds made to open files and sockets, to grow without end, or to be taken for an empty one."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable

import pytest

from scraper.errors import BadAnswer, FetchReason
from scraper.fetchers import feeds
from scraper.fetchers.feeds import read_feed
from scraper.records import Page

ITEM = "<rss version='2.0'><channel><item><title>{}</title><link>https://example.dk/art/1</link></item></channel></rss>"
MOST = 0.5
"""CPU seconds until a feed is refused."""


def declaring(subset: str, title: str = "&x;", head: str = '<?xml version="1.0"?>') -> str:
    return f"{head}<!DOCTYPE rss {subset}>" + ITEM.format(title)


BOMB = '[<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]"
HOSTILE = {
    "bomb": declaring(BOMB, "&j;").encode(),
    "bomb in utf-16": declaring(BOMB, "&j;", '<?xml version="1.0" encoding="utf-16"?>').encode("utf-16"),
    "bomb in utf-16 without a mark": declaring(BOMB, "&j;", '<?xml version="1.0" encoding="utf-16le"?>').encode(
        "utf-16-le"
    ),
    "bomb with a utf-8 mark": b"\xef\xbb\xbf" + declaring(BOMB, "&j;").encode(),
    "quadratic": declaring(f'[<!ENTITY x "{"a" * 5_000}">]', "&x;" * 2_000).encode(),
    "recursive": declaring('[<!ENTITY x "&y;"><!ENTITY y "&x;">]').encode(),
    "a file": declaring('[<!ENTITY x SYSTEM "file:///etc/passwd">]').encode(),
    "a file, lower case": declaring('[<!entity x SYSTEM "file:///etc/passwd">]').encode(),
    "an address": declaring('[<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]').encode(),
    "public": declaring('[<!ENTITY x PUBLIC "-//x//y" "http://127.0.0.1:9/x">]').encode(),
    "parameter": declaring('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;]', "t").encode(),
    "unknown encoding": b"<?xml version='1.0' encoding='nonsense'?><rss><chan",
    "declared utf-32": b"<?xml version='1.0' encoding='utf-32'?><rss><chan",
    "declared utf-7": b"<?xml version='1.0' encoding='utf-7'?><rss version='2.0'><channel><item><title>+ADw-</ti",
    "declared ebcdic": b"<?xml version='1.0' encoding='cp500'?><rss><chan",
    "a version that is none": b"<?xml version='9.9'?><rss><chan",
    "two roots, cut": b"<rss/><rss><chan",
    "a page": b"<html><body>Siden er flyttet</body></html>",
    "nothing": b"",
    "a name of a file": b"/etc/passwd",
    "an address alone": b"http://127.0.0.1:9/rss",
    "60,001 tags": ("<rss><channel>" + "<item>" * 60_001).encode(),
}
OPENING = {"open", "socket.connect", "socket.getaddrinfo", "urllib.Request", "os.open", "subprocess.Popen"}
_opened: list[str] | None = None


def _audit(event: str, arguments: tuple[object, ...]) -> None:
    # the import of a codec opens its own module; anything else that is opened is opened by the feed
    if _opened is not None and event in OPENING and not str(arguments[:1]).rstrip("',)").endswith((".py", ".pyc")):
        _opened.append(f"{event} {arguments[:1]}")


sys.addaudithook(_audit)


def faults(attempts: int = 3) -> tuple[list[str], float]:
    """The feeds that are not refused by a typed error, in time, with nothing opened; and the longest that one took."""
    global _opened  # noqa: PLW0603 - an audit hook stays for good: this says whether it listens
    wrong: list[str] = []
    longest = 0.0
    for name, body in HOSTILE.items():
        taken = float("inf")
        _opened = []
        for _ in range(attempts):
            begun = time.process_time()
            try:
                feed = read_feed(Page("http://example.dk/rss", body, "text/xml"))
                said = f"success with {len(feed.entries)} entries"
            except BadAnswer as refused:
                said = "" if refused.reason is FetchReason.BAD_FEED else f"refused as {refused.reason}"
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
                said = f"raised {error!r}"
            taken = min(taken, time.process_time() - begun)
            if taken < MOST:
                break
        opened, _opened = _opened, None
        longest = max(longest, taken)
        if said or opened or taken > MOST:
            wrong.append(f"{name}: {said} {opened} {taken:.2f} s")
    return wrong, longest


@pytest.mark.scorecard
def test_a_hostile_feed_is_refused(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entities, bombs and wrong declarations are a typed failure in half a second with nothing opened; guards off, not."""
    wrong, longest = faults()
    monkeypatch.setattr(feeds, "_DECLARATION", re.compile("(?!)"))
    monkeypatch.setattr(feeds, "looks_like_feed", lambda _: True)
    monkeypatch.setattr(feeds, "MOST_TAGS", 10**9)
    control, _ = faults(1)
    figure = f"{len(HOSTILE) - len(wrong)} of {len(HOSTILE)} refused, longest {longest:.2f} s, nothing opened"
    record_property("scorecard", f"25|hostile feeds|{figure}|guards off: {len(control)} wrong")
    assert wrong == []
    assert len(control) > 3


def test_what_a_feed_opens_is_seen() -> None:
    """The check that nothing is opened sees a file that is."""
    global _opened  # noqa: PLW0603 - as above
    _opened = []
    with open("/etc/hostname", "rb"):  # noqa: PTH123 - what a feed would do
        pass
    seen, _opened = _opened, None
    assert len(seen) == 1
