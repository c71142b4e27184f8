"""Texts that the merchant publishes, in versions."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.kits import KitState


class KitText(TenantOwned, Identified, db.Model):
    """One version of a text that the merchant publishes: the consultant's draft, or what the merchant decided on."""

    engagement_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    number: Mapped[int]
    body: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[KitState] = mapped_column(choice(KitState), default=KitState.DRAFT)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    approved_by_name: Mapped[str] = mapped_column(sa.String(60), default="")
    approved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "key", "number"),
    )
