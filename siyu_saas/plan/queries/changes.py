"""Change sets of a plan."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Change
from siyu_saas.plan.rules.changes import ChangeState


def _newest_open(*columns) -> sa.Select:
    return (
        sa.select(*columns)
        .where(
            Change.plan_id == sa.bindparam("plan_id", type_=sa.Uuid()),
            sa.or_(Change.state == ChangeState.DRAFT, Change.state == ChangeState.PROPOSED),
        )
        .order_by(Change.number.desc())
        .limit(1)
    )


OPEN_CHANGE = _newest_open(Change)
IN_BRIEF = _newest_open(Change.number, Change.state, Change.edits)


def open_change(plan_id: UUID) -> Change | None:
    """The one that is being collected, or that waits for the merchant."""
    return db.session.scalar(OPEN_CHANGE, {"plan_id": plan_id})


def open_in_brief(plan_id: UUID) -> sa.Row | None:
    """(number, state, edits) of the open one, for pages that only mention it."""
    return db.session.execute(IN_BRIEF, {"plan_id": plan_id}).one_or_none()


def changes_of(plan_id: UUID, limit: int) -> list[Change]:
    """Newest first."""
    return list(
        db.session.scalars(
            sa.select(Change).where(Change.plan_id == plan_id).order_by(Change.number.desc()).limit(limit)
        )
    )


def next_number(plan_id: UUID) -> int:
    return (db.session.scalar(sa.select(sa.func.max(Change.number)).where(Change.plan_id == plan_id)) or 0) + 1
