"""Whom the weekly brief concerns. That a report waits to be signed is told by the signing room."""

from __future__ import annotations

from siyu_saas.core.audit import AuditEvent
from siyu_saas.core.database import db
from siyu_saas.notices.facts import Message, tells
from siyu_saas.notices.queries import people_in
from siyu_saas.notices.rules.kinds import Kind
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role

from .models import WeeklyBrief

READERS = (Role.BOSS, Role.LEAD, Role.COORDINATOR)


@tells("brief.sent", Kind.READY)
def brief_sent(event: AuditEvent) -> list[Message]:
    found = db.session.execute(
        db.select(WeeklyBrief.id, WeeklyBrief.engagement_id, Engagement.number)
        .join(Engagement, Engagement.id == WeeklyBrief.engagement_id)
        .where(WeeklyBrief.id == event.object_id)
    ).one_or_none()
    if found is None:
        return []
    here = {"number": found.number, "brief_id": found.id}
    title = f"{event.object_label} 这周的周报来了"
    return [Message(people_in(event.tenant_id, roles=READERS), title, "reports.brief", here, found.engagement_id)]
