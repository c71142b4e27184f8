"""Tables of all kinds become counts and orders; what is wrong is named by row and column."""

from __future__ import annotations

from datetime import date

import pytest

from siyu_saas.metrics.rules.reading.checks import doubts
from siyu_saas.metrics.rules.reading.days import read_days
from siyu_saas.metrics.rules.reading.headers import find_header
from siyu_saas.metrics.rules.reading.orders import customer_key, order_lines
from siyu_saas.metrics.rules.reading.plans import plan_for, samples
from siyu_saas.metrics.rules.reading.presets import PRESETS, likeliest
from siyu_saas.metrics.rules.reading.problems import Problems, column_letter

TODAY = date(2026, 6, 10)
MONDAY = date(2026, 4, 6)
KEY_OF = customer_key(b"secret of the shop")


def days_of(table: list[list[str]]):
    header = find_header(table[:15])
    plan = plan_for(header, None)
    rows = list(enumerate(table, 1))[header.first_row :]
    found = read_days(rows, plan.roles, plan.names, today=TODAY, adds_rows=plan.preset.adds_rows)
    return plan, found


def orders_of(table: list[list[str]]):
    header = find_header(table[:15])
    plan, problems = plan_for(header, None), Problems()
    rows = list(enumerate(table, 1))[header.first_row :]
    lines = order_lines(rows, plan.roles, plan.names, key_of=KEY_OF, today=TODAY, problems=problems)
    return plan, list(lines), problems


def test_the_demo_file_is_a_daily_sheet_in_fen():
    plan, found = days_of(
        [
            ["date", "parcels_sent", "group_gmv_fen", "silent_gmv_fen", "group_active"],
            ["2026-03-18", "1444", "36284", "15382", "225"],
            ["2026-03-19", "1500", "14245", "", "240"],
        ]
    )

    assert plan.preset.key == "daily"
    assert found.counts["group_gmv", date(2026, 3, 18)] == 36284
    assert ("silent_gmv", date(2026, 3, 19)) not in found.counts
    assert found.problems.count == 0


def test_the_template_is_in_yuan_and_in_chinese():
    _plan, found = days_of([["日期", "新增群人数", "社群 GMV（元）", "备注"], ["4月6日", "1.2万", "362.84", "停系统"]])

    assert found.counts == {
        ("group_new", MONDAY): 12_000,
        ("group_gmv", MONDAY): 36284,
        ("note", MONDAY): "停系统",
    }


def test_the_group_statistics_of_wecom_are_added_up_over_owners():
    names = ["newChatCnt", "chatTotal", "chatHasMsg", "newMemberCnt", "memberTotal", "memberHasMsg", "msgTotal"]
    plan, found = days_of(
        [
            ["统计时间", "群主", *names],
            ["2026-04-06", "小雨", "1", "3", "2", "10", "300", "60", "200"],
            ["2026-04-06", "小岚", "0", "2", "2", "5", "200", "40", "100"],
        ]
    )

    assert plan.preset.key == "wecom_groups"
    assert {field: value for (field, _day), value in found.counts.items()} == {
        "groups_opened": 1,
        "group_count": 5,
        "groups_talking": 4,
        "group_new": 15,
        "group_members": 500,
        "group_active": 100,
        "group_msgs": 300,
    }


def test_a_rate_of_wecom_is_not_taken_in():
    plan, _found = days_of([["日期", "成员", "new_contact_cnt", "reply_percentage"], ["2026-04-06", "甲", "5", "90%"]])

    assert plan.preset.key == "wecom_customers"
    assert ("reply_percentage", "比率不收，由分子分母计算") in plan.dropped


def test_titles_and_two_header_rows_are_understood():
    plan, found = days_of(
        [
            ["浅岚 私域日报", "", "", ""],
            ["日期", "社群", "", "企微"],
            ["", "新增群人数", "活跃人数", "流失好友"],
            ["2026-04-06", "12", "30", "2"],
        ]
    )

    assert plan.names == ("日期", "新增群人数", "活跃人数", "流失好友")
    assert found.counts["group_active", MONDAY] == 30


def test_every_problem_has_its_row_and_column():
    _plan, found = days_of(
        [
            ["日期", "新增群人数", "社群GMV"],
            ["2026-04-06", "-3", "10"],
            ["31/02", "3", "10"],
            ["2026-04-07", "十个", "约一万"],
            ["2026-04-08", "3", "10"],
            ["2026-04-08", "4", "10"],
            ["2027-04-08", "4", "10"],
            ["合计", "9", "30"],
        ]
    )

    assert [(one.row, one.column) for one in found.problems.kept] == [
        (2, "新增群人数"),
        (3, "日期"),
        (4, "新增群人数"),
        (4, "社群GMV"),
        (6, "日期"),
        (7, "日期"),
    ]
    assert "重复，第 5 行已有这一天" in found.problems.kept[4].sentence
    assert found.problems.bad_rows == 5
    assert found.problems.skipped == {"合计行": 1}


def test_two_hundred_columns_are_passed_over():
    wide = [f"无关列{number}" for number in range(200)]
    _plan, found = days_of([[*wide, "日期", "新增群人数"], [*["x"] * 200, "2026-04-06", "7"]])

    assert found.counts == {("group_new", MONDAY): 7}


@pytest.mark.parametrize("today", [date(2026, 4, 6), date(2026, 4, 5)])
def test_a_day_that_is_not_over_is_not_taken(today):
    found = read_days([(2, ["2026-04-06", "1"])], {0: "date", 1: "group_new"}, ["日期", "新增"], today=today)

    assert "晚于昨天" in found.problems.kept[0].sentence


YOUZAN = ["订单号", "订单状态", "买家付款时间", "收货人姓名", "收货人手机号", "详细地址", "商品名称", "订单实付金额"]


def test_orders_of_youzan_leave_the_people_behind():
    plan, lines, problems = orders_of(
        [
            YOUZAN,
            ["E1", "交易完成", "2026-04-06 10:01:02", "张三", "138 1234 5678", "浙江杭州", "裙子", "350.00"],
            ["E1", "交易完成", "2026-04-06 10:01:02", "张三", "138 1234 5678", "浙江杭州", "上衣", "350.00"],
            ["E2", "交易关闭", "2026-04-06 11:00:00", "李四", "13900000000", "上海", "裙子", "99.00"],
            ["E3", "已发货", "2026-04-07 09:00:00", "张三", "+8613812345678", "浙江杭州", "裙子", "1,200.50"],
        ]
    )

    assert plan.preset.key == "youzan_orders"
    assert lines == [(KEY_OF("13812345678"), MONDAY, 35000), (KEY_OF("13812345678"), date(2026, 4, 7), 120050)]
    assert problems.skipped == {"同一订单的其他商品行": 1, "没有付款或已关闭": 1}
    assert ("详细地址", "个人信息，不读取") in plan.dropped


def test_orders_of_taobao_are_recognised():
    plan, lines, _problems = orders_of(
        [
            ["订单编号", "买家会员名", "买家实际支付金额", "订单状态", "收货人姓名", "订单创建时间", "订单付款时间"],
            ["1", "tb_Lan", "88.00", "交易成功", "王五", "2026-04-05 23:59:59", "2026-04-06 00:00:01"],
        ]
    )

    assert plan.preset.key == "taobao_orders"
    assert lines == [(KEY_OF("TB_lan"), MONDAY, 8800)]


def test_half_a_file_is_named():
    _plan, lines, problems = orders_of(
        [["order_date", "customer_key", "amount"], ["2026-04-06", "U1", "10"], ["2026-04-0"]]
    )

    assert len(lines) == 1
    assert "不完整" in problems.kept[0].sentence


def test_a_key_tells_nothing_without_the_secret():
    assert KEY_OF("13812345678") != customer_key(b"another shop")("13812345678")
    assert len(KEY_OF("x")) == 16


def test_samples_show_nothing_of_people():
    header = find_header([YOUZAN])
    plan = plan_for(header, None)
    row = ["E1", "交易完成", "2026-04-06 10:01:02", "张三", "13812345678", "杭州", "裙子", "350.00"]

    assert samples(plan, [row]) == ["", "", "2026-04-06 10:01:02", "", "", "", "", "350.00"]


def test_how_a_table_was_read_is_used_again():
    header = find_header([["日子", "进群", "date"], ["2026-04-06", "3", "x"]])
    kept = {"preset": "daily", "first_row": 1, "names": list(header.names), "roles": {"0": "date", "1": "group_new"}}

    assert plan_for(header, kept).roles == {0: "date", 1: "group_new"}


def test_a_table_of_nothing_known_guesses_nothing():
    _preset, roles = likeliest(["甲", "乙"])

    assert roles == {}


def test_columns_are_named_as_the_spreadsheet_does():
    assert [column_letter(at) for at in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"group_active": 31, "group_members": 30}, "group_active"),
        ({"group_active": 31, "group_msgs": 30}, "group_active"),
        ({"group_violation_kick": 3, "group_quit": 2}, "group_violation_kick"),
        ({"group_full_count": 3, "group_count": 2}, "group_full_count"),
        ({"group_buyers": 3, "group_orders": 2}, "group_buyers"),
        ({"silent_gmv": 3, "group_gmv": 2}, "silent_gmv"),
        ({"group_buyers": 0, "group_gmv": 2}, "group_gmv"),
        ({"first_order_users": 9, "wecom_new_parcel": 5, "wecom_new_other": 3}, "first_order_users"),
    ],
)
def test_what_does_not_fit_together_is_a_hint(values, field):
    assert [one.field for one in doubts({key: {MONDAY: value} for key, value in values.items()}, [MONDAY])] == [field]


def test_stocks_are_held_against_the_day_before():
    before = date(2026, 4, 5)
    values = {
        "group_members": {before: 100, MONDAY: 120},
        "group_new": {MONDAY: 10},
        "group_quit": {MONDAY: 5},
        "wecom_total": {before: 1000, MONDAY: 1200},
        "wecom_new_parcel": {MONDAY: 10},
        "wecom_new_other": {MONDAY: 0},
        "wecom_lost": {MONDAY: 1001},
        "parcel_scans": {MONDAY: 900},
        "parcels_sent": {date(2026, 3, 24 + back) if back < 8 else date(2026, 4, back - 7): 10 for back in range(14)},
    }

    assert {one.field for one in doubts(values, [MONDAY])} == {
        "group_members", "wecom_total", "wecom_lost", "parcel_scans",
    }  # fmt: skip


def test_what_is_unknown_is_held_against_nothing():
    assert doubts({"group_active": {MONDAY: None}, "group_members": {MONDAY: 3}}, [MONDAY]) == []


def test_no_two_names_of_one_preset_collide():
    for preset in PRESETS.values():
        names = [spellings[0] for spellings in preset.columns.values()]
        assert len(set(names)) == len(names), preset.key
