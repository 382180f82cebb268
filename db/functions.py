"""SQL functions for whoever reads: the folding and the company key that the tables hold, for a user's own words.

`SELECT * FROM people WHERE name_folded = fold('ÅSE')`; `company_key('Nordlys A/S')` is the key of `company_alias`.
"""

from __future__ import annotations

import sqlite3

from db import identity


def add_functions(connection: sqlite3.Connection) -> None:
    """Make `fold(text)` and `company_key(text)` known to a connection; NULL gives NULL, and so does what is no text."""
    connection.create_function("fold", 1, _fold, deterministic=True)
    connection.create_function("company_key", 1, _company_key, deterministic=True)


def _fold(text: object) -> str | None:
    return identity.fold(text) if isinstance(text, str) else None


def _company_key(name: object) -> str | None:
    return identity.company_key(name) if isinstance(name, str) else None
