"""papers: printed things, and the seals of their files"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls
from siyu_saas.core.owned_tables import create_owned_table

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    create_tables()
    walls.open_to_all(op, "paper_seal")


def create_tables() -> None:
    op.create_table(
        "paper_seal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("printed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_seal")),
        sa.UniqueConstraint("code", name=op.f("uq_paper_seal_code")),
    )
    op.create_index(op.f("ix_paper_seal_sha256"), "paper_seal", ["sha256"], unique=False)
    create_owned_table(
        op,
        "paper",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("team_only", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        of={"engagement_id": "engagement", "file_id": "stored_file"},
        unique=[("kind", "subject_id", "sha256")],
    )


def downgrade() -> None:
    for table in ("paper", "paper_seal"):
        op.drop_table(table)
