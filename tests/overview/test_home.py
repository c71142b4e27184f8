"""The home of a merchant: whose move it is and by when, in as many queries whether it is empty or full."""

from __future__ import annotations

import re
from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.overview.rules import dated, next_move
from siyu_saas.targets.actions.offers import propose_target
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.states import State
from siyu_saas.tenants.actions.engagements import begin_engagement, name_coordinator
from siyu_saas.tenants.actions.merchants import open_workspace
from siyu_saas.tenants.actions.people import admit
from siyu_saas.tenants.models import Engagement, Firm
from siyu_saas.tenants.rules import Role, Side, Stage
from siyu_saas.tenants.rules.stages import Missing
from siyu_saas.tenants.rules.waiting import Open
from tests.support.merchants import make_user
from tests.support.plans import plan_for, task_keyed
from tests.support.targets import make_target

HERE = {"tenant": "dress", "number": 1}


@pytest.fixture
def at_work(app, dress_shop):
    """In the middle of the guidance, on the ninth day: tasks are late, one was handed in."""
    from siyu_saas.core.clock import now
    from siyu_saas.plan.rules.states import TaskState

    with time_machine.travel("2026-04-09T02:00:00Z", tick=True):
        with app.app_context(), writing(), tenant(dress_shop.id):
            engagement = db.session.scalars(sa.select(Engagement)).one()
            name_coordinator(engagement, "王芳", by=dress_shop.actor)
            engagement.stage = Stage.GUIDE
            plan = plan_for(dress_shop)
            plan.confirmed_at = now()
            task = task_keyed("T02")
            task.state, task.submitted_at = TaskState.SUBMITTED, now()
            task_keyed("T03").slack = 0
            make_target(engagement.id, by=dress_shop.actor)
            db.session.commit()
        yield dress_shop


def courts(text: str) -> dict[str, str]:
    """By heading, the words of each side's list."""
    found = re.findall(r'<section class="court"><h3>(.*?)</h3>(.*?)</section>', text, re.DOTALL)
    return {re.sub(r"<[^>]+>|\d", "", head).strip(): re.sub(r"<[^>]+>", " ", body) for head, body in found}


def step(text: str) -> str:
    return re.sub(r"<[^>]+>", " ", re.search(r'<section class="next-step".*?</section>', text, re.DOTALL)[0])


def test_each_side_sees_what_is_on_it_first(at_work, visit):
    boss = courts(visit(at_work, Role.BOSS).get("overview.workspace", tenant="dress").text)
    assert list(boss) == ["等你们", "等顾问"]
    assert "新人礼配置" in boss["等你们"]
    assert "逾期" in boss["等你们"]
    assert "链路设计" in boss["等顾问"]
    assert "提醒" in boss["等顾问"]

    consultant = courts(visit(at_work, Role.CONSULTANT).get("overview.workspace", tenant="dress").text)
    assert list(consultant) == ["等你们", "等商家"]
    assert "链路设计" in consultant["等你们"]


def test_the_next_step_is_what_is_late_with_its_consequence(at_work, visit):
    said = step(visit(at_work, Role.BOSS).get("overview.workspace", tenant="dress").text)
    assert "轮到你" in said
    assert "已逾期" in said
    assert "顺延" in said


def test_the_next_seven_days_stand_by_day(at_work, visit):
    text = visit(at_work, Role.BOSS).get("overview.workspace", tenant="dress").text
    assert "活动备战" in re.search(r'<ul class="agenda">.*?</ul>', text, re.DOTALL)[0]
    assert text.count('data-hx-get="/t/dress/e/1/targets/progress"') == 1


@pytest.mark.parametrize("role", [Role.FIRM_OWNER, Role.CONSULTANT, Role.BOSS, Role.VIEWER])
@pytest.mark.parametrize("stage", list(Stage))
def test_a_full_home_keeps_to_its_queries(app, at_work, visit, role, stage):
    with app.app_context(), writing(), tenant(at_work.id):
        db.session.scalars(sa.select(Engagement)).one().stage = stage
        db.session.commit()
    visit(at_work, role).get("overview.workspace", tenant="dress", most=8)
    visit(at_work, role).get("overview.engagement", most=8, **HERE)


@pytest.mark.parametrize("stage", [Stage.CO_CREATE, Stage.GUIDE, Stage.CLOSE])
def test_a_target_on_the_table_is_told_beside_a_signed_one(app, at_work, visit, stage):
    with app.app_context(), writing(), tenant(at_work.id):
        engagement = db.session.scalars(sa.select(Engagement)).one()
        engagement.stage = stage
        db.session.scalars(sa.select(Target)).one().state = State.AGREED
        offered = make_target(engagement.id, by=at_work.actor, title="老客复购率")
        propose_target(offered, side=Side.FIRM, by=at_work.actor)
        db.session.commit()
    assert (
        "商定并签署目标「老客复购率」"
        in courts(visit(at_work, Role.BOSS).get("overview.workspace", tenant="dress", most=8).text)["等你们"]
    )


def test_an_empty_workspace_and_a_fresh_one_keep_to_their_queries(app, dress_shop, visit):
    with app.app_context(), writing():
        firm = db.session.get_one(Firm, dress_shop.firm_id)
        empty, fresh = (open_workspace(firm, name=name, slug=name) for name in ("empty", "fresh"))
        user = make_user("both@example.com", "店主")
        for shop in (empty, fresh):
            admit(shop, user, role=Role.BOSS)
        with tenant(fresh.id):
            begin_engagement(title="陪跑", starts_on=date(2026, 4, 1), days=70, by=dress_shop.actor)
            db.session.commit()
        db.session.commit()
    owner = visit(dress_shop, Role.FIRM_OWNER)
    assert "开始第一个服务期" in owner.get("overview.workspace", tenant="empty").text
    assert "邀请店主" in owner.get("overview.workspace", tenant="fresh").text


def test_the_rail_leads_to_rooms_of_the_newest_service_period(dress_shop, visit):
    boss = visit(dress_shop, Role.BOSS)
    assert 'href="/t/dress/e/1/targets"' in boss.get("overview.workspace", tenant="dress").text
    files = boss.get("workspace.files", tenant="dress").text
    assert 'href="/t/dress/newest?page=targets.board"' in files
    assert boss.get("/t/dress/newest?page=targets.board", expect=302).location.endswith("/t/dress/e/1/targets")
    for strange in ("", "?page=nowhere", "?page=account.show"):
        assert boss.get(f"/t/dress/newest{strange}", expect=302).location == "/t/dress/"


def test_the_rail_says_where_one_is(dress_shop, visit):
    boss = visit(dress_shop, Role.BOSS)
    for where, label in (("targets.board", "目标与数据"), ("plan.listing", "计划"), ("workspace.stages", "首页")):
        text = boss.get(where, **HERE).text
        rail = re.search(r'<nav class="nav" aria-label="主导航">.*?</nav>', text, re.DOTALL)[0]
        current = re.findall(r'aria-current="page">(.*?)</a>', rail, re.DOTALL)
        assert [re.sub(r"<[^>]+>", "", one) for one in current] == [label]


def thing(title: str, side: Side = Side.MERCHANT, due: date | None = None) -> Open:
    return Open(title, side, title, "", "circle", "plan.task", "task.work", date(2026, 4, 1), due)


GATE = Missing(Side.MERCHANT, "签收必做里程碑", "查看里程碑", "plan.milestones", "milestone.sign")


@pytest.mark.parametrize(
    ("stage", "own", "sentence"),
    [
        (Stage.CO_CREATE, True, "签收必做里程碑，之后才能进入「启动服务指导」"),
        (Stage.GUIDE, True, "拍包裹照片"),
        (Stage.GUIDE, False, "验收照片"),
    ],
)
def test_work_comes_before_what_ends_the_stage(stage, own, sentence):
    from types import SimpleNamespace

    engagement = SimpleNamespace(stage=stage, paused_on=None, archived_at=None)
    things = [thing("验收照片", Side.FIRM), thing("拍包裹照片")]
    move = next_move(engagement, [GATE], things=things, own=lambda one: own and one.side is Side.MERCHANT)
    assert move.sentence == sentence


def test_seven_days_begin_today():
    today = date(2026, 4, 9)
    things = [thing(str(day), due=date(2026, 4, day)) for day in (16, 15, 9, 8)] + [thing("没有日子")]
    assert [one.title for one in dated(things, today=today)] == ["9", "15"]


def test_the_rail_of_ones_own_pages_leads_to_the_firm(dress_shop, visit):
    for here in ("/", "/account", "/inbox", "/terms"):
        assert ">同事<" in visit(dress_shop, Role.FIRM_OWNER).get(here).text, here
    assert ">同事<" not in visit(dress_shop, Role.BOSS).get("/account").text
