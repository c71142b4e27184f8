"""Which recorded facts become messages. Each room says beside its own rules whom one of its facts concerns.

    @tells("task.returned", Kind.RETURNED)
    def returned(event: AuditEvent) -> list[Message]:
        ...

It runs in a job, in the merchant's scope, after the fact was committed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from siyu_saas.core.audit import AuditEvent

from .rules.kinds import Kind


@dataclass(frozen=True, slots=True)
class Message:
    """`to`: the people concerned, whoever did it is left out. `internal` never leaves the team, not even to a bot.

    Somebody in several messages about one fact gets the first. `kind` replaces the one that the teller is registered with.
    """

    to: Collection[UUID]
    title: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
    engagement_id: UUID | None = None
    internal: bool = False
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A thing with a day by which somebody has to do it. `key` tells it apart for good."""

    key: str
    title: str
    due_on: date
    owners: Collection[UUID]
    leads: Collection[UUID]
    endpoint: str
    values: dict[str, Any]
    engagement_id: UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """A day, or a moment, in a calendar."""

    key: str
    title: str
    starts: Any  # date or aware datetime
    ends: Any
    endpoint: str
    values: dict[str, Any]
    engagement_id: UUID


Teller = Callable[[AuditEvent], list[Message]]
TELLERS: dict[str, tuple[Kind, Teller]] = {}
DUE_THINGS: list[Callable[[], list[Due]]] = []
CALENDARS: list[Callable[[], list[Entry]]] = []


def tells(verb: str, kind: Kind) -> Callable[[Teller], Teller]:
    def register(teller: Teller) -> Teller:
        TELLERS[verb] = (kind, teller)
        return teller

    return register


def due_things(source: Callable[[], list[Due]]) -> Callable[[], list[Due]]:
    """Registers what is open and due in the merchant in scope; a thing that was done is simply no longer named."""
    DUE_THINGS.append(source)
    return source


def calendar_entries(source: Callable[[], list[Entry]]) -> Callable[[], list[Entry]]:
    CALENDARS.append(source)
    return source
