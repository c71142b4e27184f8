"""The ledger of groups with their newest week."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.guidance.models import Group, GroupWeek, SopStep, Tag


def groups_of(engagement_id: UUID) -> list[Group]:
    chosen = sa.select(Group).where(Group.engagement_id == engagement_id)
    return list(db.session.scalars(chosen.order_by(Group.dissolved_on.is_not(None), Group.name)))


def newest_weeks(engagement_id: UUID) -> dict[UUID, GroupWeek]:
    """By group id."""
    newest = (
        sa.select(GroupWeek.group_id, sa.func.max(GroupWeek.week).label("week")).group_by(GroupWeek.group_id).subquery()
    )
    rows = db.session.scalars(
        sa.select(GroupWeek)
        .join(newest, sa.and_(newest.c.group_id == GroupWeek.group_id, newest.c.week == GroupWeek.week))
        .join(Group, Group.id == GroupWeek.group_id)
        .where(Group.engagement_id == engagement_id)
    )
    return {row.group_id: row for row in rows}


def group_with(group_id: UUID, engagement_id: UUID) -> Group | None:
    return db.session.scalar(sa.select(Group).where(Group.id == group_id, Group.engagement_id == engagement_id))


def weeks_of(group_id: UUID) -> list[GroupWeek]:
    """The latest first."""
    chosen = sa.select(GroupWeek).where(GroupWeek.group_id == group_id)
    return list(db.session.scalars(chosen.order_by(GroupWeek.week.desc()).limit(26)))


def week_of_group(group_id: UUID, week: date) -> GroupWeek | None:
    return db.session.scalar(sa.select(GroupWeek).where(GroupWeek.group_id == group_id, GroupWeek.week == week))


def tags_of(engagement_id: UUID) -> list[Tag]:
    chosen = sa.select(Tag).where(Tag.engagement_id == engagement_id)
    return list(db.session.scalars(chosen.order_by(Tag.family, Tag.value)))


def tag_with(tag_id: UUID, engagement_id: UUID) -> Tag | None:
    return db.session.scalar(sa.select(Tag).where(Tag.id == tag_id, Tag.engagement_id == engagement_id))


def steps_of(engagement_id: UUID) -> list[SopStep]:
    chosen = sa.select(SopStep).where(SopStep.engagement_id == engagement_id, SopStep.removed.is_(False))
    return list(db.session.scalars(chosen.order_by(SopStep.scene, SopStep.day, SopStep.id)))


def step_with(step_id: UUID, engagement_id: UUID) -> SopStep | None:
    return db.session.scalar(
        sa.select(SopStep).where(
            SopStep.id == step_id, SopStep.engagement_id == engagement_id, SopStep.removed.is_(False)
        )
    )
