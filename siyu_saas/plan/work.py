"""Tasks and milestones of a confirmed plan or a draft, as what can carry a target."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Milestone, Plan, Task
from siyu_saas.plan.rules.states import Repeats
from siyu_saas.targets.rules.works import Work, offers_work


@offers_work
def work_of_the_plan(engagement_id: UUID) -> list[Work]:
    """One query; what comes back every week is no step towards a target."""
    milestones = (
        sa.select(
            sa.literal("milestone").label("kind"),
            Milestone.id,
            Milestone.title,
            Milestone.ends_on,
            Milestone.reached_on.label("done_on"),
        )
        .join(Plan, Plan.id == Milestone.plan_id)
        .where(Plan.engagement_id == engagement_id)
    )
    tasks = (
        sa.select(sa.literal("task").label("kind"), Task.id, Task.title, Task.ends_on, Task.done_on)
        .join(Plan, Plan.id == Task.plan_id)
        .where(Plan.engagement_id == engagement_id, Task.removed_at.is_(None), Task.repeats == Repeats.NEVER)
    )
    rows = db.session.execute(milestones.union_all(tasks).order_by("ends_on", "kind", "title"))
    return [
        Work(kind, id_, title, ends_on, done_on is not None, f"plan.{kind}", {f"{kind}_id": id_})
        for kind, id_, title, ends_on, done_on in rows
    ]
