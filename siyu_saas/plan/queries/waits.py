"""Clocks that run or ran, reminders, and minutes."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Meeting, Nudge, Plan, Wait

WAITS = sa.select(Wait.subject_id, Wait.label, Wait.side, Wait.cause, Wait.reason, Wait.began_on, Wait.ended_on).where(
    Wait.plan_id == sa.bindparam("plan_id", type_=sa.Uuid())
)
WAITS_SHOWN = 500
IN_PERIOD = (
    sa.select(Wait.side, Wait.cause, Wait.began_on, Wait.ended_on)
    .select_from(Plan)
    .outerjoin(Wait, sa.and_(Wait.tenant_id == Plan.tenant_id, Wait.plan_id == Plan.id))
    .where(Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .order_by(Wait.began_on.desc(), Wait.id.desc())
    .limit(WAITS_SHOWN)
)
OPEN_IN = (
    sa.select(
        Plan.id.label("plan_id"),
        Plan.confirmed_at,
        Wait.subject_id,
        Wait.label,
        Wait.side,
        Wait.cause,
        Wait.began_on,
    )
    .outerjoin(Wait, sa.and_(Wait.plan_id == Plan.id, Wait.ended_on.is_(None)))
    .where(Plan.engagement_id == sa.bindparam("engagement_id", type_=sa.Uuid()))
    .order_by(Wait.began_on, Wait.id)
    .limit(WAITS_SHOWN)
)


def waits_in(engagement_id: UUID) -> list[sa.Row] | None:
    """Rows (side, cause, began_on, ended_on) of all clocks of a service period; None without a plan."""
    rows = db.session.execute(IN_PERIOD, {"engagement_id": engagement_id}).all()
    return [row for row in rows if row.began_on is not None] if rows else None


def waits_of(plan_id: UUID) -> list[sa.Row]:
    """The latest first."""
    return db.session.execute(
        WAITS.order_by(Wait.began_on.desc(), Wait.id.desc()).limit(WAITS_SHOWN), {"plan_id": plan_id}
    ).all()


def waits_open_in(engagement_id: UUID) -> list[sa.Row]:
    """Rows with `plan_id` and `confirmed_at`; without a plan none, with no clock running one without `subject_id`."""
    return db.session.execute(OPEN_IN, {"engagement_id": engagement_id}).all()


def running_waits(subject_id: UUID) -> list[Wait]:
    return list(db.session.scalars(sa.select(Wait).where(Wait.subject_id == subject_id, Wait.ended_on.is_(None))))


def nudged_today(engagement_id: UUID, day: date) -> set[str]:
    return set(
        db.session.scalars(sa.select(Nudge.thing).where(Nudge.engagement_id == engagement_id, Nudge.sent_on == day))
    )


def meetings_of(plan_id: UUID, limit: int) -> list[Meeting]:
    return list(
        db.session.scalars(
            sa.select(Meeting)
            .where(Meeting.plan_id == plan_id)
            .order_by(Meeting.held_on.desc(), Meeting.id.desc())
            .limit(limit)
        )
    )


def meeting_with(plan_id: UUID, meeting_id: UUID) -> Meeting | None:
    return db.session.scalar(sa.select(Meeting).where(Meeting.plan_id == plan_id, Meeting.id == meeting_id))


def meeting_of_form(form_key: str) -> Meeting | None:
    return db.session.scalar(sa.select(Meeting).where(Meeting.form_key == form_key))
