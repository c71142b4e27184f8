"""A plan in a real browser: bars moved with keys and with the mouse, and pages that everybody can read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import faults
from tests.browser.people import DESK, OWNER, PHONE, SMALL_PHONE, begin_period, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PLAN = "/t/ecofarm/e/2/plan"
PAGES = ("", "/list", "/milestones", "/team", "/meetings", "/meetings/new", "/waits", "/waits/record", "/tasks/new")


def test_a_plan_is_made_moved_and_read(page, address, complaints):
    page.set_viewport_size(DESK)
    sign_in(page, address, OWNER)
    begin_period(page, address, "ecofarm")
    page.goto(f"{address}{PLAN}/new?package=pkg_c2p_9800")
    page.get_by_role("button", name="生成计划").click()
    bars = page.get_by_role("slider")
    expect(bars).to_have_count(14)

    last = bars.last
    before = last.get_attribute("data-from")
    last.focus()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("slider").last).not_to_have_attribute("data-from", before)

    last = page.get_by_role("slider").last
    before = last.get_attribute("data-until")
    last.scroll_into_view_if_needed()
    box = last.locator(".plan-bar").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 2 + 7 * 12, box["y"] + 8, steps=4)
    page.mouse.up()
    expect(page.get_by_role("slider").last).not_to_have_attribute("data-until", before)

    found = {}
    for path in (*PAGES, page.locator(".gantt-names a").first.get_attribute("href").removeprefix(PLAN)):
        page.goto(f"{address}{PLAN}{path}")
        for size, look in ((DESK, "light"), (PHONE, "dark")):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=look, reduced_motion="reduce")
            found[path, look] = faults(page)
        page.set_viewport_size(SMALL_PHONE)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), path
    assert {where: report for where, report in found.items() if report} == {}


def test_on_a_phone_the_plan_is_a_dated_list(page, address, complaints):
    page.set_viewport_size(PHONE)
    sign_in(page, address, OWNER)
    page.goto(f"{address}{PLAN}")

    expect(page.get_by_role("slider").first).to_be_hidden()
    expect(page.get_by_role("link", name="启动会、合作说明、对接人")).to_be_visible()
