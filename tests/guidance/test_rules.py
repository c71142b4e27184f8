"""What an item asks for, which states it passes, what a text kit is looked at for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.guidance.rules.criteria import MOST, criteria_of
from siyu_saas.guidance.rules.kits import blanks_of, checks, filled, length_of
from siyu_saas.guidance.rules.progress import progress_of
from siyu_saas.guidance.rules.states import (
    ItemState,
    NotNow,
    accepted,
    is_mine,
    reopened,
    returned,
    submitted,
    taken_back,
    turn_of,
    waived,
)
from siyu_saas.tenants.rules import Role, Side

WELCOME = "Hi 小鹿，欢迎来到浅岚福利群🌿我是岚姐，尺码搭配都可以问我。抽奖请发你的订单号，我来兑换。每天有早报，想一起玩回复【穿搭】。"


@pytest.mark.parametrize(
    ("acceptance", "parts"),
    [
        ("主标题 ≤12 字,码边长 ≥2.5cm", ["主标题 ≤12 字", "码边长 ≥2.5cm"]),
        ("5 位目标用户中 ≥4 位认为“像这个牌子”", ["5 位目标用户中 ≥4 位认为“像这个牌子”"]),
        ("入群 10,000 人；不重复", ["入群 10,000 人", "不重复"]),
        ("五要素齐,≤120 字", ["五要素齐", "≤120 字"]),
        ("全部群符合（品牌,序号）", ["全部群符合（品牌,序号）"]),
        ("达标,是", ["达标，是"]),
        ("", ["按说明完成"]),
        ("，；。", ["按说明完成"]),
    ],
)
def test_a_standard_is_taken_apart_into_criteria(acceptance, parts):
    found = criteria_of(acceptance)

    assert found == parts


@given(st.text(max_size=300))
def test_every_standard_has_one_to_six_criteria(text):
    assert 1 <= len(criteria_of(text)) <= MOST


MOVES = {
    "submit": lambda state: submitted(state, 1),
    "take back": taken_back,
    "accept": accepted,
    "return": lambda state: returned(state, "看不清"),
    "waive": lambda state: waived(state, "没有门店"),
    "reopen": reopened,
}
ALLOWED = {
    ItemState.TODO: {"submit": ItemState.SUBMITTED, "waive": ItemState.NOT_APPLICABLE},
    ItemState.DOING: {"submit": ItemState.SUBMITTED, "waive": ItemState.NOT_APPLICABLE},
    ItemState.RETURNED: {"submit": ItemState.SUBMITTED, "waive": ItemState.NOT_APPLICABLE},
    ItemState.SUBMITTED: {
        "take back": ItemState.DOING,
        "accept": ItemState.ACCEPTED,
        "return": ItemState.RETURNED,
        "waive": ItemState.NOT_APPLICABLE,
    },
    ItemState.ACCEPTED: {"reopen": ItemState.DOING},
    ItemState.NOT_APPLICABLE: {"reopen": ItemState.DOING},
}


@pytest.mark.parametrize("state", list(ItemState))
@pytest.mark.parametrize("move", MOVES)
def test_an_item_moves_as_the_table_says_and_not_otherwise(state, move):
    if move in ALLOWED[state]:
        assert MOVES[move](state) is ALLOWED[state][move]
    else:
        with pytest.raises(NotNow):
            MOVES[move](state)


@pytest.mark.parametrize(
    "rule",
    [
        lambda: submitted(ItemState.DOING, 0),
        lambda: returned(ItemState.SUBMITTED, " "),
        lambda: waived(ItemState.TODO, ""),
    ],
)
def test_without_evidence_or_a_reason_nothing_moves(rule):
    with pytest.raises(NotNow):
        rule()


@pytest.mark.parametrize(
    ("state", "side", "turn"),
    [
        (ItemState.TODO, Side.MERCHANT, Side.MERCHANT),
        (ItemState.SUBMITTED, Side.MERCHANT, Side.FIRM),
        (ItemState.RETURNED, Side.MERCHANT, Side.MERCHANT),
        (ItemState.DOING, Side.FIRM, Side.FIRM),
        (ItemState.ACCEPTED, Side.MERCHANT, None),
        (ItemState.NOT_APPLICABLE, Side.FIRM, None),
    ],
)
def test_whose_move_it_is(state, side, turn):
    assert turn_of(state, side) is turn


@pytest.mark.parametrize(
    ("role", "item_role", "side", "mine"),
    [
        (Role.USER_OPS, "user_ops", Side.MERCHANT, True),
        (Role.CS, "user_ops", Side.MERCHANT, False),
        (Role.LEAD, "user_ops", Side.MERCHANT, True),
        (Role.CONSULTANT, "user_ops", Side.MERCHANT, False),
        (Role.CONSULTANT, "", Side.FIRM, True),
    ],
)
def test_who_is_expected_to_do_it(role, item_role, side, mine):
    assert is_mine(role, item_role=item_role, item_side=side) is mine


def test_progress_leaves_out_what_does_not_apply():
    states = [ItemState.ACCEPTED, ItemState.ACCEPTED, ItemState.SUBMITTED, ItemState.NOT_APPLICABLE, ItemState.TODO]
    progress = progress_of(states)

    assert (progress.total, progress.accepted, progress.submitted, progress.percent) == (4, 2, 1, 50)
    assert progress_of([]).done


def test_blanks_are_filled_and_the_others_stay_visible():
    body = "Hi {nickname}，我是{persona}，{nickname}你好，回复【{keyword}】"

    assert blanks_of(body) == ["nickname", "persona", "keyword"]
    assert filled(body, {"nickname": "小鹿", "persona": " "}) == "Hi 小鹿，我是{persona}，小鹿你好，回复【{keyword}】"


def test_a_good_welcome_holds_five_parts_in_120_characters():
    assert all(check.passed for check in checks("tpl_welcome", WELCOME))
    assert length_of(WELCOME) <= 120


@pytest.mark.parametrize(
    ("key", "text", "sentence"),
    [
        ("tpl_welcome", WELCOME * 3, "欢迎语不超过 120 字"),
        ("tpl_welcome", "我是岚姐", "缺「下一步动作」"),
        ("tpl_welcome", "你好{nickname}", "还有 1 处没填：nickname"),
        ("tpl_sms", "【浅岚】新人券已到账", "缺「退订方式（法规要求）」"),
        ("tpl_group_name", "浅岚福利群", "两位序号"),
        ("tpl_parcel_copy", "人人有奖扫码抽一千元购物金大礼包\n扫码参与，月底截止", "不超过 12 字"),
        ("tpl_lottery_rules", "活动时间：5 月", "缺「公示概率」"),
        ("tpl_notice", "①早报", "列了 1 项服务"),
    ],
)
def test_what_a_text_lacks_is_said(key, text, sentence):
    assert any(sentence in check.sentence for check in checks(key, text) if not check.passed)
