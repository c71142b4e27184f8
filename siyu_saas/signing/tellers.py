"""Whom a document that wants signing concerns."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import FIRM_ROLES, Role

from .kinds import KINDS
from .models import Document

SIGNERS = (*FIRM_ROLES, Role.BOSS)


@tells("document.proposed", Kind.SIGNATURE)
def proposed(event: AuditEvent) -> list[Message]:
    return _about(event, f"请签署{event.object_label}")


@tells("document.signed", Kind.SIGNATURE)
def signed(event: AuditEvent) -> list[Message]:
    return _about(event, f"{event.actor_name} 签署了{event.object_label}")


@tells("document.reopened", Kind.COUNTER)
def reopened(event: AuditEvent) -> list[Message]:
    return _about(event, f"{event.actor_name} 要求修改{event.object_label}")


def _about(event: AuditEvent, title: str) -> list[Message]:
    found = db.session.execute(
        db.select(Document.kind, Document.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == Document.engagement_id)
        .where(Document.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    people = people_in(event.tenant_id, roles=SIGNERS)
    return [Message(people, title, KINDS[found.kind].page, {"number": found.number}, found.engagement_id)]
