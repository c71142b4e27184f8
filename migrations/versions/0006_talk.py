"""talk: comments, mentions, their files, read marks; files for the team only"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0006"
down_revision = "0005"

TABLES = ("comment", "mention", "comment_file", "read_mark")


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.add_column(sa.Column("team_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("stored_file") as batch:
        batch.alter_column("team_only", server_default=None)
    create_tables()


def create_tables() -> None:
    create_owned_table(
        op,
        "comment",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_label", sa.String(length=120), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("author_name", sa.String(length=60), nullable=False),
        sa.Column("author_side", sa.String(20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("internal", sa.Boolean(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("form_key",)],
    )
    op.create_index("ix_comment_tenant_subject", "comment", ["tenant_id", "subject_kind", "subject_id", "written_at"])
    op.create_index("ix_comment_tenant_engagement", "comment", ["tenant_id", "engagement_id", "written_at"])
    create_owned_table(
        op,
        "mention",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        of={"comment_id": "comment"},
        unique=[("comment_id", "user_id")],
    )
    create_owned_table(
        op,
        "comment_file",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        of={"comment_id": "comment", "file_id": "stored_file"},
        unique=[("comment_id", "file_id")],
    )
    create_owned_table(
        op,
        "read_mark",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        of={},
        unique=[("user_id", "subject_kind", "subject_id")],
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("stored_file") as batch:
        batch.drop_column("team_only")
