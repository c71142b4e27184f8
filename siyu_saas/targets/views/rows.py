"""Targets as rows of the board: bullet, last weeks, pace; every figure comes formatted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for

from siyu_saas.core.clock import today
from siyu_saas.metrics.queries.observations import daily_by_scope
from siyu_saas.metrics.rules.measures import MEASURES, Unit
from siyu_saas.metrics.rules.readings import Daily
from siyu_saas.targets.models import Target
from siyu_saas.targets.queries import Ties
from siyu_saas.targets.rules.achievement import shown
from siyu_saas.targets.rules.course import WEEKS_SHOWN, Standing, standing
from siyu_saas.targets.rules.quantities import amount_text, typed
from siyu_saas.targets.rules.states import State, shown_state
from siyu_saas.targets.rules.tree import in_order
from siyu_saas.web import charts
from siyu_saas.web.filters.numbers import MISSING, signed

LATE_DAYS = 14
Counts = Mapping[str, Daily]
UNITS = {Unit.SHARE: charts.PERCENT, Unit.FEN: charts.YUAN}


def yesterday() -> date:
    return today() - timedelta(days=1)


def known_counts(every: Sequence[Target]) -> Counts:
    """All that the targets are measured by, by scope, in one query."""
    if not every:
        return {}
    fields = {field for target in every for field in MEASURES[target.metric].fields}
    first = min(target.first for target in every) - timedelta(days=7 * WEEKS_SHOWN)
    last = max(target.last for target in every) + timedelta(days=LATE_DAYS)
    scopes = sorted({target.counted_in for target in every})
    return daily_by_scope(every[0].engagement_id, sorted(fields), first, last, scopes)


def board_rows(every: Sequence[Target], counts: Counts, ties: Ties) -> list[dict[str, Any]]:
    """Each below the target that it serves."""
    return [
        board_row(target, standing_of(target, counts, ties), depth=depth)
        for depth, target in in_order(every, ties.parents)
    ]


def standing_of(target: Target, counts: Counts, ties: Ties) -> Standing:
    return standing(target, counts[target.counted_in], until=yesterday(), by_hand=ties.lights.get(target.id))


def board_row(target: Target, stands: Standing, *, depth: int = 0) -> dict[str, Any]:
    return drawn_row(target, stands, depth=depth) | {"href": url_for("targets.show", target_id=target.id)}


def drawn_row(target: Target, stands: Standing, *, depth: int = 0) -> dict[str, Any]:
    """Without the way to its page, for those who have none."""
    now = target.result_value if target.state.is_over and target.result_value is not None else stands.now
    number, _, unit = amount_text(target.unit, now).partition(" ")
    uid = f"t-{target.id.hex}"
    data = charts.BulletData(
        target.title,
        drawable(target.unit, now),
        drawable(target.unit, target.baseline_value),
        drawable(target.unit, target.value),
        band_of(target),
        UNITS.get(target.unit, charts.Unit(target.unit.title)),
        "基准带",
    )
    weeks = tuple(drawable(target.unit, week) for week in stands.weeks)
    trend = charts.SparklineData(f"{target.title}，近 5 周", weeks, data.unit)
    return {
        "name": target.title,
        "depth": min(depth, 3),
        "note": f"{target.scope} · {_days(target)}",
        "now": number.rstrip("%") or MISSING,
        "unit": "%" if number.endswith("%") else unit,
        "change": change(target, now, stands),
        "bullet": charts.bullet(data, uid=uid).svg,
        "from_to": amount_text(target.unit, target.baseline_value),
        "goal": amount_text(target.unit, target.value),
        "trend": charts.sparkline(trend, uid=f"{uid}-w").svg,
        "status": status(target, stands),
    }


def status(target: Target, stands: Standing) -> dict[str, str]:
    state = state_of(target)
    if state is State.ACTIVE:
        if stands.complete:
            return {"kind": "info", "text": "待下结论"}
        return {"kind": stands.pace.light, "text": stands.pace.word}
    return {"kind": state.pill, "text": state.title}


def state_of(target: Target) -> State:
    """A baseline that is known to be missing counts as locked: both sides signed that it is."""
    return shown_state(target.state, target.window, baseline_locked=True, today=today())


def change(target: Target, now: int | None, stands: Standing) -> str:
    """Against the baseline; a total that still grows against as many days of it."""
    if now is None or target.baseline_value is None:
        return MISSING
    before = target.baseline_value * stands.counted
    if target.unit is Unit.SHARE:
        return f"{signed((now - before) / Fraction(100), 1)} pp"
    if before <= 0:
        return MISSING
    return f"{signed((now - before) * 100 / before, 0)}%"


def degree_text(stands: Standing) -> str:
    return MISSING if stands.found is None else f"{shown(stands.found)}%"


def drawable(unit: Unit, steps: int | None) -> Decimal | None:
    return typed(unit, steps)


def band_of(target: Target) -> tuple[Decimal, Decimal] | None:
    if target.band_low is None or target.band_high is None:
        return None
    return typed(target.unit, target.band_low), typed(target.unit, target.band_high)


def _days(target: Target) -> str:
    return f"{target.first.month}/{target.first.day}–{target.last.month}/{target.last.day}"
