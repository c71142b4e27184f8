"""Lines of a plan's text as they will be once edits are applied; nothing of it is written yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from .layout import Span


def lines_after(
    milestones: Iterable[Any], tasks: Iterable[Any], edits: Sequence[Mapping[str, Any]], spans: Mapping[UUID, Span]
) -> tuple[list[Any], list[Any]]:
    """Milestones and tasks with what `plan_text` needs of them. `spans`: of the tasks that move."""
    gone = {UUID(edit["task"]) for edit in edits if edit["op"] == "remove"}
    lines = [_as_it_will_be(task, spans) for task in tasks if task.id not in gone]
    lines += [_line_of(edit, spans) for edit in edits if edit["op"] == "add"]
    added = [_Line(id=UUID(edit["milestone"]), title=edit["title"]) for edit in edits if edit["op"] == "milestone"]
    used = {line.milestone_id for line in lines}
    fitted = [_fitted(milestone, lines) for milestone in milestones]
    return fitted + [_fitted(one, lines) for one in added if one.id in used], lines


class _Line:
    """What the plan's text needs of a task or a milestone."""

    def __init__(self, **values: Any) -> None:
        self.__dict__.update(values)


def _as_it_will_be(task: Any, spans: Mapping[UUID, Span]) -> _Line:
    span = spans.get(task.id)
    return _Line(
        id=task.id,
        key=task.key,
        title=task.title,
        milestone_id=task.milestone_id,
        role=task.role,
        owner_name=task.owner_name,
        acceptance=task.acceptance,
        starts_on=span.starts_on if span else task.starts_on,
        ends_on=span.ends_on if span else task.ends_on,
    )


def _line_of(edit: Mapping[str, Any], spans: Mapping[UUID, Span]) -> _Line:
    task_id = UUID(edit["task"])
    span = spans.get(task_id)
    return _Line(
        id=task_id,
        key=edit.get("key", "+"),
        title=edit["title"],
        milestone_id=UUID(edit["milestone"]) if edit.get("milestone") else None,
        role=edit["role"],
        owner_name=edit.get("owner_name", ""),
        acceptance=edit.get("acceptance", ""),
        starts_on=span.starts_on if span else date.fromisoformat(edit["starts_on"]),
        ends_on=span.ends_on if span else date.fromisoformat(edit["ends_on"]),
    )


def _fitted(milestone: Any, lines: Iterable[_Line]) -> _Line:
    own = [line for line in lines if line.milestone_id == milestone.id]
    return _Line(
        id=milestone.id,
        title=milestone.title,
        starts_on=min(line.starts_on for line in own) if own else milestone.starts_on,
        ends_on=max(line.ends_on for line in own) if own else milestone.ends_on,
    )
