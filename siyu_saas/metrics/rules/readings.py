"""One measure in one window: its figure, what it was made of, and how much of the window is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .measures import Measure, Shape
from .windows import Coverage, Window, coverage_of, weekday_mean

Daily = Mapping[str, Mapping[date, int | None]]
COHORT_DAYS = 14
NOWHERE: Collection[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """`days` are the known ones with numerator and denominator (1 for plain counts); `due` counts those expected.

    `top` and `bottom` are their sums, None where no day is known; `bottom` with the opening stock.
    """

    measure: Measure
    window: Window
    days: tuple[tuple[date, int, int], ...]
    due: int
    top: int | None = None
    bottom: int | None = None

    @property
    def valid(self) -> int:
        return len(self.days)

    @property
    def coverage(self) -> Coverage:
        return coverage_of(self.valid, self.due)

    @property
    def figure(self) -> Fraction | None:
        """The window's figure as it is shown: total, last value, mean of known days, or Σ top ÷ Σ bottom."""
        if not self.days:
            return None
        if self.measure.shape is Shape.LAST:
            return Fraction(self.days[-1][1])
        if self.measure.shape is Shape.SUM:
            return Fraction(self.top)
        if self.measure.shape is Shape.MEAN:
            return Fraction(self.top, self.valid)
        return Fraction(self.top, self.bottom) if self.bottom else None

    @property
    def level(self) -> Fraction | None:
        """What two windows are compared by: counts by their daily mean, standardised by weekday where days are missing."""
        if self.measure.shape not in (Shape.SUM, Shape.MEAN) or not self.days:
            return self.figure
        if self.valid == self.due:
            return Fraction(self.top, self.due)
        return weekday_mean([(day, top) for day, top, _ in self.days])


def reading(
    measure: Measure,
    daily: Daily,
    window: Window,
    *,
    leave_out: Collection[date] = NOWHERE,
    known_until: date | None = None,
) -> Reading:
    """`leave_out`: days that are not asked for (campaigns); `known_until`: cohorts must be 14 days old by then."""
    asked = window.dates()
    if leave_out:
        asked = tuple(day for day in asked if day not in leave_out)
    if measure.shape is Shape.COHORT and known_until is not None:
        asked = tuple(day for day in asked if (known_until - day).days >= COHORT_DAYS)
    tops = _summed(measure.top, measure.minus, daily)
    if measure.bottom:
        bottoms = _summed(measure.bottom, (), daily)
        pairs = ((day, tops(day), bottoms(day)) for day in asked)
        days = [pair for pair in pairs if pair[1] is not None and pair[2] is not None]
    else:
        days = [(day, top, 1) for day in asked if (top := tops(day)) is not None]
    opening = _opening(measure, daily, window) if measure.opening else 0
    if opening is None:
        days, opening = [], 0
    if not days:
        return Reading(measure, window, (), len(asked))
    _, counted, below = zip(*days, strict=True)
    return Reading(measure, window, tuple(days), len(asked), sum(counted), sum(below) + opening)


def _summed(fields: tuple[str, ...], minus: tuple[str, ...], daily: Daily) -> Callable[[date], int | None]:
    """The value of a day; None when one of its parts is not known. A single field is looked up as it is."""
    if len(fields) == 1 and not minus:
        return daily.get(fields[0], {}).get
    added, taken = [daily.get(field, {}) for field in fields], [daily.get(field, {}) for field in minus]

    def value(day: date) -> int | None:
        plus, less = [part.get(day) for part in added], [part.get(day) for part in taken]
        return None if None in plus or None in less else sum(plus) - sum(less)

    return value


def _opening(measure: Measure, daily: Daily, window: Window) -> int | None:
    stock = measure.opening
    before = daily.get(stock.stock, {}).get(window.first - timedelta(days=1))
    if before is not None:
        return before
    return _summed((stock.stock, *stock.outflows), stock.inflows, daily)(window.first)
