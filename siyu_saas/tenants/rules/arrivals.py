"""What waits for somebody who comes in by a link: the room that sent the link gives it to them and says where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .roles import Role

Place = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody in one merchant's workspace, and the invitation that let them in."""

    invitation_id: UUID
    user_id: UUID
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Reception:
    """`receive` is called once, when they come in; `place` reads where they go on, None when nothing is theirs here."""

    receive: Callable[[Arrival], None]
    place: Callable[[UUID, UUID], Place | None]


RECEPTIONS: dict[str, Reception] = {}


def receives(what: str, reception: Reception) -> None:
    """Registers a room's reception for links that lead to this; both functions are called in the merchant's scope."""
    RECEPTIONS[what] = reception


def receive(what: str, arrival: Arrival) -> None:
    if what in RECEPTIONS:
        RECEPTIONS[what].receive(arrival)


def place_for(what: str, invitation_id: UUID, user_id: UUID) -> Place | None:
    """Endpoint and values of the page where somebody of this invitation goes on; None for the merchant's home."""
    return RECEPTIONS[what].place(invitation_id, user_id) if what in RECEPTIONS else None
