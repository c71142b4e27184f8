"""What the merchants on one page of the list wait for, and what comes next: one statement for the fifty of a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.rules.states import ItemState
from siyu_saas.plan.models import Milestone, Plan, Task, Wait
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.models import Engagement, Tenant
from siyu_saas.tenants.rules import Side

TENANTS = sa.bindparam("tenant_ids", expanding=True)
TODAY = sa.bindparam("today", type_=sa.Date())
MILESTONES_SHOWN = 200


@dataclass
class Detail:
    """Of one merchant: by side how many things wait and since when the oldest does; the next milestone."""

    waiting: dict[Side, int] = field(default_factory=dict)
    since: dict[Side, date] = field(default_factory=dict)
    next_title: str = ""
    next_on: date | None = None


def details(tenant_ids: list[UUID], *, today: date) -> dict[UUID, Detail]:
    """In a portfolio scope, by merchant."""
    found: dict[UUID, Detail] = defaultdict(Detail)
    for row in db.session.execute(DETAILS, {"tenant_ids": tenant_ids, "today": today}):
        _take(found[row.tenant_id], row)
    return found


def milestones_ahead(*, first: date, last: date) -> list[sa.Row]:
    """In a portfolio scope: rows (slug, name, title, ends_on, number), by day."""
    return db.session.execute(AHEAD, {"first": first, "last": last}).all()


def _take(detail: Detail, row) -> None:
    if row.kind == "milestone":
        detail.next_title, detail.next_on = row.label, row.day
    else:
        side = Side(row.label)
        detail.waiting[side] = detail.waiting.get(side, 0) + row.count
        if row.day is not None:
            detail.since[side] = min(detail.since.get(side, row.day), row.day)


def _row(kind: str, tenant_id, count, day, label) -> sa.Select:
    return sa.select(
        sa.literal_column(f"'{kind}'", sa.String()).label("kind"),
        tenant_id.label("tenant_id"),
        count.label("count"),
        day.label("day"),
        label.label("label"),
    )


def _side(column: sa.ColumnElement) -> sa.ColumnElement[str]:
    return sa.type_coerce(column, sa.String())


_none = sa.literal_column("0", sa.Integer())
_of_plan = sa.and_(Plan.tenant_id == Task.tenant_id, Plan.id == Task.plan_id)
_current = sa.and_(Engagement.tenant_id == Plan.tenant_id, Engagement.id == Plan.engagement_id)
_waits = (
    _row("wait", Wait.tenant_id, sa.func.count(), sa.func.min(Wait.began_on), _side(Wait.side))
    .where(Wait.tenant_id.in_(TENANTS), Wait.ended_on.is_(None))
    .group_by(Wait.tenant_id, Wait.side)
)
_late = (
    _row("late", Task.tenant_id, sa.func.count(), sa.func.min(Task.ends_on), _side(Task.side))
    .join(Plan, _of_plan)
    .where(
        Task.tenant_id.in_(TENANTS),
        Plan.confirmed_at.is_not(None),
        Task.ends_on < TODAY,
        Task.state.in_((TaskState.TODO, TaskState.DOING)),
        Task.stuck_side.is_(None),
        Task.removed_at.is_(None),
    )
    .group_by(Task.tenant_id, Task.side)
)
_items = (
    _row(
        "item",
        Item.tenant_id,
        sa.func.count(),
        sa.null(),
        sa.literal_column(f"'{Side.FIRM.value}'", sa.String()),
    )
    .where(Item.tenant_id.in_(TENANTS), Item.state == ItemState.SUBMITTED)
    .group_by(Item.tenant_id)
)
_ahead = (
    sa.select(
        Milestone.tenant_id,
        Milestone.ends_on,
        Milestone.title,
        sa.func.row_number()
        .over(partition_by=Milestone.tenant_id, order_by=(Milestone.ends_on, Milestone.position))
        .label("place"),
    )
    .where(Milestone.tenant_id.in_(TENANTS), Milestone.reached_on.is_(None))
    .subquery()
)
_milestones = _row("milestone", _ahead.c.tenant_id, _none, _ahead.c.ends_on, _ahead.c.title).where(_ahead.c.place == 1)
DETAILS = sa.union_all(_waits, _late, _items, _milestones)
AHEAD = (
    sa.select(Tenant.slug, Tenant.name, Engagement.number, Milestone.title, Milestone.ends_on)
    .select_from(Milestone)
    .join(Plan, sa.and_(Plan.tenant_id == Milestone.tenant_id, Plan.id == Milestone.plan_id))
    .join(Engagement, _current)
    .join(Tenant, Tenant.id == Milestone.tenant_id)
    .where(
        Milestone.reached_on.is_(None),
        Engagement.archived_at.is_(None),
        Milestone.ends_on.between(sa.bindparam("first", type_=sa.Date()), sa.bindparam("last", type_=sa.Date())),
    )
    .order_by(Milestone.ends_on, Tenant.name, Milestone.id)
    .limit(MILESTONES_SHOWN)
)
