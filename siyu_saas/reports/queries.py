"""Reports of the merchant in scope."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import undefer

from siyu_saas.core.database import db
from siyu_saas.talk.models import Comment

from .models import Report, WeeklyBrief
from .rules.remarks import KIND


def reports_of(engagement_id: UUID, *, team: bool) -> list[Report]:
    """Newest first, without their data; the merchant knows only those that were sent."""
    chosen = sa.select(Report).where(Report.engagement_id == engagement_id)
    if not team:
        chosen = chosen.where(Report.sent_at.is_not(None))
    return list(db.session.scalars(chosen.order_by(Report.number.desc()).limit(50)))


def report_with(report_id: UUID, engagement_id: UUID) -> Report | None:
    """With its data."""
    return db.session.scalar(
        sa.select(Report)
        .where(Report.id == report_id, Report.engagement_id == engagement_id)
        .options(undefer(Report.data))
    )


def report_numbered(engagement_id: UUID, number: int) -> Report | None:
    return db.session.scalar(
        sa.select(Report)
        .where(Report.engagement_id == engagement_id, Report.number == number)
        .options(undefer(Report.data))
    )


def latest_report(engagement_id: UUID) -> Report | None:
    """With its data, locked until the end of the transaction."""
    return db.session.scalar(
        sa.select(Report)
        .where(Report.engagement_id == engagement_id)
        .order_by(Report.number.desc())
        .limit(1)
        .with_for_update()
        .options(undefer(Report.data))
    )


def remarks_on_newest(engagement_id: UUID) -> list[sa.Row]:
    """Rows (subject_kind, author_side, internal, written_at) about sections of the newest version, as both sides read
    them; oldest first. A version that is only a draft has none: what was said of the last one is being worked in."""
    newest = sa.select(sa.func.max(Report.number)).where(Report.engagement_id == engagement_id).scalar_subquery()
    return db.session.execute(
        sa.select(Comment.subject_kind, Comment.author_side, Comment.internal, Comment.written_at)
        .join(Report, Report.id == Comment.subject_id)
        .where(
            Report.engagement_id == engagement_id,
            Report.number == newest,
            Report.sent_at.is_not(None),
            Comment.subject_kind.startswith(KIND),
            Comment.internal.is_(False),
            Comment.removed_at.is_(None),
        )
        .order_by(Comment.written_at, Comment.id)
    ).all()


def briefs_of(engagement_id: UUID, *, team: bool) -> list[WeeklyBrief]:
    """Newest first; the merchant knows only those that were sent."""
    chosen = sa.select(WeeklyBrief).where(WeeklyBrief.engagement_id == engagement_id)
    if not team:
        chosen = chosen.where(WeeklyBrief.sent_at.is_not(None))
    return list(db.session.scalars(chosen.order_by(WeeklyBrief.week.desc()).limit(60)))


def brief_of_week(engagement_id: UUID, week: date) -> WeeklyBrief | None:
    return db.session.scalar(
        sa.select(WeeklyBrief).where(WeeklyBrief.engagement_id == engagement_id, WeeklyBrief.week == week)
    )


def brief_with(brief_id: UUID, engagement_id: UUID) -> WeeklyBrief | None:
    return db.session.scalar(
        sa.select(WeeklyBrief).where(WeeklyBrief.id == brief_id, WeeklyBrief.engagement_id == engagement_id)
    )
