"""Functions that do to a process what a page must never do to a run; a child process imports them from here."""

from __future__ import annotations

import os
import signal
import threading
from datetime import date

from scraper.parsers import parse_page
from scraper.parsers.moves import Reading, read_announcement
from scraper.records import Extraction, Page, Unparsed


def spin(*_: object, **__: object) -> None:
    """Never comes back."""
    while True:
        pass


def spin_deaf(*_: object, **__: object) -> None:
    """Never comes back, and hears no polite signal, as a loop in C would not."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    while True:
        pass


def wait(*_: object, **__: object) -> None:
    """Waits for what never happens."""
    threading.Event().wait()


def die(*_: object, **__: object) -> None:
    """Dies as a process does whose C code reads where nothing is."""
    os.kill(os.getpid(), signal.SIGSEGV)


def swell(*_: object, **__: object) -> int:
    """Takes all the memory there is."""
    held = []
    while True:
        held.append(bytes(50_000_000))


def recurse(depth: int) -> int:
    """Goes deeper than Python does."""
    return recurse(depth + 1)


def process_id(*_: object, **__: object) -> int:
    """The process that this is done in."""
    return os.getpid()


def leave_unread(page: Page, *, headings: tuple[str, ...] = ()) -> Extraction:
    """A parser that finds the announcements and can read none."""
    found = parse_page(page, headings=headings)
    return Extraction(unparsed=tuple(Unparsed(text=move.text, reason="too old") for move in found.moves))


def read_or_spin(text: str, *, published: date | None = None) -> Reading:
    """The real reader of an announcement, but for one text."""
    if "Alma" in text:
        spin()
    return read_announcement(text, published=published)


def fail(*_: object, **__: object) -> None:
    """Fails as a parser does that has a fault."""
    raise ZeroDivisionError


def parse_or_spin(page: Page, *, headings: tuple[str, ...] = ()) -> Extraction:
    """The real parser, but for the pages that ask for worse."""
    for word, end in ((b"SPIN", spin_deaf), (b"DIE", die), (b"SWELL", swell), (b"FAIL", fail)):
        if word in page.body:
            end()
    return parse_page(page, headings=headings)
