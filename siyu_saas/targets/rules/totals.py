"""A total depends on how long one counts: a baseline is only held against one of the same length. Source: domain C3 rule 1.

Stocks, rates and means are what they are, however long the window.
"""

from __future__ import annotations

from fractions import Fraction

from siyu_saas.metrics.rules.measures import Measure, Shape
from siyu_saas.metrics.rules.readings import Reading
from siyu_saas.metrics.rules.rounding import rounded

from .quantities import from_figure
from .states import Mode

MODES = {Shape.LAST: (Mode.END_VALUE,), Shape.COHORT: (Mode.COHORT,)}
COUNTED = (Mode.WINDOW_TOTAL, Mode.TRAILING)


def modes_of(measure: Measure) -> tuple[Mode, ...]:
    """How a measure can be counted for a target: a stock has only its value at the end, a cohort only its batches."""
    return MODES.get(measure.shape, COUNTED)


def days_added(measure: Measure, mode: Mode, *, window_days: int, last_days: int) -> int | None:
    """How many days a target's total adds up; None where nothing is added."""
    if measure.shape is not Shape.SUM or mode not in COUNTED:
        return None
    return window_days if mode is Mode.WINDOW_TOTAL else min(last_days, window_days)


def baseline_over(seen: Reading, days: int | None) -> int | None:
    """The reading's figure in steps; a total as it would be over `days` of the same daily mean."""
    unit = seen.measure.unit
    if days is None or seen.level is None:
        return from_figure(unit, seen.figure)
    return from_figure(unit, seen.level * days)


def of_other_length(steps: int | None, *, days: int | None, now: int | None) -> int | None:
    """A baseline that was brought to `days`, brought to `now` days."""
    if steps is None or days is None or now is None or days == now:
        return steps
    return int(rounded(Fraction(steps * now, days)))
