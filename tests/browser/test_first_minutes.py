"""A consultant's first ten minutes: a merchant made, the link copied, the boss inside and the charter signed by phone."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from siyu_saas.packs.demo import house
from tests.browser.complaints import complaints_of
from tests.browser.people import DESK, OWNER, PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_TYPED, MOST_SECONDS, MOST_TAPS = 6, 60, 5


class Hand:
    """Counts what a person does: fields typed into, places tapped."""

    def __init__(self, page: Page) -> None:
        self.page, self.typed, self.taps = page, 0, 0

    def type(self, label: str, text: str, *, focused: bool = False) -> None:
        field = self.page.get_by_label(label)
        if focused:
            expect(field).to_be_focused()
        else:
            self.tap(field)
        self.page.keyboard.insert_text(text)
        self.typed += 1

    def tap(self, target) -> None:
        target.tap() if self.page.viewport_size == PHONE else target.click()
        self.taps += 1


def test_from_a_new_merchant_to_a_signed_charter(address, new_context, complaints):
    desk = new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"]).new_page()
    heard = complaints_of(desk, address)
    sign_in(desk, address, OWNER)
    link, code = new_merchant(desk)
    desk.get_by_role("link", name="去商家首页").click()
    desk.get_by_role("link", name="查看合作说明").first.click()
    desk.get_by_role("button", name="发给双方签署").click()

    phone = new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
    heard_by_phone = complaints_of(phone, address)
    boss = Hand(phone)
    phone.goto(link)
    boss.type("你的姓名", "周明远", focused=True)
    boss.type("6 位验证码", code)
    boss.tap(phone.get_by_role("button", name="进入工作区"))
    boss.tap(phone.get_by_role("link", name="阅读并签署").first)
    boss.type("链接验证码", code)
    boss.tap(phone.get_by_role("button", name="确认并签署"))

    expect(phone.get_by_role("status").filter(has_text="已签署")).to_be_visible()
    assert boss.taps <= MOST_TAPS
    assert heard + heard_by_phone == []

    desk.reload()
    desk.get_by_label("登录密码").fill(house()["password"])
    desk.get_by_role("button", name="确认并签署").click()
    desk.get_by_text("双方已于").wait_for()


def new_merchant(desk: Page) -> tuple[str, str]:
    """The link from the clipboard, and its code; the limits of the way there are held."""
    consultant, began = Hand(desk), time.monotonic()
    consultant.tap(desk.get_by_role("link", name="新建商家").first)
    consultant.type("商家名称", "浅岚衣序（浏览器）", focused=True)
    consultant.type("对接人姓名", "王芳")
    consultant.tap(desk.get_by_role("button", name="新建并生成店主链接"))
    consultant.tap(desk.get_by_role("button", name="复制文案"))
    expect(desk.get_by_role("button", name="已复制").or_(desk.get_by_text("已复制"))).to_be_visible()
    assert consultant.typed <= MOST_TYPED
    assert time.monotonic() - began < MOST_SECONDS
    text = desk.evaluate("navigator.clipboard.readText()")
    assert "浅岚衣序" in text
    return re.search(r"http\S+/join/[\w-]+", text)[0], desk.locator(".figure-big").inner_text()
