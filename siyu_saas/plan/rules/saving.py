"""A plan turned back into a package: what can be used again, and nothing of the merchant it was made for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from .blueprint import Blueprint, MilestonePart, TaskPart


def package_of(
    *,
    key: str,
    title: str,
    day_zero: date,
    milestones: Sequence[Any],
    modules: Iterable[tuple[str, str]],
    tasks: Sequence[Any],
    links: Iterable[tuple[Any, Any]],
) -> Blueprint:
    """Tasks that were added by hand get keys of their own; one that begins before day 0 begins on it."""
    keys = _keys(tasks)
    before: dict[Any, list[str]] = {}
    for one, other in links:
        if one in keys and other in keys:
            before.setdefault(other, []).append(keys[one])
    places = {milestone.id: milestone.key for milestone in milestones}
    last = max(task.ends_on for task in tasks)
    return Blueprint(
        key=key,
        title=title,
        days=max((last - day_zero).days + 1, 1),
        milestones=tuple(
            MilestonePart(one.key, one.title, one.stage, one.required, one.gate, one.deliverable, one.acceptance)
            for one in milestones
        ),
        tasks=tuple(
            TaskPart(
                key=keys[task.id],
                title=task.title,
                milestone=places.get(task.milestone_id, ""),
                kind=task.kind,
                side=task.side,
                role=task.role,
                offset=max((task.starts_on - day_zero).days, 0),
                days=(task.ends_on - task.starts_on).days + 1,
                helpers=task.helpers,
                depends_on=tuple(sorted(before.get(task.id, ()))),
                deliverable=task.deliverable,
                acceptance=task.acceptance,
                checklists=tuple(task.checklists),
                module=task.module,
                campaign=task.campaign,
            )
            for task in tasks
        ),
        modules=tuple(modules),
    )


def _keys(tasks: Sequence[Any]) -> dict[Any, str]:
    taken: set[str] = set()
    found = {}
    for place, task in enumerate(tasks, 1):
        key = task.key if task.key != "+" and task.key not in taken else f"N{place:03d}"
        taken.add(key)
        found[task.id] = key
    return found
