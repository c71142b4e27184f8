"""Checklists hold back the tasks that carry them, told to the plan."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from siyu_saas.plan.rules.holds import Hold, holds_tasks
from siyu_saas.tenants.rules import Side

from .queries.checklists import items_of_checklists
from .rules.progress import holding, progress_of
from .rules.states import CLOSED, OPEN


@holds_tasks
def checklists_taken_up(engagement_id: UUID, keys: Collection[str], side: Side) -> list[Hold]:
    return [_hold(key, rows, side) for key, rows in items_of_checklists(engagement_id, keys).items()]


def _hold(key: str, rows: list, side: Side) -> Hold:
    progress, own = progress_of(row.state for row in rows), holding(rows, side)
    return Hold(
        key,
        progress.accepted,
        progress.total,
        to_do=tuple(row.title for row in own if row.state in OPEN),
        to_accept=tuple(row.title for row in own if row.state not in CLOSED),
    )
