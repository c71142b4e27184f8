"""The words of a target that both sides sign. Source: domain D1, D2.

The same content carries the figures as data, so that a changed digit is another document.
"""

from __future__ import annotations

from typing import Any

from siyu_saas.metrics.rules.fields import ALL
from siyu_saas.metrics.rules.measures import MEASURES

from .benchmarks import band_text
from .quantities import amount_text
from .states import Mode
from .totals import days_added

CLAUSE = "本目标由商家与顾问共同设定，是双方共同奔赴的方向，不作为考核或评价服务结果的依据。"
MISSING_BASELINE = "基线缺失，首两周补测；达成度按「实际 ÷ 目标」计算。"
CANCELLED = "双方同意取消本目标。"


def content(target: Any) -> dict[str, Any]:
    """`target` has the fields of domain D2 as attributes; values are whole steps of its unit."""
    sections = [
        ("目标", _aim(target)),
        ("基线", _baseline(target)),
        ("基准", _band(target)),
        (
            "前后对比窗口",
            f"基线 {_days(target.before)}；服务期 {_days(target.after)}。签署后不再更改，更改须双方重新签署。",
        ),
        ("支撑动作", "\n".join(target.actions) or "（待补充）"),
        ("前提", "\n".join(target.assumptions) or "（待补充）"),
        ("责任人", f"商家 {target.owner_merchant or '（待定）'}；顾问 {target.owner_consultant or '（待定）'}"),
        ("约定", CLAUSE),
    ]
    if target.cancelling:
        sections.insert(0, ("取消", CANCELLED))
    return {
        "sections": [{"heading": heading, "text": words} for heading, words in sections],
        "data": {
            "metric": target.metric,
            "unit": target.unit.value,
            "value": target.value,
            "baseline": target.baseline_value,
            "first": target.first.isoformat(),
            "last": target.last.isoformat(),
            "counted_in": target.counted_in,
            "mode": target.mode.value,
            "trailing_days": target.trailing_days,
            "before": _data(target.before),
            "after": _data(target.after),
            "cancelled": target.cancelling,
            "assessment_use": False,
        },
    }


def missing(target: Any) -> list[str]:
    """What still has to be filled in before it can be proposed. Source: domain D2, D5."""
    wanted = (
        (target.title, "一句话目标"),
        (target.scope, "范围"),
        (target.actions, "至少 1 条支撑动作"),
        (target.assumptions, "至少 1 条前提"),
        (target.owner_merchant, "商家责任人"),
        (target.owner_consultant, "顾问责任人"),
    )
    return [name for value, name in wanted if not value]


def _aim(target: Any) -> str:
    counted = "" if target.counted_in == ALL else f"（只算「{target.counted_in}」的数）"
    how = f"最后 {target.trailing_days} 天" if target.mode is Mode.TRAILING else target.mode.title
    return (
        f"{target.title}：{amount_text(target.unit, target.value)}\n"
        f"范围：{target.scope}{counted}\n达成窗口：{_days(target.window)}，按{how}计算"
        + (f"\n取值依据：{target.reason}" if target.reason else "")
    )


def _baseline(target: Any) -> str:
    if target.baseline_value is None:
        return MISSING_BASELINE
    told = amount_text(target.unit, target.baseline_value)
    if target.baseline_first is None:
        return f"{told}（双方约定）"
    days = (target.baseline_last - target.baseline_first).days + 1
    over = days_added(
        MEASURES[target.metric], target.mode, window_days=target.window.days, last_days=target.trailing_days
    )
    brought = f"，按日均折算到 {over} 天" if over else ""
    return (
        f"{told}（{target.baseline_first} 至 {target.baseline_last}，有效 {target.baseline_days}/{days} 天{brought}）"
    )


def _band(target: Any) -> str:
    told = [
        f"{band_text(target.unit, one['low'], one['high'])}（{'，'.join(filter(None, (one['source'], one['year'])))}）"
        for one in target.benchmarks
    ]
    return "；".join(told) + "。各来源口径不同，只作参照，不取平均。" if told else "没有可用的基准带。"


def _days(window: Any) -> str:
    return f"{window.first} 至 {window.last}（{window.days} 天）"


def _data(window: Any) -> list[str]:
    return [window.first.isoformat(), window.last.isoformat()]
