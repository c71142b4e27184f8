"""targets: frozen baselines, agreed comparisons, influences, calculations; targets with their offers"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0011"
down_revision = "0010"

TABLES = ("baseline", "comparison", "influence", "calc_run", "target", "support", "offer")


def upgrade() -> None:
    create_owned_table(
        op,
        "baseline",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_name", sa.String(length=60), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id", "number")],
    )
    create_owned_table(
        op,
        "comparison",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("before_first", sa.Date(), nullable=False),
        sa.Column("before_last", sa.Date(), nullable=False),
        sa.Column("after_first", sa.Date(), nullable=False),
        sa.Column("after_last", sa.Date(), nullable=False),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("headline", sa.JSON(), nullable=False),
        sa.Column("moves", sa.JSON(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by_name", sa.String(length=60), nullable=False),
        sa.Column("conclusion", sa.String(length=2000), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement"},
        unique=[("engagement_id",)],
    )
    create_owned_table(
        op,
        "influence",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_name", sa.String(length=60), nullable=False),
        of={"engagement_id": "engagement"},
    )
    op.create_index("ix_influence_tenant_engagement", "influence", ["tenant_id", "engagement_id", "first"])
    create_owned_table(
        op,
        "calc_run",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("calculator", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        of={"engagement_id": "engagement"},
        unique=[("form_key",)],
    )
    op.create_index("ix_calc_run_tenant_engagement", "calc_run", ["tenant_id", "engagement_id", "made_at"])
    create_owned_table(
        op,
        "target",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("metric", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(20), nullable=False),
        sa.Column("better", sa.String(20), nullable=False),
        sa.Column("baseline_id", sa.Uuid(), nullable=True),
        sa.Column("baseline_value", sa.BigInteger(), nullable=True),
        sa.Column("baseline_first", sa.Date(), nullable=True),
        sa.Column("baseline_last", sa.Date(), nullable=True),
        sa.Column("baseline_days", sa.Integer(), nullable=False),
        sa.Column("band_low", sa.BigInteger(), nullable=True),
        sa.Column("band_high", sa.BigInteger(), nullable=True),
        sa.Column("benchmarks", sa.JSON(), nullable=False),
        sa.Column("suggested_value", sa.BigInteger(), nullable=True),
        sa.Column("suggest_rule", sa.String(length=40), nullable=False),
        sa.Column("alternative_value", sa.BigInteger(), nullable=True),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(20), nullable=False),
        sa.Column("trailing_days", sa.Integer(), nullable=False),
        sa.Column("ramp", sa.Boolean(), nullable=False),
        sa.Column("before_first", sa.Date(), nullable=False),
        sa.Column("before_last", sa.Date(), nullable=False),
        sa.Column("after_first", sa.Date(), nullable=False),
        sa.Column("after_last", sa.Date(), nullable=False),
        sa.Column("owner_merchant", sa.String(length=60), nullable=False),
        sa.Column("owner_consultant", sa.String(length=60), nullable=False),
        sa.Column("actions", sa.JSON(), nullable=False),
        sa.Column("assumptions", sa.JSON(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("waits_for", sa.String(20), nullable=True),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("revisions", sa.Integer(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result_value", sa.BigInteger(), nullable=True),
        sa.Column("result_basis", sa.String(length=200), nullable=False),
        sa.Column("result_degree", sa.Integer(), nullable=True),
        sa.Column("result_note", sa.String(length=400), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("concluded_by_name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=60), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement", "baseline_id": "baseline"},
        unique=[("form_key",)],
    )
    op.create_index("ix_target_tenant_engagement", "target", ["tenant_id", "engagement_id", "position"])
    create_owned_table(
        op,
        "support",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("calc_run_id", sa.Uuid(), nullable=False),
        of={"target_id": "target", "calc_run_id": "calc_run"},
        unique=[("target_id", "calc_run_id")],
    )
    create_owned_table(
        op,
        "offer",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("side", sa.String(20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("scope", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        of={"target_id": "target"},
        unique=[("target_id", "number")],
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
