"""talk: comments, mentions, their files, read marks; files for the team only"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0006"
down_revision = "0005"

TABLES = ("comment", "mention", "comment_file", "read_mark")


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.add_column(sa.Column("team_only", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("stored_file") as batch:
        batch.alter_column("team_only", server_default=None)
    create_tables()
    for table in TABLES:
        walls.wall_off(op, table)


def create_tables() -> None:
    op.create_table(
        "comment",
        *_keys(),
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
        *_constraints("comment", engagement_id="engagement"),
        sa.UniqueConstraint("tenant_id", "form_key", name=op.f("uq_comment_tenant_id_form_key")),
    )
    op.create_index("ix_comment_tenant_subject", "comment", ["tenant_id", "subject_kind", "subject_id", "written_at"])
    op.create_index("ix_comment_tenant_engagement", "comment", ["tenant_id", "engagement_id", "written_at"])
    op.create_table(
        "mention",
        *_keys(),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        *_constraints("mention", comment_id="comment"),
        sa.UniqueConstraint("tenant_id", "comment_id", "user_id", name=op.f("uq_mention_tenant_id_comment_id_user_id")),
    )
    op.create_table(
        "comment_file",
        *_keys(),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        *_constraints("comment_file", comment_id="comment", file_id="stored_file"),
        sa.UniqueConstraint(
            "tenant_id", "comment_id", "file_id", name=op.f("uq_comment_file_tenant_id_comment_id_file_id")
        ),
    )
    op.create_table(
        "read_mark",
        *_keys(),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        *_constraints("read_mark"),
        sa.UniqueConstraint(
            "tenant_id",
            "user_id",
            "subject_kind",
            "subject_id",
            name=op.f("uq_read_mark_tenant_id_user_id_subject_kind_subject_id"),
        ),
    )


def _keys() -> tuple:
    return sa.Column("tenant_id", sa.Uuid(), nullable=False), sa.Column("id", sa.Uuid(), nullable=False)


def _constraints(table: str, **references: str) -> tuple:
    return (
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", local],
                [f"{referred}.tenant_id", f"{referred}.id"],
                name=op.f(f"fk_{table}_tenant_id_{local}_{referred}"),
            )
            for local, referred in references.items()
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{table}_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("stored_file") as batch:
        batch.drop_column("team_only")
