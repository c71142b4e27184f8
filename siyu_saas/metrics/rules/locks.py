"""Windows that were agreed on: a change inside one needs a reason. The rooms that lock windows register here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Lock:
    """`title` is what people call the window (基线窗口); both days belong to it."""

    first: date
    last: date
    title: str

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


_LOCKERS: list[Callable[[UUID], Iterable[Lock]]] = []


def locks_days(locker: Callable[[UUID], Iterable[Lock]]):
    """Registers who can say which windows of an engagement are locked."""
    _LOCKERS.append(locker)
    return locker


def locked_days(engagement_id: UUID) -> list[Lock]:
    return [lock for locker in _LOCKERS for lock in locker(engagement_id)]
