"""The tables, and the views that people query."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.views import create_views, drop_views

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


VIEWS = (
    "sources",
    "runs",
    "source_runs",
    "pages",
    "fetches",
    "moves",
    "job_ads",
    "sightings",
    "companies",
    "people",
    "unparsed_announcements",
    "problems",
)

TABLES = (
    "company",
    "person",
    "run",
    "source",
    "unparsed",
    "job_ad",
    "move",
    "page",
    "run_source",
    "fetch",
    "problem",
    "company_name",
    "job_ad_sighting",
    "move_sighting",
    "problem_sighting",
    "unparsed_sighting",
)


def upgrade() -> None:
    op.create_table(
        "company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company")),
        sa.UniqueConstraint("key", name=op.f("uq_company_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_name_key"), "person", ["name_key"])

    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("exit_status", sa.Integer(), nullable=True),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=True),
        sa.CheckConstraint("(status = 'running') = (finished_at IS NULL)", name=op.f("ck_run_finished_once_ended")),
        sa.CheckConstraint(
            "status IN ('running', 'done', 'failed', 'interrupted', 'cut_off')",
            name=op.f("ck_run_status_known"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('articles', 'job_board')", name=op.f("ck_source_kind_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("name", name=op.f("uq_source_name")),
    )
    op.create_table(
        "unparsed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(resolved_at IS NULL) = (resolved_by IS NULL)", name=op.f("ck_unparsed_resolved_by_a_parser")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unparsed")),
        sa.UniqueConstraint("key", name=op.f("uq_unparsed_key")),
    )
    op.create_index(op.f("ix_unparsed_resolved_at"), "unparsed", ["resolved_at"])

    op.create_table(
        "job_ad",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("identified_by_source_id", sa.Integer(), nullable=True),
        sa.Column("identifier", sa.String(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("title_folded", sa.String(), nullable=False),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("posted", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("employment_type", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_job_ad_company_id_company")),
        sa.ForeignKeyConstraint(
            ["identified_by_source_id"], ["source.id"], name=op.f("fk_job_ad_identified_by_source_id_source")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_ad")),
        sa.UniqueConstraint("key", name=op.f("uq_job_ad_key")),
    )
    op.create_index(op.f("ix_job_ad_company_id"), "job_ad", ["company_id"])
    op.create_index(op.f("ix_job_ad_region"), "job_ad", ["region"])
    op.create_index(op.f("ix_job_ad_title_folded"), "job_ad", ["title_folded"])

    op.create_table(
        "move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("company", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("role_folded", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("location", sa.String(), nullable=True),
        sa.Column("start_date", sa.String(), nullable=True),
        sa.Column("start_date_first", sa.Date(), nullable=True),
        sa.Column("start_date_precision", sa.String(), nullable=True),
        sa.Column("start_date_text", sa.String(), nullable=True),
        sa.Column("previous_role", sa.String(), nullable=True),
        sa.Column("previous_company_id", sa.Integer(), nullable=True),
        sa.Column("previous_company", sa.String(), nullable=True),
        sa.Column("earlier_companies", sa.JSON(), nullable=False),
        sa.Column("education", sa.JSON(), nullable=False),
        sa.Column("institution", sa.JSON(), nullable=False),
        sa.Column("focus", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('hire', 'promotion', 'board', 'departure', 'education', "
            "'certification', 'anniversary', 'birthday', 'founding', 'award', 'death', 'other')",
            name=op.f("ck_move_kind_known"),
        ),
        sa.CheckConstraint(
            "start_date_precision IN ('day', 'month', 'year')", name=op.f("ck_move_start_date_precision_known")
        ),
        sa.CheckConstraint("(company IS NULL) = (company_id IS NULL)", name=op.f("ck_move_company_identified")),
        sa.CheckConstraint(
            "(previous_company IS NULL) = (previous_company_id IS NULL)",
            name=op.f("ck_move_previous_company_identified"),
        ),
        sa.CheckConstraint(
            "(start_date IS NULL) = (start_date_first IS NULL)"
            " AND (start_date IS NULL) = (start_date_precision IS NULL)",
            name=op.f("ck_move_start_date_whole"),
        ),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_move_company_id_company")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_move_person_id_person")),
        sa.ForeignKeyConstraint(
            ["previous_company_id"], ["company.id"], name=op.f("fk_move_previous_company_id_company")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_move")),
        sa.UniqueConstraint("key", name=op.f("uq_move_key")),
    )
    op.create_index(
        op.f("ix_move_company_id_kind_start_date_first"), "move", ["company_id", "kind", "start_date_first"]
    )
    op.create_index(op.f("ix_move_kind_start_date_first"), "move", ["kind", "start_date_first"])
    op.create_index(op.f("ix_move_person_id"), "move", ["person_id"])
    op.create_index(op.f("ix_move_previous_company_id_kind"), "move", ["previous_company_id", "kind"])
    op.create_index(op.f("ix_move_role_folded"), "move", ["role_folded"])

    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('article', 'job_ad', 'feed')", name=op.f("ck_page_kind_known")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_page_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_page")),
        sa.UniqueConstraint("source_id", "identity", name=op.f("uq_page_source_id_identity")),
    )
    op.create_index(op.f("ix_page_source_id_url"), "page", ["source_id", "url"])

    op.create_table(
        "run_source",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("pages_fetched", sa.Integer(), nullable=False),
        sa.Column("pages_unchanged", sa.Integer(), nullable=False),
        sa.Column("pages_failed", sa.Integer(), nullable=False),
        sa.Column("feeds_answered", sa.Integer(), nullable=False),
        sa.Column("feeds_failed", sa.Integer(), nullable=False),
        sa.Column("moves_seen", sa.Integer(), nullable=False),
        sa.Column("job_ads_seen", sa.Integer(), nullable=False),
        sa.Column("unparsed_seen", sa.Integer(), nullable=False),
        sa.Column("problems_seen", sa.Integer(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_run_source_run_id_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_run_source_source_id_source")),
        sa.PrimaryKeyConstraint("run_id", "source_id", name=op.f("pk_run_source")),
    )
    op.create_index(op.f("ix_run_source_source_id_run_id"), "run_source", ["source_id", "run_id"])

    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("final_url", sa.String(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("bytes_received", sa.Integer(), nullable=False),
        sa.Column("elapsed_ms", sa.Integer(), nullable=False),
        sa.Column("etag", sa.String(), nullable=True),
        sa.Column("last_modified", sa.String(), nullable=True),
        sa.Column("body_sha256", sa.String(), nullable=True),
        sa.Column("archive_file", sa.String(), nullable=True),
        sa.Column("archive_offset", sa.Integer(), nullable=True),
        sa.Column("allowed_by", sa.String(), nullable=False),
        sa.Column("headings", sa.JSON(), nullable=True),
        sa.CheckConstraint("(outcome = 'failed') = (reason IS NOT NULL)", name=op.f("ck_fetch_failed_with_reason")),
        sa.CheckConstraint("outcome IN ('fetched', 'unchanged', 'failed')", name=op.f("ck_fetch_outcome_known")),
        sa.CheckConstraint("bytes_received >= 0 AND elapsed_ms >= 0", name=op.f("ck_fetch_measured")),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_fetch_page_id_page")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_fetch_run_id_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_fetch_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
    )
    op.create_index(op.f("ix_fetch_page_id_at"), "fetch", ["page_id", "at"])
    op.create_index(op.f("ix_fetch_run_id_source_id"), "fetch", ["run_id", "source_id"])
    op.create_index(op.f("ix_fetch_source_id_at"), "fetch", ["source_id", "at"])

    op.create_table(
        "problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name=op.f("fk_problem_page_id_page")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem")),
        sa.UniqueConstraint("key", name=op.f("uq_problem_key")),
    )
    op.create_index(op.f("ix_problem_page_id"), "problem", ["page_id"])

    op.create_table(
        "company_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("first_fetch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name=op.f("fk_company_name_company_id_company")),
        sa.ForeignKeyConstraint(["first_fetch_id"], ["fetch.id"], name=op.f("fk_company_name_first_fetch_id_fetch")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_name")),
        sa.UniqueConstraint("company_id", "name", name=op.f("uq_company_name_company_id_name")),
    )
    op.create_table(
        "job_ad_sighting",
        sa.Column("job_ad_id", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_job_ad_sighting_fetch_id_fetch")),
        sa.ForeignKeyConstraint(["job_ad_id"], ["job_ad.id"], name=op.f("fk_job_ad_sighting_job_ad_id_job_ad")),
        sa.PrimaryKeyConstraint("job_ad_id", "fetch_id", name=op.f("pk_job_ad_sighting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_job_ad_sighting_fetch_id"), "job_ad_sighting", ["fetch_id"])

    op.create_table(
        "move_sighting",
        sa.Column("move_id", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_move_sighting_fetch_id_fetch")),
        sa.ForeignKeyConstraint(["move_id"], ["move.id"], name=op.f("fk_move_sighting_move_id_move")),
        sa.PrimaryKeyConstraint("move_id", "fetch_id", name=op.f("pk_move_sighting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_move_sighting_fetch_id"), "move_sighting", ["fetch_id"])

    op.create_table(
        "problem_sighting",
        sa.Column("problem_id", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_problem_sighting_fetch_id_fetch")),
        sa.ForeignKeyConstraint(["problem_id"], ["problem.id"], name=op.f("fk_problem_sighting_problem_id_problem")),
        sa.PrimaryKeyConstraint("problem_id", "fetch_id", name=op.f("pk_problem_sighting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_problem_sighting_fetch_id"), "problem_sighting", ["fetch_id"])

    op.create_table(
        "unparsed_sighting",
        sa.Column("unparsed_id", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name=op.f("fk_unparsed_sighting_fetch_id_fetch")),
        sa.ForeignKeyConstraint(
            ["unparsed_id"], ["unparsed.id"], name=op.f("fk_unparsed_sighting_unparsed_id_unparsed")
        ),
        sa.PrimaryKeyConstraint("unparsed_id", "fetch_id", name=op.f("pk_unparsed_sighting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unparsed_sighting_fetch_id"), "unparsed_sighting", ["fetch_id"])
    create_views(revision, VIEWS)


def downgrade() -> None:
    drop_views(VIEWS)
    for table in reversed(TABLES):
        op.drop_table(table)
