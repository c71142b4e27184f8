"""reports: versions of a report"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    create_owned_table(
        op,
        "report",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("narrative", sa.JSON(), nullable=False),
        sa.Column("section_order", sa.JSON(), nullable=False),
        sa.Column("hidden", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "number")],
    )


def downgrade() -> None:
    op.drop_table("report")
