"""Whom a fact of a plan concerns."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.plan.models import Change, Duty, Milestone, Nudge, Plan, Post, Task
from siyu_saas.plan.rules.states import other
from siyu_saas.plan.rules.team import role_title
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
    """The one who has it now, and the one who had it; by name, for a group reads it too."""
    task = _task(event)
    if task is None:
        return []
    now_theirs = {task.owner_id} if task.owner_id else set()
    before = _ids_before(event, "owner_id") - now_theirs
    words = f"「{{}}」由{task.owner_name}负责" if task.owner_name else f"「{{}}」不再由{_name_before(event)}负责"
    return _about(event, task, now_theirs | before, words) if now_theirs or before else []


@tells("post.filled", Kind.CHANGED)
def post_filled(event: AuditEvent) -> list[Message]:
    """The one who holds the role now, and the one who held it."""
    row = db.session.execute(
        sa.select(Post.role, Post.user_id, Post.name, Plan.engagement_id)
        .join(Plan, Plan.id == Post.plan_id)
        .where(Post.id == event.object_id)
    ).one_or_none()
    if row is None:
        return []
    people = _ids_before(event, "user_id") | ({row.user_id} if row.user_id else set())
    words = f"由{row.name}担任" if row.name else f"不再由{_name_before(event)}担任"
    return [_on_team(row.engagement_id, people, f"{role_title(row.role)}{words}")] if people else []


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
    engagement_id = db.session.scalar(
        sa.select(Plan.engagement_id).join(Duty, Duty.plan_id == Plan.id).where(Duty.id == event.object_id)
    )
    return _about_duty(event, engagement_id, f"职责分配改为：{event.object_label}")


@tells("duty.removed", Kind.CHANGED)
def duty_removed(event: AuditEvent) -> list[Message]:
    engagement_id = db.session.scalar(sa.select(Plan.engagement_id).where(Plan.id == event.object_id))
    return _about_duty(event, engagement_id, f"职责分配删除了：{event.object_label}")


def _about_duty(event: AuditEvent, engagement_id: UUID | None, title: str) -> list[Message]:
    """To those who confirmed who answers for what, and to whom it left."""
    if engagement_id is None:
        return []
    people = people_in(event.tenant_id, roles=AGREEING) | _ids_before(event, "holder_ids")
    return [_on_team(engagement_id, people, title)]


def _task(event: AuditEvent) -> Task | None:
    return db.session.scalar(sa.select(Task).where(Task.id == event.object_id, Task.removed_at.is_(None)))


def _owners(event: AuditEvent, task: Task) -> set[UUID]:
    return {task.owner_id} if task.owner_id else people_in(event.tenant_id, roles=LEADING[task.side])


def _about(event: AuditEvent, task: Task, people: set[UUID], sentence: str) -> list[Message]:
    engagement_id = db.session.scalar(sa.select(Plan.engagement_id).where(Plan.id == task.plan_id))
    here = {"number": _number(engagement_id), "task_id": task.id}
    return [Message(people, sentence.format(task.title), "plan.task", here, engagement_id)]


def _on_team(engagement_id: UUID, people: set[UUID], title: str) -> Message:
    return Message(people, title, "plan.team", {"number": _number(engagement_id)}, engagement_id)


def _ids_before(event: AuditEvent, name: str) -> set[UUID]:
    before, _after = event.changes.get(name, ("", ""))
    return {UUID(one) for one in (before or "").split(",") if one}


def _name_before(event: AuditEvent) -> str:
    names = event.changes.get("owner") or event.changes.get("name") or ("", "")
    return names[0] or "原来的人"


def _number(engagement_id: UUID) -> int:
    return db.session.scalar(sa.select(Engagement.number).where(Engagement.id == engagement_id))
