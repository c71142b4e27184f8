"""Who answers for what in a plan, copied from the pack when the plan is made."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class Duty(TenantOwned, Identified, db.Model):
    """One matter; `letters` are R, A, RA, C or I by role."""

    __tablename__ = "plan_duty"

    plan_id: Mapped[UUID]
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    letters: Mapped[dict]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.Index("ix_plan_duty_tenant_plan", "tenant_id", "plan_id", "position"),
    )
