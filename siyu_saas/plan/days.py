"""What is due in a plan and who is reminded of it, and the days of its tasks and milestones in a calendar."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.notices.facts import Due, Entry, calendar_entries, due_things
from siyu_saas.notices.queries import people_in
from siyu_saas.plan.models import Milestone, Plan, Task
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.models import Engagement

from .tellers import LEADING


@due_things
def tasks_due() -> list[Due]:
    """Open tasks of confirmed plans in service periods that go on."""
    rows = _open_tasks()
    leads = {side: people_in(rows[0].tenant_id, roles=roles) for side, roles in LEADING.items()} if rows else {}
    return [
        Due(
            key=f"task-{row.id}-{row.ends_on.isoformat()}",
            title=row.title,
            due_on=row.ends_on,
            owners={row.owner_id} if row.owner_id else leads[row.side],
            leads=leads[row.side],
            endpoint="plan.task",
            values={"number": row.number, "task_id": row.id},
            engagement_id=row.engagement_id,
        )
        for row in rows
    ]


@calendar_entries
def plan_days() -> list[Entry]:
    found = [
        Entry(
            f"task-{row.id}",
            row.title,
            row.starts_on,
            row.ends_on,
            "plan.task",
            {"number": row.number, "task_id": row.id},
            row.engagement_id,
        )
        for row in _open_tasks()
    ]
    milestones = db.session.execute(
        sa.select(Milestone.id, Milestone.title, Milestone.ends_on, Plan.engagement_id, Engagement.number)
        .join(Plan, Plan.id == Milestone.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(*RUNNING)
        .order_by(Milestone.ends_on)
    )
    return found + [
        Entry(
            f"milestone-{row.id}",
            f"◆ {row.title}",
            row.ends_on,
            row.ends_on,
            "plan.milestone",
            {"number": row.number, "milestone_id": row.id},
            row.engagement_id,
        )
        for row in milestones
    ]


RUNNING = (Plan.confirmed_at.is_not(None), Engagement.archived_at.is_(None), Engagement.paused_on.is_(None))


def _open_tasks() -> list[sa.Row]:
    return db.session.execute(
        sa.select(
            Task.id,
            Task.tenant_id,
            Task.title,
            Task.side,
            Task.owner_id,
            Task.starts_on,
            Task.ends_on,
            Plan.engagement_id,
            Engagement.number,
        )
        .join(Plan, Plan.id == Task.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(*RUNNING, Task.removed_at.is_(None), Task.state.not_in([TaskState.ACCEPTED, TaskState.SUBMITTED]))
        .order_by(Task.ends_on, Task.id)
    ).all()
