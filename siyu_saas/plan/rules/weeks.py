"""Tasks under the headings a phone shows them by, and how one is told in a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from .states import LATE, STUCK, TaskState, is_late

HEADINGS = (LATE, "本周", "下周", "以后", TaskState.ACCEPTED.title)


def heading_of(task: Any, today: date) -> str:
    """By the day it is due; what should have begun by now belongs to this week."""
    if task.state is TaskState.ACCEPTED:
        return TaskState.ACCEPTED.title
    if is_late(task.state, task.ends_on, today):
        return LATE
    monday = today - timedelta(days=today.weekday())
    if task.ends_on < monday + timedelta(days=7) or task.starts_on <= today:
        return "本周"
    return "下周" if task.starts_on < monday + timedelta(days=14) else "以后"


def by_heading(tasks: Iterable[Any], today: date) -> list[tuple[str, list[Any]]]:
    """Only headings that have a task, in their order."""
    found: dict[str, list[Any]] = {heading: [] for heading in HEADINGS}
    for task in tasks:
        found[heading_of(task, today)].append(task)
    return [(heading, some) for heading, some in found.items() if some]


def status_of(task: Any, today: date) -> tuple[str, str]:
    """(look, word) for a pill."""
    if task.stuck_side is not None:
        return "bad", STUCK
    if is_late(task.state, task.ends_on, today):
        return "bad", LATE
    return STATUSES[task.state]


STATUSES = {
    TaskState.TODO: ("none", TaskState.TODO.title),
    TaskState.DOING: ("info", TaskState.DOING.title),
    TaskState.SUBMITTED: ("warn", TaskState.SUBMITTED.title),
    TaskState.RETURNED: ("bad", TaskState.RETURNED.title),
    TaskState.ACCEPTED: ("ok", TaskState.ACCEPTED.title),
}


def slip_days(task: Any) -> int:
    """How much later than first agreed it ends, by plan or by forecast; 0 without an agreed day."""
    if task.agreed_until is None:
        return 0
    end = task.done_on or max(task.ends_on, task.expected_until or task.ends_on)
    return (end - task.agreed_until).days
