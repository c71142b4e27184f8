"""A plan from a package to the merchant's confirmation, its tasks from begun to accepted, and changes by consent."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db
from siyu_saas.plan.models import Change, Link, Plan, Post, Task, Wait
from siyu_saas.plan.rules.changes import ChangeState
from siyu_saas.plan.rules.states import Gate, TaskState
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.models import Document
from siyu_saas.tenants.models import Engagement
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import plan_for, small_package, task_keyed

from .conftest import HERE, confirm


def rows(inside, model):
    with inside():
        return list(db.session.scalars(sa.select(model)))


def test_the_package_becomes_dated_tasks_with_an_owner_each(planned, inside):
    tasks = {task.key: task for task in rows(inside, Task)}

    assert {key: (task.starts_on.isoformat(), task.ends_on.isoformat()) for key, task in tasks.items()} == {
        "T01": ("2026-04-01", "2026-04-02"),
        "T02": ("2026-04-03", "2026-04-03"),  # 清明 until the 6th; the campaign is what T04 prepares from the 8th
        "T03": ("2026-04-03", "2026-04-03"),
        "T04": ("2026-04-08", "2026-04-10"),
        "T05": ("2026-04-14", "2026-04-16"),
    }
    assert tasks["T01"].owner_name in ("dress-顾问", "dress-主顾问")
    assert tasks["T04"].owner_name == "dress-操盘手"
    assert tasks["T02"].owner_name == ""  # no designer among the merchant's people
    assert tasks["T01"].checklists == ["cl_link"]
    assert len(rows(inside, Link)) == 5
    assert {post.role: post.name for post in rows(inside, Post)}["mall_ops"] == "dress-商城运营"


def test_an_empty_plan_is_made_by_hand(first_day, consultant, inside):
    assert "还没有计划" in consultant.get("plan.show", **HERE).text
    assert "空白计划" in consultant.get("plan.choose", **HERE).text
    consultant.post("plan.make", form={"package": "blank"}, most=16, **HERE)
    form = {"title": "建群", "kind": "operate", "role": "user_ops", "starts_on": "2026-04-07", "ends_on": "2026-04-09"}
    consultant.post("plan.add", form=form, most=20, **HERE)

    assert "建群" in consultant.get("plan.show", **HERE).text
    assert rows(inside, Task)[0].side is Side.MERCHANT


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


def test_every_view_shows_the_tasks_in_as_many_queries_as_it_may(planned, consultant, boss, visit, id_of):
    for page in (consultant, boss, visit(planned, Role.VIEWER)):
        assert "链路设计" in page.get("plan.show", **HERE).text
        assert "本周" in page.get("plan.listing", **HERE).text
        assert "步数 ≤6" in page.get("plan.task", task_id=id_of("T01"), **HERE).text
    assert "链路设计" not in boss.get("plan.mine", **HERE).text
    assert "活动备战" in visit(planned, Role.LEAD).get("plan.mine", **HERE).text


def test_queries_do_not_grow_with_tasks(first_day, dress_shop, tea_shop, app, inside, visit):
    from siyu_saas.core.database import writing
    from siyu_saas.core.tenancy import tenant
    from tests.support.plans import part

    with inside():
        plan_for(dress_shop)
    many = small_package()
    many = many.__class__(**{**{f: getattr(many, f) for f in many.__slots__}, "tasks": tuple(
        part(f"X{n}", f"任务 {n}", n // 3, 2, (f"X{n - 1}",) if n % 4 else ()) for n in range(150)
    )})  # fmt: skip
    with app.app_context(), writing(), tenant(tea_shop.id):
        plan_for(tea_shop, many)
        db.session.commit()
    for endpoint in ("plan.show", "plan.listing", "plan.mine"):
        few = visit(dress_shop, Role.CONSULTANT).get(endpoint, **HERE)
        lots = visit(tea_shop, Role.CONSULTANT).get(endpoint, tenant="tea", number=1)
        assert len(few.queries) == len(lots.queries)


def test_the_merchant_confirms_what_the_consultant_sends(planned, consultant, boss, inside):
    assert "确认并签署" not in boss.get("plan.confirm", **HERE).text
    consultant.post("plan.send", most=20, **HERE)
    assert "轮到你" in boss.get("plan.show", **HERE).text
    with inside():
        plan = db.session.scalars(sa.select(Plan)).one()
        assert (plan.edition, plan.confirmed_at) == (0, None)

    confirm(boss)

    with inside():
        plan = db.session.scalars(sa.select(Plan)).one()
        assert (plan.edition, plan.agreed_until) == (1, date(2026, 4, 16))
        assert task_keyed("T04").agreed_until == date(2026, 4, 10)
        document = db.session.scalars(sa.select(Document).where(Document.kind == "plan")).one()
        assert document.in_force_at is not None
        assert "T02 包裹卡印制" in document.content["sections"][1]["text"]
        wait = db.session.scalars(sa.select(Wait)).one()
        assert (wait.side, wait.cause, wait.ended_on) == (Side.MERCHANT, Cause.CONFIRMATION, date(2026, 4, 1))
    assert "已确认" in boss.get("plan.show", **HERE).text


def test_the_merchant_sends_a_plan_back_with_a_reason(planned, consultant, boss):
    consultant.post("plan.send", most=20, **HERE)
    boss.post("plan.refuse", form={"reason": ""}, expect=422, **HERE)
    boss.post("plan.refuse", form={"reason": "清明前人手不够"}, most=16, **HERE)

    assert "发给商家确认" in consultant.get("plan.show", **HERE).text
    consultant.post("plan.send", most=20, **HERE)
    confirm(boss)


def test_a_confirmed_plan_is_not_made_anew(agreed, consultant):
    answer = consultant.post("plan.make", form={"package": "blank"}, expect=422, **HERE)
    assert "已经由商家确认" in answer.text


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


def move(page, task_id, first: str, last: str, *, expect: int = 302):
    form = {"starts_on": first, "ends_on": last}
    return page.post("plan.move", task_id=task_id, form=form, expect=expect, most=26, **HERE)


def test_in_a_draft_a_move_pushes_what_stands_behind_at_once(planned, consultant, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")

    with inside():
        assert task_keyed("T05").starts_on == date(2026, 4, 16)


def test_after_the_confirmation_moves_are_collected_shown_and_asked_for(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")
    page = consultant.get("plan.changing", **HERE).text
    assert "活动改期" in page
    assert "完工日从 2026-04-16 变为 2026-04-18" in page
    with inside():
        assert task_keyed("T05").starts_on == date(2026, 4, 14)

    consultant.post("plan.send_edits", form={"reason": "物料晚到"}, most=30, **HERE)
    assert "这次改动的影响" in boss.get("plan.confirm", **HERE).text
    move(consultant, id_of("T03"), "2026-04-07", "2026-04-07", expect=422)
    confirm(boss)

    with inside():
        task = task_keyed("T05")
        assert (task.starts_on, task.ends_on) == (date(2026, 4, 16), date(2026, 4, 18))
        assert task.agreed_until == date(2026, 4, 16)
        assert db.session.scalars(sa.select(Plan)).one().edition == 2
        assert db.session.scalars(sa.select(Change)).one().state is ChangeState.CONFIRMED
        first, second = db.session.scalars(sa.select(Document).order_by(Document.number)).all()
        assert first.superseded_at is not None
        assert second.previous_sha256 == first.sha256
    assert "比约定晚 2 天" in boss.get("plan.listing", **HERE).text


def test_the_merchant_says_no_and_the_plan_stays(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-13", "2026-04-15")
    consultant.post("plan.send_edits", form={"reason": "物料晚到"}, most=30, **HERE)
    boss.post("plan.refuse", form={"reason": "活动日不能动"}, most=20, **HERE)

    assert "活动日不能动" in consultant.get("plan.changing", **HERE).text
    with inside():
        assert task_keyed("T04").ends_on == date(2026, 4, 10)
        first, second = db.session.scalars(sa.select(Document).order_by(Document.number)).all()
        assert first.superseded_at is None
        assert second.superseded_at is not None


def test_a_small_change_is_told_and_not_asked(agreed, consultant, boss, id_of, inside):
    move(consultant, id_of("T04"), "2026-04-07", "2026-04-09")
    assert "生效并知会" in consultant.get("plan.changing", **HERE).text
    consultant.post("plan.send_edits", form={"reason": ""}, most=30, **HERE)

    with inside():
        assert task_keyed("T04").ends_on == date(2026, 4, 9)
        assert db.session.scalars(sa.select(Change)).one().state is ChangeState.INFORMED


def test_tasks_that_wait_for_each_other_are_refused_by_name(agreed, planned, consultant, id_of):
    form = {"before": str(id_of("T04"))}
    answer = consultant.post("plan.wait_for", task_id=id_of("T01"), form=form, expect=422, most=20, **HERE)

    assert "互相等待" in answer.text


def test_a_removed_task_hands_on_what_it_waited_for(planned, consultant, id_of, inside):
    before, after = id_of("T01"), id_of("T04")
    consultant.post("plan.take_out", task_id=id_of("T02"), most=24, **HERE)
    consultant.get("plan.task", task_id=after, **HERE)

    assert (before, after) in {(link.before_id, link.after_id) for link in rows(inside, Link)}


def test_a_task_removed_while_somebody_has_it_open_is_gone_politely(planned, consultant, visit, id_of):
    task_id = id_of("T03")
    consultant.post("plan.take_out", task_id=task_id, most=24, **HERE)

    visit(planned, Role.MALL_OPS).post("plan.begin", task_id=task_id, expect=404, **HERE)


def test_a_pause_moves_the_rest_and_keeps_what_was_agreed(agreed, consultant, visit, inside):
    consultant.post("workspace.stop", form={"reason": "换仓", "side": "merchant"}, **HERE)
    with time_machine.travel("2026-04-08T02:00:00Z", tick=True):
        visit(agreed, Role.CONSULTANT).post("workspace.go_on", most=26, **HERE)

    with inside():
        assert db.session.scalars(sa.select(Engagement)).one().ends_on == date(2026, 6, 16)
        task = task_keyed("T05")
        assert (task.starts_on, task.agreed_from) == (date(2026, 4, 21), date(2026, 4, 14))


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


def test_an_archived_service_period_keeps_its_plan_readable_and_closed(agreed, consultant, boss, id_of):
    consultant.post("workspace.file_away", **HERE)

    assert "链路设计" in boss.get("plan.show", **HERE).text
    assert "已经归档" in consultant.post("plan.begin", task_id=id_of("T01"), expect=422, **HERE).text


def test_nothing_that_somebody_typed_is_a_formula_in_the_table(planned, consultant, inside, id_of):
    with inside():
        task = db.session.scalars(sa.select(Task).limit(1)).one()
        task.title, task.role, task.owner_name, task.acceptance = "＝1+1", "=cmd|1", "@x", "\r=1"
    text = consultant.get("plan.table", **HERE).data.decode("utf-8-sig")
    assert all(f"'{typed}" in text for typed in ("＝1+1", "=cmd|1", "@x", "\r=1"))
