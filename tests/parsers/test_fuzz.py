"""Documents that nobody would write are read like any others: to an end, in time, without an exception."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

import pytest

import scraper.parsers
from scraper.parsers import drafts, events, jobposting, parse_page
from scraper.parsers.lead import MAX_LENGTH
from scraper.parsers.moves import Reading
from scraper.parsers.readings import reading_of
from scraper.records import Extraction, Page, plain
from tests.parsers.fuzzing import document, guided

DOCUMENTS = 3_000
RUNS = 20_000
PLANTED_RUNS = 20_000
MOST = 0.5
"""CPU seconds that a document may take."""
LONGEST = MAX_LENGTH
"""Characters that any field may have; that of an announcement is the longest."""
PARSERS = str(Path(scraper.parsers.__file__).parent)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """What was read with a guard off is not remembered, nor what was read before."""
    reading_of.cache_clear()
    yield
    reading_of.cache_clear()


def read(body: bytes) -> Extraction:
    return parse_page(Page("https://www.example.dk/art/1", body, published=date(2026, 3, 1)))


def seconds(work: Callable[[], object], enough: float = MOST) -> float:
    """CPU seconds that `work` takes: the least of three where once was too long, for the machine may be busy."""
    least = float("inf")
    for _ in range(3):
        begun = time.process_time()
        work()
        least = min(least, time.process_time() - begun)
        if least <= enough:
            break
    return least


def faults(body: bytes) -> tuple[list[str], float]:
    """What is wrong with how a document is read, and the seconds it takes."""
    try:
        found = read(body)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
        return [f"raised {error!r}"], 0.0
    said = [
        f"{name} has {len(text)} characters"
        for record in (*found.moves, *found.job_ads, *found.unparsed, *found.problems)
        for name, value in plain(record).items()
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str) and len(text) > LONGEST
    ]
    taken = seconds(lambda: read(body))
    return said + ([f"took {taken:.2f} s"] if taken > MOST else []), taken


@pytest.mark.scorecard
def test_any_of_3000_documents_is_read_in_time(record_property: Callable[[str, object], None]) -> None:
    """Three thousand documents of any pieces: nothing uncaught, each under half a second, no field without bounds."""
    wrong: dict[int, list[str]] = {}
    took: list[float] = []
    for seed in range(DOCUMENTS):
        said, taken = faults(document(Random(seed)))
        took.append(taken)
        if said:
            wrong[seed] = said
    figure = (
        f"{DOCUMENTS} documents, {len(wrong)} faults, median {median(took) * 1000:.1f} ms, longest {max(took):.2f} s"
    )
    record_property("scorecard", f"20|property fuzz|{figure}|each of 3 guards off: found")
    assert wrong == {}


def test_the_fuzz_finds_a_rule_that_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the guard around reading, a rule that fails on one announcement is found by the fuzz."""

    def failing(text: str, **_: object) -> Reading:
        raise ZeroDivisionError(text)

    bodies = [document(Random(seed)) for seed in range(150)]
    monkeypatch.setattr(drafts, "reading_of", failing)
    assert not any(faults(body)[0] for body in bodies)
    monkeypatch.setattr(drafts.Walk, "_read", lambda _, draft: failing(draft.text))
    assert any("ZeroDivisionError" in fault for body in bodies for fault in faults(body)[0])


def test_the_fuzz_finds_a_field_without_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the cap on fields of JSON-LD, a title of 50,000 characters is found by the check."""
    node = '{"@type":"JobPosting","title":"%s","hiringOrganization":{"name":"Kilo"}}' % ("Udvikler " * 6_000)
    body = f'<script type="application/ld+json">{node}</script>'.encode()
    assert faults(body)[0] == []
    monkeypatch.setattr(jobposting, "MAX_FIELD", 10**6)
    assert any("title has" in fault for fault in faults(body)[0])


@pytest.mark.scorecard
def test_the_fuzz_finds_a_page_that_takes_too_long(
    record_property: Callable[[str, object], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the limit on elements, a page of half a million of them takes many times as long as with it."""
    body = b"<p>a<b>b</b>" * 250_000
    limited = seconds(lambda: read(body), 0.0)
    monkeypatch.setattr(events, "MAX_ELEMENTS", 10**9)
    free = seconds(lambda: read(body), 0.0)
    figure = f"{limited:.2f} s|limit off: {free / limited:.0f} times as long"
    record_property("scorecard", f"20|a page of 500,000 elements|{figure}")
    assert free > 4 * limited


SEEDS = [
    b"<h2>Navnenyt</h2><p>Granit Data A/S har pr. 1. maj 2026 ansat Bo Lind som CTO. Nyt job</p>",
    b"<p>Granit A/S</p><p>Softwareudvikler</p><p>Midtjylland</p>",
    b'<script type="application/ld+json">{"@type":"JobPosting","title":"Udvikler","hiringOrganization":{"name":"Kilo"}}</script>',
    b"<h2>Nyt om navne</h2><li>Bo Lind er ansat som udvikler hos Kilo A/S. Han er uddannet datamatiker.",
]


@pytest.mark.scorecard
def test_20000_guided_documents_raise_nothing(record_property: Callable[[str, object], None]) -> None:
    """Twenty thousand documents, each made of those before it that reached new code, are read without an exception."""
    raised, ways = guided(read, SEEDS, root=PARSERS, runs=RUNS, seed=1)
    figure = f"{RUNS} runs, {len(raised)} uncaught, {ways} ways through the code"
    record_property("scorecard", f"20|guided fuzz|{figure}|a fault planted behind five steps: found, unguided not")
    assert raised == []


def _planted(body: bytes) -> None:
    """Raises behind five steps, each of which only who saw the one before comes to."""
    for step in (b"Navnenyt", b"Forfremmelse", b"Midtjylland", b"45 \xc3\xa5r", b"</table>"):
        if step not in body:
            return
        _STEPS[step]()
    raise ZeroDivisionError


# a line of its own for each step: that is what tells a document that took it
_STEPS: dict[bytes, Callable[[], object]] = {
    b"Navnenyt": lambda: 1,
    b"Forfremmelse": lambda: 2,
    b"Midtjylland": lambda: 3,
    b"45 \xc3\xa5r": lambda: 4,
    b"</table>": lambda: 5,
}


def test_guidance_finds_what_blind_fuzzing_does_not() -> None:
    """A fault behind five steps is found when documents that reach new code are kept, and not when they are not."""
    seeds = [b"<b>x</b>"]
    assert guided(_planted, seeds, root=__file__, runs=PLANTED_RUNS, seed=3)[0]
    assert not guided(_planted, seeds, root=__file__, runs=PLANTED_RUNS, seed=3, guide=False)[0]
