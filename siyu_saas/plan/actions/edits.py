"""Moving, linking, adding and removing tasks: at once in a draft, collected for consent in a confirmed plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.charter.queries import informed_days
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Change, Link, Milestone, Plan, Task
from siyu_saas.plan.queries.changes import next_number, open_change
from siyu_saas.plan.queries.plans import milestone_with, posts_of
from siyu_saas.plan.queries.tasks import tasks_with
from siyu_saas.plan.queries.works import links_of, work_rows, works_in
from siyu_saas.plan.rules.changes import ChangeState, Impact, Outcome, merged, outcome
from siyu_saas.plan.rules.states import Kind, TaskState

from .additions import add_milestones, open_posts
from .dates import agree, fit_milestones, place, reforecast
from .plans import STEP
from .tasks import add_task, next_position

CARRIED = ("key", "helpers", "checklists", "campaign")  # what an added task may bring besides the usual


def edit_plan(plan: Plan, *edits: Mapping[str, Any], today: date, by: Actor) -> Change | None:
    """In a draft the edits happen at once, and push what stands behind them. In a confirmed plan they are collected into
    the open change set, which is the answer; the same form again collects nothing more. Raises Circle, or NotReady for what cannot be."""
    for edit in edits:
        _check(edit)
    edits = _with_owners(plan, edits)
    if plan.confirmed_at is None:
        if plan.proposed_at is not None:
            raise NotReady("计划正在等商家确认，先撤回再改。")
        if len(edits) == 1 and edits[0]["op"] == "add":
            _add_alone(plan, edits[0], by=by)
        else:
            apply_edits(plan, edits, outcome_of(plan, edits, today=today), today=today, by=by)
        return None
    change = open_change(plan.id)
    if change is not None and change.state is ChangeState.PROPOSED:
        raise NotReady("上一组改动正在等商家确认，确认或撤回后再改。")
    if change is None:
        change = Change(id=new_id(), plan_id=plan.id, number=next_number(plan.id), edits=[], made_by_name=by.name)
        db.session.add(change)
    if _came_before(change.edits, edits):
        return change
    collected = change.edits
    for edit in edits:
        collected = merged(collected, edit)
    outcome_of(plan, collected, today=today)
    change.edits = collected
    db.session.flush()
    return change


def outcome_of(plan: Plan, edits: Iterable[Mapping[str, Any]], *, today: date) -> Outcome:
    rows = work_rows(plan.id)
    titles = {row.id: row.title for row in rows}
    for edit in edits:
        for name in ("task", "before", "after"):
            if name in edit and edit["op"] != "add" and UUID(edit[name]) not in titles and not _is_added(edit, edits):
                raise NotReady("有一项任务已经被删除，请刷新后再改。")
    return outcome(
        edits, works_in(rows), titles, links_of(plan.id), today=today, informed_days=informed_days(plan.engagement_id)
    )


def apply_edits(plan: Plan, edits: Iterable[Mapping[str, Any]], after: Outcome, *, today: date, by: Actor) -> None:
    edits = list(edits)
    _add_all(plan, edits, by=by)
    open_posts(plan, {edit["role"] for edit in edits if edit.get("gap")})
    gone = [UUID(edit["task"]) for edit in edits if edit["op"] == "remove"]
    _replace_links(plan, set(after.links_before), set(after.links))
    _remove(gone, by=by)
    place(after.spans)
    if plan.confirmed_at is not None:
        agree(plan.id)
    elif any(edit["op"] in ("move", "link", "unlink") for edit in edits):
        audit.record("plan.edited", plan, by=by, label=_summary(after.impact))
    fit_milestones(plan.id)
    reforecast(plan, links=after.links, today=today)


def _check(edit: Mapping[str, Any]) -> None:
    if edit["op"] in ("move", "add") and edit["ends_on"] < edit["starts_on"]:
        raise NotReady("结束日早于开始日，没有保存。")
    if edit["op"] == "link" and edit["before"] == edit["after"]:
        raise NotReady("任务不能等自己。")


def _came_before(collected: Iterable[Mapping[str, Any]], edits: Iterable[Mapping[str, Any]]) -> bool:
    known = {edit["form_key"] for edit in collected if "form_key" in edit}
    return any(edit.get("form_key") in known for edit in edits)


def _is_added(edit: Mapping[str, Any], edits: Iterable[Mapping[str, Any]]) -> bool:
    added = {one["task"] for one in edits if one["op"] == "add"}
    return bool(added & {edit.get("task"), edit.get("before"), edit.get("after")})


def _with_owners(plan: Plan, edits: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """An added task without an owner belongs to whoever holds its role; nobody's role becomes a gap on the team page."""
    edits = [dict(edit) for edit in edits]
    added = [edit for edit in edits if edit["op"] == "add"]
    holders = {post.role: post for post in posts_of(plan.id)} if added else {}
    for edit in added:
        post = holders.get(edit["role"])
        edit["gap"] = post is None
        if post is not None and post.name and not edit.get("owner_name"):
            edit |= {"owner_id": str(post.user_id) if post.user_id else None, "owner_name": post.name}
    return edits


def _add_alone(plan: Plan, edit: Mapping[str, Any], *, by: Actor) -> None:
    """Nothing waits for a new task, so nothing moves: the plan need not be laid out again."""
    task = _add(plan, edit, by=by)
    if edit["gap"]:
        open_posts(plan, {task.role})
    if task.milestone_id is not None:
        fit_milestones(plan.id)
    if plan.expected_until is None or plan.expected_until < task.ends_on:
        plan.expected_until = task.ends_on
        db.session.flush()


def _add_all(plan: Plan, edits: list[Mapping[str, Any]], *, by: Actor) -> None:
    """What belongs to milestones that are new stands behind everything else, in the order of the edits."""
    after = next_position(plan.id) if any(edit["op"] == "milestone" for edit in edits) else 0
    fresh = add_milestones(plan, edits)
    for number, edit in enumerate(edit for edit in edits if edit["op"] == "add"):
        milestone = fresh.get(UUID(edit["milestone"])) if edit.get("milestone") else None
        _add(plan, edit, milestone=milestone, position=after + number * STEP if milestone else None, by=by)
    db.session.flush()


def _add(
    plan: Plan,
    edit: Mapping[str, Any],
    *,
    milestone: Milestone | None = None,
    position: int | None = None,
    by: Actor,
) -> Task:
    owner_id = edit.get("owner_id")
    if milestone is None and edit.get("milestone"):
        milestone = milestone_with(plan.id, UUID(edit["milestone"]))
    task = add_task(
        plan,
        title=edit["title"],
        milestone=milestone,
        position=position,
        kind=Kind(edit["kind"]),
        role=edit["role"],
        starts_on=date.fromisoformat(edit["starts_on"]),
        ends_on=date.fromisoformat(edit["ends_on"]),
        owner=(UUID(owner_id) if owner_id else None, edit.get("owner_name", "")),
        acceptance=edit.get("acceptance", ""),
        deliverable=edit.get("deliverable", ""),
        why=edit.get("why", ""),
        task_id=UUID(edit["task"]),
        form_key=edit.get("form_key"),
        by=by,
    )
    for name in CARRIED:
        if name in edit:
            setattr(task, name, edit[name])
    return task


def _remove(task_ids: list[UUID], *, by: Actor) -> None:
    for task in tasks_with(task_ids):
        if task.state is TaskState.ACCEPTED:
            raise NotReady(f"「{task.title}」已经通过验收，不能删除。")
        task.removed_at = now()
        audit.record("task.removed", task, by=by, label=task.title)
    db.session.flush()


def _replace_links(plan: Plan, now_there: set[tuple[UUID, UUID]], wanted: set[tuple[UUID, UUID]]) -> None:
    for before, after in now_there - wanted:
        db.session.execute(
            sa.delete(Link).where(Link.before_id == before, Link.after_id == after),
            execution_options={"synchronize_session": False},
        )
    for before, after in wanted - now_there:
        db.session.add(Link(id=new_id(), plan_id=plan.id, before_id=before, after_id=after))
    db.session.flush()


def _summary(impact: Impact) -> str:
    chosen = next((shift for shift in impact.shifts if shift.chosen), None)
    behind = sum(not shift.chosen for shift in impact.shifts)
    first = f"「{chosen.title}」{chosen.starts_on}–{chosen.ends_on}" if chosen else "前后关系"
    return f"{first}，后续 {behind} 项顺延" if behind else first
