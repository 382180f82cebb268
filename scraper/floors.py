"""Is what lies below us new enough to be safe? Asked before anything is fetched or parsed.

A lock file keeps a good installation good; it does not mend one that another package pulled down. Each floor here was
measured or comes from an advisory, and stands in pyproject.toml as well; a test holds the two together.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from scraper.errors import TooOld

FLOORS = {
    "requests": ("2.32.4", "older ones can send the credentials of a .netrc file to another host"),
    "urllib3": ("2.8.0", "older ones can hang, or fill the memory, on a chunked answer"),
    "idna": ("3.7", "older ones take minutes for a long host name"),
    "beautifulsoup4": ("4.13", "older ones have another interface than the parser uses"),
    "lxml": ("6.1", "older ones can open local files that an XML entity names"),
    "soupsieve": ("4.0.1", "older ones can be made to match for ever"),
    "brotli": ("1.2", "older ones cannot unpack within a limit"),
}
"""For each library the oldest release that is safe, and what is wrong with those before it."""

SQLITE_FLOOR = (3, 35, 0)
"""RETURNING and DROP COLUMN, which the database's migrations use."""
_SOUPSIEVE_FROM = (3, 11, 5)
"""Python before this has no soupsieve with the mended matching; the parser calls none of it."""


def check_floors(
    installed: Callable[[str], str] = version,
    *,
    python: tuple[int, ...] = sys.version_info[:3],
    sqlite: tuple[int, ...] = sqlite3.sqlite_version_info,
) -> None:
    """Raises TooOld, with all that is too old and what to install."""
    wrong: list[str] = []
    wanted: list[str] = []
    for name, (floor, why) in FLOORS.items():
        if name == "soupsieve" and python < _SOUPSIEVE_FROM:
            continue
        try:
            found = installed(name)
        except PackageNotFoundError:
            wrong.append(f"{name} is not installed; {floor} or newer is needed.")
        else:
            if is_at_least(found, floor):
                continue
            wrong.append(f"{name} is {found}; {floor} or newer is needed: {why}.")
        wanted.append(f"'{name}>={floor}'")
    hints = [f"{sys.executable} -m pip install --upgrade {' '.join(wanted)}"] if wanted else []
    if sqlite < SQLITE_FLOOR:
        needed = ".".join(map(str, SQLITE_FLOOR))
        wrong.append(f"Python's SQLite is {'.'.join(map(str, sqlite))}; {needed} or newer is needed.")
        hints.append("Use a Python that comes with a newer SQLite.")
    if wrong:
        raise TooOld("\n".join(wrong), hint="; ".join(hints))


def is_at_least(found: str, floor: str) -> bool:
    """Whether a release is the floor or newer (PEP 440); a pre-release of the floor is older than it."""
    release = re.match(r"v?(?:\d+!)?(\d+(?:\.\d+)*)", found.strip(), re.IGNORECASE)
    if release is None:
        return False
    have, need = _numbers(release.group(1)), _numbers(floor)
    early = re.match(r"[-_.]?(?:a|b|c|rc|alpha|beta|pre|dev)", found.strip()[release.end() :], re.IGNORECASE)
    return have > need or (have == need and early is None)


def _numbers(text: str) -> tuple[int, ...]:
    numbers = [int(part) for part in text.split(".")]
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
