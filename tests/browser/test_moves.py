"""Whose move: a consultant's Monday morning, and a merchant's first minute behind a link, on a phone of 2022."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import CONSULTANT, DESK, PHONE, SMALL_PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MONDAY_SECONDS, FIRST_SECONDS = 90, 60
WIDE = "document.documentElement.scrollWidth > innerWidth"


def test_from_signing_in_to_the_third_merchant_handled(page, address, complaints):
    page.set_viewport_size(DESK)
    began = time.monotonic()

    sign_in(page, address, CONSULTANT)
    for merchant in ("初芽母婴", "南山小院"):
        row(page, merchant).get_by_role("link", name=re.compile(r"^\d+ 项$")).first.click()
        page.get_by_role("link", name="验收：").first.click()
        page.get_by_role("button", name="全部通过").click()
        expect(page.get_by_role("status").filter(has_text="已通过")).to_be_visible()
        page.get_by_role("link", name="全部商家").first.click()
    row(page, "小芽连锁").get_by_role("link", name="小芽连锁").click()
    page.get_by_role("link", name="提醒：").first.click()
    page.get_by_role("button", name="发出提醒").click()
    expect(page.get_by_role("status").first).to_be_visible()

    assert time.monotonic() - began <= MONDAY_SECONDS


def test_from_a_link_to_the_first_thing_done_on_an_old_phone(page, address, old_phone):
    sign_in(page, address, CONSULTANT)
    page.goto(f"{address}/t/babycare/people")
    page.get_by_label("身份").select_option(label="操盘手")
    page.get_by_role("button", name="生成链接").click()
    link = re.search(r"http\S+/join/[\w-]+", page.locator("main").inner_text())[0]
    code = page.locator(".figure-big").inner_text()
    phone, wide = old_phone.open(), []
    began = time.monotonic()

    phone.goto(link)
    look_at_360(phone, wide)
    phone.get_by_label("你的姓名").fill("丁小越")
    phone.get_by_label("6 位验证码").fill(code)
    phone.get_by_role("button", name="进入工作区").click()
    expect(phone.get_by_text("下一步 · 轮到你")).to_be_visible()
    look_at_360(phone, wide)
    phone.get_by_role("link", name="去处理").first.click()
    look_at_360(phone, wide)
    phone.get_by_role("button", name="开始", exact=True).click()
    expect(phone.get_by_role("status").first).to_be_visible()
    look_at_360(phone, wide)

    assert time.monotonic() - began <= FIRST_SECONDS
    assert wide == []


def row(page: Page, merchant: str):
    return page.get_by_role("row").filter(has_text=merchant)


def look_at_360(phone: Page, wide: list[str]) -> None:
    """Notes the page when it is wider than the smallest phone."""
    phone.set_viewport_size(SMALL_PHONE)
    if phone.evaluate(WIDE):
        wide.append(phone.url)
    phone.set_viewport_size(PHONE)
