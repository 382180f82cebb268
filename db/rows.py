"""Adding one row and learning its id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert

from db.models import Base


def add_row(connection: Connection, table: type[Base], values: Mapping[str, Any]) -> int:
    """Insert a row; its id."""
    key = connection.execute(insert(table), values).inserted_primary_key
    assert key is not None, "an insert of one row tells its key"
    return int(key[0])
