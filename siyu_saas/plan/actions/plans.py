"""Making a plan from a package."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Duty, Link, Milestone, Module, Plan, Post, Task
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.rules.blueprint import Blueprint, TaskPart
from siyu_saas.plan.rules.layout import Layout, Span, lay_out
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.plan.rules.team import holder_of
from siyu_saas.tenants.models import Engagement

from .dates import reforecast
from .duties import copy_duties

STEP = 100  # between the positions of neighbours, so that others fit in


class HasBegun(NotReady):
    """Work in this plan began: it is changed by consent, not made anew."""


def make_plan(
    engagement: Engagement,
    blueprint: Blueprint,
    *,
    people: Sequence[tuple],
    today: date,
    by: Actor,
    left_out: Collection[str] = (),
    findings: Mapping[str, tuple[str, str]] | None = None,
    responsibilities: Iterable[Any] = (),
) -> tuple[Plan, Layout]:
    """Lays the package out from the engagement's day 0. `people`: (user id, name, role) of the workspace; `findings`: for
    a module's key the key and the words of the finding that speaks for it; `responsibilities`: who answers for what. A
    draft that is there is made anew."""
    before = plan_of(engagement.id)
    if before is not None:
        refuse_once_confirmed(before)
        _clear(before)
    chosen = blueprint.without(left_out)
    layout = lay_out(chosen.pieces(), day_zero=engagement.starts_on)
    plan = before or Plan(id=new_id(), engagement_id=engagement.id, made_by_name=by.name)
    plan.package, plan.package_title = blueprint.key, blueprint.title
    plan.pack, plan.pack_version = blueprint.pack, blueprint.pack_version
    plan.day_zero, plan.proposed_at = engagement.starts_on, None
    db.session.add(plan)
    db.session.flush()
    _add_modules(plan, blueprint, left_out, findings or {})
    posts = _add_posts(plan, chosen, people)
    milestones = _add_milestones(plan, chosen, layout)
    _add_tasks(plan, chosen, layout, milestones, posts, findings or {})
    copy_duties(plan, responsibilities)
    audit.record("plan.made", plan, by=by, label=blueprint.title)
    reforecast(plan, today=today)
    return plan, layout


def refuse_once_confirmed(plan: Plan) -> None:
    if plan.confirmed_at is not None:
        raise HasBegun("计划已经由商家确认，改动要逐项提出、再请商家确认。")


def _clear(plan: Plan) -> None:
    """Takes a draft's content out. Raises HasBegun when somebody already works by it."""
    if any(task.state is not TaskState.TODO for task in tasks_of(plan.id)):
        raise HasBegun("已经有任务开始了，不能重新生成计划；可以增减任务或移动日期。")
    if plan.proposed_at is not None:
        raise NotReady("计划正在等商家确认，先撤回再重新生成。")
    for model in (Link, Task, Milestone, Module, Post, Duty):
        db.session.execute(
            sa.delete(model).where(model.plan_id == plan.id), execution_options={"synchronize_session": "fetch"}
        )


def _add_modules(plan: Plan, blueprint: Blueprint, left_out: Collection[str], findings: Mapping) -> None:
    for key, title in blueprint.modules:
        finding, reason = findings.get(key, ("", ""))
        db.session.add(
            Module(
                id=new_id(),
                plan_id=plan.id,
                key=key,
                title=title,
                finding=finding,
                reason=reason[:400],
                left_out=key in left_out,
            )
        )


def _add_posts(plan: Plan, blueprint: Blueprint, people: Sequence[tuple]) -> dict[str, Post]:
    posts: dict[str, Post] = {}
    for role in dict.fromkeys(part.role for part in blueprint.tasks):
        holder = holder_of(role, people)
        posts[role] = Post(
            id=new_id(),
            plan_id=plan.id,
            role=role,
            user_id=holder[0] if holder else None,
            name=holder[1] if holder else "",
        )
    db.session.add_all(posts.values())
    return posts


def _add_milestones(plan: Plan, blueprint: Blueprint, layout: Layout) -> dict[str, Milestone]:
    """Those that have a task; each begins and ends with its tasks."""
    found: dict[str, Milestone] = {}
    for place, part in enumerate(blueprint.milestones):
        spans = [layout.spans[task.key] for task in blueprint.tasks if task.milestone == part.key]
        if not spans:
            continue
        found[part.key] = Milestone(
            id=new_id(),
            plan_id=plan.id,
            key=part.key,
            title=part.title,
            stage=part.stage,
            position=place,
            required=part.required,
            gate=part.gate,
            deliverable=part.deliverable,
            acceptance=part.acceptance,
            starts_on=min(span.starts_on for span in spans),
            ends_on=max(span.ends_on for span in spans),
        )
    db.session.add_all(found.values())
    db.session.flush()
    return found


def _add_tasks(
    plan: Plan,
    blueprint: Blueprint,
    layout: Layout,
    milestones: Mapping[str, Milestone],
    posts: Mapping[str, Post],
    findings: Mapping[str, tuple[str, str]],
) -> None:
    order = {key: place for place, key in enumerate(milestones)}
    parts = sorted(
        blueprint.tasks, key=lambda part: (order.get(part.milestone, len(order)), layout.spans[part.key].starts_on)
    )
    tasks = {
        part.key: _task(plan, part, layout.spans[part.key], milestones.get(part.milestone), posts[part.role])
        for part in parts
    }
    for place, (part, task) in enumerate(zip(parts, tasks.values(), strict=True), 1):
        task.position = place * STEP
        task.why = findings.get(part.module, ("", ""))[1][:400]
    db.session.add_all(tasks.values())
    db.session.flush()
    for part in parts:
        for before in dict.fromkeys(part.depends_on):
            if before in tasks:
                _link(plan.id, tasks[before].id, tasks[part.key].id)
    db.session.flush()


def _link(plan_id: UUID, before_id: UUID, after_id: UUID) -> None:
    db.session.add(Link(id=new_id(), plan_id=plan_id, before_id=before_id, after_id=after_id))


def _task(plan: Plan, part: TaskPart, span: Span, milestone: Milestone | None, post: Post) -> Task:
    return Task(
        id=new_id(),
        plan_id=plan.id,
        milestone_id=milestone.id if milestone else None,
        key=part.key,
        title=part.title,
        kind=part.kind,
        side=part.side,
        role=part.role,
        helpers=part.helpers,
        owner_id=post.user_id,
        owner_name=post.name,
        module=part.module,
        deliverable=part.deliverable,
        acceptance=part.acceptance,
        checklists=list(part.checklists),
        campaign=part.campaign,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
    )
