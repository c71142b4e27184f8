"""Whom the facts of a diagnosis concern."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.rules import FIRM_ROLES, Role

from .models import Assignment, Diagnosis

ANSWERING = (Role.BOSS, Role.LEAD, Role.COORDINATOR)
LATEST = "diagnosis_front.latest"


@tells("diagnosis.sent", Kind.SUBMITTED)
def sent(event: AuditEvent) -> list[Message]:
    return _of_run(event, ANSWERING, f"请填写「{event.object_label}」问卷")


@tells("diagnosis.published", Kind.SIGNATURE)
def published(event: AuditEvent) -> list[Message]:
    return _of_run(event, (Role.BOSS, Role.LEAD), f"「{event.object_label}」的诊断出来了，请确认")


@tells("diagnosis.confirmed", Kind.CHANGED)
def confirmed(event: AuditEvent) -> list[Message]:
    return _of_run(event, FIRM_ROLES, f"{event.actor_name} 确认了「{event.object_label}」的诊断")


@tells("section.given", Kind.SUBMITTED)
def given(event: AuditEvent) -> list[Message]:
    row = db.session.scalar(db.select(Assignment).where(Assignment.id == event.object_id))
    if row is None:
        return []
    people = {row.user_id} if row.user_id else people_in(event.tenant_id, roles=[row.role] if row.role else ANSWERING)
    return [Message(people, f"「{event.object_label}」请你来填", LATEST)]


@tells("sheet.submitted", Kind.SUBMITTED)
def submitted(event: AuditEvent) -> list[Message]:
    people = people_in(event.tenant_id, roles=FIRM_ROLES)
    return [Message(people, f"{event.actor_name} 交了问卷「{event.object_label}」", LATEST)]


def _of_run(event: AuditEvent, roles, title: str) -> list[Message]:
    engagement_id = db.session.scalar(db.select(Diagnosis.engagement_id).where(Diagnosis.id == event.object_id))
    people = people_in(event.tenant_id, roles=roles)
    return [Message(people, title, LATEST, engagement_id=engagement_id)] if engagement_id else []
