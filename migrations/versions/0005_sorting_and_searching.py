"""Rows can be sorted by what a page shows; a company's newest moves and beginnings of words are found at once."""

from __future__ import annotations

from alembic import op

from migrations.telling import told

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

keeps_facts = True
"""Nothing is stored otherwise than before: the facts need not be worked out anew (`migrations/env.py`)."""

INDEXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(("move", (column,)) for column in ("person", "role", "location", "start_date", "previous_role")),
    ("company", ("name",)),
    ("person", ("name",)),
    ("move_fact", ("person_id", "last_seen")),
    ("move_fact", ("company_id", "first_seen")),
    ("move_fact", ("previous_company_id", "first_seen")),
)
REPLACED: tuple[tuple[str, tuple[str, ...]], ...] = (("move_fact", ("person_id",)),)
"""Indexes that one of those does the work of."""
PREFIXES = ", prefix = '2 3 4 5 6 7 8'"


def upgrade() -> None:
    for number, (table, columns) in enumerate(INDEXES):
        told("indexes", number, len(INDEXES))
        op.create_index(_name(table, columns), table, list(columns))
    for table, columns in REPLACED:
        op.drop_index(_name(table, columns), table)
    told("beginnings of words for searching", 0, 1)
    _search(PREFIXES)


def downgrade() -> None:
    _search("")
    for table, columns in REPLACED:
        op.create_index(_name(table, columns), table, list(columns))
    for table, columns in reversed(INDEXES):
        op.drop_index(_name(table, columns), table)


def _name(table: str, columns: tuple[str, ...]) -> str:
    return op.f(f"ix_{table}_{'_'.join(columns)}")


def _search(prefixes: str) -> None:
    """Make the full-text index anew from its own rows, with or without the beginnings of words."""
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(
        "CREATE VIRTUAL TABLE search_anew USING fts5(record UNINDEXED, record_id UNINDEXED, words,"
        f" tokenize = 'unicode61 remove_diacritics 0', detail = none{prefixes})"
    )
    op.execute(
        "INSERT INTO search_anew (rowid, record, record_id, words) SELECT rowid, record, record_id, words FROM search"
    )
    op.execute("DROP TABLE search")
    op.execute("ALTER TABLE search_anew RENAME TO search")
    op.execute("INSERT INTO search (search) VALUES ('optimize')")
