"""What a review wants improved becomes tasks by itself: at once in a draft, by consent in a confirmed plan."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import now
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.guidance.actions.campaigns import add_row, lock_figures, plan_campaign
from siyu_saas.guidance.models import Campaign, Improvement
from siyu_saas.guidance.rules.campaigns import CampaignState, Verdict, improvement_days
from siyu_saas.plan.models import Change, Task
from siyu_saas.plan.queries.plans import plan_of
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role
from tests.support.plans import plan_for

HERE = {"tenant": "dress", "number": 1}
WORDS = "预热提前三天，先发给体验官"


@pytest.fixture
def counted(app, dress_shop):
    """A campaign that may be reviewed, in a plan that `confirmed()` marks as agreed on."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan_for(dress_shop)
        on = {"starts_on": date(2026, 5, 8), "ends_on": date(2026, 5, 10), "type": "insider_sale"}
        row = plan_campaign(
            engagement_id=engagement_numbered(1).id, form_key="c", title="内购会", by=dress_shop.actor, **on
        )
        lock_figures(row, orders=60, by=dress_shop.actor)
        for verdict in Verdict:
            owner = {"owner_name": "dress-操盘手", "due_on": date(2030, 6, 1)}
            add_row(row, "improvements", verdict=verdict, text=WORDS if verdict is Verdict.IMPROVE else "短", **owner)
        db.session.commit()
        return {**HERE, "campaign_id": row.id}


@pytest.fixture
def stored(app, dress_shop):
    def rows(model, *where) -> list:
        with app.app_context(), tenant(dress_shop.id):
            return list(db.session.scalars(sa.select(model).where(*where)))

    return rows


@pytest.fixture
def operator(visit, dress_shop):
    return visit(dress_shop, Role.CAMPAIGN_OPS)


def confirm(app, shop, **more) -> None:
    with app.app_context(), writing(), tenant(shop.id):
        plan = plan_of(engagement_numbered(1).id)
        plan.proposed_at = plan.confirmed_at = now()
        if more:
            db.session.add(Change(plan_id=plan.id, number=1, edits=[], made_by_name="顾问", **more))
        db.session.commit()


def test_in_a_draft_it_is_a_task_of_the_one_who_was_named(operator, counted, stored):
    operator.post("guidance.review_campaign", most=40, **counted)

    task = stored(Task, Task.title == WORDS)[0]
    assert (task.owner_name, task.role, task.ends_on) == ("dress-操盘手", "lead", date(2030, 5, 31))
    assert task.why == "活动「内购会」复盘定的改进"
    assert stored(Improvement, Improvement.task_id == task.id)
    assert "计划里的任务" in operator.get("guidance.campaign", most=12, **counted).text


def test_in_a_confirmed_plan_it_waits_in_the_change_set(app, dress_shop, operator, visit, counted, stored):
    confirm(app, dress_shop)
    operator.post("guidance.review_campaign", most=40, **counted)

    assert stored(Task, Task.title == WORDS) == []
    assert stored(Change)[0].edits[0]["title"] == WORDS
    assert "在待确认的计划改动里" in operator.get("guidance.campaign", most=12, **counted).text
    visit(dress_shop, Role.CONSULTANT).post("plan.drop_edits", most=20, **HERE)
    assert "还没有进计划" in operator.get("guidance.campaign", most=12, **counted).text
    operator.post("guidance.plan_improvements", most=30, **counted)
    operator.post("guidance.plan_improvements", most=30, **counted)
    assert [len(one.edits) for one in stored(Change, Change.state == ChangeState.DRAFT)] == [1]


def test_a_review_is_closed_while_another_change_waits(app, dress_shop, operator, counted, stored):
    confirm(app, dress_shop, state=ChangeState.PROPOSED)
    operator.post("guidance.review_campaign", most=40, **counted)

    assert stored(Campaign)[0].state is CampaignState.REVIEWED
    assert "还没有进计划" in operator.get("guidance.campaign", most=12, **counted).text


def test_the_days_of_an_improvement_are_working_days():
    assert improvement_days(date(2026, 5, 3), date(2026, 4, 24)) == (date(2026, 4, 24), date(2026, 4, 30))
    assert improvement_days(date(2026, 4, 1), date(2026, 5, 1)) == (date(2026, 5, 6), date(2026, 5, 6))
