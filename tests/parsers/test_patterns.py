"""Every compiled pattern of the parsers stays quick on text written to make it slow."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterable, Iterator

import pytest

import scraper.parsers

SIZE = 50_000
"""Characters of each hostile text."""
MOST = 0.1
"""CPU seconds that one search may take, the quickest of a few tries, so that a machine under load fails no pattern."""
TRIES = 5
PIECES = ("a", "A", "1", ".", " ", "\n", "Aa ", "A, ", ", ", "A.B.", "hos ", " og ")


def _held(value: object, depth: int = 0) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    """The patterns in a module's value: itself one, or in the tables, rows and records it holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5:
        inner: Iterable[object] = ()
        if isinstance(value, dict):
            inner = [*value.keys(), *value.values()]
        elif isinstance(value, tuple | list | set | frozenset):
            inner = value
        elif hasattr(value, "__dataclass_fields__"):
            inner = [getattr(value, name, None) for name in value.__dataclass_fields__]
        for item in inner:
            yield from _held(item, depth + 1)


def _patterns() -> dict[str, re.Pattern[str] | re.Pattern[bytes]]:
    """Each compiled pattern under `scraper.parsers`, by the names of its module and its attribute.

    Patterns that differ in capitals alone are one: they take the same time.
    """
    found: dict[str, re.Pattern[str] | re.Pattern[bytes]] = {}
    seen: set[str | bytes] = set()
    for module in pkgutil.walk_packages(scraper.parsers.__path__, "scraper.parsers."):
        for name, value in vars(importlib.import_module(module.name)).items():
            for number, pattern in enumerate(_held(value)):
                said = pattern.pattern.lower()
                if said not in seen:
                    seen.add(said)
                    found[f"{module.name.removeprefix('scraper.parsers.')}.{name}[{number}]"] = pattern
    return found


PATTERNS = _patterns()


def test_the_walk_finds_the_patterns_of_the_parsers() -> None:
    """The walk reaches modules, tables and records, so a new pattern is searched without being listed anywhere."""
    assert len(PATTERNS) > 100
    assert any(name.startswith("danish.") for name in PATTERNS)
    assert any(not name.endswith("[0]") for name in PATTERNS)


def _quickest(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """CPU seconds of the quickest search; one that is quick enough is not tried again."""
    best = float("inf")
    searched = text.encode() if isinstance(pattern.pattern, bytes) else text
    for _ in range(TRIES):
        begun = time.process_time()
        pattern.search(searched)  # type: ignore[arg-type]
        best = min(best, time.process_time() - begun)
        if best <= MOST:
            break
    return best


@pytest.mark.parametrize("piece", PIECES)
def test_no_pattern_is_slow_on_hostile_text(piece: str) -> None:
    """Text that repeats one piece fifty thousand characters long holds up no pattern."""
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    times = {name: _quickest(pattern, text) for name, pattern in PATTERNS.items()}
    assert {name: round(taken, 2) for name, taken in times.items() if taken > MOST} == {}
