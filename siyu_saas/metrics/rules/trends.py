"""A measure week by week, and the steps of the funnel in a window. Source: product F7, domain C3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from .measures import Measure, Shape
from .readings import Daily, Reading, reading
from .windows import WEEK, Window

STEPS = (
    ("parcels_sent", "包裹卡发出"),
    ("parcel_scans", "扫码"),
    ("wecom_new_parcel", "加好友"),
    ("first_order_users", "首单"),
)


@dataclass(frozen=True, slots=True)
class Week:
    first: date
    figure: Fraction | None


def weeks(measure: Measure, daily: Daily, whole: Window) -> list[Week]:
    """From the first day on; a week of which days are missing has no total, a rest of less than a week is left out."""
    windows = weeks_of(whole)
    if measure.opening:
        return [Week(one.first, _figure(reading(measure, daily, one))) for one in windows]
    return _cut(measure, daily, whole, windows)


@lru_cache(64)
def weeks_of(whole: Window) -> tuple[Window, ...]:
    firsts = [whole.first + timedelta(days=number * WEEK) for number in range(whole.days // WEEK)]
    return tuple(Window(first, first + timedelta(days=WEEK - 1)) for first in firsts)


def _cut(measure: Measure, daily: Daily, whole: Window, windows: Sequence[Window]) -> list[Week]:
    """The whole is read once; only a stock before the window would have to be looked up week by week."""
    by_week: list[list[tuple[date, int, int]]] = [[] for _ in windows]
    start = whole.first.toordinal()
    for known in reading(measure, daily, whole).days:
        number = (known[0].toordinal() - start) // WEEK
        if number < len(windows):
            by_week[number].append(known)
    found = []
    for window, days in zip(windows, by_week, strict=True):
        tops, bottoms = sum([top for _, top, _ in days]), sum([bottom for _, _, bottom in days])
        found.append(Week(window.first, _figure(Reading(measure, window, tuple(days), WEEK, tops, bottoms))))
    return found


def _figure(seen: Reading) -> Fraction | None:
    return seen.figure if seen.measure.shape is not Shape.SUM or seen.valid == seen.due else None


def steps(daily: Daily, window: Window) -> list[tuple[str, int | None]]:
    """(name, people) of each step that was counted; None where every day is missing, left out where it never was."""
    found = []
    for field, name in STEPS:
        known = [value for day in window.dates() if (value := daily.get(field, {}).get(day)) is not None]
        if known or field != "parcel_scans":
            found.append((name, sum(known) if known else None))
    return found


def position_of(day: date, of: Sequence[Week]) -> int:
    """The week that a day lies in, or the nearest."""
    return max(0, min(len(of) - 1, (day - of[0].first).days // WEEK)) if of else 0
