"""An operating member with a phone: from the task to a photo that is handed in, though the line is cut in between."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.people import OWNER, PHONE, sign_in, take_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAD = "lead@softdeco.example"
TO_DO = "/t/softdeco/e/2/checklists?show=mine"
MOST_TAPS = 4


@pytest.fixture(autouse=True)
def taken_up(new_context, address) -> None:
    page = new_context().new_page()
    sign_in(page, address, OWNER)
    take_up(page, address, "softdeco", "cl_link")


def photo() -> dict:
    """As large as a phone makes them, so that the page has to make it smaller."""
    pixels, content = random.Random(6), io.BytesIO()
    Image.frombytes("RGB", (1600, 1200), pixels.randbytes(1600 * 1200 * 3)).save(content, "JPEG", quality=95)
    return {"name": "包裹卡.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}


def hand_in(page: Page) -> int:
    """Taps it took: the task, the photo (the phone's own picker takes two), and submitting."""
    page.locator("main .items a").first.click()
    with page.expect_file_chooser() as picker:
        page.locator("evidence-drop label").first.click()
    picker.value.set_files(photo())
    page.get_by_role("button", name="提交验收").click()
    return 1 + 2 + 1


def expect_handed_in_once(page: Page) -> None:
    expect(page.locator(".page-head .pill")).to_have_text("待验收")
    expect(page.locator(".evidence img")).to_have_count(1)


def test_a_photo_whose_answer_was_lost_is_handed_in_once(page, address, complaints):
    page.set_viewport_size(PHONE)
    sign_in(page, address, LEAD)
    page.goto(address + TO_DO)
    lost = []

    def lose(route: Route) -> None:
        if lost:
            return route.continue_()
        lost.append(route.fetch(max_redirects=0).status)
        return route.abort("internetdisconnected")

    page.route("**/evidence", lose)
    assert hand_in(page) <= MOST_TAPS
    expect(page.locator(".upload-state")).to_contain_text("网络断了，照片还在")

    expect_handed_in_once(page)
    assert lost == [302]


def test_a_photo_from_an_old_phone_waits_until_the_line_is_back(old_phone, address):
    page = old_phone.open()
    sign_in(page, address, LEAD)
    page.goto(address + TO_DO)
    old_phone.context.route("**/evidence", lambda route: route.abort("internetdisconnected"))
    assert hand_in(page) <= MOST_TAPS
    expect(page.locator(".upload-state")).to_contain_text("网络断了，照片还在")
    old_phone.context.unroute("**/evidence")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect_handed_in_once(page)
