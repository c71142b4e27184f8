"""A consultant's posts and open tasks go to whoever takes their place."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Plan, Post, Task
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules.succession import Succession, hands_over

GOING_ON = (
    sa.select(Plan.id).join(Engagement, Engagement.id == Plan.engagement_id).where(Engagement.archived_at.is_(None))
)


@hands_over
def hand_tasks_over(succession: Succession) -> int:
    moved = (
        sa.update(Task)
        .where(
            Task.owner_id == succession.before,
            Task.state != TaskState.ACCEPTED,
            Task.removed_at.is_(None),
            Task.plan_id.in_(GOING_ON),
        )
        .values(owner_id=succession.after, owner_name=succession.after_name, version=Task.version + 1)
    )
    return db.session.execute(moved, execution_options={"synchronize_session": False}).rowcount


@hands_over
def hand_posts_over(succession: Succession) -> int:
    moved = (
        sa.update(Post)
        .where(Post.user_id == succession.before, Post.plan_id.in_(GOING_ON))
        .values(user_id=succession.after, name=succession.after_name, version=Post.version + 1)
    )
    return db.session.execute(moved, execution_options={"synchronize_session": False}).rowcount
