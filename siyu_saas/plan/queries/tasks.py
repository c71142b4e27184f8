"""Tasks of a plan, as rows for pages and as entities for actions."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable
from datetime import date
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.plan.models import Milestone, Module, Plan, Task
from siyu_saas.plan.rules.states import TaskState

TITLES_SHOWN = 300

PLAN_ID = sa.bindparam("plan_id", type_=sa.Uuid())
OPEN = (Task.plan_id == PLAN_ID, Task.removed_at.is_(None))
LINE = (
    Task.id,
    Task.title,
    Task.role,
    Task.owner_name,
    Task.starts_on,
    Task.ends_on,
    Task.agreed_until,
    Task.expected_until,
    Task.state,
    Task.done_on,
    Task.stuck_side,
)
MOVE = (Task.side, Task.slack, Task.started_on, Task.remark, Task.submitted_at)
BAR = (*LINE, Task.milestone_id, Task.side, Task.campaign, Task.agreed_from, Task.slack)
_one = aliased(Task)  # the same tasks, counted; the count comes out of an index


def _counted(columns: tuple, *chosen: Callable[[type[Task]], sa.ColumnElement[bool]]) -> sa.Select:
    """Rows of a page, each with how many there are in all."""
    count = sa.select(sa.func.count()).where(
        _one.plan_id == PLAN_ID, _one.removed_at.is_(None), *(choose(_one) for choose in chosen)
    )
    return (
        sa.select(*columns, count.scalar_subquery().label("total"))
        .where(*OPEN, *(choose(Task) for choose in chosen))
        .limit(sa.bindparam("limit"))
        .offset(sa.bindparam("offset"))
    )


def _is_open(task: type[Task]) -> sa.ColumnElement[bool]:
    return task.done_on.is_(None)


def _is_done(task: type[Task]) -> sa.ColumnElement[bool]:
    return task.done_on.is_not(None)


def _is_own(task: type[Task]) -> sa.ColumnElement[bool]:
    return task.owner_id == sa.bindparam("owner_id", type_=sa.Uuid())


# What is done and what is not are two lists, so that each comes out of an index in its order.
BY_POSITION = _counted(BAR).order_by(Task.position, Task.id)
BY_DATE = _counted(LINE, _is_open).order_by(Task.ends_on, Task.id)
DONE = _counted(LINE, _is_done).order_by(Task.done_on.desc(), Task.ends_on.desc(), Task.id.desc())
OF_PERSON = _counted(LINE, _is_own, _is_open).order_by(Task.ends_on, Task.id)
_counts = sa.select(sa.func.count()).where(*OPEN)  # of a part of an index each, which is quicker than groups
_inside = _counts.where(Task.milestone_id == Milestone.id).correlate(Milestone)
COUNTED_MILESTONES = (
    sa.select(Milestone, _inside.scalar_subquery(), _inside.where(Task.state == TaskState.ACCEPTED).scalar_subquery())
    .where(Milestone.plan_id == PLAN_ID)
    .order_by(Milestone.position)
)
OUTSIDE = _counts.where(Task.milestone_id.is_(None))
EVERY = (
    sa.select(
        Task.key,
        Task.title,
        Task.side,
        Task.role,
        Task.owner_name,
        Task.starts_on,
        Task.ends_on,
        Task.agreed_until,
        Task.expected_until,
        Task.state,
        Task.acceptance,
    )
    .where(*OPEN)
    .order_by(Task.position, Task.id)
)
ONE = (
    sa.select(Task)
    .join(Plan, Plan.id == Task.plan_id)
    .where(
        Task.id == sa.bindparam("task_id", type_=sa.Uuid()),
        Task.removed_at.is_(None),
        Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()),
    )
)
OF_FORM = sa.select(Task).where(Task.form_key == sa.bindparam("form_key"))
LAST = sa.select(sa.func.max(Task.position)).where(Task.plan_id == PLAN_ID)
LAST_INSIDE = LAST.where(Task.milestone_id == sa.bindparam("milestone_id", type_=sa.Uuid()))


def tasks_page(plan_id: UUID, *, page: int, size: int) -> tuple[list[tuple], int]:
    """In the order of the plan."""
    return _page(BY_POSITION, {"plan_id": plan_id}, page, size)


def tasks_by_date(plan_id: UUID, *, done: bool, page: int, size: int) -> tuple[list[tuple], int]:
    """What is open by the day it is due, or what is done, the latest first."""
    return _page(DONE if done else BY_DATE, {"plan_id": plan_id}, page, size)


def all_tasks(plan_id: UUID) -> list[sa.Row]:
    """For a table that leaves the house: rows, not entities, however many."""
    return db.session.execute(EVERY, {"plan_id": plan_id}).all()


def tasks_of_person(plan_id: UUID, owner_id: UUID, *, page: int, size: int) -> tuple[list[tuple], int]:
    return _page(OF_PERSON, {"plan_id": plan_id, "owner_id": owner_id}, page, size)


def tasks_of(plan_id: UUID) -> list[Task]:
    return list(
        db.session.scalars(
            sa.select(Task).where(Task.plan_id == plan_id, Task.removed_at.is_(None)).order_by(Task.position, Task.id)
        )
    )


def task_with(task_id: UUID, *, engagement_id: UUID) -> Task | None:
    return db.session.scalar(ONE, {"task_id": task_id, "engagement_id": engagement_id})


def tasks_in(milestone_id: UUID) -> list[sa.Row]:
    return db.session.execute(
        sa.select(*LINE, Task.key)
        .where(Task.milestone_id == milestone_id, Task.removed_at.is_(None))
        .order_by(Task.position, Task.id)
        .limit(TITLES_SHOWN)
    ).all()


def counted_milestones(plan_id: UUID) -> list[tuple[Milestone, int, int]]:
    """(milestone, how many tasks, how many accepted) in their order."""
    return db.session.execute(COUNTED_MILESTONES, {"plan_id": plan_id}).all()


def count_outside_milestones(plan_id: UUID) -> int:
    return db.session.scalar(OUTSIDE, {"plan_id": plan_id})


def counts_by_role(plan_id: UUID) -> dict[str, int]:
    rows = db.session.execute(
        sa.select(Task.role, sa.func.count()).where(*OPEN).group_by(Task.role), {"plan_id": plan_id}
    )
    return dict(tuple(row) for row in rows)


def pressing_tasks(plan_id: UUID, *, until: date, limit: int) -> list[sa.Row]:
    """What is not accepted and due by a day, handed in, returned or stuck; the earliest first."""
    moving = sa.or_(
        Task.ends_on <= until,
        Task.state.in_([TaskState.SUBMITTED, TaskState.RETURNED]),
        Task.stuck_side.is_not(None),
    )
    chosen = sa.select(*LINE, *MOVE).where(*OPEN, Task.state != TaskState.ACCEPTED, moving)
    return db.session.execute(chosen.order_by(Task.ends_on, Task.id).limit(limit), {"plan_id": plan_id}).all()


def task_titles(plan_id: UUID) -> list[tuple[UUID, str]]:
    chosen = sa.select(Task.id, Task.title).where(Task.plan_id == plan_id, Task.removed_at.is_(None))
    return db.session.execute(chosen.order_by(Task.position, Task.id).limit(TITLES_SHOWN)).all()


def tasks_with(task_ids: list[UUID]) -> list[Task]:
    chosen = sa.select(Task).where(Task.id.in_(task_ids), Task.removed_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Task.position, Task.id))) if task_ids else []


def task_of_form(form_key: str) -> Task | None:
    return db.session.scalar(OF_FORM, {"form_key": form_key})


def last_position(plan_id: UUID, milestone_id: UUID | None = None) -> int | None:
    """Of all tasks of the plan, removed ones too, or of a milestone; None without any."""
    if milestone_id is None:
        return db.session.scalar(LAST, {"plan_id": plan_id})
    return db.session.scalar(LAST_INSIDE, {"plan_id": plan_id, "milestone_id": milestone_id})


def place_of(task: Task) -> sa.Row:
    """(milestone's id and title, the module's title, the finding that speaks for it, the pack); None where there is none."""
    return db.session.execute(
        sa.select(
            Milestone.id.label("milestone_id"),
            Milestone.title.label("milestone"),
            Module.title.label("module"),
            Module.finding,
            Plan.pack,
        )
        .select_from(Task)
        .join(Plan, Plan.id == Task.plan_id)
        .outerjoin(Milestone, Milestone.id == Task.milestone_id)
        .outerjoin(Module, sa.and_(Module.plan_id == Task.plan_id, Module.key == Task.module))
        .where(Task.id == task.id)
    ).one()


def events_about(task_id: UUID, limit: int) -> list[sa.Row]:
    """What was recorded of a task, the latest first."""
    return db.session.execute(
        sa.select(AuditEvent.at, AuditEvent.actor_name, AuditEvent.verb, AuditEvent.object_label, AuditEvent.changes)
        .where(AuditEvent.object_id == task_id)
        .order_by(AuditEvent.at.desc())
        .limit(limit)
    ).all()


def _page(statement: sa.Select, values: dict, page: int, size: int) -> tuple[list[tuple], int]:
    found = db.session.execute(statement, {**values, "limit": size, "offset": (page - 1) * size})
    rows = list(map(_shape(tuple(found.keys()))._make, found))
    return rows, rows[0].total if rows else 0


@cache
def _shape(names: tuple[str, ...]) -> type[tuple]:
    """A named tuple: its names are read ten times as quickly as those of a row."""
    return namedtuple("Task", names)
