"""Windows that are compared, and how much of one is known. Source: domain C3, rules 1, 3 and 4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

USUAL_DAYS = 28
WEEK = 7
FULL_FROM = Fraction(95, 100)
SHOWN_FROM = Fraction(80, 100)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """Both days belong to it."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a window ends on or after its first day")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def whole_weeks(self) -> bool:
        return self.days % WEEK == 0

    def dates(self) -> tuple[date, ...]:
        return _dates(self.first, self.last)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: Window) -> bool:
        return self.first <= other.last and other.first <= self.last

    def before(self) -> Window:
        """The adjacent window of the same length: 环比."""
        return Window(self.first - timedelta(days=self.days), self.first - timedelta(days=1))

    def year_ago(self) -> Window:
        """52 whole weeks earlier, so that weekdays stay aligned: 同比."""
        return Window(self.first - timedelta(days=364), self.last - timedelta(days=364))


@lru_cache(256)
def _dates(first: date, last: date) -> tuple[date, ...]:
    """The same few windows are walked again and again on one page."""
    return tuple(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))


def last_months(whole: Window) -> tuple[Window, Window] | None:
    """The last two calendar months that lie in it whole, one after the other; None where there are none."""
    month_after = (whole.last + timedelta(days=1)).replace(day=1)
    later = _month_before(month_after)
    earlier = _month_before(later.first)
    return (earlier, later) if earlier.first >= whole.first else None


def _month_before(first: date) -> Window:
    last = first - timedelta(days=1)
    return Window(last.replace(day=1), last)


def usual_window(last: date) -> Window:
    """Four whole weeks that end on `last`."""
    return Window(last - timedelta(days=USUAL_DAYS - 1), last)


class Coverage(StrEnum):
    FULL = "full"
    NOTED = "noted"
    THIN = "thin"


def coverage_of(valid: int, due: int) -> Coverage:
    """≥ 95 % is normal, 80–<95 % is shown with a note, below 80 % no percentage is printed. Source: domain C3, rule 3."""
    share = Fraction(valid, due) if due else Fraction(0)
    if share >= FULL_FROM:
        return Coverage.FULL
    return Coverage.NOTED if share >= SHOWN_FROM else Coverage.THIN


def weekday_mean(values: list[tuple[date, int]]) -> Fraction | None:
    """The mean of the means of each weekday; None when a weekday is missing altogether. Source: domain C3, rule 4.

    A plain mean would underrate a window whose weekends are missing.
    """
    by_day: dict[int, list[int]] = {}
    for day, value in values:
        by_day.setdefault(day.weekday(), []).append(value)
    if len(by_day) < WEEK:
        return None
    return sum((Fraction(sum(known), len(known)) for known in by_day.values()), Fraction(0)) / WEEK
