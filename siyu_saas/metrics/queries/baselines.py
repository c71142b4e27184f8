"""What was frozen, and what it was made of."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Baseline, DataImport
from siyu_saas.metrics.rules.readings import Daily


def baselines_of(engagement_id: UUID) -> list[Baseline]:
    """Newest first; the newest is the one that counts."""
    return list(
        db.session.scalars(
            sa.select(Baseline).where(Baseline.engagement_id == engagement_id).order_by(Baseline.number.desc())
        )
    )


def current_baseline(engagement_id: UUID) -> Baseline | None:
    return db.session.scalar(
        sa.select(Baseline).where(Baseline.engagement_id == engagement_id).order_by(Baseline.number.desc()).limit(1)
    )


def frozen_daily(baseline: Baseline) -> dict[str, dict[date, int | None]]:
    days = [baseline.first + timedelta(days=day) for day in range((baseline.last - baseline.first).days + 1)]
    return {field: dict(zip(days, values, strict=True)) for field, values in baseline.counts.items()}


def sources_between(engagement_id: UUID, first: date, last: date) -> list[dict[str, str]]:
    """`{name, sha256}` of the imports whose days reach into the window, oldest first."""
    rows = db.session.execute(
        sa.select(DataImport.name, DataImport.sha256)
        .where(
            DataImport.engagement_id == engagement_id,
            DataImport.written_at.is_not(None),
            DataImport.undone_at.is_(None),
            DataImport.first_day <= last,
            DataImport.last_day >= first,
        )
        .order_by(DataImport.written_at)
    )
    return [{"name": row.name, "sha256": row.sha256} for row in rows]


def changed_since(baseline: Baseline, now: Daily) -> list[tuple[str, date, int | None, int | None]]:
    """(field, day, then, now) of what was imported or corrected after the freeze."""
    return [
        (field, day, then, now.get(field, {}).get(day))
        for field, days in frozen_daily(baseline).items()
        for day, then in days.items()
        if now.get(field, {}).get(day) != then
    ]
