"""What people and machines send that cannot be: a clear answer, the right status, and nothing is lost or changed."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from markupsafe import escape

from siyu_saas.core.database import db, writing
from siyu_saas.core.ids import new_id
from siyu_saas.core.tenancy import tenant
from siyu_saas.plan.models import Link, Milestone, Task
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role
from tests.support.plans import plan_for, task_keyed

from .conftest import HERE, rows

NEW = {"title": "建群", "kind": "operate", "role": "user_ops", "starts_on": "2026-04-07", "ends_on": "2026-04-09"}
DAYS = {"starts_on": "2026-04-07", "ends_on": "2026-04-09"}


@pytest.fixture
def theirs(first_day, app, tea_shop) -> dict:
    """Ids of a task and a milestone of another merchant."""
    with app.app_context(), writing(), tenant(tea_shop.id):
        plan_for(tea_shop)
        milestone = db.session.scalar(sa.select(Milestone.id).limit(1))
        found = {"task": str(task_keyed("T01").id), "milestone": str(milestone)}
        db.session.commit()
    return found


BAD = (
    {"title": "\u200b\u200d \u3000"},
    {"title": "名" * 121},
    {"acceptance": "字" * 50_000},
    {"starts_on": "0001-01-01"},
    {"ends_on": "9999-12-31"},
    {"starts_on": "2026-02-30"},
    {"kind": "abolish"},
    {"role": "emperor"},
    {"milestone": "一个里程碑"},
    {"milestone": str(new_id())},
    {"after": "' or 1=1 --"},
)


def test_a_new_task_with_what_cannot_be_comes_back_as_it_was_typed(planned, consultant, inside):
    before = len(rows(inside, Task))
    for form in BAD:
        answer = consultant.post("plan.add", form={**NEW, "deliverable": "十个群", **form}, expect=422, **HERE)
        assert "十个群" in answer.text, form

    assert len(rows(inside, Task)) == before


def test_nothing_of_another_merchant_can_be_chosen_waited_for_or_opened(planned, theirs, consultant, id_of, inside):
    links = len(rows(inside, Link))
    consultant.post("plan.add", form={**NEW, "milestone": theirs["milestone"]}, expect=422, **HERE)
    task_id = id_of("T04")
    consultant.post("plan.wait_for", task_id=task_id, form={"before": theirs["task"]}, expect=404, **HERE)
    consultant.get("plan.task", task_id=theirs["task"], expect=404, **HERE)
    consultant.post("plan.move", task_id=theirs["task"], form=DAYS, expect=404, **HERE)

    assert len(rows(inside, Link)) == links


def test_a_wait_for_nothing_asks_for_a_task(planned, consultant, id_of):
    task_id = id_of("T04")
    for before in ("", "T01", "00000000", "\x00"):
        answer = consultant.post("plan.wait_for", task_id=task_id, form={"before": before}, expect=422, **HERE)
        assert "请先选择一项任务" in answer.text, before


def test_a_task_never_waits_for_itself_and_twice_is_once(planned, consultant, id_of, inside):
    links = len(rows(inside, Link))
    task_id = id_of("T05")
    consultant.post("plan.wait_for", task_id=task_id, form={"before": str(task_id)}, expect=422, most=20, **HERE)
    for _ in "ab":
        consultant.post("plan.wait_for", task_id=task_id, form={"before": str(id_of("T01"))}, most=26, **HERE)

    assert len(rows(inside, Link)) == links + 1


def test_an_accepted_task_keeps_its_days(agreed, consultant, visit, id_of):
    task_id = id_of("T04")
    visit(agreed, Role.LEAD).post("plan.hand_in", task_id=task_id, form={"remark": ""}, most=20, **HERE)
    consultant.post("plan.take", task_id=task_id, most=20, **HERE)

    assert "不再改日期" in consultant.post("plan.move", task_id=task_id, form=DAYS, expect=422, most=26, **HERE).text


def test_a_package_without_a_module_makes_no_empty_plan(first_day, dress_shop, consultant, inside):
    answer = consultant.post("plan.make", form={"package": "pkg_c2p_9800", "modules": "mod_none"}, expect=422, **HERE)

    assert "至少留一个模块" in answer.text
    assert rows(inside, Task) == []


def test_day_zero_in_the_past_lays_the_plan_out_and_says_what_is_late(first_day, dress_shop, consultant, inside):
    with inside():
        db.session.scalars(sa.select(Engagement)).one().starts_on = date(2026, 2, 2)
    consultant.post("plan.make", form={"package": "pkg_c2p_9800", "modules": ["mod_base", "mod_c2p"]}, most=24, **HERE)
    text = consultant.get("plan.show", **HERE).text

    assert min(task.starts_on for task in rows(inside, Task)) == date(2026, 2, 2)
    assert "逾期" in text


def test_day_zero_that_moves_after_work_began_leaves_the_plan_as_it_is(agreed, consultant, visit, id_of, inside):
    visit(agreed, Role.LEAD).post("plan.begin", task_id=id_of("T04"), most=20, **HERE)
    planned_days = [(task.key, task.starts_on) for task in rows(inside, Task)]
    with inside():
        db.session.scalars(sa.select(Engagement)).one().starts_on = date(2026, 5, 6)
    answer = consultant.post(
        "plan.make", form={"package": "pkg_c2p_9800", "modules": ["mod_base", "mod_c2p"]}, expect=422, **HERE
    )

    assert "逐项提出" in answer.text
    assert [(task.key, task.starts_on) for task in rows(inside, Task)] == planned_days


def test_a_long_comment_on_a_task_comes_back_whole(planned, consultant, id_of):
    words = "**活动，**先看<i>" * 5_000
    form = {"text": words, "audience": "all", "once": "k"}
    where = {**HERE, "kind": "task", "subject_id": id_of("T04")}
    answer = consultant.post("talk.add", form=form, expect=422, most=16, **where)

    assert str(escape(words)) in answer.text
