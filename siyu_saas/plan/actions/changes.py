"""Moving, linking, adding and removing tasks: at once in a draft, by consent in a confirmed plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.rules import Proof
from siyu_saas.charter.queries import informed_days
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.kinds import PLAN
from siyu_saas.plan.models import Change, Link, Milestone, Plan, Task
from siyu_saas.plan.queries.changes import next_number, open_change
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import milestone_with, milestones_of, posts_of
from siyu_saas.plan.queries.tasks import links_of, tasks_of, tasks_with, work_rows, works_in
from siyu_saas.plan.rules.changes import ChangeState, Impact, Outcome, merged, outcome
from siyu_saas.plan.rules.foretold import lines_after
from siyu_saas.plan.rules.schedule import moved_to, pushed
from siyu_saas.plan.rules.states import Kind, TaskState
from siyu_saas.plan.rules.text import plan_text
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.actions import Signer, withdraw
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.tenants.rules import Side

from .additions import add_milestones, open_posts
from .clocks import start_clock, stop_clock
from .dates import agree, fit_milestones, place, reforecast
from .plans import STEP, propose_text, sign_text
from .tasks import add_task, next_position

CARRIED = ("key", "helpers", "checklists", "campaign")  # what an added task may bring besides the usual


def edit_plan(plan: Plan, *edits: Mapping[str, Any], today: date, by: Actor) -> Change | None:
    """In a draft the edits happen at once, and push what stands behind them. In a confirmed plan they are collected into
    the open change set, which is the answer. Raises Circle, or NotReady for what cannot be."""
    for edit in edits:
        _check(edit)
    edits = _with_owners(plan, edits)
    if plan.confirmed_at is None:
        if plan.proposed_at is not None:
            raise NotReady("计划正在等商家确认，先撤回再改。")
        if len(edits) == 1 and edits[0]["op"] == "add":
            _add_alone(plan, edits[0], by=by)
        else:
            _apply(plan, edits, _outcome(plan, edits, today=today), today=today, by=by)
        return None
    change = open_change(plan.id)
    if change is not None and change.state is ChangeState.PROPOSED:
        raise NotReady("上一组改动正在等商家确认，确认或撤回后再改。")
    if change is None:
        change = Change(id=new_id(), plan_id=plan.id, number=next_number(plan.id), edits=[], made_by_name=by.name)
        db.session.add(change)
    collected = change.edits
    for edit in edits:
        collected = merged(collected, edit)
    _outcome(plan, collected, today=today)
    change.edits = collected
    db.session.flush()
    return change


def preview(plan: Plan, change: Change, *, today: date) -> Impact:
    return _outcome(plan, change.edits, today=today).impact


def send_change(plan: Plan, change: Change, *, reason: str, today: date, by: Actor) -> Change:
    """To the merchant for consent; what is small enough takes effect at once and is told."""
    _refuse_unless(change, ChangeState.DRAFT, "这组改动已经发出。")
    if not change.edits:
        raise NotReady("还没有改动，先移动、增加或删除任务。")
    after = _outcome(plan, change.edits, today=today)
    change.impact, change.reason, change.proposed_at = after.impact.as_dict(), reason, now()
    if not after.impact.needs_consent:
        change.state, change.decided_at = ChangeState.INFORMED, now()
        _apply(plan, change.edits, after, today=today, by=by)
        audit.record("change.informed", change, by=by, label=_label(change))
        db.session.flush()
        return change
    change.state = ChangeState.PROPOSED
    milestones, lines = lines_after(milestones_of(plan.id), tasks_of(plan.id), change.edits, after.spans)
    text = plan_text(plan, milestones, lines, after.links, duties_of(plan.id))
    propose_text(plan, text, reason=reason, by=by)
    start_clock(plan.id, change.id, label=_label(change), side=Side.MERCHANT, cause=Cause.CONFIRMATION, on=today)
    db.session.flush()
    return change


def confirm_change(
    plan: Plan, change: Change, *, seen_sha256: str, signer: Signer, proof: Proof, today: date, by: Actor
) -> None:
    """Raises NotReady when work went on meanwhile and the dates would come out differently."""
    _refuse_unless(change, ChangeState.PROPOSED, "这组改动不在等确认。")
    after = _outcome(plan, change.edits, today=today)
    if _dates_of(after.impact.as_dict()) != _dates_of(change.impact):
        raise NotReady("改动发出之后，有任务的进度变了，日期会和你看到的不一样。请顾问撤回后重新发出。")
    document = latest_to_change(PLAN.key, plan.id)
    with db.session.no_autoflush:  # both facts are written with the signature
        _decide(change, ChangeState.CONFIRMED, today=today, by=by)
        audit.record("change.confirmed", change, by=by, label=_label(change))
        sign_text(plan, document, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    _apply(plan, change.edits, after, today=today, by=by)


def decline_change(plan: Plan, change: Change, *, answer: str, today: date, by: Actor) -> None:
    """The merchant says no, and why; the plan stays as it was."""
    _refuse_unless(change, ChangeState.PROPOSED, "这组改动不在等确认。")
    withdraw(latest_to_change(PLAN.key, plan.id), by=by)
    change.answer = answer
    _decide(change, ChangeState.DECLINED, today=today, by=by)
    audit.record("change.declined", change, by=by, label=_label(change), changes={"answer": (None, answer)})
    db.session.flush()


def withdraw_change(plan: Plan, change: Change, *, today: date, by: Actor) -> None:
    """A draft is thrown away; what was sent comes back."""
    if change.state is ChangeState.PROPOSED:
        withdraw(latest_to_change(PLAN.key, plan.id), by=by)
    elif change.state is not ChangeState.DRAFT:
        raise NotReady("这组改动已经有结果了。")
    _decide(change, ChangeState.WITHDRAWN, today=today, by=by)
    audit.record("change.withdrawn", change, by=by, label=_label(change))
    db.session.flush()


def shift_rest(plan: Plan, days: int, *, today: date, by: Actor) -> None:
    """After a pause: whatever is not finished moves by as many calendar days, then onto working days. What was agreed
    first stays as it is, so that the pause is seen."""
    rows = work_rows(plan.id)
    works = works_in(rows)
    open_works = [work for work in works if work.done_on is None]
    moved = {work.key: moved_to(work.starts_on + timedelta(days=days), work) for work in open_works}
    links = links_of(plan.id)
    spans = pushed(works, links, moved)
    place(spans)
    fit_milestones(plan.id)
    audit.record("plan.shifted", plan, by=by, label=f"{days} 天")
    reforecast(plan, links=links, today=today)


def _outcome(plan: Plan, edits: Iterable[Mapping[str, Any]], *, today: date) -> Outcome:
    rows = work_rows(plan.id)
    titles = {row.id: row.title for row in rows}
    for edit in edits:
        for name in ("task", "before", "after"):
            if name in edit and edit["op"] != "add" and UUID(edit[name]) not in titles and not _is_added(edit, edits):
                raise NotReady("有一项任务已经被删除，请刷新后再改。")
    return outcome(
        edits, works_in(rows), titles, links_of(plan.id), today=today, informed_days=informed_days(plan.engagement_id)
    )


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


def _check(edit: Mapping[str, Any]) -> None:
    if edit["op"] in ("move", "add") and edit["ends_on"] < edit["starts_on"]:
        raise NotReady("结束日早于开始日，没有保存。")
    if edit["op"] == "link" and edit["before"] == edit["after"]:
        raise NotReady("任务不能等自己。")


def _apply(plan: Plan, edits: Iterable[Mapping[str, Any]], after: Outcome, *, today: date, by: Actor) -> None:
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


def _dates_of(impact: Mapping[str, Any]) -> list[tuple]:
    return sorted((shift["task"], shift["starts_on"], shift["ends_on"]) for shift in impact["shifts"])


def _decide(change: Change, state: ChangeState, *, today: date, by: Actor) -> None:
    change.state, change.decided_at, change.decided_by_name = state, now(), by.name
    stop_clock(change.id, on=today)


def _refuse_unless(change: Change, state: ChangeState, sentence: str) -> None:
    if change.state is not state:
        raise NotReady(sentence)


def _label(change: Change) -> str:
    return f"计划改动第 {change.number} 组"


def _summary(impact: Impact) -> str:
    chosen = next((shift for shift in impact.shifts if shift.chosen), None)
    behind = sum(not shift.chosen for shift in impact.shifts)
    first = f"「{chosen.title}」{chosen.starts_on}–{chosen.ends_on}" if chosen else "前后关系"
    return f"{first}，后续 {behind} 项顺延" if behind else first
