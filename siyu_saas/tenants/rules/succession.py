"""When a colleague takes another's place: every room hands over the work that is still open. Source: product A10.

What was done stays under the old name; only what is still to be done changes hands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Succession:
    """In one merchant's workspace. Some rooms know people by their names alone."""

    before: UUID
    before_name: str
    after: UUID
    after_name: str


HandOver = Callable[[Succession], int]
HAND_OVERS: list[HandOver] = []


def hands_over(function: HandOver) -> HandOver:
    """Registers a room's function, called in the merchant's scope; it returns how many open things changed hands."""
    HAND_OVERS.append(function)
    return function


def pass_on(succession: Succession) -> int:
    return sum(function(succession) for function in HAND_OVERS)
