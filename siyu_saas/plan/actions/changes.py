"""A set of edits on its way: sent to the merchant, confirmed, declined or withdrawn; small ones take effect and are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from siyu_saas.accounts.rules import Proof
from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.clock import now
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.plan.kinds import PLAN
from siyu_saas.plan.models import Change, Plan
from siyu_saas.plan.queries.duties import duties_of
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.plan.rules.changes import ChangeState, Impact
from siyu_saas.plan.rules.foretold import lines_after
from siyu_saas.plan.rules.text import plan_text
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.actions import Signer, withdraw
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.tenants.rules import Side

from .clocks import start_clock, stop_clock
from .confirmations import propose_text, sign_text
from .edits import apply_edits, outcome_of


def preview(plan: Plan, change: Change, *, today: date) -> Impact:
    return outcome_of(plan, change.edits, today=today).impact


def send_change(plan: Plan, change: Change, *, reason: str, today: date, by: Actor) -> Change:
    """To the merchant for consent; what is small enough takes effect at once and is told."""
    _refuse_unless(change, ChangeState.DRAFT, "这组改动已经发出。")
    if not change.edits:
        raise NotReady("还没有改动，先移动、增加或删除任务。")
    after = outcome_of(plan, change.edits, today=today)
    change.impact, change.reason, change.proposed_at = after.impact.as_dict(), reason, now()
    if not after.impact.needs_consent:
        change.state, change.decided_at = ChangeState.INFORMED, now()
        apply_edits(plan, change.edits, after, today=today, by=by)
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
    after = outcome_of(plan, change.edits, today=today)
    if _dates_of(after.impact.as_dict()) != _dates_of(change.impact):
        raise NotReady("改动发出之后，有任务的进度变了，日期会和你看到的不一样。请顾问撤回后重新发出。")
    document = latest_to_change(PLAN.key, plan.id)
    with db.session.no_autoflush:  # both facts are written with the signature
        _decide(change, ChangeState.CONFIRMED, today=today, by=by)
        audit.record("change.confirmed", change, by=by, label=_label(change))
        sign_text(plan, document, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    apply_edits(plan, change.edits, after, today=today, by=by)


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
