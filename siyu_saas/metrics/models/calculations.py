"""What was calculated, from what, and by whom."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class CalcRun(TenantOwned, Identified, db.Model):
    """`inputs` as they were typed, `outputs` as they were shown (pairs of name and text). Never changed. Source: domain C5.

    `edition` is that of the calculator's rules.
    """

    engagement_id: Mapped[UUID]
    calculator: Mapped[str] = mapped_column(sa.String(20))
    title: Mapped[str] = mapped_column(sa.String(80))
    inputs: Mapped[dict]
    outputs: Mapped[list]
    edition: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    form_key: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_calc_run_tenant_engagement", "tenant_id", "engagement_id", "made_at"),
    )
