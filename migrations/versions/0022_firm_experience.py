"""firm_experience: what the middle half of a firm's merchants reached, without names"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "firm_experience",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("merchants", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_experience_firm_id_firm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_experience")),
        sa.UniqueConstraint("firm_id", "metric", name=op.f("uq_firm_experience_firm_id_metric")),
    )
    walls.open_to_all(op, "firm_experience")


def downgrade() -> None:
    op.drop_table("firm_experience")
