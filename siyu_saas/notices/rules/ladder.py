"""Who is reminded of a thing that is due, and when: the day before, a day late, then the one who leads. Source: product I3."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

LATE_DAYS = range(1, 3)  # a clock that stood still for a day still reminds
LEAD_DAYS = range(3, 6)


class Rung(StrEnum):
    TOMORROW = "tomorrow"
    LATE = "late"
    LEAD = "lead"


def rung_of(due_on: date, today: date) -> Rung | None:
    """None while it is not time, and once every reminder was given."""
    late = (today - due_on).days
    if late == -1:
        return Rung.TOMORROW
    if late in LATE_DAYS:
        return Rung.LATE
    return Rung.LEAD if late in LEAD_DAYS else None


def sentence_of(title: str, due_on: date, today: date) -> str:
    late = (today - due_on).days
    return f"「{title}」已逾期 {late} 天" if late > 0 else f"「{title}」明天到期"
