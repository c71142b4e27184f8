"""One measure in one window: its figure, what it was made of, and how much of the window is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    """`days` are the known ones with numerator and denominator (1 for plain counts); `due` counts those expected."""

    measure: Measure
    window: Window
    days: tuple[tuple[date, int, int], ...]
    due: int
    opening: int = 0

    @property
    def valid(self) -> int:
        return len(self.days)

    @property
    def coverage(self) -> Coverage:
        return coverage_of(self.valid, self.due)

    @property
    def top(self) -> int | None:
        return sum(top for _, top, _ in self.days) if self.days else None

    @property
    def bottom(self) -> int | None:
        return sum(bottom for _, _, bottom in self.days) + self.opening if self.days else None

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
    days, due = [], 0
    for day in window.dates():
        if day in leave_out or _too_young(measure, day, known_until):
            continue
        due += 1
        top, bottom = _sum(measure.top, measure.minus, daily, day), 1
        if measure.bottom:
            bottom = _sum(measure.bottom, (), daily, day)
        if top is not None and bottom is not None:
            days.append((day, top, bottom))
    opening = _opening(measure, daily, window) if measure.opening else 0
    if opening is None:
        days, opening = [], 0
    return Reading(measure, window, tuple(days), due, opening)


def _sum(fields: tuple[str, ...], minus: tuple[str, ...], daily: Daily, day: date) -> int | None:
    added = [daily.get(field, {}).get(day) for field in fields]
    taken = [daily.get(field, {}).get(day) for field in minus]
    return None if None in added or None in taken else sum(added) - sum(taken)


def _opening(measure: Measure, daily: Daily, window: Window) -> int | None:
    stock = measure.opening
    before = daily.get(stock.stock, {}).get(window.first - timedelta(days=1))
    if before is not None:
        return before
    return _sum((stock.stock, *stock.outflows), stock.inflows, daily, window.first)


def _too_young(measure: Measure, day: date, known_until: date | None) -> bool:
    old_enough = known_until is None or (known_until - day).days >= COHORT_DAYS
    return measure.shape is Shape.COHORT and not old_enough
