"""baseline: one of each scope; order_line: one reference for three, and tidied up after each large import"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

WHOLE = "fk_order_line_tenant_id_engagement_id_import_id_data_import"
PARTS = (
    ("fk_order_line_tenant_id_tenant", "tenant", ["tenant_id"], ["id"]),
    (
        "fk_order_line_tenant_id_engagement_id_engagement",
        "engagement",
        ["tenant_id", "engagement_id"],
        ["tenant_id", "id"],
    ),
    ("fk_order_line_tenant_id_import_id_data_import", "data_import", ["tenant_id", "import_id"], ["tenant_id", "id"]),
)
OF_AN_IMPORT = ("tenant_id", "engagement_id", "id")
# By share of the table, one merchant's import among a hundred others would never be a reason to tidy up.
TIDY = {
    "autovacuum_vacuum_insert_scale_factor": 0,
    "autovacuum_vacuum_insert_threshold": 50_000,
    "autovacuum_analyze_scale_factor": 0,
    "autovacuum_analyze_threshold": 50_000,
}


def upgrade() -> None:
    with op.batch_alter_table("baseline") as batch:
        batch.add_column(sa.Column("scope", sa.String(40), nullable=False, server_default="all"))
        batch.drop_constraint(op.f("uq_baseline_tenant_id_engagement_id_number"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_baseline_tenant_id_engagement_id_scope_number"), ["tenant_id", "engagement_id", "scope", "number"]
        )
    with op.batch_alter_table("baseline") as batch:
        batch.alter_column("scope", server_default=None)
    with op.batch_alter_table("data_import") as batch:
        batch.create_unique_constraint(op.f("uq_data_import_tenant_id_engagement_id_id"), list(OF_AN_IMPORT))
    with op.batch_alter_table("order_line") as batch:
        for name, *_rest in PARTS:
            batch.drop_constraint(op.f(name), type_="foreignkey")
        batch.create_foreign_key(
            op.f(WHOLE), "data_import", ["tenant_id", "engagement_id", "import_id"], list(OF_AN_IMPORT)
        )
    _tune("set", ", ".join(f"{name} = {value}" for name, value in TIDY.items()))


def downgrade() -> None:
    _tune("reset", ", ".join(TIDY))
    with op.batch_alter_table("order_line") as batch:
        batch.drop_constraint(op.f(WHOLE), type_="foreignkey")
        for name, table, local, referred in PARTS:
            batch.create_foreign_key(op.f(name), table, local, referred)
    with op.batch_alter_table("data_import") as batch:
        batch.drop_constraint(op.f("uq_data_import_tenant_id_engagement_id_id"), type_="unique")
    op.execute("delete from baseline where scope <> 'all'")
    with op.batch_alter_table("baseline") as batch:
        batch.drop_constraint(op.f("uq_baseline_tenant_id_engagement_id_scope_number"), type_="unique")
        batch.create_unique_constraint(
            op.f("uq_baseline_tenant_id_engagement_id_number"), ["tenant_id", "engagement_id", "number"]
        )
        batch.drop_column("scope")


def _tune(verb: str, what: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"alter table order_line {verb} ({what})")
