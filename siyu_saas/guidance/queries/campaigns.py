"""Campaigns of a service period, and all that belongs to one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Briefing, Campaign, Improvement, Issue, Material, ScriptLine

PARTS = {
    "materials": (Material, (Material.due_on, Material.id)),
    "script": (ScriptLine, (ScriptLine.day, ScriptLine.at, ScriptLine.id)),
    "briefings": (Briefing, (Briefing.held_on, Briefing.id)),
    "issues": (Issue, (Issue.seen_at, Issue.id)),
    "improvements": (Improvement, (Improvement.verdict, Improvement.id)),
}


def campaigns_of(engagement_id: UUID) -> list[Campaign]:
    """The latest first."""
    chosen = sa.select(Campaign).where(Campaign.engagement_id == engagement_id, Campaign.removed_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Campaign.starts_on.desc(), Campaign.id)))


def campaign_with(campaign_id: UUID, engagement_id: UUID) -> Campaign | None:
    return db.session.scalar(
        sa.select(Campaign).where(
            Campaign.id == campaign_id, Campaign.engagement_id == engagement_id, Campaign.removed_at.is_(None)
        )
    )


def campaign_of_form(form_key: str) -> Campaign | None:
    return db.session.scalar(sa.select(Campaign).where(Campaign.form_key == form_key))


def part_of(campaign_id: UUID, part: str) -> list:
    model, order = PARTS[part]
    return list(db.session.scalars(sa.select(model).where(model.campaign_id == campaign_id).order_by(*order)))


def improvements_of(campaign_ids: Collection[UUID]) -> dict[UUID, list[Improvement]]:
    """What reviews found, by campaign."""
    found: dict[UUID, list[Improvement]] = {}
    chosen = sa.select(Improvement).where(Improvement.campaign_id.in_(campaign_ids))
    for one in db.session.scalars(chosen.order_by(Improvement.verdict, Improvement.id)):
        found.setdefault(one.campaign_id, []).append(one)
    return found


def row_of(campaign_id: UUID, part: str, row_id: UUID):
    model, _order = PARTS[part]
    return db.session.scalar(sa.select(model).where(model.campaign_id == campaign_id, model.id == row_id))
