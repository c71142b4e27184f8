"""Redis is killed under people at work: they notice a job that waits, and nothing else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.people import BOSS, OWNER, ask_for_archive, sign_in, upload
from tests.browser.product import running_product

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DONE_MS = 40_000


@pytest.fixture(scope="module")
def product(played):
    """A product of its own, that looks for forgotten jobs every second."""
    with running_product(played, SWEEP_SECONDS="1", JOB_LEASE_SECONDS="5") as product:
        yield product


def test_a_job_asked_for_without_redis_is_done_when_it_is_back(page, product, address, complaints):
    sign_in(page, address, BOSS)
    with product.without_redis():
        upload(page, address, "断线时.csv")
        ask_for_archive(page)
        waiting = page.get_by_role("status").filter(has_text="排队中")
        expect(waiting).to_be_visible()
        page.reload()
        expect(waiting).to_be_visible()
        page.evaluate("window.neverLeft = true")
        with page.expect_response(lambda answer: "/jobs/" in answer.url) as asked:
            pass
        assert asked.value.ok
        expect(waiting).to_be_visible()

    expect(page.get_by_role("status").filter(has_text="已完成")).to_be_visible(timeout=DONE_MS)
    assert page.evaluate("window.neverLeft")
    expect(page.get_by_role("link", name="下载")).to_be_visible()


def test_people_sign_in_and_work_on_without_redis(page, product, address, complaints, new_context):
    sign_in(page, address, BOSS)
    with product.without_redis():
        for path in ("/t/nanshan/", "/t/nanshan/files"):
            assert page.goto(address + path).status == 200
        newcomer = new_context().new_page()
        sign_in(newcomer, address, OWNER)
        expect(newcomer.get_by_role("heading", level=1)).to_be_visible()
        assert "failed sign-ins are counted in each process" in product.log.read_text()

    assert "redis 意外退出，已重新启动" in product.log.read_text()
    page.reload()
    assert page.goto(f"{address}/readyz").json()["redis"] == "ok"


def test_a_job_that_was_waiting_in_redis_is_done_when_it_is_back(page, product, address, complaints):
    sign_in(page, address, BOSS)
    upload(page, address, "排队时.csv")
    with product.resting_worker():
        ask_for_archive(page)
        with product.without_redis():
            expect(page.get_by_role("status").filter(has_text="排队中")).to_be_visible()

    expect(page.get_by_role("status").filter(has_text="已完成")).to_be_visible(timeout=DONE_MS)
