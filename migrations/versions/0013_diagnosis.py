"""diagnosis: what was asked, who answers, sheets, what devices sent, findings"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0013"
down_revision = "0012"

TABLES = ("diagnosis", "asked_questionnaire", "finding", "assignment", "sheet", "received")


def upgrade() -> None:
    create_owned_table(
        op,
        "diagnosis",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("pack_version", sa.Integer(), nullable=False),
        sa.Column("depth", sa.String(20), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("seats", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by_name", sa.String(length=60), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by_name", sa.String(length=60), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=60), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "number"), ("form_key",)],
    )
    create_owned_table(
        op,
        "asked_questionnaire",
        sa.Column("diagnosis_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        of={"diagnosis_id": "diagnosis"},
        unique=[("diagnosis_id", "key")],
    )
    create_owned_table(
        op,
        "finding",
        sa.Column("diagnosis_id", sa.Uuid(), nullable=False),
        sa.Column("rule_key", sa.String(length=20), nullable=True),
        sa.Column("severity", sa.String(20), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("problem", sa.String(length=400), nullable=False),
        sa.Column("proposal", sa.String(length=400), nullable=False),
        sa.Column("modules", sa.JSON(), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("fires", sa.Boolean(), nullable=False),
        sa.Column("reworded_by_name", sa.String(length=60), nullable=False),
        sa.Column("hidden_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=False),
        sa.Column("hidden_by_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"diagnosis_id": "diagnosis"},
        unique=[("diagnosis_id", "rule_key")],
    )
    create_owned_table(
        op,
        "assignment",
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("section", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(20), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("user_name", sa.String(length=60), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        of={"asked_id": "asked_questionnaire"},
    )
    op.create_index("ix_assignment_tenant_asked", "assignment", ["tenant_id", "asked_id"], unique=False)
    create_owned_table(
        op,
        "sheet",
        sa.Column("asked_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("proxied", sa.JSON(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by_name", sa.String(length=60), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        of={"asked_id": "asked_questionnaire"},
        unique=[("asked_id", "user_id", "edition")],
    )
    create_owned_table(
        op,
        "received",
        sa.Column("sheet_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("by_proxy", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        of={"sheet_id": "sheet"},
        unique=[("sheet_id", "client", "question")],
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
