"""job.handing_at, bot_line.taken_at: what is on its way and cannot be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    with op.batch_alter_table("job") as batch:
        batch.add_column(sa.Column("handing_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("bot_line") as batch:
        batch.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("bot_line") as batch:
        batch.drop_column("taken_at")
    with op.batch_alter_table("job") as batch:
        batch.drop_column("handing_at")
