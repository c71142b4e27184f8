"""What holds a task back besides the plan: its checklists. The room that keeps them registers how to look them up."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from siyu_saas.core.errors import NotReady
from siyu_saas.tenants.rules import Side

NAMED = 3


@dataclass(frozen=True, slots=True)
class Hold:
    """How far one checklist of a task is. Titles of items: `to_do` hold its submission, `to_accept` its acceptance."""

    key: str
    done: int
    total: int
    to_do: tuple[str, ...]
    to_accept: tuple[str, ...]


Look = Callable[[UUID, Collection[str], Side], list[Hold]]
LOOKS: list[Look] = []


def holds_tasks(look: Look) -> Look:
    """Registers a function from a service period, keys of checklists and the task's side to those that were taken up."""
    LOOKS.append(look)
    return look


def holds_of(engagement_id: UUID, keys: Collection[str], side: Side) -> list[Hold]:
    return [hold for look in LOOKS for hold in look(engagement_id, keys, side)] if keys else []


def refuse_open(titles: Collection[str], sentence: str) -> None:
    """Raises NotReady with the first of the titles; `sentence` has a place for how many there are, and for them."""
    if titles:
        named = "、".join(list(titles)[:NAMED]) + ("等" if len(titles) > NAMED else "")
        raise NotReady(sentence.format(len(titles), named))
