"""Targets among the things that can be talked about."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.database import db
from siyu_saas.talk.subjects import Subject, Topic, register

from .models import Target


def _find(target_id: UUID) -> Topic | None:
    row = db.session.execute(db.select(Target.engagement_id, Target.title).where(Target.id == target_id)).one_or_none()
    return Topic(row.engagement_id, row.title, "targets.show", {"target_id": target_id}) if row is not None else None


TARGET_SUBJECT = register(Subject("target", "目标", _find))
