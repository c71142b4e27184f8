"""The weeks of work: tasks done and accepted, milestones signed off, checklists with evidence, groups and campaigns."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from siyu_saas.core.clock import telling
from siyu_saas.demo.rules import moment
from siyu_saas.guidance.actions.campaigns import (
    add_row,
    close_review,
    lock_figures,
    plan_campaign,
    settle_material,
)
from siyu_saas.guidance.actions.checklists import take_up
from siyu_saas.guidance.actions.groups import note_week, open_group
from siyu_saas.guidance.actions.items import accept as accept_item
from siyu_saas.guidance.actions.items import give_evidence, send_back, waive
from siyu_saas.guidance.actions.items import submit as submit_item
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.queries.checklists import items_by_checklist
from siyu_saas.guidance.queries.items import item_to_change
from siyu_saas.guidance.rules.campaigns import Verdict
from siyu_saas.guidance.rules.groups import Form, GroupKind, Horizon, Layer
from siyu_saas.plan.actions.meetings import write_minutes
from siyu_saas.plan.actions.milestones import ask_sign_off, rate, sign_off
from siyu_saas.plan.actions.tasks import accept, start, submit
from siyu_saas.plan.models import Milestone, Plan, Task
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.tenants.rules import Side

from .cast import PROOF, Cast, Person

MILESTONE = "milestone"
CONTENT = "已完成，材料见说明"


@dataclass(frozen=True, order=True)
class Step:
    """One thing that happens to a task; `order` within a day."""

    on: date
    order: int
    key: str
    verb: str


def work(cast: Cast, plan: Plan, *, until: date, late: Mapping[str, int], open_: Collection[str] = ()) -> None:
    """Every task whose days are over by `until` is done and accepted, `late` ones so many days later, except `open_`,
    which wait for the other side; the milestones behind them are signed off."""
    tasks = {task.key: task for task in tasks_of(plan.id)}
    steps = sorted(step for task in tasks.values() for step in _steps(task, late.get(task.key, 0)))
    for step in steps:
        if step.on <= until and not (step.verb == "accept" and step.key in open_):
            _take(cast, plan, tasks[step.key], step)
            if step.verb == "accept":
                _reach(cast, plan, tasks[step.key], tasks.values(), step.on)


def _steps(task: Task, late: int) -> Iterable[Step]:
    done = task.ends_on + timedelta(days=late)
    yield Step(task.starts_on, 0, task.key, "start")
    yield Step(done, 1, task.key, "submit")
    yield Step(done, 2, task.key, "accept")


def _take(cast: Cast, plan: Plan, task: Task, step: Step) -> None:
    does = cast.consultant if task.side is Side.FIRM else cast.owner_of(task.owner_id)
    says_yes = cast.lead if task.side is Side.FIRM else cast.consultant
    with telling(moment(step.on, (10, 16, 17)[step.order])):
        if step.verb == "start":
            start(task, plan=plan, side=task.side, today=step.on, by=does.actor)
        elif step.verb == "submit":
            submit(task, plan=plan, side=task.side, remark=CONTENT, today=step.on, by=does.actor)
        else:
            accept(task, plan=plan, side=says_yes.role.side, today=step.on, by=says_yes.actor)


def _reach(cast: Cast, plan: Plan, task: Task, tasks: Iterable[Task], on: date) -> None:
    own = [one for one in tasks if one.milestone_id == task.milestone_id]
    if task.milestone_id is None or any(one.state is not TaskState.ACCEPTED for one in own):
        return
    milestone = next(one for one in milestones_of(plan.id) if one.id == task.milestone_id)
    with telling(moment(on, 18)):
        _sign_off(cast, plan, milestone, on)


def _sign_off(cast: Cast, plan: Plan, milestone: Milestone, on: date) -> None:
    ask_sign_off(milestone, plan=plan, today=on, by=cast.consultant.actor)
    document = latest_to_change(MILESTONE, milestone.id)
    sign_off(
        milestone,
        seen_sha256=document.sha256,
        signer=cast.boss.signer,
        proof=PROOF,
        today=on,
        by=cast.boss.actor,
    )
    rate(milestone, stars=5, note="", by=cast.boss.actor)


def follow_checklists(
    cast: Cast,
    plan: Plan,
    *,
    until: date,
    waived: Mapping[str, str],
    returned: Mapping[str, str],
    waiting: int = 0,
    beside: Mapping[str, date] | None = None,
) -> None:
    """The checklists of the plan's tasks, each when its first task ends: evidence, submission, the reviewer's word.

    `waived` and `returned`: reasons by item; the last `waiting` items stay with the reviewer; `beside`: checklists
    that no task names, with their days.
    """
    days = {**_days_of(tasks_of(plan.id), until), **(beside or {})}
    by_checklist: list[tuple[UUID, date]] = []
    for key, on in days.items():
        with telling(moment(on - timedelta(days=1), 9)):
            row = take_up(
                cast.pack.checklists[key],
                pack=cast.pack,
                engagement_id=cast.engagement.id,
                by=cast.consultant.actor,
            )
        by_checklist.append((row.id, on))
    rows = items_by_checklist(cast.engagement.id)
    todo = [(line.id, on) for checklist_id, on in by_checklist for line in rows[checklist_id]]
    for place, (item_id, on) in enumerate(todo):
        item = item_to_change(item_id, cast.engagement.id)
        if item.key in waived:
            with telling(moment(on, 12)):
                waive(item, reason=waived[item.key], by=cast.consultant.actor)
            continue
        _settle(cast, item, on, returned.get(item.key), accepted=place < len(todo) - waiting)


def _days_of(tasks: Iterable[Task], until: date) -> dict[str, date]:
    found: dict[str, date] = {}
    for task in sorted(tasks, key=lambda one: (one.ends_on, one.position)):
        for key in task.checklists:
            if task.ends_on <= until:
                found.setdefault(key, task.ends_on)
    return found


def _settle(cast: Cast, item: Item, on: date, reason: str | None, *, accepted: bool) -> None:
    gives = cast.consultant if item.side is Side.FIRM else _role_in(cast, item.role)
    decides = cast.lead if item.side is Side.FIRM else cast.consultant
    if reason:
        with telling(moment(on, 11)):
            _hand_in(item, gives, "第一版")
            send_back(item, reason=reason, unmet=[1], by=decides.actor)
    with telling(moment(on, 14)):
        _hand_in(item, gives, CONTENT)
    if accepted:
        with telling(moment(on, 17)):
            accept_item(item, by=decides.actor)


def _hand_in(item: Item, by: Person, note: str) -> None:
    give_evidence(item, criterion=None, note=note, form_key=f"{item.id.hex}-{item.round}", by=by.actor)
    submit_item(item, by=by.actor)


def _role_in(cast: Cast, role: str) -> Person:
    return next((one for one in cast.people.values() if one.role == role), cast.lead)


def meet(cast: Cast, plan: Plan, meetings: Iterable[Mapping[str, Any]]) -> None:
    """Once a week. What was decided for next week stands in the minutes: the tasks of the plan are the package's own."""
    people = "、".join(one.name for one in (cast.consultant, cast.lead, _role_in(cast, "user_ops")))
    for number, one in enumerate(meetings, 1):
        with telling(moment(one["day"], 15)):
            write_minutes(
                plan,
                title=f"第 {number} 次周会",
                held_on=one["day"],
                people=people,
                minutes="下周行动：\n" + "\n".join(one["actions"]),
                decisions="\n".join(one["decisions"]),
                actions=(),
                form_key=f"demo-{one['day'].isoformat()}",
                today=one["day"],
                by=cast.consultant.actor,
            )


def open_groups(cast: Cast, groups: Iterable[Mapping[str, Any]], *, on: date, week: date) -> None:
    for one in groups:
        with telling(moment(on, 10)):
            row = open_group(
                engagement_id=cast.engagement.id,
                by=cast.lead.actor,
                name=one["name"],
                kind=GroupKind(one["kind"]),
                form=Form.LOOP,
                layer=Layer(one["layer"]),
                horizon=Horizon.LONG,
                position=one["position"],
                host_name=cast.lead.name,
                deputy_name=_role_in(cast, "user_ops").name,
                has_name=True,
                has_welcome=True,
                has_notice=True,
                opened_on=on,
            )
            note_week(row, week, members=one["members"])


def run_campaign(cast: Cast, one: Mapping[str, Any], *, over: bool) -> None:
    """Planned, prepared, and once it is over its figures locked and reviewed. Money in fen."""
    first, last = one["first"], one["last"]
    runs = _role_in(cast, "campaign_ops")
    with telling(moment(first - timedelta(days=10), 10)):
        row = plan_campaign(
            engagement_id=cast.engagement.id,
            form_key=f"demo-{first.isoformat()}",
            by=runs.actor,
            title=one["title"],
            type=one["type"],
            mechanic=one["mechanic"],
            audience=one["audience"],
            owner_name=runs.name,
            starts_on=first,
            ends_on=last,
            goal_orders=one["goal_orders"],
            goal_joins=one.get("goal_joins"),
        )
        materials = [
            add_row(row, "materials", name=name, owner_name=runs.name, due_on=first - timedelta(days=3))
            for name in one["materials"]
        ]
        for material in materials:
            settle_material(material, ready=over)
    if not over:
        return
    with telling(moment(last + timedelta(days=1), 11)):
        lock_figures(row, orders=one["orders"], gmv_fen=one["gmv_fen"], joins=one.get("joins"), by=runs.actor)
    with telling(moment(last + timedelta(days=2), 15)):
        for verdict, text in one["review"].items():
            more = {"owner_name": runs.name, "due_on": last + timedelta(days=14)}
            add_row(row, "improvements", verdict=Verdict(verdict), text=text, **more)
        close_review(row, by=cast.consultant.actor)
