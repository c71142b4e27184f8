"""What hangs on a target: the one it serves, the work that carries it, a light set by hand; and targets without a number."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from siyu_saas.core.clock import now, today
from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.rules.measures import Unit
from siyu_saas.targets.models import Target
from siyu_saas.targets.rules.achievement import Pace
from siyu_saas.targets.rules.lights import ByHand, Light, shown_pace
from siyu_saas.targets.rules.qualities import view_of
from siyu_saas.targets.rules.states import Mode, State
from siyu_saas.targets.rules.tree import in_order, likely_parent, would_loop
from siyu_saas.tenants.queries.engagements import engagement_numbered
from siyu_saas.tenants.rules import Role, Side
from tests.support.plans import plan_for
from tests.support.targets import make_target

from .conftest import HERE


@pytest.fixture
def friends_id(app, dress_shop):
    with app.app_context(), writing(), tenant(dress_shop.id):
        target = make_target(
            engagement_numbered(1).id,
            by=dress_shop.actor,
            metric="wecom_total",
            title="好友 1 万",
            unit=Unit.PEOPLE,
            value=10_000,
            mode=Mode.END_VALUE,
        )
        db.session.commit()
        return target.id


@pytest.fixture
def running(app, dress_shop, target_id):
    """Signed by both, in the middle of its window."""
    with app.app_context(), writing(), tenant(dress_shop.id):
        target = db.session.scalars(db.select(Target).where(Target.id == target_id)).one()
        target.state, target.agreed_at = State.AGREED, now()
        target.last = today().replace(year=today().year + 1)
        db.session.commit()


def test_a_target_serves_another_one_along_the_funnel(consultant, boss, at, friends_id):
    assert "按漏斗，它支撑「好友 1 万」" in consultant.get("targets.show", **at).text
    consultant.post("targets.place", form={"parent": str(friends_id)}, **at)
    consultant.post("targets.place", form={"parent": str(at["target_id"])}, expect=422, **HERE, target_id=friends_id)

    above = consultant.get("targets.show", **HERE, target_id=friends_id).text
    assert "由这些目标支撑" in above
    assert "包裹卡企微转化率" in above
    assert 'class="target under-1"' in consultant.get("targets.board", **HERE).text


def test_a_task_of_the_plan_carries_a_target(app, dress_shop, consultant, at):
    with app.app_context(), writing(), tenant(dress_shop.id):
        plan_for(dress_shop)
        db.session.commit()
    page = consultant.get("targets.show", **at)
    work = page.text.split('name="work"><option value="')[1].split('"')[0]

    consultant.post("targets.add_work", form={"work": work}, **at)
    consultant.post("targets.add_work", form={"work": work}, **at)
    assert f'name="work" value="{work}"' in consultant.get("targets.show", **at).text
    consultant.post("targets.drop_work", form={"work": work}, **at)
    assert f'name="work" value="{work}"' not in consultant.get("targets.show", **at).text
    consultant.post("targets.add_work", form={"work": f"task:{at['target_id']}"}, expect=404, **at)


def test_a_light_set_by_hand_says_who_and_why(consultant, boss, at, running):
    boss.post("targets.change_light", form={"light": "ok", "why_light": "没问题"}, expect=403, **at)
    consultant.post("targets.change_light", form={"light": "ok", "why_light": ""}, expect=422, **at)
    consultant.post("targets.change_light", form={"light": "warn", "why_light": "新卡片下周才到货"}, **at)

    page = boss.get("targets.show", **at).text
    assert "略慢（手动）" in page
    assert "手动改为「略慢」：新卡片下周才到货" in page
    assert "略慢（手动）" in boss.get("targets.board", **HERE).text
    assert "新卡片下周才到货" in boss.get("targets.commitments", **HERE).text
    consultant.post("targets.drop_light", **at)
    assert "略慢（手动）" not in boss.get("targets.show", **at).text


def test_both_sides_judge_a_target_without_a_number(consultant, boss, visit, dress_shop, tea_shop):
    form = {"title": "店长自己开周会", "good": "连续四周不用提醒", "once": "q"}
    consultant.post("targets.add_quality", form=form, **HERE)
    consultant.post("targets.add_quality", form=form, **HERE)
    page = consultant.get("targets.board", **HERE).text
    assert page.count("店长自己开周会</th>") + page.count("店长自己开周会<small>") == 1
    quality_id = page.split("/qualities/")[1].split("/")[0]
    at = {**HERE, "quality_id": quality_id}

    boss.post("targets.mark", form={"step": "9"}, expect=422, **at)
    boss.post("targets.mark", form={"step": "2", "words": "还要顾问催"}, **at)
    consultant.post("targets.mark", form={"step": "4"}, **at)
    page = boss.get("targets.board", **HERE).text
    assert "2 · 起步，靠人盯" in page
    assert "还要顾问催" in page
    assert "双方看法差两步以上" in page
    assert "店长自己开周会" in boss.get("targets.commitments", **HERE).text
    visit(dress_shop, Role.VIEWER).post("targets.mark", form={"step": "2"}, expect=403, **at)
    visit(tea_shop, Role.BOSS).post(
        "targets.mark", form={"step": "2"}, expect=404, tenant="tea", number=1, quality_id=quality_id
    )
    consultant.post("targets.drop_quality", **at)
    assert "店长自己开周会" not in boss.get("targets.board", **HERE).text


def test_the_tree_follows_the_funnel_and_never_bites_its_tail():
    @dataclass
    class Node:
        id: str
        metric: str

    rate, friends, money = Node("a", "parcel_to_wecom_rate"), Node("b", "wecom_total"), Node("c", "group_gmv")

    assert likely_parent("parcel_to_wecom_rate", [friends, money]) is friends
    assert likely_parent("group_gmv", [friends]) is None
    assert would_loop("b", "a", {"a": "b"})
    assert not would_loop("c", "a", {"a": "b"})
    assert in_order([money, rate, friends], {"a": "b"}) == [(0, money), (0, friends), (1, rate)]


def test_a_light_by_hand_keeps_what_was_computed_beside_it():
    computed = Pace("bad", "需干预", "达成度 10.0%")
    by_hand = ByHand(Light.WARN, "等新卡片", "顾问", now())

    assert shown_pace(computed, None) is computed
    shown = shown_pace(computed, by_hand)
    assert (shown.light, shown.word) == ("warn", "略慢（手动）")
    assert "系统算得「需干预」：达成度 10.0%" in shown.sentence


def test_the_newest_word_of_a_side_counts():
    @dataclass
    class Said:
        side: Side
        step: int

    view = view_of([Said(Side.MERCHANT, 1), Said(Side.FIRM, 4), Said(Side.MERCHANT, 3)])

    assert (view.merchant.step, view.firm.step, view.apart) == (3, 4, False)
    assert view_of([Said(Side.MERCHANT, 1), Said(Side.FIRM, 3)]).apart
    assert not view_of([Said(Side.FIRM, 5)]).apart
