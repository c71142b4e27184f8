"""People at work in a real browser: on a desk, on a phone, without script, on an old engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from siyu_saas.config import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "siyu-demo-2026"
OWNER, BOSS = "owner@demo.siyu.example", "boss@nanshan.example"
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
OLD_ENGINE = ROOT / ".venv" / "chromium-107.0.0" / "chromium"
CSV = {"name": "近28天数据.csv", "mimeType": "text/csv", "buffer": "日期,人数\n2026-04-01,12\n".encode()}
PAGES = ("/", "/t/nanshan/", "/t/nanshan/files", "/firm/jobs", "/t/nobody/", "/dev/ui")


def sign_in(page: Page, product: str, email: str) -> None:
    page.goto(f"{product}/sign-in")
    page.get_by_label("邮箱").fill(email)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def upload_and_archive(page: Page, product: str) -> None:
    page.goto(f"{product}/t/nanshan/files")
    page.get_by_label("资料", exact=True).set_input_files(files=[CSV])
    page.get_by_role("button", name="上传资料").click()
    expect(page.get_by_role("link", name="近28天数据.csv").first).to_be_visible()
    page.get_by_role("button", name="打包全部资料").click()


def test_a_consultant_signs_in_and_switches_between_merchants(page, product, complaints):
    sign_in(page, product, OWNER)
    page.get_by_role("link", name="南山小院（演示）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("南山小院（演示）")

    page.get_by_role("link", name="全部商家").first.click()
    page.get_by_role("link", name="初芽母婴（演示）").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("初芽母婴（演示）")


def test_a_boss_on_a_phone_uploads_and_gets_the_archive(page, product, complaints):
    page.set_viewport_size(PHONE)
    sign_in(page, product, BOSS)
    expect(page.get_by_role("heading", level=1)).to_have_text("南山小院（演示）")

    upload_and_archive(page, product)

    expect(page.get_by_text("已完成")).to_be_visible(timeout=20_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_everything_works_without_script(browser, product):
    context = browser.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    sign_in(page, product, BOSS)
    upload_and_archive(page, product)
    expect(page.get_by_role("heading", level=1)).to_have_text("打包工作区资料")
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_keep_the_policy(page, product, complaints, size, theme):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=theme)
    page.goto(f"{product}/sign-in")
    seen = [("/sign-in", Axe().run(page))]
    sign_in(page, product, OWNER)
    for path in PAGES:
        page.goto(product + path)
        seen.append((path, Axe().run(page)))

    assert [(path, result.generate_report()) for path, result in seen if result.violations_count] == []


def test_nothing_scrolls_sideways_on_a_small_phone(page, product, complaints):
    page.set_viewport_size(SMALL_PHONE)
    sign_in(page, product, OWNER)
    for path in PAGES:
        page.goto(product + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_an_old_engine_still_works(playwright, product):
    """Chromium 107, the tail of what merchants' phones bring."""
    old = playwright.chromium.launch(
        executable_path=str(OLD_ENGINE),
        args=["--no-sandbox", "--disable-gpu", "--headless", "--single-process", "--no-zygote"],
    )
    page = old.new_page(viewport=PHONE, locale="zh-CN")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    sign_in(page, product, BOSS)
    upload_and_archive(page, product)
    expect(page.get_by_text("已完成")).to_be_visible(timeout=20_000)
    assert errors == []
    old.close()
