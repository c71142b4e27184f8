"""How far a checklist is, and which item comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from siyu_saas.tenants.rules import Side

from .states import CLOSED, ItemState, turn_of


@dataclass(frozen=True, slots=True)
class Progress:
    """`total` leaves out what does not apply."""

    total: int
    accepted: int
    submitted: int
    returned: int

    @property
    def percent(self) -> int:
        return self.accepted * 100 // self.total if self.total else 100

    @property
    def done(self) -> bool:
        return self.accepted == self.total


def progress_of(states: Iterable[ItemState]) -> Progress:
    counted = [state for state in states if state is not ItemState.NOT_APPLICABLE]
    return Progress(
        len(counted),
        counted.count(ItemState.ACCEPTED),
        counted.count(ItemState.SUBMITTED),
        counted.count(ItemState.RETURNED),
    )


URGENCY = {ItemState.RETURNED: 0, ItemState.DOING: 1, ItemState.TODO: 2, ItemState.SUBMITTED: 3}


def next_for(side: Side, items: Iterable) -> object | None:
    """The item that a side should take up next: returned ones first, then begun ones, then in their order."""
    waiting = [item for item in items if item.state not in CLOSED and turn_of(item.state, item.side) is side]
    return min(waiting, key=lambda item: URGENCY[item.state], default=None)


def holding(items: Iterable, side: Side) -> list:
    """The items that a task of one side waits for: those its own side does; where it does none, all of them."""
    items = list(items)
    return [item for item in items if item.side is side] or items
