"""aftercare: qualities, feedback, surveys, advice, inquiries; links for people outside"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0012"
down_revision = "0011"

OWNED = ("advice_pick", "feedback", "inquiry", "qualitative", "survey")
HOUSE = ("library_answer", "public_link")


def upgrade() -> None:
    create_tables()
    for table in OWNED:
        walls.wall_off(op, table)
    walls.wall_off(op, "survey_answer", append_only=True)
    walls.append_only(op, "survey_answer")
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
    op.create_table(
        "advice_pick",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_advice_pick_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_advice_pick_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_advice_pick")),
    )
    op.create_index(
        "ix_advice_pick_tenant_engagement", "advice_pick", ["tenant_id", "engagement_id", "topic"], unique=False
    )
    op.create_table(
        "feedback",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_feedback_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_feedback_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("tenant_id", "engagement_id", name=op.f("uq_feedback_tenant_id_engagement_id")),
    )
    op.create_table(
        "inquiry",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_inquiry_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_inquiry_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("tenant_id", "form_key", name=op.f("uq_inquiry_tenant_id_form_key")),
    )
    op.create_index("ix_inquiry_tenant_engagement", "inquiry", ["tenant_id", "engagement_id", "asked_at"], unique=False)
    op.create_table(
        "qualitative",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_qualitative_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_qualitative_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_qualitative")),
        sa.UniqueConstraint(
            "tenant_id", "engagement_id", "period", name=op.f("uq_qualitative_tenant_id_engagement_id_period")
        ),
    )
    op.create_table(
        "survey",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "engagement_id"],
            ["engagement.tenant_id", "engagement.id"],
            name=op.f("fk_survey_tenant_id_engagement_id_engagement"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_survey_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey")),
    )
    op.create_index("ix_survey_tenant_engagement", "survey", ["tenant_id", "engagement_id", "made_at"], unique=False)
    op.create_table(
        "survey_answer",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=400), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "survey_id"],
            ["survey.tenant_id", "survey.id"],
            name=op.f("fk_survey_answer_tenant_id_survey_id_survey"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_survey_answer_tenant_id_tenant")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint("tenant_id", "survey_id", "once", name=op.f("uq_survey_answer_tenant_id_survey_id_once")),
    )


def downgrade() -> None:
    for table in ("survey_answer", *OWNED, *HOUSE):
        op.drop_table(table)
