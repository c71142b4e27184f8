"""How a target stands today: its figure, its degree, its pace. Source: domain D5, C3 rule 11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from siyu_saas.metrics.rules.measures import MEASURES, Shape
from siyu_saas.metrics.rules.readings import COHORT_DAYS, Daily, Reading, reading
from siyu_saas.metrics.rules.windows import WEEK, Window
from siyu_saas.web.filters.numbers import rounded as written

from .achievement import Pace, degree, measured, pace, result
from .quantities import from_figure
from .states import Mode, State

WEEKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """`now` in steps; `other` is the same target over its whole window where only the last days count for it."""

    reading: Reading
    now: int | None
    found: Fraction | None
    pace: Pace
    proposed: State
    weeks: tuple[int | None, ...]
    other: Fraction | None = None
    other_degree: Fraction | None = None
    complete: bool = False


def standing(target: Any, daily: Daily, *, until: date) -> Standing:
    """`until` is the last day that could be known, yesterday; `target` has the fields of domain D2."""
    measure = MEASURES[target.metric]
    seen = measured(measure, daily, target.window, target.mode, last_days=target.trailing_days, until=until)
    found = _degree(target, seen)
    whole = None
    if target.mode is Mode.TRAILING:
        whole = measured(measure, daily, target.window, Mode.WINDOW_TOTAL, last_days=0, until=until)
    return Standing(
        reading=seen,
        now=from_figure(target.unit, seen.figure),
        found=found,
        pace=pace(found, target.window, valid=seen.valid, due=seen.due, until=until, ramp=target.ramp),
        proposed=State.NOT_EVALUABLE if found is None else result(found, valid=seen.valid, due=seen.due),
        weeks=_weeks(target, daily, until),
        other=whole.figure if whole else None,
        other_degree=_degree(target, whole) if whole else None,
        complete=until >= ripe_on(target),
    )


def basis(seen: Reading) -> str:
    """What a result was made of: numerator and denominator, window, days that are known."""
    told = "—" if seen.top is None else written(seen.top, 0)
    below = f" ÷ {written(seen.bottom, 0)}" if seen.measure.bottom and seen.bottom is not None else ""
    return f"{told}{below}，{seen.window.first} 至 {seen.window.last}，有效 {seen.valid}/{seen.due} 天"


def ripe_on(target: Any) -> date:
    """The day from which a target can be concluded: its last one, and for cohorts two weeks more."""
    return target.last + timedelta(days=COHORT_DAYS if target.mode is Mode.COHORT else 0)


def _degree(target: Any, seen: Reading) -> Fraction | None:
    if seen.figure is None:
        return None
    scale = Fraction(10_000) if target.unit == "share" else Fraction(1)
    return degree(target.better, target.baseline_value, target.value, seen.figure * scale)


def _weeks(target: Any, daily: Daily, until: date) -> tuple[int | None, ...]:
    """The last five weeks, each for itself: how it came about, not how far it is."""
    measure = MEASURES[target.metric]
    end, found = min(until, target.last), []
    for back in range(WEEKS_SHOWN - 1, -1, -1):
        last = end - timedelta(days=back * WEEK)
        week = reading(measure, daily, Window(last - timedelta(days=WEEK - 1), last))
        figure = week.figure
        if measure.shape is Shape.SUM and 0 < week.valid < week.due:
            figure = None
        found.append(from_figure(target.unit, figure))
    return tuple(found)
