"""What was agreed to be compared, and what may have moved the numbers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Baseline, Comparison, Influence
from siyu_saas.metrics.queries.baselines import frozen_daily, frozen_windows
from siyu_saas.metrics.queries.observations import daily_in_both
from siyu_saas.metrics.rules.confounders import Happening
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.locks import Lock, locks_days
from siyu_saas.metrics.rules.windows import Window

Counts = dict[str, dict[date, int | None]]


def comparison_of(engagement_id: UUID) -> Comparison | None:
    return db.session.scalar(sa.select(Comparison).where(Comparison.engagement_id == engagement_id))


def comparison_to_change(engagement_id: UUID) -> Comparison | None:
    chosen = sa.select(Comparison).where(Comparison.engagement_id == engagement_id).with_for_update()
    return db.session.scalar(chosen.execution_options(populate_existing=True))


def influences_of(engagement_id: UUID) -> list[Influence]:
    return list(
        db.session.scalars(
            sa.select(Influence)
            .where(Influence.engagement_id == engagement_id)
            .order_by(Influence.first, Influence.entered_at)
        )
    )


def influence_with(influence_id: UUID, engagement_id: UUID) -> Influence | None:
    return db.session.scalar(
        sa.select(Influence).where(Influence.id == influence_id, Influence.engagement_id == engagement_id)
    )


def as_happenings(rows: list[Influence]) -> list[Happening]:
    return [Happening(row.kind, row.title, row.first, row.last) for row in rows]


def counts_between(
    engagement_id: UUID,
    fields: list[str],
    whole: Window,
    baseline: Baseline | None,
    *,
    beside: Window | None = None,
    scope: str = ALL,
) -> Counts:
    """The counts of `whole` and of `beside`; inside the window of the frozen baseline those that were frozen,
    whatever came later. `baseline` is that of the scope.
    """
    counts = daily_in_both(engagement_id, fields, whole, beside or whole, scope)
    for field, days in (frozen_daily(baseline) if baseline else {}).items():
        if field in counts:
            counts[field].update({day: value for day, value in days.items() if day in whole})
    return counts


@locks_days
def agreed_windows(engagement_id: UUID) -> list[Lock]:
    """The windows of the comparison and of the frozen baseline."""
    comparison = comparison_of(engagement_id)
    found = [Lock(one.first, one.last, "冻结的基线") for one in frozen_windows(engagement_id)]
    if comparison is not None:
        found.append(Lock(comparison.before_first, comparison.before_last, "对比基线窗口"))
        found.append(Lock(comparison.after_first, comparison.after_last, "对比服务期窗口"))
    return found
