"""duties: who answers for what belongs to each plan; how far dates may move without asking stands in the charter"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    create_owned_table(
        op,
        "plan_duty",
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("letters", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"plan_id": "plan"},
    )
    op.create_index("ix_plan_duty_tenant_plan", "plan_duty", ["tenant_id", "plan_id", "position"], unique=False)
    op.drop_column("plan", "informed_days")


def downgrade() -> None:
    op.add_column("plan", sa.Column("informed_days", sa.Integer(), nullable=False, server_default="2"))
    op.drop_table("plan_duty")
