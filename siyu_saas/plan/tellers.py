"""Whom a fact of a plan concerns, what is due, and the days of tasks and milestones."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Due, Entry, Message, calendar_entries, due_things, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.plan.models import Change, Duty, Milestone, Nudge, Plan, Task
from siyu_saas.plan.rules.states import TaskState, other
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import FIRM_ROLES, Role, Side

AGREEING = (Role.BOSS, Role.LEAD)
LEADING = {Side.FIRM: (Role.LEAD_CONSULTANT, Role.CONSULTANT), Side.MERCHANT: (Role.LEAD, Role.COORDINATOR)}
REVIEWING = {Side.FIRM: (Role.LEAD_CONSULTANT, Role.CONSULTANT), Side.MERCHANT: AGREEING}


@tells("task.submitted", Kind.SUBMITTED)
def submitted(event: AuditEvent) -> list[Message]:
    task = _task(event)
    return (
        _about(event, task, people_in(event.tenant_id, roles=REVIEWING[other(task.side)]), "请验收「{}」")
        if task is not None
        else []
    )


@tells("task.returned", Kind.RETURNED)
def returned(event: AuditEvent) -> list[Message]:
    task = _task(event)
    return _about(event, task, _owners(event, task), "「{}」被退回，请看哪里要补") if task is not None else []


@tells("task.accepted", Kind.CHANGED)
def accepted(event: AuditEvent) -> list[Message]:
    task = _task(event)
    return _about(event, task, _owners(event, task), "「{}」通过验收") if task is not None else []


@tells("task.assigned", Kind.CHANGED)
def assigned(event: AuditEvent) -> list[Message]:
    task = _task(event)
    if task is None or task.owner_id is None:
        return []
    return _about(event, task, {task.owner_id}, "「{}」由你负责")


@tells("task.stuck", Kind.CHANGED)
def stuck(event: AuditEvent) -> list[Message]:
    """The side that is waited for."""
    task = _task(event)
    if task is None or task.stuck_side is None:
        return []
    people = people_in(event.tenant_id, roles=LEADING[task.stuck_side])
    return _about(event, task, people, "「{}」卡住了，等你们处理")


@tells("nudge.sent", Kind.DUE)
def nudged(event: AuditEvent) -> list[Message]:
    row = db.session.scalar(sa.select(Nudge).where(Nudge.id == event.object_id))
    if row is None:
        return []
    people = people_in(event.tenant_id, side=row.side)
    here = {"number": _number(row.engagement_id)}
    return [Message(people, row.text, "plan.waits", here, row.engagement_id)]


@tells("change.informed", Kind.CHANGED)
@tells("change.confirmed", Kind.CHANGED)
@tells("change.declined", Kind.RETURNED)
def changed(event: AuditEvent) -> list[Message]:
    row = db.session.execute(
        sa.select(Change.number, Plan.engagement_id)
        .join(Plan, Plan.id == Change.plan_id)
        .where(Change.id == event.object_id)
    ).one_or_none()
    if row is None:
        return []
    people = people_in(event.tenant_id, roles=(*FIRM_ROLES, *AGREEING))
    words = {"change.informed": "已生效", "change.confirmed": "商家已确认", "change.declined": "商家没有同意"}
    title = f"计划改动第 {row.number} 组{words[event.verb]}"
    return [Message(people, title, "plan.changing", {"number": _number(row.engagement_id)}, row.engagement_id)]


@tells("plan.confirmed", Kind.CHANGED)
@tells("plan.returned", Kind.RETURNED)
def answered(event: AuditEvent) -> list[Message]:
    plan = db.session.scalar(sa.select(Plan).where(Plan.id == event.object_id))
    if plan is None:
        return []
    title = "商家已确认服务计划" if event.verb == "plan.confirmed" else f"服务计划退回：{event.object_label}"
    here = {"number": _number(plan.engagement_id)}
    return [Message(people_in(event.tenant_id, roles=FIRM_ROLES), title, "plan.show", here, plan.engagement_id)]


@tells("milestone.reached", Kind.CHANGED)
@tells("milestone.sent_back", Kind.RETURNED)
@tells("milestone.rated", Kind.CHANGED)
def milestone_moved(event: AuditEvent) -> list[Message]:
    row = db.session.execute(
        sa.select(Milestone.id, Plan.engagement_id)
        .join(Plan, Plan.id == Milestone.plan_id)
        .where(Milestone.id == event.object_id)
    ).one_or_none()
    if row is None:
        return []
    words = {"milestone.reached": "商家签收", "milestone.sent_back": "商家没有签收", "milestone.rated": "商家评价"}
    title = f"{words[event.verb]}：{event.object_label}"
    here = {"number": _number(row.engagement_id), "milestone_id": row.id}
    people = people_in(event.tenant_id, roles=FIRM_ROLES)
    return [Message(people, title, "plan.milestone", here, row.engagement_id)]


@tells("duty.added", Kind.CHANGED)
@tells("duty.changed", Kind.CHANGED)
def duty_moved(event: AuditEvent) -> list[Message]:
    """To those who confirmed who answers for what."""
    row = db.session.execute(
        sa.select(Plan.engagement_id).join(Duty, Duty.plan_id == Plan.id).where(Duty.id == event.object_id)
    ).one_or_none()
    if row is None:
        return []
    people = people_in(event.tenant_id, roles=AGREEING)
    here = {"number": _number(row.engagement_id)}
    return [Message(people, f"职责分配改为：{event.object_label}", "plan.team", here, row.engagement_id)]


@due_things
def tasks_due() -> list[Due]:
    """Open tasks of confirmed plans in service periods that go on."""
    rows = _open_tasks()
    leads = {side: people_in(rows[0].tenant_id, roles=roles) for side, roles in LEADING.items()} if rows else {}
    return [
        Due(
            key=f"task-{row.id}-{row.ends_on.isoformat()}",
            title=row.title,
            due_on=row.ends_on,
            owners={row.owner_id} if row.owner_id else leads[row.side],
            leads=leads[row.side],
            endpoint="plan.task",
            values={"number": row.number, "task_id": row.id},
            engagement_id=row.engagement_id,
        )
        for row in rows
    ]


@calendar_entries
def plan_days() -> list[Entry]:
    found = [
        Entry(
            f"task-{row.id}",
            row.title,
            row.starts_on,
            row.ends_on,
            "plan.task",
            {"number": row.number, "task_id": row.id},
            row.engagement_id,
        )
        for row in _open_tasks()
    ]
    milestones = db.session.execute(
        sa.select(Milestone.id, Milestone.title, Milestone.ends_on, Plan.engagement_id, Engagement.number)
        .join(Plan, Plan.id == Milestone.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(*RUNNING)
        .order_by(Milestone.ends_on)
    )
    return found + [
        Entry(
            f"milestone-{row.id}",
            f"◆ {row.title}",
            row.ends_on,
            row.ends_on,
            "plan.milestone",
            {"number": row.number, "milestone_id": row.id},
            row.engagement_id,
        )
        for row in milestones
    ]


RUNNING = (Plan.confirmed_at.is_not(None), Engagement.archived_at.is_(None), Engagement.paused_on.is_(None))


def _open_tasks() -> list[sa.Row]:
    return db.session.execute(
        sa.select(
            Task.id,
            Task.tenant_id,
            Task.title,
            Task.side,
            Task.owner_id,
            Task.starts_on,
            Task.ends_on,
            Plan.engagement_id,
            Engagement.number,
        )
        .join(Plan, Plan.id == Task.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(*RUNNING, Task.removed_at.is_(None), Task.state.not_in([TaskState.ACCEPTED, TaskState.SUBMITTED]))
        .order_by(Task.ends_on, Task.id)
    ).all()


def _task(event: AuditEvent) -> Task | None:
    return db.session.scalar(sa.select(Task).where(Task.id == event.object_id, Task.removed_at.is_(None)))


def _owners(event: AuditEvent, task: Task) -> set[UUID]:
    return {task.owner_id} if task.owner_id else people_in(event.tenant_id, roles=LEADING[task.side])


def _about(event: AuditEvent, task: Task, people: set[UUID], sentence: str) -> list[Message]:
    engagement_id = db.session.scalar(sa.select(Plan.engagement_id).where(Plan.id == task.plan_id))
    here = {"number": _number(engagement_id), "task_id": task.id}
    return [Message(people, sentence.format(task.title), "plan.task", here, engagement_id)]


def _number(engagement_id: UUID) -> int:
    return db.session.scalar(sa.select(Engagement.number).where(Engagement.id == engagement_id))
