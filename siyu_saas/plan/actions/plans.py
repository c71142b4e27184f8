"""Making a plan from a package, and the merchant's confirmation of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from siyu_saas.accounts.rules import Proof
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.kinds import PLAN
from siyu_saas.plan.models import Duty, Link, Milestone, Module, Plan, Post, Task
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import milestones_of, plan_of
from siyu_saas.plan.queries.tasks import links_of, tasks_of
from siyu_saas.plan.rules.blueprint import Blueprint, TaskPart
from siyu_saas.plan.rules.checks import flaws_of
from siyu_saas.plan.rules.layout import Layout, Span, lay_out
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.plan.rules.team import holder_of
from siyu_saas.plan.rules.text import plan_text
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.actions import Signer, draft, propose, sign, supersede, withdraw
from siyu_saas.signing.models import Document
from siyu_saas.signing.queries import latest, latest_to_change
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Side

from .clocks import start_clock, stop_clock
from .dates import agree, reforecast
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
        _refuse_once_confirmed(before)
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


def propose_plan(plan: Plan, *, today: date, by: Actor) -> Document:
    """Freezes the text and asks the merchant. Raises NotReady with the first flaw that blocks."""
    _refuse_once_confirmed(plan)
    if plan.proposed_at is not None:
        raise NotReady("计划已经发出，等商家确认。")
    tasks, links = tasks_of(plan.id), links_of(plan.id)
    blocking = [flaw for flaw in flaws_of(tasks, links, today=today) if flaw.blocks]
    if blocking:
        raise NotReady(f"{blocking[0].sentence}，改好后再发给商家。")
    if not tasks:
        raise NotReady("计划里还没有任务。")
    document = propose_text(
        plan, plan_text(plan, milestones_of(plan.id), tasks, links, duties_of(plan.id)), reason="", by=by
    )
    plan.proposed_at = now()
    start_clock(plan.id, plan.id, label=PLAN.title, side=Side.MERCHANT, cause=Cause.CONFIRMATION, on=today)
    db.session.flush()
    return document


def propose_text(plan: Plan, content: dict, *, reason: str, by: Actor) -> Document:
    """The next version of the plan's document, frozen."""
    document = draft(
        engagement_id=plan.engagement_id,
        kind=PLAN.key,
        title=PLAN.title,
        content=content,
        after=latest(PLAN.key, plan.id),
        reason=reason,
        subject_id=plan.id,
        by=by,
    )
    propose(document, by=by)
    return document


def take_back(plan: Plan, *, today: date, by: Actor, reason: str = "") -> None:
    """The consultant withdraws the proposal, or the merchant sends it back with a reason."""
    if plan.proposed_at is None or plan.confirmed_at is not None:
        raise NotReady("计划没有在等确认。")
    withdraw(latest_to_change(PLAN.key, plan.id), by=by)
    plan.proposed_at = None
    stop_clock(plan.id, on=today)
    audit.record("plan.returned", plan, by=by, label=reason or plan.package_title)
    db.session.flush()


def confirm_plan(plan: Plan, *, seen_sha256: str, signer: Signer, proof: Proof, today: date, by: Actor) -> Document:
    """The merchant signs: planned days become the agreed ones. Raises TextChanged when another text was read."""
    document = latest_to_change(PLAN.key, plan.id)
    if plan.proposed_at is None or document is None:
        raise NotReady("计划还没有发出，顾问发出后再确认。")
    sign_text(plan, document, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    plan.confirmed_at = plan.confirmed_at or now()
    agree(plan.id)
    plan.agreed_until = plan.agreed_until or _last_day(plan)
    stop_clock(plan.id, on=today)
    audit.record("plan.confirmed", plan, by=by, label=f"第 {plan.edition} 版")
    db.session.flush()
    return document


def sign_text(plan: Plan, document: Document, *, seen_sha256: str, signer: Signer, proof: Proof, by: Actor) -> None:
    """Puts a version in force, and the one before it out of force."""
    before = _in_force(plan)
    sign(document, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    if before is not None and before.id != document.id:
        supersede(before)
    plan.edition += 1


def _in_force(plan: Plan) -> Document | None:
    return db.session.scalar(
        sa.select(Document).where(
            Document.kind == PLAN.key,
            Document.subject_id == plan.id,
            Document.in_force_at.is_not(None),
            Document.superseded_at.is_(None),
        )
    )


def _last_day(plan: Plan) -> date | None:
    return db.session.scalar(
        sa.select(sa.func.max(Task.ends_on)).where(Task.plan_id == plan.id, Task.removed_at.is_(None))
    )


def _refuse_once_confirmed(plan: Plan) -> None:
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
