"""Tasks, and what each waits for."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from siyu_saas.core.database import Identified, choice, db, owned_reference
from siyu_saas.core.tenancy import TenantOwned
from siyu_saas.plan.rules.states import Kind, Repeats, TaskState
from siyu_saas.tenants.rules import Side


class Task(TenantOwned, Identified, db.Model):
    """`starts_on` and `ends_on` are planned; `agreed_…` were confirmed first and never move; `expected_…` follow from what
    really happened, with the calendar days of `slack`. `checklists` are keys of the
    pack: what is in them belongs to guidance. `why` is the finding that brought it in.
    """

    plan_id: Mapped[UUID]
    milestone_id: Mapped[UUID | None]
    key: Mapped[str] = mapped_column(sa.String(40))
    position: Mapped[int]
    title: Mapped[str] = mapped_column(sa.String(120))
    kind: Mapped[Kind] = mapped_column(choice(Kind))
    side: Mapped[Side] = mapped_column(choice(Side))
    role: Mapped[str] = mapped_column(sa.String(30))
    helpers: Mapped[str] = mapped_column(sa.String(80), default="")
    owner_id: Mapped[UUID | None]
    owner_name: Mapped[str] = mapped_column(sa.String(60), default="")
    module: Mapped[str] = mapped_column(sa.String(40), default="")
    deliverable: Mapped[str] = mapped_column(sa.String(400), default="")
    acceptance: Mapped[str] = mapped_column(sa.String(1000), default="")
    checklists: Mapped[list] = mapped_column(default=list)
    why: Mapped[str] = mapped_column(sa.String(400), default="")
    campaign: Mapped[bool] = mapped_column(default=False)
    repeats: Mapped[Repeats] = mapped_column(choice(Repeats), default=Repeats.NEVER)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agreed_from: Mapped[date | None]
    agreed_until: Mapped[date | None]
    expected_from: Mapped[date | None]
    expected_until: Mapped[date | None]
    slack: Mapped[int | None]
    state: Mapped[TaskState] = mapped_column(choice(TaskState), default=TaskState.TODO)
    started_on: Mapped[date | None]
    submitted_at: Mapped[datetime | None]
    done_on: Mapped[date | None]
    stuck_side: Mapped[Side | None] = mapped_column(choice(Side))
    remark: Mapped[str] = mapped_column(sa.String(400), default="")
    removed_at: Mapped[datetime | None]
    form_key: Mapped[str | None] = mapped_column(sa.String(64))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
    __table_args__ = (
        owned_reference("plan_id", "plan"),
        owned_reference("milestone_id", "milestone"),
        sa.UniqueConstraint("tenant_id", "form_key"),
        sa.Index("ix_task_tenant_plan", "tenant_id", "plan_id", "removed_at", "position", "id"),
        sa.Index("ix_task_tenant_due", "tenant_id", "plan_id", "removed_at", "done_on", "ends_on", "id"),
        sa.Index("ix_task_tenant_milestone", "tenant_id", "plan_id", "removed_at", "milestone_id", "state"),
        sa.Index("ix_task_tenant_owner", "tenant_id", "owner_id", "plan_id", "removed_at", "done_on", "ends_on", "id"),
    )


class Link(TenantOwned, Identified, db.Model):
    """`after_id` begins when `before_id` is finished."""

    __tablename__ = "task_link"

    plan_id: Mapped[UUID]
    before_id: Mapped[UUID]
    after_id: Mapped[UUID]

    __table_args__ = (
        owned_reference("plan_id", "plan"),
        owned_reference("before_id", "task"),
        owned_reference("after_id", "task"),
        sa.UniqueConstraint("tenant_id", "after_id", "before_id"),
        sa.Index("ix_task_link_tenant_plan", "tenant_id", "plan_id"),
    )
