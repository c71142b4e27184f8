"""target_ties: what hangs on a target, targets without a number, and the scope that one is measured in"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0020"
down_revision = "0019"

MOMENT = sa.DateTime(timezone=True)
TABLES = ("quality_mark", "quality", "target_light", "target_work", "target_branch")


def upgrade() -> None:
    op.add_column("target", sa.Column("counted_in", sa.String(40), nullable=False, server_default="all"))
    create_owned_table(
        op,
        "target_branch",
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=False),
        of={"child_id": "target", "parent_id": "target"},
        unique=[("child_id",)],
    )
    create_owned_table(
        op,
        "target_work",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.Column("milestone_id", sa.Uuid(), nullable=True),
        of={"target_id": "target", "task_id": "task", "milestone_id": "milestone"},
        unique=[("target_id", "task_id"), ("target_id", "milestone_id")],
    )
    create_owned_table(
        op,
        "target_light",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("light", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("set_by_name", sa.String(length=60), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        of={"target_id": "target"},
    )
    op.create_index("ix_target_light_tenant_target", "target_light", ["tenant_id", "target_id", "ended_at"])
    create_owned_table(
        op,
        "quality",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("good", sa.String(length=400), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT, nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        of={"engagement_id": "engagement"},
        unique=[("form_key",)],
    )
    op.create_index("ix_quality_tenant_engagement", "quality", ["tenant_id", "engagement_id", "made_at"])
    create_owned_table(
        op,
        "quality_mark",
        sa.Column("quality_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.String(length=20), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("given_by_name", sa.String(length=60), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        of={"quality_id": "quality"},
        unique=[("form_key",)],
    )
    op.create_index("ix_quality_mark_tenant_quality", "quality_mark", ["tenant_id", "quality_id", "given_at"])


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("target", "counted_in")
