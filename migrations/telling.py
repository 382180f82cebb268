"""How far a revision has come, for whoever waits for an upgrade."""

from __future__ import annotations

from typing import cast

from alembic import op

from db.progress import Told, untold


def told(stage: str, done: int, whole: int) -> None:
    """So much of a stage is done; nobody is told where nobody waits."""
    config = op.get_context().config
    tell = untold if config is None else cast("Told", config.attributes.get("told", untold))
    tell(stage, done, whole)
