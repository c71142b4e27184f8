"""When a piece of advice is looked at again. Source: domain G5."""

from __future__ import annotations

from datetime import date


def review_day(picked_on: date, months: int) -> date:
    """So many months later, on the last day of that month when it is shorter."""
    month = picked_on.month - 1 + months
    year, month = picked_on.year + month // 12, month % 12 + 1
    for day in (picked_on.day, 30, 29, 28):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
