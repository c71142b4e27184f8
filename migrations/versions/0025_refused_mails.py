"""user.mail_refused_at: nobody gets mail there; bot.busy_until: somebody is calling the platform"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column("user", sa.Column("mail_refused_at", sa.DateTime(timezone=True)))
    op.add_column("bot", sa.Column("busy_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.drop_column("bot", "busy_until")
    op.drop_column("user", "mail_refused_at")
