"""Pages of a plan come out of an index, however many tasks it has; so does what was recorded of one thing."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

WHERE = ["tenant_id", "plan_id", "removed_at"]
BEFORE = {
    "ix_task_tenant_plan": ["tenant_id", "plan_id", "position", "id"],
    "ix_task_tenant_owner": ["tenant_id", "owner_id", "ends_on"],
}
AFTER = {
    "ix_task_tenant_plan": [*WHERE, "position", "id"],
    "ix_task_tenant_due": [*WHERE, "done_on", "ends_on", "id"],
    "ix_task_tenant_milestone": [*WHERE, "milestone_id", "state"],
    "ix_task_tenant_owner": ["tenant_id", "owner_id", "plan_id", "removed_at", "done_on", "ends_on", "id"],
}


def upgrade() -> None:
    op.create_index("ix_audit_event_tenant_object", "audit_event", ["tenant_id", "object_id"], unique=False)
    _change(BEFORE, AFTER)


def downgrade() -> None:
    _change(AFTER, BEFORE)
    op.drop_index("ix_audit_event_tenant_object", "audit_event")


def _change(old: dict[str, list[str]], new: dict[str, list[str]]) -> None:
    for name in old:
        op.drop_index(name, "task")
    for name, columns in new.items():
        op.create_index(name, "task", columns, unique=False)
