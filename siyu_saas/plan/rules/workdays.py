"""Days on which people in China work: the announced holidays and 调休, and for later years what is known for certain.

The State Council announces the days off of a year in the autumn before; `chinesecalendar` follows with a release. Until
then a year is provisional: weekends and the statutory days of 《全国年节及纪念日放假办法》(2024), no 调休.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import chinese_calendar

ONE_DAY = timedelta(days=1)
SATURDAY = 5
LAST_ANNOUNCED = max(chinese_calendar.constants.holidays).year

FIXED_DAYS = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
# Days off that follow the moon or the sun, until they are announced: 除夕至初三、清明、端午、中秋.
MOVING_DAYS = {
    2027: ((2, 5), (2, 6), (2, 7), (2, 8), (4, 5), (6, 9), (9, 15)),
    2028: ((1, 25), (1, 26), (1, 27), (1, 28), (4, 4), (5, 28), (10, 3)),
}


def is_announced(day: date) -> bool:
    """Whether the day's year is settled, 调休 included; dates in other years are provisional."""
    return day.year <= LAST_ANNOUNCED


@cache
def is_workday(day: date) -> bool:
    if is_announced(day):
        return chinese_calendar.is_workday(day)
    statutory = (*FIXED_DAYS, *MOVING_DAYS.get(day.year, ()))
    return day.weekday() < SATURDAY and (day.month, day.day) not in statutory


@cache
def next_workday(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_workday(day):
        day += ONE_DAY
    return day


@cache
def last_workday(day: date) -> date:
    """The day itself, or the last working day before it."""
    while not is_workday(day):
        day -= ONE_DAY
    return day


def workdays_between(first: date, last: date) -> int:
    """Both days count."""
    return sum(is_workday(first + timedelta(days=passed)) for passed in range((last - first).days + 1))


def workday_after(day: date, count: int) -> date:
    """The working day that comes `count` working days later; with 0 the day itself."""
    for _ in range(count):
        day = next_workday(day + ONE_DAY)
    return day
