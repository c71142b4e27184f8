"""Change sets: edits of a confirmed plan that wait for the other side's consent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.plan.rules.changes import ChangeState


class Change(TenantOwned, Identified, db.Model):
    """`edits` are collected while it is a draft (`plan.rules.changes`); `impact` is what both sides saw when it was sent."""

    __tablename__ = "plan_change"

    plan_id: Mapped[UUID]
    number: Mapped[int]
    state: Mapped[ChangeState] = mapped_column(choice(ChangeState), default=ChangeState.DRAFT)
    edits: Mapped[list] = mapped_column(default=list)
    impact: Mapped[dict] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    answer: Mapped[str] = mapped_column(sa.String(400), default="")
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    proposed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.UniqueConstraint("tenant_id", "plan_id", "number"),
    )
