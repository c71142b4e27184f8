"""Which service periods have a target that is too slow, worked out for many merchants at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.metrics.models import Observation
from siyu_saas.metrics.rules.measures import MEASURES, Better, Unit
from siyu_saas.metrics.rules.windows import Window
from siyu_saas.targets.models import Target, TargetLight
from siyu_saas.targets.rules.course import pace_today, ripe_on
from siyu_saas.targets.rules.lights import Light
from siyu_saas.targets.rules.states import Mode, State

from .details import TODAY, row_of
from .parts import parts_of, told

RUNNING = (
    row_of(
        "running",
        Target.tenant_id,
        Target.value,
        Target.first,
        told(
            Target.metric,
            Target.unit,
            Target.better,
            Target.baseline_value,
            Target.first,
            Target.last,
            Target.mode,
            Target.trailing_days,
            Target.ramp,
            TargetLight.light,
            Target.counted_in,
        ),
        Target.engagement_id,
    )
    .outerjoin(
        TargetLight,
        sa.and_(
            TargetLight.tenant_id == Target.tenant_id,
            TargetLight.target_id == Target.id,
            TargetLight.ended_at.is_(None),
        ),
    )
    .where(Target.state == State.AGREED, Target.first < TODAY)
)
COUNTS = sa.select(
    Observation.engagement_id, Observation.scope, Observation.field, Observation.day, Observation.value
).where(
    Observation.engagement_id.in_(sa.bindparam("engagement_ids", expanding=True)),
    Observation.field.in_(sa.bindparam("fields", expanding=True)),
    Observation.day.between(sa.bindparam("first", type_=sa.Date()), sa.bindparam("until", type_=sa.Date())),
)


@dataclass(frozen=True, slots=True)
class Running:
    """What the pace of a target follows from."""

    engagement_id: UUID
    metric: str
    unit: Unit
    better: Better
    baseline_value: int | None
    value: int
    first: date
    last: date
    mode: Mode
    trailing_days: int
    ramp: bool
    counted_in: str
    by_hand: Light | None

    @property
    def window(self) -> Window:
        return Window(self.first, self.last)


def running_of(row: sa.Row) -> Running:
    """One row of `RUNNING`."""
    metric, unit, better, baseline, first, last, mode, trailing, ramp, light, counted_in = parts_of(row.label, 11)
    return Running(
        row.ref,
        metric,
        Unit(unit),
        Better(better),
        None if baseline is None else int(baseline),
        row.count,
        date.fromisoformat(first),
        date.fromisoformat(last),
        Mode(mode),
        int(trailing),
        ramp == "1",
        counted_in or "",
        light and Light(light),
    )


def off_pace(running: Iterable[Running], *, today: date) -> dict[UUID, date]:
    """In a portfolio scope, by service period: since when its oldest target that is too slow has been running."""
    until = today - timedelta(days=1)
    ripe = [one for one in running if ripe_on(one) > until]
    if not ripe:
        return {}
    counts = _counts(ripe, until)
    slow: dict[UUID, date] = {}
    for one in ripe:
        light = one.by_hand or pace_today(one, counts[one.engagement_id, one.counted_in], until=until).light
        if light == Light.BAD:
            slow[one.engagement_id] = min(slow.get(one.engagement_id, one.first), one.first)
    return slow


def _counts(running: list[Running], until: date) -> dict[tuple[UUID, str], dict[str, dict[date, int | None]]]:
    """A day of the windows that has no row is not known."""
    first = min(one.first for one in running)
    fields = {field for one in running for field in MEASURES[one.metric].fields}
    days = [first + timedelta(days) for days in range((until - first).days + 1)]
    counts = defaultdict(lambda: {field: dict.fromkeys(days) for field in fields})
    asked = {"engagement_ids": sorted({one.engagement_id for one in running}), "fields": sorted(fields)}
    for engagement_id, scope, field, day, value in db.session.execute(
        COUNTS, {**asked, "first": first, "until": until}
    ):
        counts[engagement_id, scope][field][day] = value
    return counts
