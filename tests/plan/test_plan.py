"""A plan from a package to the merchant's confirmation, and the pages that show it."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.plan.models import Link, Plan, Post, Task, Wait
from siyu_saas.plan.rules.waiting import Cause
from siyu_saas.signing.models import Document
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import plan_for, small_package, task_keyed

from .conftest import HERE, confirm, rows


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


def test_every_view_shows_the_tasks_in_as_many_queries_as_it_may(planned, consultant, boss, visit, id_of):
    for page in (consultant, boss, visit(planned, Role.VIEWER)):
        assert "链路设计" in page.get("plan.show", **HERE).text
        assert "本周" in page.get("plan.listing", **HERE).text
        assert "步数 ≤6" in page.get("plan.task", task_id=id_of("T01"), **HERE).text
    mine = boss.get("plan.mine", **HERE).text
    assert "链路设计" not in mine
    assert "我的 0 项" in mine
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


def test_an_archived_service_period_keeps_its_plan_readable_and_closed(agreed, consultant, boss, id_of):
    consultant.post("workspace.file_away", **HERE)

    assert "链路设计" in boss.get("plan.show", **HERE).text
    assert "已经归档" in consultant.post("plan.begin", task_id=id_of("T01"), expect=422, **HERE).text
    consultant.post("plan.print_plan", most=20, **HERE)
    consultant.post("targets.print_targets", most=20, **HERE)


def test_nothing_that_somebody_typed_is_a_formula_in_the_table(planned, consultant, inside, id_of):
    with inside():
        task = db.session.scalars(sa.select(Task).limit(1)).one()
        task.title, task.role, task.owner_name, task.acceptance = "＝1+1", "=cmd|1", "@x", "\r=1"
    text = consultant.get("plan.table", **HERE).data.decode("utf-8-sig")
    assert all(f"'{typed}" in text for typed in ("＝1+1", "=cmd|1", "@x", "\r=1"))
