"""Several people answer: who decides, what they say apart, and what does not go together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from siyu_saas.diagnosis.rules.contradictions import contradictions, parcels_needed
from siyu_saas.diagnosis.rules.respondents import Voice, clarifications, one_answer
from siyu_saas.diagnosis.rules.team import Seat, seats_filled
from tests.diagnosis.cases import answers_of, assessed
from tests.diagnosis.small import (
    FRIENDS,
    GROUPS,
)


def test_the_lead_decides_and_others_are_heard():
    boss, lead, ops = (
        Voice("老板", "boss", {"GROUPS": "a"}),
        Voice("操盘手", "lead", {"GROUPS": "c"}),
        Voice("运营", "ops", {"GROUPS": "b", "FRIENDS": "10"}),
    )
    assert one_answer(GROUPS, [boss, lead, ops])[1] is lead
    assert one_answer(GROUPS, [boss, ops])[1] is ops, "the question is meant for the operators"
    assert one_answer(FRIENDS, [boss, ops])[1] is ops
    assert one_answer(FRIENDS, [boss]) == (None, None)
    assert [one.question for one in clarifications([GROUPS, FRIENDS], [boss, lead, ops], apart=2)] == ["GROUPS"]
    assert clarifications([GROUPS], [boss, ops], apart=2) == []
    assert clarifications([GROUPS], [boss, replace(lead, answers={"GROUPS": "u"})], apart=2) == []


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"STR03": "10000", "STR04": "250000"}, "goal_gap", "相差 20%"),
        ({"STR04": "3000000", "HUO11": "400"}, "reach", "要 7,500 单，企微客户 4,274 人加上每月能新加的 1,680 人"),
        ({"MOD11": "u"}, "funnel", "还缺客单价"),
        ({"STR10": "pkg_c2p"}, "scope", "超出所购服务包"),
        ({"STR08": "60000"}, "super_users", "差 6 倍"),
        ({"CH04": None}, "funnel", "反推不出"),
        ({"CH03": ["mp"]}, "parcel_card", "没有选包裹卡"),
        ({"CH01": ["store"]}, "stores", "线下门店数填了 0"),
        ({"CH06": "a"}, "groups", "却填了 6 个"),
        ({"FIT12": "c", "STR11": "m1"}, "patience", "确认预期"),
        ({"STR14": "同业是 10%–20%，取中间值，目标 12%"}, "middle", "中间值是 15%，不是 12%"),
        ({"STR14": "社群新增 +34%，转化人数增长 22%"}, "growth", "统计口径和期间"),
        ({"STR14": "每月 1W+ 企微好友"}, "friends", "每月要发 250,000 个包裹卡，月均只有 42,000 单"),
    ],
)
def test_answers_that_do_not_go_together(changes, key, words):
    doubts = {one.key: one.sentence for one in assessed({**answers_of("worked"), **changes}).doubts}

    assert words in doubts[key]


@pytest.mark.parametrize(
    "text",
    ["同业 5%–15%，取中间值 10%", "首单率从 3.1% 提升 18%", "每月 1000 个好友", "想做到 300 万", "10%–20% 之间就行"],
)
def test_texts_that_hold_together_are_left_alone(text):
    keys = {one.key for one in assessed({**answers_of("worked"), "STR14": text}).doubts}

    assert keys == {"goal_gap", "scope", "super_users"}


def test_ten_thousand_friends_need_more_parcels_than_one_thinks():
    assert parcels_needed(10_000, Decimal(12)) == 83_334
    assert parcels_needed(10_000, Decimal(4)) == 250_000


def test_the_matrix_of_roles_is_counted_as_the_question_asks():
    seats = [
        Seat("lead", "甲", 100, has_duty=True),
        Seat("user_ops", "甲", 10, has_duty=True),
        Seat("content_ops", "乙", 60),
        Seat("mall_ops"),
        Seat("seed_member", "丙", 50, has_duty=True),
    ]
    assert seats_filled(seats) == 2
    assert contradictions({"TEAM01": Decimal(4)}.get, {}, seats=Decimal(2))[0].key == "seats"
    assert contradictions({"TEAM01": Decimal("2.5")}.get, {}, seats=Decimal(2)) == []
