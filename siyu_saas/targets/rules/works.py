"""The tasks and milestones that can carry a target. Rooms that have some register here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Work:
    """`kind` is task or milestone; `endpoint` with `arguments` is its page."""

    kind: str
    id: UUID
    title: str
    due: date
    done: bool
    endpoint: str
    arguments: Mapping[str, Any]


_ROOMS: list[Callable[[UUID], Iterable[Work]]] = []


def offers_work(room: Callable[[UUID], Iterable[Work]]):
    """Registers who knows the work of an engagement."""
    _ROOMS.append(room)
    return room


def work_of(engagement_id: UUID) -> list[Work]:
    return [one for room in _ROOMS for one in room(engagement_id)]
