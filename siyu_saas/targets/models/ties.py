"""What hangs on a target: the target it serves, the work that carries it, a light that somebody set by hand."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.targets.rules.lights import Light


class TargetBranch(TenantOwned, Identified, db.Model):
    """`child_id` serves `parent_id`: a target has one parent at most."""

    child_id: Mapped[UUID]
    parent_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("child_id", "target"),
        owned_reference("parent_id", "target"),
        sa.UniqueConstraint("tenant_id", "child_id"),
    )


class TargetWork(TenantOwned, Identified, db.Model):
    """A task or a milestone of the plan that carries a target; what it is called is asked of the plan."""

    target_id: Mapped[UUID]
    task_id: Mapped[UUID | None]
    milestone_id: Mapped[UUID | None]

    __table_args__ = (
        owned_reference("target_id", "target"),
        owned_reference("task_id", "task"),
        owned_reference("milestone_id", "milestone"),
        sa.UniqueConstraint("tenant_id", "target_id", "task_id"),
        sa.UniqueConstraint("tenant_id", "target_id", "milestone_id"),
    )


class TargetLight(TenantOwned, Identified, db.Model):
    """Set instead of the computed one, with the reason; the one that has not ended counts."""

    target_id: Mapped[UUID]
    light: Mapped[Light] = mapped_column(choice(Light))
    reason: Mapped[str] = mapped_column(sa.String(400))
    set_by_name: Mapped[str] = mapped_column(sa.String(60))
    set_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        owned_reference("target_id", "target"),
        sa.Index("ix_target_light_tenant_target", "tenant_id", "target_id", "ended_at"),
    )
