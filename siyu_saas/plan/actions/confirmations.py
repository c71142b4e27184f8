"""The merchant's confirmation of a plan: its text frozen, sent, taken back, signed."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.accounts.rules import Proof
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.plan.kinds import PLAN
from siyu_saas.plan.models import Plan, Task
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.queries.works import links_of
from siyu_saas.plan.rules.checks import flaws_of
from siyu_saas.plan.rules.text import plan_text
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.actions import Signer, draft, propose, sign, supersede, withdraw
from siyu_saas.signing.models import Document
from siyu_saas.signing.queries import latest, latest_to_change
from siyu_saas.tenants.rules import Side

from .clocks import start_clock, stop_clock
from .dates import agree
from .plans import refuse_once_confirmed


def propose_plan(plan: Plan, *, today: date, by: Actor) -> Document:
    """Freezes the text and asks the merchant. Raises NotReady with the first flaw that blocks."""
    refuse_once_confirmed(plan)
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
