"""The end: a target concluded, the report worded, sent, talked about, signed by both sides and printed."""

from __future__ import annotations

import subprocess

from playwright.sync_api import expect

from .hands import JOB_MS, Story, boss_signs, consultant_signs, go, look, says


def report(story: Story) -> None:
    """The targets are concluded, the report is drafted, sent, talked about, and signed by both."""
    desk, phone = story.desk, story.phone
    look(desk, story.target)
    go(desk, desk.get_by_role("button", name="确认结论"))
    look(desk, story.home + "reports")
    go(desk, desk.get_by_role("button", name="生成草稿"))
    go(desk, desk.get_by_role("link", name="写话与排序"))
    desk.get_by_label("确认写进报告").first.check()
    go(desk, desk.get_by_role("button", name="保存"))
    go(desk, desk.get_by_role("button", name="发给商家确认"))
    story.report = desk.url.partition("#")[0]
    look(phone, story.home)
    go(phone, phone.get_by_role("link", name="签署数据对比报告").first)
    go(phone, phone.get_by_role("link", name="第 1 版"))
    says(phone, "转化人数为什么说不能断定？")
    look(desk, story.report)
    expect(desk.get_by_text("转化人数为什么说不能断定？")).to_be_visible()
    says(desk, "买家只有 50 和 61 人，涨 22% 在平常的波动里。")
    consultant_signs(story)
    look(phone)
    boss_signs(story)
    expect(phone.get_by_text("双方已于")).to_be_visible()


def print_it(story: Story) -> str:
    """The text of the PDF as the merchant keeps it."""
    phone = story.phone
    go(phone, phone.get_by_role("button", name="生成 PDF"))
    with phone.expect_download(timeout=JOB_MS) as download:
        phone.get_by_role("link", name=".pdf").click(timeout=JOB_MS)
    return subprocess.run(
        ["pdftotext", "-layout", download.value.path(), "-"], capture_output=True, check=True, text=True
    ).stdout
