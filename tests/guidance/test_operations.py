"""Texts, campaigns, content, groups, tags and procedures as people use them, on both databases."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
import sqlalchemy as sa

from siyu_saas.core.clock import today
from siyu_saas.core.database import db
from siyu_saas.core.tenancy import tenant
from siyu_saas.guidance.models import Campaign, Group, KitText, Material, Slot, SopStep, Tag
from siyu_saas.guidance.rules.campaigns import outcomes, profit_rate_bp, readiness, steps
from siyu_saas.guidance.rules.content import Line, overloads, shares
from siyu_saas.tenants.rules import Role
from tests.support.page import Page

HERE = {"tenant": "dress", "number": 1}
CAMPAIGN = {
    "title": "五月内购会",
    "type": "insider_sale",
    "mechanic": "全场 7 折，三天",
    "starts_on": "2026-05-08",
    "ends_on": "2026-05-10",
    "goal_orders": "60",
    "goal_cost_fen": "0.3万",
    "goal_profit_bp": "25",
}


@pytest.fixture
def consultant(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def boss(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.BOSS)


@pytest.fixture
def operator(visit, dress_shop) -> Page:
    return visit(dress_shop, Role.CAMPAIGN_OPS)


def stored(app, shop, model) -> list:
    with app.app_context(), tenant(shop.id):
        return list(db.session.scalars(sa.select(model).order_by(model.id)))


@pytest.fixture
def campaign(app, dress_shop, operator) -> dict:
    operator.post("guidance.begin_campaign", form={**CAMPAIGN, "once": "c1"}, most=20, **HERE)
    return {**HERE, "campaign_id": stored(app, dress_shop, Campaign)[0].id}


def test_days_are_counted_around_a_campaign():
    found = {step.label: step.on for step in steps(date(2026, 5, 8), date(2026, 5, 10))}

    assert found["T-7"] == date(2026, 5, 1)
    assert found["T-3"] == date(2026, 5, 5)
    assert found["D3"] == date(2026, 5, 10)
    assert found["T+1"] == date(2026, 5, 11)
    assert found["T+3"] == date(2026, 5, 13)


@pytest.mark.parametrize(
    ("profit", "gmv", "rate"),
    [(2500, 10000, 2500), (None, 10000, None), (1, 0, None), (1, 3, 3333), (-500, 10000, -500)],
)
def test_a_profit_rate_is_only_said_where_it_can_be(profit, gmv, rate):
    assert profit_rate_bp(profit, gmv) == rate


def test_a_campaign_is_ready_when_all_is_there_and_everybody_was_briefed():
    def material(ready: bool) -> Material:
        return Material(name="海报", due_on=date(2026, 5, 1), ready_at=object() if ready else None)

    def sentence(materials, day, briefings=0) -> str:
        return readiness(materials, starts_on=date(2026, 5, 8), today=day, briefings=briefings).sentence

    assert sentence([], date(2026, 5, 1)) == "还没有物料清单"
    assert sentence([material(False)], date(2026, 5, 1)) == "还差 1 件，离 T-3 还有 4 天"
    assert "备选方案" in sentence([material(False)], date(2026, 5, 6))
    assert sentence([material(True)], date(2026, 5, 6), 1) == "物料齐了，宣讲还差 1 轮"
    assert sentence([material(True)], date(2026, 5, 6), 2) == "物料齐套，宣讲完成"


def test_a_campaign_from_plan_to_review(app, dress_shop, operator, campaign):
    operator.post(
        "guidance.add_part",
        part="materials",
        form={"name": "海报", "due_on": "2026-05-01", "plan_b": "用旧版"},
        most=30,
        **campaign,
    )
    operator.post(
        "guidance.add_part", part="script", form={"day": "1", "at": "20:00", "text": "7 折开抢"}, most=30, **campaign
    )
    operator.post("guidance.add_part", part="issues", form={"what": "链接打不开"}, most=30, **campaign)
    operator.post("guidance.review_campaign", expect=422, most=30, **campaign)
    version = stored(app, dress_shop, Campaign)[0].version
    figures = {"orders": "72", "gmv_fen": "1.2万", "cost_fen": "3500", "profit_fen": "3600", "version": version}
    operator.post("guidance.count_campaign", form=figures, most=30, **campaign)
    for verdict, more in (("keep", {}), ("stop", {}), ("improve", {"owner_name": "小叶", "due_on": "2026-05-20"})):
        operator.post(
            "guidance.add_part",
            part="improvements",
            form={"verdict": verdict, "text": f"{verdict} 一条", **more},
            most=30,
            **campaign,
        )
    operator.post("guidance.review_campaign", most=30, **campaign)

    row = stored(app, dress_shop, Campaign)[0]
    assert [(one.name, one.met) for one in outcomes(row)] == [
        ("入群人数", None),
        ("互动人次", None),
        ("成交单数", True),
        ("成本", False),
        ("利润率", True),
    ]
    assert "已复盘" in operator.get("guidance.campaign", most=10, **campaign).text


def test_the_control_sheet_has_nine_parts_and_no_live_formula(operator, campaign):
    operator.post(
        "guidance.add_part",
        part="materials",
        form={"name": "=cmd|' /C calc'!A0", "due_on": "2026-05-01"},
        most=30,
        **campaign,
    )

    book = openpyxl.load_workbook(io.BytesIO(operator.get("guidance.control", most=12, **campaign).data))
    assert len(book.sheetnames) == 9
    cell = book["5 物料清单"]["A2"]
    assert (cell.data_type, cell.value) == ("s", "'=cmd|' /C calc'!A0")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2026-05-01"}, "早于开始"),
        ({"goal_cost_fen": "很多"}, "看不懂"),
        ({"goal_profit_bp": "abc"}, "百分数"),
        ({"goal_orders": "-1"}, "0 或更大"),
        ({"title": ""}, "请填写活动名称"),
        ({"starts_on": "31/02"}, ""),
    ],
)
def test_a_campaign_with_a_mistake_comes_back_with_what_was_typed(operator, change, sentence):
    answer = operator.post(
        "guidance.begin_campaign", form={**CAMPAIGN, **change, "once": "c2"}, expect=422, most=20, **HERE
    )

    assert sentence in answer.text
    assert all(value in answer.text for value in change.values())


def test_two_people_changing_a_campaign_see_both_versions(app, dress_shop, operator, consultant, campaign):
    version = stored(app, dress_shop, Campaign)[0].version
    operator.post(
        "guidance.edit_campaign", form={**CAMPAIGN, "title": "六月内购会", "version": version}, most=30, **campaign
    )

    answer = consultant.post(
        "guidance.edit_campaign",
        form={**CAMPAIGN, "title": "夏季内购会", "version": version},
        expect=409,
        most=30,
        **campaign,
    )

    assert "六月内购会" in answer.text
    assert "夏季内购会" in answer.text


def test_a_text_is_kept_in_versions_and_the_merchant_has_the_last_word(app, dress_shop, consultant, boss):
    here = {**HERE, "key": "tpl_welcome"}
    for _ in "ab":
        consultant.post("guidance.keep", form={"body": "你好，我是岚姐"}, most=20, **here)
    consultant.post("guidance.propose", form={"version": "1"}, most=20, **here)
    boss.post("guidance.keep", form={"body": "哈喽，我是岚姐，回复【穿搭】", "version": "1"}, most=20, **here)
    boss.post("guidance.approve", form={"version": "2"}, most=20, **here)

    versions = stored(app, dress_shop, KitText)
    assert [(row.number, row.state.value) for row in versions] == [(1, "proposed"), (2, "approved")]
    assert "缺「怎么抽奖或兑换」" in boss.get("guidance.text", **here).text


def test_only_the_text_that_was_looked_at_is_approved(app, dress_shop, consultant, boss):
    here = {**HERE, "key": "tpl_welcome"}
    consultant.post("guidance.keep", form={"body": "你好，我是岚姐"}, most=20, **here)
    shown = boss.get("guidance.text", **here).text
    consultant.post("guidance.keep", form={"body": "加我领 100 元", "version": "1"}, most=20, **here)
    answers = [
        boss.post("guidance.approve", form={"version": seen}, expect=409, most=20, **here).text
        for seen in ("1", "", "x")
    ]

    assert 'name="version" value="1"' in shown
    assert all("加我领 100 元" in text for text in answers)
    assert {row.state.value for row in stored(app, dress_shop, KitText)} == {"draft"}
    answer = boss.post("guidance.keep", form={"body": "我的改法", "version": "1"}, expect=409, most=20, **here)
    assert "我的改法" in answer.text


def test_blanks_are_filled_from_the_address(boss):
    text = boss.get(
        "guidance.text", tenant="dress", number=1, key="tpl_invite", nickname="小鹿", group_name="福利群01"
    ).text

    assert "小鹿,给你留了福利群01的位置" in text or "小鹿，给你留了福利群01的位置" in text
    assert "{crowd}" in text


def test_the_content_week_is_laid_and_looked_at(app, dress_shop, operator):
    monday = today() - timedelta(days=today().weekday())
    operator.post("guidance.lay_content", form={"week": monday.isoformat()}, most=20, **HERE)
    operator.post("guidance.lay_content", form={"week": monday.isoformat()}, most=20, **HERE)

    slots = stored(app, dress_shop, Slot)
    assert len(slots) == 39
    assert "人设" in operator.get("guidance.content", **HERE).text


def test_more_than_a_group_bears_is_said():
    day, next_day = date(2026, 5, 4), date(2026, 5, 5)
    wanted = {Line.PERSONA: 30, Line.BRAND: 40, Line.MARKETING: 30}
    slots = [Slot(on=day, group_id=None, broadcast=number < 2) for number in range(6)]
    slots += [Slot(on=next_day, group_id=None, broadcast=False) for _ in range(6)]

    assert [load.days for load in overloads(slots)] == [(day,), (day, next_day)]
    assert [share.actual for share in shares([Line.BRAND] * 2 + [Line.MARKETING], wanted)] == [0, 67, 33]
    assert shares([], wanted)[0].actual is None


def test_an_unapproved_slot_is_not_posted(app, dress_shop, operator, boss):
    form = {
        "on": "2026-05-04",
        "at": "08:30",
        "column": "早报",
        "topic": "天气穿搭",
        "line": "brand",
        "about": "you",
        "group_id": "",
    }
    operator.post("guidance.put_slot", form=form, most=20, **HERE)
    slot = {**HERE, "slot_id": stored(app, dress_shop, Slot)[0].id}
    operator.post("guidance.post_slot", expect=422, most=20, **slot)
    operator.post("guidance.approve_slot", expect=403, **slot)
    shown = boss.get("guidance.slot", **slot).text
    operator.post("guidance.edit_slot", form={**form, "text": "今天 26 度", "version": "1"}, most=20, **slot)
    assert 'name="version" value="1"' in shown
    assert "今天 26 度" in boss.post("guidance.approve_slot", form={"version": "1"}, expect=409, **slot).text

    boss.post("guidance.approve_slot", form={"version": "2"}, most=20, **slot)
    operator.post("guidance.post_slot", most=20, **slot)
    assert "已发" in operator.get("guidance.slot", **slot).text


def test_the_ledger_of_groups_says_what_is_missing(app, dress_shop, operator):
    form = {
        "name": "福利群 01",
        "kind": "welfare",
        "form": "loop",
        "layer": "new",
        "horizon": "long",
        "opened_on": "2026-05-01",
    }
    operator.post("guidance.put_group", form=form, most=20, **HERE)
    operator.post("guidance.put_group", form=form, expect=422, most=20, **HERE)
    group = {**HERE, "group_id": stored(app, dress_shop, Group)[0].id}
    operator.post("guidance.put_week", form={"week": "2026-05-13", "members": "185", "joined": "0"}, most=20, **group)

    text = operator.get("guidance.groups", **HERE).text
    assert "缺群名、欢迎语、群公告" in text
    assert "该建下一个群了" in text
    operator.post("guidance.dissolve", most=20, **group)
    operator.post("guidance.dissolve", expect=422, most=20, **group)


def test_tags_lead_to_groups_and_procedures_are_exported(app, dress_shop, operator):
    operator.post("guidance.lay_tag_template", most=20, **HERE)
    tags = stored(app, dress_shop, Tag)
    operator.post("guidance.direct_tag", form={"leads_to": "flash"}, tag_id=tags[0].id, most=20, **HERE)
    operator.post("guidance.lay_procedures", most=20, **HERE)

    assert stored(app, dress_shop, Tag)[0].leads_to == "flash"
    book = openpyxl.load_workbook(io.BytesIO(operator.get("guidance.export_procedures", **HERE).data))
    assert book.active.max_row == 1 + len(stored(app, dress_shop, SopStep)) > 8
    assert {"客服", "用户运营"} <= {row[5] for row in book.active.iter_rows(values_only=True)}
