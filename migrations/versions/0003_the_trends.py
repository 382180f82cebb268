"""What companies, roles and places are taken for, facts for the questions, lives of job ads, watches, and search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.views import create_views, drop_views

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


TABLES = (
    "company_block",
    "company_decision",
    "cvr_entry",
    "place",
    "role",
    "watch",
    "company_alias",
    "source_day",
    "watch_match",
    "hire_ad",
    "job_ad_fact",
    "job_ad_span",
    "move_earlier",
    "person_tie",
    "move_fact",
    "move_study",
)
INDEXES_OF_MOVE_FACT = (  # each holds all that its questions read, so that these leave the table alone
    ("person_id",),
    ("company_id", "kind", "month", "function", "region"),
    ("previous_company_id", "kind", "company_id", "month", "function", "region"),
    ("kind", "month", "company_id", "function", "region", "seniority", "lead_days"),
    ("kind", "role", "company_id", "month", "function", "region"),
    ("first_seen",),
)
CHANGED = ("moves", "people")
"""Views of 0001 that read the facts."""
CHANGED_SINCE = ("job_ads",)
"""The same of a view that 0002 had changed."""
OVER = ("companies",)
"""The view over those, of 0001."""
NEW = (
    "company_spellings",
    "company_decisions",
    "roles",
    "places",
    "ad_hires",
    "source_days",
    "watched_months",
    "person_ties",
)


def upgrade() -> None:
    op.create_table(
        "company_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_whom", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("key_a", sa.String(), nullable=False),
        sa.Column("name_a", sa.String(), nullable=False),
        sa.Column("key_b", sa.String(), nullable=True),
        sa.Column("name_b", sa.String(), nullable=True),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("overruled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("by_whom IN ('rule', 'user', 'cvr')", name=op.f("ck_company_decision_by_whom_known")),
        sa.CheckConstraint(
            "verdict IN ('same', 'different', 'rename', 'cvr')", name=op.f("ck_company_decision_verdict_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_decision")),
    )
    op.create_index(op.f("ix_company_decision_key_a"), "company_decision", ["key_a"])
    op.create_index(op.f("ix_company_decision_key_b"), "company_decision", ["key_b"])
    op.create_table(
        "company_block",
        sa.Column("block", sa.String(), nullable=False),
        sa.Column("joined", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("block", "joined", "name", name=op.f("pk_company_block")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cvr_entry",
        sa.Column("cvr", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("cvr", "key", name=op.f("pk_cvr_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_cvr_entry_key"), "cvr_entry", ["key"])
    op.create_table(
        "place",
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("nuts", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_place")),
    )
    op.create_table(
        "role",
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("example", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("seniority", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("tables_version", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("folded", name=op.f("pk_role")),
    )
    op.create_table(
        "watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expression", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch")),
        sa.UniqueConstraint("expression", name=op.f("uq_watch_expression")),
    )
    op.create_table(
        "company_alias",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_alias_company_id_company")),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["company_decision.id"], name=op.f("fk_company_alias_decision_id_company_decision")
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_company_alias")),
    )
    op.create_index(op.f("ix_company_alias_company_id"), "company_alias", ["company_id"])
    op.create_table(
        "source_day",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("healthy", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_day_source_id_source")),
        sa.PrimaryKeyConstraint("source_id", "day", name=op.f("pk_source_day")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_source_day_day"), "source_day", ["day"])
    op.create_table(
        "watch_match",
        sa.Column("watch_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("matched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("record IN ('move', 'job_ad')", name=op.f("ck_watch_match_record_known")),
        sa.ForeignKeyConstraint(
            ["watch_id"], ["watch.id"], name=op.f("fk_watch_match_watch_id_watch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("watch_id", "record", "record_id", name=op.f("pk_watch_match")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_watch_match_record_record_id"), "watch_match", ["record", "record_id"])
    op.create_table(
        "hire_ad",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("job_ad_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("days_to_fill", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_ad_id"], ["job_ad.id"], name=op.f("fk_hire_ad_job_ad_id_job_ad"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_hire_ad_move_id_move"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("move_id", "job_ad_id", name=op.f("pk_hire_ad")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hire_ad_job_ad_id"), "hire_ad", ["job_ad_id"])
    op.create_table(
        "job_ad_fact",
        sa.Column("job_ad_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("seniority", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("nuts", sa.String(), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_seen", sa.Integer(), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_relisted", sa.Integer(), nullable=False),
        sa.Column("days_open", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_job_ad_fact_company_id_company")),
        sa.ForeignKeyConstraint(
            ["job_ad_id"], ["job_ad.id"], name=op.f("fk_job_ad_fact_job_ad_id_job_ad"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_ad_id", name=op.f("pk_job_ad_fact")),
    )
    op.create_index(op.f("ix_job_ad_fact_company_id_gone_at"), "job_ad_fact", ["company_id", "gone_at"])
    op.create_index(op.f("ix_job_ad_fact_first_seen"), "job_ad_fact", ["first_seen"])
    op.create_index(op.f("ix_job_ad_fact_gone_at_first_seen"), "job_ad_fact", ["gone_at", "first_seen"])
    op.create_index(op.f("ix_job_ad_fact_month"), "job_ad_fact", ["month"])
    op.create_table(
        "job_ad_span",
        sa.Column("job_ad_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["job_ad_id"], ["job_ad.id"], name=op.f("fk_job_ad_span_job_ad_id_job_ad"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("job_ad_id", "number", name=op.f("pk_job_ad_span")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "move_earlier",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_move_earlier_company_id_company")),
        sa.ForeignKeyConstraint(
            ["move_id"], ["move.id"], name=op.f("fk_move_earlier_move_id_move"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("move_id", "position", name=op.f("pk_move_earlier")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_move_earlier_company_id"), "move_earlier", ["company_id"])
    op.create_table(
        "person_tie",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("other_move_id", sa.Integer(), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_person_tie_company_id_company"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_person_tie_move_id_move"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["other_move_id"], ["move.id"], name=op.f("fk_person_tie_other_move_id_move"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("move_id", "other_move_id", name=op.f("pk_person_tie")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_person_tie_other_move_id"), "person_tie", ["other_move_id"])
    op.create_table(
        "move_fact",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("previous_company_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("month_basis", sa.String(), nullable=False),
        sa.Column("start_date_first", sa.Date(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("function", sa.String(), nullable=True),
        sa.Column("seniority", sa.String(), nullable=True),
        sa.Column("previous_function", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("nuts", sa.String(), nullable=True),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times_seen", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.CheckConstraint("month_basis IN ('start', 'seen')", name=op.f("ck_move_fact_month_basis_known")),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_move_fact_company_id_company")),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_move_fact_move_id_move"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_move_fact_person_id_person")),
        sa.ForeignKeyConstraint(
            ["previous_company_id"], ["company.id"], name=op.f("fk_move_fact_previous_company_id_company")
        ),
        sa.PrimaryKeyConstraint("move_id", name=op.f("pk_move_fact")),
    )
    for columns in INDEXES_OF_MOVE_FACT:
        op.create_index(op.f(f"ix_move_fact_{'_'.join(columns)}"), "move_fact", list(columns))
    op.create_table(
        "move_study",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.CheckConstraint("what IN ('school', 'degree')", name=op.f("ck_move_study_what_known")),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_move_study_move_id_move"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("move_id", "what", "position", name=op.f("pk_move_study")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_move_study_what_folded_name"), "move_study", ["what", "folded", "name"])
    drop_views((*CHANGED, *CHANGED_SINCE, *OVER))
    op.add_column("company", sa.Column("cvr", sa.String(), nullable=True))
    op.create_index(op.f("ix_company_cvr"), "company", ["cvr"], unique=True)
    op.execute("INSERT INTO company_alias (key, company_id) SELECT key, id FROM company")
    if op.get_bind().dialect.name == "sqlite":
        # Folded words only, so the tokenizer has nothing to take off: å is no a with a ring here.
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "record UNINDEXED, record_id UNINDEXED, words, tokenize = 'unicode61 remove_diacritics 0', detail = none)"
        )
    create_views(revision, (*CHANGED, *CHANGED_SINCE, *OVER, *NEW))


def downgrade() -> None:
    drop_views((*CHANGED, *CHANGED_SINCE, *OVER, *NEW))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search")
    op.drop_index(op.f("ix_company_cvr"), table_name="company")
    op.drop_column("company", "cvr")
    for table in reversed(TABLES):
        op.drop_table(table)
    create_views("0001", CHANGED)
    create_views("0002", CHANGED_SINCE)
    create_views("0001", OVER)
