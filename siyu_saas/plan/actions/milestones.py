"""Milestones: asking the merchant to sign off, the signature, the answer that something is missing, and how it felt."""

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
from siyu_saas.plan.kinds import MILESTONE
from siyu_saas.plan.models import Milestone, Plan
from siyu_saas.plan.queries.tasks import tasks_in
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.plan.rules.text import milestone_text
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.actions import Signer, draft, propose, sign, withdraw
from siyu_saas.signing.queries import latest, latest_to_change
from siyu_saas.tenants.rules import Side

from .clocks import start_clock, stop_clock


def ask_sign_off(milestone: Milestone, *, plan: Plan, today: date, by: Actor) -> None:
    """Freezes what was done, and asks. Raises NotReady while one of its tasks is not accepted."""
    if milestone.reached_on is not None:
        raise NotReady("这个里程碑已经签收。")
    if milestone.asked_at is not None:
        raise NotReady("已经请商家签收，等回复。")
    if plan.confirmed_at is None:
        raise NotReady("计划还没有确认，确认后再请商家签收里程碑。")
    tasks = tasks_in(milestone.id)
    waiting = [task.title for task in tasks if task.state is not TaskState.ACCEPTED]
    if waiting:
        raise NotReady(f"还有 {len(waiting)} 项任务没有通过验收：{'、'.join(waiting[:3])}。通过后再请商家签收。")
    document = draft(
        engagement_id=plan.engagement_id,
        kind=MILESTONE.key,
        title=f"里程碑「{milestone.title}」",
        content=milestone_text(milestone, tasks),
        after=latest(MILESTONE.key, milestone.id),
        subject_id=milestone.id,
        by=by,
    )
    propose(document, by=by)
    milestone.asked_at = now()
    start_clock(plan.id, milestone.id, label=milestone.title, side=Side.MERCHANT, cause=Cause.SIGN_OFF, on=today)
    db.session.flush()


def sign_off(milestone: Milestone, *, seen_sha256: str, signer: Signer, proof: Proof, today: date, by: Actor) -> None:
    """Raises TextChanged when another text was read."""
    document = latest_to_change(MILESTONE.key, milestone.id)
    if milestone.asked_at is None or document is None:
        raise NotReady("顾问还没有请你们签收这个里程碑。")
    sign(document, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    milestone.reached_on = milestone.reached_on or today
    stop_clock(milestone.id, on=today)
    audit.record("milestone.reached", milestone, by=by, label=milestone.title)
    db.session.flush()


def send_back(milestone: Milestone, *, reason: str, today: date, by: Actor) -> None:
    """The merchant says what is missing."""
    if milestone.asked_at is None or milestone.reached_on is not None:
        raise NotReady("这个里程碑没有在等签收。")
    withdraw(latest_to_change(MILESTONE.key, milestone.id), by=by)
    milestone.asked_at = None
    stop_clock(milestone.id, on=today)
    label = f"{milestone.title}：{reason}"
    audit.record("milestone.sent_back", milestone, by=by, label=label, changes={"reason": (None, reason)})
    db.session.flush()


def rate(milestone: Milestone, *, stars: int, note: str, by: Actor) -> None:
    """One tap, after the sign-off; a second one replaces the first."""
    if milestone.reached_on is None:
        raise NotReady("签收之后再评价。")
    changes = {"satisfaction": (milestone.satisfaction, stars)}
    milestone.satisfaction, milestone.satisfaction_note = stars, note
    audit.record("milestone.rated", milestone, by=by, label=f"{milestone.title}：{stars} 分", changes=changes)
    db.session.flush()


def mend_milestone(milestone: Milestone, values: Mapping[str, Any], *, by: Actor) -> None:
    """Its words and its gate. What the merchant is asked to sign stays as it is."""
    if milestone.asked_at is not None:
        raise NotReady("已经请商家签收，不能再改；商家退回后可以改。")
    changes = {
        name: (getattr(milestone, name), value) for name, value in values.items() if getattr(milestone, name) != value
    }
    for name, value in values.items():
        setattr(milestone, name, value)
    if changes:
        audit.record("milestone.edited", milestone, by=by, label=milestone.title, changes=changes)
    db.session.flush()
