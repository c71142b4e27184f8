"""Reminders of what is due, on both databases: a rung a time, and none once it is done."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db
from siyu_saas.core.tenancy import current_scope, tenant
from siyu_saas.notices.facts import DUE_THINGS, Due
from siyu_saas.notices.jobs import ladders
from siyu_saas.notices.models import Notice
from siyu_saas.tenants.models import Engagement, TenantMember
from siyu_saas.tenants.rules import Role
from tests.notices.facts import MORNING, rows
from tests.support.working import asks, run_jobs


@pytest.fixture
def due_task(app, dress_shop):
    """Something due on the 26th, of the customer service; the boss leads."""
    with app.app_context(), tenant(dress_shop.id):
        by_role = {
            row.role: row.user_id
            for row in db.session.scalars(sa.select(TenantMember).where(TenantMember.tenant_id == dress_shop.id))
        }
        engagement_id = db.session.scalar(sa.select(Engagement.id))
    open_things = [
        Due(
            "task-1",
            "欢迎语五要素",
            MORNING.date() + timedelta(days=1),
            [by_role[Role.CS]],
            [by_role[Role.BOSS]],
            "overview.engagement",
            {"number": 1},
            engagement_id,
        )
    ]

    def source() -> list[Due]:
        return open_things if current_scope().write == dress_shop.id else []

    DUE_THINGS.append(source)
    yield open_things
    DUE_THINGS.remove(source)


def test_the_ladder_climbs_once_a_rung_and_stops_when_done(app, dress_shop, tea_shop, due_task):
    told = []
    for day in range(8):
        for hour in (0, 3):
            with time_machine.travel(MORNING + timedelta(days=day, hours=hour)):
                asks(app, ladders)
                run_jobs(app)
        told.append([row.title for row in rows(app, Notice)])

    assert told[0] == ["「欢迎语五要素」明天到期"]
    assert [len(titles) for titles in told] == [1, 1, 2, 2, 3, 3, 3, 3]
    assert told[-1][1:] == ["「欢迎语五要素」已逾期 1 天", "「欢迎语五要素」已逾期 3 天"]


def test_a_thing_that_was_done_is_not_reminded_of(app, dress_shop, due_task):
    due_task.clear()
    asks(app, ladders)
    run_jobs(app)

    assert rows(app, Notice) == []
