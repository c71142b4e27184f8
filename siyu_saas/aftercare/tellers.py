"""Whom questions, answers and feedback concern, and which answers are due."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Due, Message, due_things, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import FIRM_ROLES, Role

from .models import Feedback, Inquiry


@tells("inquiry.asked", Kind.SUBMITTED)
def asked(event: AuditEvent) -> list[Message]:
    return _about_inquiry(
        event, people_in(event.tenant_id, roles=FIRM_ROLES), f"{event.actor_name} 问：{event.object_label}"
    )


@tells("inquiry.answered", Kind.READY)
def answered(event: AuditEvent) -> list[Message]:
    row = db.session.scalar(db.select(Inquiry).where(Inquiry.id == event.object_id))
    people = {row.asked_by} - {None} if row is not None else set()
    return _about_inquiry(event, people, f"{event.actor_name} 回答了「{event.object_label}」")


@tells("feedback.given", Kind.READY)
def feedback(event: AuditEvent) -> list[Message]:
    found = db.session.execute(
        db.select(Feedback.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == Feedback.engagement_id)
        .where(Feedback.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    people = people_in(event.tenant_id, roles=(*FIRM_ROLES, Role.BOSS))
    title = f"{event.actor_name} 给了反馈：{event.object_label}"
    return [Message(people, title, "aftercare.show", {"number": found.number}, found.engagement_id)]


@due_things
def answers_due() -> list[Due]:
    rows = db.session.execute(
        db.select(Inquiry, Engagement.number)
        .join(Engagement, Engagement.id == Inquiry.engagement_id)
        .where(Inquiry.answer == "")
    )
    return [_due(row, number) for row, number in rows]


def _due(row: Inquiry, number: int) -> Due:
    team = people_in(row.tenant_id, roles=FIRM_ROLES)
    return Due(
        f"inquiry-{row.id}",
        row.question[:60],
        row.due_on,
        {row.owner_id} if row.owner_id else team,
        team,
        "aftercare.inquiry",
        {"number": number, "inquiry_id": row.id},
        row.engagement_id,
    )


def _about_inquiry(event: AuditEvent, people, title: str) -> list[Message]:
    found = db.session.execute(
        db.select(Inquiry.id, Inquiry.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == Inquiry.engagement_id)
        .where(Inquiry.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    here = {"number": found.number, "inquiry_id": found.id}
    return [Message(people, title, "aftercare.inquiry", here, found.engagement_id)]
