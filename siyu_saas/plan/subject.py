"""Tasks and milestones among the things that can be talked about."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Milestone, Plan, Task
from siyu_saas.talk.subjects import Subject, Topic, register
from siyu_saas.tenants.models import Engagement


def _find_task(task_id: UUID) -> Topic | None:
    row = db.session.execute(
        sa.select(Task.id, Task.title, Task.owner_id, Task.role, Plan.engagement_id, Engagement.number)
        .join(Plan, Plan.id == Task.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(Task.id == task_id, Task.removed_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    here = {"number": row.number, "task_id": row.id}
    owners = frozenset({row.owner_id} - {None})
    return Topic(row.engagement_id, row.title, "plan.task", here, owners=owners, role=row.role)


def _find_milestone(milestone_id: UUID) -> Topic | None:
    row = db.session.execute(
        sa.select(Milestone.id, Milestone.title, Plan.engagement_id, Engagement.number)
        .join(Plan, Plan.id == Milestone.plan_id)
        .join(Engagement, Engagement.id == Plan.engagement_id)
        .where(Milestone.id == milestone_id)
    ).one_or_none()
    return row and Topic(row.engagement_id, row.title, "plan.milestone", {"number": row.number, "milestone_id": row.id})


TASK = register(Subject("task", "任务", _find_task))
MILESTONE = register(Subject("milestone", "里程碑", _find_milestone))
