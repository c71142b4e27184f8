"""Roles given to people, minutes that make tasks, packages a firm keeps, and what leaves the house."""

from __future__ import annotations

import re
from datetime import date

import sqlalchemy as sa

from siyu_saas.core.database import db
from siyu_saas.core.queue import Job, perform
from siyu_saas.plan.jobs import ask_for_forecasts
from siyu_saas.plan.models import FirmPackage, Meeting, Plan, Post, Task
from siyu_saas.plan.paper import figures, paper_data
from siyu_saas.plan.queries.plans import milestones_of
from siyu_saas.plan.queries.tasks import tasks_of
from siyu_saas.tenants.models import TenantMember
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import task_keyed

from .conftest import HERE


def post_of(inside, role: str) -> Post:
    with inside():
        return db.session.scalars(sa.select(Post).where(Post.role == role)).one()


def test_a_role_is_given_to_somebody_and_their_open_tasks_with_it(planned, consultant, boss, inside):
    text = consultant.get("plan.team", **HERE).text
    assert "这些角色还没有人：设计" in text
    assert "定架构与策略" in text
    assert "包裹卡设计印制" in text

    consultant.post("plan.fill", post_id=post_of(inside, "designer").id, form={"name": "外包小李"}, **HERE)
    with inside():
        user_id = db.session.scalars(sa.select(TenantMember.user_id).where(TenantMember.role == Role.CS)).first()
    consultant.post("plan.fill", post_id=post_of(inside, "lead").id, form={"person": str(user_id)}, **HERE)

    with inside():
        assert task_keyed("T02").owner_name == "外包小李"
        assert (task_keyed("T04").owner_id, task_keyed("T04").owner_name) == (user_id, "dress-客服")
    assert "还没有人" not in boss.get("plan.team", **HERE).text
    consultant.post("plan.fill", post_id=post_of(inside, "lead").id, form={"person": "somebody"}, expect=422, **HERE)


def test_what_was_decided_in_a_meeting_becomes_tasks_once(agreed, consultant, boss, inside):
    form = {
        "title": "周会",
        "held_on": "2026-04-07",
        "decisions": "先补卡片样稿",
        "actions-0-title": "补样稿",
        "actions-0-role": "lead",
        "actions-0-ends_on": "2026-04-09",
        "actions-1-title": "给承接话术",
        "actions-1-role": "consultant",
        "once": "k",
    }
    consultant.post("plan.hold_meeting", form={**form, "decisions": ""}, expect=422, **HERE)
    page = consultant.post("plan.hold_meeting", form=form, most=30, **HERE).location
    assert consultant.post("plan.hold_meeting", form=form, most=30, **HERE).location == page

    assert "补样稿" in boss.get(page).text
    assert "周会" in boss.get("plan.meetings", **HERE).text
    with inside():
        assert len(db.session.scalars(sa.select(Meeting)).one().task_ids) == 2
        mine, ours = db.session.scalars(sa.select(Task).where(Task.key == "+").order_by(Task.title)).all()
        assert {(one.title, one.side, one.ends_on) for one in (mine, ours)} == {
            ("补样稿", Side.MERCHANT, date(2026, 4, 9)),
            ("给承接话术", Side.FIRM, date(2026, 4, 14)),
        }
        assert mine.agreed_until == mine.ends_on
        assert "2026-04-07 周会定的" in mine.why


def test_a_plan_is_kept_as_a_package_with_links_checklists_and_roles_and_without_names(planned, consultant, inside):
    consultant.post("plan.keep_package", form={"title": "茶叶版启动包", "once": "p"}, **HERE)
    consultant.post("plan.keep_package", form={"title": "茶叶版启动包", "once": "p"}, **HERE)

    assert "茶叶版启动包" in consultant.get("plan_shelf.packages").text
    chosen = consultant.get("plan.choose", **HERE).text
    assert "茶叶版启动包" in chosen
    with inside():
        row = db.session.scalars(sa.select(FirmPackage)).one()
        assert "dress-" not in str(row.content)
        by_key = {task["key"]: task for task in row.content["tasks"]}
        assert by_key["T04"]["depends_on"] == ["T02", "T03"]
        assert by_key["T01"]["checklists"] == ["cl_link"]
        assert by_key["T05"]["campaign"] is True
        package_id = row.id

    consultant.post(
        "plan.make", form={"package": str(package_id), "modules": ["mod_base", "mod_campaign"]}, most=28, **HERE
    )
    with inside():
        assert task_keyed("T05").starts_on == date(2026, 4, 14)
    consultant.post("plan_shelf.drop_package", package_id=package_id)
    assert "茶叶版启动包" not in consultant.get("plan_shelf.packages").text


def test_a_package_of_another_firm_is_not_there(planned, visit, tea_shop, consultant, inside):
    consultant.post("plan.keep_package", form={"title": "甲家的包", "once": "p"}, **HERE)
    with inside():
        package_id = db.session.scalars(sa.select(FirmPackage)).one().id
    stranger = visit(tea_shop, Role.CONSULTANT)

    assert "甲家的包" not in stranger.get("plan.choose", tenant="tea", number=1).text
    stranger.post("plan_shelf.drop_package", package_id=package_id, expect=404)


def test_a_module_that_is_left_out_takes_its_tasks_along(first_day, consultant, inside, dress_shop):
    form = {"package": "pkg_community_18k", "modules": ["mod_base", "mod_c2p", "mod_report"]}
    preview = consultant.get("plan.choose", package=form["package"], modules=form["modules"], **HERE).text
    assert re.search(r"\d+ 项", preview)
    consultant.post("plan.make", form=form, most=24, **HERE)

    with inside():
        modules = set(db.session.scalars(sa.select(Task.module)))
        assert modules == {"mod_base", "mod_c2p", "mod_report"}


def test_all_tasks_leave_as_a_table_that_calculates_nothing(planned, consultant, id_of, visit):
    typed = {"title": "=cmd()", "kind": "guide", "role": "consultant", "repeats": "never", "version": "1"}
    consultant.post("plan.mend_task", task_id=id_of("T01"), form=typed, **HERE)
    answer = visit(planned, Role.VIEWER).get("plan.table", **HERE)

    assert answer.text.startswith("\ufeff编号,任务")
    assert "'=cmd()" in answer.text
    assert len(answer.text.splitlines()) == 6


def test_the_plan_is_asked_for_on_paper_and_drawn_in_pages(agreed, boss, inside):
    boss.post("plan.print_plan", most=18, **HERE)
    assert "排队中" in boss.get("plan.paper", **HERE).text

    with inside():
        plan = db.session.scalars(sa.select(Plan)).one()
        data = paper_data(
            plan, milestones_of(plan.id), tasks_of(plan.id), merchant="茶", firm="机构", today=date(2026, 4, 1)
        )
    charts = figures(data)["charts"]
    assert len(charts) == 1
    assert "活动执行" in charts[0].summary
    assert data["groups"][0]["tasks"][0]["who"].startswith("顾问 ")


def test_a_long_plan_is_cut_into_even_pieces_under_one_calendar():
    days = [f"2026-04-{day:02}" for day in range(1, 31)]
    tasks = [
        {"key": day, "title": day, "starts_on": day, "ends_on": day, "agreed": None, "share": 0, "late": False}
        for day in days
    ]
    groups = [{"title": "活动", "ends_on": days[-1], "reached": False, "tasks": tasks}]
    first, second = figures({"groups": groups, "today": days[0]})["charts"]
    assert [chart.title for chart in (first, second)] == [
        "30 项任务，0 项已通过（1/2）",
        "30 项任务，0 项已通过（2/2）",
    ]
    weeks = [re.findall(r"第 \d 周[^<]*", chart.svg) for chart in (first, second)]
    assert weeks[0]
    assert weeks[0] == weeks[1]


def test_every_morning_the_forecast_knows_what_did_not_happen(agreed, app, inside, visit):
    import time_machine

    from siyu_saas.core.database import writing

    with time_machine.travel("2026-04-13T01:00:00Z", tick=True):
        with app.app_context(), writing():
            ask_for_forecasts()
            ask_for_forecasts()
            db.session.commit()
            jobs = list(db.session.scalars(sa.select(Job.id).where(Job.kind == "plan.forecast")))
        with inside():
            ids = list(db.session.scalars(sa.select(Job.id).where(Job.kind == "plan.forecast")))
        assert len(ids) == 1
        assert perform(app, ids[0])
    assert jobs == []
    with inside():
        assert db.session.scalars(sa.select(Plan)).one().expected_until == date(2026, 4, 23)
