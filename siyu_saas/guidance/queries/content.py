"""The content calendar week by week."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Slot


def slots_between(engagement_id: UUID, first: date, last: date) -> list[Slot]:
    return list(
        db.session.scalars(
            sa.select(Slot)
            .where(Slot.engagement_id == engagement_id, Slot.on >= first, Slot.on <= last, Slot.removed.is_(False))
            .order_by(Slot.on, Slot.at, Slot.id)
            .limit(400)
        )
    )


def slot_with(slot_id: UUID, engagement_id: UUID) -> Slot | None:
    return db.session.scalar(
        sa.select(Slot).where(Slot.id == slot_id, Slot.engagement_id == engagement_id, Slot.removed.is_(False))
    )
