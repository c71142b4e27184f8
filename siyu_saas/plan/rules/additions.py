"""A package as edits of a running plan, laid out from a day of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from .blueprint import Blueprint, MilestonePart, TaskPart
from .layout import Layout, Span


def package_edits(package: Blueprint, layout: Layout, *, why: str, new_id: Callable[[], UUID]) -> list[dict[str, Any]]:
    """In an order that can be applied: milestones, their tasks, and what waits for what within the package."""
    used = {part.milestone for part in package.tasks}
    places = {one.key: str(new_id()) for one in package.milestones if one.key in used}
    tasks = {part.key: str(new_id()) for part in package.tasks}
    ordered = sorted(package.tasks, key=lambda part: (layout.spans[part.key].starts_on, part.offset))
    return [
        *(_milestone_edit(one, places[one.key]) for one in package.milestones if one.key in places),
        *(
            _task_edit(part, tasks[part.key], places.get(part.milestone, ""), layout.spans[part.key], why)
            for part in ordered
        ),
        *(
            {"op": "link", "before": tasks[before], "after": tasks[part.key]}
            for part in ordered
            for before in dict.fromkeys(part.depends_on)
            if before in tasks
        ),
    ]


def _milestone_edit(one: MilestonePart, milestone_id: str) -> dict[str, Any]:
    return {
        "op": "milestone",
        "milestone": milestone_id,
        "key": one.key,
        "title": one.title,
        "stage": one.stage.value,
        "required": one.required,
        "gate": one.gate.value,
        "deliverable": one.deliverable,
        "acceptance": one.acceptance,
    }


def _task_edit(part: TaskPart, task_id: str, milestone_id: str, span: Span, why: str) -> dict[str, Any]:
    return {
        "op": "add",
        "task": task_id,
        "key": part.key,
        "title": part.title,
        "milestone": milestone_id,
        "kind": part.kind.value,
        "role": part.role,
        "helpers": part.helpers,
        "starts_on": span.starts_on.isoformat(),
        "ends_on": span.ends_on.isoformat(),
        "deliverable": part.deliverable,
        "acceptance": part.acceptance,
        "checklists": list(part.checklists),
        "campaign": part.campaign,
        "why": why,
    }
