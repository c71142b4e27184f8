"""What holds on every page: accessible in both looks, quiet under the content policy, never wider than a small phone."""

from __future__ import annotations

import itertools
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import faults
from tests.browser.people import DESK, OWNER, PHONE, SMALL_PHONE, ask_for_archive, sign_in, upload
from tests.browser.product import Product

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOST = "/t/nobody/"
PEOPLE = ("/firm/staff", "/firm/history", "/t/nanshan/people", "/t/nanshan/e/1/stages", "/account")
TARGETS = (
    "/targets",
    "/targets/new",
    "/targets/new?metric=parcel_to_wecom_rate",
    "/targets/meeting",
    "/targets/commitments",
    "/comparison",
    "/comparison/windows",
    "/baselines",
    "/calculators",
    "/calculators/funnel",
    "/calculators/lottery",
)
SIGNED_IN = (
    "/",
    "/t/nanshan/",
    "/t/nanshan/files",
    "/firm/jobs",
    *PEOPLE,
    *(f"/t/nanshan/e/1{page}" for page in TARGETS),
    LOST,
    "/dev/ui?theme=auto",
)
PAPER = "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"
DARK_BELOW = 128
DONE_MS = 20_000


SIZES = {"desk": DESK, "phone": PHONE}
LOOKS = {"light": None, "dark": ["color-contrast", "link-in-text-block"]}  # all rules, then those that look at colours


def test_pages_are_accessible_keep_the_policy_and_never_scroll_sideways(page, product, address, complaints):
    """One walk: sizes and looks are the style sheet's alone, so each page is loaded once and shown in all of them."""
    found, wide = {}, []
    for path in visit_all(page, address, product):
        for size, look in itertools.product(SIZES, LOOKS):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=look, reduced_motion="reduce")
            assert look_of(page) == look, path
            found[path, size, look] = faults(page, LOOKS[look])
        page.set_viewport_size(SMALL_PHONE)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)

    assert {where: report for where, report in found.items() if report} == {}
    assert wide == []


def test_planted_faults_are_found(page, address, complaints):
    page.goto(f"{address}/sign-in")

    with page.expect_console_message(lambda message: message.text.startswith("CSP style-src")):
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=\"/none.png\" style=\"color: red\">')")
    page.wait_for_load_state("networkidle")

    assert any(fault.startswith("image-alt") for fault in faults(page))
    assert f"404: {address}/none.png" in complaints
    complaints.clear()


def visit_all(page: Page, address: str, product: Product):
    """Yields each path while the page shows it; the sign-in page comes first, before there is anybody."""
    page.goto(f"{address}/sign-in")
    yield "/sign-in"
    sign_in(page, address, OWNER)
    for path in SIGNED_IN:
        answer = page.goto(address + path)
        assert (page.url, answer.status) == (address + path, 404 if path == LOST else 200)
        yield path
    yield from visit_job(page, address, product)


def visit_job(page: Page, address: str, product: Product):
    """Yields the page of a job while it waits, and when it is done."""
    upload(page, address, f"{uuid4().hex}.csv")
    with product.resting_worker():
        ask_for_archive(page)
        expect(page.get_by_role("status").filter(has_text="排队中")).to_be_visible()
        yield "a waiting job"
    expect(page.get_by_role("status").filter(has_text="已完成")).to_be_visible(timeout=DONE_MS)
    yield "a job that is done"


def look_of(page: Page) -> str:
    return "dark" if max(page.evaluate(PAPER)) < DARK_BELOW else "light"
