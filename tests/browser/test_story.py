"""People at work in a real browser: on a desk, on a phone, without script, on an old engine."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.people import BOSS, DESK, OWNER, PHONE, ask_for_archive, sign_in, upload

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DONE_MS = 20_000


def test_a_consultant_sees_two_merchants_and_switches_between_them(page, address, complaints):
    page.set_viewport_size(DESK)
    sign_in(page, address, OWNER)
    merchants = page.get_by_role("rowheader").get_by_role("link")
    expect(merchants.filter(has_text="（演示）")).to_have_count(5)
    page.get_by_label("搜索商家").fill("nsxy")
    page.get_by_role("button", name="搜索").click()
    expect(merchants).to_have_text(["南山小院（演示）"])
    page.get_by_role("link", name="南山小院（演示）").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("南山小院（演示）")

    page.get_by_role("link", name="全部商家").first.click()
    page.get_by_role("rowheader").get_by_role("link", name="初芽母婴（演示）").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("初芽母婴（演示）")
    assert page.url == f"{address}/t/chuya/"


def test_a_boss_on_a_phone_lands_in_the_workspace_and_uploads(page, address, complaints):
    page.set_viewport_size(PHONE)

    sign_in(page, address, BOSS)
    assert page.url == f"{address}/t/nanshan/"
    upload(page, address, "手机上传.csv")

    page.goto(f"{address}/t/nanshan/")
    expect(page.get_by_text("手机上传.csv").first).to_be_visible()


def test_the_page_of_an_archive_waits_and_finishes_by_itself(page, product, address, complaints):
    sign_in(page, address, BOSS)
    upload(page, address, "打包.csv")
    with product.resting_worker():
        ask_for_archive(page)
        expect(page.get_by_role("status").filter(has_text="排队中")).to_be_visible()
        page.evaluate("window.neverLeft = true")

    expect(page.get_by_role("status").filter(has_text="已完成")).to_be_visible(timeout=DONE_MS)

    assert page.evaluate("window.neverLeft")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").click()
    assert download.value.suggested_filename.startswith("南山小院（演示）-资料-")
    with ZipFile(download.value.path()) as archive:
        assert "打包.csv" in archive.namelist()


def test_without_script_everything_still_works(new_context, product, address):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, address, BOSS)
    upload(page, address, "无脚本.csv")

    with product.resting_worker():
        ask_for_archive(page)
        expect(page.get_by_text("排队中")).to_be_visible()

    expect(page.get_by_text("已完成")).to_be_visible(timeout=DONE_MS)
    expect(page.get_by_role("link", name="下载")).to_be_visible()


def test_an_engine_of_2022_still_works(old_phone, product, address):
    page = old_phone.open()
    sign_in(page, address, BOSS)
    expect(page.get_by_role("heading", level=1)).to_have_text("南山小院（演示）")
    upload(page, address, "旧手机.csv")

    with product.resting_worker():
        ask_for_archive(page)
        expect(page.get_by_role("status").filter(has_text="排队中")).to_be_visible()

    expect(page.get_by_role("status").filter(has_text="已完成")).to_be_visible(timeout=DONE_MS)


def test_a_file_is_chosen_with_a_button_in_our_language(page, address, complaints):
    sign_in(page, address, BOSS)
    page.goto(f"{address}/t/nanshan/files")
    with page.expect_file_chooser() as chooser:
        page.locator("file-drop").get_by_text("选择文件").click()
    chooser.value.set_files({"name": "选中.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"})

    expect(page.locator("file-drop").get_by_text("选中.csv")).to_be_visible()
    page.get_by_role("button", name="上传资料").click()

    expect(page.get_by_role("table").get_by_role("link", name="选中.csv")).to_be_visible()


def test_a_file_is_chosen_with_the_keyboard_alone(page, address, complaints):
    sign_in(page, address, BOSS)
    page.goto(f"{address}/t/nanshan/files")
    button, box = page.locator("file-drop label"), page.get_by_label("资料", exact=True)
    assert box.evaluate("node => node.getBoundingClientRect().width") <= 1
    page.get_by_role("button", name="上传资料").focus()
    for _ in range(20):
        if box.evaluate("node => node === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")

    expect(box).to_be_focused()
    assert button.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    choosers = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))
    for _press in range(10):  # Chromium may let go of a key while it is busy
        page.keyboard.press("Space")
        page.wait_for_timeout(300)
        if choosers:
            break
    assert not choosers[0].is_multiple()


def test_without_script_the_input_itself_shows_what_was_chosen(new_context, address):
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, address, BOSS)
    page.goto(f"{address}/t/nanshan/files")

    expect(page.locator("file-drop label")).to_be_hidden()
    assert page.get_by_label("资料", exact=True).bounding_box()["width"] > 100
