"""urgency: where each merchant stands in the consultants' list, worked out when it is first looked at"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    op.create_table(
        "urgency",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=20), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("further", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("stage", sa.String(length=20), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("on_us", sa.Integer(), nullable=False),
        sa.Column("on_us_since", sa.Date(), nullable=True),
        sa.Column("on_them", sa.Integer(), nullable=False),
        sa.Column("on_them_since", sa.Date(), nullable=True),
        sa.Column("next_id", sa.Uuid(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("rated", sa.String(length=8), nullable=False),
        sa.Column("fresh_on", sa.Date(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_urgency_tenant_id_tenant")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_urgency_firm_id_firm")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_urgency")),
    )
    op.create_index("ix_urgency_firm_rank", "urgency", ["firm_id", "archived", "rank", "since", "tenant_id"])
    op.create_index("ix_urgency_firm_count", "urgency", ["firm_id", "archived", "rank"])
    op.create_index("ix_urgency_firm_fresh", "urgency", ["firm_id", "fresh_on"])
    walls.open_to_all(op, "urgency")
    op.execute(
        "insert into urgency "
        "(tenant_id, firm_id, rank, need, further, paused, archived, on_us, on_them, rated, fresh_on, touched) "
        "select id, firm_id, 100, '', 0, false, false, 0, 0, '', '2000-01-01', 0 from tenant"
    )


def downgrade() -> None:
    op.drop_table("urgency")
