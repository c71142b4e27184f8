"""What surrounds a page, and the lists a page may hold."""

from __future__ import annotations

from dataclasses import dataclass


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
    "nav": [
        {"label": "待我处理", "icon": "inbox", "href": "#inbox", "count": 7},
        {"label": "项目看板", "icon": "layout-kanban", "href": "#lanes"},
        {"label": "商家", "icon": "building-store", "href": "#merchants"},
        {"label": "问卷与模板", "icon": "clipboard-list", "href": "#forms"},
        {"label": "行业基准", "icon": "chart-histogram", "href": "#charts"},
        {"label": "报告", "icon": "file-text", "href": "#reports"},
    ],
    "recent": [
        {"label": "南山小院", "icon": "leaf", "href": "#home", "current": True},
        {"label": "一盏咖啡", "icon": "cup", "href": "#coffee"},
        {"label": "初芽母婴", "icon": "baby-carriage", "href": "#baby"},
    ],
    "tabs": [
        {"label": "项目", "icon": "home", "href": "#home", "current": True},
        {"label": "清单", "icon": "checklist", "href": "#checklist"},
        {"label": "数据", "icon": "chart-line", "href": "#charts"},
        {"label": "沟通", "icon": "message", "href": "#talk"},
    ],
    "nav_rest": [{"label": "行业基准", "icon": "chart-histogram", "href": "#charts"}],
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
