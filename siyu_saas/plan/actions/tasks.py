"""A task on its way: begun, handed in, accepted or returned; stuck for a reason; given to somebody, mended, added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Milestone, Plan, Post, Task
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import last_position
from siyu_saas.plan.queries.works import unfinished_before
from siyu_saas.plan.rules.checks import operates_for_the_merchant
from siyu_saas.plan.rules.holds import Hold, holds_of, refuse_open
from siyu_saas.plan.rules.schedule import Work, moved_to
from siyu_saas.plan.rules.states import Gate, Kind, Repeats, TaskState, other
from siyu_saas.plan.rules.team import role_title, side_of
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.rules import Side

from .clocks import start_clock, stop_clock
from .dates import reforecast
from .plans import STEP


class OtherSide(NotReady):
    """A task is worked on by one side and accepted by the other."""


class NotYet(NotReady):
    """The task is not in a state that allows this."""


def start(task: Task, *, plan: Plan, side: Side, today: date, by: Actor) -> list[str]:
    """Answers with what should have been finished before, for a warning. Raises NotYet behind a gate that blocks."""
    _refuse_other_side(task, side)
    _refuse_unless(task, TaskState.TODO, "这项任务已经开始了。")
    _refuse_behind_gate(task, plan)
    task.state, task.started_on = TaskState.DOING, today
    audit.record("task.started", task, by=by, label=task.title)
    reforecast(plan, today=today)
    return unfinished_before(task.id)


def submit(task: Task, *, plan: Plan, side: Side, remark: str, today: date, by: Actor) -> None:
    """Hands it in for the other side's acceptance; that side's clock runs from here. Raises NotReady while its checklists
    have items that nobody handed in."""
    _refuse_other_side(task, side)
    if task.state in (TaskState.SUBMITTED, TaskState.ACCEPTED):
        raise NotYet("这项任务已经提交了。")
    if task.state is TaskState.TODO:
        _refuse_behind_gate(task, plan)
    titles = [title for hold in _holds(task, plan) for title in hold.to_do]
    refuse_open(titles, "清单里还有 {} 项没有交：{}。交齐后再提交这项任务。")
    task.state, task.submitted_at = TaskState.SUBMITTED, now()
    task.started_on = task.started_on or today
    task.stuck_side, task.remark = None, remark
    start_clock(plan.id, task.id, label=task.title, side=other(task.side), cause=Cause.REVIEW, on=today)
    audit.record("task.submitted", task, by=by, label=task.title, changes={"remark": (None, remark)})
    reforecast(plan, today=today)


def accept(task: Task, *, plan: Plan, side: Side, today: date, by: Actor) -> Task | None:
    """Answers with the next one, when the task comes again. Raises NotReady while its checklists have open items."""
    _refuse_unless(task, TaskState.SUBMITTED, "这项任务还没有提交，不能验收。")
    _refuse_own_side(task, side)
    titles = [title for hold in _holds(task, plan) for title in hold.to_accept]
    refuse_open(titles, "清单里还有 {} 项没有通过：{}。先验收清单，或把不需要的项标为不适用。")
    task.state, task.done_on, task.remark = TaskState.ACCEPTED, today, ""
    stop_clock(task.id, on=today)
    audit.record("task.accepted", task, by=by, label=task.title)
    following = _next_of(task) if task.repeats is not Repeats.NEVER else None
    reforecast(plan, today=today)
    return following


def give_back(task: Task, *, plan: Plan, side: Side, reason: str, today: date, by: Actor) -> None:
    _refuse_unless(task, TaskState.SUBMITTED, "这项任务还没有提交，不能退回。")
    _refuse_own_side(task, side)
    task.state, task.remark = TaskState.RETURNED, reason
    start_clock(plan.id, task.id, label=task.title, side=task.side, cause=Cause.RETURNED, on=today, reason=reason)
    audit.record("task.returned", task, by=by, label=task.title, changes={"reason": (None, reason)})
    reforecast(plan, today=today)


def get_stuck(task: Task, *, plan: Plan, side: Side, reason: str, today: date, by: Actor) -> None:
    """`side` is whose move would free it; its clock runs."""
    if task.state in (TaskState.SUBMITTED, TaskState.ACCEPTED):
        raise NotYet("已提交或已通过的任务不会卡住。")
    if task.stuck_side is not None:
        raise NotYet("这项任务已经标为卡住。")
    task.stuck_side, task.remark = side, reason
    start_clock(plan.id, task.id, label=task.title, side=side, cause=Cause.STUCK, on=today, reason=reason)
    audit.record("task.stuck", task, by=by, label=task.title, changes={"reason": (None, reason)})
    db.session.flush()


def get_free(task: Task, *, today: date, by: Actor) -> None:
    if task.stuck_side is None:
        raise NotYet("这项任务没有卡住。")
    task.stuck_side, task.remark = None, ""
    stop_clock(task.id, on=today)
    audit.record("task.freed", task, by=by, label=task.title)
    db.session.flush()


def assign(task: Task, *, user_id: UUID | None, name: str, by: Actor) -> None:
    changes = {"owner": (task.owner_name, name), "owner_id": (task.owner_id, user_id)}
    task.owner_id, task.owner_name = user_id, name
    audit.record("task.assigned", task, by=by, label=f"{task.title}：{name or '待定'}", changes=changes)
    db.session.flush()


def mend(task: Task, values: Mapping[str, Any], *, by: Actor) -> None:
    """Words and standards; days are moved by consent. `values` by column name."""
    changes = {name: (getattr(task, name), value) for name, value in values.items() if getattr(task, name) != value}
    if not changes:
        return
    for name, value in values.items():
        setattr(task, name, value)
    _check_side(task)
    audit.record("task.edited", task, by=by, label=task.title, changes=changes)
    db.session.flush()


def add_task(
    plan: Plan,
    *,
    title: str,
    milestone: Milestone | None,
    kind: Kind,
    role: str,
    starts_on: date,
    ends_on: date,
    by: Actor,
    owner: tuple[UUID | None, str] = (None, ""),
    acceptance: str = "",
    deliverable: str = "",
    why: str = "",
    repeats: Repeats = Repeats.NEVER,
    form_key: str | None = None,
    task_id: UUID | None = None,
    position: int | None = None,
) -> Task:
    """At the end of its milestone, or at a `position`: then the caller, who adds several, flushes. `form_key` keeps the
    form it came from: `task_of_form` knows whether it came before."""
    if ends_on < starts_on:
        raise NotReady("结束日早于开始日，没有保存。")
    task = Task(
        id=task_id or new_id(),
        plan_id=plan.id,
        milestone_id=milestone.id if milestone else None,
        key="+",
        position=next_position(plan.id, milestone) if position is None else position,
        title=title,
        kind=kind,
        side=side_of(role),
        role=role,
        owner_id=owner[0],
        owner_name=owner[1],
        acceptance=acceptance,
        deliverable=deliverable,
        why=why,
        repeats=repeats,
        starts_on=starts_on,
        ends_on=ends_on,
        expected_from=starts_on,
        expected_until=ends_on,
        form_key=form_key,
    )
    _check_side(task)
    db.session.add(task)
    audit.record("task.added", task, by=by, label=title)
    if position is None:
        db.session.flush()
    return task


def fill_post(post: Post, *, user_id: UUID | None, name: str, by: Actor) -> int:
    """Gives a role to somebody, and with it the open tasks that nobody else has. Answers with how many."""
    before, changes = post.name, {"name": (post.name, name), "user_id": (post.user_id, user_id)}
    post.user_id, post.name = user_id, name
    label = f"{role_title(post.role)}：{name or '待定'}"
    audit.record("post.filled", post, by=by, label=label, changes=changes)
    db.session.flush()
    moved = db.session.execute(
        sa.update(Task)
        .where(
            Task.plan_id == post.plan_id,
            Task.role == post.role,
            Task.removed_at.is_(None),
            Task.state != TaskState.ACCEPTED,
            Task.owner_name.in_([before, ""]),
        )
        .values(owner_id=user_id, owner_name=name, version=Task.version + 1),
        execution_options={"synchronize_session": False},
    )
    return moved.rowcount


def _next_of(task: Task) -> Task:
    """The same again, one period later, on working days."""
    work = Work(task.id, task.starts_on, task.ends_on, task.campaign)
    span = moved_to(task.starts_on + timedelta(days=task.repeats.days), work)
    copied = (
        "plan_id", "milestone_id", "key", "position", "title", "kind", "side", "role", "helpers", "owner_id",
        "owner_name", "module", "deliverable", "acceptance", "checklists", "why", "campaign", "repeats",
    )  # fmt: skip
    following = Task(
        id=new_id(),
        **{name: getattr(task, name) for name in copied},
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        agreed_from=span.starts_on if task.agreed_from else None,
        agreed_until=span.ends_on if task.agreed_until else None,
    )
    db.session.add(following)
    return following


def next_position(plan_id: UUID, milestone: Milestone | None = None) -> int:
    last = last_position(plan_id, milestone.id) if milestone is not None else None
    return last + 1 if last is not None else (last_position(plan_id) or 0) + STEP


def _check_side(task: Task) -> None:
    if not operates_for_the_merchant(task.kind, task.side):
        raise NotReady("落地任务只能由商家负责，顾问指导不代做。请换一个负责角色，或换一种任务类型。")


def _holds(task: Task, plan: Plan) -> list[Hold]:
    return holds_of(plan.engagement_id, task.checklists, task.side)


def _refuse_unless(task: Task, state: TaskState, sentence: str) -> None:
    if task.state is not state:
        raise NotYet(sentence)


def _refuse_other_side(task: Task, side: Side) -> None:
    if side is not task.side:
        raise OtherSide("这项任务由另一方负责，你可以在讨论里留言或提醒对方。")


def _refuse_own_side(task: Task, side: Side) -> None:
    if side is task.side:
        raise OtherSide("自己一方的任务由另一方验收。")


def _refuse_behind_gate(task: Task, plan: Plan) -> None:
    """Milestones with a blocking gate that lie before this one, and that the merchant has not signed off."""
    if task.milestone_id is None:
        return
    milestones = milestones_of(plan.id)
    own = next(one for one in milestones if one.id == task.milestone_id)
    for one in milestones:
        if one.position < own.position and one.gate is Gate.BLOCK and one.reached_on is None:
            raise NotYet(f"前面的里程碑「{one.title}」还没有验收，验收后才能开始这一阶段的任务。")
