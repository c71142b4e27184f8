"""The work: numbers and their baseline, a target haggled over and signed, the plan, a checklist, the four qualities."""

from __future__ import annotations

from base64 import b64decode

from playwright.sync_api import Page, expect

from siyu_saas.aftercare.rules.qualitative import DIMENSIONS
from siyu_saas.config import ROOT
from siyu_saas.packs.demo import story as told_story

from .hands import JOB_MS, Story, boss_signs, consultant_signs, fill, go, look, moves_on

SHEET = ROOT / "tests" / "metrics" / "demo_daily.csv"
WINDOWS = {
    "before_first": "2026-03-18",
    "before_last": "2026-04-14",
    "after_first": "2026-05-04",
    "after_last": "2026-05-31",
}
PHOTO = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def bring_numbers(story: Story) -> None:
    """The windows are locked before anybody sees a result."""
    desk = story.desk
    look(desk, story.home + "comparison/windows")
    for name, day in WINDOWS.items():
        desk.locator(f"[name={name}]").fill(day)
    go(desk, desk.get_by_role("button", name="锁定窗口"))
    look(desk, story.home + "data/imports/new")
    desk.get_by_label("数据文件").set_input_files(SHEET)
    go(desk, desk.get_by_role("button", name="上传并检查"))
    go(desk, desk.get_by_role("button", name="确认导入"))
    expect(desk.get_by_text("导入结果")).to_be_visible(timeout=JOB_MS)
    look(desk, story.home + "baselines")
    desk.get_by_label("从").fill(WINDOWS["before_first"])
    desk.get_by_label("到").fill(WINDOWS["before_last"])
    go(desk, desk.get_by_role("button", name="冻结"))


def agree_on_targets(story: Story) -> None:
    """The consultant offers 2,200 joins, the merchant answers 2,000 and why; both sign that."""
    desk, phone = story.desk, story.phone
    look(desk, story.home + "targets/new?metric=group_new")
    for name, day in WINDOWS.items():
        expect(desk.locator(f"[name={name}]")).to_have_value(day)
    desk.get_by_label("目标值").fill("2200")
    desk.get_by_label("取值依据").fill("比基线多四成")
    desk.get_by_label("达成窗口从").fill(WINDOWS["after_first"])
    desk.locator("[name=last]").fill(WINDOWS["after_last"])
    desk.get_by_label("支撑动作").fill("包裹卡改版\n六步入群\n三件套")
    desk.get_by_label("前提").fill("日均发货 1400 件")
    desk.get_by_label("责任人与资源都已确认").check()
    desk.get_by_label("顾问责任人").fill("陈序")
    go(desk, desk.get_by_role("button", name="保存草稿"))
    go(desk, desk.get_by_role("button", name="发给对方确认"))
    story.target = desk.url
    look(phone, story.home)
    go(phone, phone.get_by_role("link", name="查看目标").first)
    go(phone, phone.get_by_role("link", name="新增群人数").first)
    phone.get_by_label("精确输入").fill("2000")
    phone.get_by_label("为什么").fill("客服只有两个人，先定稳一点")
    go(phone, phone.get_by_role("button", name="提出不同数值"))
    look(desk)
    consultant_signs(story)
    look(phone)
    boss_signs(story)
    expect(phone.get_by_text("双方已于")).to_be_visible()


def plan_the_work(story: Story) -> None:
    desk, phone = story.desk, story.phone
    look(desk, story.home)
    go(desk, desk.get_by_role("link", name="生成计划").first)
    go(desk, desk.get_by_role("link", name="从服务包生成"))
    expect(desk.get_by_role("checkbox", name="公转私 诊断发现：公域有成交来源")).to_be_checked()
    go(desk, desk.get_by_role("button", name="生成计划"))
    go(desk, desk.get_by_role("button", name="发给商家确认"))
    look(phone, story.home)
    go(phone, phone.get_by_role("link", name="查看并确认").first)
    boss_signs(story, told="已确认")
    moves_on(story)


def work_through_a_checklist(story: Story) -> None:
    """Handed in with a photo, sent back with a reason, handed in again, accepted."""
    desk, phone = story.desk, story.phone
    look(desk, story.home + "checklists")
    desk.get_by_label("清单", exact=True).select_option("cl_newcomer")
    go(desk, desk.get_by_role("button", name="加入"))
    look(phone, story.home + "checklists")
    go(phone, phone.get_by_role("link", name="做下一项"))
    hand_in(phone, "第一版.png")
    look(desk, phone.url)
    desk.get_by_text("退回并说明").click()
    desk.get_by_role("checkbox").first.check()
    desk.get_by_label("哪里不符合、怎么改").fill("看不清适用商品")
    go(desk, desk.get_by_role("button", name="退回给商家"))
    look(phone, story.home + "checklists")
    go(phone, phone.get_by_role("link", name="做下一项"))
    expect(phone.get_by_text("看不清适用商品").first).to_be_visible()
    hand_in(phone, "第二版.png")
    look(desk)
    go(desk, desk.get_by_role("button", name="全部通过"))


def hand_in(phone: Page, name: str) -> None:
    phone.get_by_label("照片或文件").set_input_files({"name": name, "mimeType": "image/png", "buffer": PHOTO})
    phone.get_by_role("button", name="提交验收").tap()
    expect(phone.get_by_text("等顾问验收")).to_be_visible()


def judge_the_qualities(story: Story) -> None:
    """The boss before and after, with what shows it; the consultant looks through both."""
    desk, phone = story.desk, story.phone
    for period, told in told_story()["qualities"].items():
        look(phone, f"{story.home}aftercare/qualities/{period}")
        fill(phone, qualities(told))
        go(phone, phone.get_by_role("button", name="保存"))
    look(desk, story.home + "aftercare")
    for _period in range(2):
        go(desk, desk.get_by_role("button", name="复核通过").first)


def qualities(told: dict) -> dict[str, tuple[str, ...]]:
    given = {}
    for dimension in DIMENSIONS:
        one = told[dimension.key]
        given |= {f"{dimension.key}_facts": (one["fact"],), f"{dimension.key}_remaining": (one.get("remaining", ""),)}
        for key, points in zip(dimension.keys, one["points"], strict=True):
            given |= {key: (str(points),), f"{key}_evidence": (one.get("evidence", ""),)}
    return given
