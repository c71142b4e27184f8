"""Whom the facts of a target concern. That a proposal waits to be signed is told by the signing room."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import FIRM_ROLES, Role

from .models import Target

DECIDING = (*FIRM_ROLES, Role.BOSS, Role.LEAD)


@tells("target.countered", Kind.COUNTER)
def countered(event: AuditEvent) -> list[Message]:
    before, after = event.changes["value"]
    return _about(event, f"{event.actor_name} 对{event.object_label}提出 {after}（原 {before}）")


@tells("target.concluded", Kind.READY)
def concluded(event: AuditEvent) -> list[Message]:
    return _about(event, f"{event.object_label}有结论了")


def _about(event: AuditEvent, title: str) -> list[Message]:
    found = db.session.execute(
        db.select(Target.id, Target.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == Target.engagement_id)
        .where(Target.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    here = {"number": found.number, "target_id": found.id}
    return [Message(people_in(event.tenant_id, roles=DECIDING), title, "targets.show", here, found.engagement_id)]
