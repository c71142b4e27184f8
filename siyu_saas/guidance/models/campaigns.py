"""A campaign with its materials, three-day script, briefings, issues, and the improvements that its review found."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.guidance.rules.campaigns import CampaignState, Verdict


class Campaign(TenantOwned, Identified, db.Model):
    """Five goals and, afterwards, what they became; null is unknown. Money in fen, rates in basis points."""

    engagement_id: Mapped[UUID]
    type: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    mechanic: Mapped[str] = mapped_column(sa.String(400), default="")
    audience: Mapped[str] = mapped_column(sa.String(200), default="")
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[CampaignState] = mapped_column(choice(CampaignState), default=CampaignState.PLANNED)
    goal_joins: Mapped[int | None]
    goal_interactions: Mapped[int | None]
    goal_orders: Mapped[int | None]
    goal_cost_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    goal_profit_bp: Mapped[int | None]
    joins: Mapped[int | None]
    interactions: Mapped[int | None]
    orders: Mapped[int | None]
    gmv_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    cost_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    profit_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    locked_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(sa.String(1000), default="")
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_campaign_tenant_engagement", "tenant_id", "engagement_id", "starts_on"),
    )


class Material(TenantOwned, Identified, db.Model):
    """One thing that has to be ready; `plan_b` says what is used if it is not."""

    campaign_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(sa.String(80))
    amount: Mapped[str] = mapped_column(sa.String(40), default="")
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date]
    plan_b: Mapped[str] = mapped_column(sa.String(120), default="")
    ready_at: Mapped[datetime | None]

    __table_args__ = (owned_reference("campaign_id", "campaign"),)


class ScriptLine(TenantOwned, Identified, db.Model):
    """What is posted when; `day` counts from 1."""

    campaign_id: Mapped[UUID]
    day: Mapped[int]
    at: Mapped[time]
    theme: Mapped[str] = mapped_column(sa.String(40), default="")
    text: Mapped[str] = mapped_column(sa.String(1000))
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")

    __table_args__ = (owned_reference("campaign_id", "campaign"),)


class Briefing(TenantOwned, Identified, db.Model):
    campaign_id: Mapped[UUID]
    held_on: Mapped[date]
    invited: Mapped[int]
    came: Mapped[int]
    asked: Mapped[int] = mapped_column(default=0)
    right: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(sa.String(400), default="")

    __table_args__ = (owned_reference("campaign_id", "campaign"),)


class Issue(TenantOwned, Identified, db.Model):
    """What went wrong, why, and what was done about it."""

    campaign_id: Mapped[UUID]
    seen_at: Mapped[datetime] = mapped_column(default=now)
    what: Mapped[str] = mapped_column(sa.String(400))
    cause: Mapped[str] = mapped_column(sa.String(400), default="")
    remedy: Mapped[str] = mapped_column(sa.String(400), default="")
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    closed_at: Mapped[datetime | None]

    __table_args__ = (owned_reference("campaign_id", "campaign"),)


class Improvement(TenantOwned, Identified, db.Model):
    """Keep, stop or improve; one to improve becomes a task of the plan."""

    campaign_id: Mapped[UUID]
    verdict: Mapped[Verdict] = mapped_column(choice(Verdict))
    text: Mapped[str] = mapped_column(sa.String(200))
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date | None]
    task_id: Mapped[UUID | None]

    __table_args__ = (owned_reference("campaign_id", "campaign"),)
