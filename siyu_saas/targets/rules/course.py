"""How a target stands today: its figure, its degree, its pace. Source: domain D5, C3 rule 11."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from siyu_saas.metrics.rules.measures import MEASURES, Shape
from siyu_saas.metrics.rules.readings import COHORT_DAYS, Daily, Reading, reading
from siyu_saas.metrics.rules.windows import WEEK, Window
from siyu_saas.metrics.rules.wording import basis_text, figure_text

from .achievement import Pace, degree, measured, pace, result, shown
from .lights import ByHand, shown_pace
from .quantities import STEPS, from_figure
from .states import Mode, State
from .totals import days_added

WEEKS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """`now` in steps; `counted` is the share of its days that a total has behind it; `whole` is the same target over its whole window where only the last days count for it."""

    reading: Reading
    now: int | None
    found: Fraction | None
    pace: Pace
    proposed: State
    weeks: tuple[int | None, ...]
    counted: Fraction = Fraction(1)
    whole: Reading | None = None
    whole_degree: Fraction | None = None
    complete: bool = False


def standing(target: Any, daily: Daily, *, until: date, by_hand: ByHand | None = None) -> Standing:
    """`until` is the last day that could be known, yesterday; `target` has the fields of domain D2; `by_hand` is the
    light that somebody set instead of the computed one.
    """
    measure = MEASURES[target.metric]
    seen = measured(measure, daily, target.window, target.mode, last_days=target.trailing_days, until=until)
    counted = _counted(target, seen)
    found = _degree(target, seen, counted)
    whole = None
    if target.mode is Mode.TRAILING:
        whole = measured(measure, daily, target.window, Mode.WINDOW_TOTAL, last_days=0, until=until)
    return Standing(
        reading=seen,
        now=from_figure(target.unit, seen.figure),
        found=found,
        pace=shown_pace(
            pace(found, target.window, valid=seen.valid, due=seen.due, until=until, ramp=target.ramp), by_hand
        ),
        proposed=State.NOT_EVALUABLE if found is None else result(found, valid=seen.valid, due=seen.due),
        weeks=_weeks(target, daily, until),
        counted=counted,
        whole=whole,
        whole_degree=_degree_of_whole(target, whole) if whole else None,
        complete=until >= ripe_on(target),
    )


def pace_today(target: Any, daily: Daily, *, until: date) -> Pace:
    """The pace alone, for lists of many targets."""
    measure = MEASURES[target.metric]
    seen = measured(measure, daily, target.window, target.mode, last_days=target.trailing_days, until=until)
    found = _degree(target, seen, _counted(target, seen))
    return pace(found, target.window, valid=seen.valid, due=seen.due, until=until, ramp=target.ramp)


def basis(stands: Standing) -> str:
    """What a result was made of; where only the last days count, the whole window stands beside it. Source: domain H4."""
    told = _made_of(stands.reading)
    if stands.whole_degree is None:
        return told
    return f"{told}；整个窗口 {_made_of(stands.whole)}，达成度 {shown(stands.whole_degree)}%"


def _made_of(seen: Reading) -> str:
    """Numerator and denominator, or the value of which day; window, days that are known."""
    told, parts = figure_text(seen.measure, seen.figure, exact=True), basis_text(seen)
    if parts and seen.figure is not None:
        told = f"{parts} = {told}"
    if seen.measure.shape is Shape.LAST and seen.days:
        told = f"{told}（{seen.days[-1][0]} 的值）"
    return f"{told}，{seen.window.first} 至 {seen.window.last}，有效 {seen.valid}/{seen.due} 天"


def ripe_on(target: Any) -> date:
    """The day from which a target can be concluded: its last one, and for cohorts two weeks more."""
    return target.last + timedelta(days=COHORT_DAYS if target.mode is Mode.COHORT else 0)


def _degree(target: Any, seen: Reading, counted: Fraction) -> Fraction | None:
    if seen.figure is None:
        return None
    actual = seen.figure * STEPS.get(target.unit, 1)
    return degree(target.better, target.baseline_value, target.value, actual, counted=counted)


def _degree_of_whole(target: Any, whole: Reading) -> Fraction | None:
    """Of the other way to count; a total of the whole window is not what a total of its last days was set for."""
    return None if whole.measure.shape is Shape.SUM else _degree(target, whole, Fraction(1))


def _counted(target: Any, seen: Reading) -> Fraction:
    days = days_added(seen.measure, target.mode, window_days=target.window.days, last_days=target.trailing_days)
    return Fraction(seen.due, days) if days else Fraction(1)


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
