"""Every compiled pattern of the parsers stays quick on text written to make it slow."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

import scraper.parsers

SIZE = 50_000
"""Characters of each hostile text."""
MOST = 0.5
"""CPU seconds that one search may take; a sound pattern needs a hundredth of it, a machine under load a tenth."""
STRICT = 0.1
"""CPU seconds that one search may take; on a slow machine twice that, as long as it takes half for half the text."""
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


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], text: str, enough: float) -> float:
    """CPU seconds that one search takes: the least of three where once was too long, for the machine may be busy."""
    least = float("inf")
    for _ in range(3):
        begun = time.process_time()
        if isinstance(pattern.pattern, bytes):
            pattern.search(text.encode())  # type: ignore[arg-type]
        else:
            pattern.search(text)  # type: ignore[arg-type]
        least = min(least, time.process_time() - begun)
        if least <= enough:
            break
    return least


@pytest.mark.parametrize("piece", PIECES)
def test_no_pattern_is_slow_on_hostile_text(piece: str) -> None:
    """Text that repeats one piece fifty thousand characters long holds up no pattern."""
    text = (piece * (SIZE // len(piece) + 1))[:SIZE]
    taken = {name: seconds(pattern, text, MOST) for name, pattern in PATTERNS.items()}
    assert {name: round(took, 2) for name, took in taken.items() if took > MOST} == {}


def grows(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> bool:
    """Whether a search takes more than the text is longer: nearly three times as long for twice the text."""
    half, whole = seconds(pattern, text[: len(text) // 2], 0), seconds(pattern, text, 0)
    return whole > 2.8 * half


@pytest.mark.scorecard
def test_each_pattern_takes_less_than_a_tenth_of_a_second(record_property: Callable[[str, object], None]) -> None:
    """On hostile texts of 50,000 characters no pattern takes long, nor over-proportionally; one that looks back does."""
    texts = [(piece * (SIZE // len(piece) + 1))[:SIZE] for piece in PIECES]
    over: dict[str, float] = {}
    wrong: list[str] = []
    longest = 0.0
    for name, pattern in PATTERNS.items():
        taken, at = max((seconds(pattern, text, STRICT), at) for at, text in enumerate(texts))
        longest = max(longest, taken)
        if taken > STRICT:
            over[name] = round(taken, 3)
            if taken > 2 * STRICT or grows(pattern, texts[at]):
                wrong.append(name)
    control = re.compile("[a ]+b")
    short = texts[0][: SIZE // 5]
    figure = f"{len(PATTERNS)} patterns x {len(PIECES)} texts, longest {longest:.3f} s, {len(over)} over {STRICT} s"
    record_property(
        "scorecard",
        f"24|hostile strings for each pattern|{figure}|a quadratic one, a fifth of the text: {seconds(control, short, 0):.2f} s",
    )
    assert wrong == [], over
    assert grows(control, short)
