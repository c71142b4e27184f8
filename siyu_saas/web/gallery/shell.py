"""What surrounds a page, and the lists a page may hold."""

from __future__ import annotations

from dataclasses import dataclass

from siyu_saas.web.layout import Link


@dataclass(frozen=True)
class PageOfMany:
    page: int = 2
    pages: int = 5
    prev_url: str = "?page=1"
    next_url: str = "?page=3"


SHELL = {
    "brand": {"name": "私域同行", "mark": "私"},
    "me": {"name": "林知夏", "initial": "林"},
    "account_url": "#account",
    "sign_out_url": "#sign-out",
    "theme_url": "#theme",
    "nav": (
        Link("待我处理", "inbox", "#inbox", count=7),
        Link("项目看板", "layout-kanban", "#lanes"),
        Link("商家", "building-store", "#merchants"),
        Link("问卷与模板", "clipboard-list", "#forms"),
        Link("行业基准", "chart-histogram", "#charts"),
        Link("报告", "file-text", "#reports"),
    ),
    "recent": (
        Link("南山小院", "leaf", "#home", current=True),
        Link("一盏咖啡", "cup", "#coffee"),
        Link("初芽母婴", "baby-carriage", "#baby"),
    ),
    "tabs": (
        Link("项目", "home", "#home", current=True),
        Link("清单", "checklist", "#checklist"),
        Link("数据", "chart-line", "#charts"),
        Link("沟通", "message", "#talk"),
    ),
    "nav_rest": (Link("行业基准", "chart-histogram", "#charts"),),
}


LANES = [
    ("诊断", [("初芽母婴", "第 1 周 / 12 · 18%", ("warn", "等商家 2 天"), 18, "陈")]),
    (
        "目标共创",
        [
            ("一盏咖啡", "第 2 周 / 12 · 35%", ("warn", "目标待签 5 天"), 35, "林"),
            ("半亩花田工作室", "第 2 周 / 12 · 30%", ("ok", "今天访谈"), 30, "陈"),
        ],
    ),
    ("计划", [("知行户外", "第 3 周 / 12 · 48%", ("ok", "周三评审"), 48, "林")]),
    (
        "执行",
        [
            ("南山小院", "第 5 周 / 12 · 42%", ("bad", "证据逾期 2 天"), 42, "林"),
            ("小满烘焙", "第 7 周 / 12 · 63%", ("ok", "本周会员日"), 63, "许"),
            ("山外山民宿", "第 9 周 / 12 · 71%", ("warn", "活跃率连降 3 周"), 71, "许"),
        ],
    ),
    ("复盘", []),
]


def job(state: str, error: str | None = None, done: int | None = None, total: int | None = None) -> dict:
    progress = {"done": done, "total": total, "poll_seconds": 3600}
    result_url = "#result" if state == "done" else None
    return {"id": state, "title": "生成阶段报告", "state": state, "url": "#job", "error": error, **progress} | {
        "result_url": result_url
    }


JOBS = [
    job("queued"),
    job("running", done=6, total=9),
    job("done"),
    job("failed", error="第 3 节缺少基线数据，请先导入辅导前 4 周的订单。"),
]
