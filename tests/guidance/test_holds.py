"""A checklist holds back the task that carries it, and says by which items."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.errors import NotReady
from siyu_saas.core.tenancy import tenant
from siyu_saas.guidance.actions.checklists import take_up
from siyu_saas.guidance.actions.items import accept, give_evidence, submit, waive
from siyu_saas.guidance.models import Item
from siyu_saas.guidance.rules.progress import holding
from siyu_saas.packs.library import pack
from siyu_saas.plan.actions.tasks import accept as accept_task
from siyu_saas.plan.actions.tasks import submit as submit_task
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.rules.states import TaskState
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import plan_for, task_keyed

TODAY = date(2026, 4, 1)
HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def here(app, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan_for(dress_shop)
        yield plan_of(engagement_numbered(1).id)


def taken_up(shop, plan):
    source = pack("base")
    take_up(source.checklists["cl_link"], pack=source, engagement_id=plan.engagement_id, by=shop.actor)
    return list(db.session.scalars(sa.select(Item).where(Item.side == Side.FIRM).order_by(Item.position)))


def test_a_task_is_submitted_and_accepted_only_behind_its_own_items(here, dress_shop):
    first, second = taken_up(dress_shop, here)
    task, by = task_keyed("T01"), dress_shop.actor
    theirs = {"plan": here, "today": TODAY, "by": by}
    with pytest.raises(NotReady, match=f"2 项没有交：{first.title}、{second.title}"):
        submit_task(task, side=Side.FIRM, remark="", **theirs)

    give_evidence(first, criterion=None, note="链路图", form_key="k", by=by)
    submit(first, by=by)
    waive(second, reason="已经有人画过", by=by)
    submit_task(task, side=Side.FIRM, remark="", **theirs)
    with pytest.raises(NotReady, match=f"1 项没有通过：{first.title}"):
        accept_task(task, side=Side.MERCHANT, **theirs)
    accept(first, by=by)
    accept_task(task, side=Side.MERCHANT, **theirs)

    assert task.state is TaskState.ACCEPTED


def test_what_nobody_took_up_holds_nothing(here, dress_shop):
    task = task_keyed("T01")
    submit_task(task, plan=here, side=Side.FIRM, remark="", today=TODAY, by=dress_shop.actor)

    assert task.state is TaskState.SUBMITTED


def test_the_page_of_a_task_says_how_far_its_checklist_is(app, dress_shop, visit):
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan_for(dress_shop)
        task_id = task_keyed("T01").id
        db.session.commit()
    page = visit(dress_shop, Role.CONSULTANT)
    assert "加入清单" in page.get("plan.task", task_id=task_id, **HERE).text
    page.post("guidance.begin", form={"key": "cl_link"}, most=60, **HERE)

    assert "还有 2 项没有交" in page.get("plan.task", task_id=task_id, **HERE).text
    answer = page.post("plan.hand_in", task_id=task_id, form={"remark": "图在群里"}, expect=422, most=20, **HERE)
    assert "链路图" in answer.text


def test_a_task_is_held_by_its_own_side_and_by_all_where_that_does_nothing():
    rows = [type("Row", (), {"side": side}) for side in (Side.FIRM, Side.MERCHANT)]

    assert holding(rows, Side.FIRM) == rows[:1]
    assert holding(rows[:1], Side.MERCHANT) == rows[:1]
