"""One service period after another, its stages and its pauses."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.tenants.rules.roles import Side
from siyu_saas.tenants.rules.stages import Stage


class Engagement(TenantOwned, Identified, db.Model):
    """One service period (服务期) of a merchant; `number` counts from 1 and is part of its address.

    `starts_on` is day 0 of its package. While paused, `paused_on` is set; resuming shifts the days that are left.
    """

    number: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(80))
    package: Mapped[str] = mapped_column(sa.String(40), default="")
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.DIAGNOSE)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    coordinator: Mapped[str] = mapped_column(sa.String(60), default="")
    kickoff_at: Mapped[datetime | None]
    kickoff_place: Mapped[str] = mapped_column(sa.String(120), default="")
    paused_on: Mapped[date | None]
    archived_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (sa.UniqueConstraint("tenant_id", "number"), sa.UniqueConstraint("tenant_id", "form_key"))


class StageEntry(TenantOwned, Identified, db.Model):
    """When an engagement entered a stage, and who moved it there."""

    engagement_id: Mapped[UUID]
    stage: Mapped[Stage] = mapped_column(choice(Stage))
    entered_at: Mapped[datetime] = mapped_column(default=now)
    moved_by_name: Mapped[str] = mapped_column(sa.String(60))

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_stage_entry_tenant_engagement", "tenant_id", "engagement_id", "entered_at"),
    )


class Pause(TenantOwned, Identified, db.Model):
    """`days` is known once the engagement went on: calendar days between the two dates, counted for `side`."""

    engagement_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(sa.String(200))
    side: Mapped[Side] = mapped_column(choice(Side))
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    days: Mapped[int | None]

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.Index("ix_pause_tenant_engagement", "tenant_id", "engagement_id", "began_on"),
    )
