"""The reviewer who works off evidence with the keyboard."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import DESK, OWNER, send, sign_in, take_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PERIOD = "/t/ecofarm/e/2"
BOSS = "boss@ecofarm.example"
CHECKLISTS = ("cl_link", "cl_parcel_card", "cl_join6", "cl_material")
HANDED_IN, MOST_KEYS = 20, 60
ITEM = re.compile(r'href="(/t/ecofarm/e/2/items/[0-9a-f-]{36})"')
SENT_BACK = 2


@pytest.fixture
def taken_up(new_context, address) -> None:
    """The checklists are in a merchant's fresh service period."""
    page = new_context().new_page()
    sign_in(page, address, OWNER)
    take_up(page, address, "ecofarm", *CHECKLISTS)


def test_a_reviewer_works_off_twenty_with_the_keyboard(taken_up, new_context, page, address, complaints):
    merchant = new_context().new_page()
    sign_in(merchant, address, BOSS)
    merchant.goto(f"{address}{PERIOD}/checklists?show=mine")
    items = list(dict.fromkeys(ITEM.findall(merchant.content())))[:HANDED_IN]
    assert len(items) == HANDED_IN
    for item in items:
        given = {"once": secrets.token_hex(16), "criterion": "", "then": "submit", "note": "做好了"}
        send(merchant, f"{address}{item}/evidence", **given)

    page.set_viewport_size(DESK)
    sign_in(page, address, OWNER)
    page.goto(f"{address}/firm/reviews")
    rows = page.locator(".queue > li:not(.reviewed)")
    left, keys = rows.count(), 0
    assert left >= HANDED_IN
    for number in range(HANDED_IN):
        keys += send_back(page) if number < SENT_BACK else press(page, "a")
        left -= 1
        expect(rows).to_have_count(left)

    assert keys <= MOST_KEYS
    expect(page.locator(".queue > li.reviewed")).to_have_count(HANDED_IN)
    assert page.locator(".queue > li.reviewed", has_text="已退回").count() == SENT_BACK


def press(page: Page, *keys: str) -> int:
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def send_back(page: Page) -> int:
    """To the reason, past the standards; two words, and on to the button. Answers with the keys it took."""
    pressed = press(page, "r")
    reason = page.locator(".queue > li[aria-current] textarea")
    while not reason.evaluate("node => node === document.activeElement"):
        pressed += press(page, "Tab")
    page.keyboard.insert_text("补图")
    return pressed + len("补图") + press(page, "Tab", "Enter")
