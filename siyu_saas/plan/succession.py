"""A consultant's open tasks go to whoever takes their place."""

from __future__ import annotations

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Task
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.rules.succession import Succession, hands_over


@hands_over
def hand_tasks_over(succession: Succession) -> int:
    moved = (
        sa.update(Task)
        .where(Task.owner_id == succession.before, Task.state != TaskState.ACCEPTED, Task.removed_at.is_(None))
        .values(owner_id=succession.after, owner_name=succession.after_name)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(moved).rowcount
