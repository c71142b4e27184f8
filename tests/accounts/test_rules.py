"""When a session is over, what a login and a password may be, which one-time codes count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siyu_saas.accounts.rules import (
    code_typed,
    common_passwords,
    device_name,
    password_fault,
    phone_of,
    same_secret,
    session_is_over,
    step_at,
    steps_to_try,
)

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
IDLE, MOST = timedelta(hours=3), timedelta(hours=12)
MINUTE = timedelta(seconds=60)


@pytest.mark.parametrize(
    ("age", "silence", "over"),
    [
        (MOST - MINUTE, timedelta(0), False),
        (MOST + MINUTE, timedelta(0), True),
        (IDLE, IDLE - MINUTE, False),
        (IDLE + MINUTE, IDLE + MINUTE, True),
        (timedelta(0), timedelta(0), False),
    ],
)
def test_a_session_is_over_a_minute_after_its_limits_and_not_a_minute_before(age, silence, over):
    assert session_is_over(started_at=NOON - age, seen_at=NOON - silence, at=NOON, idle=IDLE, most=MOST) is over


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "13812345678"),
        ("138 1234 5678", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("008613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("(+86)13812345678", "13812345678"),
        ("12812345678", None),
        ("1381234567", None),
        ("138123456789", None),
        ("boss@tea.example", None),
        ("", None),
    ],
)
def test_a_mobile_number_is_known_however_it_is_typed(typed, number):
    assert phone_of(typed) == number


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("a1b2c3", "至少 8"),
        ("x" * 129, "最长 128"),
        ("password", "太常见"),
        ("Password1", "太常见"),
        ("ｐａｓｓｗｏｒｄ", "太常见"),
        ("12345678", "太常见"),
        ("aaaaaaaaaa", "太常见"),
        ("abababababab", "太常见"),
        ("wangfang-2026", "不要包含"),
        ("my13812345678", "不要包含"),
        ("周明远的密码很长", "不要包含"),
    ],
)
def test_a_password_that_is_short_common_or_ones_own_name_is_refused(password, words):
    assert words in password_fault(password, "周明远", "wangfang@shop.example", "13812345678")


@pytest.mark.parametrize("password", ["蓝鲸-three-horses", "correct horse battery", "竹林里有三只熊猫在喝茶"])
def test_a_password_of_ones_own_making_is_accepted_without_rules_about_its_characters(password):
    assert password_fault(password, "周明远", "boss@shop.example", None) is None


def test_the_bundled_list_holds_the_ten_thousand_most_common():
    assert len(common_passwords()) > 9_000
    assert {"password", "12345678", "qwertyuiop", "iloveyou"} <= common_passwords()


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_password_gets_an_answer(password, name):
    assert password_fault(password, name, None) is None or password_fault(password, name, None)


def test_three_half_minutes_count_and_none_twice():
    step = step_at(NOON)
    assert steps_to_try(NOON, None) == [step, step - 1, step + 1]
    assert steps_to_try(NOON, step - 1) == [step, step + 1]
    assert steps_to_try(NOON, step + 1) == []


@pytest.mark.parametrize("typed", ["123456", "123 456", "１２３４５６", "123-456", " 123456\t"])
def test_a_code_counts_however_it_is_typed(typed):
    assert code_typed(typed) == "123456"


@given(st.text(max_size=30))
def test_anything_may_be_compared_with_a_secret(typed):
    assert same_secret(typed, "123456") is (typed == "123456")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5) MicroMessenger/8.0.66", "微信 · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/138.0 wxwork/5.0.0 MicroMessenger/7.0", "企业微信 · 安卓"),
        ("Mozilla/5.0 (Phone; OpenHarmony 6.0) Chrome/132.0 ArkWeb/6.1", "Chrome · 鸿蒙"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("curl/8", "浏览器"),
        ("", "浏览器"),
    ],
)
def test_a_device_is_called_as_its_owner_calls_it(agent, name):
    assert device_name(agent) == name
