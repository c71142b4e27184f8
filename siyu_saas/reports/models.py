"""Versions of a report: frozen data, and the consultant's words about it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned


class Report(TenantOwned, Identified, db.Model):
    """`data` is a `ReportData` as JSON and never changes. Until it is sent (`sent_at`) the words, the order and what is
    hidden may; `narrative` maps a section to `{text, confirmed}`. Its number is that of the signed document.
    """

    engagement_id: Mapped[UUID]
    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    data: Mapped[dict] = mapped_column(deferred=True)
    sha256: Mapped[str] = mapped_column(sa.String(64))
    narrative: Mapped[dict] = mapped_column(default=dict)
    order: Mapped[list] = mapped_column("section_order", default=list)
    hidden: Mapped[list] = mapped_column(default=list)
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "number"),
    )


class WeeklyBrief(TenantOwned, Identified, db.Model):
    """One week in words; drafted from records, edited, then sent. `data` is a `Brief` as JSON."""

    engagement_id: Mapped[UUID]
    week: Mapped[date]
    data: Mapped[dict]
    text: Mapped[str] = mapped_column(sa.String(4000))
    made_at: Mapped[datetime] = mapped_column(default=now)
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    sent_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id", "week"),
    )
