"""aftercare: qualities, feedback, surveys, advice, inquiries; links for people outside"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls
from siyu_saas.core.owned_tables import create_owned_table

revision = "0012"
down_revision = "0011"

OWNED = ("advice_pick", "feedback", "inquiry", "qualitative", "survey")
HOUSE = ("library_answer", "public_link")


def upgrade() -> None:
    create_tables()
    for table in HOUSE:
        walls.open_to_all(op, table)


def create_tables() -> None:
    op.create_table(
        "library_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_library_answer_firm_id_firm")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_library_answer")),
    )
    op.create_index(op.f("ix_library_answer_firm_id"), "library_answer", ["firm_id"], unique=False)
    op.create_table(
        "public_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("last_opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_public_link_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_link")),
    )
    op.create_index(op.f("ix_public_link_subject_id"), "public_link", ["subject_id"], unique=False)
    op.create_index(op.f("ix_public_link_tenant_id"), "public_link", ["tenant_id"], unique=False)
    create_owned_table(
        op,
        "advice_pick",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("why", sa.String(length=200), nullable=False),
        sa.Column("effort", sa.String(length=10), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
    )
    op.create_index(
        "ix_advice_pick_tenant_engagement", "advice_pick", ["tenant_id", "engagement_id", "topic"], unique=False
    )
    create_owned_table(
        op,
        "feedback",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("best", sa.String(length=400), nullable=False),
        sa.Column("worst", sa.String(length=400), nullable=False),
        sa.Column("needs", sa.String(length=400), nullable=False),
        sa.Column("quote", sa.String(length=400), nullable=False),
        sa.Column("recommends", sa.Boolean(), nullable=False),
        sa.Column("consent_to_quote", sa.Boolean(), nullable=False),
        sa.Column("promise", sa.String(length=400), nullable=False),
        sa.Column("given_by_name", sa.String(length=60), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id",)],
    )
    create_owned_table(
        op,
        "inquiry",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=1000), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("asked_by_name", sa.String(length=60), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner_name", sa.String(length=60), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=4000), nullable=False),
        sa.Column("answered_by_name", sa.String(length=60), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_faq", sa.Boolean(), nullable=False),
        sa.Column("library_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("form_key",)],
    )
    op.create_index("ix_inquiry_tenant_engagement", "inquiry", ["tenant_id", "engagement_id", "asked_at"], unique=False)
    create_owned_table(
        op,
        "qualitative",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.String(20), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("remaining", sa.JSON(), nullable=False),
        sa.Column("filled_by_name", sa.String(length=60), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by_name", sa.String(length=60), nullable=False),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "period")],
    )
    create_owned_table(
        op,
        "survey",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        of={"engagement_id": "engagement"},
    )
    op.create_index("ix_survey_tenant_engagement", "survey", ["tenant_id", "engagement_id", "made_at"], unique=False)
    create_owned_table(
        op,
        "survey_answer",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        of={"survey_id": "survey"},
        unique=[("survey_id", "once")],
        append_only=True,
    )


def downgrade() -> None:
    for table in ("survey_answer", *OWNED, *HOUSE):
        op.drop_table(table)
