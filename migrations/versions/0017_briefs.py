"""briefs: weekly briefs"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    create_tables()
    walls.wall_off(op, "weekly_brief")


def create_tables() -> None:
    op.create_table(
        "weekly_brief",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("text", sa.String(length=4000), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_weekly_brief_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_weekly_brief_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_weekly_brief")),
        sa.UniqueConstraint(
            "tenant_id", "engagement_id", "week", name=op.f("uq_weekly_brief_tenant_id_engagement_id_week")
        ),
    )


def downgrade() -> None:
    op.drop_table("weekly_brief")
