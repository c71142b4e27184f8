"""Posts and open tasks change hands with the consultant; finished ones keep the old name."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.plan.models import Post, Task
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.rules.succession import Succession, pass_on
from tests.support.plans import plan_for


def test_open_tasks_and_posts_change_hands_and_finished_tasks_stay(app, dress_shop):
    before, after = new_id(), new_id()
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan_for(dress_shop)
        tasks = list(db.session.scalars(sa.select(Task).order_by(Task.position).limit(3)))
        for task in tasks:
            task.owner_id, task.owner_name = before, "陈序"
        tasks[0].state, tasks[0].done_on = TaskState.ACCEPTED, date(2026, 4, 2)
        posts = list(db.session.scalars(sa.select(Post).order_by(Post.role)))
        posts[0].user_id, posts[0].name = before, "陈序"
        others = [post.name for post in posts[1:]]
        db.session.flush()

        assert pass_on(Succession(before, "陈序", after, "林知夏")) == 3

        db.session.expire_all()
        assert [task.owner_name for task in tasks] == ["陈序", "林知夏", "林知夏"]
        assert (posts[0].user_id, posts[0].name) == (after, "林知夏")
        assert [post.name for post in posts[1:]] == others
