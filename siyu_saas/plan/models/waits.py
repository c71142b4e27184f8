"""What was waited for, who was reminded, and the meetings that were held."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.rules import Side


class Wait(TenantOwned, Identified, db.Model):
    """One side's clock, from the day something stood still until it went on. `subject_id` is a task, a change, …"""

    plan_id: Mapped[UUID]
    subject_id: Mapped[UUID]
    label: Mapped[str] = mapped_column(sa.String(120))
    side: Mapped[Side] = mapped_column(choice(Side))
    cause: Mapped[Cause] = mapped_column(choice(Cause))
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    began_on: Mapped[date]
    ended_on: Mapped[date | None]

    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.Index("ix_wait_tenant_plan", "tenant_id", "plan_id", "ended_on"),
        sa.Index("ix_wait_tenant_subject", "tenant_id", "subject_id"),
    )


class Nudge(TenantOwned, Identified, db.Model):
    """A reminder about one open thing (`tenants.rules.waiting`); once a day each."""

    engagement_id: Mapped[UUID]
    thing: Mapped[str] = mapped_column(sa.String(80))
    side: Mapped[Side] = mapped_column(choice(Side))
    text: Mapped[str] = mapped_column(sa.String(400))
    sent_on: Mapped[date]
    sent_by_name: Mapped[str] = mapped_column(sa.String(60))
    sent_at: Mapped[datetime] = mapped_column(default=now)

    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "thing", "sent_on"),
    )


class Meeting(TenantOwned, Identified, db.Model):
    """Minutes; what was decided to be done became tasks."""

    plan_id: Mapped[UUID]
    title: Mapped[str] = mapped_column(sa.String(80))
    held_on: Mapped[date]
    people: Mapped[str] = mapped_column(sa.String(400), default="")
    minutes: Mapped[str] = mapped_column(sa.Text)
    decisions: Mapped[str] = mapped_column(sa.Text)
    task_ids: Mapped[list] = mapped_column(default=list)
    written_by_name: Mapped[str] = mapped_column(sa.String(60))
    written_at: Mapped[datetime] = mapped_column(default=now)
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_meeting_tenant_plan", "tenant_id", "plan_id", "held_on"),
    )
