"""Minutes, and the tasks that come out of a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from siyu_saas.core import audit
from siyu_saas.core.audit import Actor
from siyu_saas.core.database import db
from siyu_saas.core.ids import new_id
from siyu_saas.plan.models import Meeting, Plan
from siyu_saas.plan.queries.plans import posts_of
from siyu_saas.plan.queries.waits import meeting_of_form
from siyu_saas.plan.rules.states import Kind
from siyu_saas.plan.rules.team import side_of
from siyu_saas.plan.rules.workdays import next_workday
from siyu_saas.tenants.rules import Side

from .dates import agree, reforecast
from .tasks import add_task, next_position


@dataclass(frozen=True, slots=True)
class Decided:
    """Something to be done by a day; without one, by the day of the next meeting."""

    title: str
    role: str
    ends_on: date


def write_minutes(
    plan: Plan,
    *,
    title: str,
    held_on: date,
    people: str,
    minutes: str,
    decisions: str,
    actions: Sequence[Decided],
    form_key: str | None,
    today: date,
    by: Actor,
) -> Meeting:
    """What both sides decided in a meeting is agreed on: it goes into the plan without another confirmation. The same form
    again gives the minutes of the first time."""
    before = meeting_of_form(form_key) if form_key else None
    if before is not None:
        return before
    holders = {post.role: (post.user_id, post.name) for post in posts_of(plan.id)}
    first = next_position(plan.id)
    task_ids = [
        str(_add(plan, one, holders, position=first + place, meeting=title, held_on=held_on, by=by))
        for place, one in enumerate(actions)
    ]
    row = Meeting(
        id=new_id(),
        plan_id=plan.id,
        title=title,
        held_on=held_on,
        people=people,
        minutes=minutes,
        decisions=decisions,
        task_ids=task_ids,
        written_by_name=by.name,
        form_key=form_key,
    )
    db.session.add(row)
    audit.record("meeting.held", row, by=by, label=f"{title}（{held_on.isoformat()}）")
    db.session.flush()
    if task_ids:
        if plan.confirmed_at is not None:
            agree(plan.id)
        reforecast(plan, today=today)
    return row


def _add(
    plan: Plan,
    one: Decided,
    holders: dict[str, tuple[UUID | None, str]],
    *,
    position: int,
    meeting: str,
    held_on: date,
    by: Actor,
) -> UUID:
    first = next_workday(held_on)
    task = add_task(
        plan,
        title=one.title,
        milestone=None,
        kind=Kind.OPERATE if side_of(one.role) is Side.MERCHANT else Kind.GUIDE,
        role=one.role,
        owner=holders.get(one.role, (None, "")),
        starts_on=min(first, one.ends_on),
        ends_on=one.ends_on,
        why=f"{held_on.isoformat()} {meeting}定的",
        position=position,
        by=by,
    )
    return task.id
