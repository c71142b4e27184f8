"""spelling: a merchant is found by one stretch of an index; urgency: the milestones of a firm by their days"""

import unicodedata

import sqlalchemy as sa
from alembic import op

from siyu_saas.core import walls

revision = "0027"
down_revision = "0026"

LONGEST = 80


def upgrade() -> None:
    by_code_points = "C" if op.get_bind().dialect.name == "postgresql" else None
    table = op.create_table(
        "spelling",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("typed", sa.String(length=LONGEST, collation=by_code_points), nullable=False),
        sa.Column("firm_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_spelling_tenant_id_tenant")),
        sa.ForeignKeyConstraint(["firm_id"], ["firm.id"], name=op.f("fk_spelling_firm_id_firm")),
        sa.PrimaryKeyConstraint("tenant_id", "typed", name=op.f("pk_spelling")),
    )
    op.create_index("ix_spelling_firm_typed", "spelling", ["firm_id", "typed", "tenant_id"], unique=False)
    walls.open_to_all(op, "spelling")
    _spell(table)
    op.drop_column("tenant", "pinyin")
    op.create_index("ix_urgency_firm_next", "urgency", ["firm_id", "archived", "next_on", "tenant_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_urgency_firm_next", table_name="urgency")
    op.add_column("tenant", sa.Column("pinyin", sa.String(length=1000), nullable=False, server_default=""))
    op.drop_table("spelling")


def _spell(table: sa.Table) -> None:
    """What `tenant.pinyin` held, and the name from each of its characters on."""
    names = {"id": sa.Uuid(), "firm_id": sa.Uuid(), "name": sa.String(), "pinyin": sa.String()}
    tenant = sa.table("tenant", *(sa.column(name, kind) for name, kind in names.items()))
    for row in op.get_bind().execute(sa.select(tenant)).all():
        plain = "".join(unicodedata.normalize("NFKC", row.name).lower().split())
        ways = (*(plain[start:] for start in range(len(plain))), *row.pinyin.split("|"))
        kept = dict.fromkeys(way[:LONGEST] for way in ways if way)
        op.bulk_insert(table, [{"tenant_id": row.id, "typed": way, "firm_id": row.firm_id} for way in kept])
