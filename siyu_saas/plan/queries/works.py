"""What the rules reckon with: tasks as works, and which of them waits for which."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Link, Task
from siyu_saas.plan.rules.schedule import Work
from siyu_saas.plan.rules.states import TaskState

from .tasks import OPEN, PLAN_ID

WORKS = sa.select(
    Task.id,
    Task.title,
    Task.starts_on,
    Task.ends_on,
    Task.campaign,
    Task.started_on,
    Task.done_on,
    Task.expected_from,
    Task.expected_until,
    Task.slack,
).where(*OPEN)
LINKS = sa.select(Link.before_id, Link.after_id).where(Link.plan_id == PLAN_ID)
SHOWN = (
    sa.select(Task.id)
    .where(*OPEN)
    .order_by(Task.position, Task.id)
    .limit(sa.bindparam("limit"))
    .offset(sa.bindparam("offset"))
    .subquery()
)
# Not by plan as well: each task shown is looked up in the index of what it waits for.
LINKS_INTO = sa.select(Link.before_id, Link.after_id).join(SHOWN, SHOWN.c.id == Link.after_id)


def work_rows(plan_id: UUID) -> list[sa.Row]:
    return db.session.execute(WORKS, {"plan_id": plan_id}).all()


def works_in(rows: list[sa.Row]) -> list[Work]:
    return [Work(row.id, row.starts_on, row.ends_on, row.campaign, row.started_on, row.done_on) for row in rows]


def links_of(plan_id: UUID) -> list[tuple[UUID, UUID]]:
    """Pairs (before, after)."""
    return db.session.execute(LINKS, {"plan_id": plan_id}).all()


def links_into(plan_id: UUID, *, page: int, size: int) -> list[tuple[UUID, UUID]]:
    """Pairs (before, after) of what the tasks of a page of `tasks_page` wait for."""
    return db.session.execute(LINKS_INTO, {"plan_id": plan_id, "limit": size, "offset": (page - 1) * size}).all()


def neighbours(task_id: UUID) -> list[sa.Row]:
    """Rows (id, title, state, ends_on, is before) of what this task waits for and what waits for it."""
    columns = (Task.id, Task.title, Task.state, Task.starts_on, Task.ends_on)
    before = sa.select(*columns, sa.true().label("before")).join(Link, Link.before_id == Task.id)
    after = sa.select(*columns, sa.false().label("before")).join(Link, Link.after_id == Task.id)
    both = sa.union_all(
        before.where(Link.after_id == task_id, Task.removed_at.is_(None)),
        after.where(Link.before_id == task_id, Task.removed_at.is_(None)),
    )
    return db.session.execute(both).all()


def unfinished_before(task_id: UUID) -> list[str]:
    """Titles of what this task was to wait for."""
    return list(
        db.session.scalars(
            sa.select(Task.title)
            .join(Link, Link.before_id == Task.id)
            .where(Link.after_id == task_id, Task.removed_at.is_(None), Task.state != TaskState.ACCEPTED)
            .order_by(Task.position)
        )
    )
