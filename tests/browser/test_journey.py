"""The product's story in one go: from a new merchant to the report that both sides have signed, figure by figure.

No time has to pass: the service period began on 2026-04-01, so everything in it is over by the day the story is told.
"""

from __future__ import annotations

import re

import pytest

from tests.browser.complaints import complaints_of
from tests.browser.journey.beginning import agree_on_findings, answer, open_merchant, sign_charter
from tests.browser.journey.closing import print_it, report
from tests.browser.journey.hands import Story
from tests.browser.journey.working import (
    agree_on_targets,
    bring_numbers,
    judge_the_qualities,
    plan_the_work,
    work_through_a_checklist,
)
from tests.browser.people import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

COMPARED = [
    "新增群人数 1,500 人次 2,010 人次 +34.0% +24.1% 至 +44.7% 变化明确",
    "社群活跃度 20.0% 29.0% +45.0%（+9.0 百分点） +38.6% 至 +51.7% 变化明确",
    "转化人数 50 人 61 人 +22.0% -16.1% 至 +77.3% 在波动范围内，不能断定",
    "客单价 150.00 元 214.50 元 +43.0% +21.9% 至 +67.8% 变化明确",
    "社群 GMV 7,500.00 元 13,084.50 元 +74.5% +30.3% 至 +133.6% 变化明确",
    "静默成交 2,500.00 元 3,500.00 元 +40.0% +5.6% 至 +85.7% 变化明确",
    "营销转化成交 5,000.00 元 9,584.50 元 +91.7% +39.2% 至 +164.0% 变化明确",
    "退群率 51.9% 20.2% -61.0%（-31.7 百分点） — 只列数值，不做判断",
    "违规踢出数 84 人 12 人 -85.7% -92.2% 至 -73.8% 变化明确",
]
DRIVERS = ["买家数 1,995.39 元", "客单价 3,589.11 元"]
QUALITIES = ["团队合作 5 70 +65", "入群链路 8 75 +67", "基本信息 13 81 +68", "内容规划 5 75 +70"]
TARGET = ["新增群人数 1,500 人次 2,000 人次 2,010 人次 102.0% 已达成"]


def test_from_a_new_merchant_to_the_signed_report(address, new_context):
    desk = new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"]).new_page()
    phone = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    heard = [complaints_of(desk, address), complaints_of(phone, address)]
    story = Story(address, desk, phone)

    sign_charter(story, open_merchant(story))
    answer(story)
    agree_on_findings(story)
    bring_numbers(story)
    agree_on_targets(story)
    plan_the_work(story)
    work_through_a_checklist(story)
    judge_the_qualities(story)
    report(story)
    text = re.sub(r"\s+", " ", print_it(story))

    assert [line for line in COMPARED + DRIVERS + QUALITIES + TARGET if not says(text, line)] == []
    assert heard == [[], []]


def says(text: str, line: str) -> bool:
    """A name may bear the number of its note."""
    name, figures = re.match(r"(\D+) (\d.*)", line).groups()
    return re.search(rf"{re.escape(name)}( \d{{1,2}})? {re.escape(figures)}", text) is not None
