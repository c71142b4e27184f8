"""Tasks: added, mended, begun, handed in, accepted or returned; stuck, late, repeated."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.plan.models import Change, Plan, Task, Wait
from siyu_saas.plan.rules.states import Gate, TaskState
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import plan_for, small_package, task_keyed

from .conftest import HERE, rows


def test_a_task_goes_from_begun_to_accepted_by_the_other_side(agreed, consultant, boss, visit, id_of, inside):
    lead, task_id = visit(agreed, Role.LEAD), id_of("T04")
    lead.post("plan.begin", task_id=task_id, most=20, **HERE)
    consultant.post("plan.hand_in", task_id=task_id, form={"remark": "x"}, expect=422, **HERE)
    lead.post("plan.hand_in", task_id=task_id, form={"remark": "物料齐了"}, most=20, **HERE)
    boss.post("plan.take", task_id=task_id, expect=422, **HERE)
    assert "物料齐了" in consultant.get("plan.task", task_id=task_id, **HERE).text

    consultant.post("plan.hand_back", task_id=task_id, form={"reason": ""}, expect=422, **HERE)
    consultant.post("plan.hand_back", task_id=task_id, form={"reason": "缺 T-3 清单"}, most=20, **HERE)
    assert "缺 T-3 清单" in lead.get("plan.task", task_id=task_id, **HERE).text
    lead.post("plan.hand_in", task_id=task_id, form={"remark": "补好了"}, most=20, **HERE)
    consultant.post("plan.take", task_id=task_id, most=20, **HERE)
    consultant.post("plan.take", task_id=task_id, expect=422, **HERE)

    with inside():
        task = task_keyed("T04")
        assert (task.state, task.done_on) == (TaskState.ACCEPTED, date(2026, 4, 1))
        waits = db.session.scalars(sa.select(Wait).where(Wait.subject_id == task.id).order_by(Wait.id)).all()
        assert [(one.side, one.cause) for one in waits] == [
            (Side.FIRM, Cause.REVIEW),
            (Side.MERCHANT, Cause.RETURNED),
            (Side.FIRM, Cause.REVIEW),
        ]
        assert all(one.ended_on for one in waits)


def test_a_late_task_moves_the_forecast_and_not_the_agreement(agreed, consultant, visit, id_of, inside):
    with time_machine.travel("2026-04-09T02:00:00Z", tick=True):
        visit(agreed, Role.CONSULTANT).post("plan.begin", task_id=id_of("T01"), most=20, **HERE)
        text = visit(agreed, Role.BOSS).get("plan.show", **HERE).text

    with inside():
        campaign, plan = task_keyed("T05"), db.session.scalars(sa.select(Plan)).one()
        assert campaign.agreed_until == campaign.ends_on == date(2026, 4, 16)
        assert campaign.expected_until == date(2026, 4, 19)
        assert plan.expected_until == date(2026, 4, 19)
    assert "比约定晚 3 天" in text


def test_stuck_with_a_reason_runs_the_clock_of_the_side_that_is_waited_for(agreed, visit, id_of, inside):
    lead = visit(agreed, Role.LEAD)
    lead.post("plan.hold", task_id=id_of("T04"), form={"reason": "等顾问给方案", "side": "firm"}, most=16, **HERE)
    assert "等顾问给方案" in lead.get("plan.task", task_id=id_of("T04"), **HERE).text
    lead.post("plan.hold", task_id=id_of("T04"), form={"reason": "再一次", "side": "firm"}, expect=422, **HERE)
    with time_machine.travel("2026-04-08T02:00:00Z", tick=True):
        visit(agreed, Role.LEAD).post("plan.release", task_id=id_of("T04"), most=16, **HERE)

    wait = next(one for one in rows(inside, Wait) if one.cause is Cause.STUCK)
    assert (wait.side, wait.began_on, wait.ended_on) == (Side.FIRM, date(2026, 4, 1), date(2026, 4, 8))


def test_a_gate_that_blocks_keeps_the_next_phase_closed(first_day, dress_shop, inside, visit, id_of):
    with inside():
        plan_for(dress_shop, small_package(m1=Gate.BLOCK))
    answer = visit(dress_shop, Role.LEAD).post("plan.begin", task_id=id_of("T04"), expect=422, most=16, **HERE)

    assert "链路上线" in answer.text


def test_a_task_removed_while_somebody_has_it_open_is_gone_politely(planned, consultant, visit, id_of):
    task_id = id_of("T03")
    consultant.post("plan.take_out", task_id=task_id, most=24, **HERE)

    visit(planned, Role.MALL_OPS).post("plan.begin", task_id=task_id, expect=404, **HERE)


def test_two_people_who_mend_a_task_never_overwrite_each_other(planned, consultant, id_of):
    typed = {"title": "链路设计（改）", "kind": "guide", "role": "consultant", "repeats": "never", "version": "1"}
    consultant.post("plan.mend_task", task_id=id_of("T01"), form=typed, **HERE)
    answer = consultant.post(
        "plan.mend_task", task_id=id_of("T01"), form={**typed, "title": "别的名字"}, expect=409, **HERE
    )

    assert "别的名字" in answer.text


def test_a_task_that_repeats_comes_again_on_working_days(planned, visit, consultant, id_of, inside):
    typed = {"title": "周报", "kind": "data", "role": "lead", "repeats": "weekly", "version": "1"}
    task_id = id_of("T04")
    consultant.post("plan.mend_task", task_id=task_id, form=typed, **HERE)
    visit(planned, Role.LEAD).post("plan.hand_in", task_id=task_id, form={"remark": ""}, most=20, **HERE)
    consultant.post("plan.take", task_id=task_id, most=20, **HERE)

    again = next(task for task in rows(inside, Task) if task.title == "周报" and task.state is TaskState.TODO)
    assert (again.starts_on, again.ends_on) == (date(2026, 4, 15), date(2026, 4, 17))


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"ends_on": "2026-04-06"}, "结束日不能早于开始日"),
        ({"role": "consultant"}, "落地任务只能由商家负责"),
        ({"title": ""}, "请填写任务名称"),
        ({"starts_on": "后天"}, ""),
    ],
)
def test_a_task_that_cannot_be_is_sent_back_with_what_was_typed(planned, consultant, form, sentence):
    typed = {"title": "建群", "kind": "operate", "role": "user_ops", "starts_on": "2026-04-07", "ends_on": "2026-04-09"}
    answer = consultant.post("plan.add", form={**typed, "acceptance": "十个群", **form}, expect=422, **HERE)

    assert sentence in answer.text
    assert "十个群" in answer.text


NEW = {"title": "建群", "kind": "operate", "role": "user_ops", "starts_on": "2026-04-07", "ends_on": "2026-04-09"}


def test_a_form_for_a_new_task_that_is_sent_twice_adds_it_once(planned, consultant, inside):
    places = [consultant.post("plan.add", form={**NEW, "once": "k"}, most=14, **HERE).location for _ in "ab"]

    assert places[0] == places[1]
    assert [task.title for task in rows(inside, Task)].count("建群") == 1


def test_in_a_confirmed_plan_it_is_collected_once_and_waits_for_what_was_chosen(agreed, consultant, id_of, inside):
    form = {**NEW, "after": str(id_of("T05")), "once": "k"}
    for _ in "ab":
        consultant.post("plan.add", form=form, most=20, **HERE)

    edits = rows(inside, Change)[0].edits
    assert [edit["op"] for edit in edits] == ["add", "link"]
    assert edits[1]["before"] == form["after"]


def test_a_task_of_another_plan_cannot_be_waited_for(planned, consultant, inside, tea_shop, app):
    with app.app_context(), writing(), tenant(tea_shop.id):
        plan_for(tea_shop)
        theirs = task_keyed("T01").id
        db.session.commit()
    answer = consultant.post("plan.add", form={**NEW, "after": str(theirs)}, expect=422, **HERE)

    assert "建群" in answer.text
