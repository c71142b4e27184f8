"""The home of one engagement: stages, whose move it is, targets, plan."""

from __future__ import annotations

from datetime import UTC, date, datetime

from siyu_saas.web import charts


def waiting(icon: str, title: str, note: str, action: str | None = None, late: str | None = None) -> dict:
    links = {"href": "#item", "action_url": "#action", "method": "post", "swap": True}
    return {"icon": icon, "title": title, "note": note, "action": action, "late": late, **links}


THEIRS = [
    waiting("file-upload", "上传近 90 天会员订单明细", "影响复购基线", "提醒", "逾期 2 天"),
    waiting("checkbox", "确认会员日活动脚本", "今天 18:00 前", "提醒"),
    waiting("clipboard-list", "补答「客服话术」问卷 4 题", "11 月 25 日", "提醒"),
]
OURS = [
    waiting("eye-check", "验收「社群分层标签」证据 6 张", "周明远 昨天提交", "验收"),
    waiting("message-reply", "回复：老客券能否叠加？", "周明远 2 小时前"),
    waiting("adjustments", "调整 90 日复购率干预方案", "系统建议 · 连续 4 周低于轨迹"),
]


FEED = [
    {
        "who": "周明远",
        "kind": "merchant",
        "sentence": "提交 6 张证据到「社群分层标签」",
        "at": datetime(2026, 11, 21, 12, 14, tzinfo=UTC),
    },
    {
        "who": "林知夏",
        "kind": "",
        "sentence": "把「首单转化率」目标从 5.0% 改为 5.5%，待商家确认",
        "at": datetime(2026, 11, 21, 3, 2, tzinfo=UTC),
    },
    {
        "who": "系统",
        "kind": "system",
        "sentence": "导入了 11 月 15–21 日的数据，0 行异常",
        "at": datetime(2026, 11, 20, 22, 0, tzinfo=UTC),
    },
]

STAGES = [
    {"label": "诊断", "note": "62 分 · 10/24 完成", "state": "done", "href": "#1"},
    {"label": "目标", "note": "5 项 · 双方已签", "state": "done", "href": "#2"},
    {"label": "计划", "note": "v3 · 10/30 确认", "state": "done", "href": "#3"},
    {"label": "执行", "note": "18 / 43 项验收", "state": "on", "share": 42, "href": "#4"},
    {"label": "复盘", "note": "1 月 11 日起", "state": "todo", "href": "#5"},
    {"label": "结案", "note": "1 月 18 日", "state": "todo"},
]


def shown(now: str, unit: str, change: str, from_to: str, goal: str) -> dict:
    return {"now": now, "unit": unit, "change": change, "from_to": from_to, "goal": goal}


PEOPLE, PERCENT, YUAN = charts.PEOPLE, charts.PERCENT, charts.YUAN
TARGETS = [
    (
        "friends",
        "企微好友数",
        "净增，剔除流失",
        ("ok", "按计划"),
        (12860, 8240, 18000, (11000, 20000), PEOPLE),
        (8240, 8500, 9600, 11000, 12860),
        shown("12,860", "人", "+56%", "8,240", "18,000 人"),
    ),
    (
        "active",
        "社群 7 日活跃率",
        "发言或点击去重",
        ("warn", "略慢"),
        (11.4, 9.2, 18, (12, 20), PERCENT),
        (9.2, 9.8, 9.0, 10.4, 11.4),
        shown("11.4", "%", "+2.2 pp", "9.2", "18%"),
    ),
    (
        "first",
        "首单转化率",
        "加好友后 14 日内",
        ("ok", "领先"),
        (4.9, 3.1, 5.5, (3.5, 6.2), PERCENT),
        (3.1, 3.4, 3.9, 4.4, 4.9),
        shown("4.9", "%", "+1.8 pp", "3.1", "5.5%"),
    ),
    (
        "repurchase",
        "90 日复购率",
        "私域渠道订单",
        ("bad", "需干预"),
        (15.1, 14.6, 24, (18, 27), PERCENT),
        (14.6, 14.4, 14.7, 15.0, 15.1),
        shown("15.1", "%", "+0.5 pp", "14.6", "24%"),
    ),
    (
        "sales",
        "私域月 GMV",
        "小程序商城",
        ("ok", "按计划"),
        (527000, 386000, 900000, (480000, 980000), YUAN),
        (386000, 391000, 420000, 466000, 527000),
        shown("52.7", "万元", "+37%", "38.6 万", "90 万元"),
    ),
]


def targets() -> list[dict]:
    return [target_row(*target) for target in TARGETS]


def target_row(key: str, name: str, note: str, status: tuple[str, str], bullet, weeks: tuple, shown: dict) -> dict:
    data = charts.BulletData(name, *bullet)
    trend = charts.SparklineData(f"{name}，近 5 周", weeks, data.unit)
    drawings = {
        "bullet": charts.bullet(data, uid=f"home-{key}").svg,
        "trend": charts.sparkline(trend, uid=f"home-{key}-trend").svg,
    }
    return {"name": name, "note": note, "status": dict(zip(("kind", "text"), status, strict=True)), **shown, **drawings}


def plan() -> dict:
    rows = (
        charts.Row("touch", "引流触点铺设", date(2026, 10, 26), date(2026, 11, 7), 1.0),
        charts.Row("sop", "SOP 首版签收", date(2026, 11, 8), progress=1.0),
        charts.Row("tags", "社群分层与标签", date(2026, 11, 3), date(2026, 11, 18), 0.7, True),
        charts.Row("script", "会员日活动脚本", date(2026, 11, 16), date(2026, 11, 28), 0.45),
        charts.Row("day", "首场会员日", date(2026, 11, 28)),
        charts.Row("flow", "复购链路自动化", date(2026, 11, 24), date(2026, 12, 6)),
    )
    data = charts.GanttData("本阶段计划", rows, date(2026, 10, 26), 6, date(2026, 11, 22))
    wide, narrow = charts.both_widths(charts.gantt, data, uid="home-plan")
    return {"wide": wide.svg, "narrow": narrow.svg}
