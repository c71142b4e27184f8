"""The nine-part control sheet of one campaign as a workbook. Source: domain F18, S3."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from siyu_saas.core.sheets import as_workbook

from .rules.campaigns import outcomes, steps


def control_sheet(campaign, parts: Mapping[str, Sequence], *, merchant: str) -> bytes:
    """XLSX of nine sheets."""
    return as_workbook(
        (title, head, [[_cell(value) for value in row] for row in rows])
        for title, head, rows in _sheets(campaign, parts, merchant)
    )


def _cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def _sheets(campaign, parts: Mapping[str, Sequence], merchant: str) -> Iterable[tuple[str, list[str], list[list]]]:
    people = sorted({one.owner_name for part in parts.values() for one in part if getattr(one, "owner_name", "")})
    yield (
        "1 整体说明",
        ["项目", "内容"],
        [
            ["商家", merchant],
            ["活动", campaign.title],
            ["一句话玩法", campaign.mechanic],
            ["面向", campaign.audience],
            ["日期", f"{campaign.starts_on} 至 {campaign.ends_on}"],
            ["维护人", campaign.owner_name],
            ["更新", "每日 18:00 前更新进度"],
        ],
    )
    yield "2 整体计划", ["节点", "日期", "做什么"], [[one.label, one.on, one.title] for one in _steps(campaign)]
    yield (
        "3 推进明细",
        ["日期", "节点", "做什么", "完成"],
        [[one.on, one.label, one.title, ""] for one in _steps(campaign)],
    )
    yield (
        "4 脚本流程",
        ["第几天", "时间", "主题", "内容", "谁来发"],
        [[one.day, one.at.strftime("%H:%M"), one.theme, one.text, one.owner_name] for one in parts["script"]],
    )
    yield (
        "5 物料清单",
        ["名称", "规格与数量", "负责人", "截止", "状态", "备选"],
        [
            [one.name, one.amount, one.owner_name, one.due_on, "就绪" if one.ready_at else "未就绪", one.plan_b]
            for one in parts["materials"]
        ],
    )
    yield (
        "6 问题诊断",
        ["现象", "原因", "对策", "负责人", "状态"],
        [
            [one.what, one.cause, one.remedy, one.owner_name, "已关闭" if one.closed_at else "处理中"]
            for one in parts["issues"]
        ],
    )
    yield "7 人员分工", ["姓名", "负责"], [[name, _work_of(name, parts)] for name in people]
    yield (
        "8 数据统计",
        ["目标", "目标值", "实际", "是否达成"],
        [
            [one.name, _shown(one.goal, one.unit), _shown(one.actual, one.unit), _met(one.met)]
            for one in outcomes(campaign)
        ],
    )
    yield (
        "9 复盘与其他",
        ["结论", "内容", "负责人", "日期"],
        [[one.verdict.title, one.text, one.owner_name, one.due_on] for one in parts["improvements"]],
    )


def _steps(campaign):
    return steps(campaign.starts_on, campaign.ends_on)


def _work_of(name: str, parts: Mapping[str, Sequence]) -> str:
    work = [one.name for one in parts["materials"] if one.owner_name == name]
    work += [f"D{one.day} {one.at:%H:%M}" for one in parts["script"] if one.owner_name == name]
    return "、".join(work)


def _shown(value: int | None, unit: str) -> Any:
    if value is None:
        return "—"
    return value / 100 if unit in ("fen", "bp") else value


def _met(met: bool | None) -> str:
    return {True: "达成", False: "未达成", None: "—"}[met]
