"""What was recorded of one thing is found without reading everything else."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_audit_event_tenant_object", "audit_event", ["tenant_id", "object_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_audit_event_tenant_object", "audit_event")
