"""What the demo tells: dates, answers and days of numbers. Source: domain H."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from siyu_saas.core.clock import SHANGHAI
from siyu_saas.packs.demo import answers, daily_sheet

WORKED = "worked"


def moment(day: date, hour: int = 10) -> datetime:
    """A working hour in Shanghai."""
    return datetime.combine(day, time(hour), SHANGHAI)


def answers_of(merchant: str) -> dict[str, tuple[str, ...]]:
    """By question, as a form would send them. A light merchant answers beyond its own as the worked case does."""
    every = answers()
    given: Mapping[str, Any] = {**every[WORKED], **every.get(merchant, {})}
    return {key: _typed(value) for key, value in given.items() if value is not None}


def _typed(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(value) or ("-",)
    return (str(value),)


def days_between(first: date, last: date, *, moved: int = 0) -> bytes:
    """The daily sheet's rows of these days as a file. `moved` days later they are another merchant's."""
    head, *rows = csv.reader(io.StringIO(daily_sheet()))
    later = [[(date.fromisoformat(row[0]) + timedelta(days=moved)).isoformat(), *row[1:]] for row in rows]
    target = io.StringIO()
    kept = [row for row in later if first.isoformat() <= row[0] <= last.isoformat()]
    csv.writer(target, lineterminator="\n").writerows([head, *kept])
    return target.getvalue().encode()


def last_day() -> date:
    """Of the daily sheet."""
    return date.fromisoformat(daily_sheet().rstrip().rsplit("\n", 1)[1].partition(",")[0])
