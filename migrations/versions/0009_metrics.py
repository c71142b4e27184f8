"""metrics: imports, daily counts, what they replaced, order lines; files that only pass through"""

import sqlalchemy as sa
from alembic import op

from siyu_saas.core.owned_tables import create_owned_table

revision = "0009"
down_revision = "0008"

TABLES = ("data_import", "observation", "replacement", "order_line")


def upgrade() -> None:
    with op.batch_alter_table("stored_file") as batch:
        batch.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    create_tables()


def create_tables() -> None:
    create_owned_table(
        op,
        "data_import",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("preset", sa.String(length=20), nullable=False),
        sa.Column("layout", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_by_name", sa.String(length=60), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_name", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        of={"engagement_id": "engagement", "file_id": "stored_file"},
        unique=[("form_key",)],
    )
    op.create_index("ix_data_import_tenant_engagement", "data_import", ["tenant_id", "engagement_id", "given_at"])
    create_owned_table(
        op,
        "observation",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=True),
        sa.Column("text", sa.String(length=400), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        of={"engagement_id": "engagement", "import_id": "data_import"},
        unique=[("engagement_id", "scope", "field", "day")],
    )
    op.create_index("ix_observation_tenant_import", "observation", ["tenant_id", "import_id"])
    create_owned_table(
        op,
        "replacement",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", sa.BigInteger(), nullable=True),
        sa.Column("before_text", sa.String(length=400), nullable=True),
        sa.Column("before_import_id", sa.Uuid(), nullable=True),
        of={"import_id": "data_import", "before_import_id": "data_import"},
        unique=[("import_id", "scope", "field", "day")],
    )
    op.create_index("ix_replacement_tenant_before", "replacement", ["tenant_id", "before_import_id"])
    create_owned_table(
        op,
        "order_line",
        sa.Column("engagement_id", sa.Uuid(), nullable=False),
        sa.Column("customer_key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("order_date", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        of={"engagement_id": "engagement", "import_id": "data_import"},
    )
    op.create_index(
        "ix_order_line_tenant_customer",
        "order_line",
        ["tenant_id", "engagement_id", "customer_key", "order_date", "amount_fen"],
    )
    op.create_index("ix_order_line_tenant_import", "order_line", ["tenant_id", "import_id"])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("stored_file") as batch:
        batch.drop_column("expires_at")
