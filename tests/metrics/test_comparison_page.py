"""The vault and the comparison as people use them: frozen, locked, moved with a reason, told with its limits."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from siyu_saas.core.database import db, writing
from siyu_saas.core.tenancy import tenant
from siyu_saas.metrics.actions.entry import enter_counts
from siyu_saas.metrics.actions.locks import ReasonMissing
from siyu_saas.metrics.models import Baseline, Comparison
from siyu_saas.tenants.rules import Role
from tests.metrics.demo import BASELINE
from tests.support.demo_counts import fill_demo_counts

HERE = {"tenant": "dress", "number": 1}
FREEZE = {"first": "2026-03-18", "last": "2026-04-14"}
WINDOWS = {
    "before_first": "2026-03-18",
    "before_last": "2026-04-14",
    "after_first": "2026-05-04",
    "after_last": "2026-05-31",
    "measures": ["group_new", "group_active_rate", "group_buyers", "aov_buyer", "group_gmv", "group_violation_kick"],
    "headline": ["group_new", "group_active_rate"],
    "version": "0",
}


@pytest.fixture
def team(visit, dress_shop):
    return visit(dress_shop, Role.CONSULTANT)


@pytest.fixture
def engagement_id(app, dress_shop):
    return fill_demo_counts(app, dress_shop)


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_baseline_is_frozen_with_its_source_and_later_changes_show(app, dress_shop, team, engagement_id):
    assert "还没有冻结" in team.get("baselines.show", **HERE).text
    team.post("baselines.freeze", form={"first": "2026-03-18", "last": "2026-03-01"}, expect=422, **HERE)
    team.post("baselines.freeze", form={"first": "2030-01-01", "last": "2030-01-28"}, expect=422, **HERE)
    team.post("baselines.freeze", form=FREEZE, **HERE)
    team.post("baselines.freeze", form=FREEZE, **HERE)
    page = plain(team.get("baselines.show", **HERE).text)
    assert "日报.csv" in page
    assert "20.0%" in page

    with app.app_context(), writing(), tenant(dress_shop.id):
        change = {("group_new", BASELINE.first): 99}
        same = {"engagement_id": engagement_id, "title": "改数", "form_key": "k2", "by": dress_shop.actor}
        with pytest.raises(ReasonMissing):
            enter_counts(change, **same)
        enter_counts(change, **same, reason="补录")
        db.session.commit()

    page = plain(team.get("baselines.show", **HERE).text)
    assert "新增群人数 2026-03-18 59 99" in page
    team.post("baselines.freeze", form=FREEZE, expect=422, **HERE)
    team.post("baselines.freeze", form={**FREEZE, "reason": "按补录的数"}, **HERE)
    with app.app_context(), tenant(dress_shop.id):
        rows = db.session.scalars(sa.select(Baseline).order_by(Baseline.number)).all()
        assert [row.counts["group_new"][0] for row in rows] == [59, 99]


def test_the_demo_merchants_results_stand_on_the_page(team, engagement_id):
    assert "还没有约定对比窗口" in team.get("comparison.show", **HERE).text
    team.post("comparison.agree", form=WINDOWS, **HERE)
    team.post("baselines.freeze", form=FREEZE, **HERE)
    page = plain(team.get("comparison.show", **HERE).text)
    for told in (
        "1,500 人次 2,010 人次 +34.0% +24.1% 至 +44.7%",
        "+45.0%（+9.0 百分点） +38.6% 至 +51.7%",
        "50 人 61 人 +22.0% -16.1% 至 +77.3%",
        "150.00 元 7,500.00 ÷ 50 214.50 元",
        "+43.0% +21.9% 至 +67.8%",
        "-85.7%",
        "在波动范围内，不能断定",
        "草稿，待顾问确认",
        "陪跑开始",
        "1,995.39",
        "清明",
    ):
        assert told in page, told
    assert "服务带来" not in page.replace("不说「服务带来」", "")


def test_campaign_days_give_a_further_column(team, engagement_id):
    team.post("comparison.agree", form=WINDOWS, **HERE)
    for title, first, last in (("快闪", "2026-04-03", "2026-04-04"), ("内购会一", "2026-05-08", "2026-05-10")):
        form = {"kind": "campaign", "title": title, "first": first, "last": last}
        team.post("comparison.add_influence", form=form, **HERE)
    team.post(
        "comparison.add_influence",
        form={"kind": "campaign", "title": "内购会二", "first": "2026-05-23", "last": "2026-05-25"},
        **HERE,
    )
    page = plain(team.get("comparison.show", **HERE).text)
    assert "剔除活动日" in page
    assert "+15.5%" in page


def test_another_regime_takes_the_percentages_away(team, engagement_id):
    team.post("comparison.agree", form=WINDOWS, **HERE)
    form = {"kind": "regime", "title": "解散老群重建", "first": "2026-05-01", "last": "2026-05-01"}
    team.post("comparison.add_influence", form=form, **HERE)
    page = plain(team.get("comparison.show", **HERE).text)
    assert "口径有变" in page
    assert "+34.0%" not in page
    assert "1,500 人次" in page


def test_locked_windows_move_only_with_a_reason_that_stays(app, dress_shop, team, engagement_id):
    team.post("comparison.agree", form={**WINDOWS, "after_first": "2026-04-01"}, expect=422, **HERE)
    team.post("comparison.agree", form=WINDOWS, **HERE)
    moved = {**WINDOWS, "after_last": "2026-05-30", "version": "1"}
    team.post("comparison.agree", form=moved, expect=422, **HERE)
    team.post("comparison.agree", form={**moved, "reason": "31 日缺数"}, **HERE)
    team.post("comparison.agree", form={**moved, "reason": "旧页面"}, expect=409, **HERE)
    page = team.get("comparison.show", **HERE).text
    assert "31 日缺数" in page
    assert "按日均比" in page


def test_the_sentence_is_the_consultants_and_marked_until_confirmed(app, dress_shop, visit, team, engagement_id):
    team.post("comparison.agree", form=WINDOWS, **HERE)
    team.post("comparison.conclude", form={"words": "加得快，买得多", "version": "1"}, **HERE)
    boss = visit(dress_shop, Role.BOSS)
    assert "草稿，待顾问确认" in boss.get("comparison.show", **HERE).text
    team.post("comparison.conclude", form={"words": "加得快，买得多", "confirmed": "y", "version": "2"}, **HERE)
    page = boss.get("comparison.show", **HERE).text
    assert "加得快，买得多" in page
    assert "待顾问确认" not in page
    team.post("comparison.conclude", form={"words": "旧", "version": "2"}, expect=409, **HERE)
    with app.app_context(), tenant(dress_shop.id):
        assert db.session.scalars(sa.select(Comparison)).one().confirmed_by_name == "dress-顾问"


def test_a_percentage_that_is_not_in_the_table_is_not_confirmed(team, engagement_id):
    """Product §1a g: +22 % and +43 % stand in the table with what they are made of; +60 % stands nowhere."""
    team.post("comparison.agree", form=WINDOWS, **HERE)
    form = {"words": "转化人数 +22%，客单价 +43.0%，复购 +60%", "version": "1"}
    answer = team.post("comparison.conclude", form={**form, "confirmed": "y"}, expect=422, most=20, **HERE)
    assert "60% 不在对比表里" in answer.text
    assert "复购 +60%" in answer.text
    team.post("comparison.conclude", form=form, **HERE)
    words = "转化人数 +22%，客单价 +43.0%，活动日占成交 33.1%（4,332.43 ÷ 13,084.50 元）"
    kept = {"words": words, "confirmed": "y", "version": "2"}
    team.post("comparison.conclude", form=kept, most=20, **HERE)


def test_without_data_nothing_is_made_up(team):
    team.post("comparison.agree", form=WINDOWS, **HERE)
    page = plain(team.get("comparison.show", **HERE).text)
    assert "—（无基线）" in page
    assert "0%" not in page.replace("100%", "").replace("100 %", "")
