"""The first days: a merchant made, the charter signed, the questionnaires answered, the findings agreed on."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from siyu_saas.demo.rules import WORKED, answers_of
from tests.browser.people import CONSULTANT, PHONE, sign_in

from .hands import Story, consultant_signs, fill, go, look, moves_on

MERCHANT, FIRST_DAY = "浅岚衣序（故事）", "2026-04-01"
MOST_TYPED, MOST_SECONDS, MOST_TAPS = 6, 60, 5
ASKED_LATER = ("适合度", "运营模式", "女装与鞋服补充")
NOT_KNOWN = """() => {
  const typed = "input:not([type=radio], [type=checkbox]), textarea"
  for (const question of document.querySelectorAll("[data-question]:not([hidden])")) {
    const said = [...question.querySelectorAll(typed)].some(one => one.value)
    if (!said && !question.querySelector(":checked")) question.querySelector("input[value=u]")?.click()
  }
}"""


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


def open_merchant(story: Story) -> str:
    """The link for the boss, out of the clipboard. The limits of the way there are held."""
    desk = story.desk
    sign_in(desk, story.address, CONSULTANT)
    consultant, began = Hand(desk), time.monotonic()
    consultant.tap(desk.get_by_role("link", name="新建商家").first)
    consultant.type("商家名称", MERCHANT, focused=True)
    consultant.type("对接人姓名", "对接人-乙")
    desk.get_by_label("行业").select_option("fashion")
    desk.get_by_label("启动日").fill(FIRST_DAY)
    consultant.tap(desk.get_by_role("button", name="新建并生成店主链接"))
    consultant.tap(desk.get_by_role("button", name="复制文案"))
    expect(desk.get_by_role("button", name="已复制").or_(desk.get_by_text("已复制"))).to_be_visible()
    assert consultant.typed <= MOST_TYPED
    assert time.monotonic() - began < MOST_SECONDS
    text = desk.evaluate("navigator.clipboard.readText()")
    assert "浅岚衣序" in text
    story.code = desk.locator(".figure-big").inner_text()
    go(desk, desk.get_by_role("link", name="去商家首页"))
    story.home = f"{desk.url}e/1/"
    return re.search(r"http\S+/join/[\w-]+", text)[0]


def sign_charter(story: Story, link: str) -> None:
    """Five taps of the boss, from the link to the signature."""
    desk, phone = story.desk, story.phone
    go(desk, desk.get_by_role("link", name="查看合作说明").first)
    go(desk, desk.get_by_role("button", name="发给双方签署"))
    boss = Hand(phone)
    look(phone, link)
    boss.type("你的姓名", "岚姐", focused=True)
    boss.type("6 位验证码", story.code)
    boss.tap(phone.get_by_role("button", name="进入工作区"))
    boss.tap(phone.get_by_role("link", name="阅读并签署").first)
    boss.type("链接验证码", story.code)
    boss.tap(phone.get_by_role("button", name="确认并签署"))
    expect(phone.get_by_role("status").filter(has_text="已签署")).to_be_visible()
    assert boss.taps <= MOST_TAPS
    look(desk)
    consultant_signs(story)
    expect(desk.get_by_text("双方已于")).to_be_visible()


def answer(story: Story) -> None:
    """Section by section as the worked case answers; what it leaves out is not known."""
    desk, phone = story.desk, story.phone
    look(desk, story.home + "diagnosis")
    for later in ASKED_LATER:
        desk.get_by_label(later).uncheck()
    go(desk, desk.get_by_role("button", name="发给商家"))
    given = answers_of(WORKED)
    submit, start = phone.get_by_role("button", name="提交答卷"), phone.get_by_role("button", name="开始填写")
    look(phone, story.home)
    go(phone, phone.get_by_role("link", name="填写问卷").first)
    while start.count():
        go(phone, start.first)
        while not submit.count():
            fill(phone, given)
            phone.evaluate(NOT_KNOWN)
            go(phone, phone.locator("button[value=on]"))
        go(phone, submit)
        go(phone, phone.get_by_role("link", name="返回诊断"))


def agree_on_findings(story: Story) -> None:
    """The worker draws the conclusions some time after a sheet comes in; who will not wait for it presses the button."""
    desk, phone = story.desk, story.phone
    look(desk, story.home + "diagnosis/findings")
    go(desk, desk.get_by_role("button", name="按最新答卷重算"))
    expect(desk.get_by_role("heading", name="总分 35，薄弱")).to_be_visible()
    go(desk, desk.get_by_role("button", name="发给商家"))
    look(phone, story.home)
    go(phone, phone.get_by_role("link", name="查看诊断").first)
    go(phone, phone.get_by_role("button", name="确认"))
    moves_on(story)
