"""Answers on a bad line: offline, the page killed, opened again, online; nothing is lost, also on Chromium 107."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import OWNER, PHONE, begin_period, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOME = "/t/ecofarm/e/2/diagnosis"
BOSS = "boss@ecofarm.example"
SAVED = re.compile(r"已保存 \d\d:\d\d")


@pytest.fixture
def sent(new_context, address) -> None:
    """The questionnaires are in the demo merchant's workspace; sent once however many tests ask."""
    page = new_context().new_page()
    sign_in(page, address, OWNER)
    begin_period(page, address, "ecofarm")
    page.goto(f"{address}{HOME}")
    if page.url.endswith("/runs/new"):
        page.get_by_role("button", name="发给商家").click()
        page.wait_for_url(f"**{HOME}")


def open_first(page: Page, address: str, title: str) -> str:
    page.goto(f"{address}{HOME}")
    card = page.get_by_role("region", name=title)
    card.get_by_role("button", name="开始填写").or_(card.get_by_role("link", name="继续填写")).click()
    page.wait_for_url("**/sheets/**")
    return page.url


def answer_offline(page: Page, address: str, title: str, key: str) -> str:
    """Answers the choice `key` once on the net and once without it. Returns where."""
    where = open_first(page, address, title)
    page.locator(f'input[name="{key}"][value="b"]').check()
    expect(page.locator("[data-state]")).to_have_text(SAVED)

    page.context.set_offline(True)
    page.locator(f'input[name="{key}"][value="c"]').check()
    expect(page.locator("[data-state]")).to_contain_text("答案已存本机")
    page.locator("button[value=on]").click()
    expect(page).to_have_url(where)
    return where


def come_back(page: Page, where: str, key: str) -> None:
    """The answer is there, arrives, and is the server's after that."""
    page.context.set_offline(False)
    page.goto(where)
    expect(page.locator(f'input[name="{key}"][value="c"]')).to_be_checked()
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    page.reload()
    expect(page.locator(f'input[name="{key}"][value="c"]')).to_be_checked()
    assert page.evaluate("Object.keys(JSON.parse(Object.values(localStorage)[0]).pending).length") == 0


def test_answers_survive_a_dead_line_and_a_killed_page(new_context, address, sent):
    page = new_context(viewport=PHONE).new_page()
    sign_in(page, address, BOSS)
    where = answer_offline(page, address, "团队与分工", "TEAM02")

    page.close()

    come_back(page.context.new_page(), where, "TEAM02")


def test_so_they_do_on_an_old_phone_whose_browser_is_killed(old_phone, address, sent):
    """Its storage is all that is left; whoever has to sign in again finds the answers all the same."""
    page = old_phone.open()
    sign_in(page, address, BOSS)
    where = answer_offline(page, address, "适合度", "FIT02")
    old_phone.wait_until_stored('"FIT02"')

    old_phone.kill()
    page = old_phone.open()

    page.goto(where)
    if "sign-in" in page.url:
        sign_in(page, address, BOSS)
    come_back(page, where, "FIT02")


def test_a_branch_opens_and_an_amount_is_echoed_while_one_types(new_context, address, sent):
    page = new_context(viewport=PHONE).new_page()
    sign_in(page, address, BOSS)
    open_first(page, address, "战略与诉求")
    threshold = page.locator('[data-question="STR06"]')
    expect(threshold).to_be_hidden()

    page.locator('input[name="STR02"][value="ltv"]').check()

    expect(threshold).to_be_visible()
    page.locator("#f-STR03").fill("1.5万")
    expect(page.locator('[data-echo-of="STR03"]')).to_have_text("15,000 元/天")


def test_nothing_of_a_person_stays_after_signing_out(new_context, address, sent):
    page = new_context().new_page()
    sign_in(page, address, BOSS)
    open_first(page, address, "团队与分工")
    page.locator('input[name="TEAM03"][value="b"]').check()
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    assert page.evaluate("localStorage.length") == 1

    page.goto(f"{address}/")
    page.get_by_role("button", name="退出登录").first.click()
    page.wait_for_url("**/sign-in**")

    assert page.evaluate("localStorage.length") == 0
