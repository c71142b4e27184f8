"""guidance: checklists with evidence and reviews, texts, campaigns, content, groups, tags, procedures"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0015"
down_revision = "0014"

TABLES = (
    "checklist",
    "checklist_item",
    "criterion",
    "evidence",
    "review",
    "kit_text",
    "campaign",
    "material",
    "script_line",
    "briefing",
    "issue",
    "improvement",
    "customer_group",
    "group_week",
    "content_slot",
    "tag",
    "sop_step",
)


def upgrade() -> None:
    create_owned_table(
        op,
        "checklist",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_name", sa.String(length=60), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "key")],
    )
    create_owned_table(
        op,
        "checklist_item",
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("why", sa.String(length=400), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("good", sa.Text(), nullable=False),
        sa.Column("bad", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(20), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("metric", sa.String(length=60), nullable=False),
        sa.Column("template", sa.String(length=60), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sa.String(length=60), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"checklist_id": "checklist", "engagement_id": "engagement"},
        unique=[("checklist_id", "key")],
    )
    op.create_index(
        "ix_checklist_item_tenant_state", "checklist_item", ["tenant_id", "state", "submitted_at"], unique=False
    )
    create_owned_table(
        op,
        "criterion",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.Column("met", sa.Boolean(), nullable=True),
        of={"item_id": "checklist_item"},
        unique=[("item_id", "position")],
    )
    create_owned_table(
        op,
        "evidence",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("criterion_id", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_by_name", sa.String(length=60), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        of={"criterion_id": "criterion", "file_id": "stored_file", "item_id": "checklist_item"},
        unique=[("form_key",)],
    )
    op.create_index("ix_evidence_tenant_item", "evidence", ["tenant_id", "item_id", "round"], unique=False)
    create_owned_table(
        op,
        "review",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("unmet", sa.JSON(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        of={"item_id": "checklist_item"},
        unique=[("item_id", "round")],
    )
    create_owned_table(
        op,
        "kit_text",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_name", sa.String(length=60), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "key", "number")],
    )
    create_owned_table(
        op,
        "campaign",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("mechanic", sa.String(length=400), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("goal_joins", sa.Integer(), nullable=True),
        sa.Column("goal_interactions", sa.Integer(), nullable=True),
        sa.Column("goal_orders", sa.Integer(), nullable=True),
        sa.Column("goal_cost_fen", sa.BigInteger(), nullable=True),
        sa.Column("goal_profit_bp", sa.Integer(), nullable=True),
        sa.Column("joins", sa.Integer(), nullable=True),
        sa.Column("interactions", sa.Integer(), nullable=True),
        sa.Column("orders", sa.Integer(), nullable=True),
        sa.Column("gmv_fen", sa.BigInteger(), nullable=True),
        sa.Column("cost_fen", sa.BigInteger(), nullable=True),
        sa.Column("profit_fen", sa.BigInteger(), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("summary", sa.String(length=1000), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("form_key",)],
    )
    op.create_index(
        "ix_campaign_tenant_engagement", "campaign", ["tenant_id", "engagement_id", "starts_on"], unique=False
    )
    create_owned_table(
        op,
        "material",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("plan_b", sa.String(length=120), nullable=False),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        of={"campaign_id": "campaign"},
    )
    create_owned_table(
        op,
        "script_line",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("theme", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        of={"campaign_id": "campaign"},
    )
    create_owned_table(
        op,
        "briefing",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("came", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        of={"campaign_id": "campaign"},
    )
    create_owned_table(
        op,
        "issue",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("cause", sa.String(length=400), nullable=False),
        sa.Column("remedy", sa.String(length=400), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        of={"campaign_id": "campaign"},
    )
    create_owned_table(
        op,
        "improvement",
        sa.Column("campaign_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(20), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        of={"campaign_id": "campaign"},
    )
    create_owned_table(
        op,
        "customer_group",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("form", sa.String(20), nullable=False),
        sa.Column("layer", sa.String(20), nullable=False),
        sa.Column("horizon", sa.String(20), nullable=False),
        sa.Column("position", sa.String(length=120), nullable=False),
        sa.Column("host_name", sa.String(length=60), nullable=False),
        sa.Column("deputy_name", sa.String(length=60), nullable=False),
        sa.Column("has_name", sa.Boolean(), nullable=False),
        sa.Column("has_welcome", sa.Boolean(), nullable=False),
        sa.Column("has_notice", sa.Boolean(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("dissolved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "name")],
    )
    create_owned_table(
        op,
        "group_week",
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("joined", sa.Integer(), nullable=True),
        sa.Column("quit", sa.Integer(), nullable=True),
        sa.Column("active", sa.Integer(), nullable=True),
        sa.Column("messages", sa.Integer(), nullable=True),
        of={"group_id": "customer_group"},
        unique=[("group_id", "week")],
    )
    create_owned_table(
        op,
        "content_slot",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("column", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("line", sa.String(20), nullable=False),
        sa.Column("about", sa.String(20), nullable=False),
        sa.Column("broadcast", sa.Boolean(), nullable=False),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement", "group_id": "customer_group"},
    )
    op.create_index(
        "ix_content_slot_tenant_engagement", "content_slot", ["tenant_id", "engagement_id", "on", "at"], unique=False
    )
    create_owned_table(
        op,
        "tag",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("family", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=60), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("use", sa.String(length=200), nullable=False),
        sa.Column("leads_to", sa.String(20), nullable=True),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "family", "value")],
    )
    create_owned_table(
        op,
        "sop_step",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("scene", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("trigger", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=400), nullable=False),
        sa.Column("within", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("exception", sa.String(length=200), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
    )
    op.create_index(
        "ix_sop_step_tenant_engagement", "sop_step", ["tenant_id", "engagement_id", "scene", "day"], unique=False
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
