"""Plans: milestones, tasks and what they wait for, changes by consent, clocks, minutes, and a firm's own packages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls
from siyu_saas.core.owned_tables import create_owned_table

revision = "0010"
down_revision = "0009"

OWNED = ("nudge", "plan", "meeting", "milestone", "plan_change", "plan_module", "post", "wait", "task", "task_link")


def upgrade() -> None:
    op.create_table(
        "firm_package",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_package_firm_id_firm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_package")),
        sa.UniqueConstraint("form_key", name=op.f("uq_firm_package_form_key")),
    )
    op.create_index(op.f("ix_firm_package_firm_id"), "firm_package", ["firm_id"], unique=False)
    create_owned_table(
        op,
        "nudge",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("thing", sa.String(length=80), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by_name", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("thing", "sent_on")],
    )
    create_owned_table(
        op,
        "plan",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("package", sa.String(length=40), nullable=False),
        sa.Column("package_title", sa.String(length=80), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("day_zero", sa.Date(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("informed_days", sa.Integer(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id",)],
    )
    create_owned_table(
        op,
        "meeting",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("people", sa.String(length=400), nullable=False),
        sa.Column("minutes", sa.Text(), nullable=False),
        sa.Column("decisions", sa.Text(), nullable=False),
        sa.Column("task_ids", sa.JSON(), nullable=False),
        sa.Column("written_by_name", sa.String(length=60), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"plan_id": "plan"},
        unique=[("form_key",)],
    )
    op.create_index("ix_meeting_tenant_plan", "meeting", ["tenant_id", "plan_id", "held_on"], unique=False)
    create_owned_table(
        op,
        "milestone",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("gate", sa.String(20), nullable=False),
        sa.Column("deliverable", sa.String(length=400), nullable=False),
        sa.Column("acceptance", sa.String(length=1000), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("satisfaction_note", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"plan_id": "plan"},
        unique=[("plan_id", "key")],
    )
    create_owned_table(
        op,
        "plan_change",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("edits", sa.JSON(), nullable=False),
        sa.Column("impact", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("answer", sa.String(length=400), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"plan_id": "plan"},
        unique=[("plan_id", "number")],
    )
    create_owned_table(
        op,
        "plan_module",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("finding", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("left_out", sa.Boolean(), nullable=False),
        of={"plan_id": "plan"},
        unique=[("plan_id", "key")],
    )
    create_owned_table(
        op,
        "post",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"plan_id": "plan"},
        unique=[("plan_id", "role")],
    )
    create_owned_table(
        op,
        "wait",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("cause", sa.String(20), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        of={"plan_id": "plan"},
    )
    op.create_index("ix_wait_tenant_plan", "wait", ["tenant_id", "plan_id", "ended_on"], unique=False)
    op.create_index("ix_wait_tenant_subject", "wait", ["tenant_id", "subject_id"], unique=False)
    create_owned_table(
        op,
        "task",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("helpers", sa.String(length=80), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("module", sa.String(length=40), nullable=False),
        sa.Column("deliverable", sa.String(length=400), nullable=False),
        sa.Column("acceptance", sa.String(length=1000), nullable=False),
        sa.Column("checklists", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("campaign", sa.Boolean(), nullable=False),
        sa.Column("repeats", sa.String(20), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("agreed_from", sa.Date(), nullable=True),
        sa.Column("agreed_until", sa.Date(), nullable=True),
        sa.Column("expected_from", sa.Date(), nullable=True),
        sa.Column("expected_until", sa.Date(), nullable=True),
        sa.Column("slack", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("stuck_side", sa.String(20), nullable=True),
        sa.Column("remark", sa.String(length=400), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"milestone_id": "milestone", "plan_id": "plan"},
        unique=[("form_key",)],
    )
    op.create_index("ix_task_tenant_owner", "task", ["tenant_id", "owner_id", "ends_on"], unique=False)
    op.create_index("ix_task_tenant_plan", "task", ["tenant_id", "plan_id", "position", "id"], unique=False)
    create_owned_table(
        op,
        "task_link",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("after_id", sa.Uuid(), nullable=False),
        of={"after_id": "task", "before_id": "task", "plan_id": "plan"},
        unique=[("after_id", "before_id")],
    )
    op.create_index("ix_task_link_tenant_plan", "task_link", ["tenant_id", "plan_id"], unique=False)
    walls.open_to_all(op, "firm_package")


def downgrade() -> None:
    for table in (*reversed(OWNED), "firm_package"):
        op.drop_table(table)
