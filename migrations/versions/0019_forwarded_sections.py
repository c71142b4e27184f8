"""forwarded_sections: a section of a questionnaire goes to a colleague by link"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    with op.batch_alter_table("assignment") as batch:
        batch.add_column(sa.Column("invitation_id", sa.Uuid()))
        batch.add_column(sa.Column("form_key", sa.String(64)))
        batch.create_unique_constraint(op.f("uq_assignment_tenant_id_form_key"), ["tenant_id", "form_key"])
        batch.create_index("ix_assignment_tenant_invitation", ["tenant_id", "invitation_id"])
    op.add_column("invitation", sa.Column("leads_to", sa.String(20), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("invitation") as batch:
        batch.drop_column("leads_to")
    with op.batch_alter_table("assignment") as batch:
        batch.drop_index("ix_assignment_tenant_invitation")
        batch.drop_constraint(op.f("uq_assignment_tenant_id_form_key"), type_="unique")
        batch.drop_column("form_key")
        batch.drop_column("invitation_id")
