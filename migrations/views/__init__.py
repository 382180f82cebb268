"""The views that people query, as SQL files: `migrations/views/<revision>/<view>.sql`.

A view's text belongs to the revision that made it, so that an old revision can still be built when a later one has
changed the view. A migration that rebuilds a table drops the views over it first and makes them again afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from alembic import op


def create_views(revision: str, names: Sequence[str]) -> None:
    """Make views in this order (a view stands after those it reads), each from its file."""
    folder = files("migrations.views") / revision
    for name in names:
        select = (folder / f"{name}.sql").read_text(encoding="utf-8")
        if op.get_bind().dialect.name == "postgresql":
            select = select.replace("group_concat(", "string_agg(")
        # A plain driver call: the text is SQL as it stands, and a colon in it is no parameter.
        op.get_bind().exec_driver_sql(f"CREATE VIEW {name} AS\n{select.rstrip().rstrip(';')}")


def drop_views(names: Sequence[str]) -> None:
    """Drop views, the last made first."""
    for name in reversed(names):
        op.execute(f"DROP VIEW {name}")
