"""How far a long piece of work on the database has come, for whoever waits for it: an upgrade, or all facts anew."""

from __future__ import annotations

from collections.abc import Callable

Told = Callable[[str, int, int], None]
"""Is told what is being worked on, how much of it is done, and how much there is."""


def untold(_stage: str, _done: int, _whole: int) -> None:
    """Nobody waits."""
