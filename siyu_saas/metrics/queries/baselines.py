"""What was frozen, and what it was made of."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Baseline, DataImport
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.readings import Daily
from siyu_saas.metrics.rules.windows import Window


def baselines_of(engagement_id: UUID, scope: str = ALL) -> list[Baseline]:
    """Newest first; the newest is the one that counts."""
    return list(db.session.scalars(_of_scope(engagement_id, scope)))


def current_baseline(engagement_id: UUID, scope: str = ALL) -> Baseline | None:
    return db.session.scalar(_of_scope(engagement_id, scope).limit(1))


def _of_scope(engagement_id: UUID, scope: str) -> sa.Select:
    chosen = sa.select(Baseline).where(Baseline.engagement_id == engagement_id, Baseline.scope == scope)
    return chosen.order_by(Baseline.number.desc())


def frozen_windows(engagement_id: UUID) -> list[Window]:
    """Of the baseline that counts, for the whole and for each scope that has its own."""
    rows = db.session.execute(
        sa.select(Baseline.scope, Baseline.first, Baseline.last)
        .where(Baseline.engagement_id == engagement_id)
        .order_by(Baseline.number)
    )
    newest = {row.scope: Window(row.first, row.last) for row in rows}
    return list(dict.fromkeys(newest.values()))


def frozen_daily(baseline: Baseline) -> dict[str, dict[date, int | None]]:
    days = [baseline.first + timedelta(days=day) for day in range((baseline.last - baseline.first).days + 1)]
    return {field: dict(zip(days, values, strict=True)) for field, values in baseline.counts.items()}


def sources_between(engagement_id: UUID, first: date, last: date, scope: str = ALL) -> list[dict[str, str]]:
    """`{name, sha256}` of the imports whose days reach into the window, oldest first."""
    rows = db.session.execute(
        sa.select(DataImport.name, DataImport.sha256)
        .where(
            DataImport.engagement_id == engagement_id,
            DataImport.scope == scope,
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
