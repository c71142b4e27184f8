"""data_import.undone_reason: why it was taken back, beside why it was brought in"""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"


def upgrade() -> None:
    with op.batch_alter_table("data_import") as batch:
        batch.add_column(sa.Column("undone_reason", sa.String(length=400), nullable=False, server_default=""))
    with op.batch_alter_table("data_import") as batch:
        batch.alter_column("undone_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("data_import") as batch:
        batch.drop_column("undone_reason")
