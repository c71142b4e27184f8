"""Proposing, countering, signing, revising and giving up a target: every step freezes a new version of its document."""

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
from siyu_saas.core.ids import new_id
from siyu_saas.metrics.rules.measures import MEASURES
from siyu_saas.signing.actions import Signer, put_forward, sign
from siyu_saas.signing.queries import latest_to_change
from siyu_saas.targets.models import Offer, Target
from siyu_saas.targets.models.offers import Kind
from siyu_saas.targets.rules.agreement import content, missing
from siyu_saas.targets.rules.quantities import amount_text
from siyu_saas.targets.rules.states import State, only_words_now
from siyu_saas.targets.rules.totals import days_added, of_other_length
from siyu_saas.tenants.rules import Side

DOCUMENT = "target"


def propose_target(target: Target, *, side: Side, by: Actor) -> None:
    """Freezes the draft for both sides to sign. Raises NotReady with what is still missing."""
    if target.state is not State.DRAFT:
        raise NotReady("这个目标已经发出，等对方确认。")
    lacking = missing(target)
    if lacking:
        raise NotReady(f"还不能发出：缺{'、'.join(lacking)}。")
    _put_forward(target, Kind.PROPOSED, side=side, reason=target.reason, by=by)
    target.state, target.waits_for = State.PROPOSED, _other(side)
    audit.record("target.proposed", target, by=by, label=_label(target))
    db.session.flush()


def counter_target(target: Target, *, value: int, reason: str, side: Side, by: Actor) -> None:
    """The side that was asked answers with another value: the old version, with its signatures, is replaced.

    Where the other side wants to give the target up, an answer with any value, also the same, says no to that.
    """
    if target.state not in (State.PROPOSED, State.COUNTERED):
        raise NotReady("现在没有待确认的数值，不能还价。")
    if target.waits_for is not side:
        raise NotReady("已经提出过，等对方回应；要改自己的数值，请先和对方沟通。")
    if value == target.value and not target.cancelling:
        raise NotReady("数值没有变化：同意的话直接签署即可。")
    before, target.value, target.cancelling = target.value, value, False
    _put_forward(target, Kind.COUNTERED, side=side, reason=reason, by=by)
    target.state, target.waits_for = State.COUNTERED, _other(side)
    audit.record(
        "target.countered",
        target,
        by=by,
        label=_label(target),
        changes={"value": (amount_text(target.unit, before), amount_text(target.unit, value))},
    )
    db.session.flush()


def sign_target(target: Target, *, seen_sha256: str, signer: Signer, proof: Proof, by: Actor) -> None:
    """One side signs what it read; with the second signature the target is agreed, or given up."""
    row = latest_to_change(DOCUMENT, target.id)
    if row is None or target.state is State.DRAFT:
        raise NotReady("这个目标还没有发出，不能签署。")
    sign(row, seen_sha256=seen_sha256, signer=signer, proof=proof, by=by)
    if row.in_force_at is None:
        target.waits_for = _other(signer.side)
        db.session.flush()
        return
    if target.state.is_open:
        target.state = State.CANCELLED if target.cancelling else State.AGREED
        target.waits_for, target.agreed_at = None, row.in_force_at
        ended = target.cancelling
        audit.record("target.cancelled" if ended else "target.agreed", target, by=by, label=_label(target))
    db.session.flush()


def revise_target(target: Target, changes: Mapping[str, Any], *, reason: str, side: Side, on: date, by: Actor) -> None:
    """After signing: value, window or scope may change, with a reason; both sides sign anew. Source: domain D5.

    After two thirds of the window only the scope, that is words, may still change.
    """
    if target.state is not State.AGREED:
        raise NotReady("只有双方签过的目标才能修订。")
    changed = {name: value for name, value in changes.items() if getattr(target, name) != value}
    if not changed:
        raise NotReady("没有任何变化，不需要修订。")
    if set(changed) - {"scope"} and only_words_now(target.window, on):
        raise NotReady("窗口已过三分之二，只能改范围说明，不能再改数值和日期。")
    days = _days_added(target)
    before = {name: getattr(target, name) for name in changed}
    for name, value in changed.items():
        setattr(target, name, value)
    if target.baseline_first is not None:
        target.baseline_value = of_other_length(target.baseline_value, days=days, now=_days_added(target))
    target.revisions += 1
    _put_forward(target, Kind.REVISED, side=side, reason=reason, by=by)
    target.state, target.waits_for, target.agreed_at = State.PROPOSED, _other(side), None
    audit.record(
        "target.revised",
        target,
        by=by,
        label=_label(target),
        changes={"reason": (None, reason)} | {name: (before[name], value) for name, value in changed.items()},
    )
    db.session.flush()


def give_up_target(target: Target, *, reason: str, side: Side, by: Actor) -> None:
    """Asks to end a signed target; it ends when both sides have signed that. Source: domain D5."""
    if target.state is not State.AGREED:
        raise NotReady("只有双方签过的目标才需要双方同意取消。")
    target.cancelling = True
    _put_forward(target, Kind.CANCEL, side=side, reason=reason, by=by)
    target.state, target.waits_for, target.agreed_at = State.PROPOSED, _other(side), None
    audit.record("target.given_up", target, by=by, label=_label(target), changes={"reason": (None, reason)})
    db.session.flush()


def _put_forward(target: Target, kind: Kind, *, side: Side, reason: str, by: Actor) -> None:
    """The next version of the document, frozen at once, and the offer in the thread that goes with it."""
    row = put_forward(
        engagement_id=target.engagement_id,
        kind=DOCUMENT,
        title=target.title,
        content=content(target),
        subject_id=target.id,
        after=latest_to_change(DOCUMENT, target.id),
        reason=reason,
        by=by,
    )
    db.session.add(
        Offer(
            id=new_id(),
            target_id=target.id,
            number=row.number,
            kind=kind,
            side=side,
            name=by.name,
            value=target.value,
            first=target.first,
            last=target.last,
            scope=target.scope,
            reason=reason,
            made_at=now(),
        )
    )


def _days_added(target: Target) -> int | None:
    return days_added(
        MEASURES[target.metric], target.mode, window_days=target.window.days, last_days=target.trailing_days
    )


def _other(side: Side) -> Side:
    return Side.FIRM if side is Side.MERCHANT else Side.MERCHANT


def _label(target: Target) -> str:
    return f"{target.title} {amount_text(target.unit, target.value)}"
