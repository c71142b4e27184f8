"""Change sets of a plan."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Change
from siyu_saas.plan.rules.changes import ChangeState

OPEN_CHANGE = (
    sa.select(Change)
    .where(
        Change.plan_id == sa.bindparam("plan_id", type_=sa.Uuid()),
        Change.state.in_([ChangeState.DRAFT, ChangeState.PROPOSED]),
    )
    .order_by(Change.number.desc())
    .limit(1)
)


def open_change(plan_id: UUID) -> Change | None:
    """The one that is being collected, or that waits for the merchant."""
    return db.session.scalar(OPEN_CHANGE, {"plan_id": plan_id})


def changes_of(plan_id: UUID, limit: int) -> list[Change]:
    """Newest first."""
    return list(
        db.session.scalars(
            sa.select(Change).where(Change.plan_id == plan_id).order_by(Change.number.desc()).limit(limit)
        )
    )


def next_number(plan_id: UUID) -> int:
    return (db.session.scalar(sa.select(sa.func.max(Change.number)).where(Change.plan_id == plan_id)) or 0) + 1
