"""A measure week by week, and the steps of the funnel in a window. Source: product F7, domain C3."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .measures import Measure, Shape
from .readings import Daily, reading
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
    firsts = [whole.first + timedelta(days=number * WEEK) for number in range(whole.days // WEEK)]
    return [Week(first, _figure(measure, daily, first)) for first in firsts]


def _figure(measure: Measure, daily: Daily, first: date) -> Fraction | None:
    seen = reading(measure, daily, Window(first, first + timedelta(days=WEEK - 1)))
    return seen.figure if measure.shape is not Shape.SUM or seen.valid == seen.due else None


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
