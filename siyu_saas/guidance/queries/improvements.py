"""Where improvements of a review are by now: in the plan, or in a change that waits."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from siyu_saas.plan.queries.changes import open_change
from siyu_saas.plan.queries.tasks import tasks_with


def whereabouts(improvements: Iterable, plan_id: UUID) -> dict[UUID, bool]:
    """By the id of the task: whether it is in the plan already, or only in the open change; what is in neither is left out."""
    ids = [one.task_id for one in improvements if one.task_id is not None]
    if not ids:
        return {}
    change = open_change(plan_id)
    asked = {UUID(edit["task"]) for edit in change.edits if edit["op"] == "add"} if change else set()
    return {one: False for one in ids if one in asked} | {task.id: True for task in tasks_with(ids)}
