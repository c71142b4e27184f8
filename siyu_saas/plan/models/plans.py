"""The plan of a service period, its milestones, the modules in it, and who holds which post."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.clock import now
from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.plan.rules.states import Gate
from siyu_saas.tenants.rules import Stage


class Plan(TenantOwned, Identified, db.Model):
    """One for each service period. `edition` counts what the merchant confirmed, 0 before; `pack` and `pack_version` say
    what it was copied from."""

    engagement_id: Mapped[UUID]
    package: Mapped[str] = mapped_column(sa.String(40))
    package_title: Mapped[str] = mapped_column(sa.String(80))
    pack: Mapped[str] = mapped_column(sa.String(40), default="")
    pack_version: Mapped[int] = mapped_column(default=0)
    day_zero: Mapped[date]
    edition: Mapped[int] = mapped_column(default=0)
    proposed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    agreed_until: Mapped[date | None]
    expected_until: Mapped[date | None]
    made_by_name: Mapped[str] = mapped_column(sa.String(60))
    made_at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("engagement_id", "engagement"),
        sa.UniqueConstraint("tenant_id", "engagement_id"),
    )


class Milestone(TenantOwned, Identified, db.Model):
    """A point that the merchant signs off. Its dates are those of its tasks; `agreed_…` are what was confirmed first."""

    plan_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    stage: Mapped[Stage] = mapped_column(choice(Stage), default=Stage.GUIDE)
    position: Mapped[int]
    required: Mapped[bool] = mapped_column(default=False)
    gate: Mapped[Gate] = mapped_column(choice(Gate), default=Gate.WARN)
    deliverable: Mapped[str] = mapped_column(sa.String(400), default="")
    acceptance: Mapped[str] = mapped_column(sa.String(1000), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agreed_until: Mapped[date | None]
    asked_at: Mapped[datetime | None]
    reached_on: Mapped[date | None]
    satisfaction: Mapped[int | None]
    satisfaction_note: Mapped[str] = mapped_column(sa.String(400), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.UniqueConstraint("tenant_id", "plan_id", "key"),
    )


class Module(TenantOwned, Identified, db.Model):
    """A module of the package that is in the plan, and the finding that speaks for it; `left_out` keeps the others."""

    __tablename__ = "plan_module"

    plan_id: Mapped[UUID]
    key: Mapped[str] = mapped_column(sa.String(40))
    title: Mapped[str] = mapped_column(sa.String(80))
    finding: Mapped[str] = mapped_column(sa.String(40), default="")
    reason: Mapped[str] = mapped_column(sa.String(400), default="")
    left_out: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.UniqueConstraint("tenant_id", "plan_id", "key"),
    )


class Post(TenantOwned, Identified, db.Model):
    """Who holds a role in this plan: one of the workspace's people, or somebody named who does not sign in."""

    plan_id: Mapped[UUID]
    role: Mapped[str] = mapped_column(sa.String(30))
    user_id: Mapped[UUID | None]
    name: Mapped[str] = mapped_column(sa.String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        sa.UniqueConstraint("tenant_id", "plan_id", "role"),
    )
