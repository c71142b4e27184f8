"""Who answers for what in a plan."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Duty


def duties_of(plan_id: UUID) -> list[Duty]:
    return list(db.session.scalars(sa.select(Duty).where(Duty.plan_id == plan_id).order_by(Duty.position, Duty.id)))


def duty_with(plan_id: UUID, duty_id: UUID) -> Duty | None:
    return db.session.scalar(sa.select(Duty).where(Duty.plan_id == plan_id, Duty.id == duty_id))
