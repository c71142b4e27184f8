"""球在谁手里: what is open in a service period, and which side has to move. Every room registers a source of its own.

A source is a function from how an engagement stands to the things it waits for; the home and the cockpit show all of them together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .roles import Side


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that somebody waits for. `key` is stable and names it when it is nudged about; `endpoint` and `values`
    are its page, `permission` what acting takes, `consequence` what happens otherwise. Without `due_on` it is never late."""

    key: str
    side: Side
    title: str
    note: str
    icon: str
    endpoint: str
    permission: str
    since: date
    due_on: date | None = None
    action: str = ""
    consequence: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def days_late(self, today: date) -> int:
        return max((today - self.due_on).days, 0) if self.due_on else 0


Source = Callable[[Any], list[Open]]
SOURCES: list[Source] = []


def waits_for(source: Source) -> Source:
    """Registers where to ask what is open."""
    SOURCES.append(source)
    return source


def open_things(standing: Any, *, today: date) -> list[Open]:
    """Of all rooms; the most overdue first, then by their day."""
    found = [thing for source in SOURCES for thing in source(standing)]
    return sorted(found, key=lambda thing: (-thing.days_late(today), thing.due_on or date.max, thing.since))
