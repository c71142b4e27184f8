"""What the merchants of firms reached in the service windows that were agreed on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Comparison, FirmExperience, Observation
from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import Measure
from siyu_saas.metrics.rules.windows import SHOWN_FROM
from siyu_saas.tenants.models import Tenant


@dataclass(frozen=True, slots=True)
class Reached:
    firm_id: UUID
    tenant_id: UUID
    days: int
    totals: dict[str, tuple[int, int]]
    """By field: its sum, and on how many days it is known."""

    def figure(self, measure: Measure) -> Fraction | None:
        """None when a count is missing, or less than 80 % of the days are known."""
        known = [self.totals.get(field) for field in (*measure.top, *measure.bottom)]
        if None in known or any(Fraction(days, self.days) < SHOWN_FROM for _, days in known):
            return None
        bottom = sum(self.totals[field][0] for field in measure.bottom)
        return Fraction(sum(self.totals[field][0] for field in measure.top), bottom) if bottom else None


def reached(fields: Collection[str], until: date) -> list[Reached]:
    """In the system's scope, one query: the newest window of each merchant that is over by `until`."""
    rows = db.session.execute(
        sa.select(
            Tenant.firm_id,
            Comparison.tenant_id,
            Comparison.id,
            Comparison.after_first,
            Comparison.after_last,
            Observation.field,
            sa.func.sum(Observation.value).label("total"),
            sa.func.count(Observation.value).label("days"),
        )
        .join(Tenant, Tenant.id == Comparison.tenant_id)
        .join(
            Observation,
            sa.and_(
                Observation.tenant_id == Comparison.tenant_id,
                Observation.engagement_id == Comparison.engagement_id,
                Observation.day.between(Comparison.after_first, Comparison.after_last),
            ),
        )
        .where(
            Observation.scope == ALL,
            Observation.field.in_(fields),
            Observation.value.is_not(None),
            Comparison.after_last < until,
        )
        .group_by(
            Tenant.firm_id,
            Comparison.tenant_id,
            Comparison.id,
            Comparison.after_first,
            Comparison.after_last,
            Observation.field,
        )
        .order_by(Comparison.tenant_id, Comparison.after_last, Comparison.id)
    )
    newest: dict[UUID, tuple[UUID, Reached]] = {}
    for row in rows:
        before = newest.get(row.tenant_id)
        if before is None or before[0] != row.id:
            days = (row.after_last - row.after_first).days + 1
            newest[row.tenant_id] = before = (row.id, Reached(row.firm_id, row.tenant_id, days, {}))
        before[1].totals[row.field] = (int(row.total), row.days)
    return [one for _, one in newest.values()]


def experience_of(firm_id: UUID, metric: str) -> FirmExperience | None:
    return db.session.scalar(
        sa.select(FirmExperience).where(FirmExperience.firm_id == firm_id, FirmExperience.metric == metric)
    )
