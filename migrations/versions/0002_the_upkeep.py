"""Coverage, alarms, slots, what hosts ask for, and what a replay replaced; a fetch tells what reserved its page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from migrations.views import create_views, drop_views

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


TABLES = ("host_pause", "replay", "site_file", "alarm", "coverage", "replaced", "slot")
CHANGED = ("fetches", "source_runs", "job_ads")
"""Views that show a new column of their table; and job ads, which a reservation does not end."""
OVER = ("companies",)
"""Views over those, made again as they were."""
NEW = ("alarms", "coverage_estimates")


def upgrade() -> None:
    op.create_table(
        "host_pause",
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("host", name=op.f("pk_host_pause")),
    )
    op.create_table(
        "replay",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parser_version", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("dropped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replay")),
    )
    op.create_table(
        "site_file",
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("archive_file", sa.String(), nullable=True),
        sa.Column("archive_offset", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("site", "path", name=op.f("pk_site_file")),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("sentence", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "stage IN ('discovery', 'fetch', 'wall', 'layout', 'field', 'yield')", name=op.f("ck_alarm_stage_known")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_alarm_run_id_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_alarm_source_id_source")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
    )
    op.create_index(op.f("ix_alarm_run_id"), "alarm", ["run_id"])
    op.create_index(op.f("ix_alarm_source_id_run_id"), "alarm", ["source_id", "run_id"])
    op.create_table(
        "coverage",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("draws", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("once", sa.Integer(), nullable=False),
        sa.Column("twice", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("share_low", sa.Double(), nullable=False),
        sa.Column("share_high", sa.Double(), nullable=False),
        sa.Column("total", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=False),
        sa.Column("high", sa.Double(), nullable=False),
        sa.CheckConstraint("record IN ('move', 'job_ad')", name=op.f("ck_coverage_record_known")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_coverage_run_id_run")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_coverage_source_id_source")),
        sa.PrimaryKeyConstraint("run_id", "source_id", "record", name=op.f("pk_coverage")),
    )
    op.create_table(
        "replaced",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("replay_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["replay_id"], ["replay.id"], name=op.f("fk_replaced_replay_id_replay")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replaced")),
    )
    op.create_index(op.f("ix_replaced_replay_id"), "replaced", ["replay_id"])
    op.create_index(op.f("ix_replaced_table_name_row_id"), "replaced", ["table_name", "row_id"])
    op.create_table(
        "slot",
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("exit_status", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_slot_run_id_run")),
        sa.PrimaryKeyConstraint("due_at", name=op.f("pk_slot")),
    )
    op.add_column("fetch", sa.Column("reservation", sa.String(), nullable=True))
    op.add_column("run_source", sa.Column("measures", sa.JSON(), nullable=True))
    drop_views((*CHANGED, *OVER))
    create_views(revision, CHANGED)
    create_views("0001", OVER)
    create_views(revision, NEW)


def downgrade() -> None:
    drop_views((*CHANGED, *OVER, *NEW))
    op.drop_column("run_source", "measures")
    op.drop_column("fetch", "reservation")
    for table in reversed(TABLES):
        op.drop_table(table)
    create_views("0001", (*CHANGED, *OVER))
