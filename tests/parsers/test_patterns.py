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
MOST = 0.5
"""CPU seconds that one search may take; a sound pattern needs a hundredth of it, a machine under load a tenth."""
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


@pytest.mark.parametrize("piece", PIECES)
def test_no_pattern_is_slow_on_hostile_text(piece: str) -> None:
    """Text that repeats one piece fifty thousand characters long holds up no pattern."""
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    raw = text.encode()
    slow: dict[str, float] = {}
    for name, pattern in PATTERNS.items():
        begun = time.process_time()
        if isinstance(pattern.pattern, bytes):
            pattern.search(raw)  # type: ignore[arg-type]
        else:
            pattern.search(text)  # type: ignore[arg-type]
        taken = time.process_time() - begun
        if taken > MOST:
            slow[name] = round(taken, 2)
    assert slow == {}
