"""A page that hangs or kills the parser costs the run one page."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from scraper import watchdog as module
from scraper.errors import ParseLost, ParserUnavailable
from scraper.parsers import parse_page
from scraper.records import Page
from scraper.watchdog import Watchdog
from tests import hostile

PAGE = Page(
    url="https://bladet.example/art/1",
    body=b"<h2>Navnenyt</h2><p>Ida Holm er ansat som udvikler hos Nordhavn Data A/S.</p>",
)


@pytest.fixture(scope="module")
def watchdog() -> Iterator[Watchdog]:
    """One for all: that it serves on after each of these ends is what it is for."""
    with Watchdog(0.5, memory=600_000_000) as made:
        yield made


@pytest.mark.parametrize("hang", [hostile.spin_deaf, hostile.wait])
def test_what_hangs_is_cut_at_the_deadline_and_the_next_page_is_parsed(hang, watchdog):
    """An endless loop, also one that hears no signal, is a page lost and no run lost."""
    with pytest.raises(ParseLost) as caught:
        watchdog.call(hang, PAGE)
    assert caught.value.code == "parse_timed_out"
    assert "0.5 s" in caught.value.message
    assert watchdog.call(parse_page, PAGE).moves == parse_page(PAGE).moves != ()


@pytest.mark.parametrize(("end", "said"), [(hostile.die, "signal 11"), (hostile.swell, "more than 600 MB")])
def test_what_kills_its_process_is_told_and_the_next_page_is_parsed(end, said, watchdog):
    """A crash in a library written in C, or a page that fills the memory, ends the child alone."""
    with pytest.raises(ParseLost) as caught:
        watchdog.call(end, PAGE)
    assert caught.value.code == "parse_crashed"
    assert said in caught.value.message
    assert watchdog.call(parse_page, PAGE).moves


def test_an_exception_comes_back_as_what_it_is(watchdog):
    """A parser that fails in the ordinary way fails as it would have here, and its process serves on."""
    before = watchdog.call(hostile.process_id)
    with pytest.raises(RecursionError):
        watchdog.call(hostile.recurse, 0)
    assert watchdog.call(hostile.process_id) == before != os.getpid()


def test_a_child_that_died_between_two_pages_is_replaced(watchdog):
    """When the system kills the idle child, the next page is parsed all the same."""
    os.kill(watchdog.call(hostile.process_id), signal.SIGKILL)
    assert watchdog.call(parse_page, PAGE).moves


def test_without_a_deadline_the_page_is_parsed_here():
    """Zero seconds switch the watchdog off: no process is started."""
    with Watchdog(0) as off:
        off.start(parse_page)
        assert off.call(hostile.process_id) == os.getpid()
        assert off.call(parse_page, PAGE) == parse_page(PAGE)


def test_a_child_that_cannot_start_is_said(monkeypatch):
    """Where no process can be had, the error says so and what to do, and nothing waits for ever."""
    with Watchdog(5, memory=1_000_000) as small, pytest.raises(ParserUnavailable) as caught:
        small.call(parse_page, PAGE)
    assert "parse_deadline" in caught.value.hint

    def none(*_: object, **__: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(module, "ProcessPool", none)
    with Watchdog(5) as starved, pytest.raises(ParserUnavailable, match="Resource temporarily unavailable"):
        starved.call(parse_page, PAGE)
