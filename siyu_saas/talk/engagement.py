"""The service period itself, the first thing that can be talked about."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement

from .subjects import Subject, Topic, register


def _find(engagement_id: UUID) -> Topic | None:
    row = db.session.scalar(db.select(Engagement).where(Engagement.id == engagement_id))
    if row is None:
        return None
    values = {"number": row.number, "kind": "engagement", "subject_id": row.id}
    return Topic(row.id, row.title, "talk.show", values)


ENGAGEMENT = register(Subject("engagement", "服务期", _find))
