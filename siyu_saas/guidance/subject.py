"""Items among the things that can be talked about."""

from __future__ import annotations

from uuid import UUID

from siyu_saas.core.database import db
from siyu_saas.talk.subjects import Subject, Topic, register

from .models import Item


def _find(item_id: UUID) -> Topic | None:
    row = db.session.scalar(db.select(Item).where(Item.id == item_id))
    if row is None:
        return None
    owners = frozenset({row.submitted_by} - {None})
    return Topic(row.engagement_id, row.title, "guidance.item", {"item_id": row.id}, owners=owners, role=row.role)


ITEM = register(Subject("item", "清单项", _find))
