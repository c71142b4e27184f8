"""Targets that no number measures: both sides say where they stand, on the same five steps. Source: product C8."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules import Side


class Quality(TenantOwned, Identified, db.Model):
    """`good` says what it looks like when it is reached."""

    engagement_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(80))
    good: Mapped[str] = mapped_column(sa.String(400))
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_quality_tenant_engagement", "tenant_id", "engagement_id", "made_at"),
    )


class QualityMark(TenantOwned, Identified, db.Model):
    """What one side said, only ever added; the newest of a side counts."""

    quality_id: Mapped[UUID]
    side: Mapped[Side] = mapped_column(choice(Side))
    step: Mapped[int]
    words: Mapped[str] = mapped_column(sa.String(400), default="")
    given_by_name: Mapped[str] = mapped_column(sa.String(60))
    given_at: Mapped[datetime] = mapped_column(default=now)
    form_key: Mapped[str | None] = mapped_column(sa.String(64))

    __table_args__ = (
        owned_reference("quality_id", "quality"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_quality_mark_tenant_quality", "tenant_id", "quality_id", "given_at"),
    )
