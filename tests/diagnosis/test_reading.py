"""What people type becomes answers, and answers become words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from siyu_saas.diagnosis.rules.answers import BadAnswer, known, read_answer, read_row
from siyu_saas.diagnosis.rules.wording import echo, said
from tests.diagnosis.small import (
    FILE,
    FRIENDS,
    GROUPS,
    MATRIX,
    MONEY,
    RANK,
    REASON,
    SCALE,
    SHARE,
    SOURCES,
    STARTED,
)


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        (FRIENDS, ["4274"], "4274"),
        (FRIENDS, ["4,274 人"], "4274"),
        (MONEY, ["52.7万"], "527000"),
        (MONEY, ["５２．７万元"], "527000"),
        (MONEY, ["￥1.2亿"], "120000000"),
        (MONEY, ["0"], "0"),
        (SHARE, ["12.50%"], "12.5"),
        (SHARE, ["12％"], "12"),
        (FRIENDS, ["", "u"], "u"),
        (FRIENDS, ["4274", "u"], "4274"),
        (FRIENDS, ["  "], None),
        (GROUPS, ["n/a"], "n/a"),
        (GROUPS, ["b"], "b"),
        (GROUPS, ["u"], "u"),
        (SOURCES, ["taobao", "douyin"], ["taobao", "douyin"]),
        (SOURCES, ["-"], []),
        (SOURCES, ["taobao", "-"], ["taobao"]),
        (SOURCES, [], None),
        (SCALE, ["3"], "3"),
        (RANK, ["2:price", "1:service", "3:brand"], ["service", "price", "brand"]),
        (RANK, ["brand", "service", "price"], ["brand", "service", "price"]),
        (REASON, ["u"], "u"),
        (REASON, [" 想把老客留住 "], "想把老客留住"),
        (STARTED, ["2026-04-01"], "2026-04-01"),
        (FILE, ["0 截图.png"], ["0 截图.png"]),
    ],
)
def test_what_is_typed_is_understood(question, typed, value):
    assert read_answer(question, typed) == value


@pytest.mark.parametrize(
    ("question", "typed", "words"),
    [
        (FRIENDS, ["很多"], "看不懂「很多」"),
        (FRIENDS, ["-1"], "不能小于 0"),
        (FRIENDS, ["9" * 23], "太大了"),
        (FRIENDS, ["1e9"], "看不懂"),
        (FRIENDS, ["9" * 41], "数字太长"),
        (FRIENDS, ["1.23456"], "最多保留 4 位小数"),
        (SHARE, ["101"], "应在 0 到 100 之间"),
        (GROUPS, ["z"], "选项已不在问卷里"),
        (GROUPS, ["a", "b"], "选项已不在问卷里"),
        (SCALE, ["n/a"], "不能选「不适用」"),
        (SCALE, ["6"], "请在 1–5 之间打分"),
        (SCALE, ["٣"], "请在 1–5 之间打分"),
        (SOURCES, ["taobao", "mars"], "选项已不在问卷里"),
        (RANK, ["1:price", "1:price", "2:brand"], "排一个不同的名次"),
        (REASON, ["字" * 10_000], "现在 10,000 个"),
        (STARTED, ["四月"], "看不懂这个日期"),
    ],
)
def test_what_is_no_answer_is_told_in_words(question, typed, words):
    with pytest.raises(BadAnswer, match=words):
        read_answer(question, typed)


def test_a_row_of_a_matrix_is_read_by_itself():
    assert read_row(MATRIX, "welcome", ["4"]) == "4"
    with pytest.raises(BadAnswer, match="这一行不在问卷里"):
        read_row(MATRIX, "nobody", ["4"])


def test_answers_are_read_back_as_people_say_them():
    assert said(FRIENDS, "4274") == "4,274 人"
    assert said(SOURCES, ["taobao", "douyin"]) == "淘宝/天猫、抖音"
    assert said(SOURCES, []) == "以上都没有"
    assert said(GROUPS, "u") == "不清楚"
    assert said(GROUPS, "n/a") == "不适用"
    assert said(MATRIX, {"welcome": "4", "tiers": "u"}) == "欢迎语 4 分；分层 不清楚"
    assert said(RANK, ["service", "price", "brand"]) == "服务 > 价格 > 品牌"
    assert said(REASON, None) == "未填写"
    assert echo(MONEY, "527000") == "527,000 元，即 52.7 万元"
    assert echo(FRIENDS, "4274") == "4,274 人"
    assert echo(FRIENDS, "u") is None


def test_numbers_are_known_exactly_and_texts_as_they_are():
    assert known(FRIENDS, "4274") == Decimal(4274)
    assert known(FRIENDS, "u") is None
    assert known(GROUPS, "u") == "u"
    assert known(GROUPS, "n/a") is None
    assert known(REASON, "u") == "u"
