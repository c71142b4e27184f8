"""firm_questionnaires: a firm's own questionnaires and their released editions"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.create_table(
        "firm_questionnaire",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("pack", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("draft", sa.JSON(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=60), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_firm_questionnaire_firm_id_firm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_questionnaire")),
    )
    op.create_index(op.f("ix_firm_questionnaire_firm_id"), "firm_questionnaire", ["firm_id"], unique=False)
    op.create_table(
        "firm_questionnaire_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["firm_questionnaire.id"],
            name=op.f("fk_firm_questionnaire_edition_questionnaire_id_firm_questionnaire"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_firm_questionnaire_edition")),
        sa.UniqueConstraint(
            "questionnaire_id", "edition", name=op.f("uq_firm_questionnaire_edition_questionnaire_id_edition")
        ),
    )
    for table in ("firm_questionnaire", "firm_questionnaire_edition"):
        walls.open_to_all(op, table)


def downgrade() -> None:
    op.drop_table("firm_questionnaire_edition")
    op.drop_table("firm_questionnaire")
