"""Starting and stopping the clock of the side that something waits for."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.errors import NotReady
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Nudge, Wait
from siyu_saas.plan.queries.waits import nudged_today, running_waits
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Side
from siyu_saas.tenants.rules.waiting import Open


def start_clock(
    plan_id: UUID, subject_id: UUID, *, label: str, side: Side, cause: Cause, on: date, reason: str = ""
) -> Wait:
    """Whatever ran for the same subject stops: one thing waits for one side at a time."""
    stop_clock(subject_id, on=on)
    row = Wait(
        id=new_id(),
        plan_id=plan_id,
        subject_id=subject_id,
        label=label[:120],
        side=side,
        cause=cause,
        reason=reason,
        began_on=on,
    )
    db.session.add(row)
    return row


def stop_clock(subject_id: UUID, *, on: date) -> None:
    for row in running_waits(subject_id):
        row.ended_on = on


def nudge(engagement: Engagement, thing: Open, *, text: str, on: date, by: Actor) -> Nudge:
    """Reminds the side that has to move. Raises NotReady the second time on one day."""
    if thing.key in nudged_today(engagement.id, on):
        raise NotReady("今天已经提醒过这一项，明天再提醒。")
    row = Nudge(
        id=new_id(),
        engagement_id=engagement.id,
        thing=thing.key,
        side=thing.side,
        text=text,
        sent_on=on,
        sent_by_name=by.name,
    )
    db.session.add(row)
    audit.record("nudge.sent", row, by=by, label=thing.title, changes={"text": (None, text)})
    db.session.flush()
    return row
