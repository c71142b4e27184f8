"""Service periods of the workspace in scope."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.tenants.models import Engagement, Pause, StageEntry

PERIOD = (
    Engagement.id,
    Engagement.number,
    Engagement.title,
    Engagement.stage,
    Engagement.starts_on,
    Engagement.ends_on,
    Engagement.coordinator,
    Engagement.kickoff_at,
    Engagement.paused_on,
    Engagement.archived_at,
)
"""What a list and a rule know of a service period."""

ENGAGEMENTS = sa.select(*PERIOD).order_by(Engagement.number.desc())
NUMBERED = sa.select(Engagement).where(Engagement.number == sa.bindparam("number"))


def engagements() -> list[sa.Row]:
    """Newest first."""
    return db.session.execute(ENGAGEMENTS).all()


def engagement_numbered(number: int) -> Engagement | None:
    return db.session.scalar(NUMBERED, {"number": number})


def engagement_with(engagement_id: UUID) -> Engagement | None:
    return db.session.scalar(sa.select(Engagement).where(Engagement.id == engagement_id))


def engagement_of_form(form_key: str) -> Engagement | None:
    return db.session.scalar(sa.select(Engagement).where(Engagement.form_key == form_key))


def open_pause(engagement_id: UUID) -> Pause | None:
    return db.session.scalar(sa.select(Pause).where(Pause.engagement_id == engagement_id, Pause.ended_on.is_(None)))


def pauses_of(engagement_id: UUID) -> list[Pause]:
    return list(
        db.session.scalars(sa.select(Pause).where(Pause.engagement_id == engagement_id).order_by(Pause.began_on))
    )


def stage_entries(engagement_id: UUID) -> list[StageEntry]:
    return list(
        db.session.scalars(
            sa.select(StageEntry).where(StageEntry.engagement_id == engagement_id).order_by(StageEntry.entered_at)
        )
    )
